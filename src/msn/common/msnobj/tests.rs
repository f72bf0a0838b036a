use super::*;

const RAW: &[u8] = b"[etoma]\t<msnobj Creator=\"alice@example.com\" Size=\"34601\" Type=\"2\" \
    Location=\"abkyty.tmp\" Friendly=\"YQBiAAAA\" SHA1D=\"C4pYwhEG+ESLbc3QZruc92ZkgTE=\"/>\t";

fn whole(data: &[u8]) -> Span {
    Span::new(0, data.len())
}

/// docs/protocol/msnp.md §5.6.
#[test]
fn types_have_names() {
    for (number, name) in [
        (2, "custom emoticon"),
        (3, "display picture"),
        (4, "shared file"),
        (5, "background"),
        (7, "dynamic display picture"),
        (8, "wink"),
        (10, "dynamic background"),
        (11, "voice clip"),
        (12, "add-in saved state"),
        (14, "signature sound or location"),
        (15, "shared album picture"),
        (16, "scene image"),
    ] {
        assert_eq!(TYPES.name(number), Some(name));
    }
    assert_eq!(TYPES.name(17), None);
}

#[test]
fn a_raw_object_is_decoded() {
    let object = find(RAW, whole(RAW)).unwrap();
    assert_eq!(object.span, Span::between(8, RAW.len() - 1));
    assert!(object.whole);
    assert_eq!(object.value("creator"), Some("alice@example.com"));
    assert_eq!(
        object
            .value("Type")
            .and_then(|t| TYPES.name(t.parse().ok()?)),
        Some("custom emoticon")
    );
    assert_eq!(object.attributes[1].span.of(RAW), b"34601");
    assert_eq!(
        object
            .value("Friendly")
            .and_then(decode_friendly)
            .as_deref(),
        Some("ab")
    );
}

#[test]
fn spans_of_an_encoded_object_are_those_of_the_encoded_bytes() {
    let data = b"1 %3Cmsnobj%20Creator%3D%22bob%40example.net%22%20Size%3D%2218309%22%2F%3E x";
    let object = find_encoded(data, Span::new(2, data.len() - 4)).unwrap();
    assert_eq!(object.span, Span::new(2, data.len() - 4));
    assert_eq!(object.attributes[0].value, "bob@example.net");
    assert_eq!(object.attributes[0].span.of(data), b"bob%40example.net");
    assert_eq!(object.attributes[1].span.of(data), b"18309");
}

#[test]
fn the_type_alone_is_that_of_the_whole_object() {
    for word in [
        "%3Cmsnobj%20Creator%3D%22bob%40example.net%22%20Size%3D%2218309%22%20Type%3D%223%22%2F%3E",
        "%3cmsnobj/Size='1'tYPE%20=%20'8' Type='2'/>",
        "<msnobj Type=\"&#50;\"/>",
        "<msnobj Type=\"00000000012\"/>",
        "<msnobj Type=\"12345678901234567890\"/>",
        "<msnobj Size =\"1\" Type= \"3\"/>",
        "<msnobj Size=\"1\"/> Type=\"3\"",
        "<msnobj Size=1 Type=\"3\"",
        "<msnobj Type=\"3",
        "<msnobj Types=\"4\" Typ=\"5\" Type=\"%3\"",
        "<msnobj =\"1\" Type=\"3\"",
        "<msnobj Size*\"1\" Type=\"3\"",
        "<msnobj",
        "<msnobj/>",
    ] {
        let word = word.as_bytes();
        let object = find_encoded(word, whole(word));
        let value = object.as_ref().and_then(|object| object.value("Type"));
        let expected = value.and_then(|kind| decimal(kind.as_bytes()));
        assert_eq!(encoded_type(word), expected, "{}", word.escape_ascii());
    }
}

#[test]
fn an_object_in_a_text_has_the_span_of_the_text() {
    let span = Span::new(7, 40);
    let object = of_text("mood <msnobj Type=\"4\" Size=\"1\"/>", span).unwrap();
    assert_eq!((object.value("Type"), object.whole), (Some("4"), true));
    let spans = object.attributes.iter().map(|attribute| attribute.span);
    assert!([object.span].into_iter().chain(spans).all(|it| it == span));
    assert_eq!(of_text("mood", span), None);
}

#[test]
fn no_more_attributes_than_the_maximum_are_decoded() {
    for (before, expected) in [(MAX_ATTRIBUTES - 1, Some(3)), (MAX_ATTRIBUTES, None)] {
        let word = format!("<msnobj {}Type='3'/>", "a='' ".repeat(before));
        let object = find(word.as_bytes(), whole(word.as_bytes())).unwrap();
        assert_eq!(object.attributes.len(), MAX_ATTRIBUTES);
        assert_eq!(object.whole, expected.is_some(), "{before}");
        assert_eq!(encoded_type(word.as_bytes()), expected, "{before}");
    }
}

#[test]
fn a_malformed_object_is_decoded_up_to_the_fault() {
    for (data, attributes, is_whole) in [
        (&b"<msnobj/>"[..], 0, true),
        (b"<msnobj", 0, false),
        (b"<msnobj Size=\"1\" Type=3/>", 1, false),
        (b"<msnobj Size='1' Type = \"a", 1, false),
        (b"<msnobj =\"1\"/>", 0, false),
        (b"<msnobj Size*\"1\"/>", 0, false),
        (b"<msnobj Location=\"a&amp;b\">", 1, true),
        (
            b"<msnobj Size= \"1\" Type =\"3\" Location\t=\r\n'a'/>",
            3,
            true,
        ),
    ] {
        let object = find(data, whole(data)).unwrap();
        assert_eq!(
            (object.attributes.len(), object.whole),
            (attributes, is_whole)
        );
    }
    assert_eq!(find(b"0", whole(b"0")), None);
    assert_eq!(decode_friendly("%"), None);
    assert_eq!(decode_friendly("AAA=").as_deref(), Some(""));
    assert_eq!(
        decode_hash("C4pYwhEG+ESLbc3QZruc92ZkgTE=").map(|it| it[0]),
        Some(0x0b)
    );
    assert_eq!(decode_hash("AAA="), None);
}
