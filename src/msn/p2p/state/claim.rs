//! Whether a connection is a direct one.
//!
//! Source: docs/protocol/msnp.md §5.10.

use crate::error::Fault;
use crate::first_bytes;
use crate::first_bytes::Recognition;
use crate::msn::common::guid::Guid;
use crate::msn::p2p::state::direct::DirectSession;
use crate::msn::p2p::state::sessions::P2pShared;
use crate::msn::p2p::wire::direct::{
    agrees, frame, is_direct, shows_handshake, DirectBody, LENGTH,
};
use crate::packet::{Answer, Packet};

/// Whether a segment that nobody claims is of a direct connection, with what its stream
/// brought before.
pub fn recognise(packet: &Packet<'_>, known: Option<(&mut DirectSession, &P2pShared)>) -> Answer {
    match known {
        None => first_bytes::judge(None, packet, tell),
        Some((session, shared)) if is_only_announced(packet, session, shared) => session
            .first
            .judge(packet, |data, _| tell_announced(packet, data, shared)),
        Some((session, _)) => session.first.judge(packet, tell),
    }
}

/// Remembers what a segment brings of a connection that was announced and has not shown that it
/// is a direct one: another program may be at that end. Comes before
/// [`dissect`](crate::msn::p2p::dissect::dissect).
pub fn remember(packet: &Packet<'_>, session: &mut DirectSession, shared: &P2pShared) {
    if packet.first_pass && is_only_announced(packet, session, shared) {
        let tell = |data: &[u8], _| tell_announced(packet, data, shared);
        session.first.judge(packet, tell);
    }
}

/// Whether the connection is a direct one. Where a message has announced it, it must show it;
/// the user is believed more.
pub(crate) fn is_ours(packet: &Packet<'_>, session: &DirectSession, shared: &P2pShared) -> bool {
    if is_only_announced(packet, session, shared) {
        return packet.first_pass
            && tell_announced(packet, packet.bytes, shared) == Recognition::Yes;
    }
    if session.is_confirmed(packet) || is_direct(packet.bytes) {
        return true;
    }
    match frame(packet.bytes, 0, true) {
        Ok(frame) => frame.kind != DirectBody::Empty,
        Err(fault) => matches!(fault, Fault::Incomplete(_)),
    }
}

/// Whether bytes that begin a segment, or a direction of a stream (`opens`), begin a direct
/// connection.
fn tell(data: &[u8], opens: bool) -> Recognition {
    const HELLO: &[u8] = b"\x04\0\0\0foo\0";
    if is_direct(data) {
        Recognition::Yes
    } else if HELLO.starts_with(data) && (data.len() >= LENGTH || (opens && !data.is_empty())) {
        Recognition::Unfinished
    } else {
        Recognition::No
    }
}

/// Whether an announcement is all that says that the connection may be a direct one.
fn is_only_announced(packet: &Packet<'_>, session: &DirectSession, shared: &P2pShared) -> bool {
    shared.ends.of(packet).is_some() && !session.is_confirmed(packet)
}

/// Whether the first bytes of an announced connection are a handshake; a nonce alone must be
/// the one that was agreed on.
fn tell_announced(packet: &Packet<'_>, data: &[u8], shared: &P2pShared) -> Recognition {
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
        Ok(frame) => yes_if(match frame.kind {
            DirectBody::Foo | DirectBody::Handshake(_) => true,
            DirectBody::Nonce(nonce) => is_agreed_on(packet, nonce, shared),
            DirectBody::Packet | DirectBody::Empty => false,
        }),
        Err(Fault::Incomplete(_)) if packet.is_cut() => yes_if(shows_handshake(data)),
        Err(Fault::Incomplete(_)) if agrees(data) => Recognition::Unfinished,
        Err(_) => Recognition::No,
    }
}

fn is_agreed_on(packet: &Packet<'_>, nonce: Guid, shared: &P2pShared) -> bool {
    let announced = shared.ends.of(packet).and_then(|id| shared.ends.get(id));
    let checked = announced.and_then(|announced| shared.calls.check(announced.what?, nonce));
    matches!(checked, Some(Ok(_)))
}

#[cfg(test)]
mod tests {
    use crate::msn::p2p::dissect::dissect;
    use crate::msn::p2p::state::direct::DirectSession;
    use crate::msn::p2p::state::sessions::{P2pShared, PacketKey};
    use crate::msn::p2p::wire::packet::Carrier;
    use crate::msn::state::announced_endpoints::begin;
    use crate::packet::{Address, Packet};
    use crate::plan::Verdict;

    const END: (Address, u16) = (Address::V4([192, 0, 2, 30]), 3306);

    fn packet(frame: u32, bytes: &[u8]) -> Packet<'_> {
        begin(frame, END, bytes)
    }

    #[test]
    fn an_announced_connection_must_show_that_it_is_direct() {
        let mut shared = P2pShared::default();
        let by = PacketKey {
            carrier: Carrier::Relayed,
            pdu: packet(1, b"").key(0),
            part: 0,
        };
        let ends = &mut shared.ends;
        ends.announce(&packet(1, b""), by, Some(END), None);
        let greeting = [&b"\x4a\0\0\0\x0a8.0.30"[..], &[0x55; 0x4a - 7]].concat();
        for other in [
            &greeting[..],
            &greeting[..3],
            &greeting[..20],
            b"\x10\0\0\0a nonce of nobody",
            b"GET",
        ] {
            let mut session = DirectSession::default();
            let plan = dissect(&packet(2, other), &mut session, &mut shared);
            assert_eq!(plan.verdict, Verdict::Reject, "{}", other.escape_ascii());
        }
        assert_eq!(shared.ends.connection_of(by), None);
        let mut session = DirectSession::default();
        let plan = dissect(&packet(3, b"\x04\0\0\0f"), &mut session, &mut shared);
        assert_eq!(plan.verdict, Verdict::Reject);
        assert_eq!(session.confirmed, None);
        let plan = dissect(&packet(4, b"\x04\0\0\0foo\0"), &mut session, &mut shared);
        assert_eq!(plan.verdict, Verdict::Accept);
        assert_eq!(shared.ends.connection_of(by), Some(4));
    }
}
