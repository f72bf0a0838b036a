//! What dissecting one packet takes along.

use crate::oicq::fields::OICQ;
use crate::oicq::state::session::{OicqSession, OicqShared};
use crate::packet::Packet;
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// One packet on its way to a Plan.
#[derive(Debug)]
pub(crate) struct OicqWalk<'a, 'p> {
    pub(crate) packet: &'a Packet<'p>,
    pub(crate) session: &'a mut OicqSession,
    pub(crate) shared: &'a mut OicqShared,
    pub(crate) plan: Plan<'p>,
    /// Everything before this offset is dissected.
    pub(crate) at: usize,
    /// How many frames were found.
    pub(crate) frames: usize,
    /// How many stretches of the stream begin none.
    pub(crate) strays: usize,
}

impl OicqWalk<'_, '_> {
    pub(crate) fn touch_uncaptured(&mut self) {
        let captured = self.packet.bytes.len();
        if self.packet.is_cut() {
            self.plan.touch = Some(Span::between(captured, self.packet.reported));
        }
    }

    pub(crate) fn root(&mut self, span: Span) -> ItemId {
        self.plan.pdus += 1;
        self.plan.heading(0, &OICQ, span)
    }

    /// As much of a span as the capture has.
    pub(crate) fn captured(&self, span: Span) -> Span {
        Span::between(span.start, span.end().min(self.packet.bytes.len()))
    }
}
