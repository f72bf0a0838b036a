//! The list of hand-offs.

use core::ffi::CStr;

use crate::handoff::row::{Argument, HandOff, HandOffRow};
use crate::handoff::wire::admitted::Admitted;
use crate::handoff::wire::{realtime, sip};
use crate::handoff::{pictures, xml};

const fn row(
    dissector: &'static CStr,
    argument: Argument,
    guard: fn(&[u8]) -> Option<Admitted>,
) -> HandOffRow {
    HandOffRow {
        dissector,
        argument,
        guard,
    }
}

/// The list, in the order of [`HandOff`].
pub static ROWS: [HandOffRow; 7] = [
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
    /// All hand-offs, in order.
    pub const ALL: [Self; ROWS.len()] = [
        Self::Gif,
        Self::Jpeg,
        Self::Png,
        Self::Xml,
        Self::Sip,
        Self::Rtp,
        Self::Rtcp,
    ];

    /// The row of this hand-off.
    pub fn row(self) -> &'static HandOffRow {
        &ROWS[self as usize]
    }

    /// Whether the dissector shows its part and does nothing else: it is not called where
    /// nobody looks at what it shows.
    pub(crate) fn only_shows(self) -> bool {
        matches!(self.row().argument, Argument::Media(_))
    }

    /// The prefix of `part` that may be handed to the dissector, or `None`.
    pub fn admits(self, part: &[u8]) -> Option<Admitted> {
        (self.row().guard)(part).filter(|admitted| admitted.len > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_the_order_of_the_enum() {
        for (index, row) in HandOff::ALL.into_iter().enumerate() {
            assert_eq!(row as usize, index);
        }
        assert_eq!(HandOff::Xml.row().dissector, c"xml");
        assert_eq!(HandOff::Rtcp.row().dissector, c"rtcp");
    }

    /// Malformed bodies, tried with every guard.
    #[test]
    fn no_guard_admits_more_than_the_part() {
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
