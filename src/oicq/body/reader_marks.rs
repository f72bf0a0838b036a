//! The cursor over a plaintext body: going back, and agreement of body and layout.

use crate::input::Input;
use crate::oicq::body::name::Name;
use crate::oicq::body::plausible::{is_plausible, weight};
use crate::oicq::body::reader::Reader;
use crate::oicq::body::text::Charset;
use crate::oicq::body::value::BodyEntry;

/// A position in a body to which a cursor can return.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReaderMark<'a> {
    input: Input<'a>,
    depth: u8,
    windows: u8,
    charset: Charset,
    entries: usize,
}

impl<'a> Reader<'a> {
    /// The position of the cursor.
    pub(crate) fn mark(&self) -> ReaderMark<'a> {
        ReaderMark {
            input: self.input,
            depth: self.depth,
            windows: self.windows,
            charset: self.charset,
            entries: self.entries.len(),
        }
    }

    /// Returns to `mark` and drops all entries read since.
    pub(crate) fn rewind(&mut self, mark: ReaderMark<'a>) {
        self.input = mark.input;
        self.depth = mark.depth;
        self.windows = mark.windows;
        self.charset = mark.charset;
        self.entries.truncate(mark.entries);
    }

    /// The entries read since `mark`.
    pub(crate) fn entries_since(&mut self, mark: ReaderMark<'_>) -> &mut [BodyEntry] {
        self.entries.get_mut(mark.entries..).unwrap_or_default()
    }

    /// Turns unread bytes since `mark` into key bytes, unless they are all zero.
    pub(crate) fn hide_trailing(&mut self, mark: ReaderMark<'_>) {
        let input = self.input;
        for entry in self.entries_since(mark) {
            let is_padding = input.bytes(entry.span).iter().all(|byte| *byte == 0);
            if entry.name == Name::Trailing && !is_padding {
                entry.name = Name::KeyBytes;
            }
        }
    }

    /// Whether all values read since `mark` are plausible.
    pub(crate) fn is_plausible(&self, mark: ReaderMark<'_>) -> bool {
        let entries = self.entries.get(mark.entries..).unwrap_or_default();
        is_plausible(entries, self.own_uin)
    }

    /// The number of bits read since `mark` that could have contradicted the layout.
    pub(crate) fn weight(&self, mark: ReaderMark<'_>) -> usize {
        let entries = self.entries.get(mark.entries..).unwrap_or_default();
        entries
            .iter()
            .map(|entry| weight(entry, self.own_uin))
            .sum()
    }

    /// Stops reading if the body does not agree with the layout.
    pub fn require(&mut self, agrees: bool) -> Option<()> {
        if !agrees {
            self.faults.misfit = true;
        }
        agrees.then_some(())
    }
}
