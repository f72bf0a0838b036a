//! Frames of QQ to a Plan.

use super::client_table::{BUILDS, CLIENTS};
use super::command::{meaning, Meaning};
use super::decrypt;
use super::families::{agent, Message};
use super::fields::{Field, Note, OICQ};
use super::frame::{frame, Direction, Frame, Header, Part};
use super::key_role::{Layer, Place};
use super::recognise::{
    agent_frame_at, family_at, family_udp, hint, may_be_frame, shortest_at, tcp_frame_at,
};
use super::related::{relate, show_names, Pdu};
use super::session::{Session, Shared};
use super::{open_family, show_body, show_family};
use crate::context::{Packet, PduKey, Transport};
use crate::error::Missing;
use crate::plan::{ItemId, Plan, Verdict};
use crate::span::Span;

/// Dissects one datagram, segment or reassembled stretch.
pub fn dissect<'p>(packet: &Packet<'p>, session: &mut Session, shared: &mut Shared) -> Plan<'p> {
    let mut walk = Walk {
        packet,
        session,
        shared,
        plan: Plan::new(&OICQ, packet.bytes, packet.detail),
        at: 0,
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
}

impl Walk<'_, '_> {
    fn datagram(&mut self) {
        let span = Span::new(0, self.packet.reported);
        let hint = hint(self.packet);
        let confirmed = self.session.is_confirmed(self.packet);
        if !may_be_frame(self.packet.bytes, span, hint, confirmed) {
            if let Some(message) = family_udp(self.packet, confirmed) {
                self.plan.verdict = Verdict::Accept;
                self.show_family(&message, None, hint);
                self.touch_uncaptured();
            }
            return;
        }
        if let Ok(frame) = frame(self.packet.bytes, span, hint) {
            self.plan.verdict = Verdict::Accept;
            self.show(&frame, None);
            self.touch_uncaptured();
        }
    }

