//! What a message is, by its Content-Type, and the small bodies that need a decoder.
//!
//! Source: docs/protocol/msnp.md §5.1, §5.2 (profile), §4.8 (UUN types).

#[cfg(test)]
mod tests;

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;

use crate::codes::Codes;
use crate::msn::common::mime::split;
use crate::span::Span;

/// How a body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentBody {
    /// Text of the declared charset.
    Text,
    /// `Name: value` lines.
    Lines,
    /// Shortcuts and objects, divided by tabs.
    Emoticons,
    /// `base64:` and the data.
    Base64,
    /// Peer-to-peer packets.
    PeerToPeer,
    /// A message of MSNSLP alone.
    Session,
    /// An object, or the lines of a datacast around it, or nothing.
    Object,
    /// Nothing is in it.
    Nothing,
}

/// One content type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    /// Type and subtype, in lower case; or a `Message-Type`.
    pub media: &'static str,
    /// What it is, in words.
    pub name: &'static str,
    /// How its body is read.
    pub body: ContentBody,
}

const fn row(media: &'static str, name: &'static str, body: ContentBody) -> Content {
    Content { media, name, body }
}

/// Every content type of MSN, sorted.
const CONTENTS: &[Content] = &[
    row("application/x-ms-ink", "ink", ContentBody::Base64),
    row(
        "application/x-msmsgsemailnotification",
        "new email",
        ContentBody::Lines,
    ),
    row(
        "application/x-msmsgssystemmessage",
        "system message",
        ContentBody::Lines,
    ),
    row(
        "application/x-msnmsgrp2p",
        "peer-to-peer",
        ContentBody::PeerToPeer,
    ),
    row("image/gif", "GIF ink", ContentBody::Base64),
    row("text/html", "HTML", ContentBody::Text),
    row("text/plain", "text", ContentBody::Text),
    row("text/search-query", "search query", ContentBody::Text),
    row(
        "text/x-clientcaps",
        "client capabilities",
        ContentBody::Lines,
    ),
    row(
        "text/x-clientinfo",
        "client information",
        ContentBody::Lines,
    ),
    row("text/x-keepalive", "keep-alive", ContentBody::Nothing),
    row(
        "text/x-mms-animemoticon",
        "animated emoticons",
        ContentBody::Emoticons,
    ),
    row("text/x-mms-emoticon", "emoticons", ContentBody::Emoticons),
    row(
        "text/x-msmsgsactivemailnotification",
        "emails moved",
        ContentBody::Lines,
    ),
    row("text/x-msmsgscontrol", "control", ContentBody::Nothing),
    row(
        "text/x-msmsgsemailnotification",
        "new email",
        ContentBody::Lines,
    ),
    row(
        "text/x-msmsgsinitialemailnotification",
        "mailbox",
        ContentBody::Lines,
    ),
    row(
        "text/x-msmsgsinitialmdatanotification",
        "mailbox",
        ContentBody::Lines,
    ),
    row("text/x-msmsgsinvite", "invitation", ContentBody::Lines),
    row(
        "text/x-msmsgsoimnotification",
        "offline messages",
        ContentBody::Lines,
    ),
    row("text/x-msmsgsprofile", "profile", ContentBody::Nothing),
    row(
        "text/x-msmsgssystemmessage",
        "system message",
        ContentBody::Lines,
    ),
    row("text/x-msnmsgr-datacast", "datacast", ContentBody::Lines),
];

const _: () = {
    sorted(CONTENTS);
    sorted(KINDS);
};

const fn sorted(rows: &[Content]) {
    let mut i = 1;
    while i < rows.len() {
        let (a, b) = (rows[i - 1].media.as_bytes(), rows[i].media.as_bytes());
        let mut at = 0;
        while at < a.len() && at < b.len() && a[at] == b[at] {
            at += 1;
        }
        assert!(
            at < b.len() && (at == a.len() || a[at] < b[at]),
            "the rows are not sorted and unique"
        );
        i += 1;
    }
}

/// What `Message-Type` of MSNP21 says of a body, sorted. It decides before the content type,
/// which is text of all that is not (§5.13, §8.8, §9.1). Of other kinds the content
/// type says what they are.
const KINDS: &[Content] = &[
    row("Control", "control", ContentBody::Nothing),
    row(
        "Control/ClearTyping",
        "stopped typing",
        ContentBody::Nothing,
    ),
    row("Control/Typing", "typing", ContentBody::Nothing),
    row("CustomEmoticon", "emoticons", ContentBody::Emoticons),
    row("Nudge", "nudge", ContentBody::Object),
    row("RichText", "text", ContentBody::Text),
    row("Signal/P2P", "signal", ContentBody::Session),
    row("Signal/Turn", "signal", ContentBody::Session),
    row("Text", "text", ContentBody::Text),
    row("VoiceClip", "voice clip", ContentBody::Object),
    row("Wink", "wink", ContentBody::Object),
];

