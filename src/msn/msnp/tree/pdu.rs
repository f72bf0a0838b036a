//! One PDU in the tree: its line, its payload, and the items of its session.

use crate::msn::http::tree::head;
use crate::msn::msnp::wire::error_codes::ERROR_CODES;
use crate::msn::p2p::state::packets::PacketKey;
use crate::msn::p2p::wire::packet::Carrier;
use crate::msn::p2p::wire::packet::Version;
use std::borrow::Cow;

use crate::msn::common::mime::Headers;
use crate::msn::msnftp::{show_invitation, InvitationParties};
use crate::msn::msnp::dissect::MsnpWalk;
use crate::msn::msnp::fields::{Field, Note, MSNMS};
use crate::msn::msnp::state::tracker::line::TrackedLine;
use crate::msn::msnp::state::tracker::links::RequestLink;
use crate::msn::msnp::tree::info as show_info;
use crate::msn::msnp::tree::parameters::show_parameters;
use crate::msn::msnp::tree::parties::Parties;
use crate::msn::msnp::tree::payload::show as show_payload;
use crate::msn::msnp::tree::payload::view::{payload_type, PayloadContext, PeerBody};
use crate::msn::msnp::tree::session::PduView;
use crate::msn::msnp::wire::command::MsnpCommand;
use crate::msn::msnp::wire::line::LineHead;
use crate::msn::msnp::wire::parameter::{Meaning, Parameters};
use crate::msn::msnp::wire::pdu::{LengthFault, Payload, Pdu};
use crate::msn::p2p;
use crate::msn::tree::expect::expect_connections;
use crate::packet::PduKey;
use crate::plan::ItemId;
use crate::span::Span;

