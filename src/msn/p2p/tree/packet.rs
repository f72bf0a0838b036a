//! Tree items of a packet.

use crate::msn::p2p::fields::{Field, Note};
use crate::msn::p2p::state::packets::PacketFacts;
use crate::msn::p2p::state::sessions::P2pShared;
use crate::msn::p2p::tree::data::{add_object, PacketData};
use crate::msn::p2p::tree::headers;
use crate::msn::p2p::wire::codes;
use crate::msn::p2p::wire::packet::{Carrier, P2pHeader, P2pPacket, Version};
use crate::plan::{bit_names, Plan};
use crate::span::Span;

/// A decoded packet with its context.
pub(crate) struct PacketView<'a> {
    pub(crate) p2p: &'a P2pPacket,
    pub(crate) content: PacketData<'a>,
}

impl PacketView<'_> {
    pub(crate) fn show(&self, plan: &mut Plan<'_>, shared: &mut P2pShared) {
        let (content, part) = (&self.content, self.content.part);
        let depth = part.depth + 1;
        let known = shared.facts(part.key);
        let title = self.title(&known, shared);
        if plan.wants_items() {
            self.header(plan, depth, &title);
        }
        self.faults(plan);
        let data = content.data(plan, depth, Field::Data, &known);
        if let Some(footer) = self.p2p.footer {
            plan.number(depth, Field::AppId, footer.span, footer.value);
        }
        if let Some(surplus) = self.p2p.surplus {
            let item = plan.bytes(depth, Field::Surplus, surplus);
            plan.note(Note::Surplus, item);
        }
        if plan.wants_items() {
            content.generated(plan, depth, &known, shared);
        }
        content.steps(plan, data, &known);
        let is_relayed = part.carrier == Carrier::Relayed;
        if is_relayed && content.packet.wants_events() && content.may_be_object() {
            add_object(plan, shared, &known, content.root);
        }
        if !content.content(plan, shared, &known) {
            let whole = content.completes(&known, shared);
            plan.info(&format!("P2P {title}{}", whole.unwrap_or_default()));
        }
    }

    fn header(&self, plan: &mut Plan<'_>, depth: u8, title: &str) {
        let version = match self.content.part.version {
            Version::V1 => 1_u8,
            Version::V2 => 2,
        };
        plan.label_args(
            self.content.root,
            format_args!("MSN Peer to Peer, version {version}, {title}"),
        );
        let item = plan.number(depth, Field::Version, Span::default(), version);
        plan.mark_generated(item);
        headers::show(
            plan,
            depth,
            self.p2p,
            self.content.part.bytes,
            self.content.root,
        );
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
            _ if self.content.is_preparation => "data preparation".to_owned(),
            _ => self.data_title(known, shared),
        };
        what + &session
    }

    fn data_title(&self, known: &PacketFacts, shared: &P2pShared) -> String {
        let missing = self.content.part.missing;
        let len = self.p2p.data.len + missing;
        let total = match &self.p2p.header {
            P2pHeader::V1(header) => Some(header.total.value),
            P2pHeader::V2(_) => {
                let blob = known.blob.and_then(|id| shared.blob(id));
                blob.and_then(|blob| blob.total)
            }
        };
        let title = match total {
            Some(total) if total != len as u64 => format!("{len} of {total} bytes"),
            _ => format!("{len} byte{}", if len == 1 { "" } else { "s" }),
        };
        match missing {
            0 => title,
            _ => format!("{title} ({} here)", self.p2p.data.len),
        }
    }

    fn faults(&self, plan: &mut Plan<'_>) {
        let is_short = self.p2p.missing > self.content.part.missing as u64;
        if is_short && !self.content.packet.is_cut() {
            plan.note(Note::Short, self.content.root);
        }
        let relayed = self.content.part.carrier == Carrier::Relayed;
        if relayed
            && self.p2p.footer.is_none()
            && self.p2p.missing == 0
            && !self.content.packet.is_cut()
        {
            plan.note(Note::NoFooter, self.content.root);
        }
    }
}
