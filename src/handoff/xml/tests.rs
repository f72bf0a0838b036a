use super::*;

fn admits(text: &str) -> bool {
    guard(text.as_bytes()).is_some()
}

#[test]
fn documents_of_msn_are_admitted() {
    assert!(admits(
        "<Data><PSM>a</PSM><E id=\"{1}\"><X/></E></Data>\r\n"
    ));
    assert!(admits("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a/>"));
    assert!(admits("<?xml version='1.0' encoding = 'Us-Ascii'?><a/>"));
    assert!(admits("<a>an encoding of text</a>"));
    assert!(admits("\u{feff} <!-- c --><![CDATA[ <b> ]]><a>b</a>"));
    assert!(admits("<!DOCTYPE a><a><b c=d></a>"));
    let rows = "<d n=\"example.com\"><c n=\"a\" l=\"1\" t=\"1\" /></d>".repeat(400);
    assert!(admits(&format!("<ml l=\"1\">{rows}</ml>")));
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes in Miri")]
fn nesting_is_bounded() {
    for levels in [50, 99] {
        assert!(admits(&"<a>".repeat(levels)), "{levels}");
        let both = format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
        assert!(admits(&both.repeat(9)), "{levels}");
    }
    for one in [
        "<a>",
        "<a:b c=\"d\">",
        "<\u{e9}>",
        "< a >",
        "<a b='\\'/>",
        "<a b=c/>",
        "<a \u{e9}='b'/>",
        "<a></a:b:c>",
        "<a></\u{e9}>",
        "<!DOCTYPE a [ <!ELEMENT b> ",
    ] {
        assert!(!admits(&one.repeat(110)), "{one}");
        assert!(!admits(&one.repeat(9_000)), "{one}");
    }
}

/// Well-formed and shallow for an XML parser, but not for Wireshark's dissector.
#[test]
fn elements_that_the_dissector_does_not_close_count() {
    let text = format!("<r>{}</r>", "<a></a.b>".repeat(200));
    assert!(!admits(&text));
    let text = format!("<r>{}</r>", "<a></a>".repeat(200));
    assert!(admits(&text));
}

#[test]
fn markup_without_end_is_refused() {
    for one in ["<!-- ", "<![CDATA[ ", "<!a ", "<?a "] {
        assert!(!admits(&one.repeat(9)), "{one}");
    }
}

#[test]
fn other_encodings_are_refused() {
    assert!(!admits("<?xml version=\"1.0\" encoding=\"IBM037\"?><a/>"));
    assert!(!admits("<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>"));
    assert!(!admits("<?xml version=\"1.0\" encoding=?><a/>"));
    assert!(!admits("<!-- <?xml encoding='IBM037'?> --><a/>"));
    assert!(guard(b"\xff\xfe<\0a\0>\0").is_none());
    assert!(guard(b"\xfe\xff\0<\0a\0>").is_none());
    let wide: Vec<u8> = "<a>"
        .repeat(200)
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(guard(&wide).is_none());
}

/// The dissector would hand them to Kerberos, or crash on them.
#[test]
fn elements_of_web_services_security_are_refused() {
    assert!(!admits("<CipherValue>a</CipherValue>"));
    assert!(!admits("<a><b:DerivedKeyToken u:Id='c'/></a>"));
    assert!(!admits("<BinarySecurityToken>a</BinarySecurityToken>"));
    assert!(admits("<SecurityToken>a</SecurityToken>"));
}

#[test]
fn other_text_is_refused() {
    assert!(!admits("") && !admits("a") && !admits("{\"a\": [[[]]]}"));
    assert!(!admits(&"<a/>".repeat(70_000)));
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes in Miri")]
fn items_are_counted() {
    let items = |text: &str| guard(text.as_bytes()).map(|admitted| admitted.items);
    assert!(items(&"</ ".repeat(9_000)) > Some(9_000 * 8));
    assert!(items(&"</a>".repeat(9_000)) > Some(9_000 * 8));
    assert!(items(&format!("<a>{}", "]>".repeat(9_000))) > Some(9_000 * 8));
    let attributes = format!("<a {}>", "b=\"\" ".repeat(5_000));
    assert!(items(&attributes) > Some(5_000));
}
