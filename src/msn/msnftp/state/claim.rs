//! Detection of transfer connections.
//!
//! Source: docs/protocol/msnp.md §5.11.

use crate::error::Fault;
use crate::first_bytes;
use crate::first_bytes::Recognition;
use crate::msn::msnftp::state::session::{FtpSession, Transfers};
use crate::msn::msnftp::wire::block::{are_blocks, block};
use crate::msn::msnftp::wire::codes::command;
use crate::msn::msnftp::wire::line::{greeting, line};
use crate::packet::{Answer, Packet};

/// Whether an unclaimed segment, together with the kept bytes before it, belongs to a
/// transfer.
pub fn recognise(packet: &Packet<'_>, known: Option<(&mut FtpSession, &Transfers)>) -> Answer {
    match known {
        None => first_bytes::check_segment(None, packet, classify),
        Some((session, shared)) if is_only_announced(packet, session, shared) => {
            let classify = |data: &[u8], _| classify_announced(packet, data);
            session.first_bytes.check_segment(packet, classify)
        }
        Some((session, _)) => session.first_bytes.check_segment(packet, classify),
    }
}

/// Keeps the bytes of a segment of an announced connection that is not confirmed as a
/// transfer yet: another program may use that endpoint. To be called before
/// [`dissect`](crate::msn::msnftp::dissect::dissect).
pub fn remember(packet: &Packet<'_>, session: &mut FtpSession, shared: &Transfers) {
    if packet.first_pass && is_only_announced(packet, session, shared) {
        let classify = |data: &[u8], _| classify_announced(packet, data);
        session.first_bytes.check_segment(packet, classify);
    }
}

/// Whether the connection is a transfer. If it was only announced by an invitation, its
/// bytes must prove it; if the user chose the protocol, they need only be possible.
pub(crate) fn is_ours(packet: &Packet<'_>, session: &FtpSession, shared: &Transfers) -> bool {
    if is_only_announced(packet, session, shared) {
        return packet.first_pass && classify_announced(packet, packet.bytes) == Recognition::Yes;
    }
    session.is_confirmed(packet)
        || greeting(packet.bytes).is_ok()
        || are_blocks(packet.bytes)
        || may_belong(packet.bytes)
}

/// Whether the connection was announced as a transfer, but is not confirmed.
fn is_only_announced(packet: &Packet<'_>, session: &FtpSession, shared: &Transfers) -> bool {
    shared.endpoints.for_packet(packet).is_some() && !session.is_confirmed(packet)
}

/// Classifies the first bytes of a segment, or of a direction of a stream (`is_first`), by
/// the first line, which contains the protocol.
fn classify(data: &[u8], is_first: bool) -> Recognition {
    match greeting(data) {
        Ok(()) => Recognition::Yes,
        Err(Fault::Incomplete(_)) if data.len() > 3 || (is_first && !data.is_empty()) => {
            Recognition::Unfinished
        }
        Err(_) => Recognition::No,
    }
}

/// Classifies the first bytes of an announced connection: a transfer begins with its
/// first line, or with blocks if the capture starts later.
fn classify_announced(packet: &Packet<'_>, data: &[u8]) -> Recognition {
    match greeting(data) {
        Ok(()) => Recognition::Yes,
        Err(Fault::Incomplete(_)) if packet.is_cut() && data.starts_with(b"VER MSN") => {
            Recognition::Yes
        }
        Err(Fault::Incomplete(_)) if !packet.is_cut() => Recognition::Unfinished,
        Err(_) if are_blocks(data) => Recognition::Yes,
        Err(_) => Recognition::No,
    }
}

/// Whether the bytes may belong to a transfer: a command, an incomplete line, or a block.
fn may_belong(data: &[u8]) -> bool {
    match line(data, 0) {
        Ok(line) => command(&line.word).is_some(),
        Err(Fault::Incomplete(_)) => true,
        Err(Fault::Malformed { .. }) => block(data, 0).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnftp::dissect::dissect;
    use crate::msn::msnftp::state::session::Offer;
    use crate::msn::state::announced_endpoints::begin;
    use crate::packet::Address;
    use crate::plan::Verdict;

    const END: (Address, u16) = (Address::V4([192, 0, 2, 30]), 445);

    fn packet(frame: u32, bytes: &[u8]) -> Packet<'_> {
        begin(frame, END, bytes)
    }

    #[test]
    fn an_announced_connection_must_prove_to_be_a_transfer() {
        let mut shared = Transfers::default();
        let by = packet(1, b"").key(0);
        let endpoints = &mut shared.endpoints;
        endpoints.announce(&packet(1, b""), by, Some(END), Offer::default());
        for other in [
            &b"\0\0\0\x85\xffSMBr\0\0\0\0\x18\x53\xc8"[..],
            b"\0",
            b"\x01\0\0\0",
            b"USR",
            b"BYE\r\n",
            b"VERSION",
        ] {
            let mut session = FtpSession::default();
            let plan = dissect(&packet(2, other), &mut session, &mut shared);
            assert_eq!(plan.verdict, Verdict::Reject, "{}", other.escape_ascii());
        }
        assert_eq!(shared.endpoints.connection_of(by), None);
        let mut session = FtpSession::default();
        let plan = dissect(&packet(3, b"VER M"), &mut session, &mut shared);
        assert_eq!(plan.verdict, Verdict::Reject);
        assert_eq!(session.confirmed, None);
        let plan = dissect(&packet(4, b"VER MSNFTP\r\n"), &mut session, &mut shared);
        assert_eq!(plan.verdict, Verdict::Accept);
        assert_eq!(shared.endpoints.connection_of(by), Some(4));
    }
}
