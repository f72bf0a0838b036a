//! Whether a connection is a direct one.
//!
//! Source: protocol reference, MSNP §5.10.

use super::direct::{agrees, frame, is_direct, shows_handshake, Kind};
use super::state::Shared;
use crate::error::Fault;
use crate::msn::ends::Claim;
use crate::msn::guid::Guid;
use crate::packet::Packet;

/// Where a message has announced it, a direct connection begins with a handshake; a nonce
/// alone must be the one that was agreed on. The user is believed more. `confirmed`: the
/// frame that has shown it.
pub(super) fn claim(packet: &Packet<'_>, confirmed: Option<u32>, shared: &Shared) -> Claim {
    if confirmed.is_some_and(|frame| frame <= packet.frame) || is_direct(packet.bytes) {
        return Claim::Yes;
    }
    let is_announced = shared.ends.of(packet).is_some();
    let yes_if = |holds| if holds { Claim::Yes } else { Claim::No };
    match frame(packet.bytes, 0, true) {
        Ok(frame) => yes_if(match frame.kind {
            Kind::Foo | Kind::Handshake(_) => true,
            Kind::Nonce(nonce) => !is_announced || is_agreed_on(packet, nonce, shared),
            Kind::Packet => !is_announced,
            Kind::Empty => false,
        }),
        Err(Fault::Incomplete(_)) if !is_announced => Claim::Yes,
        Err(Fault::Incomplete(missing)) if packet.can_wait() && agrees(packet.bytes) => {
            Claim::Wait(missing)
        }
        Err(Fault::Incomplete(_)) => yes_if(shows_handshake(packet.bytes)),
        Err(Fault::Malformed { .. }) => Claim::No,
    }
}

fn is_agreed_on(packet: &Packet<'_>, nonce: Guid, shared: &Shared) -> bool {
    let announced = shared.ends.of(packet).and_then(|id| shared.ends.get(id));
    let checked = announced.and_then(|announced| shared.calls.check(announced.what?, nonce));
    matches!(checked, Some(Ok(_)))
}

#[cfg(test)]
mod tests {
    use super::super::connection::{dissect, Session};
    use super::super::packet::Carrier;
    use super::super::state::Key;
    use crate::error::Missing;
    use crate::msn::ends::begin;
    use crate::msn::session::Shared;
    use crate::packet::{Address, Packet};
    use crate::plan::Verdict;

    const END: (Address, u16) = (Address::V4([192, 0, 2, 30]), 3306);

    fn packet(frame: u32, bytes: &[u8]) -> Packet<'_> {
        begin(frame, END, bytes)
    }

    #[test]
    fn an_announced_connection_must_show_that_it_is_direct() {
        let mut shared = Shared::default();
        let by = Key {
            carrier: Carrier::Relayed,
            pdu: packet(1, b"").key(0),
            part: 0,
        };
        let ends = &mut shared.p2p.ends;
        ends.announce(&packet(1, b""), by, Some(END), None);
        let greeting = [&b"\x4a\0\0\0\x0a8.0.30"[..], &[0x55; 0x4a - 7]].concat();
        for other in [
            &greeting[..],
            &greeting[..3],
            &greeting[..20],
            b"\x10\0\0\0a nonce of nobody",
            b"GET",
        ] {
            let mut session = Session::default();
            let plan = dissect(&packet(2, other), &mut session, &mut shared);
            assert_eq!(plan.verdict, Verdict::Reject, "{}", other.escape_ascii());
        }
        assert_eq!(shared.p2p.ends.connection_of(by), None);
        let mut session = Session::default();
        let plan = dissect(&packet(3, b"\x04\0\0\0f"), &mut session, &mut shared);
        let missing = Missing::Bytes(3);
        assert_eq!(plan.verdict, Verdict::Reassemble(0, missing));
        assert_eq!(session.confirmed, None);
        let plan = dissect(&packet(4, b"\x04\0\0\0foo\0"), &mut session, &mut shared);
        assert_eq!(plan.verdict, Verdict::Accept);
        assert_eq!(shared.p2p.ends.connection_of(by), Some(4));
    }
}
