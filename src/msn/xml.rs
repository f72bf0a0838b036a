//! XML payloads: elements, attributes and texts, each with its bytes.
//!
//! Source: protocol reference, MSNP §2.4 (ADL, RML, FQY), §5.4, §5.5, §5.13.

use std::borrow::Cow;
use std::ops::Range;

use roxmltree::{Document, Node, NodeType, ParsingOptions};

use crate::error::{Decoded, Fault};
use crate::span::Span;

/// Longer documents are not taken apart. Contact lists are cut at 7500 bytes by clients,
/// and real policies are 6000 bytes.
pub const MAX_XML: usize = 64 * 1024;
/// Nor are documents of more elements and texts.
const MAX_NODES: u32 = 10_000;

/// A document.
#[derive(Debug)]
pub struct Xml<'d> {
    document: Document<'d>,
    /// Offset of the document in the payload.
    base: usize,
}

/// An element's text or an attribute, in document order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'x> {
    /// Name of the element around the element; empty for the root.
    pub parent: &'x str,
    /// Name of the element.
    pub element: &'x str,
    /// Name of the attribute; `None` when this is the element itself.
    pub attribute: Option<&'x str>,
    /// Elements around the element.
    pub depth: usize,
    /// The attribute's value or the element's text, with its entities replaced. `None` for
    /// an element that has other elements in it.
    pub value: Option<&'x str>,
    /// Where the value stands, without quotes; the whole element if it has no text.
    pub span: Span,
    /// The whole element, or attribute with its name.
    pub whole: Span,
}

/// Parses a payload. White space and NUL around the document do no harm.
///
/// # Errors
///
/// `Malformed` when the bytes are no well-formed XML in UTF-8, or more than [`MAX_XML`].
pub fn parse(data: &[u8]) -> Decoded<Xml<'_>> {
    let blank = |byte: &&u8| byte.is_ascii_whitespace() || **byte == 0;
    let base = data.iter().take_while(blank).count();
    let rest = data.get(base..).unwrap_or_default();
    let tail = rest.iter().rev().take_while(blank).count();
    let bytes = rest.get(..rest.len() - tail).unwrap_or_default();
    if bytes.len() > MAX_XML {
        return Err(malformed("The XML is too long", base, data.len()));
    }
    let text = match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = base + error.valid_up_to();
            return Err(malformed("The XML is not UTF-8", at, at + 1));
        }
    };
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    match Document::parse_with_options(text, options) {
        Ok(document) => Ok(Xml { document, base }),
        Err(error) => {
            let at = base + offset(text, error.pos());
            Err(malformed("The XML is not well-formed", at, data.len()))
        }
    }
}

fn malformed(what: &'static str, start: usize, end: usize) -> Fault {
    Fault::Malformed {
        what,
        at: Span::between(start, end),
    }
}

/// Rows and columns count from 1, columns in characters.
fn offset(text: &str, pos: roxmltree::TextPos) -> usize {
    let row = pos.row.saturating_sub(1) as usize;
    let column = pos.col.saturating_sub(1) as usize;
    let mut start = 0;
    for line in text.split_inclusive('\n').take(row) {
        start += line.len();
    }
    let line = text.get(start..).unwrap_or_default();
    let column = line.char_indices().nth(column);
    start + column.map_or(line.len(), |(at, _)| at)
}

impl<'d> Xml<'d> {
    /// The name of the root element.
    pub fn root(&self) -> &str {
        self.document.root_element().tag_name().name()
    }

    /// The root element.
    pub fn root_node(&self) -> Node<'_, 'd> {
        self.document.root_element()
    }

