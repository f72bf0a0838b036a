//! XML: no deeper, no larger and no slower than Wireshark's dissector bears.
//!
//! That dissector is no XML parser: it knows names of ASCII alone, and closes nothing that it
//! does not understand. So a document is measured here by its rules, and by none of XML's:
//! what may open an element there counts as opening one, and only what surely closes one
//! counts as closing it.

#[cfg(test)]
mod tests;

use memchr::memmem;

use crate::handoff::wire::admitted::Admitted;

/// Longer ones are not given away. Real ones are a tenth of it at most.
const MOST_BYTES: usize = 256 * 1024;
/// Nor are deeper ones: real ones have ten levels, and a tree of more than 500 is a bug to
/// Wireshark.
const MOST_LEVELS: usize = 100;
/// Items for a tag that the dissector understands, and for the text behind it.
const ITEMS_OF_TAG: usize = 3;
/// Items for other markup, of which it complains, and for the text behind it.
const ITEMS_OF_MARKUP: usize = 16;
/// Items for an attribute.
const ITEMS_OF_ATTRIBUTE: usize = 2;
/// The document's own.
const ITEMS_AT_LEAST: usize = 16;
/// Encodings in which what is measured here is what the dissector reads.
const ENCODINGS: [&[u8]; 6] = [
    b"utf-8",
    b"utf8",
    b"us-ascii",
    b"ascii",
    b"iso-8859-1",
    b"windows-1252",
];
/// Elements whose text the dissector decodes and gives to Kerberos, or tries to decrypt; the
/// last of them ends it where nothing is around.
const OF_SECURITY: [&[u8]; 3] = [b"BinarySecurityToken", b"DerivedKeyToken", b"CipherValue"];

pub(super) fn guard(part: &[u8]) -> Option<Admitted> {
    let text = part.strip_prefix(b"\xef\xbb\xbf").unwrap_or(part);
    let text = text.trim_ascii_start();
    let leads_on = |name: &&[u8]| memmem::find(text, name).is_some();
    if part.len() > MOST_BYTES
        || text.first() != Some(&b'<')
        || !is_readable(part)
        || OF_SECURITY.iter().any(leads_on)
    {
        return None;
    }
    Some(Admitted {
        len: part.len(),
        items: measured(text)?,
    })
}

/// Whether no other encoding is declared where the dissector looks for one: in the first 100
/// bytes, whatever they are.
fn is_readable(part: &[u8]) -> bool {
    const LOOKED_AT: usize = 256;
    const NAME: &[u8] = b"encoding";
    let head = part.get(..part.len().min(LOOKED_AT)).unwrap_or(part);
    let lower = head.to_ascii_lowercase();
    memmem::find_iter(&lower, NAME).all(|at| {
        let behind = lower.get(at + NAME.len()..).unwrap_or_default();
        match behind.trim_ascii_start().strip_prefix(b"=") {
            Some(value) => is_known(value.trim_ascii_start()),
            None => true,
        }
    })
}

/// Whether a value in quotes is one of [`ENCODINGS`].
fn is_known(value: &[u8]) -> bool {
    let Some((quote @ (b'"' | b'\''), rest)) = value.split_first() else {
        return false;
    };
    let name = rest.split(|byte| byte == quote).next();
    name.is_some_and(|name| ENCODINGS.contains(&name))
}

/// How many items the tree has at most; `None` if it is too deep, or markup has no end.
fn measured(text: &[u8]) -> Option<usize> {
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
            // A document type is a level that its own end closes; what stands in it is seen.
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
        if levels >= MOST_LEVELS {
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
    // Ends of document types of which no beginning was seen.
    let ends = memchr::memchr_iter(b']', text).count();
    Some(items + ends * ITEMS_OF_MARKUP)
}

/// Length up to `end` and with it. The dissector looks for it from every place where markup
/// begins, so that a missing one costs the square of the length.
fn ended_by(text: &[u8], end: &[u8]) -> Option<usize> {
    memmem::find(text, end).map(|at| at + end.len())
}

/// Length of `/name>`.
fn closing(markup: &[u8]) -> Option<usize> {
    let name = name(markup, 1)?;
    let end = 1 + name;
    (markup.get(end) == Some(&b'>')).then_some(end + 1)
}

/// A tag of an element that begins.
#[derive(Debug, Clone, Copy)]
struct XmlTag {
    len: usize,
    attributes: usize,
    /// The element ends in it.
    is_closed: bool,
}

/// Reads `name attribute="value" />`, or without the `/`.
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

/// Length of a name, with one prefix at most.
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
