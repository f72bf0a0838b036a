//! Connections to ends that messages have announced.

use super::*;
use crate::context::Address;

const END: (Address, u16) = (Address::V4([192, 0, 2, 30]), 3306);

fn packet(frame: u32, bytes: &[u8]) -> Packet<'_> {
    Packet {
        bytes,
        reported: bytes.len(),
        frame,
        first_pass: true,
        recognised: true,
        can_reassemble: true,
        destination: END.0,
        destination_port: END.1,
        ..Packet::default()
    }
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
