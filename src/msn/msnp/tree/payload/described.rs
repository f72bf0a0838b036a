//! The description of a body by its headers.

use crate::msn::common::mime::{content_type, Headers};
use crate::msn::common::{charset, percent};
use crate::msn::msnp::wire::content;
use crate::msn::msnp::wire::content::Content;
use crate::msn::msnp::wire::im_format;
use crate::span::Span;

/// Description of a body by its headers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct BodyDescription<'d> {
    /// Type and subtype; empty when there is no Content-Type.
    pub(crate) media: &'d [u8],
    /// The charset: as declared, or that of the font.
    pub(crate) charset: CharsetHints<'d>,
    /// The row of a known type.
    pub(crate) content: Option<&'static Content>,
    /// The sender's endpoint is given, which means MSNP2P packets of version 2.
    pub(crate) has_endpoint: bool,
}

/// Charset of a body.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct CharsetHints<'d> {
    /// As declared by the content type.
    pub(crate) declared: Option<&'d [u8]>,
    /// The message, and the span of the value of its X-MMS-IM-Format.
    format: Option<(&'d [u8], Span)>,
}

impl<'d> BodyDescription<'d> {
    /// Reads the headers.
    pub(crate) fn of(data: &'d [u8], headers: &Headers) -> Self {
        let kind = headers.find(data, "Content-Type");
        let kind = kind.map(|header| content_type(data, header.value));
        let format = headers.find(data, "X-MMS-IM-Format");
        let media = kind.map_or(&[][..], |kind| kind.media.of(data));
        Self {
            media,
            charset: CharsetHints {
                declared: kind.and_then(|kind| kind.charset).map(|span| span.of(data)),
                format: format.map(|header| (data, header.value)),
            },
            content: content::find(media),
            has_endpoint: headers.find(data, "P2P-Src").is_some(),
        }
    }
}

impl CharsetHints<'_> {
    /// The Windows character set of the font: that of the format, or, if that is none in
    /// particular, that of the font's name.
    pub(crate) fn font(&self) -> Option<u32> {
        /// ANSI and default.
        const ANY: [u32; 2] = [0, 1];
        let (data, format) = self.format?;
        let value = |key| {
            let mut parts = im_format::parts(data, format);
            let part = parts.find(|part| part.value == key)?;
            Some(part.span.of(data))
        };
        let charset = value(im_format::FormatKey::Charset).and_then(im_format::hexadecimal);
        charset.filter(|number| !ANY.contains(number)).or_else(|| {
            let font = value(im_format::FormatKey::Font)?;
            charset::of_font(&percent::text(font))
        })
    }
}
