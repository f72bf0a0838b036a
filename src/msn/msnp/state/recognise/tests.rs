use super::*;
use crate::first_bytes::FirstBytes;
use crate::msn::msnp::state::agreement::{lines, text};
use crate::msn::msnp::wire::parameter::Meaning;
use crate::packet::{Answer, Packet};

#[test]
fn every_form_is_recognised() {
    for (verb, form, full) in lines() {
        let line = text(verb, form, full);
        let data = format!("{line}\r\nhello");
        let pdu = head(data.as_bytes(), 0).expect("a line");
        let is_known = !form.has(Meaning::Unknown);
        assert!(
            evidence_of(&pdu, data.as_bytes()) > Evidence::None || !is_known,
            "{line}"
        );
    }
}

fn is_msnp(data: &[u8]) -> bool {
    classify(data, false) == Recognition::Yes
}

#[test]
fn one_line_is_enough_if_only_msnp_has_it() {
    for data in [
        &b"VER 1 MSNP9 MSNP8 CVR0\r\n"[..],
        b"USR 93 alice@example.com 1.2.3\r\n",
        b"USR 0 OK alice@example.com Alice\r\n",
        b"ANS 1 alice@example.com 1.2 11752\r\n",
        b"RNG 11752 192.0.2.1:1863 CKI 1.2 bob@example.net Bob\r\n",
        b"MSG 177 U 20\r\nMIME-Version: 1.0\r\n",
        b"MSG Hotmail Hotmail 20\r\nMIME-Version: 1.0\r\n",
        b"MSG bob@example.net Bob 133\r\n",
        b"MSG bob@example.net Bob 133\r\nMIME-V",
        b"MSG bob@example.net Bob 20\r\nMIME-Version: 1.0\r\n",
        b"NLN AWY bob@example.net Bob 0\r\n",
    ] {
        assert!(is_msnp(data), "{}", data.escape_ascii());
    }
    for data in [
        &b"PNG\r\n"[..],
        b"OUT\r\n",
        b"ACK 5\r\n",
        b"QNG 60\r\n",
        b"VER 1 2 3\r\n",
        // NATS: a subject, a subscription and a length.
        b"MSG orders.new 9 41\r\nContent-Type: text/plain\r\n\r\nhello",
        b"MSG 177 9 20\r\nMIME-Version: 1.0\r\n",
        b"MSG bob@example.net 9 5\r\nhello\r\n",
    ] {
        assert!(!is_msnp(data), "{}", data.escape_ascii());
    }
}

#[test]
fn two_lines_are_enough_if_one_is_msnps_own() {
    assert!(is_msnp(b"XFR 7 SB\r\nPNG\r\n"));
    assert!(is_msnp(b"PNG\r\nXFR 7 NS\r\n"));
    assert!(!is_msnp(b"ACK 5\r\nACK 6\r\n"));
    // Lines with only numbers, or without parameters, occur in many protocols.
    assert!(!is_msnp(b"ACK 5\r\nQNG 60\r\n"));
    assert!(!is_msnp(b"PNG\r\nPNG\r\n"));
    assert!(!is_msnp(b"SYN 1 0\r\nCHG 5 3\r\n"));
    assert!(!is_msnp(b"GET 1 2\r\n"));
}

#[test]
fn one_line_with_a_word_of_msnp_is_no_proof() {
    assert_eq!(classify(b"XFR 7 SB\r\n", false), Recognition::Unfinished);
    // After a line, a part of a word is enough.
    assert_eq!(classify(b"PNG\r\nXF", false), Recognition::Unfinished);
    assert_eq!(classify(b"PNG\r\nXX", false), Recognition::No);
    for word in [&b"bob@example.net"[..], b"MSNP8", b"AWY", b"SB"] {
        assert!(is_msnp_only(word), "{}", word.escape_ascii());
    }
    assert!(!is_msnp_only(b"hello") && !is_msnp_only(b"7"));
}

#[test]
fn requests_of_http_and_sip_are_no_evidence() {
    let evidence = |line: &[u8]| evidence_of(&head(line, 0).unwrap(), line);
    assert_eq!(evidence(b"PUT 1 2\r\n"), Evidence::Common);
    for line in [
        &b"PUT 1 HTTP/1.0\r\n"[..],
        b"PUT 1 HTTP/1.1\r\n",
        b"ACK 1 SIP/2.0\r\n",
    ] {
        assert_eq!(evidence(line), Evidence::None, "{}", line.escape_ascii());
    }
}