    fn stream(&mut self) {
        let data = self.packet.bytes;
        let hint = hint(self.packet);
        if !self.session.is_confirmed(self.packet) && !self.begins_frame(hint) {
            return;
        }
        self.plan.verdict = Verdict::Accept;
        self.finish_open();
        while self.at < data.len() {
            if !self.begins_frame(hint) {
                self.unrecognized(self.end_of_bad_frame(hint));
                continue;
            }
            let agent = agent_frame_at(data, self.at);
            let span = agent.or_else(|| tcp_frame_at(data, self.at));
            let shortest = self.at + shortest_at(data, self.at);
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

    /// Shows the first bytes of a frame whose header is not whole.
    fn show_beginning(&mut self) -> ItemId {
        let span = Span::between(self.at, self.packet.bytes.len());
        let root = self.root(span);
        self.plan.label(root, "OICQ, beginning of a frame");
        self.plan.bytes(1, Field::Fragment, span);
        self.plan.info("[beginning of a frame]");
        root
    }

    /// Shows the rest of a frame that an earlier segment began.
    fn finish_open(&mut self) {
        let open = self.session.ends.take(self.packet);
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

    /// A frame that ends at `end` goes on in the next segment, if that is behind this one.
    fn leave_open(&mut self, end: usize, root: ItemId) {
        let open = end.saturating_sub(self.packet.reported);
        if open > 0 {
            self.session.ends.leave(self.packet, open);
            self.plan.note(Note::Incomplete, root);
        }
    }

    /// Whether the bytes at hand are, or can become, a length and a frame.
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
            // 32 x 256 bytes are the longest frame that is believed.
            (1, _) => rest.first().is_some_and(|high| *high <= 0x20),
            (len, _) if len < shortest_at(data, at) => true,
            (_, None) => false,
            // It is judged when it is whole.
            (_, Some(span)) if span.end() > data.len() => {
                matches!(rest.get(2), None | Some(&super::FLAG | &agent::FLAG))
            }
            (_, Some(span)) => {
                let confirmed = self.session.is_confirmed(self.packet);
                may_be_frame(data, span, hint, confirmed) || family_at(data, span).is_some()
            }
        }
    }

    /// Where the bytes end that begin no frame. They are not searched for one, because on the
    /// ports of the web anything can look like a frame; but if they are as long as their
    /// first two bytes say, and a frame follows, it goes on there.
    fn end_of_bad_frame(&self, hint: Direction) -> usize {
        let data = self.packet.bytes;
        let length = match data.get(self.at..self.at + 2) {
            Some(&[high, low]) => usize::from(u16::from_be_bytes([high, low])),
            _ => 0,
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
        self.plan.label(root, "OICQ, bytes that begin no frame");
        let item = self.plan.bytes(1, Field::Unrecognized, span);
        self.plan.note(Note::Resynchronised, item);
        self.plan.info("[not a frame]");
        self.at = end;
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

    /// What the PDU that is shown next is called.
    fn next_pdu(&self) -> PduKey {
        PduKey {
            frame: self.packet.frame,
            index: self.packet.first_pdu + self.plan.pdus,
        }
    }

    fn show_family(&mut self, message: &Message, length: Option<Span>, hint: Direction) -> ItemId {
        let pdu = self.next_pdu();
        let (packet, plan) = (self.packet, &mut self.plan);
        let root = show_family::show(plan, packet.bytes, message, length, hint);
        open_family::open(packet, pdu, message, self.session, self.shared, plan);
        root
    }

    fn show(&mut self, frame: &Frame, length: Option<Span>) -> ItemId {
        self.session.learn(self.packet, frame);
        let key = self.next_pdu();
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
        outcome.show(&mut self.plan, root, self.shared.shows_keys);
        // Of a cut frame the parts that decide its shape may not be at hand.
        let odd = !frame.fits && frame.end() <= self.packet.bytes.len();
        match frame.trailer {
            Some(span) if span.end() <= self.packet.bytes.len() => {
                self.plan.number(1, Field::Trailer, span, super::TRAILER);
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
        if frame.probe.is_some() && frame.command.value == 0x0001 {
            return Meaning::PROBE;
        }
        let era = self.session.era(self.packet, frame);
        meaning(frame.command.value, era, frame.direction)
    }

    fn show_header(&mut self, frame: &Frame, meaning: &Meaning) {
        let plan = &mut self.plan;
        plan.number(1, Field::Flag, Span::new(frame.span.start, 1), super::FLAG);
        let version = frame.version;
        let client = CLIENTS.name(u32::from(version.value));
        let item = plan.number(1, Field::Version, version.span, version.value);
        if plan.shows_tree() {
            // A reply to 0x00b9 has a build where all others have the version (§2.3).
            let client = client
                .or_else(|| BUILDS.name(u32::from(version.value)))
                .unwrap_or("unknown client");
            plan.label(
                item,
                &format!("Version: 0x{:04x} ({client})", version.value),
            );
        }
        if let Some(client) = client {
            let item = plan.derived(2, Field::Client, version.span, client);
            plan.mark_generated(item);
        }
        let command = frame.command;
        let item = plan.number(1, Field::Command, command.span, command.value);
        if plan.shows_tree() {
            let name = meaning.name.unwrap_or("Unknown");
            plan.label(item, &format!("Command: {name} (0x{:04x})", command.value));
        }
        show_names(plan, command.span, meaning);
        let sequence = frame.sequence;
        let item = plan.number(1, Field::Sequence, sequence.span, sequence.value);
        if plan.shows_tree() {
            let value = sequence.value;
            plan.label(item, &format!("Sequence: {value} (0x{value:04x})"));
        }
        if let Some(uin) = frame.uin {
            let item = plan.number(1, Field::Uin, uin.span, uin.value);
            if plan.shows_tree() {
                plan.label(item, &format!("QQ number: {}", uin.value));
            }
            let item = plan.number(1, Field::Account, uin.span, uin.value);
            plan.mark_hidden(item);
        }
        let item = plan.number(
            1,
            Field::Direction,
            Span::new(frame.span.start, 0),
            frame.direction as u8,
        );
        plan.mark_generated(item);
    }

    fn show_block(&mut self, frame: &Frame) {
        if let Some(span) = frame.server_flags.map(|span| self.captured(span)) {
            self.plan.bytes(1, Field::ServerFlags, span);
        }
        if let Some(span) = frame.probe.map(|span| self.captured(span)) {
            self.plan.bytes(1, Field::Probe, span);
        }
        let Some(block) = frame.block else {
            return;
        };
        let span = self.captured(block.span);
        let plan = &mut self.plan;
        plan.heading(1, Field::Block, span);
        plan.number(2, Field::BlockType, block.kind.span, block.kind.value);
        plan.number(2, Field::BlockFlag, block.flag.span, block.flag.value);
        plan.number(2, Field::Repeat, block.repeat.span, block.repeat.value);
        plan.number(
            2,
            Field::ClientType,
            block.client_type.span,
            block.client_type.value,
        );
        let build = block.build;
        let item = plan.number(2, Field::Build, build.span, build.value);
        if plan.shows_tree() {
            let name = BUILDS.name(build.value).unwrap_or("unknown");
            plan.label(item, &format!("Build: 0x{:04x} ({name})", build.value));
        }
        if let Some(padding) = block.padding {
            let padding = self.captured(padding);
            self.plan.bytes(2, Field::Padding, padding);
        }
    }

    fn show_body(&mut self, frame: &Frame) {
        for (part, span) in frame.body.iter() {
            let span = self.captured(span);
            if span.len == 0 {
                continue;
            }
            let field = match part {
                Part::Key => Field::Key,
                Part::TokenTag => Field::TokenTag,
                Part::Token => Field::Token,
                Part::PublicKey => Field::PublicKey,
                Part::Salt => Field::Salt,
                Part::Ciphertext => Field::Ciphertext,
                Part::Unknown => Field::Body,
                Part::Plain => {
                    self.show_plain(frame, span);
                    continue;
                }
                Part::SaltLength => {
                    self.show_number(Field::SaltLength, span);
                    continue;
                }
                Part::TokenLength => {
                    self.show_number(Field::TokenLength, span);
                    continue;
                }
                Part::BodyVersion => {
                    self.show_number(Field::BodyVersion, span);
                    continue;
                }
                Part::KeyExchangeVersion => {
                    self.show_number(Field::KeyExchangeVersion, span);
                    continue;
                }
                Part::PublicKeyLength => {
                    self.show_number(Field::PublicKeyLength, span);
                    continue;
                }
            };
            self.plan.bytes(1, field, span);
        }
        let rest = self.captured(Span::between(frame.span.start + 11, frame.end()));
        if rest.len > 0 {
            let item = self.plan.latin1(1, Field::Data, rest);
            self.plan.mark_hidden(item);
        }
    }

    /// A body that was never encrypted.
    fn show_plain(&mut self, frame: &Frame, span: Span) {
        self.plan.bytes(1, Field::Body, span);
        let place = Place {
            command: frame.command.value,
            direction: frame.direction,
            version: self.session.era(self.packet, frame),
            layer: Layer::Frame,
        };
        let uin = frame.uin.map(|uin| uin.value);
        let back = self.plan.enter_here(span.start);
        let plain = span.of(self.packet.bytes);
        show_body::show(&mut self.plan, &place, uin, plain, 2);
        self.plan.leave(back);
    }

    /// A big-endian number of two or four bytes.
    fn show_number(&mut self, field: Field, span: Span) {
        let bytes = span.of(self.packet.bytes);
        let value = bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b));
        self.plan.number(1, field, span, value);
    }
}

/// `QQ 12345678 → server: Send message (0x00cd), seq 0x1bdb`
fn sentence(frame: &Frame, name: Option<&str>) -> String {
    let client = match frame.uin {
        Some(uin) => format!("QQ {}", uin.value),
        None => "client".to_owned(),
    };
    let way = match frame.direction {
        Direction::ToServer => format!("{client} → server"),
        Direction::ToClient => format!("server → {client}"),
        Direction::Unknown => client,
    };
    let command = frame.command.value;
    let what = name.map_or_else(
        || format!("command 0x{command:04x}"),
        |name| format!("{name} (0x{command:04x})"),
    );
    format!("{way}: {what}, seq 0x{:04x}", frame.sequence.value)
}
