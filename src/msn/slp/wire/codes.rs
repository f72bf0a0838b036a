//! Names of MSNSLP: applications, status codes, body types. Data only.
//!
//! Source: docs/protocol/msnp.md §5.9 and §5.3.

use core::ffi::CStr;

use crate::codes::Codes;
use crate::msn::common::guid::Guid;

/// The purpose of a session, which determines the format of its context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionUse {
    /// Avatar, emoticon or another MSN object.
    Object,
    /// File transfer.
    File,
    /// Webcam video.
    Webcam,
    /// A game or another program for two users.
    Activity,
    /// Any other, without a context.
    Other,
    /// The session is closed.
    Close,
}

/// Applications by EUF-GUID, sorted by the text of the GUID.
pub const APPLICATIONS: &[(&str, SessionUse, &CStr)] = &[
    (SIP, SessionUse::Other, c"Audio and video (SIP)"),
    (
        "{0425E797-49F1-4D37-909A-031116119D9B}",
        SessionUse::Webcam,
        c"Video conversation",
    ),
    (
        "{1C9AA97E-9C05-4583-A3BD-908A196F1E92}",
        SessionUse::Webcam,
        c"Webcam (viewing)",
    ),
    (
        "{41D3E74E-04A2-4B37-96F8-08ACDB610874}",
        SessionUse::Other,
        c"Media sharing",
    ),
    (
        "{4BD96FC0-AB17-4425-A14A-439185962DC8}",
        SessionUse::Webcam,
        c"Webcam (sending)",
    ),
    (FILE, SessionUse::File, c"File transfer"),
    (
        "{6A13AF9C-5308-4F35-923A-67E8DDA40C2F}",
        SessionUse::Activity,
        c"Activity or game",
    ),
    (OBJECT, SessionUse::Object, c"MSN object"),
];

/// Audio and video.
const SIP: &str = "{02D3C01F-BF30-4825-A83A-DE7AF41648AA}";
/// File transfer; the same GUID as in old invitations.
pub const FILE: &str = "{5D3E02AB-6190-11D3-BBBB-00C04F795683}";
/// Avatars, emoticons, winks and other objects.
pub const OBJECT: &str = "{A4268EEC-FEC5-49E5-95C3-F126696BDBF6}";

/// The name of the application with this EUF-GUID.
pub fn application(guid: Guid) -> Option<&'static str> {
    row(guid)?.2.to_str().ok()
}

/// The purpose of sessions with this EUF-GUID.
pub fn use_of(guid: Guid) -> Option<SessionUse> {
    Some(row(guid)?.1)
}

/// The GUIDs of [`APPLICATIONS`].
static GUIDS: [Guid; APPLICATIONS.len()] = {
    let mut guids = [Guid([0; 16]); APPLICATIONS.len()];
    let mut row = 0;
    while row < guids.len() {
        guids[row] = Guid::of_literal(APPLICATIONS[row].0);
        row += 1;
    }
    guids
};

fn row(guid: Guid) -> Option<&'static (&'static str, SessionUse, &'static CStr)> {
    let at = GUIDS.iter().position(|known| *known == guid)?;
    APPLICATIONS.get(at)
}

/// Status codes of responses.
pub const RESPONSES: Codes = Codes::new(&[
    (200, c"OK"),
    (481, c"No such call"),
    (500, c"Internal error"),
    (603, c"Decline"),
]);

/// The type of a message body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlpBody {
    /// A session is requested, accepted or declined.
    Session,
    /// A direct connection is requested.
    Transport,
    /// Endpoints for a direct connection.
    TransportReply,
    /// The session is closed.
    Close,
    /// The session failed.
    Failure,
    /// The address that the sender will connect from.
    AddressUpdate,
    /// Switch to UDP.
    UdpSwitch,
    /// A relay for both peers.
    Relay,
    /// Literally `null`: no body.
    Null,
    /// Unknown content type.
    Unknown,
}

/// Content types, sorted.
const BODIES: &[(&str, SlpBody, &CStr)] = &[
    (
        "application/x-msnmsgr-session-failure-respbody",
        SlpBody::Failure,
        c"session failure",
    ),
    (
        "application/x-msnmsgr-sessionclosebody",
        SlpBody::Close,
        c"session close",
    ),
    (
        "application/x-msnmsgr-sessionreqbody",
        SlpBody::Session,
        c"session",
    ),
    (
        "application/x-msnmsgr-transdestaddrupdate",
        SlpBody::AddressUpdate,
        c"address update",
    ),
    (
        "application/x-msnmsgr-transreqbody",
        SlpBody::Transport,
        c"transport request",
    ),
    (
        "application/x-msnmsgr-transrespbody",
        SlpBody::TransportReply,
        c"transport response",
    ),
    (
        "application/x-msnmsgr-transudpswitch",
        SlpBody::UdpSwitch,
        c"UDP switch",
    ),
    (
        "application/x-msnmsgr-turnsetup",
        SlpBody::Relay,
        c"TURN setup",
    ),
    ("null", SlpBody::Null, c"no body"),
];

/// The type and name of a body with this Content-Type, ignoring case and parameters.
pub fn body(content_type: &[u8]) -> (SlpBody, &'static str) {
    let kind = content_type.split(|byte| *byte == b';').next();
    let kind = kind.unwrap_or_default().trim_ascii();
    BODIES
        .iter()
        .find(|row| row.0.as_bytes().eq_ignore_ascii_case(kind))
        .map_or((SlpBody::Unknown, ""), |row| {
            (row.1, row.2.to_str().unwrap_or_default())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_guids_are_guids() {
        assert!(APPLICATIONS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(BODIES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (text, _, name) in APPLICATIONS {
            let guid = Guid::parse(text.as_bytes()).expect("a GUID");
            assert_eq!(guid.to_string(), *text);
            assert_eq!(application(guid), name.to_str().ok());
        }
        assert_eq!(application(Guid([0; 16])), None);
    }

    #[test]
    fn content_types_ignore_case() {
        assert_eq!(
            body(b"application/x-msnmsgr-transreqbody").0,
            SlpBody::Transport
        );
        assert_eq!(
            body(b"Application/X-MSNMSGR-sessionreqbody; a=b").0,
            SlpBody::Session
        );
        assert_eq!(body(b"null").0, SlpBody::Null);
        assert_eq!(body(b"text/plain").0, SlpBody::Unknown);
    }
}
