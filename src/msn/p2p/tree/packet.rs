//! Tree items of a packet.

use core::fmt;
use core::fmt::Write as _;

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
        let mut title = plan.spare_text();
        // A String takes everything.
        let _ = self.title(&mut title, &known, shared);
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
            plan.info("P2P ");
            plan.append_info(&title);
            plan.append_info(&whole.unwrap_or_default());
        }
        plan.keep_spare(title);
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

    /// Writes the summary of the packet.
    fn title(&self, to: &mut String, known: &PacketFacts, shared: &P2pShared) -> fmt::Result {
        match &self.p2p.header {
            P2pHeader::V1(header) if header.flags.value & codes::HANDSHAKE != 0 => {
                return to.write_str("handshake");
            }
            P2pHeader::V1(header) if header.is_acknowledgement() => {
                let names = bit_names(Field::Flags, header.flags.value.into());
                to.write_str(&names.to_lowercase())?;
            }
            P2pHeader::V2(header) if header.nak_number().is_some() => {
                to.write_str("negative acknowledgment")?;
            }
            P2pHeader::V2(header) if self.p2p.data.len == 0 => {
                let acknowledges = header.acknowledges().is_some();
                let requests = header.operation.value & codes::RAK != 0;
                to.write_str(match (acknowledges, requests) {
                    (true, true) => "acknowledgment, acknowledgment requested",
                    (true, false) => "acknowledgment",
                    (false, true) => "acknowledgment requested",
                    (false, false) => "no data",
                })?;
            }
            _ if self.content.is_preparation => to.write_str("data preparation")?,
            _ => self.data_title(to, known, shared)?,
        }
        match self.p2p.session() {
            0 => Ok(()),
            session => write!(to, ", session {session}"),
        }
    }

    fn data_title(&self, to: &mut String, known: &PacketFacts, shared: &P2pShared) -> fmt::Result {
        let missing = self.content.part.missing;
        let len = self.p2p.data.len + missing;
        let total = match &self.p2p.header {
            P2pHeader::V1(header) => Some(header.total.value),
            P2pHeader::V2(_) => {
                let blob = known.blob.and_then(|id| shared.blob(id));
                blob.and_then(|blob| blob.total)
            }
        };
        match total {
            Some(total) if total != len as u64 => write!(to, "{len} of {total} bytes")?,
            _ => write!(to, "{len} byte{}", if len == 1 { "" } else { "s" })?,
        }
        match missing {
            0 => Ok(()),
            _ => write!(to, " ({} here)", self.p2p.data.len),
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
