//! State of the dissection of one packet.

use crate::oicq::fields::OICQ;
use crate::oicq::state::session::{OicqSession, OicqShared};
use crate::packet::Packet;
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// One packet during its dissection into a Plan.
#[derive(Debug)]
pub(crate) struct OicqWalk<'a, 'p> {
    pub(crate) packet: &'a Packet<'p>,
    pub(crate) session: &'a mut OicqSession,
    pub(crate) shared: &'a mut OicqShared,
    pub(crate) plan: Plan<'p>,
    /// Offset up to which everything is dissected.
    pub(crate) at: usize,
    /// Number of frames found.
    pub(crate) frames: usize,
    /// Number of ranges of the stream that begin no frame.
    pub(crate) strays: usize,
}

impl OicqWalk<'_, '_> {
    pub(crate) fn touch_uncaptured(&mut self) {
        let captured = self.packet.bytes.len();
        if self.packet.is_cut() {
            self.plan.uncaptured = Some(Span::between(captured, self.packet.reported));
        }
    }

    pub(crate) fn root(&mut self, span: Span) -> ItemId {
        self.plan.pdus += 1;
        self.plan.heading(0, &OICQ, span)
    }

    /// The captured part of a span.
    pub(crate) fn captured(&self, span: Span) -> Span {
        Span::between(span.start, span.end().min(self.packet.bytes.len()))
    }
}
