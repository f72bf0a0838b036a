//! Test packets for the feature `panic-probe`: some request a panic, to prove that
//! Wireshark survives one, others request a row of the hand-offs.

use crate::field::FieldId;
use crate::field::Protocol;
use crate::handoff::HandOff;
use crate::packet::Packet;
use crate::plan::{Plan, Verdict};
use crate::span::Span;

/// Prefix of a packet that requests a hand-off; followed by a byte with the row and the
/// part.
const HAND_OFF: &[u8] = b"hand-off-probe";

/// Returns the plan that the packet requests, if any.
///
/// # Panics
///
/// If the packet requests a panic.
pub(super) fn answer<'p>(protocol: &'static Protocol, packet: &Packet<'p>) -> Option<Plan<'p>> {
    assert!(
        !packet.bytes.windows(11).any(|w| w == b"panic-probe"),
        "the packet asked for a panic"
    );
    let (row, part) = packet.bytes.strip_prefix(HAND_OFF)?.split_first()?;
    let row = HandOff::ALL.get(usize::from(*row))?;
    let mut plan = Plan::new(protocol, packet.bytes, packet.detail);
    let all = Span::new(0, packet.bytes.len());
    plan.heading(0, FieldId::of(protocol.index, FieldId::PROTOCOL_ITEM), all);
    let start = all.len - part.len();
    plan.hand_off(1, *row, Span::new(start, part.len()));
    plan.verdict = Verdict::Accept;
    plan.pdus = 1;
    Some(plan)
}
