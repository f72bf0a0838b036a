//! The media types that select a row.

use crate::handoff::pictures::picture;
use crate::handoff::row::HandOff;

/// What a media type promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Promise {
    /// A picture: its first bytes say which.
    Picture,
    /// A row.
    Row(HandOff),
}

/// Media types that MSN and QQ carry, in lower case, by all the names that clients have for
/// them.
const MEDIA_TYPES: &[(&str, Promise)] = &[
    ("application/xml", Promise::Row(HandOff::Xml)),
    ("image/gif", Promise::Picture),
    ("image/jpeg", Promise::Picture),
    ("image/jpg", Promise::Picture),
    ("image/pjpeg", Promise::Picture),
    ("image/png", Promise::Picture),
    ("image/x-png", Promise::Picture),
    ("message/sip", Promise::Row(HandOff::Sip)),
    ("text/xml", Promise::Row(HandOff::Xml)),
];

/// The row for a part that is said to be of type `media`, in any case.
pub fn for_media_type(media: &[u8], part: &[u8]) -> Option<HandOff> {
    let known = |(name, _): &&(&str, Promise)| name.as_bytes().eq_ignore_ascii_case(media);
    match MEDIA_TYPES.iter().find(known)?.1 {
        Promise::Picture => picture(part).map(|picture| picture.hand_off),
        Promise::Row(row) => Some(row),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of one type lead to one row, and the first bytes of a picture decide.
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
    fn other_media_types_lead_nowhere() {
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
