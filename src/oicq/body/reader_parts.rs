//! The cursor over a plain body: headings, windows and lists.

use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{Reader, MAX_DEPTH};
use crate::oicq::body::value::BodyValue;
use crate::span::Span;

impl Reader<'_> {
    /// A heading over what `inside` reads.
    pub fn group(
        &mut self,
        name: Name,
        inside: impl FnOnce(&mut Self) -> Option<()>,
    ) -> Option<()> {
        let (start, heading) = (self.input.at(), self.entries.len());
        self.push(name, Span::new(start, 0), BodyValue::Heading);
        let outside = self.depth;
        self.depth = (outside + 1).min(MAX_DEPTH);
        let done = inside(self);
        self.depth = outside;
        let span = Span::between(start, self.input.at());
        if let Some(heading) = self.entries.get_mut(heading) {
            heading.span = span;
        }
        done
    }

    /// A window of so many bytes, which `inside` reads. What it leaves is an entry; a
    /// fault in the window ends the window alone.
    pub fn window(
        &mut self,
        len: usize,
        inside: impl FnOnce(&mut Self) -> Option<()>,
    ) -> Option<()> {
        let window = self.input.part(len);
        self.faults.short |= window.is_none();
        let outside = (self.input, self.windows);
        self.input = window?;
        self.windows = self.windows.saturating_add(1);
        let _ = inside(self);
        self.faults.odd |= self.left() > 0;
        self.rest(Name::Trailing);
        (self.input, self.windows) = outside;
        Some(())
    }

    /// The next `len` bytes as an entry, and if they are `made_of` what `inside` reads, below it
    /// the same bytes again, as a window. Whether they are.
    pub(crate) fn twice(
        &mut self,
        name: Name,
        len: usize,
        made_of: impl FnOnce(&[u8]) -> bool,
        inside: impl FnOnce(&mut Self) -> Option<()>,
    ) -> Option<bool> {
        let again = self.input;
        if !made_of(self.bytes(name, len)?) {
            return Some(false);
        }
        let behind = core::mem::replace(&mut self.input, again);
        let outside = self.depth;
        self.depth = outside.saturating_add(1);
        self.window(len, inside)?;
        (self.input, self.depth) = (behind, outside);
        Some(true)
    }

    /// A length of two bytes, and a window of as many.
    pub fn window2(&mut self, inside: impl FnOnce(&mut Self) -> Option<()>) -> Option<()> {
        let len = self.length2()?;
        self.window(len, inside)
    }

    /// `one` for as long as there are bytes and no fault: parts with lengths of their own. What
    /// stands behind a fault is left.
    pub fn parts(&mut self, one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        let _ = self.all(one);
        Some(())
    }

    /// `one` for as long as there are bytes.
    pub fn all(&mut self, mut one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        while self.left() > 0 {
            let before = self.input.at();
            one(self)?;
            if self.input.at() == before {
                break;
            }
        }
        Some(())
    }

    /// A heading over each of `count` rows.
    pub fn counted(
        &mut self,
        count: usize,
        name: Name,
        mut row: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        for _ in 0..count {
            self.group(name, &mut row)?;
        }
        Some(())
    }

    /// A heading over each row, for as long as there are bytes.
    pub fn rows(&mut self, name: Name, mut row: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.all(|r| r.group(name, &mut row))
    }
}
