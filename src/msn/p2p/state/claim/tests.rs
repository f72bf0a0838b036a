use crate::msn::p2p::dissect::dissect;
use crate::msn::p2p::state::direct::DirectSession;
use crate::msn::p2p::state::packets::PacketKey;
use crate::msn::p2p::state::sessions::P2pShared;
use crate::msn::p2p::wire::packet::Carrier;
use crate::msn::state::announced_endpoints::begin;
use crate::packet::{Address, Packet};
use crate::plan::Verdict;

const END: (Address, u16) = (Address::V4([192, 0, 2, 30]), 3306);

fn packet(frame: u32, bytes: &[u8]) -> Packet<'_> {
    begin(frame, END, bytes)
}

#[test]
fn an_announced_connection_must_prove_to_be_direct() {
    let mut shared = P2pShared::default();
    let by = PacketKey {
        carrier: Carrier::Relayed,
        pdu: packet(1, b"").key(0),
        part: 0,
    };
    let ends = &mut shared.endpoints;
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
    assert_eq!(shared.endpoints.connection_of(by), None);
    let mut session = DirectSession::default();
    let plan = dissect(&packet(3, b"\x04\0\0\0f"), &mut session, &mut shared);
    assert_eq!(plan.verdict, Verdict::Reject);
    assert_eq!(session.confirmed, None);
    let plan = dissect(&packet(4, b"\x04\0\0\0foo\0"), &mut session, &mut shared);
    assert_eq!(plan.verdict, Verdict::Accept);
    assert_eq!(shared.endpoints.connection_of(by), Some(4));
}
