//! Packets of a direct connection that come in several segments.
//!
//! TCP reassembles what is short, and the headers of what is long: the data of a file stay in
//! their segments, each of which shows its part of them, and are only put together in their
//! blob.

use crate::error::Fault;
use crate::msn::p2p::dissect::{P2pWalk, LEAD};
use crate::msn::p2p::fields::{Note, MSNP2P};
use crate::msn::p2p::state::chunk::OpenChunk;
use crate::msn::p2p::state::direct::{Beginning, DirectProgress, OpenPacket};
use crate::msn::p2p::tree::data::PacketData;
use crate::msn::p2p::wire::direct::{body_length, DirectBodyType};
use crate::msn::p2p::wire::packet::{beginning, Version};
use crate::packet::PduKey;
use crate::plan::Verdict;
use crate::span::Span;

/// Minimum length in bytes of a packet that is shown by segments.
pub const MIN_LENGTH: usize = 512;

impl P2pWalk<'_, '_> {
    /// Shows what this segment has of a packet that began in an earlier one.
    pub(super) fn resume(&mut self) {
        let Beginning {
            skip,
            left,
            start,
            session,
        } = self.session.begin(self.packet);
        let captured = self.packet.bytes.len();
        if skip > 0 {
            let span = Span::new(0, captured.min(skip as usize));
            let item = self.undecoded(span, "unrecognized data");
            self.plan.note(Note::Lost, item);
            self.at = span.end();
        }
        if left == 0 || self.at == captured {
            return;
        }
        let open = match self.packet.first_pass {
            true => self.session.take_open(self.packet),
            false => OpenPacket::default(),
        };
        let end = self.at.saturating_add(left as usize);
        let span = Span::between(self.at, end.min(captured));
        let left = end.saturating_sub(self.packet.reported);
        match session {
            0 => {
                let item = self.undecoded(span, "continuation");
                if left > 0 {
                    self.plan.note(Note::Partial, item);
                }
                self.session.leave(self.packet, OpenPacket { left, ..open });
            }
            _ => self.rest(span, (start, session), OpenPacket { left, ..open }),
        }
        self.at = span.end();
    }

    /// Shows the next part of the data of a packet, of which `open` is what remains.
    fn rest(&mut self, span: Span, (start, session): (u32, u32), mut open: OpenPacket) {
        let key = self.key();
        let data = span.of(self.packet.bytes);
        let part = self.part(data, key, Version::V1);
        if let Some(chunk) = &mut open.chunk {
            self.shared
                .learn_rest(self.packet, part.key, &part.route, chunk, data);
        }
        if self.packet.is_cut() {
            // What follows is not at its place.
            open.chunk = None;
        }
        self.session.leave(self.packet, open);
        let view = self.plan.enter_here(span.start);
        let span = Span::new(0, span.len);
        let root = self.plan.heading(0, &MSNP2P, span);
        let content = PacketData {
            packet: self.packet,
            part: &part,
            root,
            session,
            data: span,
            is_preparation: false,
            is_new: self.packet.first_pass,
        };
        content.show_rest(&mut self.plan, self.shared, start);
        self.carry(part.key, root);
        self.set_up();
        self.plan.leave(view);
        self.plan.pdus += 1;
    }

    /// Shows what this segment has of a long packet with data, or requests reassembly of its
    /// headers. Returns whether it is one.
    pub(super) fn begin_packet(&mut self, stage: DirectProgress, key: PduKey) -> bool {
        let data = self.packet.bytes.get(self.at..).unwrap_or_default();
        let (Some(length), Some(version)) = (body_length(data), stage.version()) else {
            return false;
        };
        if length < MIN_LENGTH || self.is_handshake(stage) || self.packet.is_cut() {
            return false;
        }
        let body = data.get(LEAD..).unwrap_or_default();
        let missing = length.saturating_sub(body.len());
        let p2p = match beginning(body, version, missing) {
            Ok(Some(p2p)) => p2p,
            Err(Fault::Incomplete(missing)) if self.packet.can_wait() => {
                self.plan.verdict = Verdict::Reassemble(self.at, missing);
                return true;
            }
            _ => return false,
        };
        let view = self.plan.enter_here(self.at);
        let mut part = self.part(body, key, version);
        part.missing = missing;
        self.show_part(&part);
        self.set_up();
        self.plan.leave(view);
        self.plan.pdus += 1;
        self.at = self.packet.bytes.len();
        if self.packet.first_pass {
            self.advance(DirectBodyType::Packet, stage, key);
            let known = self.shared.facts(part.key);
            let mut chunk = OpenChunk::of(&p2p, known.session);
            if let Some(chunk) = &mut chunk {
                let data = p2p.data.of(body);
                let _ = chunk.part(&part.route, data, self.packet.frame);
            }
            let open = OpenPacket {
                left: missing,
                start: self.packet.frame,
                session: p2p.session(),
                chunk,
                ..OpenPacket::default()
            };
            self.session.leave(self.packet, open);
        }
        true
    }
}
