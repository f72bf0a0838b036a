//! Dissects direct connections into a Plan.
//!
//! Source: docs/protocol/msnp.md §5.10.

use crate::error::{Fault, Missing};
use crate::hash_map::HashMap;
use crate::msn::event::show_parties;
use crate::msn::p2p::fields::{Field, Note, MSNP2P};
use crate::msn::p2p::state::blobs::BlobId;
use crate::msn::p2p::state::claim::is_ours;
use crate::msn::p2p::state::direct::{DirectProgress, DirectSession, NonceCheck, OpenPacket};
use crate::msn::p2p::state::packets::PacketKey;
use crate::msn::p2p::state::sessions::P2pShared;
use crate::msn::p2p::tree::data::{add_object, PacketPart};
use crate::msn::p2p::tree::message::{choose_version, show_packet};
use crate::msn::p2p::wire::direct::{frame, DirectBodyType, DirectFrame};
use crate::msn::p2p::wire::packet::{Carrier, Version};
use crate::packet::{Packet, PduKey};
use crate::plan::{ItemId, Plan, Verdict};
use crate::span::Span;

/// Size in bytes of the length before a packet.
pub(super) const LEAD: usize = 4;

/// Dissects one segment or reassembled buffer of a direct connection.
pub fn dissect<'p>(
    packet: &Packet<'p>,
    session: &mut DirectSession,
    shared: &mut P2pShared,
) -> Plan<'p> {
    let is_ours = is_ours(packet, session, shared);
    let mut walk = P2pWalk {
        packet,
        session,
        shared,
        plan: Plan::new(&MSNP2P, packet.bytes, packet.detail).hiding_info(packet.hides_info),
        at: 0,
        parts: HashMap::default(),
    };
    if is_ours {
        walk.run();
    }
    show_parties(&mut walk.plan, packet);
    walk.plan
}

pub(super) struct P2pWalk<'a, 'p> {
    pub(super) packet: &'a Packet<'p>,
    pub(super) session: &'a mut DirectSession,
    pub(super) shared: &'a mut P2pShared,
    pub(super) plan: Plan<'p>,
    /// Offset up to which the bytes are dissected.
    pub(super) at: usize,
    /// The last packet of each object, and its item.
    parts: HashMap<Option<BlobId>, (PacketKey, ItemId)>,
}

impl P2pWalk<'_, '_> {
    fn run(&mut self) {
        let data = self.packet.bytes;
        if self.packet.first_pass && self.session.confirmed.is_none() {
            self.session.confirmed = Some(self.packet.frame);
            self.session.announced_in = self.shared.begin_connection(self.packet);
        }
        self.plan.verdict = Verdict::Accept;
        self.resume();
        while self.at < data.len() {
            let key = self.key();
            let stage = self.session.progress(key);
            match frame(data, self.at, self.is_handshake(stage)) {
                Ok(frame) => self.show(&frame, stage, key),
                Err(Fault::Incomplete(missing)) => {
                    if !self.begin_packet(stage, key) {
                        self.unfinished(missing);
                    }
                    break;
                }
                Err(Fault::Malformed { .. }) => {
                    let span = Span::between(self.at, data.len());
                    let item = self.undecoded(span, "unrecognized data");
                    self.plan.note(Note::Malformed, item);
                    self.at = data.len();
                }
            }
        }
        self.objects();
        let used = match self.plan.verdict {
            Verdict::Reassemble(at, _) => at,
            _ => {
                self.plan.uncaptured = self.packet.uncaptured();
                self.packet.reported
            }
        };
        if self.packet.first_pass {
            self.session.end(self.packet, used);
        }
    }

    pub(super) fn is_handshake(&self, stage: DirectProgress) -> bool {
        let has_sent = stage.has_sent.get(self.packet.side());
        !has_sent.copied().unwrap_or_default() && !stage.v1
    }

    pub(super) fn key(&self) -> PduKey {
        self.packet.key(self.plan.pdus)
    }

    fn show(&mut self, frame: &DirectFrame, stage: DirectProgress, key: PduKey) {
        let view = self.plan.enter_here(frame.span.start);
        let body = frame.body.of(self.packet.bytes);
        let root = match frame.body_type {
            DirectBodyType::Empty | DirectBodyType::Foo | DirectBodyType::Nonce(_) => {
                self.greeting(frame)
            }
            DirectBodyType::Handshake(_) => self.packet_in(body, key, Some(Version::V1)),
            DirectBodyType::Packet => self.packet_in(body, key, stage.version()),
        };
        self.nonce(frame.body_type, key, root);
        self.set_up();
        self.plan.leave(view);
        self.plan.pdus += 1;
        self.at = frame.span.end();
        if self.packet.first_pass {
            self.advance(frame.body_type, stage, key);
        }
    }

    /// Shows which frame announced the connection.
    pub(super) fn set_up(&mut self) {
        if let Some((set_up, _)) = self.session.announced_in {
            self.plan.generated(1, Field::SetUp, set_up);
        }
    }

    fn packet_in(&mut self, bytes: &[u8], key: PduKey, version: Option<Version>) -> ItemId {
        let version = choose_version(bytes, version, Carrier::Direct);
        let part = self.part(bytes, key, version);
        self.show_part(&part)
    }

