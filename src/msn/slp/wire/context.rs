//! The `Context` of a message, in base64. The purpose of the session decides its format:
//!
//! * an object: its XML, NUL-terminated;
//! * a webcam: a GUID in braces, UTF-16LE;
//! * an activity: `id;number;name`, UTF-16LE;
//! * a close: the reason code, 4 bytes, little-endian;
//! * a file: its preview.
//!
//! ```text
//!   0    4  length of this header: 574 or 638
//!   4    4  version: 2 or 3
//!   8    8  size of the file
//!  16    4  1 if there is no preview image
//!  20  520  name, UTF-16LE, NUL-terminated
//! 540    n  of unknown meaning
//! ```
//!
//! All numbers are little-endian; the preview image follows the header. Source:
//! docs/protocol/msnp.md §5.9, §8.1 and §8.3 to §8.6.

#[cfg(test)]
mod tests;

use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::Engine;

use crate::error::{Decoded, Fault, Missing};
use crate::input::Input;
use crate::msn::common::guid::Guid;
use crate::msn::slp::wire::codes::SessionUse;
use crate::span::{Span, Spanned};

/// Length of the numbers before the name, in bytes.
const FIXED: usize = 20;
/// Maximum length of the name, in bytes.
const NAME: usize = 520;

/// Clients differ in padding and in the trailing bits.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Decodes base64. Returns `None` if the text is not valid.
pub fn bytes(text: &[u8]) -> Option<Vec<u8>> {
    BASE64.decode(text.trim_ascii()).ok()
}

/// A decoded context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlpContext {
    /// An object's XML, without the final NUL.
    Object(Span),
    /// A file preview.
    File(Preview),
    /// A GUID as text in UTF-16LE.
    Guid(Span),
    /// An activity, whose parts are text in UTF-16LE.
    Activity(Activity),
    /// The reason for which a session is closed.
    Code(Spanned<u32>),
    /// None of these.
    Unknown,
}

/// The parts of an activity's context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Activity {
    /// Its id: the number of the language and that of the program.
    pub id: Span,
    /// Of unknown meaning; always 1.
    pub number: Span,
    /// Its name, which can contain semicolons.
    pub name: Span,
}

/// A file preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preview {
    /// Length of the header in bytes.
    pub length: Spanned<u32>,
    /// Version of the header.
    pub version: Spanned<u32>,
    /// Size of the file in bytes.
    pub size: Spanned<u64>,
    /// 1 if there is no preview image.
    pub no_preview: Spanned<u32>,
    /// The name in UTF-16LE, without the NUL.
    pub name: Span,
    /// The rest of the header, of unknown meaning.
    pub rest: Option<Span>,
    /// The preview image.
    pub image: Option<Span>,
}

impl Preview {
    /// The name of the file.
    pub fn name(&self, data: &[u8]) -> String {
        utf16(self.name.of(data))
    }
}

/// Decodes UTF-16LE. Unpaired surrogates become U+FFFD.
pub fn utf16(data: &[u8]) -> String {
    let units = data.chunks_exact(2);
    let units = units.filter_map(|unit| Some(u16::from_le_bytes(unit.try_into().ok()?)));
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// Decodes the bytes of a context in a session with the given `purpose`. The format for
/// the purpose is tried first; only a close can have a code.
pub fn context(data: &[u8], purpose: Option<SessionUse>) -> SlpContext {
    let found = match purpose {
        Some(SessionUse::Close) => code(data),
        Some(SessionUse::Webcam) => guid(data),
        Some(SessionUse::Activity) => activity(data),
        _ => None,
    };
    found
        .or_else(|| object(data))
        .or_else(|| guid(data))
        .or_else(|| preview(data).ok().map(SlpContext::File))
        .or_else(|| activity(data))
        .unwrap_or(SlpContext::Unknown)
}

fn object(data: &[u8]) -> Option<SlpContext> {
    let text = data.split(|byte| *byte == 0).next().unwrap_or_default();
    let is_xml = text.trim_ascii_start().starts_with(b"<");
    is_xml.then_some(SlpContext::Object(Span::new(0, text.len())))
}

fn code(data: &[u8]) -> Option<SlpContext> {
    let mut input = Input::whole(data);
    let code = input.le_u32()?;
    (input.left() == 0).then_some(SlpContext::Code(code))
}

/// Decodes bytes as UTF-16LE, without trailing NUL characters. Returns `None` if the text
/// is empty or has unprintable characters.
fn text(data: &[u8]) -> Option<(Span, String)> {
    let mut len = data.len();
    while len >= 2 && data.get(len - 2..len) == Some(&[0, 0]) {
        len -= 2;
    }
    if len % 2 != 0 {
        return None;
    }
    let text = utf16(data.get(..len)?);
    let is_text = !text.is_empty() && !text.contains(|c: char| c.is_control() || c == '\u{fffd}');
    is_text.then_some((Span::new(0, len), text))
}

fn guid(data: &[u8]) -> Option<SlpContext> {
    let (span, text) = text(data)?;
    let is_guid = text.starts_with('{') && Guid::parse(text.as_bytes()).is_some();
    is_guid.then_some(SlpContext::Guid(span))
}

fn activity(data: &[u8]) -> Option<SlpContext> {
    let (whole, text) = text(data)?;
    let mut parts = text.splitn(3, ';');
    let (id, number) = (parts.next()?, parts.next()?);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let has_name = parts.next().is_some_and(|name| !name.is_empty());
    if !digits(id) || !digits(number) || !has_name {
        return None;
    }
    let id = Span::new(0, id.len() * 2);
    let number = Span::new(id.end() + 2, number.len() * 2);
    let name = Span::between(number.end() + 2, whole.end());
    Some(SlpContext::Activity(Activity { id, number, name }))
}

/// Decodes the file preview at the beginning of `data`.
pub fn preview(data: &[u8]) -> Decoded<Preview> {
    let Some((length, version, size, no_preview)) = numbers(Input::whole(data)) else {
        return Err(missing(data.len(), FIXED));
    };
    let header = Span::new(0, length.value as usize);
    if header.len < FIXED || header.len > 1 << 16 {
        return Err(Fault::Malformed {
            what: "The length of the file preview does not fit",
            at: length.span,
        });
    }
    if data.len() < header.len {
        return Err(missing(data.len(), header.len));
    }
    let area = Span::new(FIXED, NAME.min(header.len - FIXED));
    let units = area.of(data).chunks_exact(2);
    let chars = units.take_while(|unit| unit != &[0, 0]).count();
    let rest = Span::between(area.end(), header.len);
    let image = Span::between(header.len, data.len());
    Ok(Preview {
        length,
        version,
        size,
        no_preview,
        name: Span::new(FIXED, chars * 2),
        rest: (rest.len > 0).then_some(rest),
        image: (image.len > 0).then_some(image),
    })
}

type Numbers = (Spanned<u32>, Spanned<u32>, Spanned<u64>, Spanned<u32>);

fn numbers(mut input: Input<'_>) -> Option<Numbers> {
    let (length, version) = (input.le_u32()?, input.le_u32()?);
    Some((length, version, input.le_u64()?, input.le_u32()?))
}

fn missing(have: usize, need: usize) -> Fault {
    Fault::Incomplete(Missing::Bytes(need.saturating_sub(have)))
}
