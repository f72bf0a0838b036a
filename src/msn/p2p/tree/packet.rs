//! Tree items of a packet: header, data, and the reassembled content.

use crate::msn::p2p::fields::{Field, Note, MSNP2P};
use crate::msn::p2p::state::blob::Blob;
use crate::msn::p2p::state::chunk::ChunkOutcome;
use crate::msn::p2p::state::packets::{PacketFacts, PacketKey};
use crate::msn::p2p::state::route::Route;
use crate::msn::p2p::state::sessions::P2pShared;
use crate::msn::p2p::tree::control::{show_message, SlpLocation};
use crate::msn::p2p::tree::headers;
use crate::msn::p2p::tree::object;
use crate::msn::p2p::tree::session_text::session_text;
use crate::msn::p2p::wire::codes;
use crate::msn::p2p::wire::packet::{Carrier, P2pHeader, P2pPacket, Version};
use crate::msn::slp::fields::Note as SlpNote;
use crate::msn::slp::wire::message::message;
use crate::packet::Packet;
use crate::plan::{bit_names, ItemId, ObjectId, ObjectPart, Plan};
use crate::span::Span;

/// A packet to be shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PacketPart<'a> {
    /// The packet.
    pub(crate) bytes: &'a [u8],
    pub(crate) depth: u8,
    pub(crate) version: Version,
    pub(crate) carrier: Carrier,
    pub(crate) key: PacketKey,
    /// Size in bytes of the length before the packet, at which the current view begins.
    pub(crate) length_size: usize,
    /// The number of its conversation, if a server relays it.
    pub(crate) chat: Option<u64>,
    /// Its way.
    pub(crate) route: Route,
}

/// A decoded packet with its context.
pub(crate) struct PacketView<'a> {
    pub(crate) packet: &'a Packet<'a>,
    pub(crate) part: &'a PacketPart<'a>,
    pub(crate) p2p: &'a P2pPacket,
    /// Its item.
    pub(crate) root: ItemId,
    /// It is seen for the first time.
    pub(crate) is_new: bool,
}

