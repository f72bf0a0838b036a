//! QQ over TCP: frames, each after its length.
//!
//! Source: docs/protocol/oicq.md §2.5.

#[cfg(test)]
mod tests;

use crate::error::Missing;
use crate::input::Input;
use crate::oicq::dissect::walk::OicqWalk;
use crate::oicq::fields::{Field, Note};
use crate::oicq::state::frame_like::{direction_by_ports, may_be_frame};
use crate::oicq::state::frame_ranges::{agent_frame_at, family_at, prefix_len_at, tcp_frame_at};
use crate::oicq::state::recognise::{is_oicq_tcp, is_qq_speed_tcp};
use crate::oicq::wire::basic::FLAG;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::frame;
use crate::oicq::wire::other_frames::agent;
use crate::plan::{ItemId, Verdict};
use crate::span::Span;

impl OicqWalk<'_, '_> {
    pub(crate) fn stream(&mut self) {
        let hint = direction_by_ports(self.packet);
        if !self.is_ours(hint) {
            return;
        }
        self.plan.verdict = Verdict::Accept;
        self.finish_open();
        self.walk(hint);
        if self.packet.first_pass {
            let ownership = &mut self.session.stream().ownership;
            ownership.learn(self.packet.frame, self.frames > 0, self.strays > 0);
        }
    }

    /// Dissects the frames up to the end of the data or the first incomplete one.
    fn walk(&mut self, hint: Direction) {
        let data = self.packet.bytes;
        while self.at < data.len() {
            if !self.begins_frame(hint) {
                self.unrecognized(self.end_of_bad_frame(hint));
                continue;
            }
            let agent = agent_frame_at(data, self.at);
            let shortest = self.at + prefix_len_at(data, self.at);
            // The first bytes of an agent's frame could be a length, too.
            let is_decided = shortest <= data.len();
            let span = agent.or_else(|| tcp_frame_at(data, self.at).filter(|_| is_decided));
            let end = span.map_or(shortest, Span::end);
            let missing = end.saturating_sub(data.len());
            if missing > 0 && self.packet.can_reassemble && !self.packet.is_cut() {
                let missing = match span {
                    Some(_) => Missing::Bytes(missing),
                    None => Missing::Unknown,
                };
                self.plan.verdict = Verdict::Reassemble(self.at, missing);
                return;
            }
            let Some(span) = span else {
                self.unrecognized(data.len());
                break;
            };
            let length = agent.is_none().then_some(Span::new(self.at, 2));
            let root = match (family_at(data, span), frame(data, span, hint)) {
                (Some(family), _) => self.show_family(&family, length, hint),
                (None, Ok(frame)) => self.show(&frame, length),
                (None, Err(_)) => self.show_beginning(),
            };
            self.leave_open(end, root);
            self.at = end;
        }
        self.touch_uncaptured();
    }

    /// Whether the stream is QQ here: by earlier frames, or because it begins with one.
    fn is_ours(&mut self, hint: Direction) -> bool {
        // Assigned neither by port nor by a heuristic, so by the user with Decode As.
        let chosen = hint == Direction::Unknown && !self.packet.recognised;
        if !chosen
            && self
                .session
                .stream()
                .ownership
                .is_released(self.packet.frame)
        {
            // The rest of an incomplete frame has gone to another dissector.
            self.session.stream().unfinished.leave(self.packet, 0);
            return is_oicq_tcp(self.packet) || is_qq_speed_tcp(self.packet);
        }
        self.session.is_confirmed(self.packet) || self.begins_frame(hint)
    }

    /// Adds the first bytes of a frame whose header is incomplete.
    fn show_beginning(&mut self) -> ItemId {
        let span = Span::between(self.at, self.packet.bytes.len());
        let root = self.root(span);
        self.plan.label(root, "OICQ, frame fragment");
        self.plan.bytes(1, Field::Fragment, span);
        self.plan.info("[frame fragment]");
        root
    }

    /// Adds the rest of a frame that began in an earlier segment.
    fn finish_open(&mut self) {
        let open = self.session.stream().unfinished.take(self.packet);
        if open == 0 {
            return;
        }
        let span = self.captured(Span::new(0, open));
        let root = self.root(span);
        self.plan.label(root, "OICQ, continuation");
        self.plan.bytes(1, Field::Fragment, span);
        self.plan.info("[continuation]");
        self.leave_open(open, root);
        self.at = open;
    }

    /// Records that a frame continues in the next segment, if `end` is after this one.
    fn leave_open(&mut self, end: usize, root: ItemId) {
        let open = end.saturating_sub(self.packet.reported);
        if open > 0 {
            self.session.stream().unfinished.leave(self.packet, open);
            self.plan.note(Note::Incomplete, root);
        }
    }

    /// Whether the bytes at the current offset are, or can become, a length and a frame.
    fn begins_frame(&self, hint: Direction) -> bool {
        self.begins_frame_at(self.at, hint)
    }

    fn begins_frame_at(&self, at: usize, hint: Direction) -> bool {
        let data = self.packet.bytes;
        let rest = data.get(at..).unwrap_or_default();
        if let Some(span) = agent_frame_at(data, at) {
            return span.end() > data.len() || family_at(data, span).is_some();
        }
        match (rest.len(), tcp_frame_at(data, at)) {
            (0, _) => false,
            // The maximum length of a frame is 32 x 256 bytes.
            (1, _) => rest.first().is_some_and(|high| *high <= 0x20),
            (len, _) if len < prefix_len_at(data, at) => true,
            (_, None) => false,
            // Decided when it is complete.
            (_, Some(span)) if span.end() > data.len() => {
                matches!(rest.get(2), None | Some(&FLAG | &agent::FLAG))
            }
            (_, Some(span)) => {
                let confirmed = self.session.is_confirmed(self.packet);
                may_be_frame(data, span, hint, confirmed) || family_at(data, span).is_some()
            }
        }
    }

    /// End of the bytes that begin no frame. They are not searched for one, because on
    /// web ports anything can look like a frame; but if a frame follows after the length
    /// of an agent's frame, or that in their first two bytes, dissection continues there.
    fn end_of_bad_frame(&self, hint: Direction) -> usize {
        let data = self.packet.bytes;
        let length = Input::from(data, self.at).be_u16();
        let length = match agent_frame_at(data, self.at) {
            Some(span) => span.len,
            None => length.map_or(0, |length| length.value.into()),
        };
        let end = self.at + length;
        let next = agent_frame_at(data, end).or_else(|| tcp_frame_at(data, end));
        let whole = next.is_some_and(|span| span.end() <= data.len());
        if length >= 2 && whole && self.begins_frame_at(end, hint) {
            end
        } else {
            data.len()
        }
    }

    fn unrecognized(&mut self, end: usize) {
        let span = Span::between(self.at, end);
        let root = self.root(span);
        self.strays += 1;
        self.plan.label(root, "OICQ, unrecognized data");
        let item = self.plan.bytes(1, Field::Unrecognized, span);
        self.plan.note(Note::Resynchronised, item);
        self.plan.info("[unrecognized data]");
        self.at = end;
    }
}