    pub(super) fn show_part(&mut self, part: &PacketPart<'_>) -> ItemId {
        let root = show_packet(&mut self.plan, self.packet, self.shared, part);
        self.carry(part.key, root);
        root
    }

    /// Remembers a packet that can carry a part of an object.
    pub(super) fn carry(&mut self, key: PacketKey, root: ItemId) {
        if self.packet.wants_events() {
            let blob = self.shared.facts(key).blob;
            self.parts.insert(blob, (key, root));
        }
    }

    /// Adds the objects, as far as they are received: once per call, because the bytes are
    /// copied if they grow while they are an object.
    fn objects(&mut self) {
        let parts = core::mem::take(&mut self.parts);
        let mut parts: Vec<_> = parts.into_values().collect();
        parts.sort_unstable_by_key(|(key, _)| *key);
        for (key, root) in parts {
            let known = self.shared.facts(key);
            add_object(&mut self.plan, self.shared, &known, root);
        }
    }

    pub(super) fn part<'b>(
        &self,
        bytes: &'b [u8],
        key: PduKey,
        version: Version,
    ) -> PacketPart<'b> {
        PacketPart {
            bytes,
            missing: 0,
            depth: 0,
            version,
            carrier: Carrier::Direct,
            key: PacketKey {
                carrier: Carrier::Direct,
                pdu: key,
                part: 0,
            },
            length_size: LEAD,
            chat: None,
            route: self
                .shared
                .direct_route(self.packet, self.session.trusted_call()),
        }
    }

    /// Shows a frame that is not a packet: the greeting, a bare nonce, or a keep-alive.
    fn greeting(&mut self, frame: &DirectFrame) -> ItemId {
        let plan = &mut self.plan;
        let root = plan.heading(0, &MSNP2P, Span::new(0, frame.span.len));
        let length = Span::new(0, LEAD);
        plan.number(1, Field::FrameLength, length, frame.length.value);
        let body = Span::new(LEAD, frame.body.len);
        let title = match frame.body_type {
            DirectBodyType::Foo => {
                plan.derived(1, Field::Foo, body, "foo");
                "greeting"
            }
            DirectBodyType::Nonce(nonce) => {
                plan.derived(1, Field::Nonce, body, &nonce.to_string());
                "handshake"
            }
            _ => "keep-alive",
        };
        plan.label_args(root, format_args!("MSN Peer to Peer, {title}"));
        plan.info(&format!("P2P {title}"));
        root
    }

    /// Shows whether the nonce of a frame, if any, was negotiated.
    fn nonce(&mut self, kind: DirectBodyType, key: PduKey, root: ItemId) {
        let Some(nonce) = kind.nonce() else {
            return;
        };
        let (shared, set_up) = (&*self.shared, self.session.announced_in);
        let check = self.session.checks.record_or_get(self.packet, key, || {
            let call = set_up.and_then(|(_, call)| call);
            let checked = call.and_then(|call| shared.calls.check(call, nonce));
            match checked {
                None => NonceCheck::Unknown,
                Some(Ok(frame)) => NonceCheck::Right(frame),
                Some(Err(())) => NonceCheck::Wrong,
            }
        });
        match check {
            NonceCheck::Unknown => {}
            NonceCheck::Right(frame) => {
                self.plan.generated(1, Field::NonceCheck, true);
                self.plan.generated(1, Field::NonceFrame, frame);
            }
            NonceCheck::Wrong => {
                self.session.is_of_other_call |= self.packet.first_pass;
                self.plan.generated(1, Field::NonceCheck, false);
                self.plan.note(Note::BadNonce, root);
            }
        }
    }

    /// Updates the state of the handshake after a frame.
    pub(super) fn advance(&mut self, kind: DirectBodyType, stage: DirectProgress, key: PduKey) {
        let mut now = stage;
        match kind.version() {
            Some(Version::V1) => now.v1 = true,
            Some(Version::V2) => now.v2 = true,
            None => {}
        }
        if !matches!(kind, DirectBodyType::Foo | DirectBodyType::Empty) {
            if let Some(has_sent) = now.has_sent.get_mut(self.packet.side()) {
                *has_sent = true;
            }
        }
        self.session.advance(key, now);
    }

    /// Requests reassembly of an incomplete frame, or shows it as a fragment.
    fn unfinished(&mut self, missing: Missing) {
        if self.packet.can_wait() {
            self.plan.verdict = Verdict::Reassemble(self.at, missing);
            return;
        }
        let cut = self.packet.reported.saturating_sub(self.packet.bytes.len());
        if let Missing::Bytes(missing) = missing {
            let open = OpenPacket {
                left: missing.saturating_sub(cut),
                start: self.packet.frame,
                ..OpenPacket::default()
            };
            self.session.leave(self.packet, open);
        }
        let span = Span::between(self.at, self.packet.bytes.len());
        let item = self.undecoded(span, "packet fragment");
        if cut == 0 {
            self.plan.note(Note::Partial, item);
        }
    }

    pub(super) fn undecoded(&mut self, span: Span, title: &str) -> ItemId {
        self.plan.pdus += 1;
        let root = self.plan.heading(0, &MSNP2P, span);
        self.plan
            .label_args(root, format_args!("MSN Peer to Peer, {title}"));
        self.plan.info(&format!("P2P [{title}]"));
        self.plan.bytes(1, Field::Undecoded, span)
    }
}
