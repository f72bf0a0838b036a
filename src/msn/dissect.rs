//! MSNP bytes to a Plan.

use std::borrow::Cow;

use memchr::memmem;

use super::fields::{Field, Note, MSNMS};
use super::http;
use super::line::Head;
use super::parameter::Parameters;
use super::payload::{self, PeerBody};
use super::pdu::{self, LengthFault, Payload, Pdu};
use super::recognise::{find_pdu, may_be_msnp};
use super::session::{Carry, Session, Shared};
use super::show_parameters::show_parameters;
use super::show_session::Scene;
use super::tracker::exchange::Request;
use super::tracker::Line;
use super::{mime, msnftp, p2p};
use crate::context::{Packet, PduKey, Transport};
use crate::error::{Fault, Missing};
use crate::plan::{ItemId, Plan, Verdict};
use crate::span::Span;

/// A command line of more bytes is cut in the Info column, so that its neighbours show.
const MAX_INFO_LINE: usize = 240;

/// Dissects one segment, reassembled stretch, HTTP body or stretch of HTTP messages.
pub fn dissect<'p>(packet: &Packet<'p>, session: &mut Session, shared: &mut Shared) -> Plan<'p> {
    match packet.transport {
        Transport::Http => http::dissect::body(packet, session, shared),
        Transport::HttpMessages => http::dissect::messages(packet, session, shared),
        Transport::Tcp | Transport::Udp | Transport::Other => {
            let plan = Plan::new(&MSNMS, packet.bytes, packet.detail);
            walk(packet, session, shared, plan)
        }
    }
}

