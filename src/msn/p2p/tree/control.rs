//! Tree items of an MSNSLP message, with or without a packet around it.

use crate::msn::p2p::fields::MSNP2P;
use crate::msn::p2p::state::learn::learn;
use crate::msn::p2p::state::packets::PacketKey;
use crate::msn::p2p::state::route::Route;
use crate::msn::p2p::state::sessions::P2pShared;
use crate::msn::p2p::tree::object;
use crate::msn::slp::tree::message::show;
use crate::msn::slp::wire::message::SlpMessage;
use crate::msn::tree::expect::expect_connections;
use crate::packet::Packet;
use crate::plan::Plan;

/// The context of an MSNSLP message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SlpLocation {
    /// Depth of its item.
    pub(crate) depth: u8,
    /// The packet that carries it.
    pub(crate) key: PacketKey,
    /// Its way.
    pub(crate) route: Route,
    /// It is seen for the first time.
    pub(crate) is_new: bool,
    /// It has no packet around it.
    pub(crate) is_outside_p2p: bool,
    /// The number of its conversation, if a server relays it.
    pub(crate) chat: Option<u64>,
}

/// Records and shows a message, whose bytes begin at the current view, and announces the
/// connections that it offers.
pub(crate) fn show_message(
    plan: &mut Plan<'_>,
    packet: &Packet<'_>,
    shared: &mut P2pShared,
    place: &SlpLocation,
    message: &SlpMessage,
    data: &[u8],
) {
    let key = place.key;
    if place.is_new {
        let at = (key, &place.route);
        learn(packet, shared, at, message, data, place.chat);
    }
    let facts = shared.facts(key);
    let mut known = facts.slp;
    known.connection = shared.endpoints.connection_of(key);
    known.is_outside_p2p = place.is_outside_p2p;
    show(plan, packet, place.depth, message, data, &known);
    if let Some(session) = facts.slp_session.and_then(|id| shared.session(id)) {
        let carrier = key.carrier;
        object::session_of_message(plan, place.depth + 1, session, carrier, (message, data));
    }
    expect_connections(plan, &MSNP2P, shared.endpoints.new_by(key));
}
