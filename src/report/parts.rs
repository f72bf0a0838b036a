//! Messages that are sent in several parts, each of which is an event.

use std::collections::{BTreeMap, HashSet};

use crate::event::{Event, EventKind, MessagePart};

/// Maximum bytes kept of the words of a message that is not whole. Clients send at most 178,500.
const MAX_WORDS: usize = 256 << 10;

/// Which part of a message an event is of.
pub(crate) fn part_of(event: &Event) -> Option<MessagePart> {
    match &event.kind {
        EventKind::Message(message) => message.part,
        _ => None,
    }
}

/// The messages of which a part is known: each counts once.
#[derive(Debug, Default)]
pub(crate) struct KnownMessages(HashSet<u64>);

impl KnownMessages {
    /// Whether another part of the message of this event came before.
    pub(crate) fn has(&self, event: &Event) -> bool {
        part_of(event).is_some_and(|part| self.0.contains(&part.message))
    }

    /// Takes an event. Returns whether it is of a message of which no part came before.
    pub(crate) fn insert(&mut self, event: &Event) -> bool {
        part_of(event).is_none_or(|part| self.0.insert(part.message))
    }
}

/// The words of a message as far as its parts are known, with a mark unless it is whole.
#[derive(Debug, Default)]
pub(crate) struct KnownWords {
    is_whole: bool,
    parts: BTreeMap<u8, Box<str>>,
    /// Number of their bytes.
    size: usize,
}

impl KnownWords {
    /// Takes a part. Returns the words, if they are others than before.
    pub(crate) fn add(&mut self, part: MessagePart, text: &str) -> Option<String> {
        if self.is_whole {
            return None;
        }
        if part.is_whole {
            *self = Self {
                is_whole: true,
                ..Self::default()
            };
            return Some(text.to_owned());
        }
        let text = match self.size + text.len() {
            size if size > MAX_WORDS => "\u{2026}",
            size => {
                self.size = size;
                text
            }
        };
        self.parts.insert(part.number, text.into());
        let mut words = String::new();
        let mut before = None;
        for (number, text) in &self.parts {
            if before.is_some_and(|before| before + 1 != *number) {
                words.push_str(" \u{2026} ");
            }
            words.push_str(text);
            before = Some(*number);
        }
        let numbers: Vec<_> = self.parts.keys().map(u8::to_string).collect();
        let plural = if numbers.len() == 1 { "" } else { "s" };
        let numbers = numbers.join(", ");
        words.push_str(&format!(" [part{plural} {numbers} of {}]", part.count));
        Some(words)
    }
}

/// The words of one part, with a mark unless it is the whole message.
pub(crate) fn words_of(part: MessagePart, text: &str) -> String {
    KnownWords::default().add(part, text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(number: u8) -> MessagePart {
        MessagePart {
            message: 1,
            number,
            count: 4,
            is_whole: number == 0,
        }
    }

    #[test]
    fn missing_parts_are_marked() {
        let mut words = KnownWords::default();
        let mut add = |number, text| words.add(part(number), text);
        assert_eq!(add(2, "b").as_deref(), Some("b [part 2 of 4]"));
        assert_eq!(
            add(4, "d").as_deref(),
            Some("b \u{2026} d [parts 2, 4 of 4]")
        );
        assert_eq!(
            add(1, "a").as_deref(),
            Some("ab \u{2026} d [parts 1, 2, 4 of 4]")
        );
        assert_eq!(add(0, "abcd").as_deref(), Some("abcd"));
        assert_eq!(add(1, "a"), None);
    }

    #[test]
    fn few_words_are_kept_of_a_message_that_is_not_whole() {
        let mut words = KnownWords::default();
        let long = "a".repeat(100_000);
        let known = (1..=4).filter_map(|number| words.add(part(number), &long));
        let known = known.last().expect("words");
        assert!(known.ends_with("aa\u{2026}\u{2026} [parts 1, 2, 3, 4 of 4]"));
    }
}
