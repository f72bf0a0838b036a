use super::*;

fn file(name: &str, image: &[u8]) -> Vec<u8> {
    let mut data = 574_u32.to_le_bytes().to_vec();
    data.extend(2_u32.to_le_bytes());
    data.extend(60904_u64.to_le_bytes());
    data.extend(1_u32.to_le_bytes());
    data.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    data.resize(574, 0);
    data.extend(image);
    data
}

#[test]
fn the_context_of_a_real_invitation_is_an_object() {
    let text = b"PG1zbm9iaiBDcmVhdG9yPSJ1c3IxQGxpdmUuY24iIFR5cGU9IjMiLz4A";
    let data = bytes(text).unwrap();
    assert_eq!(data, b"<msnobj Creator=\"usr1@live.cn\" Type=\"3\"/>\0");
    assert_eq!(context(&data, None), SlpContext::Object(Span::new(0, 41)));
}

/// The beginning of a real preview (docs/protocol/msnp.md §5.9).
#[test]
fn the_numbers_of_a_real_preview() {
    let data = bytes(b"fgIAAAMAAAAV").unwrap();
    assert_eq!(data, [0x7e, 2, 0, 0, 3, 0, 0, 0, 0x15]);
    assert_eq!(preview(&data), Err(missing(9, 20)));
}

#[test]
fn a_file_preview() {
    let data = file("héllo.txt", b"\x89PNG");
    let SlpContext::File(preview) = context(&data, Some(SessionUse::File)) else {
        panic!("{:?}", context(&data, None));
    };
    assert_eq!(preview.length, Spanned::new(574, Span::new(0, 4)));
    assert_eq!(preview.size, Spanned::new(60904, Span::new(8, 8)));
    assert_eq!(preview.name(&data), "héllo.txt");
    assert_eq!(preview.name, Span::new(20, 18));
    assert_eq!(preview.rest, Some(Span::new(540, 34)));
    assert_eq!(preview.image, Some(Span::new(574, 4)));
    for cut in 0..574 {
        assert!(matches!(
            super::preview(&data[..cut]),
            Err(Fault::Incomplete(_))
        ));
    }
}

#[test]
fn the_header_of_a_preview_has_at_least_its_numbers() {
    for (length, expected) in [
        (19_u32, "malformed"),
        (20, "whole"),
        (21, "incomplete"),
        (1 << 16, "incomplete"),
        ((1 << 16) + 1, "malformed"),
    ] {
        let mut data = length.to_le_bytes().to_vec();
        data.resize(20, 0);
        let found = match preview(&data) {
            Ok(found) => {
                assert_eq!((found.name.len, found.rest, found.image), (0, None, None));
                "whole"
            }
            Err(Fault::Incomplete(_)) => "incomplete",
            Err(Fault::Malformed { .. }) => "malformed",
        };
        assert_eq!(found, expected, "{length}");
    }
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn webcams_activities_and_closes() {
    let text = b"ewBCADgAQgBFADcAMABEAEUALQBFADIAQwBBAC0ANAA0ADAAMAAtAEEARQAwADMALQA4ADgARgBG\
        ADgANQBCADkARgA0AEUAOAB9AA==";
    let text: Vec<u8> = text.iter().copied().filter(|b| *b != b' ').collect();
    let data = bytes(&text).unwrap();
    for end in [&b""[..], &[0, 0]] {
        let data = [&data[..], end].concat();
        for purpose in [Some(SessionUse::Webcam), None] {
            let found = context(&data, purpose);
            assert_eq!(found, SlpContext::Guid(Span::new(0, 76)));
        }
    }
    let data = wide("10331021;1;Chess; Demo");
    let SlpContext::Activity(found) = context(&data, Some(SessionUse::Activity)) else {
        panic!("{:?}", context(&data, None));
    };
    let parts = [found.id, found.number, found.name].map(|span| utf16(span.of(&data)));
    assert_eq!(parts, ["10331021", "1", "Chess; Demo"]);
    for none in ["1;2", "a;1;b", "1;1;", ";;", "1;1;b\u{7}"] {
        let data = wide(none);
        assert_eq!(
            context(&data, Some(SessionUse::Activity)),
            SlpContext::Unknown,
            "{none}"
        );
    }
    let code = bytes(b"dAMAgQ==").unwrap();
    let expected = Spanned::new(0x8100_0374, Span::new(0, 4));
    assert_eq!(
        context(&code, Some(SessionUse::Close)),
        SlpContext::Code(expected)
    );
    assert_eq!(context(&code, None), SlpContext::Unknown);
}

#[test]
fn other_bytes_are_unknown() {
    for purpose in [
        None,
        Some(SessionUse::Webcam),
        Some(SessionUse::Close),
        Some(SessionUse::File),
    ] {
        assert_eq!(context(b"", purpose), SlpContext::Unknown);
        assert_eq!(context(&[0xff; 40], purpose), SlpContext::Unknown);
        assert_eq!(context(&[0; 40], purpose), SlpContext::Unknown);
    }
    assert_eq!(context(&[1, 2, 3, 4], None), SlpContext::Unknown);
    assert_eq!(bytes(b"a*b"), None);
    assert_eq!(bytes(b"YQ"), Some(b"a".to_vec()));
}
