//! XML documents: elements, attributes and texts, each with its span.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr_iter, memmem};
use roxmltree::{Attribute, Document, Node, NodeType, ParsingOptions};

use crate::error::{Decoded, Fault};
use crate::span::Span;
use crate::xml::entity::{forbidden, unescape, without_forbidden};

/// Maximum length of a document, in bytes. Clients split contact lists at 7500 bytes, and
/// real policies have 6000.
const MAX_XML: usize = 64 * 1024;
/// Maximum number of elements and texts.
const MAX_NODES: u32 = 10_000;
/// Maximum nesting depth; real documents have at most ten levels.
const MAX_DEPTH: usize = 100;
/// Maximum number of attributes: the parser compares those of an element pairwise.
const MAX_ATTRIBUTES: usize = 4_000;
/// Maximum number of namespaces: the parser's time is cubic in them in nested elements.
const MAX_NAMESPACES: usize = 50;

/// The text of a document, ready for parsing.
///
/// Some servers do not escape `&`, and some clients put control characters into names.
/// Such characters are replaced for the parser; values are always taken from the original
/// text.
#[derive(Debug)]
pub struct XmlSource<'d> {
    /// The document without surrounding white space and NUL.
    text: &'d str,
    /// The text for the parser, of the same length.
    parsed: Cow<'d, str>,
    /// Offset of the document in the payload.
    base: usize,
}

/// A parsed document.
#[derive(Debug)]
pub struct Xml<'s> {
    document: Document<'s>,
    text: &'s str,
    base: usize,
    /// The first character that XML forbids: see [`XmlSource`].
    pub forbidden: Option<Span>,
}

/// An element's text or an attribute, in document order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlItem<'x> {
    /// Name of the parent element; empty for the root.
    pub parent: &'x str,
    /// Name of the element.
    pub element: &'x str,
    /// Name of the attribute; `None` for the element itself.
    pub attribute: Option<&'x str>,
    /// Number of ancestors of the element.
    pub depth: usize,
    /// The attribute's value or the element's text, with entities decoded. `None` for an
    /// element with child elements.
    pub value: Option<Cow<'x, str>>,
    /// Span of the value, without quotes; of the whole element if it has no text.
    pub span: Span,
    /// Span of the whole element, or of the attribute with its name.
    pub whole: Span,
}

/// Prepares the document in a payload for parsing, without white space and NUL around it.
///
/// # Errors
///
/// `Malformed` if the bytes are not UTF-8, or exceed a limit of this module.
pub fn source(data: &[u8]) -> Decoded<XmlSource<'_>> {
    let blank = |byte: &&u8| byte.is_ascii_whitespace() || **byte == 0;
    let base = data.iter().take_while(blank).count();
    let rest = data.get(base..).unwrap_or_default();
    let tail = rest.iter().rev().take_while(blank).count();
    let bytes = rest.get(..rest.len() - tail).unwrap_or_default();
    if bytes.len() > MAX_XML {
        return Err(malformed("The XML is too long", base, data.len()));
    }
    let attributes = memchr_iter(b'=', bytes).count();
    let namespaces = memmem::find_iter(bytes, b"xmlns").count();
    if attributes > MAX_ATTRIBUTES || namespaces > MAX_NAMESPACES {
        let what = "The XML has too many attributes";
        return Err(malformed(what, base, data.len()));
    }
    match core::str::from_utf8(bytes) {
        Ok(text) => Ok(XmlSource {
            text,
            parsed: without_forbidden(text),
            base,
        }),
        Err(error) => {
            let at = base + error.valid_up_to();
            Err(malformed("The XML is not UTF-8", at, at + 1))
        }
    }
}

/// Whether there are too few tags to exceed [`MAX_DEPTH`].
fn is_shallow(bytes: &[u8]) -> bool {
    memchr_iter(b'<', bytes).count() <= MAX_DEPTH
}

fn malformed(what: &'static str, start: usize, end: usize) -> Fault {
    Fault::Malformed {
        what,
        at: Span::between(start, end),
    }
}

