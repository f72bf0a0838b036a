//! A UDP conversation, offered to the dissector as Wireshark does.

use imshark::oicq::state::recognise::recognise;
use imshark::oicq::state::session::{OicqSession, OicqShared};
use imshark::packet::{Address, Answer, Packet, Transport};

/// QQ's own port, and one without an owner.
pub const PORTS: [u16; 2] = [8000, 18_000];

/// One conversation with a server.
#[derive(Debug)]
pub struct Conversation {
    server_port: u16,
    pub session: OicqSession,
    remembered: bool,
    frame: u32,
}

impl Conversation {
    pub fn new(server_port: u16) -> Self {
        Self {
            server_port,
            session: OicqSession::default(),
            // On QQ's port the dissector is called directly, and has a session.
            remembered: server_port == 8000,
            frame: 0,
        }
    }

    /// Whether a datagram is claimed.
    pub fn offer(&mut self, bytes: &[u8], up: bool, shared: &OicqShared) -> bool {
        self.frame += 1;
        let (source_port, destination_port) = match up {
            true => (4101, self.server_port),
            false => (self.server_port, 4101),
        };
        let packet = Packet {
            bytes,
            reported: bytes.len(),
            frame: self.frame,
            first_pass: true,
            transport: Transport::Udp,
            source: Address::V4([192, 0, 2, 1 + u8::from(up)]),
            destination: Address::V4([192, 0, 2, 2 - u8::from(up)]),
            source_port,
            destination_port,
            from_lower: !up,
            ..Packet::default()
        };
        if !self.remembered {
            match recognise(&packet, None) {
                Answer::No => return false,
                // The dissector calls again, with a session.
                Answer::Yes | Answer::Remember => self.remembered = true,
            }
        }
        recognise(&packet, Some((&mut self.session, shared))) == Answer::Yes
    }
}
