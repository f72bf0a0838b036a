//! XML: limits on depth, size and time that Wireshark's dissector can handle.
//!
//! That dissector is not an XML parser: it accepts only ASCII names, and does not close
//! an element at a tag that it cannot parse. So a document is measured by the dissector's
//! rules, not by those of XML: whatever may open an element there counts as opening one,
//! and only what is certain to close one counts as closing it.

#[cfg(test)]
mod tests;

use memchr::memmem;

use crate::handoff::wire::admitted::Admitted;

/// Maximum length of a document, in bytes. Real ones have at most a tenth of it.
const MAX_BYTES: usize = 256 * 1024;
/// Maximum nesting depth: real documents have ten levels, and Wireshark reports a tree of
/// more than 500 levels as a bug.
const MAX_LEVELS: usize = 100;
/// Items for a tag that the dissector can parse, and for the text after it.
const ITEMS_OF_TAG: usize = 3;
/// Items for other markup, which it reports as an error, and for the text after it.
const ITEMS_OF_MARKUP: usize = 16;
/// Items for an attribute.
const ITEMS_OF_ATTRIBUTE: usize = 2;
/// Items for the document itself.
const ITEMS_AT_LEAST: usize = 16;
/// Encodings in which the dissector reads markup from the same bytes as this module.
const ENCODINGS: [&[u8]; 6] = [
    b"utf-8",
    b"utf8",
    b"us-ascii",
    b"ascii",
    b"iso-8859-1",
    b"windows-1252",
];
/// Elements whose text the dissector decodes and hands to Kerberos, or tries to decrypt;
/// the last one crashes it if it has no parent element.
const OF_SECURITY: [&[u8]; 3] = [b"BinarySecurityToken", b"DerivedKeyToken", b"CipherValue"];

pub(super) fn guard(part: &[u8]) -> Option<Admitted> {
    let text = part.strip_prefix(b"\xef\xbb\xbf").unwrap_or(part);
    let text = text.trim_ascii_start();
    let is_in_text = |name: &&[u8]| memmem::find(text, name).is_some();
    if part.len() > MAX_BYTES
        || text.first() != Some(&b'<')
        || !is_readable(part)
        || OF_SECURITY.iter().any(is_in_text)
    {
        return None;
    }
    Some(Admitted {
        len: part.len(),
        items: count_items(text)?,
    })
}

/// Whether the first bytes declare no encoding other than [`ENCODINGS`]. The dissector
/// searches the first 100 bytes for a declaration, whatever they are.
fn is_readable(part: &[u8]) -> bool {
    const LOOKED_AT: usize = 256;
    const NAME: &[u8] = b"encoding";
    let head = part.get(..part.len().min(LOOKED_AT)).unwrap_or(part);
    let lower = head.to_ascii_lowercase();
    memmem::find_iter(&lower, NAME).all(|at| {
        let after = lower.get(at + NAME.len()..).unwrap_or_default();
        match after.trim_ascii_start().strip_prefix(b"=") {
            Some(value) => is_known(value.trim_ascii_start()),
            None => true,
        }
    })
}

/// Whether `value` starts with a quoted one of [`ENCODINGS`].
fn is_known(value: &[u8]) -> bool {
    let Some((quote @ (b'"' | b'\''), rest)) = value.split_first() else {
        return false;
    };
    let name = rest.split(|byte| byte == quote).next();
    name.is_some_and(|name| ENCODINGS.contains(&name))
}

