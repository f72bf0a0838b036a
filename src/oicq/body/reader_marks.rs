//! The cursor over a plain body: how it goes back, and how body and layout agree.

use crate::input::Input;
use crate::oicq::body::name::Name;
use crate::oicq::body::plausible::{is_plausible, weight};
use crate::oicq::body::reader::Reader;
use crate::oicq::body::text::Charset;
use crate::oicq::body::value::BodyEntry;

/// A place in a body to which a cursor can go back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReaderMark<'a> {
    input: Input<'a>,
    depth: u8,
    windows: u8,
    charset: Charset,
    entries: usize,
}

impl<'a> Reader<'a> {
    /// Where the cursor is.
    pub(crate) fn mark(&self) -> ReaderMark<'a> {
        ReaderMark {
            input: self.input,
            depth: self.depth,
            windows: self.windows,
            charset: self.charset,
            entries: self.entries.len(),
        }
    }

    /// Forgets all that was read since `mark`.
    pub(crate) fn back(&mut self, mark: ReaderMark<'a>) {
        self.input = mark.input;
        self.depth = mark.depth;
        self.windows = mark.windows;
        self.charset = mark.charset;
        self.entries.truncate(mark.entries);
    }

    /// What was read since `mark`.
    pub(crate) fn since(&mut self, mark: ReaderMark<'_>) -> &mut [BodyEntry] {
        self.entries.get_mut(mark.entries..).unwrap_or_default()
    }

    /// Makes bytes of keys of what no layout has read since `mark`, unless it is filling.
    pub(crate) fn hide_trailing(&mut self, mark: ReaderMark<'_>) {
        let input = self.input;
        for entry in self.since(mark) {
            let is_filling = input.bytes(entry.span).iter().all(|byte| *byte == 0);
            if entry.name == Name::Trailing && !is_filling {
                entry.name = Name::KeyBytes;
            }
        }
    }

    /// Whether what was read since `mark` can be what the layout calls it.
    pub(crate) fn is_plausible(&self, mark: ReaderMark<'_>) -> bool {
        let entries = self.entries.get(mark.entries..).unwrap_or_default();
        is_plausible(entries, self.own)
    }

    /// How many bits of what was read since `mark` had to be what they are.
    pub(crate) fn weight(&self, mark: ReaderMark<'_>) -> usize {
        let entries = self.entries.get(mark.entries..).unwrap_or_default();
        entries.iter().map(|entry| weight(entry, self.own)).sum()
    }

    /// Ends the reading where the layout does not agree with the bytes.
    pub fn require(&mut self, agrees: bool) -> Option<()> {
        if !agrees {
            self.faults.misfit = true;
        }
        agrees.then_some(())
    }
}
