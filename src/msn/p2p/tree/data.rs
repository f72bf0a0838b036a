//! Tree items of a packet's data, and of the content that they complete.

use crate::msn::p2p::fields::{Field, Note, MSNP2P};
use crate::msn::p2p::state::blob::Blob;
use crate::msn::p2p::state::chunk::ChunkOutcome;
use crate::msn::p2p::state::packets::{PacketFacts, PacketKey};
use crate::msn::p2p::state::route::Route;
use crate::msn::p2p::state::sessions::P2pShared;
use crate::msn::p2p::tree::control::{show_message, SlpLocation};
use crate::msn::p2p::tree::object;
use crate::msn::p2p::tree::session_text::session_text;
use crate::msn::p2p::wire::packet::{Carrier, Version};
use crate::msn::slp::fields::Note as SlpNote;
use crate::msn::slp::wire::message::message;
use crate::packet::Packet;
use crate::plan::{ItemId, ObjectId, ObjectPart, Plan};
use crate::span::Span;

/// A packet to be shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PacketPart<'a> {
    /// The packet.
    pub(crate) bytes: &'a [u8],
    /// Number of bytes of it that come in later segments.
    pub(crate) missing: usize,
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

/// The data of a packet, or the part of them in a segment.
pub(crate) struct PacketData<'a> {
    pub(crate) packet: &'a Packet<'a>,
    pub(crate) part: &'a PacketPart<'a>,
    /// The item of the packet.
    pub(crate) root: ItemId,
    /// The session id.
    pub(crate) session: u32,
    pub(crate) data: Span,
    pub(crate) is_preparation: bool,
    /// The packet is seen for the first time.
    pub(crate) is_new: bool,
}

impl PacketData<'_> {
    /// Whether they can be a part of an object.
    pub(super) fn may_be_object(&self) -> bool {
        self.session != 0 && !self.is_preparation
    }

    /// Shows the continuation of a packet that begins in the frame `start`.
    pub(crate) fn show_rest(&self, plan: &mut Plan<'_>, shared: &mut P2pShared, start: u32) {
        let known = shared.facts(self.part.key);
        let (len, session) = (self.data.len, self.session);
        let title = format!("{len} bytes of data (continuation), session {session}");
        plan.label_args(self.root, format_args!("MSN Peer to Peer, {title}"));
        let item = self.data(plan, 1, Field::Rest, &known);
        if plan.wants_items() {
            plan.generated(1, Field::PacketFrame, start);
            self.generated(plan, 1, &known, shared);
        }
        self.steps(plan, item, &known);
        if !self.content(plan, shared, &known) {
            let whole = self.completes(&known, shared);
            plan.info(&format!("P2P {title}{}", whole.unwrap_or_default()));
        }
    }

    /// Summary of the transfer that the packet completes, if any.
    pub(super) fn completes(&self, known: &PacketFacts, shared: &P2pShared) -> Option<String> {
        let size = match known.chunk_outcome? {
            ChunkOutcome::Alone => self.data.len as u64,
            ChunkOutcome::Completes => shared.blob(known.blob?)?.total?,
            _ => return None,
        };
        if self.session == 0 || self.is_preparation {
            return None;
        }
        let session = known.session.and_then(|id| shared.session(id));
        let data = match known.blob.and_then(|id| shared.blob(id)) {
            Some(blob) => blob.bytes(),
            None => self.data.of(self.part.bytes),
        };
        let what = object::transfer_name(session).filter(|_| session_text(data).is_none())?;
        Some(format!(", {what} complete ({size} bytes)"))
    }

    /// Shows the data. Returns their item.
    pub(super) fn data(
        &self,
        plan: &mut Plan<'_>,
        depth: u8,
        field: Field,
        known: &PacketFacts,
    ) -> ItemId {
        if self.data.len == 0 {
            return self.root;
        }
        if self.is_preparation {
            return plan.heading(depth, Field::Preparation, self.data);
        }
        let item = plan.bytes(depth, field, self.data);
        if known.blob.is_some() && known.chunk_outcome != Some(ChunkOutcome::Alone) {
            let len = self.data.len;
            let title = match field {
                Field::Rest => "Data continuation",
                _ => "Data",
            };
            plan.label_args(item, format_args!("{title}: {len} bytes"));
        }
        item
    }

    /// Notes data that are not an ordinary part of their blob.
    pub(super) fn steps(&self, plan: &mut Plan<'_>, item: ItemId, known: &PacketFacts) {
        match known.chunk_outcome {
            Some(ChunkOutcome::Repeated) => plan.note(Note::Repeated, item),
            Some(ChunkOutcome::Orphan) => plan.note(Note::Orphan, item),
            Some(ChunkOutcome::TooLong) => plan.note(Note::TooLong, item),
            Some(ChunkOutcome::Alone | ChunkOutcome::Part | ChunkOutcome::Completes) | None => {}
        }
    }

    pub(super) fn generated(
        &self,
        plan: &mut Plan<'_>,
        depth: u8,
        known: &PacketFacts,
        shared: &P2pShared,
    ) {
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
    pub(super) fn content(
        &self,
        plan: &mut Plan<'_>,
        shared: &mut P2pShared,
        known: &PacketFacts,
    ) -> bool {
        match known.chunk_outcome {
            Some(ChunkOutcome::Alone) => {
                let view = plan.enter_here(self.data.start);
                let data = self.data.of(self.part.bytes);
                let is_in_info = self.whole(plan, shared, known, data);
                plan.leave(view);
                is_in_info
            }
            Some(ChunkOutcome::Completes) => {
                let blob = known.blob.and_then(|id| shared.blob(id));
                // Do not copy an object: it can be long, and the Info column omits it.
                if self.session != 0 && !plan.wants_items() {
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
        if self.session != 0 {
            if !self.is_preparation {
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

/// Adds the object of which a packet of a session carries a part.
pub(crate) fn add_object(
    plan: &mut Plan<'_>,
    shared: &P2pShared,
    known: &PacketFacts,
    root: ItemId,
) {
    let session = known.session.and_then(|id| shared.session(id));
    if session.is_some_and(|session| !session.is_transfer()) {
        return;
    }
    let blob = known.blob.and_then(|id| Some((id, shared.blob(id)?)));
    let Some((id, blob)) = blob.filter(|(_, blob)| session_text(blob.bytes()).is_none()) else {
        return;
    };
    let invited = session.and_then(|session| session.file_size);
    plan.add_object(ObjectPart {
        id: ObjectId::Reassembled(MSNP2P.index, id.0),
        item: root,
        bytes: blob.bytes().clone(),
        size: blob.total,
        other_size: invited.filter(|size| blob.total.is_some_and(|total| total != *size)),
        state: blob.state(),
        last: blob.last,
    });
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
