//! Which keys can open what.
//!
//! Source: protocol reference, OICQ §4.1 (column "Key"), §4.3, §4.4, §6.3, §6.5, §7.

use crate::oicq::wire::command::FIRST_OF_2009;
use crate::oicq::wire::frame::Direction;

/// What a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Stands in clear before the ciphertext of a request. Opens the reply, too.
    Packet,
    /// MD5 of MD5 of the password (P2).
    PasswordTwice,
    /// MD5 of MD5 of the password and the QQ number (PS).
    PasswordSalted,
    /// Out of the reply to 0x00dd of QQ2007 and QQ2008, for their 0x0022.
    Login,
    /// Keys of the login of QQ2009 to QQ2012: 0 to 4, as the reference counts.
    Verify(u8),
    /// Out of the key exchange of 0x0836.
    Share,
    /// Made by the client inside the proof of its login (TGTGT key).
    Tgtgt,
    /// For the request of 0x0828.
    SessionRequest,
    /// For the reply to 0x0828.
    SessionReply,
    /// For 0x0819, out of the reply to 0x0818.
    Poll,
    /// Opens everything between login and logout.
    Session,
    /// Between two clients: MD5 of the sender's number and session key.
    Peer,
    /// For the servers of group pictures, out of the reply to 0x001d.
    FileAgent,
    /// Of a packet whose key nobody has explained.
    Unexplained,
}

impl Role {
    /// What the user reads.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Packet => "key in the packet",
            Self::PasswordTwice => "key made from the password",
            Self::PasswordSalted => "key made from password and QQ number",
            Self::Login => "login key",
            Self::Verify(_) => "key of the login steps",
            Self::Share => "share key",
            Self::Tgtgt => "TGTGT key",
            Self::SessionRequest => "key of the session request",
            Self::SessionReply => "key of the session reply",
            Self::Poll => "key of the QR code",
            Self::Session => "session key",
            Self::Peer => "key between clients",
            Self::FileAgent => "file agent key",
            Self::Unexplained => "unexplained key",
        }
    }
}

/// Which ciphertext: that of a frame, or one inside an opened one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The ciphertext of the frame.
    Frame,
    /// The client's proof that it knows the password.
    Proof,
    /// Computer ids under the TGTGT key (TLV 0x001a).
    Device,
    /// All of an opened reply to 0x0836, which is encrypted twice.
    Second,
}

/// Where a ciphertext stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The frame's command.
    pub command: u16,
    /// Who sent the frame.
    pub direction: Direction,
    /// The client's version, not the server's.
    pub version: u16,
    /// Which ciphertext of the frame.
    pub layer: Layer,
}

impl Place {
    /// Until QQ2008.
    pub(crate) fn is_old(&self) -> bool {
        self.version < FIRST_OF_2009
    }

    /// The roles whose keys can open the ciphertext, likeliest first.
    pub fn roles(&self) -> &'static [Role] {
        use Role::{
            Login, Packet, PasswordSalted, PasswordTwice, Poll, Session, SessionReply,
            SessionRequest, Share, Tgtgt, Unexplained, Verify,
        };
        let (old, asks) = (self.is_old(), self.direction == Direction::ToServer);
        match (self.layer, self.command) {
            (Layer::Proof, 0x00dd) if old => &[PasswordTwice],
            // QQ2011 took the salt (§11, "Password proof from 2011").
            (Layer::Proof, _) => &[PasswordSalted, PasswordTwice],
            (Layer::Device | Layer::Second, _) => &[Tgtgt],
            (Layer::Frame, command) => match command {
                0x0018 if old => &[Packet, PasswordTwice, Session],
                0x0022 if old && asks => &[Packet, Login],
                0x0022 if old => &[PasswordTwice, Login, Packet],
                0x00b2 if old => &[Packet],
                0x0091 | 0x00ba | 0x0825 => &[Packet],
                0x00dd if asks => &[Packet],
                0x00dd if old => &[PasswordTwice, Packet],
                0x00dd => &[Verify(4), Packet],
                0x00a4 => &[Verify(0), Session],
                0x00de => &[Verify(0)],
                0x00e3 if asks => &[Verify(0)],
                0x00e3 => &[Verify(3), Verify(0)],
                0x00e5 if asks => &[Verify(0)],
                0x00e5 => &[Verify(1), Verify(0)],
                0x0030 if !old && asks => &[Verify(0)],
                0x0030 if !old => &[Verify(2), Verify(0)],
                // One client asked for the list before the login was through.
                0x00eb => &[Session, Verify(0), Verify(2)],
                0x0818 if asks => &[Packet],
                0x0818 => &[Share, Packet],
                0x0819 => &[Poll],
                0x0826 if asks => &[Packet],
                0x0826 => &[Tgtgt, Packet],
                0x0828 if asks => &[SessionRequest],
                0x0828 => &[SessionReply, SessionRequest],
                0x0836 | 0x0839 => &[Share],
                0x0827 => &[Unexplained, Share],
                _ => &[Session],
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_changed_its_meaning_changed_its_key() {
        let roles = |command, version, direction| {
            let layer = Layer::Frame;
            Place {
                command,
                direction,
                version,
                layer,
            }
            .roles()
        };
        let (up, down) = (Direction::ToServer, Direction::ToClient);
        assert_eq!(roles(0x0030, 0x0f5f, up), [Role::Session]);
        assert_eq!(roles(0x0030, 0x1e0d, up), [Role::Verify(0)]);
        assert_eq!(roles(0x0030, 0x1e0d, down)[0], Role::Verify(2));
        assert_eq!(roles(0x00dd, 0x115b, down)[0], Role::PasswordTwice);
        assert_eq!(roles(0x00dd, 0x2227, down)[0], Role::Verify(4));
        assert_eq!(roles(0x00cd, 0x3420, Direction::Unknown), [Role::Session]);
    }
}