/// Adds the PDUs of a stretch of MSNP to `plan`.
pub(super) fn walk<'p>(
    packet: &Packet<'p>,
    session: &mut Session,
    shared: &mut Shared,
    plan: Plan<'p>,
) -> Plan<'p> {
    let mut walk = Walk {
        packet,
        session,
        shared,
        plan,
        at: 0,
    };
    walk.run();
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
    fn run(&mut self) {
        let data = self.packet.bytes;
        if !self.session.is_confirmed(self.packet, self.shared) && !may_be_msnp(data) {
            return;
        }
        self.plan.verdict = Verdict::Accept;
        let carry = self.session.ends.take(self.packet);
        self.finish_open(carry);
        loop {
            self.skip_empty_lines();
            if self.at >= data.len() {
                break;
            }
            match pdu::head(data, self.at) {
                Ok(pdu) if pdu.missing(data) == 0 => self.whole(&pdu),
                Ok(pdu) => {
                    self.unfinished(Some(&pdu), Missing::Bytes(pdu.missing(data)));
                    return;
                }
                Err(Fault::Incomplete(missing)) => {
                    self.unfinished(None, missing);
                    return;
                }
                Err(Fault::Malformed { .. }) => self.malformed(),
            }
        }
        self.touch_uncaptured();
    }

    /// Shows the rest of what an earlier segment began.
    fn finish_open(&mut self, carry: Carry) {
        let data = self.packet.bytes;
        let (field, len) = match carry {
            Carry::None => return,
            Carry::Payload(len) => (Field::PayloadRest, len),
            Carry::Line => {
                let feed = data.iter().position(|b| *b == b'\n');
                (Field::Fragment, feed.map_or(data.len(), |i| i + 1))
            }
        };
        let open = len.saturating_sub(self.packet.reported);
        let span = Span::new(0, len.min(data.len()));
        let root = self.root(span, "continuation");
        self.plan.bytes(1, field, span);
        self.plan.info("[continuation]");
        self.note_incomplete(root, open > 0);
        self.at = span.len;
        match carry {
            Carry::Payload(_) if open > 0 => self.leave(Carry::Payload(open)),
            Carry::Line if data.last() != Some(&b'\n') && self.at == data.len() => {
                self.leave(Carry::Line);
            }
            _ => {}
        }
    }

    /// Some servers send an empty line behind a payload (§11, item 2).
    fn skip_empty_lines(&mut self) {
        let rest = &self.packet.bytes[self.at..];
        let blank = rest
            .iter()
            .take_while(|b| matches!(b, b'\r' | b'\n'))
            .count();
        self.at += blank;
    }

    fn whole(&mut self, pdu: &Pdu) {
        self.session.found_command(self.packet, self.key());
        self.show(pdu);
        self.at = pdu.end();
    }

    /// The bytes end inside a PDU, which begins at `self.at`.
    fn unfinished(&mut self, pdu: Option<&Pdu>, missing: Missing) {
        if self.packet.can_reassemble && !self.packet.is_cut() {
            self.plan.verdict = Verdict::Reassemble(self.at, missing);
            return;
        }
        let root = match pdu {
            Some(pdu) => {
                self.session.found_command(self.packet, self.key());
                let open = pdu.end().saturating_sub(self.packet.reported);
                if open > 0 {
                    self.leave(Carry::Payload(open));
                }
                self.show(pdu)
            }
            None => self.unfinished_line(),
        };
        self.note_incomplete(root, !self.packet.is_cut());
        self.touch_uncaptured();
    }

    /// A line without its end: of a cut packet no more will come, so what is there is shown.
    fn unfinished_line(&mut self) -> ItemId {
        if self.packet.is_cut() {
            if let Some(pdu) = pdu::cut_off(self.packet.bytes, self.at) {
                self.session.found_command(self.packet, self.key());
                return self.show(&pdu);
            }
        } else {
            self.leave(Carry::Line);
        }
        let span = Span::between(self.at, self.packet.bytes.len());
        let root = self.root(span, "part of a command line");
        self.plan.bytes(1, Field::Fragment, span);
        self.plan.info("[part of a command line]");
        root
    }

    fn note_incomplete(&mut self, item: ItemId, incomplete: bool) {
        if incomplete {
            self.plan.note(Note::Incomplete, item);
        }
    }

    fn leave(&mut self, carry: Carry) {
        if matches!(self.packet.transport, Transport::Tcp | Transport::Http) {
            self.session.ends.leave(self.packet, carry);
        }
    }

    /// The PDU that comes next.
    fn key(&self) -> PduKey {
        PduKey {
            frame: self.packet.frame,
            index: self.packet.first_pdu + self.plan.pdus,
        }
    }

    /// Shows the bytes that begin no command and goes on at the next one.
    fn malformed(&mut self) {
        let data = self.packet.bytes;
        let end = find_pdu(data, self.at + 1).unwrap_or(data.len());
        let span = Span::between(self.at, end);
        let is_start = self.session.begins_at(self.packet, self.key());
        self.root(span, "not a command");
        let item = self.plan.bytes(1, Field::Unrecognized, span);
        let note = if is_start {
            Note::MidStream
        } else {
            Note::Resynchronised
        };
        self.plan.note(note, item);
        self.plan.info("[not a command]");
        self.at = end;
    }

    /// The packet is longer than the capture: Wireshark is to say so.
    fn touch_uncaptured(&mut self) {
        let captured = self.packet.bytes.len();
        if self.packet.is_cut() {
            self.plan.touch = Some(Span::between(captured, self.packet.reported));
        }
    }

    /// The item of one PDU.
    fn root(&mut self, span: Span, what: &str) -> ItemId {
        self.plan.pdus += 1;
        let root = self.plan.heading(0, &MSNMS, span);
        if self.plan.shows_tree() {
            self.plan
                .label(root, &format!("MSN Messenger Service, {what}"));
        }
        root
    }

    /// The PDU without the number that looks like a transaction id and is none. Only PRP has
    /// forms with such a number.
    fn true_trid(&self, pdu: &Pdu, key: PduKey) -> Pdu {
        if pdu.line.head != Head::Command(*b"PRP") {
            return *pdu;
        }
        let known = self.session.tracker.circumstances(self.packet, key);
        Parameters::of(pdu, self.packet.bytes, &known).with_true_trid(pdu)
    }

    /// Shows a PDU, as far as its bytes are there.
    fn show(&mut self, pdu: &Pdu) -> ItemId {
        let data = self.packet.bytes;
        let end = pdu.end().min(data.len());
        let key = self.key();
        let pdu = &self.true_trid(pdu, key);
        if self.packet.first_pass {
            let line = Line::of(pdu, data);
            let tracker = &mut self.session.tracker;
            tracker.learn(self.packet, self.shared, key, &line);
        }
        let root = self.root(Span::between(pdu.start(), end), "");
        let refused = match pdu.line.head {
            Head::Error(_) => self.session.tracker.refused(key),
            Head::Command([b'X', b'F', b'R'] | [b'R', b'N', b'G']) => {
                let ends = &self.shared.setups.ends;
                ends.expect(&mut self.plan, MSNMS.index, key);
                None
            }
            Head::Command(_) => None,
        };
        self.show_head(pdu, root, refused);
        if self.plan.wants_all() {
            let known = self.session.tracker.circumstances(self.packet, key);
            let words = Parameters::of(pdu, data, &known);
            show_parameters(&mut self.plan, pdu, data, &words);
        }
        let peer_bodies = match pdu.payload {
            Some(payload) => self.show_payload(pdu, key, &payload, end),
            None => Vec::new(),
        };
        self.link_ticket(pdu);
        if let Some((fault, span)) = pdu.fault {
            self.note_fault(fault, span);
        }
        if self.plan.wants_all() {
            let scene = Scene {
                packet: self.packet,
                tracker: &self.session.tracker,
                shared: self.shared,
                key,
            };
            scene.show(&mut self.plan, pdu, root);
        }
        self.show_peer_bodies(key, &peer_bodies);
        root
    }

    /// Shows the packets between clients that a payload carries: protocols of their own,
    /// beside the PDU.
    fn show_peer_bodies(&mut self, key: PduKey, bodies: &[PeerBody]) {
        let data = self.packet.bytes;
        for (part, body) in (0..).zip(bodies) {
            let relayed = p2p::Relayed {
                bytes: body.span.of(data),
                at: body.span.start,
                depth: 0,
                version: body.has_endpoint.then_some(p2p::packet::Version::V2),
                key: p2p::state::Key {
                    carrier: p2p::packet::Carrier::Relayed,
                    pdu: key,
                    part,
                },
            };
            p2p::show(&mut self.plan, self.packet, &mut self.shared.p2p, &relayed);
        }
    }

    /// Shows where Passport gave the ticket with which the client logs in.
    fn link_ticket(&mut self, pdu: &Pdu) {
        let data = self.packet.bytes;
        let Some(span) = http::tickets::carried(pdu, data) else {
            return;
        };
        if let Some(frame) = self.shared.tickets.used(self.packet, span.of(data)) {
            http::show::ticket_source(&mut self.plan, 2, frame, span);
        }
    }

    /// Shows a payload, of which the packet has the bytes up to `end`. Gives what is left to
    /// be shown.
    fn show_payload(
        &mut self,
        pdu: &Pdu,
        key: PduKey,
        payload: &Payload,
        end: usize,
    ) -> Vec<PeerBody> {
        if payload.span.len == 0 {
            return Vec::new();
        }
        let captured = Span::between(payload.span.start, end);
        let item = self.plan.bytes(1, Field::Payload, captured);
        if self.plan.shows_tree() {
            let length = payload.length.value;
            let plural = if length == 1 { "" } else { "s" };
            let label = format!("Payload ({length} byte{plural})");
            self.plan.label(item, &label);
        }
        let context = payload::Context::of(self.packet, key, pdu);
        let back = self.plan.enter_here(captured.start);
        let bytes = captured.of(self.packet.bytes);
        let state = &mut self.session.payloads;
        let shown = payload::show(&mut self.plan, context, state, 2, bytes);
        self.plan.leave(back);
        if !shown.summary.is_empty() && shown.peer_bodies.is_empty() {
            self.plan.info_behind(": ");
            self.plan.info_behind(&shown.summary);
        }
        if pdu.line.head == Head::Command(*b"MSG") {
            self.learn_invitation(key, bytes);
        }
        let mut bodies = shown.peer_bodies;
        for body in &mut bodies {
            body.span.start = body.span.start.saturating_add(captured.start);
        }
        bodies
    }

    /// An invitation may announce a file transfer.
    fn learn_invitation(&mut self, key: PduKey, payload: &[u8]) {
        if memmem::find(payload, b"x-msmsgsinvite").is_none() {
            return;
        }
        let headers = mime::headers(payload, 0);
        let media = headers.value(payload, "Content-Type").unwrap_or_default();
        if media.starts_with(b"text/x-msmsgsinvite") {
            let body = payload.get(headers.span.end()..).unwrap_or_default();
            let shared = &mut self.shared.msnftp;
            msnftp::invited(&mut self.plan, self.packet, shared, 1, key, body);
        }
    }

    fn show_head(&mut self, pdu: &Pdu, root: ItemId, refused: Option<Request>) {
        self.plan.text(1, Field::Line, pdu.line.span);
        match pdu.line.head {
            Head::Command(verb) => self.show_command(pdu, &verb, root),
            Head::Error(code) => self.show_error(pdu, code, root, refused),
        }
    }

    fn note_fault(&mut self, fault: LengthFault, span: Span) {
        let item = self.plan.item_at(span);
        let note = match fault {
            LengthFault::TooLong => Note::PayloadTooLong,
            LengthFault::NoNumber => Note::PayloadLength,
        };
        self.plan.note(note, item);
    }

    fn show_command(&mut self, pdu: &Pdu, verb: &[u8; 3], root: ItemId) {
        let text = pdu.line.span.of(self.packet.bytes);
        let item = self.plan.text(2, Field::Cmd, pdu.line.head_span());
        if pdu.command.is_none() {
            self.plan.note(Note::UnknownCommand, item);
        }
        self.plan.info(&shortened(text));
        if !self.plan.shows_tree() {
            return;
        }
        let name = pdu.command.and_then(|c| c.name.to_str().ok());
        let verb = String::from_utf8_lossy(verb);
        let name = name.unwrap_or("Unknown command");
        self.plan.label(item, &format!("Command: {verb} ({name})"));
        let trid = pdu.trid.map_or(String::new(), |t| format!(" {}", t.value));
        self.plan.label(
            root,
            &format!("MSN Messenger Service, {verb}{trid} ({name})"),
        );
    }

    fn show_error(&mut self, pdu: &Pdu, code: u16, root: ItemId, refused: Option<Request>) {
        let text = pdu.line.span.of(self.packet.bytes);
        let item = self
            .plan
            .number(2, Field::ErrorCode, pdu.line.head_span(), code);
        let name = super::error_codes::ERROR_CODES.name(u32::from(code));
        let mut meaning = Cow::Borrowed(name.unwrap_or("Unknown error"));
        if let Some(Request { frame, verb, .. }) = refused {
            let verb = String::from_utf8_lossy(&verb);
            meaning = format!("{meaning}, for {verb} in frame {frame}").into();
        }
        if self.plan.wants_all() {
            if name.is_none() {
                self.plan.note(Note::UnknownError, item);
            }
            let text = format!("{code}: {meaning}");
            self.plan.note_text(Note::ErrorReply, item, &text);
        }
        self.plan.info(&format!("{} ({meaning})", shortened(text)));
        if self.plan.shows_tree() {
            self.plan.label(
                root,
                &format!("MSN Messenger Service, error {code} ({meaning})"),
            );
        }
    }
}

/// The line as text for the Info column.
fn shortened(line: &[u8]) -> Cow<'_, str> {
    let cut = line.len().min(MAX_INFO_LINE);
    let text = match core::str::from_utf8(&line[..cut]) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(&line[..cut]),
    };
    if cut < line.len() {
        Cow::Owned(format!("{}…", text.trim_end_matches('\u{fffd}')))
    } else {
        text
    }
}
