//! Payloads to a Plan: what MSG, UBX, ADL and all other commands with a payload carry.
//!
//! Every `show` in here adds items whose spans count from the first byte of the slice that
//! it is given, and returns what the Info column says of it.

pub(crate) mod body;
pub(crate) mod contacts;
pub(crate) mod document;
pub(crate) mod document_keys;
pub(crate) mod envelope;
pub(crate) mod keys;
pub(crate) mod lines;
pub(crate) mod media;
pub(crate) mod message;
pub mod object;
pub(crate) mod sip;
pub(crate) mod values;

pub use crate::msn::msnp::state::payload::State;
use crate::msn::msnp::tree::payload::keys::Key;
use crate::msn::msnp::tree::payload::keys::INVITATION;
use crate::msn::msnp::tree::payload::keys::MESSAGE;
use crate::msn::msnp::tree::payload::keys::PROFILE;

use crate::field::FieldId;
use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::tree::values as show_values;
use crate::msn::msnp::tree::values::Piece;
use crate::msn::msnp::wire::content;
use crate::msn::msnp::wire::line::decimal;
use crate::msn::msnp::wire::pdu::Pdu;
use crate::msn::slp::wire::message::is_message;
use crate::packet::{Packet, PduKey};
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// What is known of a payload besides its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a, 'p> {
    /// The packet in which its PDU ends.
    pub packet: &'a Packet<'p>,
    /// The PDU.
    pub key: PduKey,
    /// The three letters of the command; `None` for an error reply.
    pub verb: Option<[u8; 3]>,
    /// The type that UUN, UBN, UUM and UBM give before the length.
    pub kind: Option<u32>,
    /// Bytes of the payload are not there: nothing is said of its end.
    pub cut: bool,
}

impl<'a, 'p> Context<'a, 'p> {
    /// The context of a PDU's payload.
    pub fn of(packet: &'a Packet<'p>, key: PduKey, pdu: &Pdu) -> Self {
        let mut words = pdu.parameters(packet.bytes);
        let typed = pdu
            .command
            .is_some_and(|command| matches!(&command.verb, b"UUN" | b"UBN" | b"UUM" | b"UBM"));
        // The last parameter is the length, the one before it the type.
        let kind = typed.then(|| {
            let words: Vec<_> = words.by_ref().collect();
            let before_last = words.len().checked_sub(2)?;
            decimal(words.get(before_last)?.value)
        });
        Self {
            packet,
            key,
            verb: pdu.command.map(|command| command.verb),
            kind: kind.flatten(),
            cut: pdu.missing(packet.bytes) > 0,
        }
    }
}

/// Bytes of a payload that are a peer-to-peer packet, or a message of MSNSLP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeerBody {
    /// Where it stands in the payload.
    pub span: Span,
    /// The depth of its items.
    pub depth: u8,
    /// The sender names its endpoint, so that packets are of version 2.
    pub has_endpoint: bool,
}

/// What a payload turned out to be.
#[derive(Debug, Default)]
pub struct Shown {
    /// What the Info column says of it behind the command; empty for nothing.
    pub summary: String,
    /// Peer-to-peer packets in it, which are not shown yet.
    pub peer_bodies: Vec<PeerBody>,
}

/// A Plan, and what a payload's parts need to know of the whole.
pub(crate) struct Page<'s, 'a, 'p> {
    /// Where items go.
    plan: &'s mut Plan<'p>,
    /// What is known.
    context: Context<'a, 'p>,
    /// What is remembered of the connection.
    state: &'s mut State,
    /// What is left to the peer-to-peer dissector.
    peer_bodies: Vec<PeerBody>,
    /// What the document in a line of the body says.
    inner: String,
}

impl Page<'_, '_, '_> {
    /// A note about bytes that may only be wrong because some are missing.
    fn note_unless_cut(&mut self, note: Note, item: ItemId, text: Option<&str>) {
        if self.context.cut {
            return;
        }
        match text {
            Some(text) => self.plan.note_text(note, item, text),
            None => self.plan.note(note, item),
        }
    }
}

/// Shows the payload `data`, which is all there is of it. Its items stand at `depth`, and
/// their spans count from the first byte of `data`.
pub fn show<'p>(
    plan: &mut Plan<'p>,
    context: Context<'_, 'p>,
    state: &mut State,
    depth: u8,
    data: &[u8],
) -> Shown {
    let mut page = Page {
        plan,
        context,
        state,
        peer_bodies: Vec::new(),
        inner: String::new(),
    };
    let summary = by_verb(&mut page, depth, data);
    Shown {
        summary,
        peer_bodies: page.peer_bodies,
    }
}

