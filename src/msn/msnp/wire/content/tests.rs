use super::*;

#[test]
fn content_types_are_found_in_any_case() {
    assert_eq!(
        find(b"Text/X-MSNMSGR-Datacast").map(|c| c.name),
        Some("datacast")
    );
    assert_eq!(find(b"application/octet-stream"), None);
}

#[test]
fn message_types_determine_the_body() {
    assert_eq!(
        of_message_type(b"nudge").map(|c| c.body),
        Some(ContentBody::Object)
    );
    assert_eq!(
        of_message_type(b"Signal/P2P").map(|c| c.body),
        Some(ContentBody::Slp)
    );
    assert_eq!(
        of_message_type(b"control/Typing2").map(|c| c.name),
        Some("control")
    );
    assert_eq!(
        of_message_type(b"RichText").map(|c| c.body),
        Some(ContentBody::Text)
    );
    assert_eq!(of_message_type(b"Signal/CloseIMWindow"), None);
    assert!(is_signal(b"Signal/CloseIMWindow") && is_signal(b"signal/New"));
    assert!(!is_signal(b"Text") && !is_signal(b"Signals/x") && !is_signal(b""));
    assert_eq!(of_payload_type(2).map(|c| c.name), Some("typing"));
    assert_eq!((of_payload_type(1), of_payload_type(4)), (None, None));
}

/// docs/protocol/msnp.md §5.2: 18183 = 0x4707 stands for 0x0747 = 1863.
#[test]
fn client_ports_are_swapped() {
    assert_eq!(client_port(18183), Some(1863));
    assert_eq!(client_port(0), Some(0));
    // -12796 is 0xce04, which stands for 0x04ce.
    assert_eq!(client_port(12796_u32.wrapping_neg()), Some(0x04ce));
    assert_eq!(client_port(65536), None);
    assert_eq!(client_port(40000_u32.wrapping_neg()), None);
}

#[test]
fn emoticons_come_in_pairs() {
    let data = b":a:\t<msnobj/>\t:b:\t<msnobj a=\"\"/>\t";
    let found = emoticons(data, Span::new(0, data.len()));
    let found: Vec<_> = found
        .iter()
        .map(|(s, o)| (s.of(data), o.map(|o| o.of(data))))
        .collect();
    assert_eq!(
        found,
        [
            (&b":a:"[..], Some(&b"<msnobj/>"[..])),
            (b":b:", Some(b"<msnobj a=\"\"/>"))
        ]
    );
    assert_eq!(emoticons(b"x", Span::new(0, 1)), [(Span::new(0, 1), None)]);
    assert!(emoticons(b"", Span::new(0, 0)).is_empty());
}

#[test]
fn base64_is_decoded() {
    let body = |data: &[u8]| base64_body(data, Span::new(0, data.len()));
    assert_eq!(
        body(b"base64:R0lG\r\nODlh"),
        Some((Span::new(7, 10), Some(b"GIF89a".to_vec())))
    );
    assert_eq!(body(b"base64:AA"), Some((Span::new(7, 2), Some(vec![0]))));
    let behind = body(b"\r\nbase64:AA");
    assert_eq!(behind, Some((Span::new(9, 2), Some(vec![0]))));
    assert_eq!(body(b"base64:*"), Some((Span::new(7, 1), None)));
    assert_eq!(body(b"GIF89a"), None);
}

#[test]
fn a_closed_window_has_a_number_and_a_server() {
    let found = closed_window(b"11752013;198.51.100.3:1863\r\n");
    assert_eq!(found, Some((Span::new(0, 8), Span::new(9, 17))));
    for none in [
        &b""[..],
        b"11752013",
        b"11752013;",
        b";198.51.100.3",
        b"x;y",
    ] {
        assert_eq!(closed_window(none), None, "{}", none.escape_ascii());
    }
}

#[test]
fn sign_outs_have_names() {
    assert_eq!(sign_out(b"gtfo"), Some("sign out all endpoints"));
    assert_eq!(sign_out(b"bye"), None);
}

/// docs/protocol/msnp.md §4.14 and §5.1.
#[test]
fn endpoints_and_datacasts_have_types() {
    let rows = |codes: Codes| codes.rows().iter().map(|row| row.0).collect::<Vec<_>>();
    assert_eq!(rows(CLIENT_TYPES), [0, 1, 2, 3, 4, 9, 32]);
    for (number, name) in [
        (1, "Computer"),
        (2, "Website"),
        (3, "Mobile"),
        (4, "Xbox"),
        (9, "Group"),
        (32, "Email"),
    ] {
        assert_eq!(CLIENT_TYPES.name(number), Some(name));
    }
    let names = [1, 2, 3, 4].map(|number| DATACASTS.name(number).unwrap());
    assert_eq!(names, ["nudge", "wink", "voice clip", "action message"]);
}