#[test]
fn incomplete_lines_are_unfinished() {
    let line = b"ANS 1 alice@example.com 1.2 11752\r\n";
    for cut in 1..line.len() {
        assert_eq!(
            classify(&line[..cut], true),
            Recognition::Unfinished,
            "{cut}"
        );
        let alone = if cut > 3 {
            Recognition::Unfinished
        } else {
            Recognition::No
        };
        assert_eq!(classify(&line[..cut], false), alone, "{cut}");
    }
    assert_eq!(classify(line, false), Recognition::Yes);
    for data in [
        &b"HELO example.com"[..],
        b"ANX 1",
        b"USR \x01",
        b"220",
        b"\r\n",
    ] {
        assert_eq!(
            classify(data, true),
            Recognition::No,
            "{}",
            data.escape_ascii()
        );
    }
}

#[test]
fn segmentation_loses_no_evidence() {
    let data = b"PNG\r\nACK 5\r\nXFR 7 NS\r\n";
    assert!(is_msnp(data));
    for first in 1..data.len() {
        for second in first..data.len() {
            let mut kept = FirstBytes::default();
            let pieces = [0..first, first..second, second..data.len()];
            let pieces = pieces.into_iter().filter(|piece| !piece.is_empty());
            let answers = pieces.zip(1..).map(|(piece, frame)| {
                let packet = Packet {
                    bytes: &data[piece.clone()],
                    frame,
                    first_pass: true,
                    is_stream_start: piece.start == 0,
                    sequence: Some(piece.start as u32),
                    ..Packet::default()
                };
                kept.check_segment(&packet, classify)
            });
            let answers: Vec<_> = answers.collect();
            assert_eq!(answers.last(), Some(&Answer::Yes), "{first}, {second}");
            assert_eq!(answers[0], Answer::Remember, "{first}, {second}");
        }
    }
}

#[test]
fn other_protocols_are_not_msnp() {
    for data in [
        &b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n"[..],
        b"PUT /1 HTTP/1.1\r\nGET 1 2\r\n",
        b"BYE sip:bob@example.com SIP/2.0\r\n",
        b"ACK sip:bob@example.com SIP/2.0\r\n",
        b"220 ftp.example.com ready\r\n331 Password\r\n",
        b"250 2 3 4\r\n250 1\r\n",
        b"+OK ready\r\n",
        b"SET a 1\r\nGET a\r\n",
        b":irc.example.com NOTICE\r\n",
        b"\x16\x03\x01\x02\x00",
    ] {
        assert!(!is_msnp(data), "{}", data.escape_ascii());
        assert!(!may_be_msnp(data), "{}", data.escape_ascii());
    }
}

#[test]
fn a_command_is_found_after_garbage() {
    assert_eq!(
        find_pdu(
            b"ello worldMSG bob@example.net Bob 17\r\nMIME-Version: 1.0",
            0
        ),
        Some(10)
    );
    assert_eq!(find_pdu(b"tail\r\n\r\nACK 7\r\n", 0), Some(8));
    assert_eq!(find_pdu(b"tail\r\nUSR 1 TW", 0), Some(6));
    // Only after a line feed, even an incomplete line begins with its command or error.
    assert_eq!(find_pdu(b"tail USR 1 TW", 0), None);
    assert_eq!(find_pdu(b"tail\r\n911 ", 0), Some(6));
    assert_eq!(find_pdu(b"tail\r\nABC 1 x", 0), None);
    let at_start = b"MSG bob@example.net Bob 17\r\nMIME-Version: 1.0";
    assert_eq!(find_pdu(at_start, 0), Some(0));
    assert_eq!(find_pdu(b"OUT \r\n", 0), None);
    assert_eq!(find_pdu(b"I said OUT \r\nloudly\r\n", 0), None);
    assert_eq!(find_pdu(b"", 0), None);
}

#[test]
fn the_port_accepts_the_beginning_of_any_command() {
    let whole = b"ABC 18 what\r\n";
    assert!(may_be_msnp(whole));
    let whole = b"XYZ 2 0x0409 winnt\r\n";
    for cut in 1..=whole.len() {
        assert!(may_be_msnp(&whole[..cut]), "{cut}");
    }
}

/// The search ends in a segment in which everything looks like a command.
#[test]
#[cfg_attr(miri, ignore = "takes minutes in Miri")]
fn the_search_for_a_command_is_bounded() {
    let found = |candidates: usize| {
        let before = "xUSR ".repeat(candidates);
        let data = format!("{before}\r\nUSR 4 OK alice@example.com Alice 1 0\r\n");
        find_pdu(data.as_bytes(), 0).map(|at| at == before.len() + 2)
    };
    assert_eq!(found(MAX_CANDIDATES - 1), Some(true));
    assert_eq!(found(MAX_CANDIDATES), None);
}
