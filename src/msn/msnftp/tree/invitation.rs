//! Tree items of the transfer announced by an invitation.

use crate::msn::msnftp::fields::{Field, MSNFTP};
use crate::msn::msnftp::state::announce::learn;
use crate::msn::msnftp::state::session::Transfers;
use crate::msn::tree::expect::expect_connections;
use crate::packet::{Packet, PduKey};
use crate::plan::Plan;

/// Records the transfer announced in the body of an invitation, and shows the frame in
/// which it begins, once known.
pub fn show_invitation(
    plan: &mut Plan<'_>,
    packet: &Packet<'_>,
    shared: &mut Transfers,
    depth: u8,
    pdu: PduKey,
    body: &[u8],
) {
    learn(packet, shared, pdu, body);
    expect_connections(plan, &MSNFTP, shared.endpoints.new_by(pdu));
    if let Some(frame) = shared.endpoints.connection_of(pdu) {
        plan.generated(depth, Field::Connection, frame);
    }
}