/// What a `Message-Type` says of the body, if it says anything, in any case.
pub fn of_kind(kind: &[u8]) -> Option<&'static Content> {
    let named = |name: &[u8]| {
        let mut kinds = KINDS.iter();
        kinds.find(|row| row.media.as_bytes().eq_ignore_ascii_case(name))
    };
    let family = kind.split(|byte| *byte == b'/').next();
    // No control has a text, whatever it controls.
    let control = family.filter(|family| family.eq_ignore_ascii_case(b"Control"));
    named(kind).or_else(|| named(control?))
}

/// Whether a `Message-Type` is a signal between clients, of which no body is a text that
/// somebody wrote, whatever its content type says.
pub fn is_signal(kind: &[u8]) -> bool {
    let family = kind.split(|byte| *byte == b'/').next();
    family.is_some_and(|family| family.eq_ignore_ascii_case(b"Signal"))
}

/// What the type of UUM and UBM says of the body: 2 is typing, 3 a nudge (§4.8).
pub fn of_type(number: u32) -> Option<&'static Content> {
    match number {
        2 => of_kind(b"Control/Typing"),
        3 => of_kind(b"Nudge"),
        _ => None,
    }
}

/// The content type with this name, in any case.
pub fn find(media: &[u8]) -> Option<&'static Content> {
    let mut contents = CONTENTS.iter();
    contents.find(|content| content.media.as_bytes().eq_ignore_ascii_case(media))
}

/// What a system message announces.
pub const SYSTEM_MESSAGES: Codes = Codes::new(&[(1, c"Server shutting down")]);

/// `ID` of a datacast.
pub const DATACASTS: Codes = Codes::new(&[
    (1, c"nudge"),
    (2, c"wink"),
    (3, c"voice clip"),
    (4, c"action message"),
]);

/// `ClientType` of an endpoint (§4.14).
pub const CLIENT_TYPES: Codes = Codes::new(&[
    (0, c"None"),
    (1, c"Computer"),
    (2, c"Website"),
    (3, c"Mobile"),
    (4, c"Xbox"),
    (9, c"Group"),
    (32, c"Email"),
]);

/// `ClientPort` of a profile: the two bytes of the port are the wrong way round. A negative
/// number is one of 16 bits.
pub fn client_port(written: u32) -> Option<u16> {
    const NEGATIVE: u32 = 0xffff_8000;
    let low = if written >= NEGATIVE {
        written & 0xffff
    } else {
        written
    };
    u16::try_from(low).ok().map(u16::swap_bytes)
}

/// Where the shortcut and the object of each emoticon stand: `shortcut TAB object TAB`.
pub fn emoticons(data: &[u8], body: Span) -> Vec<(Span, Option<Span>)> {
    /// More than fit into a message.
    const MOST: usize = 100;
    let mut parts = split(data, body, b'\t');
    let mut found = Vec::new();
    while let Some(shortcut) = parts.next() {
        let object = parts.next();
        if shortcut.len == 0 && object.is_none() {
            break;
        }
        if found.len() == MOST {
            break;
        }
        found.push((shortcut, object));
    }
    found
}

/// What a body of `base64:` and data holds: where the data stand, and the decoded bytes if
/// they are base64. None without the prefix. Line ends between the digits do no harm.
pub fn base64_body(data: &[u8], body: Span) -> Option<(Span, Option<Vec<u8>>)> {
    const PREFIX: &[u8] = b"base64:";
    // Some senders put one more empty line in front.
    let text = body.of(data).trim_ascii_start();
    let digits = text.strip_prefix(PREFIX)?;
    let span = Span::new(body.end() - digits.len(), digits.len());
    Some((span, base64(digits)))
}

/// Base64 with white space in it, and with or without its padding.
pub fn base64(digits: &[u8]) -> Option<Vec<u8>> {
    let mut digits: Vec<u8> = digits.to_vec();
    digits.retain(|byte| !byte.is_ascii_whitespace() && *byte != 0);
    while digits.last() == Some(&b'=') {
        digits.pop();
    }
    while digits.len() % 4 != 0 {
        digits.push(b'=');
    }
    STANDARD.decode(&digits).ok()
}

/// The type of a notification that a conversation's window was closed (§4.8).
pub const CLOSED_WINDOW: u32 = 5;

/// The conversation whose window was closed at another endpoint, `session;server:port`: where
/// its number and its switchboard stand.
pub fn closed_window(payload: &[u8]) -> Option<(Span, Span)> {
    let len = payload.trim_ascii_end().len();
    let semicolon = memchr::memchr(b';', payload)?;
    let session = Span::new(0, semicolon);
    let server = Span::between(semicolon + 1, len);
    let is_number = session.len > 0 && session.of(payload).iter().all(u8::is_ascii_digit);
    (is_number && server.len > 0).then_some((session, server))
}

/// What the payload of a sign-out asks for.
pub fn sign_out(payload: &[u8]) -> Option<&'static str> {
    match payload.trim_ascii() {
        b"goawyplzthxbye" => Some("sign out this endpoint"),
        b"gtfo" => Some("sign out all endpoints"),
        _ => None,
    }
}
