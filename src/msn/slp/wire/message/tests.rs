use super::*;
use test_support::random::{rounds, SplitMix64};

const INVITE: &[u8] = b"INVITE MSNMSGR:bob@example.net MSNSLP/1.0\r\n\
    To: <msnmsgr:bob@example.net>\r\n\
    Via: MSNSLP/1.0/TLP ;branch={6D5F228A-EAA5-3D21-E415-25982AD9527C}\r\n\
    CSeq: 0 \r\n\
    Content-Type: application/x-msnmsgr-sessionreqbody\r\n\
    Content-Length: 29\r\n\
    \r\n\
    SessionID: 114543757\r\n\
    X:\r\n\
    \r\n\0";

fn text(span: Span) -> &'static str {
    core::str::from_utf8(span.of(INVITE)).unwrap()
}

#[test]
fn requests() {
    let message = message(INVITE).unwrap();
    let SlpStart::Request {
        method,
        uri,
        version,
    } = message.start
    else {
        panic!("{:?}", message.start);
    };
    assert_eq!(
        (text(method), text(uri), text(version)),
        ("INVITE", "MSNMSGR:bob@example.net", "MSNSLP/1.0")
    );
    assert_eq!(message.headers.len(), 5);
    let sequence = message.header(INVITE, "cseq").unwrap();
    assert_eq!((text(sequence.key), text(sequence.value)), ("CSeq", "0"));
    assert_eq!(message.pairs.len(), 2);
    let session = message.pair(INVITE, "SessionID").unwrap();
    assert_eq!(text(session.value), "114543757");
    assert_eq!(message.content_length(INVITE).unwrap().value, 29);
    assert_eq!(message.body_length(), 29);
    assert_eq!(message.nul, Some(Span::new(INVITE.len() - 1, 1)));
    assert_eq!(message.surplus, None);
}

#[test]
fn responses() {
    let data = b"MSNSLP/1.0 500 Internal Error\r\nContent-Type: null\r\n\r\n\0ab";
    let decline = message(data).unwrap();
    let SlpStart::Response { code, reason, .. } = decline.start else {
        panic!("{:?}", decline.start);
    };
    assert_eq!(code, Some(Spanned::new(500, Span::new(11, 3))));
    assert_eq!(reason.of(data), b"Internal Error");
    assert_eq!(decline.body.len, 0);
    assert_eq!(decline.surplus.map(|span| span.len), Some(2));
    let odd = message(b"MSNSLP/1.0 65536").unwrap();
    assert!(matches!(odd.start, SlpStart::Response { code: None, .. }));
}

#[test]
fn other_texts_are_malformed() {
    for data in [
        &b""[..],
        b"INVITE sip:bob@example.net SIP/2.0\r\n",
        b"\0\0\0\0",
    ] {
        assert!(matches!(message(data), Err(Fault::Malformed { .. })));
    }
}

#[test]
fn prefixes_mutations_and_long_texts() {
    let mut data = INVITE.to_vec();
    let mut random = SplitMix64::new(0x1863);
    for round in 0..rounds(20_000) {
        let cut = round % (data.len() + 1);
        if let Ok(message) = message(&data[..cut]) {
            assert!(message.body.end() <= cut);
            assert!(message.pairs.iter().all(|pair| pair.line.end() <= cut));
            assert!(message.headers.iter().all(|pair| pair.value.end() <= cut));
        }
        let at = 12 + random.below(data.len() - 12);
        data[at] = random.below(256) as u8;
    }
    let mut long = INVITE.to_vec();
    long.extend(b"A: b\r\n".repeat(1000));
    long.retain(|byte| *byte != 0);
    assert_eq!(message(&long).unwrap().pairs.len(), MAX_LINES - 1);
}
