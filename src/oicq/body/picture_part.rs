//! The part of a captcha, or the QR code, that a body has.
//!
//! Source: docs/protocol/oicq.md §4.3, §7.4, §7.6, §7.7.

use crate::oicq::body::name::Name;
use crate::oicq::body::DecodedBody;
use crate::span::Span;

/// What the first part of a picture begins with.
const PNG: &[u8] = b"\x89PNG";

/// A part of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PicturePart {
    /// Its number, from 0.
    pub(crate) number: u32,
    /// Whether it is the last.
    pub(crate) is_last: bool,
    /// Its bytes in the body.
    pub(crate) span: Span,
}

/// The part in a body. `requested` is the number in the request, which the reply does not repeat
/// since 2013. `None` if there is none, or its number is not known.
pub(crate) fn picture_part(
    body: &DecodedBody,
    plain: &[u8],
    requested: Option<u32>,
) -> Option<PicturePart> {
    let span = body.spans(Name::CaptchaPicture).next()?;
    let number = match span.of(plain).starts_with(PNG) {
        true => Some(0),
        false => body.number(Name::CaptchaPart).or(requested),
    };
    Some(PicturePart {
        number: number?,
        is_last: body.number(Name::CaptchaNext).is_none_or(|next| next == 0),
        span,
    })
}
