//! Dissection of one packet into a Plan.

use crate::oicq::dissect::walk::OicqWalk;
use crate::oicq::event::show_parties;
use crate::oicq::fields::OICQ;
use crate::oicq::state::datagrams;
use crate::oicq::state::frame_like::{direction_by_ports, may_be_frame};
use crate::oicq::state::session::{OicqSession, OicqShared};
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::frame;
use crate::packet::{Packet, Transport};
use crate::plan::{Plan, Verdict};
use crate::span::Span;

/// Dissects one datagram, segment or reassembled range of a stream.
pub fn dissect<'p>(
    packet: &Packet<'p>,
    session: &mut OicqSession,
    shared: &mut OicqShared,
) -> Plan<'p> {
    let plan = Plan::new(&OICQ, packet.bytes, packet.detail)
        .hiding_info(packet.hides_info)
        .showing_keys(shared.shows_keys);
    let mut walk = OicqWalk {
        packet,
        session,
        shared,
        plan,
        at: 0,
        frames: 0,
        strays: 0,
    };
    match packet.transport {
        Transport::Tcp => walk.stream(),
        _ => walk.datagram(),
    }
    show_parties(&mut walk.plan, packet);
    walk.plan
}

impl OicqWalk<'_, '_> {
    fn datagram(&mut self) {
        let span = Span::new(0, self.packet.reported);
        let hint = direction_by_ports(self.packet);
        let confirmed = self.session.is_confirmed(self.packet);
        if let Some(message) = datagrams::other_family_frame(self.packet, confirmed) {
            self.plan.verdict = Verdict::Accept;
            self.show_family(&message, None, hint);
            self.touch_uncaptured();
            return;
        }
        // Assigned neither by port nor by a heuristic, so by the user with Decode As.
        let chosen = hint == Direction::Unknown && !self.packet.recognised;
        let known = datagrams::basic_frame(self.packet, self.session, self.shared);
        let may_be = || may_be_frame(self.packet.bytes, span, hint, confirmed);
        let decode = || frame(self.packet.bytes, span, hint).ok();
        if let Some(frame) = known.or_else(|| (chosen && may_be()).then(decode).flatten()) {
            self.plan.verdict = Verdict::Accept;
            self.show(&frame, None);
            self.touch_uncaptured();
        }
    }
}
