//! Text messages in sessions of webcams, activities and photo sharing.
//!
//! ```text
//! 0  1  0x80
//! 1  3  any
//! 4  2  type: 8 for a text
//! 6  4  length of the text in bytes, including the final NUL
//! 10 n  text, UTF-16LE, NUL-terminated
//! ```
//!
//! All numbers are little-endian. Photo sharing sends the text without a header: XML with
//! a line end and NUL. Source: docs/protocol/msnp.md §8.2, §8.4, §8.7.

use crate::input::Input;
use crate::msn::common::msnobj;
use crate::msn::msnp::tree::payload::object;
use crate::msn::p2p::fields::Field;
use crate::msn::slp::wire::context::utf16;
use crate::plan::Plan;
use crate::span::{Span, Spanned};
use crate::xml;

/// The first byte of the header.
const MARK: u8 = 0x80;
/// Offset of the type.
const TYPE: usize = 4;
/// The type of a text.
const TEXT: u16 = 8;
/// The beginning of photo sharing XML.
const XML: &[u8] = b"<\0m\0a\0p\0>\0";

/// A text of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionText {
    /// The header, if any.
    pub header: Option<SessionTextHeader>,
    /// Span of the text, including the final NUL.
    pub span: Span,
    /// The text without the NUL.
    pub text: String,
}

/// The header of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTextHeader {
    /// The type: 8.
    pub kind: Spanned<u16>,
    /// Length of the text in bytes.
    pub length: Spanned<u32>,
}

/// Decodes complete data as a text. Returns `None` unless they fit to the last byte.
pub fn session_text(data: &[u8]) -> Option<SessionText> {
    let (header, span) = match data {
        [MARK, ..] => {
            let mut input = Input::from(data, TYPE);
            let (kind, length) = (input.le_u16()?, input.le_u32()?);
            let span = input.rest();
            if kind.value != TEXT || length.value as usize != span.len {
                return None;
            }
            (Some(SessionTextHeader { kind, length }), span)
        }
        _ if data.starts_with(XML) => (None, Span::new(0, data.len())),
        _ => return None,
    };
    let bytes = span.of(data).strip_suffix(&[0, 0])?;
    let text = utf16(bytes);
    let is_text = bytes.len() % 2 == 0 && !text.contains(['\0', char::REPLACEMENT_CHARACTER]);
    is_text.then_some(SessionText { header, span, text })
}

/// Shows a text, whose bytes begin at the current view.
pub(crate) fn show(plan: &mut Plan<'_>, depth: u8, found: &SessionText) {
    if let Some(header) = found.header {
        plan.number(depth, Field::TextType, header.kind.span, header.kind.value);
        let length = header.length;
        plan.number(depth, Field::TextLength, length.span, length.value);
    }
    plan.derived(depth, Field::Text, found.span, &found.text);
    if found.text.trim_start().starts_with("<map") {
        sharing(plan, depth, &found.text);
    }
}

/// Shows the fields in photo sharing XML, whose source is the decoded text.
fn sharing(plan: &mut Plan<'_>, depth: u8, text: &str) {
    let Ok(source) = xml::source(text.as_bytes()) else {
        return;
    };
    let Ok(xml) = source.parse() else {
        return;
    };
    let Some(decoded) = plan.add_source(c"Decoded text", text.as_bytes().to_vec()) else {
        return;
    };
    let back = plan.enter(decoded, 0);
    for item in xml.items() {
        let (Some(attribute), Some(value)) = (item.attribute, item.value.as_deref()) else {
            continue;
        };
        let field = match (item.element, attribute) {
            ("h", "op") => Field::SharingOperation,
            ("m", "guid") => Field::SharingPicture,
            ("m", "dispn") => Field::SharingName,
            ("m", "dp") => Field::SharingProgress,
            ("m", "tospath" | "mospath") => {
                if let Some(found) = msnobj::of_text(value, item.span) {
                    let item = plan.derived(depth + 1, Field::SharingObject, item.span, value);
                    object::show(plan, depth + 1, item, &found);
                }
                continue;
            }
            _ => continue,
        };
        plan.derived(depth + 1, field, item.span, value);
    }
    plan.leave(back);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn texts_of_webcams_and_of_photo_sharing() {
        let syn = b"\x80\x17\x2a\x01\x08\0\x08\0\0\0s\0y\0n\0\0\0";
        let found = session_text(syn).unwrap();
        assert_eq!((found.text.as_str(), found.span), ("syn", Span::new(10, 8)));
        let length = found.header.map(|header| header.length);
        assert_eq!(length, Some(Spanned::new(8, Span::new(6, 4))));
        let map = wide("<map><h op=\"CHG\"/></map>\r\n\0");
        let found = session_text(&map).unwrap();
        assert_eq!(found.text, "<map><h op=\"CHG\"/></map>\r\n");
        assert_eq!((found.header, found.span), (None, Span::new(0, map.len())));
    }

    #[test]
    fn other_data_are_rejected() {
        let syn = b"\x80\x17\x2a\x01\x08\0\x08\0\0\0s\0y\0n\0\0\0";
        for cut in 0..syn.len() {
            assert_eq!(session_text(&syn[..cut]), None, "{cut}");
        }
        for (at, byte) in [(0, 0), (4, 9), (6, 7), (6, 9), (16, 1), (11, 0xd8)] {
            let mut odd = syn.to_vec();
            odd[at] = byte;
            assert_eq!(session_text(&odd), None, "{at}");
        }
        assert_eq!(session_text(&wide("<map></map>")), None);
        assert_eq!(session_text(b"<map></map>\0\0"), None);
    }
}
