//! What a row of the list says.

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
pub struct HandOffRow {
    /// The name under which Wireshark has registered it.
    pub dissector: &'static CStr,
    /// What it is called with.
    pub argument: Argument,
    /// Measures a part.
    pub(super) guard: fn(&[u8]) -> Option<Admitted>,
}
