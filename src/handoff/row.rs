//! Types of the list's rows.

use core::ffi::CStr;

use crate::handoff::wire::admitted::Admitted;

/// A row of [`crate::handoff::ROWS`].
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
    /// The header of a SIP message.
    Sip,
    /// The header of an RTP packet.
    Rtp,
    /// An RTCP packet: reports, descriptions and goodbyes.
    Rtcp,
}

/// The argument that a dissector is called with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    None,
    /// What HTTP and SIP pass to dissectors of a media type: a `media_content_info_t`, if
    /// Wireshark's headers define it, and the media type as `match_string`.
    Media(&'static CStr),
}

/// A Wireshark dissector that parts of a packet are handed to.
#[derive(Debug)]
pub struct HandOffRow {
    /// Its registered name.
    pub dissector: &'static CStr,
    /// Its argument.
    pub argument: Argument,
    /// Checks and measures a part.
    pub(super) guard: fn(&[u8]) -> Option<Admitted>,
}
