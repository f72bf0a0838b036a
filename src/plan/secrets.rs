//! Secrets: those in cleartext in the packet are shown; those that were decrypted,
//! derived or supplied by the user are shown only if the user chose to see keys.
//!
//! The field tables mark secrets. A withheld value is never generated, so that no output
//! contains it, and its bytes are overwritten in the plaintext, which other items and the
//! host's byte views are taken from.

use crate::field::{FieldId, Type};
use crate::plan::notes::SEARCHED;
use crate::plan::parts::{ItemId, SourceId, TextId, Value};
use crate::plan::root::Plan;
use crate::span::Span;

/// Overwrites secret bytes; sixteen asterisks are not mistaken for a key.
const MASK: u8 = b'*';

impl Plan<'_> {
    /// Whether to withhold a value of this field at this span. A value without bytes was
    /// not read from the packet; it exists only if `is_made`.
    pub(super) fn withholds(&self, field: FieldId, span: Span, is_made: bool) -> bool {
        let has_value = if span.len == 0 {
            is_made
        } else {
            self.decrypted
        };
        if self.shows_keys || !has_value {
            return false;
        }
        field.spec().is_some_and(|spec| spec.secret.is_some())
    }

    /// Adds a secret without its value; nothing if it has no bytes.
    pub(super) fn add_withheld(&mut self, depth: u8, field: FieldId, span: Span) -> ItemId {
        if span.len == 0 {
            return ItemId::NONE;
        }
        self.redact(span);
        let spec = field.spec();
        let has_empty = spec.is_some_and(|spec| matches!(spec.kind, Type::Bytes | Type::Text));
        if !has_empty {
            return ItemId::NONE;
        }
        // The arena must not be empty: the value refers to its empty text.
        let _ = self.store_text("");
        let item = self.add_shown(depth, field, span, Value::Withheld);
        if self.shows_tree() && item != ItemId::NONE {
            let title = spec.map_or("", |spec| spec.title.to_str().unwrap_or_default());
            let label = format!("{title}: {} bytes, not shown", span.len);
            self.set_label(item.0 as usize, format_args!("{label}"));
        }
        item
    }

    /// Overwrites a secret in the bytes of the current view, if they were decrypted and
    /// keys are not shown. Items whose bytes include the secret are labelled accordingly.
    pub fn redact(&mut self, span: Span) {
        if self.shows_keys || !self.decrypted || span.len == 0 {
            return;
        }
        let (span, source) = (self.shifted(span), self.view.source);
        let index = usize::from(source.0).checked_sub(1);
        let Some(source_bytes) = index.and_then(|index| self.lists.sources.get_mut(index)) else {
            return;
        };
        let end = span.end().min(source_bytes.bytes.len());
        if let Some(secret) = source_bytes.bytes.get_mut(span.start..end) {
            secret.fill(MASK);
        }
        if !self.shows_tree() {
            return;
        }
        let first = self.lists.items.len().saturating_sub(SEARCHED);
        for index in first..self.lists.items.len() {
            let Some(item) = self.lists.items.get(index) else {
                return;
            };
            let covers = item.span.start < span.end() && span.start < item.span.end();
            let shows = item.source == source && covers && item.value == Value::Bytes;
            if shows && item.label == TextId::NONE {
                let spec = item.field.spec();
                let title = spec.map_or("", |spec| spec.title.to_str().unwrap_or_default());
                let label = format!("{title}: {} bytes, keys not shown", item.span.len);
                self.set_label(index, format_args!("{label}"));
            }
        }
    }

    /// Whether the bytes of a source are decrypted.
    pub(super) fn is_decrypted(&self, source: SourceId) -> bool {
        let index = usize::from(source.0).checked_sub(1);
        let source = index.and_then(|index| self.lists.sources.get(index));
        source.is_some_and(|source| source.decrypted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::fields::{Field, OICQ};
    use crate::packet::Detail;
    use crate::plan::Source;

    const KEY: Span = Span { start: 2, len: 16 };

    fn bytes() -> Vec<u8> {
        b"..0123456789abcdef...".to_vec()
    }

    /// The value of the last item in outputs other than the tree.
    fn value(plan: &Plan<'_>) -> Vec<u8> {
        let item = plan.items().last().unwrap();
        match item.value {
            Value::Bytes => item.span.of(plan.bytes_of(item.source)).to_vec(),
            Value::Text(id) => plan.text_of(id).into(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_key_in_clear_is_shown() {
        let packet = bytes();
        let mut plan = Plan::new(&OICQ, &packet, Detail::Tree);
        plan.bytes(0, Field::SessionKey, KEY);
        assert_eq!(value(&plan), b"0123456789abcdef");
        // Reassembled, not decrypted.
        let source = plan.add_source(c"Whole", bytes()).unwrap();
        let back = plan.enter(source, 0);
        plan.bytes(0, Field::SessionKey, KEY);
        assert_eq!(value(&plan), b"0123456789abcdef");
        plan.leave(back);
        assert_eq!(plan.sources()[0].bytes, bytes());
    }

    #[test]
    fn a_decrypted_key_is_shown_only_if_keys_are() {
        for shows_keys in [true, false] {
            let mut plan = Plan::new(&OICQ, b"", Detail::Tree).showing_keys(shows_keys);
            let source = plan.add_decrypted(c"Decrypted", bytes()).unwrap();
            let back = plan.enter(source, 0);
            let whole = plan.bytes(0, Field::Plaintext, Span::new(0, 21));
            let inner = plan.enter_here(1);
            let key = plan.bytes(1, Field::SessionKey, Span::new(1, 16));
            let shown: &[u8] = if shows_keys { b"0123456789abcdef" } else { b"" };
            assert_eq!(value(&plan), shown);
            plan.leave(inner);
            // Bytes derived from decrypted bytes count as decrypted.
            let copy = plan.add_source(c"Unpacked", bytes()).unwrap();
            let inner = plan.enter(copy, 0);
            plan.derived(1, Field::SessionKey, KEY, "0123456789abcdef");
            assert_eq!(value(&plan), shown);
            plan.leave(inner);
            plan.leave(back);
            let left = if shows_keys {
                bytes()
            } else {
                b"..****************...".to_vec()
            };
            let are_left = |source: &Source| source.bytes == left;
            assert!(plan.sources().iter().all(are_left), "{plan}");
            let label = |item: ItemId| plan.text_of(plan.items()[item.0 as usize].label);
            let labels = match shows_keys {
                true => ["", ""],
                false => [
                    "Decrypted body: 21 bytes, keys not shown",
                    "Session key: 16 bytes, not shown",
                ],
            };
            assert_eq!([label(whole), label(key)], labels);
        }
    }

    #[test]
    fn no_label_reveals_a_key() {
        let mut plan = Plan::new(&OICQ, b"", Detail::Tree);
        let source = plan.add_decrypted(c"Decrypted", bytes()).unwrap();
        let _ = plan.enter(source, 0);
        let item = plan.bytes(0, Field::SessionKey, KEY);
        plan.label(item, "0123456789abcdef");
        assert!(!plan.to_string().contains("0123456789abcdef"), "{plan}");
    }

    #[test]
    fn a_key_from_the_user_is_shown_only_if_keys_are() {
        for (shows_keys, count) in [(true, 1), (false, 0)] {
            let mut plan = Plan::new(&OICQ, b"", Detail::Tree).showing_keys(shows_keys);
            plan.derived(0, Field::DecryptionKeyValue, Span::default(), "00ff");
            assert_eq!(plan.items().len(), count);
        }
    }

    #[test]
    fn bytes_are_overwritten_even_without_items() {
        let mut plan = Plan::new(&OICQ, b"", Detail::Columns);
        let source = plan.add_decrypted(c"Decrypted", bytes()).unwrap();
        let _ = plan.enter(source, 0);
        plan.bytes(0, Field::SessionKey, KEY);
        assert_eq!(plan.sources()[0].bytes, b"..****************...");
        assert!(plan.items().is_empty());
    }
}
