//! Media types that select a row of the list.

use crate::handoff::pictures::image_format;
use crate::handoff::row::HandOff;

/// What a media type selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Selector {
    /// An image: its signature selects the row.
    Picture,
    /// A row.
    Row(HandOff),
}

/// Media types in MSN and QQ, in lower case, with all aliases that clients use.
const MEDIA_TYPES: &[(&str, Selector)] = &[
    ("application/xml", Selector::Row(HandOff::Xml)),
    ("image/gif", Selector::Picture),
    ("image/jpeg", Selector::Picture),
    ("image/jpg", Selector::Picture),
    ("image/pjpeg", Selector::Picture),
    ("image/png", Selector::Picture),
    ("image/x-png", Selector::Picture),
    ("message/sip", Selector::Row(HandOff::Sip)),
    ("text/xml", Selector::Row(HandOff::Xml)),
];

/// The row for a part of the declared type `media`, ignoring case. Returns `None` for
/// types that are not handed off.
pub fn for_media_type(media: &[u8], part: &[u8]) -> Option<HandOff> {
    let known = |(name, _): &&(&str, Selector)| name.as_bytes().eq_ignore_ascii_case(media);
    match MEDIA_TYPES.iter().find(known)?.1 {
        Selector::Picture => image_format(part).map(|format| format.hand_off),
        Selector::Row(row) => Some(row),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Aliases select the same row, and an image is selected by its signature.
    #[test]
    fn media_types_have_aliases() {
        let png = b"\x89PNG\r\n\x1a\n";
        for name in ["image/png", "IMAGE/X-PNG", "image/jpg", "image/pjpeg"] {
            assert_eq!(for_media_type(name.as_bytes(), png), Some(HandOff::Png));
            assert_eq!(for_media_type(name.as_bytes(), b"<svg/>"), None);
        }
        for name in ["text/xml", "Application/XML"] {
            assert_eq!(for_media_type(name.as_bytes(), b"<a/>"), Some(HandOff::Xml));
        }
    }

    #[test]
    fn other_media_types_select_no_row() {
        for name in [
            "",
            "application/cose",
            "application/grpc",
            "application/json",
            "message/http",
            "multipart/mixed",
            "xml",
            "image/png ",
        ] {
            assert_eq!(for_media_type(name.as_bytes(), b"<a/>"), None, "{name}");
        }
    }
}
