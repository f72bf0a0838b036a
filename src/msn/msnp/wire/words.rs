//! The words of a line as a slice, usually without a heap allocation.

use crate::span::Spanned;

/// Words stored without allocation; hardly a form has more parameters.
const INLINE_WORDS: usize = 12;

/// The words of a line, the transaction id included.
#[derive(Debug, Clone)]
pub(crate) struct Words<'a> {
    inline: [&'a [u8]; INLINE_WORDS],
    count: usize,
    /// All words if there are more than [`INLINE_WORDS`], else empty.
    many: Vec<&'a [u8]>,
}

impl<'a> Words<'a> {
    /// All words.
    pub(crate) fn all(words: impl Iterator<Item = Spanned<&'a [u8]>>) -> Self {
        let mut words = words.map(|word| word.value);
        let mut found = Self::first(&mut words);
        if let Some(next) = words.next() {
            found.many.extend(found.inline);
            found.many.push(next);
            found.many.extend(words);
        }
        found
    }

    /// At most the first [`INLINE_WORDS`] words; consumes no more of `words`.
    pub(crate) fn first(words: &mut impl Iterator<Item = &'a [u8]>) -> Self {
        let mut found = Self {
            inline: [b""; INLINE_WORDS],
            count: 0,
            many: Vec::new(),
        };
        for (place, word) in found.inline.iter_mut().zip(words) {
            *place = word;
            found.count += 1;
        }
        found
    }

    /// All words, in order.
    pub(crate) fn as_slice(&self) -> &[&'a [u8]] {
        match self.many.is_empty() {
            true => self.inline.get(..self.count).unwrap_or_default(),
            false => &self.many,
        }
    }
}
