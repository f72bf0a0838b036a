//! Texts of a Plan: the text arena, labels, and the values of items.

use core::fmt;
use core::fmt::Write as _;
use std::borrow::Cow;

use memchr::memchr;

use crate::plan::parts::{Item, ItemId, TextId, Value};
use crate::plan::root::Plan;

/// Size of the text arena, in bytes, from which on no more texts are added: crafted
/// packets can repeat long ones.
const MAX_TEXTS: usize = 16 << 20;

impl Plan<'_> {
    /// Replaces the label of an item in the tree, unless its value is withheld.
    pub fn label(&mut self, item: ItemId, text: &str) {
        self.label_args(item, format_args!("{text}"));
    }

    /// As [`Plan::label`], of a text that is formatted only if it is shown.
    pub fn label_args(&mut self, item: ItemId, text: fmt::Arguments<'_>) {
        if !self.shows_tree() || item == ItemId::NONE {
            return;
        }
        let index = item.0 as usize;
        let is_withheld = |item: &Item| item.value == Value::Withheld;
        if !self.lists.items.get(index).is_some_and(is_withheld) {
            self.set_label(index, text);
        }
    }

    pub(super) fn set_label(&mut self, index: usize, text: fmt::Arguments<'_>) {
        let label = self.store(|texts| {
            // Appending to a Vec does not fail.
            let _ = TextArena(texts).write_fmt(text);
        });
        if let Some(item) = self.lists.items.get_mut(index) {
            item.label = label;
        }
    }

    /// An empty text to be made in, with the memory of the one that [`Plan::keep_spare`] got
    /// last.
    pub(crate) fn spare_text(&mut self) -> String {
        core::mem::take(&mut self.lists.spare)
    }

    /// Keeps the memory of a text that is no longer needed.
    pub(crate) fn keep_spare(&mut self, mut text: String) {
        text.clear();
        self.lists.spare = text;
    }

    /// All texts, each NUL-terminated; a `TextId` is an offset into them.
    pub fn texts(&self) -> &[u8] {
        &self.lists.texts
    }

    /// The text of an id.
    pub fn text_of(&self, id: TextId) -> &str {
        let from = self.lists.texts.get(id.0 as usize..).unwrap_or_default();
        let end = from.iter().position(|b| *b == 0).unwrap_or(from.len());
        core::str::from_utf8(&from[..end]).unwrap_or_default()
    }

    /// The text of an item's value. Returns `None` if it is not a text.
    pub fn value_of(&self, item: &Item) -> Option<Cow<'_, str>> {
        match item.value {
            Value::Text(id) => Some(self.text_of(id).into()),
            Value::Utf8 => {
                let bytes = item.span.of(self.bytes_of(item.source));
                Some(String::from_utf8_lossy(bytes))
            }
            Value::None
            | Value::Number(_)
            | Value::Bytes
            | Value::Latin1
            | Value::Withheld
            | Value::HandOff(..) => None,
        }
    }

    /// Adds a text to the arena. A NUL becomes U+2400: for the host it ends the text.
    pub(super) fn store_text(&mut self, text: &str) -> TextId {
        self.store(|texts| add_text(texts, text))
    }

    fn store(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> TextId {
        if self.lists.texts.is_empty() {
            self.lists.texts.push(0);
        }
        if self.lists.texts.len() > MAX_TEXTS {
            return TextId::NONE;
        }
        let id = TextId(self.lists.texts.len() as u32);
        write(&mut self.lists.texts);
        self.lists.texts.push(0);
        id
    }
}

fn add_text(texts: &mut Vec<u8>, text: &str) {
    let mut rest = text.as_bytes();
    while let Some(nul) = memchr(0, rest) {
        texts.extend_from_slice(&rest[..nul]);
        texts.extend_from_slice("\u{2400}".as_bytes());
        rest = &rest[nul + 1..];
    }
    texts.extend_from_slice(rest);
}

/// Formats into the arena.
struct TextArena<'t>(&'t mut Vec<u8>);

impl fmt::Write for TextArena<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        add_text(self.0, text);
        Ok(())
    }
}