    /// A range of the document, in the payload.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::between(self.base + range.start, self.base + range.end)
    }

    /// All elements and attributes, in document order, an element before its attributes.
    pub fn items(&self) -> Vec<Item<'_>> {
        let mut items = Vec::new();
        let mut depth = 0_usize;
        let mut next = Some(self.document.root_element());
        while let Some(node) = next {
            self.push(node, depth, &mut items);
            next = match node.first_element_child() {
                Some(child) => {
                    depth += 1;
                    Some(child)
                }
                None => following(node, &mut depth),
            };
        }
        items
    }

    fn push<'x>(&'x self, node: Node<'x, 'd>, depth: usize, items: &mut Vec<Item<'x>>) {
        let parent = node.parent_element();
        let parent = parent.map_or("", |node| node.tag_name().name());
        let element = node.tag_name().name();
        let whole = self.span(node.range());
        let text = text_of(node);
        items.push(Item {
            parent,
            element,
            attribute: None,
            depth,
            value: match text {
                Some(text) => text.text(),
                None => node.first_element_child().is_none().then_some(""),
            },
            span: text.map_or(whole, |text| self.span(text.range())),
            whole,
        });
        items.extend(node.attributes().map(|attribute| Item {
            parent,
            element,
            attribute: Some(attribute.name()),
            depth,
            value: Some(attribute.value()),
            span: self.span(attribute.range_value()),
            whole: self.span(attribute.range()),
        }));
    }
}

/// The next element that is not inside `node`.
fn following<'x, 'd>(node: Node<'x, 'd>, depth: &mut usize) -> Option<Node<'x, 'd>> {
    let mut node = node;
    loop {
        if *depth == 0 {
            return None;
        }
        if let Some(sibling) = node.next_sibling_element() {
            return Some(sibling);
        }
        node = node.parent_element()?;
        *depth -= 1;
    }
}

/// The text of an element that has no other element in it.
pub fn text_of<'x, 'd>(node: Node<'x, 'd>) -> Option<Node<'x, 'd>> {
    let child = node.first_child()?;
    let is_leaf = child.node_type() == NodeType::Text && node.first_element_child().is_none();
    is_leaf.then_some(child)
}

/// Replaces the entities of XML in text that is not part of a document.
pub fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, from) = rest.split_at(start);
        plain.push_str(before);
        match entity(from) {
            Some((char, len)) => {
                plain.push(char);
                rest = from.get(len..).unwrap_or_default();
            }
            None => {
                plain.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The entity at the beginning: its character and length.
fn entity(text: &str) -> Option<(char, usize)> {
    /// The longest: `&#x10FFFF;`, with some leading zeros.
    const LONGEST: usize = 16;
    let end = text.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    let char = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((char, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_have_their_bytes() {
        let data = b" <Data><PSM>a &amp; b</PSM><E id=\"{1}\"><X/></E></Data>\r\n\0";
        let xml = parse(data).unwrap();
        assert_eq!(xml.root(), "Data");
        let found: Vec<_> = xml
            .items()
            .into_iter()
            .map(|i| {
                (
                    i.depth,
                    i.parent,
                    i.element,
                    i.attribute,
                    i.value,
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

    #[test]
    fn faults_stand_where_they_are() {
        let at = |data: &[u8]| match parse(data) {
            Err(Fault::Malformed { at, .. }) => at,
            other => panic!("{other:?}"),
        };
        assert_eq!(at(b"<a>\n<b>\xff</b></a>"), Span::new(7, 1));
        assert_eq!(at("<a>\n<é></c></a>".as_bytes()).start, 8);
        assert_eq!(at(b"").start, 0);
        assert_eq!(at(&b"<".repeat(MAX_XML + 1)).start, 0);
    }

    #[test]
    fn deep_documents_are_no_danger() {
        let deep = "<a>".repeat(20_000);
        assert!(parse(deep.as_bytes()).is_err());
        let deep = format!("{}{}", "<a>".repeat(9_000), "</a>".repeat(9_000));
        assert_eq!(parse(deep.as_bytes()).unwrap().items().len(), 9_000);
    }

    #[test]
    fn entities_are_replaced_and_the_rest_stays() {
        assert_eq!(unescape("a&lt;b&gt;&#x26;&#233;&amp;lt;"), "a<b>&é&lt;");
        assert_eq!(
            unescape("R&D & &nope; &#xd800; &"),
            "R&D & &nope; &#xd800; &"
        );
    }
}
