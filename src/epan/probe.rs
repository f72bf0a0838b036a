//! What the feature `panic-probe` adds for tests: packets that ask for a panic, to prove that
//! Wireshark survives one, and packets that ask for a row of the hand-offs.

use crate::field::FieldId;
use crate::field::Protocol;
use crate::handoff::HandOff;
use crate::packet::Packet;
use crate::plan::{Plan, Verdict};
use crate::span::Span;

/// Begins a packet that asks for a hand-off; a byte with the row and the part follow.
const HAND_OFF: &[u8] = b"hand-off-probe";

/// The plan that the packet asks for, if it asks for one.
///
/// # Panics
///
/// When the packet asks for that.
pub(super) fn answer<'p>(protocol: &'static Protocol, packet: &Packet<'p>) -> Option<Plan<'p>> {
    assert!(
        !packet.bytes.windows(11).any(|w| w == b"panic-probe"),
        "the packet asked for a panic"
    );
    let (row, part) = packet.bytes.strip_prefix(HAND_OFF)?.split_first()?;
    let row = HandOff::ALL.get(usize::from(*row))?;
    let mut plan = Plan::new(protocol, packet.bytes, packet.detail);
    let all = Span::new(0, packet.bytes.len());
    plan.heading(0, FieldId::of(protocol.index, FieldId::ITSELF), all);
    let start = all.len - part.len();
    plan.hand_off(1, *row, Span::new(start, part.len()));
    plan.verdict = Verdict::Accept;
    plan.pdus = 1;
    Some(plan)
}
