//! Detection of direct connections.
//!
//! Source: docs/protocol/msnp.md §5.10.

#[cfg(test)]
mod tests;

use crate::error::Fault;
use crate::first_bytes;
use crate::first_bytes::Recognition;
use crate::msn::common::guid::Guid;
use crate::msn::p2p::state::direct::DirectSession;
use crate::msn::p2p::state::sessions::P2pShared;
use crate::msn::p2p::wire::direct::{
    frame, is_direct, may_begin_direct, shows_handshake, DirectBodyType, LENGTH_SIZE,
};
use crate::packet::{Answer, Packet};

/// Whether an unclaimed segment, together with the kept bytes before it, belongs to a
/// direct connection.
pub fn recognise(packet: &Packet<'_>, known: Option<(&mut DirectSession, &P2pShared)>) -> Answer {
    match known {
        None => first_bytes::check_segment(None, packet, classify),
        Some((session, shared)) if is_only_announced(packet, session, shared) => session
            .first_bytes
            .check_segment(packet, |data, _| classify_announced(packet, data, shared)),
        Some((session, _)) => session.first_bytes.check_segment(packet, classify),
    }
}

/// Keeps the bytes of a segment of an announced connection that is not confirmed as a
/// direct one yet: another program may use that endpoint. To be called before
/// [`dissect`](crate::msn::p2p::dissect::dissect).
pub fn remember(packet: &Packet<'_>, session: &mut DirectSession, shared: &P2pShared) {
    if packet.first_pass && is_only_announced(packet, session, shared) {
        let classify = |data: &[u8], _| classify_announced(packet, data, shared);
        session.first_bytes.check_segment(packet, classify);
    }
}

/// Whether the connection is a direct one. If it was only announced by a message, its
/// bytes must prove it; if the user chose the protocol, they need only be possible.
pub(crate) fn is_ours(packet: &Packet<'_>, session: &DirectSession, shared: &P2pShared) -> bool {
    if is_only_announced(packet, session, shared) {
        return packet.first_pass
            && classify_announced(packet, packet.bytes, shared) == Recognition::Yes;
    }
    if session.is_confirmed(packet) || is_direct(packet.bytes) {
        return true;
    }
    match frame(packet.bytes, 0, true) {
        Ok(frame) => frame.body_type != DirectBodyType::Empty,
        Err(fault) => matches!(fault, Fault::Incomplete(_)),
    }
}

/// Classifies the first bytes of a segment, or of a direction of a stream (`is_first`).
fn classify(data: &[u8], is_first: bool) -> Recognition {
    const HELLO: &[u8] = b"\x04\0\0\0foo\0";
    if is_direct(data) {
        Recognition::Yes
    } else if HELLO.starts_with(data)
        && (data.len() >= LENGTH_SIZE || (is_first && !data.is_empty()))
    {
        Recognition::Unfinished
    } else {
        Recognition::No
    }
}

/// Whether the connection was announced as a direct one, but is not confirmed.
fn is_only_announced(packet: &Packet<'_>, session: &DirectSession, shared: &P2pShared) -> bool {
    shared.endpoints.for_packet(packet).is_some() && !session.is_confirmed(packet)
}

/// Classifies the first bytes of an announced connection, which begins with a handshake;
/// a bare nonce must be the negotiated one.
fn classify_announced(packet: &Packet<'_>, data: &[u8], shared: &P2pShared) -> Recognition {
    let yes_if = |holds| {
        if holds {
            Recognition::Yes
        } else {
            Recognition::No
        }
    };
    if is_direct(data) {
        return Recognition::Yes;
    }
    match frame(data, 0, true) {
        Ok(frame) => yes_if(match frame.body_type {
            DirectBodyType::Foo | DirectBodyType::Handshake(_) => true,
            DirectBodyType::Nonce(nonce) => is_negotiated(packet, nonce, shared),
            DirectBodyType::Packet | DirectBodyType::Empty => false,
        }),
        Err(Fault::Incomplete(_)) if packet.is_cut() => yes_if(shows_handshake(data)),
        Err(Fault::Incomplete(_)) if may_begin_direct(data) => Recognition::Unfinished,
        Err(_) => Recognition::No,
    }
}

fn is_negotiated(packet: &Packet<'_>, nonce: Guid, shared: &P2pShared) -> bool {
    let announced = shared
        .endpoints
        .for_packet(packet)
        .and_then(|id| shared.endpoints.get(id));
    let checked = announced.and_then(|announced| shared.calls.check(announced.data?, nonce));
    matches!(checked, Some(Ok(_)))
}