impl XmlSource<'_> {
    /// Parses the document.
    ///
    /// # Errors
    ///
    /// `Malformed` if it is not well-formed, or has too many elements or levels.
    pub fn parse(&self) -> Decoded<Xml<'_>> {
        let options = ParsingOptions {
            nodes_limit: MAX_NODES,
            ..ParsingOptions::default()
        };
        match Document::parse_with_options(&self.parsed, options) {
            Ok(document) if !is_shallow(self.text.as_bytes()) && is_too_deep(&document) => {
                let what = "The XML is nested too deeply";
                Err(malformed(what, self.base, self.base + self.text.len()))
            }
            Ok(document) => Ok(Xml {
                document,
                text: self.text,
                base: self.base,
                forbidden: forbidden(self.text, 0).map(|at| Span::new(self.base + at, 1)),
            }),
            Err(error) => {
                let start = self.base + offset(self.text, error.pos());
                let end = self.base + self.text.len();
                Err(malformed("The XML is not well-formed", start, end))
            }
        }
    }
}

/// Converts a position to a byte offset. Rows and columns (in characters) count from 1.
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

impl<'s> Xml<'s> {
    /// The name of the root element.
    pub fn root(&self) -> &'s str {
        self.document.root_element().tag_name().name()
    }

    /// The root element.
    pub fn root_node(&self) -> Node<'_, 's> {
        self.document.root_element()
    }

    /// Converts a range of the document to a span of the payload.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::between(self.base + range.start, self.base + range.end)
    }

    /// The text of a range of the document, with entities decoded.
    pub fn value(&self, range: Range<usize>) -> Cow<'s, str> {
        let text = self.text.get(range).unwrap_or_default();
        let inner = text.strip_prefix("<![CDATA[");
        match inner.and_then(|text| text.strip_suffix("]]>")) {
            Some(text) => Cow::Borrowed(text),
            None => unescape(text),
        }
    }

    /// Where the value of `attribute` is in the document, without quotes. The parser's
    /// `range_value` is wrong if there are more than 255 bytes between name and value.
    pub fn value_range(&self, attribute: Attribute<'_, '_>) -> Range<usize> {
        let whole = attribute.range();
        let text = self.text.get(whole.clone()).unwrap_or_default();
        let start = text.find(['"', '\'']).map_or(text.len(), |quote| quote + 1);
        whole.start + start..whole.end.saturating_sub(1)
    }

    /// All elements, each followed by its attributes, in document order.
    pub fn items(&self) -> Vec<XmlItem<'_>> {
        let mut items = Vec::new();
        walk(&self.document, |node, depth| {
            self.push(node, depth, &mut items);
            true
        });
        items
    }

    fn push<'x>(&'x self, node: Node<'x, 's>, depth: usize, items: &mut Vec<XmlItem<'x>>) {
        let parent = node.parent_element();
        let parent = parent.map_or("", |node| node.tag_name().name());
        let element = node.tag_name().name();
        let whole = self.span(node.range());
        let text = text_of(node);
        items.push(XmlItem {
            parent,
            element,
            attribute: None,
            depth,
            value: match text {
                Some(text) => Some(self.value(text.range())),
                None => node.first_element_child().is_none().then_some("".into()),
            },
            span: text.map_or(whole, |text| self.span(text.range())),
            whole,
        });
        items.extend(node.attributes().map(|attribute| XmlItem {
            parent,
            element,
            attribute: Some(attribute.name()),
            depth,
            value: Some(self.value(self.value_range(attribute))),
            span: self.span(self.value_range(attribute)),
            whole: self.span(attribute.range()),
        }));
    }
}

fn is_too_deep(document: &Document<'_>) -> bool {
    !walk(document, |_, depth| depth < MAX_DEPTH)
}

/// Visits the elements in document order, each with the number of its ancestors, until
/// `visit` returns `false`. Returns whether all were visited.
fn walk<'x, 'd>(
    document: &'x Document<'d>,
    mut visit: impl FnMut(Node<'x, 'd>, usize) -> bool,
) -> bool {
    let mut depth = 0_usize;
    let mut next = Some(document.root_element());
    while let Some(node) = next {
        if !visit(node, depth) {
            return false;
        }
        next = match node.first_element_child() {
            Some(child) => {
                depth += 1;
                Some(child)
            }
            None => following(node, &mut depth),
        };
    }
    true
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

/// The text of an element without child elements.
fn text_of<'x, 'd>(node: Node<'x, 'd>) -> Option<Node<'x, 'd>> {
    let child = node.first_child()?;
    let is_leaf = child.node_type() == NodeType::Text && node.first_element_child().is_none();
    is_leaf.then_some(child)
}