impl PacketView<'_> {
    pub(crate) fn show(&self, plan: &mut Plan<'_>, shared: &mut P2pShared) {
        let depth = self.part.depth + 1;
        let known = shared.facts(self.part.key);
        let title = self.title(&known, shared);
        if plan.wants_items() {
            self.header(plan, depth, &title);
        }
        self.faults(plan);
        let data = self.data(plan, depth, &known);
        if let Some(footer) = self.p2p.footer {
            plan.number(depth, Field::AppId, footer.span, footer.value);
        }
        if let Some(surplus) = self.p2p.surplus {
            let item = plan.bytes(depth, Field::Surplus, surplus);
            plan.note(Note::Surplus, item);
        }
        if plan.wants_items() {
            self.generated(plan, depth, &known, shared);
        }
        self.steps(plan, data, &known);
        if self.packet.wants_events() {
            self.object(plan, &known, shared);
        }
        if !self.content(plan, shared, &known) {
            let whole = self.completes(&known, shared);
            plan.info(&format!("P2P {title}{}", whole.unwrap_or_default()));
        }
    }

    fn header(&self, plan: &mut Plan<'_>, depth: u8, title: &str) {
        let version = match self.part.version {
            Version::V1 => 1_u8,
            Version::V2 => 2,
        };
        plan.label_args(
            self.root,
            format_args!("MSN Peer to Peer, version {version}, {title}"),
        );
        let item = plan.number(depth, Field::Version, Span::default(), version);
        plan.mark_generated(item);
        headers::show(plan, depth, self.p2p, self.part.bytes, self.root);
    }

    /// Summary of the packet.
    fn title(&self, known: &PacketFacts, shared: &P2pShared) -> String {
        let session = match self.p2p.session() {
            0 => String::new(),
            session => format!(", session {session}"),
        };
        let what = match &self.p2p.header {
            P2pHeader::V1(header) if header.flags.value & codes::HANDSHAKE != 0 => {
                return "handshake".to_owned();
            }
            P2pHeader::V1(header) if header.is_acknowledgement() => {
                bit_names(Field::Flags, header.flags.value.into()).to_lowercase()
            }
            P2pHeader::V2(header) if header.nak_number().is_some() => {
                "negative acknowledgment".to_owned()
            }
            P2pHeader::V2(header) if self.p2p.data.len == 0 => {
                let acknowledges = header.acknowledges().is_some();
                let requests = header.operation.value & codes::RAK != 0;
                match (acknowledges, requests) {
                    (true, true) => "acknowledgment, acknowledgment requested",
                    (true, false) => "acknowledgment",
                    (false, true) => "acknowledgment requested",
                    (false, false) => "no data",
                }
                .to_owned()
            }
            _ if self.p2p.is_data_preparation(self.part.bytes) => "data preparation".to_owned(),
            _ => self.data_title(known, shared),
        };
        what + &session
    }

    fn data_title(&self, known: &PacketFacts, shared: &P2pShared) -> String {
        let len = self.p2p.data.len;
        let total = match &self.p2p.header {
            P2pHeader::V1(header) => Some(header.total.value),
            P2pHeader::V2(_) => {
                let blob = known.blob.and_then(|id| shared.blob(id));
                blob.and_then(|blob| blob.total)
            }
        };
        match total {
            Some(total) if total != len as u64 => format!("{len} of {total} bytes"),
            _ => format!("{len} byte{}", if len == 1 { "" } else { "s" }),
        }
    }

    /// Summary of the transfer that the packet completes, if any.
    fn completes(&self, known: &PacketFacts, shared: &P2pShared) -> Option<String> {
        let size = match known.chunk_outcome? {
            ChunkOutcome::Alone => self.p2p.data.len as u64,
            ChunkOutcome::Completes => shared.blob(known.blob?)?.total?,
            _ => return None,
        };
        if self.p2p.session() == 0 || self.p2p.is_data_preparation(self.part.bytes) {
            return None;
        }
        let session = known.session.and_then(|id| shared.session(id));
        let data = match known.blob.and_then(|id| shared.blob(id)) {
            Some(blob) => blob.bytes(),
            None => self.p2p.data.of(self.part.bytes),
        };
        let what = object::transfer_name(session).filter(|_| session_text(data).is_none())?;
        Some(format!(", {what} complete ({size} bytes)"))
    }

    /// Adds the object that the packet carries, or a part of it.
    fn object(&self, plan: &mut Plan<'_>, known: &PacketFacts, shared: &P2pShared) {
        let session = known.session.and_then(|id| shared.session(id));
        let is_other = self.p2p.session() == 0
            || self.p2p.is_data_preparation(self.part.bytes)
            || session.is_some_and(|session| !session.is_transfer());
        if is_other {
            return;
        }
        let blob = known.blob.and_then(|id| Some((id, shared.blob(id)?)));
        let Some((id, blob)) = blob.filter(|(_, blob)| session_text(blob.bytes()).is_none()) else {
            return;
        };
        let invited = session.and_then(|session| session.file_size);
        plan.add_object(ObjectPart {
            id: ObjectId::Reassembled(MSNP2P.index, id.0),
            item: self.root,
            bytes: blob.bytes().clone(),
            size: blob.total,
            other_size: invited.filter(|size| blob.total.is_some_and(|total| total != *size)),
            state: blob.state(),
            last: blob.last,
        });
    }

    fn faults(&self, plan: &mut Plan<'_>) {
        if self.p2p.missing > 0 && !self.packet.is_cut() {
            plan.note(Note::Short, self.root);
        }
        let relayed = self.part.carrier == Carrier::Relayed;
        if relayed && self.p2p.footer.is_none() && self.p2p.missing == 0 && !self.packet.is_cut() {
            plan.note(Note::NoFooter, self.root);
        }
    }

    /// Shows the data. Returns their item.
    fn data(&self, plan: &mut Plan<'_>, depth: u8, known: &PacketFacts) -> ItemId {
        if self.p2p.data.len == 0 {
            return self.root;
        }
        if self.p2p.is_data_preparation(self.part.bytes) {
            return plan.heading(depth, Field::Preparation, self.p2p.data);
        }
        let item = plan.bytes(depth, Field::Data, self.p2p.data);
        if known.blob.is_some() && known.chunk_outcome != Some(ChunkOutcome::Alone) {
            let len = self.p2p.data.len;
            plan.label_args(item, format_args!("Data: {len} bytes"));
        }
        item
    }

    /// Notes data that are not an ordinary part of their blob.
    fn steps(&self, plan: &mut Plan<'_>, item: ItemId, known: &PacketFacts) {
        match known.chunk_outcome {
            Some(ChunkOutcome::Repeated) => plan.note(Note::Repeated, item),
            Some(ChunkOutcome::Orphan) => plan.note(Note::Orphan, item),
            Some(ChunkOutcome::TooLong) => plan.note(Note::TooLong, item),
            Some(ChunkOutcome::Alone | ChunkOutcome::Part | ChunkOutcome::Completes) | None => {}
        }
    }

    fn generated(&self, plan: &mut Plan<'_>, depth: u8, known: &PacketFacts, shared: &P2pShared) {
        if let Some(frame) = known.ack_in {
            plan.generated(depth, Field::AckIn, frame);
        }
        if let Some((frame, time)) = known.ack_to {
            plan.generated(depth, Field::AckTo, frame);
            let time = self.packet.time.saturating_sub(time).max(0);
            plan.generated(depth, Field::AckTime, time.unsigned_abs());
        }
        let blob = known
            .blob
            .filter(|_| known.chunk_outcome != Some(ChunkOutcome::Alone));
        if let Some(blob) = blob.and_then(|id| shared.blob(id)) {
            blob_frames(plan, depth, blob);
        }
        if let Some(session) = known.session.and_then(|id| shared.session(id)) {
            object::session(plan, depth, session, self.part.carrier);
        }
    }

    /// Shows the content of complete data. Returns whether the Info column has it.
    fn content(&self, plan: &mut Plan<'_>, shared: &mut P2pShared, known: &PacketFacts) -> bool {
        match known.chunk_outcome {
            Some(ChunkOutcome::Alone) => {
                let view = plan.enter_here(self.p2p.data.start);
                let data = self.p2p.data.of(self.part.bytes);
                let is_in_info = self.whole(plan, shared, known, data);
                plan.leave(view);
                is_in_info
            }
            Some(ChunkOutcome::Completes) => {
                let blob = known.blob.and_then(|id| shared.blob(id));
                // Do not copy an object: it can be long, and the Info column omits it.
                if self.p2p.session() != 0 && !plan.wants_items() {
                    let session = known.session.and_then(|id| shared.session(id));
                    let size = blob.and_then(|blob| blob.total).unwrap_or_default();
                    object::check_size(plan, self.root, session, size);
                    return false;
                }
                let data = blob.map_or(Vec::new(), |blob| blob.bytes().to_vec());
                let view = plan.view();
                if plan.wants_items() {
                    let Some(source) = plan.add_source(c"Reassembled P2P data", data.clone())
                    else {
                        return false;
                    };
                    let _ = plan.enter(source, 0);
                }
                let is_in_info = self.whole(plan, shared, known, &data);
                plan.leave(view);
                is_in_info
            }
            _ => false,
        }
    }

    /// Shows a complete blob, whose bytes begin at the current view. Returns whether the
    /// Info column has it.
    fn whole(
        &self,
        plan: &mut Plan<'_>,
        shared: &mut P2pShared,
        known: &PacketFacts,
        data: &[u8],
    ) -> bool {
        if self.p2p.session() != 0 {
            if !self.p2p.is_data_preparation(self.part.bytes) {
                let session = known.session.and_then(|id| shared.session(id));
                object::show(plan, self.part.depth + 1, self.root, session, data);
            }
            return false;
        }
        let Ok(message) = message(data) else {
            plan.note(SlpNote::Malformed, self.root);
            return false;
        };
        let place = SlpLocation {
            depth: self.part.depth,
            key: self.part.key,
            route: self.part.route,
            is_new: self.is_new,
            is_outside_p2p: false,
            chat: self.part.chat,
        };
        show_message(plan, self.packet, shared, &place, &message, data);
        true
    }
}

/// Shows the first frame of a blob and, once complete, its last one and its size.
fn blob_frames(plan: &mut Plan<'_>, depth: u8, blob: &Blob) {
    plan.generated(depth, Field::BlobFirst, blob.first);
    if blob.complete {
        plan.generated(depth, Field::BlobLast, blob.last);
        plan.generated(depth, Field::BlobPackets, blob.packets);
        plan.generated(depth, Field::BlobSize, blob.bytes().len() as u64);
    }
}