impl<'p> MsnpWalk<'_, 'p> {
    /// The PDU without its transaction id if the number has another meaning; `None` if the
    /// command has no forms with such a number, as all but PRP.
    fn with_true_trid(&self, pdu: &Pdu, key: PduKey) -> Option<Pdu> {
        if pdu.line.head != LineHead::Command(*b"PRP") {
            return None;
        }
        let known = self.session.tracker.line_context(self.packet, key);
        Some(Parameters::of(pdu, self.packet.bytes, &known).with_corrected_trid(pdu))
    }

    /// Shows the available part of a PDU. Returns its item.
    pub(crate) fn show(&mut self, pdu: &Pdu) -> ItemId {
        let data = self.packet.bytes;
        let end = pdu.end().min(data.len());
        let key = self.key();
        let corrected = self.with_true_trid(pdu, key);
        let pdu = corrected.as_ref().unwrap_or(pdu);
        if self.packet.first_pass {
            let line = TrackedLine::of(pdu, data);
            let tracker = &mut self.session.tracker;
            tracker.learn(self.packet, &mut self.capture.msnp, key, &line);
        }
        let root = self.root(Span::between(pdu.start(), end), "");
        if pdu.command.is_some_and(MsnpCommand::is_referral) {
            let endpoints = &self.capture.msnp.referrals.endpoints;
            expect_connections(self.plan, &MSNMS, endpoints.new_by(key));
        }
        let refused = match pdu.line.head {
            LineHead::Error(_) => self.session.tracker.refused_request(key),
            LineHead::Command(_) => None,
        };
        let known = self.session.tracker.line_context(self.packet, key);
        let words = Parameters::of(pdu, data, &known);
        show_info::show(self.plan, pdu, data, &words);
        if self.plan.wants_items() || matches!(pdu.line.head, LineHead::Error(_)) {
            self.show_head(pdu, root, refused);
        }
        if self.plan.wants_all() {
            show_parameters(self.plan, pdu, data, &words);
        }
        let (bodies, headers) = match &pdu.payload {
            Some(payload) => {
                let context = PayloadContext::of(self.packet, key, pdu, &words);
                self.show_payload(context, payload, end)
            }
            None => (Vec::new(), None),
        };
        let headers = headers.as_ref();
        if pdu.line.head == LineHead::Command(*b"MSG") {
            self.learn_invitation(pdu, key, &words, headers);
        }
        self.link_ticket(&words);
        if let Some((fault, span)) = pdu.fault {
            self.note_fault(fault, span);
        }
        if self.plan.wants_all() {
            let view = PduView {
                packet: self.packet,
                tracker: &self.session.tracker,
                shared: &self.capture.msnp,
                key,
                payload_type: payload_type(&words),
                headers,
            };
            view.show(self.plan, pdu, &words, root, &mut self.connection);
        }
        if !bodies.is_empty() {
            let parties = match self.packet.first_pass {
                true => Parties::of(&self.session.tracker, key, &words, (pdu, data), headers),
                false => Parties::default(),
            };
            self.show_peer_bodies(key, &bodies, &parties);
        }
        root
    }

    /// Shows the MSNP2P packets in a payload, as protocols of their own beside the PDU. The
    /// parties count in the first pass.
    fn show_peer_bodies(&mut self, key: PduKey, bodies: &[PeerBody], parties: &Parties) {
        let to = match &parties.to[..] {
            [only] => Some(&only[..]),
            _ => None,
        };
        let data = self.packet.bytes;
        let chats = &self.capture.msnp.chats;
        let chat = self.session.tracker.chat(key);
        let chat = chat.map(|chat| chats.number(chat, key));
        for (part, body) in (0..).zip(bodies) {
            let relayed = p2p::RelayedBody {
                bytes: body.span.of(data),
                at: body.span.start,
                depth: 0,
                version: body.has_endpoint.then_some(Version::V2),
                key: PacketKey {
                    carrier: Carrier::Relayed,
                    pdu: key,
                    part,
                },
                chat,
                parties: (parties.from.as_deref(), to),
            };
            crate::msn::p2p::show(self.plan, self.packet, &mut self.capture.p2p, &relayed);
        }
    }

    /// Shows the frame in which Passport issued the ticket of a login.
    fn link_ticket(&mut self, words: &Parameters<'_>) {
        if self.capture.tickets.is_empty() {
            return;
        }
        let Some(ticket) = words.word(Meaning::AuthTicket) else {
            return;
        };
        if let Some(frame) = self.capture.tickets.record_use(self.packet, ticket.value) {
            head::ticket_source(self.plan, 2, frame, ticket.span);
        }
    }

    /// Shows a payload, of which the packet has the bytes up to `end`. Returns the MSNP2P
    /// packets in it, which are still to be shown, and its headers, if it is a message.
    fn show_payload(
        &mut self,
        context: PayloadContext<'_, 'p>,
        payload: &Payload,
        end: usize,
    ) -> (Vec<PeerBody>, Option<Headers>) {
        if payload.span.len == 0 {
            return (Vec::new(), None);
        }
        let captured = Span::between(payload.span.start, end);
        let item = self.plan.bytes(1, Field::Payload, captured);
        if self.plan.shows_tree() {
            let length = payload.length.value;
            let plural = if length == 1 { "" } else { "s" };
            let label = format!("Payload ({length} byte{plural})");
            self.plan.label(item, &label);
        }
        let back = self.plan.enter_here(captured.start);
        let bytes = captured.of(self.packet.bytes);
        let state = (&mut self.session.payloads, &self.capture.p2p.budget);
        let shown = show_payload::show(self.plan, context, state, 2, bytes);
        self.plan.leave(back);
        if !shown.summary.is_empty() && shown.peer_bodies.is_empty() {
            self.plan.append_info(": ");
            self.plan.append_info(&shown.summary);
        }
        let mut bodies = shown.peer_bodies;
        for body in &mut bodies {
            body.span.start = body.span.start.saturating_add(captured.start);
        }
        (bodies, shown.headers)
    }

    /// Learns from an invitation, which may announce a file transfer.
    fn learn_invitation(
        &mut self,
        pdu: &Pdu,
        key: PduKey,
        words: &Parameters<'_>,
        headers: Option<&Headers>,
    ) {
        let data = self.packet.bytes;
        let payload = pdu.payload.map_or(&[][..], |payload| payload.span.of(data));
        let Some(headers) = headers else {
            return;
        };
        let media = headers.value(payload, "Content-Type").unwrap_or_default();
        if !media.starts_with(b"text/x-msmsgsinvite") {
            return;
        }
        let body = payload.get(headers.span.end()..).unwrap_or_default();
        let tracker = &self.session.tracker;
        let parties = Parties::of(tracker, key, words, (pdu, data), Some(headers));
        let text = |who: Vec<u8>| String::from_utf8_lossy(&who).into_owned();
        let chats = &self.capture.msnp.chats;
        let parties = InvitationParties {
            from: parties.from.map(text),
            to: parties.to.into_iter().next().map(text),
            chat: tracker.chat(key).map(|chat| chats.number(chat, key)),
        };
        let shared = &mut self.capture.msnftp;
        show_invitation(self.plan, self.packet, shared, 1, key, (body, parties));
    }

    fn show_head(&mut self, pdu: &Pdu, root: ItemId, refused: Option<RequestLink>) {
        self.plan.text(1, Field::Line, pdu.line.span);
        match pdu.line.head {
            LineHead::Command(verb) => self.show_command(pdu, &verb, root),
            LineHead::Error(code) => self.show_error(pdu, code, root, refused),
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
        let item = self.plan.text(2, Field::Cmd, pdu.line.head_span());
        if pdu.command.is_none() {
            self.plan.note(Note::UnknownCommand, item);
        }
        if verb == b"NAK" {
            self.plan.note(Note::NotDelivered, item);
        }
        if !self.plan.shows_tree() {
            return;
        }
        let name = pdu.command.and_then(|c| c.name.to_str().ok());
        let verb = String::from_utf8_lossy(verb);
        let name = name.unwrap_or("Unknown command");
        self.plan
            .label_args(item, format_args!("Command: {verb} ({name})"));
        let trid = pdu.trid.map_or(String::new(), |t| format!(" {}", t.value));
        self.plan.label_args(
            root,
            format_args!("MSN Messenger Service, {verb}{trid} ({name})"),
        );
    }

    fn show_error(&mut self, pdu: &Pdu, code: u16, root: ItemId, refused: Option<RequestLink>) {
        let item = self
            .plan
            .number(2, Field::ErrorCode, pdu.line.head_span(), code);
        let name = ERROR_CODES.name(u32::from(code));
        let mut meaning = Cow::Borrowed(name.unwrap_or("Unknown error"));
        if let Some(RequestLink { key, verb, .. }) = refused {
            let verb = String::from_utf8_lossy(&verb);
            meaning = format!("{meaning}, in response to {verb} in frame {}", key.frame).into();
        }
        if self.plan.wants_all() {
            if name.is_none() {
                self.plan.note(Note::UnknownError, item);
            }
            let text = format!("{code}: {meaning}");
            self.plan.note_text(Note::ErrorReply, item, &text);
        }
        self.plan.append_info(&format!(" ({meaning})"));
        if self.plan.shows_tree() {
            self.plan.label_args(
                root,
                format_args!("MSN Messenger Service, error {code} ({meaning})"),
            );
        }
    }
}