/// Upper bound of the items of the tree. Returns `None` if it is too deep, or markup has
/// no end.
fn count_items(text: &[u8]) -> Option<usize> {
    let mut items = ITEMS_AT_LEAST;
    let mut levels = 0_usize;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', text.get(at..)?) {
        let start = at + found;
        let markup = text.get(start + 1..)?;
        let mut cost = ITEMS_OF_MARKUP;
        let used = match markup.first() {
            Some(b'!') if markup.starts_with(b"!--") => 3 + ended_by(markup.get(3..)?, b"-->")?,
            Some(b'!') if markup.starts_with(b"![CDATA[") => {
                8 + ended_by(markup.get(8..)?, b"]]>")?
            }
            // A document type is a level that only its own end closes. Its content
            // counts.
            Some(b'!') => {
                ended_by(markup, b">")?;
                levels += 1;
                1
            }
            Some(b'?') => {
                ended_by(markup, b"?>")?;
                1
            }
            Some(b'/') => match closing(markup) {
                Some(len) => {
                    if levels > 0 {
                        cost = ITEMS_OF_TAG;
                    }
                    levels = levels.saturating_sub(1);
                    len
                }
                None => 1,
            },
            _ => match tag(markup) {
                Some(tag) => {
                    cost = ITEMS_OF_TAG + tag.attributes * ITEMS_OF_ATTRIBUTE;
                    levels += usize::from(!tag.is_closed);
                    tag.len
                }
                None => {
                    levels += 1;
                    0
                }
            },
        };
        if levels >= MAX_LEVELS {
            return None;
        }
        at = start + 1 + used;
        items += cost;
        if cost == ITEMS_OF_MARKUP {
            // It may have attributes.
            let end = memchr::memchr(b'<', markup).unwrap_or(markup.len());
            let signs = memchr::memchr_iter(b'=', markup.get(..end)?).count();
            items += signs * ITEMS_OF_ATTRIBUTE;
        }
    }
    // Ends of document types without a beginning.
    let ends = memchr::memchr_iter(b']', text).count();
    Some(items + ends * ITEMS_OF_MARKUP)
}

/// Length up to and including `end`. The dissector searches for it from every start of
/// markup, so that its time is quadratic in the length if it is missing.
fn ended_by(text: &[u8], end: &[u8]) -> Option<usize> {
    memmem::find(text, end).map(|at| at + end.len())
}

/// Length of the closing tag `/name>` at the beginning of `markup`.
fn closing(markup: &[u8]) -> Option<usize> {
    let name = name(markup, 1)?;
    let end = 1 + name;
    (markup.get(end) == Some(&b'>')).then_some(end + 1)
}

/// An opening or empty-element tag.
#[derive(Debug, Clone, Copy)]
struct XmlTag {
    len: usize,
    attributes: usize,
    /// It ends with `/>`.
    is_closed: bool,
}

/// Reads `name attribute="value" />`, with or without the `/`. Returns `None` if the
/// dissector may not parse it.
fn tag(markup: &[u8]) -> Option<XmlTag> {
    let mut len = name(markup, 0)?;
    let mut attributes = 0;
    loop {
        let blank = blank(markup, len);
        len += blank;
        let rest = markup.get(len..)?;
        let is_closed = rest.starts_with(b"/>");
        if is_closed || rest.starts_with(b">") {
            return Some(XmlTag {
                len: len + 1 + usize::from(is_closed),
                attributes,
                is_closed,
            });
        }
        if blank == 0 {
            return None;
        }
        len += name(markup, len)?;
        let [b'=', quote @ (b'"' | b'\''), rest @ ..] = markup.get(len..)? else {
            return None;
        };
        let value = memchr::memchr3(*quote, b'\\', b'<', rest)?;
        if rest.get(value) != Some(quote) {
            return None;
        }
        len += 2 + value + 1;
        attributes += 1;
    }
}

/// Length of the name at `at`, with at most one prefix.
fn name(markup: &[u8], at: usize) -> Option<usize> {
    let rest = markup.get(at..)?;
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'-' | b'_');
    let len = rest.iter().take_while(is_part).count();
    if len == 0 {
        return None;
    }
    if rest.get(len) != Some(&b':') {
        return Some(len);
    }
    let local = rest.get(len + 1..)?.iter().take_while(is_part).count();
    (local > 0).then_some(len + 1 + local)
}

fn blank(markup: &[u8], at: usize) -> usize {
    let rest = markup.get(at..).unwrap_or_default();
    let is_blank = |byte: &&u8| matches!(**byte, b' ' | b'\t' | b'\r' | b'\n');
    rest.iter().take_while(is_blank).count()
}
