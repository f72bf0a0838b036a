//! Documents of one level, such as most about presence:
//! `<Data><PSM>text</PSM><CurrentMedia></CurrentMedia></Data>`.
//!
//! They are read without a parser, which takes several times as long. Whatever has attributes,
//! entities, deeper elements or anything else is no such document.

use memchr::memchr;

use crate::byte_kinds::kinds_in;

/// The elements below the root.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FlatDocument<'d> {
    /// Name of the root.
    pub(crate) root: &'d str,
    inner: &'d str,
}

/// An element: its name and its text.
pub(crate) type FlatElement<'d> = (&'d str, &'d str);

impl<'d> FlatDocument<'d> {
    /// Reads a document. Returns `None` for any other than such a document, well-formed or not.
    pub(crate) fn of(data: &'d [u8]) -> Option<Self> {
        let is_other = |byte: u8| {
            u8::from(byte == b'&')
                | u8::from(byte == b'\'')
                | u8::from(byte == b'"')
                | u8::from(byte < b' ' && byte != b'\r' && byte != b'\n')
        };
        let text = data.trim_ascii();
        if kinds_in(text, is_other) != 0 {
            return None;
        }
        let text = core::str::from_utf8(text).ok()?;
        let (root, rest) = opening(text)?;
        let inner = rest.strip_suffix('>')?.strip_suffix(root)?;
        let flat = Self {
            root,
            inner: inner.strip_suffix("</")?,
        };
        flat.all().all(|element| element.is_some()).then_some(flat)
    }

    /// The elements, in order.
    pub(crate) fn elements(self) -> impl Iterator<Item = FlatElement<'d>> {
        self.all().flatten()
    }

    /// The elements; `None` and no more where something else begins.
    fn all(self) -> impl Iterator<Item = Option<FlatElement<'d>>> {
        let mut rest = Some(self.inner);
        core::iter::from_fn(move || {
            let text = rest.filter(|rest| !rest.is_empty())?;
            let next = element(text);
            rest = next.map(|(_, after)| after);
            Some(next.map(|(element, _)| element))
        })
    }
}

/// The element at the beginning, and what follows it.
fn element(text: &str) -> Option<(FlatElement<'_>, &str)> {
    let (name, rest) = opening(text)?;
    let (value, end) = rest.split_at(memchr(b'<', rest.as_bytes())?);
    let after = end.strip_prefix("</")?.strip_prefix(name)?;
    // A text within which XML ends a section is not well-formed.
    let is_text = !value.contains("]]>");
    Some(((name, value), after.strip_prefix('>').filter(|_| is_text)?))
}

/// The name of the opening tag at the beginning, and what follows it.
fn opening(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix('<')?.split_once('>')?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && name.starts_with(|first: char| first.is_ascii_alphabetic());
    is_name.then_some((name, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::source;

    #[test]
    fn elements_are_those_of_the_parsed_document() {
        for data in [
            "<Data><PSM>a b \u{e9}\r\nc</PSM><CurrentMedia></CurrentMedia></Data>",
            "\r\n<Data></Data>\r\n",
            "<a><b>1</b><b> 2 </b></a>",
            "<a><a>1</a></a>",
            "<a><b>]] > x</b></a>",
        ] {
            let source = source(data.as_bytes()).expect(data);
            let xml = source.parse().expect(data);
            let flat = FlatDocument::of(data.as_bytes()).expect(data);
            assert_eq!(flat.root, xml.root());
            let items = xml.items();
            let below = items.iter().skip(1);
            let expected: Vec<_> = below
                .map(|item| (item.element, item.value.as_deref().expect("a text")))
                .collect();
            assert_eq!(flat.elements().collect::<Vec<_>>(), expected, "{data}");
        }
    }

    #[test]
    fn other_documents_are_not_read() {
        for data in [
            "",
            "<Data>",
            "</Data>",
            "<Data/>",
            "<Data>text</Data>",
            "<Data><PSM>a</PSM> </Data>",
            "<Data><PSM>a</PSM></Date>",
            "<Data><PSM>a</PSN></Data>",
            "<Data><PSM>a</PSM><PSM></Data>",
            "<Data><PSM/></Data>",
            "<Data><PSM>a &amp; b</PSM></Data>",
            "<Data><PSM a=\"1\">a</PSM></Data>",
            "<Data><E><PSM>a</PSM></E></Data>",
            "<Data><PSM>a\u{3}</PSM></Data>",
            "<Data><PSM>a]]></PSM></Data>",
            "<Data><!-- x --></Data>",
            "<Data><1>a</1></Data>",
            "<><b>x</b></>",
        ] {
            assert!(FlatDocument::of(data.as_bytes()).is_none(), "{data}");
        }
        assert!(FlatDocument::of(b"<a><b>\xff</b></a>").is_none());
    }
}
