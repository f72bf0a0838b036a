//! A document: its elements, attributes and texts, each with its bytes.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr_iter, memmem};
use roxmltree::{Document, Node, NodeType, ParsingOptions};

use crate::error::{Decoded, Fault};
use crate::span::Span;
use crate::xml::entity::{forbidden, unescape, without_forbidden};

/// Longer documents are not taken apart. Contact lists are cut at 7500 bytes by clients,
/// and real policies are 6000 bytes.
const MAX_XML: usize = 64 * 1024;
/// Nor are documents of more elements and texts.
const MAX_NODES: u32 = 10_000;
/// Nor those that nest deeper; real ones have ten levels at most.
const MAX_DEPTH: usize = 100;
/// Nor those of more attributes: the parser compares those of an element with each other.
const MAX_ATTRIBUTES: usize = 4_000;
/// Nor those of more namespaces: in nested elements the parser's work grows with their cube.
const MAX_NAMESPACES: usize = 50;

/// The text of a document, ready to be parsed.
///
/// Some servers forget to escape `&`, and some clients put control characters into names.
/// Such a text is parsed all the same, with other characters in the place of these; values
/// are always read from the bytes.
#[derive(Debug)]
pub struct XmlSource<'d> {
    /// The document without what is around it.
    text: &'d str,
    /// What is parsed, of the same length.
    parsed: Cow<'d, str>,
    /// Offset of the document in the payload.
    base: usize,
}

/// A document.
#[derive(Debug)]
pub struct Xml<'s> {
    document: Document<'s>,
    text: &'s str,
    base: usize,
    /// Where a character stands that XML forbids: see [`XmlSource`].
    pub forbidden: Option<Span>,
}

/// An element's text or an attribute, in document order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlItem<'x> {
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
    pub value: Option<Cow<'x, str>>,
    /// Where the value stands, without quotes; the whole element if it has no text.
    pub span: Span,
    /// The whole element, or attribute with its name.
    pub whole: Span,
}

/// Finds the document in a payload. White space and NUL around it do no harm.
///
/// # Errors
///
/// `Malformed` when the bytes are not UTF-8, or more than are worth the parser's time.
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

/// Whether there are too few elements for a deep tree.
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
    /// `Malformed` when it is not well-formed, or has too many elements or levels.
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

impl<'s> Xml<'s> {
    /// The name of the root element.
    pub fn root(&self) -> &'s str {
        self.document.root_element().tag_name().name()
    }

    /// The root element.
    pub fn root_node(&self) -> Node<'_, 's> {
        self.document.root_element()
    }

    /// A range of the document, in the payload.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::between(self.base + range.start, self.base + range.end)
    }

    /// The text of a range of the document, with its entities replaced.
    pub fn value(&self, range: Range<usize>) -> Cow<'s, str> {
        let text = self.text.get(range).unwrap_or_default();
        let inner = text.strip_prefix("<![CDATA[");
        match inner.and_then(|text| text.strip_suffix("]]>")) {
            Some(text) => Cow::Borrowed(text),
            None => unescape(text),
        }
    }

    /// All elements and attributes, in document order, an element before its attributes.
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
            value: Some(self.value(attribute.range_value())),
            span: self.span(attribute.range_value()),
            whole: self.span(attribute.range()),
        }));
    }
}

fn is_too_deep(document: &Document<'_>) -> bool {
    !walk(document, |_, depth| depth < MAX_DEPTH)
}

/// Visits the elements in document order, each with the number of those around it, as long
/// as `visit` agrees. Gives whether it always did.
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

/// The text of an element that has no other element in it.
fn text_of<'x, 'd>(node: Node<'x, 'd>) -> Option<Node<'x, 'd>> {
    let child = node.first_child()?;
    let is_leaf = child.node_type() == NodeType::Text && node.first_element_child().is_none();
    is_leaf.then_some(child)
}
