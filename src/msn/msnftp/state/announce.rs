//! Transfers announced by invitations.
//!
//! Source: docs/protocol/msnp.md §5.3 (IP-Address, Port, AuthCookie) and §7.5.

use crate::msn::common::mime;
use crate::msn::common::number::{decimal_or_signed, long_or_signed};
use crate::msn::msnftp::state::session::{FileInvitation, InvitationScope, Offer, Transfers};
use crate::msn::msnp::wire::invitation;
use crate::packet::{Address, Packet, PduKey};

/// The port if an invitation has none.
const DEFAULT_PORT: u16 = 6891;

/// Who invites whom, and in which conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct InvitationParties {
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    /// The number of the conversation.
    pub(crate) chat: Option<u64>,
}

impl InvitationParties {
    /// Where the Invitation-Cookie of the message has its meaning.
    fn scope(&self) -> InvitationScope {
        if let Some(chat) = self.chat {
            return InvitationScope::Chat(chat);
        }
        let fold = |party: &Option<String>| party.as_deref().map(str::to_ascii_lowercase);
        let mut parties = [fold(&self.from), fold(&self.to)];
        parties.sort();
        InvitationScope::Parties(parties)
    }
}

/// Records the body of an invitation (`text/x-msmsgsinvite`). If it contains the endpoint
/// where the sender of a file waits for the receiver, announces a transfer to it. Returns the
/// invitation to receive a file that it is about.
pub(crate) fn learn(
    packet: &Packet<'_>,
    shared: &mut Transfers,
    pdu: PduKey,
    body: &[u8],
    parties: InvitationParties,
) -> Option<FileInvitation> {
    let lines = mime::body_lines(body, 0);
    let value = |name: &str| lines.value(body, name);
    let number = value("Invitation-Cookie").and_then(decimal_or_signed);
    let scope = parties.scope();
    if let (Some(number), Some(name)) = (number, value("Application-File")) {
        let offered = FileInvitation {
            number,
            name: String::from_utf8_lossy(name).into_owned(),
            size: value("Application-FileSize").and_then(long_or_signed),
            from: parties.from,
            to: parties.to,
            chat: parties.chat,
        };
        shared.remember(packet, scope.clone(), offered);
    }
    let invitation = shared.invitation(packet, pdu, scope, number).cloned();
    let Some((address, own)) = value("IP-Address").and_then(invitation::address) else {
        return invitation;
    };
    // Voice and video have their own protocols, and no cookie.
    let Some(cookie) = value("AuthCookie").and_then(decimal_or_signed) else {
        return invitation;
    };
    let port = value("Port").and_then(invitation::port).or(own);
    let end = (Address::from(address), port.unwrap_or(DEFAULT_PORT));
    if end.1 == 0 {
        return invitation;
    }
    let offer = Offer {
        cookie: Some(cookie),
        invitation: invitation.clone(),
    };
    shared.endpoints.announce(packet, pdu, Some(end), offer);
    invitation
}
