//! Transfers announced by invitations.
//!
//! Source: docs/protocol/msnp.md §5.3 (IP-Address, Port, AuthCookie) and §7.5.

use crate::msn::common::mime;
use crate::msn::common::number::decimal_or_signed;
use crate::msn::msnftp::state::session::{Offer, Transfers};
use crate::msn::msnp::wire::invitation;
use crate::packet::{Address, Packet, PduKey};

/// The port if an invitation has none.
const DEFAULT_PORT: u16 = 6891;

/// Records the body of an invitation (`text/x-msmsgsinvite`). If it contains the endpoint
/// where the sender of a file waits for the receiver, announces a transfer to it.
pub(crate) fn learn(packet: &Packet<'_>, shared: &mut Transfers, pdu: PduKey, body: &[u8]) {
    let lines = mime::body_lines(body, 0);
    let value = |name: &str| lines.value(body, name);
    let invitation = value("Invitation-Cookie").and_then(decimal_or_signed);
    if let (Some(number), Some(name)) = (invitation, value("Application-File")) {
        let name = String::from_utf8_lossy(name).into_owned();
        shared.remember(packet, number, name);
    }
    let Some((address, own)) = value("IP-Address").and_then(invitation::address) else {
        return;
    };
    // Voice and video have their own protocols, and no cookie.
    let Some(cookie) = value("AuthCookie").and_then(decimal_or_signed) else {
        return;
    };
    let port = value("Port").and_then(invitation::port).or(own);
    let end = (Address::from(address), port.unwrap_or(DEFAULT_PORT));
    if end.1 == 0 {
        return;
    }
    let offer = Offer {
        cookie: Some(cookie),
        name: invitation.and_then(|number| shared.name_of(number)),
    };
    shared.endpoints.announce(packet, pdu, Some(end), offer);
}