fn by_verb(page: &mut Page<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    let Some(verb) = page.context.verb else {
        return failure(page, depth, data);
    };
    match &verb {
        b"MSG" | b"UUM" | b"UBM" => message::show(page, depth, data),
        b"SDG" | b"NFY" | b"PUT" | b"DEL" => envelope::show(page, depth, data),
        b"UUN" | b"UBN" => notification(page, depth, data),
        b"QRY" => String::new(),
        b"SDC" => text(page, depth, data),
        _ => xml_or_text(page, depth, data),
    }
}

fn xml_or_text(page: &mut Page<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    if data.trim_ascii_start().starts_with(b"<") {
        document::show(page, depth, data)
    } else {
        text(page, depth, data)
    }
}

fn text(page: &mut Page<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    page.plan.text(depth, Field::Text, Span::new(0, data.len()));
    quoted_lines(&String::from_utf8_lossy(data))
}

/// The payload of an error reply: XML, or numbers whose meaning is not known.
fn failure(page: &mut Page<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    if data.trim_ascii_start().starts_with(b"<") {
        return document::show(page, depth, data);
    }
    let span = Span::new(0, data.len());
    page.plan.text(depth, Field::ErrorPayload, span);
    quoted_lines(&String::from_utf8_lossy(data))
}

/// The payload of UUN and UBN, by its type.
fn notification(page: &mut Page<'_, '_, '_>, depth: u8, data: &[u8]) -> String {
    let span = Span::new(0, data.len());
    let trimmed = data.trim_ascii_start();
    match page.context.kind {
        kind if kind == Some(2) || sip::is_message(data) => {
            page.plan.text(depth, Field::SipMessage, span);
            sip::show(page, depth + 1, data);
            "SIP".into()
        }
        Some(4) => {
            let item = page.plan.text(depth, Field::SignOut, span);
            let meaning = content::sign_out(data).unwrap_or("sign out");
            let words = String::from_utf8_lossy(data).into_owned();
            page.plan
                .label(item, &format!("Sign out: {words} ({meaning})"));
            meaning.into()
        }
        Some(5) => {
            page.plan.text(depth, Field::ClosedWindow, span);
            if let Some((session, server)) = content::closed_window(data) {
                page.plan.text(depth + 1, Field::SessionId, session);
                let piece = Piece {
                    bytes: server.of(data),
                    start: server.start,
                };
                show_values::server(page.plan, depth + 1, piece);
            }
            "conversation window closed".into()
        }
        _ if trimmed.starts_with(b"<") => document::show(page, depth, data),
        _ if trimmed.starts_with(b"MIME-Version:") || trimmed.starts_with(b"Content-Type:") => {
            message::show(page, depth, data)
        }
        // Set-ups of relays come so, too.
        kind if kind == Some(3) || is_message(data) => {
            page.peer_bodies.push(PeerBody {
                span,
                depth,
                has_endpoint: false,
            });
            "peer to peer".into()
        }
        _ if core::str::from_utf8(data).is_ok() => text(page, depth, data),
        _ => String::new(),
    }
}

/// Text for the Info column: in quotes, and not longer than its neighbours bear.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", shortened(text))
}

/// As [`quoted`], of what has no headers or none that are known: lines in it can still name a
/// ticket or cookie, whose value the Info column does not hold.
fn quoted_lines(text: &str) -> String {
    const TABLES: [&[Key]; 3] = [MESSAGE, PROFILE, INVITATION];
    let secret = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let field = keys::find(&TABLES, name.trim().as_bytes())?.field;
        let mark = FieldId::from(field).spec()?.secret?;
        let end = value.get(value.trim_end().len()..)?;
        Some(format!("{name}: <{mark}>{end}"))
    };
    let mut shown = String::new();
    for line in text.split_inclusive('\n') {
        shown.push_str(secret(line).as_deref().unwrap_or(line));
        if shown.len() > MOST_QUOTED * 4 {
            break;
        }
    }
    quoted(&shown)
}

/// Characters of a text in the Info column.
const MOST_QUOTED: usize = 80;

/// The beginning of a text.
fn shortened(text: &str) -> String {
    let text = text.trim_end_matches(['\r', '\n', '\0']);
    match text.char_indices().nth(MOST_QUOTED) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_headers_give_no_secret_away() {
        for (text, quote) in [
            (
                "MSPAuth: 5INVENTED\r\nkv: 2\r\n",
                "\"MSPAuth: <ticket>\r\nkv: 2\"",
            ),
            (
                "Invitation-Command: ACCEPT\r\nauthcookie:123456",
                "\"Invitation-Command: ACCEPT\r\nauthcookie: <cookie>\"",
            ),
            ("see you at 8:30\r\n", "\"see you at 8:30\""),
            ("", "\"\""),
        ] {
            assert_eq!(quoted_lines(text), quote);
        }
        let long = quoted_lines(&"a\n".repeat(1000));
        assert_eq!(long.chars().count(), MOST_QUOTED + 3);
    }
}
