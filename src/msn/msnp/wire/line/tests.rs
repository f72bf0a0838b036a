use super::*;

fn words(data: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let line = line(data, 0).expect("a line");
    line.parameters(data)
        .map(|p| (p.span.start, p.value.to_vec()))
        .collect()
}

#[test]
fn crlf_and_bare_lf_end_a_line() {
    for data in [&b"USR 4 OK\r\nPNG"[..], b"USR 4 OK\nPNG"] {
        let line = line(data, 0).unwrap();
        assert_eq!(line.head, LineHead::Command(*b"USR"));
        assert_eq!(line.span, Span::new(0, 8));
        assert_eq!(&data[line.end..], b"PNG");
    }
}

#[test]
fn empty_parameters_keep_their_place_and_trailing_spaces_are_ignored() {
    assert_eq!(
        words(b"CVQ 2  x \r\n"),
        [(4, b"2".to_vec()), (6, b"".to_vec()), (7, b"x".to_vec())]
    );
    assert!(words(b"OUT\r\n").is_empty());
    assert!(words(b"OUT \r\n").is_empty());
    assert!(words(b"OUT   \r\n").is_empty());
}

#[test]
fn an_unencoded_object_is_one_parameter() {
    for (line, last) in [
        (
            "NLN NLN b@example.net Bob 0 <msnobj a=\"x > y\" b='1' />",
            "<msnobj a=\"x > y\" b='1' />",
        ),
        (
            "ILN 5 NLN b@example.net Bob 0 <MSNOBJ a=\"1\"/> http://x",
            "http://x",
        ),
        ("CHG 5 NLN 0 <msnobj a=\"1\" >", "<msnobj a=\"1\" >"),
        ("CHG 5 NLN 0 <msnobj a=\"1 />", "<msnobj a=\"1 />"),
        ("CHG 5 NLN 0 <msnobj a=\"1\" b", "<msnobj a=\"1\" b"),
        ("CHG 5 NLN 0 %3Cmsnobj%20a/%3E", "%3Cmsnobj%20a/%3E"),
        ("REA 5 b@example.net <msnobj a>", "a>"),
    ] {
        let data = format!("{line}\r\n");
        let found = words(data.as_bytes());
        let (at, word) = found.last().expect("a word");
        assert_eq!(word, last.as_bytes(), "{line}");
        assert_eq!(&data.as_bytes()[*at..][..word.len()], last.as_bytes());
    }
}

#[test]
fn a_line_without_line_feed_is_incomplete() {
    let whole = b"205 12\r\n";
    for cut in 0..whole.len() {
        assert_eq!(
            line(&whole[..cut], 0),
            Err(Fault::Incomplete(Missing::Unknown)),
            "{cut} bytes"
        );
    }
    assert_eq!(line(whole, 0).unwrap().head, LineHead::Error(205));
}

#[test]
fn other_protocols_are_malformed() {
    for data in [
        &b"GETS / HTTP"[..],
        b"usr 1\r\n",
        b"\x16\x03\x01",
        b"12a",
        b"USR\x00",
        b"2050 x\r\n",
    ] {
        assert!(
            matches!(line(data, 0), Err(Fault::Malformed { .. })),
            "{data:?}"
        );
    }
}
