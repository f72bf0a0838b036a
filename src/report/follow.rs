//! A conversation as lines of text, as Wireshark's "Follow" shows streams.

use core::ffi::CStr;

use crate::event::{key, Conversation, Event, EventKind, MessageKind};
use crate::field::Protocol;
use crate::msn::msnp::fields::MSNMS;
use crate::oicq::fields::OICQ;
use crate::report::format::text::one_line;
use crate::report::news::News;
use crate::report::parts::{part_of, KnownMessages};
use crate::report::words;

/// How conversations of a family are followed.
#[derive(Debug, Clone, Copy)]
pub struct FollowSpec {
    /// The protocol that they are named after.
    pub protocol: &'static Protocol,
    /// The field that a number given by the user is a value of.
    pub field: &'static CStr,
}

/// All families whose conversations can be followed.
pub const FOLLOWED: &[FollowSpec] = &[
    FollowSpec {
        protocol: &MSNMS,
        field: c"msnms.chat",
    },
    FollowSpec {
        protocol: &OICQ,
        field: c"oicq.account",
    },
];

/// What happened in a conversation, in a line or, if the words have line breaks, several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The text, which ends with a line break.
    pub text: String,
    /// Whether somebody other than the client of the connection has done it.
    pub is_of_others: bool,
    /// Whether the client has received the packet.
    pub is_to_client: bool,
    /// The message that it is a part of, if that is in several.
    pub message: Option<u64>,
    /// Whether it is the whole message, in place of the lines of its parts.
    pub is_whole: bool,
}

/// Somebody who follows a conversation.
#[derive(Debug, Default)]
pub struct Follower {
    news: News,
    /// Messages in parts that have lines.
    messages: KnownMessages,
}

impl Follower {
    /// The lines of the events of a packet, without what earlier packets have told. Packets
    /// come in order.
    pub fn lines(&mut self, events: &[Event]) -> Vec<Line> {
        let new = events.iter().filter(|event| self.is_shown(event));
        new.filter_map(line).collect()
    }

    /// Whether an event is new, or a further part of a message that was.
    fn is_shown(&mut self, event: &Event) -> bool {
        let is_further_part = self.messages.has(event);
        let is_new = self.news.is_new(event);
        if is_new {
            self.messages.insert(event);
        }
        is_new || is_further_part
    }
}

fn line(event: &Event) -> Option<Line> {
    let name = words::name(event)?;
    let mut text = event.from.clone().unwrap_or_default();
    let is_message = matches!(event.kind, EventKind::Message(_));
    match &event.conversation {
        Conversation::None => return None,
        // All participants receive it.
        Conversation::Number(_) if is_message => {}
        _ if event.to.is_empty() => {}
        _ => text = format!("{text} -> {}", event.to.join(", ")),
    }
    match &event.kind {
        EventKind::Message(message) if message.kind == MessageKind::Typing => return None,
        EventKind::Message(message) if message.kind == MessageKind::Text => {}
        _ => text = format!("{text} [{name}]"),
    }
    let said = words::text(event);
    if !said.is_empty() {
        text = format!("{text}: {said}");
    }
    let mut shown: String = text.lines().map(|line| one_line(line) + "\n").collect();
    if shown.is_empty() {
        shown.push('\n');
    }
    let part = part_of(event);
    let own = event.connection.account.as_deref().map(key);
    Some(Line {
        text: shown,
        is_of_others: own != event.from.as_deref().map(key),
        is_to_client: event.connection.from_client == Some(false),
        message: part.map(|part| part.message),
        is_whole: part.is_some_and(|part| part.is_whole),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Message, MessagePart};
    use crate::report::made::message;

    fn message_of(kind: MessageKind, text: &str) -> EventKind {
        EventKind::Message(Message {
            kind,
            text: text.to_owned(),
            picture: None,
            part: None,
        })
    }

    #[test]
    fn a_whole_message_stands_for_its_parts() {
        let mut event = message(Conversation::Direct, "alice@example.com", &[]);
        let mut follower = Follower::default();
        let mut line = |number, is_whole| {
            event.kind = EventKind::Message(Message {
                kind: MessageKind::Text,
                text: "Hello".to_owned(),
                picture: None,
                part: Some(MessagePart {
                    message: 7,
                    number,
                    count: 2,
                    is_whole,
                }),
            });
            follower.lines(&[event.clone()]).remove(0)
        };
        let part = line(1, false);
        assert_eq!(part.text, "alice@example.com: Hello [part 1 of 2]\n");
        assert_eq!((part.message, part.is_whole), (Some(7), false));
        let whole = line(2, true);
        assert_eq!(whole.text, "alice@example.com: Hello\n");
        assert_eq!((whole.message, whole.is_whole), (Some(7), true));
    }

    #[test]
    fn a_line_has_who_and_what() {
        let mut event = message(
            Conversation::Number(1),
            "Alice@example.com",
            &["bob@example.net"],
        );
        event.kind = message_of(MessageKind::Text, "Hello\r\n\u{1b}[31m Bob");
        let found = Follower::default().lines(&[event.clone()]);
        assert_eq!(
            found[0].text,
            "Alice@example.com: Hello\n\u{fffd}[31m Bob\n"
        );
        assert!(!found[0].is_of_others);
        event.conversation = Conversation::Direct;
        event.from = Some("bob@example.net".to_owned());
        event.to = vec!["alice@example.com".to_owned()];
        event.kind = message_of(MessageKind::Nudge, "");
        let found = Follower::default().lines(&[event.clone()]);
        assert_eq!(
            found[0].text,
            "bob@example.net -> alice@example.com [nudge]\n"
        );
        assert!(found[0].is_of_others);
        event.conversation = Conversation::None;
        assert_eq!(Follower::default().lines(&[event]), []);
    }

    #[test]
    fn a_copy_for_another_participant_has_no_line() {
        let mut follower = Follower::default();
        let mut event = message(Conversation::Number(1), "alice@example.com", &[]);
        event.connection.from_client = Some(true);
        assert_eq!(follower.lines(&[event.clone()]).len(), 1);
        event.connection.from_client = Some(false);
        event.connection.destination.port += 1;
        assert_eq!(follower.lines(&[event.clone()]), []);
        // Said once more, it has a line of its own.
        assert_eq!(follower.lines(&[event]).len(), 1);
    }
}
