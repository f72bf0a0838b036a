use super::*;

#[test]
fn items_have_their_bytes() {
    let data = b" <Data><PSM>a &amp; b</PSM><E id=\"{1}\"><X/></E></Data>\r\n\0";
    let source = source(data).unwrap();
    let xml = source.parse().unwrap();
    assert_eq!((xml.root(), xml.forbidden), ("Data", None));
    let items = xml.items();
    let found: Vec<_> = items
        .iter()
        .map(|i| {
            let value = i.value.as_deref();
            (
                i.depth,
                i.parent,
                i.element,
                i.attribute,
                value,
                i.span.of(data),
            )
        })
        .collect();
    let whole = &data[1..data.len() - 3];
    let e = &b"<E id=\"{1}\"><X/></E>"[..];
    assert_eq!(
        found,
        [
            (0, "", "Data", None, None, whole),
            (1, "Data", "PSM", None, Some("a & b"), &b"a &amp; b"[..]),
            (1, "Data", "E", None, None, e),
            (1, "Data", "E", Some("id"), Some("{1}"), b"{1}"),
            (2, "E", "X", None, Some(""), b"<X/>"),
        ]
    );
}

/// Depth, element and text of each element.
#[test]
fn elements_after_deeper_ones_have_their_depth() {
    let data = b"<a><b><c>1</c></b><d>2<e/></d></a>";
    let source = source(data).unwrap();
    let xml = source.parse().unwrap();
    let items = xml.items();
    let found: Vec<_> = items
        .iter()
        .map(|item| (item.depth, item.element, item.value.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            (0, "a", None),
            (1, "b", None),
            (2, "c", Some("1")),
            (1, "d", None),
            (2, "e", Some("")),
        ]
    );
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes in Miri")]
fn documents_may_reach_the_limits() {
    let parse = |text: &str| source(text.as_bytes()).and_then(|it| it.parse().map(drop));
    for (text, is_valid) in [
        (format!("<a>{}</a>", "b".repeat(MAX_XML - 7)), true),
        (format!("<a>{}</a>", "b".repeat(MAX_XML - 6)), false),
        (format!("<a>{}</a>", "<b/>".repeat(9_900)), true),
        (format!("<a>{}</a>", "<b/>".repeat(10_000)), false),
    ] {
        assert_eq!(parse(&text).is_ok(), is_valid, "{}", text.len());
    }
    let attributes = |count| format!("<a {}/>", "b='' ".repeat(count));
    assert!(source(attributes(MAX_ATTRIBUTES).as_bytes()).is_ok());
    let namespaces = |count| "<a xmlns:b='c'>".repeat(count);
    assert!(source(namespaces(MAX_NAMESPACES).as_bytes()).is_ok());
}

#[test]
fn faults_have_their_span() {
    let at = |data: &[u8]| match source(data).and_then(|s| s.parse().map(drop)) {
        Err(Fault::Malformed { at, .. }) => at,
        other => panic!("{other:?}"),
    };
    assert_eq!(at(b"<a>\n<b>\xff</b></a>"), Span::new(7, 1));
    assert_eq!(at("<a>\n<é></c></a>".as_bytes()).start, 8);
    assert_eq!(at(b"").start, 0);
    assert_eq!(at(&b"<".repeat(MAX_XML + 1)).start, 0);
    let deep = [b" ".to_vec(), b"<a>".repeat(101), b"</a>".repeat(101)].concat();
    assert_eq!(at(&deep), Span::new(1, 707));
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes in Miri")]
fn deep_documents_are_rejected() {
    let deep = "<a>".repeat(20_000);
    assert!(source(deep.as_bytes()).unwrap().parse().is_err());
    let nested = |levels| format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
    let parse = |text: &str| {
        let source = source(text.as_bytes())?;
        source.parse().map(|xml| xml.items().len())
    };
    assert_eq!(parse(&nested(MAX_DEPTH)), Ok(MAX_DEPTH));
    for levels in [MAX_DEPTH + 1, 9_000] {
        assert!(parse(&nested(levels)).is_err(), "{levels}");
    }
}

/// A present-day server sends endpoint names unescaped.
#[test]
fn a_bare_ampersand_is_tolerated() {
    let data = b"<a><n>x & y &amp; z</n><c>&</c></a>";
    let source = source(data).unwrap();
    let xml = source.parse().unwrap();
    assert_eq!(xml.forbidden, Some(Span::new(8, 1)));
    let items = xml.items();
    assert_eq!(items[1].value.as_deref(), Some("x & y & z"));
    assert_eq!(items[2].value.as_deref(), Some("&"));
}

#[test]
fn documents_with_too_many_attributes_are_rejected() {
    let many = format!("<a {}/>", "b='' ".repeat(MAX_ATTRIBUTES + 1));
    assert!(source(many.as_bytes()).is_err());
    // One more than are allowed, and many more.
    for namespaces in [MAX_NAMESPACES + 1, 200] {
        let nested = "<a xmlns:b='c'>".repeat(namespaces);
        assert!(source(nested.as_bytes()).is_err());
    }
}

#[test]
fn a_value_may_be_far_from_its_name() {
    let blanks = " ".repeat(200);
    let data = format!("<a b{blanks}={blanks}'v'/>");
    let source = source(data.as_bytes()).unwrap();
    let xml = source.parse().unwrap();
    let items = xml.items();
    assert_eq!(items[1].value.as_deref(), Some("v"));
    assert_eq!(items[1].span.of(data.as_bytes()), b"v");
}
