//! Recognition of MSNP connections on other ports.

use crate::error::Fault;
use crate::first_bytes;
use crate::first_bytes::Recognition;
use crate::msn::msnp::state::recognise::{classify, may_be_msnp};
use crate::msn::msnp::state::session::{MsnpSession, MsnpShared};
use crate::msn::msnp::wire::pdu::head;
use crate::packet::{Answer, Packet};

/// Whether an unclaimed segment is MSNP, together with the earlier bytes of its stream.
pub fn recognise(packet: &Packet<'_>, known: Option<(&mut MsnpSession, &MsnpShared)>) -> Answer {
    match known {
        None => first_bytes::check_segment(None, packet, classify),
        Some((session, shared)) if session.is_only_announced(packet, shared) => session
            .first_bytes
            .check_segment(packet, classify_announced),
        Some((session, _)) => session.first_bytes.check_segment(packet, classify),
    }
}

/// Keeps the bytes of a segment of a connection that was announced, but is not confirmed
/// to be MSNP: the endpoint may be another server's. Must be called before
/// [`crate::msn::msnp::dissect::dissect`].
pub fn remember(packet: &Packet<'_>, session: &mut MsnpSession, shared: &MsnpShared) {
    if packet.first_pass && session.is_only_announced(packet, shared) {
        session
            .first_bytes
            .check_segment(packet, classify_announced);
    }
}

/// Whether the first bytes of an announced connection are MSNP: a single line is enough.
pub fn classify_announced(data: &[u8], _: bool) -> Recognition {
    match head(data, 0) {
        Err(Fault::Incomplete(_)) if is_text(data) => Recognition::Unfinished,
        Err(Fault::Incomplete(_)) => Recognition::No,
        _ if may_be_msnp(data) => Recognition::Yes,
        _ => Recognition::No,
    }
}

