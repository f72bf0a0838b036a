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
    /// The outline of a document. Returns `None` if its root is not `ml`, or if it has more
    /// than tags: comments, declarations, or namespaces.
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
                        outline.first = Some(account(rest, above));
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

/// The account of the contact whose tag goes on with `rest`, below the tag `above`.
fn account(rest: &[u8], above: &[u8]) -> String {
    let mut account = attribute(rest, b"n").unwrap_or_default();
    let is_open = !above.trim_ascii_end().ends_with(b"/>");
    let domain = above
        .strip_prefix(b"d")
        .filter(|rest| ends_name(rest) && is_open);
    if let Some(domain) = domain.and_then(|rest| attribute(rest, b"n")) {
        account.push('@');
        account.push_str(&domain);
    }
    account
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
            r#"<ml><d n="e.org"/><c n="x"/></ml>"#,
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
        ] {
            assert_eq!(ContactOutline::of(data.as_bytes()), None, "{data}");
        }
    }

    #[test]
    fn contacts_of_a_broken_document_are_counted() {
        for (data, first, count) in [
            ("<ml><d n=\"e.org\"><c n=\"a\"/><c n=\"b", "a@e.org", 2),
            ("<ml><d n=\"e.org\"><c n=\"a", "@e.org", 1),
            ("<ml><d n=\"e.org><c n=\"a\"/>", "a", 1),
        ] {
            let outline = ContactOutline::of(data.as_bytes()).expect("an outline");
            let found = (outline.first.as_deref(), outline.count);
            assert_eq!(found, (Some(first), count), "{data}");
        }
    }
}
