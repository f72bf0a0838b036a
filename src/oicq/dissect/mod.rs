//! Frames of QQ to a Plan.

pub(crate) mod show;
pub(crate) mod stream;
#[cfg(test)]
mod stream_tests;

use crate::oicq::dissect::show::sentence;
use crate::oicq::fields::{Field, Note, OICQ};
use crate::oicq::state::datagrams;
use crate::oicq::state::recognise::{hint, may_be_frame};
use crate::oicq::state::session::{Session, Shared};
use crate::oicq::tree::decrypt;
use crate::oicq::tree::related::{relate, Pdu};
use crate::oicq::tree::{family as show_family, open_family};
use crate::oicq::wire::commands::meaning::{meaning, Meaning};
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::families::Message;
use crate::oicq::wire::frame::{frame, Frame, Header};
use crate::packet::{Packet, Transport};
use crate::plan::{ItemId, Plan, Verdict};
use crate::span::Span;

/// Dissects one datagram, segment or reassembled stretch.
pub fn dissect<'p>(packet: &Packet<'p>, session: &mut Session, shared: &mut Shared) -> Plan<'p> {
    let plan = Plan::new(&OICQ, packet.bytes, packet.detail).showing_keys(shared.shows_keys);
    let mut walk = Walk {
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
    walk.plan
}

struct Walk<'a, 'p> {
    packet: &'a Packet<'p>,
    session: &'a mut Session,
    shared: &'a mut Shared,
    plan: Plan<'p>,
    /// Everything before this offset is dissected.
    at: usize,
    /// How many frames were found.
    frames: usize,
    /// How many stretches of the stream begin none.
    strays: usize,
}

impl Walk<'_, '_> {
    fn datagram(&mut self) {
        let span = Span::new(0, self.packet.reported);
        let hint = hint(self.packet);
        let confirmed = self.session.is_confirmed(self.packet);
        if let Some(message) = datagrams::family(self.packet, confirmed) {
            self.plan.verdict = Verdict::Accept;
            self.show_family(&message, None, hint);
            self.touch_uncaptured();
            return;
        }
        // Neither the port nor a heuristic has given it: the user has, by Decode As.
        let chosen = hint == Direction::Unknown && !self.packet.recognised;
        let taken = datagrams::takes(self.packet, self.session, self.shared)
            || (chosen && may_be_frame(self.packet.bytes, span, hint, confirmed));
        if !taken {
            return;
        }
        if let Ok(frame) = frame(self.packet.bytes, span, hint) {
            self.plan.verdict = Verdict::Accept;
            self.show(&frame, None);
            self.touch_uncaptured();
        }
    }

    fn touch_uncaptured(&mut self) {
        let captured = self.packet.bytes.len();
        if self.packet.is_cut() {
            self.plan.touch = Some(Span::between(captured, self.packet.reported));
        }
    }

    fn root(&mut self, span: Span) -> ItemId {
        self.plan.pdus += 1;
        self.plan.heading(0, &OICQ, span)
    }

    /// As much of a span as the capture has.
    fn captured(&self, span: Span) -> Span {
        Span::between(span.start, span.end().min(self.packet.bytes.len()))
    }

    fn show_family(&mut self, message: &Message, length: Option<Span>, hint: Direction) -> ItemId {
        let pdu = self.packet.key(self.plan.pdus);
        self.frames += 1;
        let (packet, plan) = (self.packet, &mut self.plan);
        let root = show_family::show(plan, packet.bytes, message, length, hint);
        let asked = open_family::Asked {
            packet,
            pdu,
            message,
            root,
        };
        open_family::open(&asked, self.session, self.shared, plan);
        root
    }

    fn show(&mut self, frame: &Frame, length: Option<Span>) -> ItemId {
        self.session.learn(self.packet, frame);
        self.frames += 1;
        let key = self.packet.key(self.plan.pdus);
        let start = length.map_or(frame.span.start, |l| l.start);
        let root = self.root(self.captured(Span::between(start, frame.end())));
        let meaning = self.meaning(frame);
        let name = meaning.name;
        let outcome = decrypt::open(self.packet, key, frame, self.session, self.shared);
        let plaintext = outcome.opened.as_ref().map(|opened| &opened.plaintext[..]);
        let pdu = Pdu {
            packet: self.packet,
            key,
            frame,
            meaning,
            plaintext,
        };
        let related = relate(&pdu, self.session, self.shared);
        let sentence = sentence(frame, name);
        self.plan.info(&(sentence.clone() + &related.info()));
        self.plan.label(root, &format!("OICQ, {sentence}"));
        if let Some(span) = length {
            let value = frame.span.len + 2;
            self.plan.number(1, Field::Length, span, value as u64);
        }
        self.show_header(frame, &meaning);
        self.show_block(frame);
        self.show_body(frame);
        outcome.show(&mut self.plan, root);
        // Of a cut frame the parts that decide its shape may not be at hand.
        let odd = !frame.fits && frame.end() <= self.packet.bytes.len();
        match frame.trailer {
            Some(span) if span.end() <= self.packet.bytes.len() => {
                self.plan
                    .number(1, Field::Trailer, span, crate::oicq::TRAILER);
            }
            Some(_) => {}
            None => self.plan.note(Note::NoTrailer, root),
        }
        if odd {
            self.plan.note(Note::OddLength, root);
        }
        related.show(&mut self.plan, root);
        root
    }

    fn meaning(&self, frame: &Frame) -> Meaning {
        if frame.header == Header::Sister {
            return Meaning::NONE;
        }
        if frame.is_probe() {
            return Meaning::PROBE;
        }
        let era = self.session.era(self.packet, frame);
        meaning(frame.command.value, era, frame.direction)
    }
}
