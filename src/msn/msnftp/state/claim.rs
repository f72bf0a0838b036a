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

    const BLOCK: &[u8] = b"\0\x02\0hi";

    fn packet(frame: u32, bytes: &[u8]) -> Packet<'_> {
        begin(frame, END, bytes)
    }

    /// Transfers of which one is announced, to [`END`].
    fn announced() -> Transfers {
        let mut shared = Transfers::default();
        let by = packet(1, b"");
        let endpoints = &mut shared.endpoints;
        endpoints.announce(&by, by.key(0), Some(END), Offer::default());
        shared
    }

    #[test]
    fn a_segment_begins_a_transfer_with_its_first_line() {
        use Recognition::{No, Unfinished, Yes};
        for (data, elsewhere, at_start) in [
            (&b"VER MSNFTP\r\n"[..], Yes, Yes),
            (b"VER MSNF", Unfinished, Unfinished),
            (b"VER ", Unfinished, Unfinished),
            (b"VER", No, Unfinished),
            (b"V", No, Unfinished),
            (b"", No, No),
            (b"VER MSNP8\r\n", No, No),
            (b"USR a", No, No),
            (BLOCK, No, No),
        ] {
            let found = [false, true].map(|is_first| classify(data, is_first));
            assert_eq!(found, [elsewhere, at_start], "{}", data.escape_ascii());
        }
    }

    #[test]
    fn an_announced_connection_may_begin_with_blocks_or_be_cut() {
        use Recognition::{No, Unfinished, Yes};
        for (data, lacks, expected) in [
            (&b"VER MSNFTP\r\n"[..], 0, Yes),
            (b"VER MSNFT", 0, Unfinished),
            (b"V", 0, Unfinished),
            (b"VER MSN", 5, Yes),
            (b"VER MS", 6, No),
            (BLOCK, 0, Yes),
            (b"\0\x02\0h", 0, No),
            (b"USR a", 0, No),
        ] {
            let packet = Packet {
                reported: data.len() + lacks,
                ..packet(2, data)
            };
            let found = classify_announced(&packet, data);
            assert_eq!(found, expected, "{}", data.escape_ascii());
        }
    }

    #[test]
    fn only_where_a_transfer_is_announced_blocks_are_enough() {
        let shared = announced();
        let mut session = FtpSession::default();
        let here = packet(2, BLOCK);
        let found = recognise(&here, Some((&mut session, &shared)));
        assert_eq!(found, Answer::Yes);
        let elsewhere = Packet {
            destination_port: 446,
            ..here
        };
        let mut session = FtpSession::default();
        let found = recognise(&elsewhere, Some((&mut session, &shared)));
        assert_eq!(found, Answer::No);
        assert_eq!(recognise(&here, None), Answer::No);
    }

    #[test]
    fn bytes_are_kept_where_a_transfer_is_announced_only() {
        let shared = announced();
        for (port, first_pass, expected) in [
            (END.1, true, true),
            (446, true, false),
            (END.1, false, false),
        ] {
            let mut session = FtpSession::default();
            let segment = Packet {
                destination_port: port,
                first_pass,
                ..packet(2, b"VER MSNFTP\r\n")
            };
            remember(&segment, &mut session, &shared);
            let found = session.first_bytes.has_claimed(&segment);
            assert_eq!(found, expected, "{port}, {first_pass}");
        }
    }

    #[test]
    fn where_the_user_chose_the_protocol_bytes_need_only_be_possible() {
        let (session, shared) = (FtpSession::default(), Transfers::default());
        for (data, expected) in [
            (&b"VER MSNFTP\r\n"[..], true),
            (b"BYE 16777989\r\n", true),
            (b"ABC 16777989\r\n", false),
            (b"ABC 1677", true),
            (b"\0\xfd\x07hello", true),
            (b"\x02\x01\0a", false),
        ] {
            let found = is_ours(&packet(2, data), &session, &shared);
            assert_eq!(found, expected, "{}", data.escape_ascii());
        }
    }

    #[test]
    fn an_announced_connection_must_prove_to_be_a_transfer() {
        let mut shared = announced();
        let by = packet(1, b"").key(0);
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
