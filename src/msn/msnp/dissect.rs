//! Dissects MSNP bytes into a [`Plan`].

use crate::error::{Fault, Missing};
use crate::first_bytes::Recognition;
use crate::msn::msnp::fields::{Field, Note, MSNMS};
use crate::msn::msnp::state::claim::classify_announced;
use crate::msn::msnp::state::recognise::{evidence_of, find_pdu, may_be_msnp, Evidence};
use crate::msn::msnp::state::session::{MsnpSession, UnfinishedPdu};
use crate::msn::msnp::tree::connection::Connection;
use crate::msn::msnp::wire::pdu;
use crate::msn::msnp::wire::pdu::Pdu;
use crate::msn::state::capture::MsnCapture;
use crate::packet::{Packet, PduKey, Transport};
use crate::plan::{ItemId, Plan, Verdict};
use crate::span::Span;

/// Dissects one segment, reassembled stretch or datagram.
pub fn dissect<'p>(
    packet: &Packet<'p>,
    session: &mut MsnpSession,
    capture: &mut MsnCapture,
) -> Plan<'p> {
    let mut plan = Plan::new(&MSNMS, packet.bytes, packet.detail).hiding_info(packet.hides_info);
    add_pdus(packet, session, capture, &mut plan);
    plan
}

/// Adds the PDUs of a stretch of MSNP to `plan`.
pub(crate) fn add_pdus<'p>(
    packet: &Packet<'p>,
    session: &mut MsnpSession,
    capture: &mut MsnCapture,
    plan: &mut Plan<'p>,
) {
    let mut walk = MsnpWalk {
        packet,
        session,
        capture,
        plan,
        at: 0,
        connection: None,
    };
    walk.session.gaps.begin(packet);
    walk.run();
    let used = match walk.plan.verdict {
        Verdict::Reassemble(at, _) => at,
        _ => packet.reported,
    };
    walk.session.gaps.end(packet, used);
}

pub(crate) struct MsnpWalk<'a, 'p> {
    pub(crate) packet: &'a Packet<'p>,
    pub(crate) session: &'a mut MsnpSession,
    pub(crate) capture: &'a mut MsnCapture,
    pub(crate) plan: &'a mut Plan<'p>,
    /// Everything before this offset is dissected.
    at: usize,
    /// Values of the connection shown by the PDUs so far.
    pub(crate) connection: Option<Connection>,
}

