//! The first contact of an ADL, RML or FQY payload, the number of contacts, and whether it is the
//! list at sign-in, without parsing the document: lists have thousands, and the Info column names
//! one.
//!
//! Source: docs/protocol/msnp.md §2.4, §4.2; see [`crate::msn::msnp::wire::contact_xml`].

use memchr::{memchr, memchr_iter, memmem};

use crate::xml::unescape;

/// The outline of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ContactOutline {
    /// Account of the first contact: `user@domain`, or as much of it as there is.
    pub(crate) first: Option<String>,
    /// Number of contacts.
    pub(crate) count: usize,
}

impl ContactOutline {
    /// The outline of a document. Returns `None` if its root is not `ml`, if it has more than
    /// tags (comments, declarations, or namespaces), or if the first contact does not follow
    /// the open tag of the root, of a domain or of `t`: the parser then decides.
    ///
    /// Tags are counted wherever they are, even if the document is not well-formed.
    pub(crate) fn of(data: &[u8]) -> Option<Self> {
        let root = data.trim_ascii_start().strip_prefix(b"<ml")?;
        if !ends_name(root) || memmem::find(root, b"xmlns").is_some() {
            return None;
        }
        let mut outline = Self::default();
        let mut before = 0;
        for at in memchr_iter(b'<', root) {
            let tag = root.get(at + 1..).unwrap_or_default();
            // The tag before this one, and the text between them.
            let above = root.get(before..at).unwrap_or_default();
            match tag.split_first() {
                Some((b'!' | b'?', _)) => return None,
                Some((b'c', rest)) if ends_name(rest) => {
                    outline.count += 1;
                    if outline.count == 1 {
                        let domain = match before {
                            0 => open_tag(above).map(|_| None),
                            _ => domain(above),
                        };
                        outline.first = Some(account(rest, domain?));
                    }
                }
                _ => {}
            }
            before = at + 1;
        }
        Some(outline)
    }
}

/// Whether a document is the first list after login, by the attribute `l` of its root: see
/// [`initial_list_flag`](crate::msn::msnp::wire::contact_xml::initial_list_flag).
pub(crate) fn is_initial_list(data: &[u8]) -> bool {
    let root = data.trim_ascii_start().strip_prefix(b"<ml");
    let root = root.filter(|rest| ends_name(rest));
    root.and_then(|rest| attribute(rest, b"l")).as_deref() == Some("1")
}

/// Whether a name ends where `rest` begins.
fn ends_name(rest: &[u8]) -> bool {
    matches!(
        rest.first(),
        Some(b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>')
    )
}

/// The account of the contact whose tag goes on with `rest`.
fn account(rest: &[u8], domain: Option<String>) -> String {
    let mut account = attribute(rest, b"n").unwrap_or_default();
    if let Some(domain) = domain {
        account.push('@');
        account.push_str(&domain);
    }
    account
}

/// The domain of a contact after the tag `above`: that of an open `d`, none below an open `t`.
/// Returns `None` for other tags.
fn domain(above: &[u8]) -> Option<Option<String>> {
    match open_tag(above)?.split_first()? {
        (b'd', rest) if ends_name(rest) => Some(attribute(rest, b"n")),
        (b't', rest) if ends_name(rest) => Some(None),
        _ => None,
    }
}

/// The tag at the beginning, up to its first unquoted `>`. Returns `None` if it is empty
/// (`<d/>`), or if anything but white space follows it.
fn open_tag(text: &[u8]) -> Option<&[u8]> {
    let mut quote = None;
    let end = text.iter().position(|byte| {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), close) if open == *close => quote = None,
            _ => {}
        }
        quote.is_none() && *byte == b'>'
    })?;
    let (tag, after) = text.split_at(end + 1);
    let is_open = !tag.ends_with(b"/>") && after.trim_ascii().is_empty();
    is_open.then_some(tag)
}

