//! Tree items of MSNP2P packets, and of MSNSLP messages without a packet.

use crate::error::Fault;
use crate::msn::p2p::fields::{Field, Note, MSNP2P};
use crate::msn::p2p::state::packets::PacketKey;
use crate::msn::p2p::state::route::Route;
use crate::msn::p2p::state::sessions::P2pShared;
use crate::msn::p2p::tree::control::{show_message, SlpLocation};
use crate::msn::p2p::tree::data::{PacketData, PacketPart};
use crate::msn::p2p::tree::packet::PacketView;
use crate::msn::p2p::wire::packet::{guess_version, packet as decode, Carrier, Version};
use crate::msn::slp::wire::message::message;
use crate::packet::Packet;
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// A packet, or an MSNSLP message without a packet, in the payload of a command.
#[derive(Debug, Clone, Copy)]
pub struct RelayedBody<'a> {
    /// The packet or message.
    pub bytes: &'a [u8],
    /// Its offset in the current view of the Plan.
    pub at: usize,
    /// Depth of its item.
    pub depth: u8,
    /// The version suggested by the addresses: clients that include their endpoint support version 2.
    pub version: Option<Version>,
    /// The key of the packet.
    pub key: PacketKey,
    /// The number of the conversation in which it is sent.
    pub chat: Option<u64>,
    /// The accounts of its sender and its receiver, if they are known.
    pub parties: (Option<&'a [u8]>, Option<&'a [u8]>),
}

/// Shows a packet or message in the payload of a command.
pub fn show(
    plan: &mut Plan<'_>,
    packet: &Packet<'_>,
    shared: &mut P2pShared,
    relayed: &RelayedBody<'_>,
) {
    let RelayedBody {
        bytes, key, chat, ..
    } = *relayed;
    let route = match packet.first_pass {
        true => shared.route(packet, chat, relayed.parties),
        false => Route::of(packet, chat),
    };
    let view = plan.enter_here(relayed.at);
    if let Ok(message) = message(bytes) {
        let is_new = shared.learn_outside_p2p(packet, key);
        let place = SlpLocation {
            depth: relayed.depth,
            key,
            route,
            is_new,
            is_outside_p2p: true,
            chat,
        };
        show_message(plan, packet, shared, &place, &message, bytes);
    } else {
        let part = PacketPart {
            bytes,
            missing: 0,
            depth: relayed.depth,
            version: choose_version(bytes, relayed.version, Carrier::Relayed),
            carrier: Carrier::Relayed,
            key,
            length_size: 0,
            chat,
            route,
        };
        show_packet(plan, packet, shared, &part);
    }
    plan.leave(view);
}

/// The suggested version if the packet fits it exactly, else that guessed from its
/// layout.
pub(crate) fn choose_version(bytes: &[u8], hint: Option<Version>, carrier: Carrier) -> Version {
    let shape = guess_version(bytes, carrier);
    match hint {
        Some(hint) if hint != shape => {
            let fits = decode(bytes, hint, carrier)
                .is_ok_and(|p2p| p2p.missing == 0 && p2p.surplus.is_none());
            if fits {
                hint
            } else {
                shape
            }
        }
        _ => shape,
    }
}

/// Shows one packet. Returns its item.
pub(crate) fn show_packet(
    plan: &mut Plan<'_>,
    packet: &Packet<'_>,
    shared: &mut P2pShared,
    part: &PacketPart<'_>,
) -> ItemId {
    let whole = Span::new(0, part.length_size.saturating_add(part.bytes.len()));
    let root = plan.heading(part.depth, &MSNP2P, whole);
    if part.length_size > 0 {
        let length = (part.bytes.len() + part.missing) as u64;
        plan.number(
            part.depth + 1,
            Field::FrameLength,
            Span::new(0, part.length_size),
            length,
        );
    }
    let view = plan.enter_here(part.length_size);
    match decode(part.bytes, part.version, part.carrier) {
        Ok(p2p) => {
            let data = (&p2p, part.bytes);
            let is_new = shared.learn(packet, part.key, &part.route, data, part.missing > 0);
            let content = PacketData {
                packet,
                part,
                root,
                session: p2p.session(),
                data: p2p.data,
                is_preparation: p2p.is_data_preparation(part.bytes),
                is_new,
            };
            let work = PacketView { p2p: &p2p, content };
            work.show(plan, shared);
        }
        Err(fault) => {
            plan.label(root, "MSN Peer to Peer, unrecognized data");
            plan.info("P2P [unrecognized data]");
            let all = Span::new(0, part.bytes.len());
            let item = plan.bytes(part.depth + 1, Field::Undecoded, all);
            let is_cut = packet.is_cut() && matches!(fault, Fault::Incomplete(_));
            if !is_cut {
                plan.note(Note::Malformed, item);
            }
        }
    }
    plan.leave(view);
    root
}
