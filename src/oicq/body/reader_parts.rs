//! The cursor over a plaintext body: headings, windows and lists.

use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{Reader, MAX_DEPTH};
use crate::oicq::body::value::BodyValue;
use crate::span::Span;

impl Reader<'_> {
    /// Adds a heading over the entries that `inside` reads.
    pub fn heading(
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

    /// Reads a window of `len` bytes with `inside`. Unread bytes in it become an entry; a
    /// fault in the window ends only the window.
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
        self.faults.invalid_value |= self.left() > 0;
        self.rest(Name::Trailing);
        (self.input, self.windows) = outside;
        Some(())
    }

    /// Adds the next `len` bytes as an entry. If `made_of` accepts them, reads them again
    /// with `inside`, in a window below that entry. Returns whether it does.
    pub(crate) fn nested(
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
        let after = core::mem::replace(&mut self.input, again);
        let outside = self.depth;
        self.depth = outside.saturating_add(1);
        self.window(len, inside)?;
        (self.input, self.depth) = (after, outside);
        Some(true)
    }

    /// Reads a length of two bytes, and a window of that length.
    pub fn window2(&mut self, inside: impl FnOnce(&mut Self) -> Option<()>) -> Option<()> {
        let len = self.length2()?;
        self.window(len, inside)
    }

    /// Calls `one` until the bytes end or it fails, for parts with lengths of their own.
    /// Bytes after a fault stay unread.
    pub fn parts(&mut self, one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        let _ = self.all(one);
        Some(())
    }

    /// Calls `one` until the bytes end or it makes no progress.
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

    /// Adds a heading over each of `count` rows.
    pub fn counted(
        &mut self,
        count: usize,
        name: Name,
        mut row: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        for _ in 0..count {
            self.heading(name, &mut row)?;
        }
        Some(())
    }

    /// Adds a heading over each row until the bytes end.
    pub fn rows(&mut self, name: Name, mut row: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.all(|r| r.heading(name, &mut row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::body::text::Charset;

    /// No row is added after the one in which the bytes end, however many are announced.
    #[test]
    fn a_list_ends_with_its_bytes() {
        let mut reader = Reader::new(b"\x00\xbc\x61\x4e\x00\xbc", Charset::Gbk);
        let row = |r: &mut Reader<'_>| r.u32(Name::FriendUin).map(drop);
        assert_eq!(reader.counted(200, Name::Friend, row), None);
        let (entries, short) = reader.finish();
        let names: Vec<Name> = entries.iter().map(|entry| entry.name).collect();
        let expected = [Name::Friend, Name::FriendUin, Name::Friend];
        assert_eq!((&names[..expected.len()], short), (&expected[..], true));
        assert!(
            !names[expected.len()..].contains(&Name::Friend),
            "{names:?}"
        );
    }
}
