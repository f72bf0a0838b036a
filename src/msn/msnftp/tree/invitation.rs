//! Tree items of the transfer announced by an invitation.

use crate::msn::msnftp::fields::{Field, MSNFTP};
use crate::msn::msnftp::state::announce::{learn, InvitationParties};
use crate::msn::msnftp::state::session::Transfers;
use crate::msn::tree::expect::expect_connections;
use crate::packet::{Packet, PduKey};
use crate::plan::Plan;
use crate::span::Span;

/// Records the transfer announced in the body of an invitation. Shows the file that is offered
/// with the same cookie, and the frame in which its transfer begins, once known.
pub(crate) fn show_invitation(
    plan: &mut Plan<'_>,
    packet: &Packet<'_>,
    shared: &mut Transfers,
    depth: u8,
    pdu: PduKey,
    (body, parties): (&[u8], InvitationParties),
) {
    if let Some(offered) = learn(packet, shared, pdu, body, parties) {
        let item = plan.derived(depth, Field::FileName, Span::default(), &offered.name);
        plan.mark_generated(item);
    }
    expect_connections(plan, &MSNFTP, shared.endpoints.new_by(pdu));
    if let Some(frame) = shared.endpoints.connection_of(pdu) {
        plan.generated(depth, Field::Connection, frame);
    }
}