/// Whether the bytes of an incomplete line are text.
fn is_text(data: &[u8]) -> bool {
    data.iter().all(|b| *b >= b' ' || *b == b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnp::dissect::dissect;
    use crate::msn::state::announced_endpoints::begin;
    use crate::msn::state::capture::MsnCapture;
    use crate::packet::Address;
    use crate::plan::Verdict;

    const END: (Address, u16) = (Address::V4([203, 0, 113, 9]), 21);

    /// The verdicts on the segments of a connection announced by an XFR, each with the
    /// number of earlier bytes that were added to the segment.
    fn shown(segments: &[&[u8]]) -> Vec<(Verdict, usize)> {
        let (mut shared, mut session) = announced();
        let mut sequence = 1;
        let mut shown = Vec::new();
        for (frame, bytes) in (2..).zip(segments) {
            let packet = Packet {
                sequence: Some(sequence),
                ..begin(frame, END, bytes)
            };
            sequence += bytes.len() as u32;
            remember(&packet, &mut session, &shared.msnp);
            let mut whole = Vec::new();
            let first = &session.first_bytes;
            let (packet, before) =
                first_bytes::complete(first, &packet, &mut whole).unwrap_or((packet, 0));
            let plan = dissect(&packet, &mut session, &mut shared);
            shown.push((plan.verdict, before));
        }
        shown
    }

    #[test]
    fn other_protocols_at_announced_endpoints_are_rejected() {
        for greeting in [
            &b"220 ready\r\n"[..],
            b"220 FTP server ready\r\nUSER a\r\n",
            b"SSH-2.0-x\r\n",
            b"HTTP/1.1 200 OK\r\n",
            b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n",
            b"\x16\x03\x01\x00\x05hello",
            b"+OK ready\r\n",
        ] {
            for cut in 1..greeting.len() {
                let (first, rest) = greeting.split_at(cut);
                let all = [(Verdict::Reject, 0); 2];
                assert_eq!(shown(&[first, rest]), all, "{}", first.escape_ascii());
            }
        }
    }

    #[test]
    fn announced_connections_are_recognised_in_any_segmentation() {
        for line in [
            &b"VER 1 MSNP9 CVR0\r\n"[..],
            b"USR 1 alice@example.com 1.2\r\n",
            b"ABC 18 what\r\n",
            b"911 1\r\n",
        ] {
            for cut in 1..line.len() {
                let (first, rest) = line.split_at(cut);
                let both = [(Verdict::Reject, 0), (Verdict::Accept, cut)];
                assert_eq!(shown(&[first, rest]), both, "{}", first.escape_ascii());
            }
            assert_eq!(shown(&[line]), [(Verdict::Accept, 0)]);
        }
        let pieces: Vec<_> = b"ANS 1 alice@example.com 1.2 3\r\n".chunks(1).collect();
        let (last, others) = shown(&pieces)
            .split_last()
            .map(|(a, b)| (*a, b.to_vec()))
            .unwrap();
        assert!(others.iter().all(|shown| *shown == (Verdict::Reject, 0)));
        assert_eq!(last, (Verdict::Accept, others.len()));
    }

    #[test]
    fn an_announced_connection_is_recognised_by_one_line() {
        use Recognition::{No, Unfinished, Yes};
        for (data, expected) in [
            (&b"ABC 18 what\r\n"[..], Yes),
            (b"ABC 18 what", Unfinished),
            (b"A", Unfinished),
            (b"911 1\r", Unfinished),
            (b"ABC 18 \x01", No),
            (b"A1", No),
            (b"ABCD", No),
            (b"220 ready\r\n", No),
        ] {
            let found = classify_announced(data, false);
            assert_eq!(found, expected, "{}", data.escape_ascii());
        }
    }

    /// A session and the endpoint announced to it.
    fn announced() -> (MsnCapture, MsnpSession) {
        let mut shared = MsnCapture::default();
        let xfr = b"XFR 3 NS 203.0.113.9:21 0\r\n";
        let packet = Packet {
            source: Address::V4([203, 0, 113, 8]),
            source_port: 1863,
            ..begin(1, (Address::Unknown, 1025), xfr)
        };
        let plan = dissect(&packet, &mut MsnpSession::default(), &mut shared);
        assert_eq!(plan.expected().len(), 1);
        (shared, MsnpSession::default())
    }

    #[test]
    fn only_where_a_connection_is_announced_one_line_is_enough() {
        for (port, expected) in [(END.1, Answer::Yes), (22, Answer::Remember)] {
            let (shared, mut session) = announced();
            let packet = Packet {
                destination_port: port,
                recognised: false,
                sequence: Some(1),
                ..begin(2, END, b"CHG 7 BSY\r\n")
            };
            let known = Some((&mut session, &shared.msnp));
            assert_eq!(recognise(&packet, known), expected, "{port}");
        }
    }

    #[test]
    fn bytes_are_kept_where_a_connection_is_announced_only() {
        for (port, first_pass, expected) in [
            (END.1, true, true),
            (22, true, false),
            (END.1, false, false),
        ] {
            let (shared, mut session) = announced();
            let packet = Packet {
                destination_port: port,
                first_pass,
                ..begin(2, END, b"CHG 7 BSY\r\n")
            };
            remember(&packet, &mut session, &shared.msnp);
            let found = session.first_bytes.has_claimed(&packet);
            assert_eq!(found, expected, "{port}, {first_pass}");
        }
    }

    /// Each alone of what makes an announcement the only evidence.
    #[test]
    fn an_announcement_is_the_only_evidence_until_there_is_another() {
        let (shared, session) = announced();
        let packet = begin(2, END, b"CHG 7 BSY\r\n");
        assert!(session.is_only_announced(&packet, &shared.msnp));
        for other in [
            Packet {
                transport: crate::packet::Transport::Http,
                ..packet
            },
            Packet {
                source_port: 1863,
                ..packet
            },
            Packet {
                destination_port: 22,
                recognised: false,
                ..packet
            },
        ] {
            assert!(
                !session.is_only_announced(&other, &shared.msnp),
                "{other:?}"
            );
        }
        let mut confirmed = MsnpSession::default();
        confirmed.found_command(&packet, packet.key(0));
        assert!(!confirmed.is_only_announced(&packet, &shared.msnp));
        let mut claimed = MsnpSession::default();
        remember(&packet, &mut claimed, &shared.msnp);
        assert!(!claimed.is_only_announced(&packet, &shared.msnp));
    }
}
