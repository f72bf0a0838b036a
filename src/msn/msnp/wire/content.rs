//! Content types of messages, and the small bodies that need a decoder.
//!
//! Source: docs/protocol/msnp.md §5.1, §5.2 (profile), §4.8 (UUN types).

#[cfg(test)]
mod tests;

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;

use crate::codes::Codes;
use crate::msn::common::mime::split;
use crate::refuse::{is_less, refuse};
use crate::span::Span;

/// Format of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentBody {
    /// Text of the declared charset.
    Text,
    /// `Name: value` lines.
    Lines,
    /// Shortcuts and msnobjs, separated by tabs.
    Emoticons,
    /// `base64:` and the data.
    Base64,
    /// MSNP2P packets.
    PeerToPeer,
    /// An MSNSLP message without an MSNP2P header.
    Slp,
    /// An msnobj, bare or in the lines of a datacast, or nothing.
    Object,
    /// Empty.
    Empty,
}

/// One content type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    /// Type and subtype, in lower case; or a `Message-Type`.
    pub media: &'static str,
    /// Name shown to the user.
    pub name: &'static str,
    /// Format of its body.
    pub body: ContentBody,
}

const fn row(media: &'static str, name: &'static str, body: ContentBody) -> Content {
    Content { media, name, body }
}

/// Every content type of MSN, sorted.
const CONTENTS: &[Content] = sorted(&[
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
    row("text/x-keepalive", "keep-alive", ContentBody::Empty),
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
    row("text/x-msmsgscontrol", "control", ContentBody::Empty),
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
    row("text/x-msmsgsprofile", "profile", ContentBody::Empty),
    row(
        "text/x-msmsgssystemmessage",
        "system message",
        ContentBody::Lines,
    ),
    row("text/x-msnmsgr-datacast", "datacast", ContentBody::Lines),
]);

/// Rejects rows that are not sorted.
const fn sorted(rows: &'static [Content]) -> &'static [Content] {
    let mut i = 1;
    while i < rows.len() {
        let (above, row) = (rows[i - 1].media.as_bytes(), rows[i].media.as_bytes());
        if !is_less(above, row) {
            refuse(&[row, b": rows must be sorted, but the one above is ", above]);
        }
        i += 1;
    }
    rows
}

/// The `Message-Type` values of MSNP21 that determine a body, sorted. They take
/// precedence over the content type, which can be text although the body is not (§5.13,
/// §8.8, §9.1). For other values the content type decides.
const MESSAGE_TYPES: &[Content] = sorted(&[
    row("Control", "control", ContentBody::Empty),
    row("Control/ClearTyping", "stopped typing", ContentBody::Empty),
    row("Control/Typing", "typing", ContentBody::Empty),
    row("CustomEmoticon", "emoticons", ContentBody::Emoticons),
    row("Nudge", "nudge", ContentBody::Object),
    row("RichText", "text", ContentBody::Text),
    row("Signal/P2P", "signal", ContentBody::Slp),
    row("Signal/Turn", "signal", ContentBody::Slp),
    row("Text", "text", ContentBody::Text),
    row("VoiceClip", "voice clip", ContentBody::Object),
    row("Wink", "wink", ContentBody::Object),
]);

/// The content of a `Message-Type`, ignoring case: `Control/…` is a control, others `None`.
pub fn of_message_type(kind: &[u8]) -> Option<&'static Content> {
    let named = |name: &[u8]| {
        let mut kinds = MESSAGE_TYPES.iter();
        kinds.find(|row| row.media.as_bytes().eq_ignore_ascii_case(name))
    };
    let family = kind.split(|byte| *byte == b'/').next();
    // No control has a text, whatever its subtype.
    let control = family.filter(|family| family.eq_ignore_ascii_case(b"Control"));
    named(kind).or_else(|| named(control?))
}

/// Whether a `Message-Type` is a signal between clients, whose body is never text written
/// by a user, whatever its content type.
pub fn is_signal(kind: &[u8]) -> bool {
    let family = kind.split(|byte| *byte == b'/').next();
    family.is_some_and(|family| family.eq_ignore_ascii_case(b"Signal"))
}

/// The content of UUM and UBM by type: 2 is typing, 3 a nudge, others `None` (§4.8).
pub fn of_payload_type(number: u32) -> Option<&'static Content> {
    match number {
        2 => of_message_type(b"Control/Typing"),
        3 => of_message_type(b"Nudge"),
        _ => None,
    }
}

/// The content type with this name, ignoring case.
pub fn find(media: &[u8]) -> Option<&'static Content> {
    let mut contents = CONTENTS.iter();
    contents.find(|content| content.media.as_bytes().eq_ignore_ascii_case(media))
}

/// `Type` of a system message.
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

/// Decodes `ClientPort` of a profile, a port whose two bytes are swapped. A negative
/// number is a signed one of 16 bits. Returns `None` if the number has more than 16 bits.
pub fn client_port(written: u32) -> Option<u16> {
    const NEGATIVE: u32 = 0xffff_8000;
    let low = if written >= NEGATIVE {
        written & 0xffff
    } else {
        written
    };
    u16::try_from(low).ok().map(u16::swap_bytes)
}

/// The spans of the shortcut and the msnobj of each emoticon: `shortcut TAB msnobj TAB`.
pub fn emoticons(data: &[u8], body: Span) -> Vec<(Span, Option<Span>)> {
    /// Maximum emoticons decoded; more than fit into a message.
    const MAX_EMOTICONS: usize = 100;
    let mut parts = split(data, body, b'\t');
    let mut found = Vec::new();
    while let Some(shortcut) = parts.next() {
        let object = parts.next();
        if shortcut.len == 0 && object.is_none() {
            break;
        }
        if found.len() == MAX_EMOTICONS {
            break;
        }
        found.push((shortcut, object));
    }
    found
}

/// The span and the decoded bytes (`None` if invalid) of the data in a `base64:…` body.
/// Returns `None` without the prefix. White space between digits is ignored.
pub fn base64_body(data: &[u8], body: Span) -> Option<(Span, Option<Vec<u8>>)> {
    const PREFIX: &[u8] = b"base64:";
    // Some senders insert an empty line before it.
    let text = body.of(data).trim_ascii_start();
    let digits = text.strip_prefix(PREFIX)?;
    let span = Span::new(body.end() - digits.len(), digits.len());
    Some((span, base64(digits)))
}

/// Decodes base64 with or without padding. White space and NUL bytes are ignored.
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

/// Notification type: a request to sign out (§4.8).
pub const SIGN_OUT: u32 = 4;

/// Notification type: the window of a conversation was closed at another endpoint (§4.8).
pub const CLOSED_WINDOW: u32 = 5;

/// Splits `session;server:port`, a conversation whose window was closed, into the spans of
/// session id and switchboard. Returns `None` if the one is no number or the other empty.
pub fn closed_window(payload: &[u8]) -> Option<(Span, Span)> {
    let len = payload.trim_ascii_end().len();
    let semicolon = memchr::memchr(b';', payload)?;
    let session = Span::new(0, semicolon);
    let server = Span::between(semicolon + 1, len);
    let is_number = session.len > 0 && session.of(payload).iter().all(u8::is_ascii_digit);
    (is_number && server.len > 0).then_some((session, server))
}

/// The request in the payload of a sign-out. Returns `None` if it is unknown.
pub fn sign_out(payload: &[u8]) -> Option<&'static str> {
    match payload.trim_ascii() {
        b"goawyplzthxbye" => Some("sign out this endpoint"),
        b"gtfo" => Some("sign out all endpoints"),
        _ => None,
    }
}