impl MsnpWalk<'_, '_> {
    fn run(&mut self) {
        let data = self.packet.bytes;
        if !self.may_be_ours() {
            return;
        }
        self.plan.verdict = Verdict::Accept;
        let carry = self.session.unfinished.take(self.packet);
        self.finish_open(carry);
        loop {
            self.skip_empty_lines();
            if self.at >= data.len() {
                break;
            }
            match pdu::head(data, self.at) {
                Ok(pdu) if self.is_stray(&pdu) => self.malformed(),
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
        self.plan.uncaptured = self.packet.uncaptured();
    }

    fn may_be_ours(&self) -> bool {
        let data = self.packet.bytes;
        if self
            .session
            .is_only_announced(self.packet, &self.capture.msnp)
        {
            // A packet truncated by the capture is not continued.
            let is_cut = || self.packet.is_cut() && pdu::truncated_pdu(data, 0).is_some();
            return self.packet.first_pass
                && (classify_announced(data, false) == Recognition::Yes || is_cut());
        }
        self.session.is_confirmed(self.packet, &self.capture.msnp)
            || self.session.first_bytes.has_claimed(self.packet)
            || may_be_msnp(data)
    }

    /// Shows the rest of a PDU that an earlier segment began.
    fn finish_open(&mut self, carry: UnfinishedPdu) {
        let data = self.packet.bytes;
        let (field, len) = match carry {
            UnfinishedPdu::None => return,
            UnfinishedPdu::Payload(len) => (Field::PayloadRest, len),
            UnfinishedPdu::Line => {
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
            UnfinishedPdu::Payload(_) if open > 0 => self.leave(UnfinishedPdu::Payload(open)),
            UnfinishedPdu::Line if data.last() != Some(&b'\n') && self.at == data.len() => {
                self.leave(UnfinishedPdu::Line);
            }
            _ => {}
        }
    }

    /// Some servers send an empty line after a payload (docs/protocol/msnp.md §11, item 2).
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

    /// Shows an incomplete PDU, which begins at `self.at`, or requests the rest of it.
    fn unfinished(&mut self, pdu: Option<&Pdu>, missing: Missing) {
        if self.packet.can_wait() {
            self.plan.verdict = Verdict::Reassemble(self.at, missing);
            return;
        }
        let root = match pdu {
            Some(pdu) => {
                self.session.found_command(self.packet, self.key());
                let open = pdu.end().saturating_sub(self.packet.reported);
                if open > 0 {
                    self.leave(UnfinishedPdu::Payload(open));
                }
                self.show(pdu)
            }
            None => self.unfinished_line(),
        };
        self.note_incomplete(root, !self.packet.is_cut());
        self.plan.uncaptured = self.packet.uncaptured();
    }

    /// Shows a line without its end. In a packet truncated by the capture it is decoded,
    /// because the rest will not come.
    fn unfinished_line(&mut self) -> ItemId {
        if self.packet.is_cut() {
            if let Some(pdu) = pdu::truncated_pdu(self.packet.bytes, self.at) {
                self.session.found_command(self.packet, self.key());
                return self.show(&pdu);
            }
        } else {
            self.leave(UnfinishedPdu::Line);
        }
        let span = Span::between(self.at, self.packet.bytes.len());
        let root = self.root(span, "command line fragment");
        self.plan.bytes(1, Field::Fragment, span);
        self.plan.info("[command line fragment]");
        root
    }

    fn note_incomplete(&mut self, item: ItemId, incomplete: bool) {
        if incomplete {
            self.plan.note(Note::Incomplete, item);
        }
    }

    fn leave(&mut self, carry: UnfinishedPdu) {
        if matches!(self.packet.transport, Transport::Tcp | Transport::Http) {
            self.session.unfinished.leave(self.packet, carry);
        }
    }

    /// Key of the next PDU.
    pub(crate) fn key(&self) -> PduKey {
        self.packet.key(self.plan.pdus)
    }

    /// Whether what looks like a PDU follows a gap and has no known command: it is then
    /// part of a payload whose beginning is lost.
    fn is_stray(&mut self, pdu: &Pdu) -> bool {
        let key = self.key();
        self.session.gaps.is_after_gap(self.packet, key)
            && evidence_of(pdu, self.packet.bytes) == Evidence::None
    }

    /// Shows bytes that do not begin a command and continues at the next command.
    fn malformed(&mut self) {
        let data = self.packet.bytes;
        let end = find_pdu(data, self.at + 1).unwrap_or(data.len());
        let span = Span::between(self.at, end);
        let key = self.key();
        let note = if self.session.is_before_first_command(self.packet, key) {
            Note::MidStream
        } else if self.session.gaps.is_after_gap(self.packet, key) {
            Note::Lost
        } else {
            Note::Resynchronised
        };
        self.root(span, "unrecognized data");
        let item = self.plan.bytes(1, Field::Unrecognized, span);
        self.plan.note(note, item);
        self.plan.info("[unrecognized data]");
        self.at = end;
    }

    /// The item of one PDU.
    pub(crate) fn root(&mut self, span: Span, what: &str) -> ItemId {
        self.plan.pdus += 1;
        let root = self.plan.heading(0, &MSNMS, span);
        if self.plan.shows_tree() {
            self.plan
                .label_args(root, format_args!("MSN Messenger Service, {what}"));
        }
        root
    }
}