/// An attribute of the tag that goes on with `rest`. Returns `None` for a tag without it, and
/// for one that is cut.
fn attribute(rest: &[u8], wanted: &[u8]) -> Option<String> {
    let mut rest = rest;
    loop {
        rest = rest.trim_ascii_start();
        let end = rest
            .iter()
            .position(|byte| matches!(byte, b'=' | b'>' | b'/'))?;
        let (name, value) = rest.split_at(end);
        let value = value.strip_prefix(b"=")?.trim_ascii_start();
        let (quote, value) = value
            .split_first()
            .filter(|(byte, _)| matches!(byte, b'"' | b'\''))?;
        let len = memchr(*quote, value)?;
        let (text, after) = value.split_at(len);
        if name.trim_ascii_end() == wanted {
            let text = String::from_utf8_lossy(text);
            return Some(unescape(&text).into_owned());
        }
        rest = after.get(1..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnp::wire::contact_xml::{contacts, initial_list_flag};
    use crate::xml::source;

    #[test]
    fn outlines_are_those_of_the_parsed_documents() {
        for data in [
            r#"<ml l="1"><d n="example.com"><c n="alice" l="3" t="1" /><c n="b"/></d></ml>"#,
            r#"<ml><t><c n="tel:+15551111222" l="3" /></t><d n='e.org'><c n='c'></c></d></ml>"#,
            r#"<ml><d n="e.org"><c l="3" n = "a&amp;b&#x40;" f="x"><s n="IM" l="3"/></c></d></ml>"#,
            r#"<ml><d n="e.org"><c l="/>" n="a"/></d><d><c n="b"/></d></ml>"#,
            r#"<ml><d><c n="b"/></d></ml>"#,
            r#"<ml><d n="e.org"><c/></d></ml>"#,
            r#"<ml t="a" l = '&#49;'/>"#,
            r#"<ml l="11"/>"#,
            r#"<ml a="l"><c l="1"/></ml>"#,
            r#"<ml><c n="x"/></ml>"#,
            r#"<ml a=">"> <c n="x"/></ml>"#,
            r#"<ml><d n="/>'"> <c n="x"/></d></ml>"#,
            r#"<ml><d n="e.org"><c n="y"/><circle n="x"/></d></ml>"#,
            "\r\n<ml l=\"1\"></ml>\0",
            "<ml/>",
        ] {
            let source = source(data.as_bytes()).expect(data);
            let xml = source.parse().expect(data);
            let flag = initial_list_flag(&xml).is_some_and(|flag| flag.value == "1");
            assert_eq!(is_initial_list(data.as_bytes()), flag, "{data}");
            let found = contacts(&xml);
            let expected = ContactOutline {
                first: found.first().map(|contact| contact.account.value.clone()),
                count: found.len(),
            };
            assert_eq!(
                ContactOutline::of(data.as_bytes()),
                Some(expected),
                "{data}"
            );
        }
    }

    /// Which domain is that of the first contact, the parser decides.
    #[test]
    fn a_contact_elsewhere_has_no_outline() {
        for data in [
            r#"<ml><d n="e.org"><x/><c n="a"/></d></ml>"#,
            r#"<ml><d n="e.org"/>text<c n="x"/></ml>"#,
            r#"<ml><d n="e.org">/><c n="a"/></d></ml>"#,
            r#"<ml><d n="e.org"/><c n="x"/></ml>"#,
            r#"<ml><t/><c n="x"/></ml>"#,
            r#"<ml>text<c n="x"/></ml>"#,
            r#"<ml><dd n="e.org"><c n="x"/></dd></ml>"#,
            r#"<ml><tt><c n="x"/></tt></ml>"#,
            r#"<ml><d n="e.org"><t></t><c n="x"/></d></ml>"#,
        ] {
            let source = source(data.as_bytes()).expect(data);
            assert_eq!(contacts(&source.parse().expect(data)).len(), 1, "{data}");
            assert_eq!(ContactOutline::of(data.as_bytes()), None, "{data}");
        }
    }

    #[test]
    fn other_documents_have_no_outline() {
        for data in [
            "",
            "<ml",
            "<mll><c n=\"a\"/></mll>",
            "<ml><!-- <c n=\"a\"/> --></ml>",
            "<?xml version=\"1.0\"?><ml/>",
            "<ml xmlns=\"x\"><c n=\"a\"/></ml>",
            "<Data><PSM>x</PSM></Data>",
            "<ml><d n=\"e.org><c n=\"a\"/>",
        ] {
            assert_eq!(ContactOutline::of(data.as_bytes()), None, "{data}");
        }
    }

    #[test]
    fn contacts_of_a_broken_document_are_counted() {
        for (data, first, count) in [
            ("<ml><d n=\"e.org\"><c n=\"a\"/><c n=\"b", "a@e.org", 2),
            ("<ml><d n=\"e.org\"><c n=\"a", "@e.org", 1),
        ] {
            let outline = ContactOutline::of(data.as_bytes()).expect("an outline");
            let found = (outline.first.as_deref(), outline.count);
            assert_eq!(found, (Some(first), count), "{data}");
        }
    }
}
