//! The hand-offs: the dissectors of Wireshark that parts of our packets are given to.
//!
//! The list is fixed. A media type or the first bytes of a part select a row of it at most;
//! the name that a dissector is looked up by stands in the row, and is looked up once, when
//! Wireshark starts. Before a part is given away, the row's guard measures it: how deep it
//! nests, how many items its tree can have, and whether anything in it would lead the
//! dissector on to another one. What the guard refuses is shown as bytes.
//!
//! A part is therefore always checked here, and a dissector is on the list only if it stands
//! every body that its guard lets through, in every supported Wireshark: see
//! `tests/wireshark/hostile.rs` and SAFETY.md.

mod pictures;
mod realtime;
mod sip;
mod xml;

use core::ffi::CStr;

pub use pictures::{picture, Picture};

/// A row of [`ROWS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum HandOff {
    /// A GIF picture.
    Gif,
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// An XML document.
    Xml,
    /// The head of a SIP message.
    Sip,
    /// The header of an RTP packet.
    Rtp,
    /// An RTCP packet: reports, descriptions and goodbyes.
    Rtcp,
}

/// What a dissector is called with, besides the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    None,
    /// What HTTP and SIP give to dissectors of a media type: a filled `media_content_info_t`,
    /// where Wireshark's headers have it, and the media type as `match_string`.
    Media(&'static CStr),
}

/// A dissector of Wireshark that parts of our packets are given to.
#[derive(Debug)]
pub struct Row {
    /// The name under which Wireshark has registered it.
    pub dissector: &'static CStr,
    /// What it is called with.
    pub argument: Argument,
    /// Measures a part.
    guard: fn(&[u8]) -> Option<Admitted>,
}

/// What of a part may be given away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admitted {
    /// So many of its first bytes.
    pub len: usize,
    /// The tree of these has no more items than this.
    pub items: usize,
}

const fn row(
    dissector: &'static CStr,
    argument: Argument,
    guard: fn(&[u8]) -> Option<Admitted>,
) -> Row {
    Row {
        dissector,
        argument,
        guard,
    }
}

/// The list, in the order of [`HandOff`].
pub static ROWS: [Row; 7] = [
    row(c"image-gif", Argument::Media(c"image/gif"), pictures::gif),
    row(
        c"image-jfif",
        Argument::Media(c"image/jpeg"),
        pictures::jpeg,
    ),
    row(c"png", Argument::Media(c"image/png"), pictures::png),
    row(c"xml", Argument::Media(c"text/xml"), xml::guard),
    row(c"sip", Argument::None, sip::guard),
    row(c"rtp", Argument::None, realtime::rtp),
    row(c"rtcp", Argument::None, realtime::rtcp),
];

impl HandOff {
    /// All of them, in order.
    pub const ALL: [Self; ROWS.len()] = [
        Self::Gif,
        Self::Jpeg,
        Self::Png,
        Self::Xml,
        Self::Sip,
        Self::Rtp,
        Self::Rtcp,
    ];

    /// The row itself.
    pub fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// What of `part` may be given to the dissector; `None` if nothing.
    pub fn admits(self, part: &[u8]) -> Option<Admitted> {
        (self.row().guard)(part).filter(|admitted| admitted.len > 0)
    }
}

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

    #[test]
    fn rows_stand_in_the_order_of_the_enum() {
        for (index, row) in HandOff::ALL.into_iter().enumerate() {
            assert_eq!(row as usize, index);
        }
        assert_eq!(HandOff::Xml.row().dissector, c"xml");
        assert_eq!(HandOff::Rtcp.row().dissector, c"rtcp");
    }

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

    /// Bodies that no guard may choke on, whatever they are said to be.
    #[test]
    fn nothing_admits_more_than_there_is() {
        let bodies: [&[u8]; 8] = [
            b"",
            b"<",
            b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff",
            b"GIF89a\xff\xff\xff\xff\xff\xff\xff",
            b"\xff\xd8\xff\xe0\xff\xff",
            b"INVITE sip:a SIP/2.0\r\nContent-Length: 99999999999\r\n\r\n",
            b"\x8f\x00\x00\x01",
            b"\x80\xc8\xff\xff\x00\x00\x00\x00",
        ];
        for row in HandOff::ALL {
            for body in bodies {
                if let Some(admitted) = row.admits(body) {
                    assert!((1..=body.len()).contains(&admitted.len), "{row:?}");
                }
            }
        }
    }
}
