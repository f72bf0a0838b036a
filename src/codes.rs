//! Tables of names for numeric codes and command words.
//!
//! A table is sorted data, checked at compile time. Unknown codes have no name: lookups
//! never fail on packet bytes.

use core::ffi::CStr;

use crate::refuse::{is_less, refuse};

/// A table of (code, name), sorted by code. The names are C strings because the same
/// table is passed to Wireshark.
#[derive(Debug, Clone, Copy)]
pub struct Codes(&'static [(u32, &'static CStr)]);

impl Codes {
    /// Wraps `rows`. Compilation fails if a code is out of order, repeated or unnamed.
    pub const fn new(rows: &'static [(u32, &'static CStr)]) -> Self {
        let mut i = 0;
        while i < rows.len() {
            if rows[i].1.is_empty() && i == 0 {
                refuse(&[b"the first code has no name"]);
            }
            if rows[i].1.is_empty() {
                refuse(&[b"a code has no name, after: ", rows[i - 1].1.to_bytes()]);
            }
            if i > 0 && rows[i - 1].0 >= rows[i].0 {
                refuse(&[
                    rows[i].1.to_bytes(),
                    b": its code is not greater than the one above",
                ]);
            }
            i += 1;
        }
        Self(rows)
    }

    /// All rows, in order.
    pub const fn rows(&self) -> &'static [(u32, &'static CStr)] {
        self.0
    }

    /// The name of `code`. Returns `None` if it is not in the table.
    pub fn name(&self, code: u32) -> Option<&'static str> {
        let at = self.0.binary_search_by_key(&code, |row| row.0).ok()?;
        self.0[at].1.to_str().ok()
    }
}

/// A table of (word, name), sorted by word, for the words of a command line.
#[derive(Debug, Clone, Copy)]
pub struct WordCodes(&'static [(&'static str, &'static CStr)]);

impl WordCodes {
    /// Wraps `rows`. Compilation fails if a word is out of order, repeated or unnamed.
    pub const fn new(rows: &'static [(&'static str, &'static CStr)]) -> Self {
        let mut i = 0;
        while i < rows.len() {
            let word = rows[i].0.as_bytes();
            if rows[i].1.is_empty() {
                refuse(&[word, b": this word has no name"]);
            }
            if i > 0 && !is_less(rows[i - 1].0.as_bytes(), word) {
                refuse(&[word, b": this word is not greater than the one above"]);
            }
            i += 1;
        }
        Self(rows)
    }

    /// All rows, in order.
    pub const fn rows(&self) -> &'static [(&'static str, &'static CStr)] {
        self.0
    }

    /// The name of `word`, case-sensitive. Returns `None` if it is not in the table.
    pub fn name(&self, word: &[u8]) -> Option<&'static str> {
        let at = self.0.binary_search_by(|row| row.0.as_bytes().cmp(word));
        self.0[at.ok()?].1.to_str().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLOURS: Codes = Codes::new(&[(1, c"red"), (2, c"green"), (9, c"blue")]);

    #[test]
    fn finds_names_and_leaves_gaps_unnamed() {
        assert_eq!(COLOURS.name(9), Some("blue"));
        assert_eq!(COLOURS.name(3), None);
        assert_eq!(COLOURS.rows().len(), 3);
    }

    #[test]
    fn words_are_case_sensitive() {
        const SIZES: WordCodes =
            WordCodes::new(&[("L", c"large"), ("LL", c"larger"), ("S", c"small")]);
        assert_eq!(SIZES.name(b"LL"), Some("larger"));
        assert_eq!(SIZES.name(b"l"), None);
        assert_eq!(SIZES.name(b""), None);
    }
    /// What is wrong with a table; empty if it is valid.
    fn refusal<T>(table: impl FnOnce() -> T + std::panic::UnwindSafe) -> String {
        match std::panic::catch_unwind(table) {
            Ok(_) => String::new(),
            Err(panic) => *panic.downcast::<String>().expect("a text"),
        }
    }

    #[test]
    fn the_wrong_row_is_named() {
        assert_eq!(refusal(|| Codes::new(&[(0, c"a"), (1, c"b")])), "");
        assert_eq!(
            refusal(|| Codes::new(&[(0, c"")])),
            "the first code has no name"
        );
        assert_eq!(
            refusal(|| Codes::new(&[(0, c"a"), (1, c"")])),
            "a code has no name, after: a"
        );
        assert_eq!(
            refusal(|| Codes::new(&[(1, c"a"), (1, c"b")])),
            "b: its code is not greater than the one above"
        );
        assert_eq!(refusal(|| WordCodes::new(&[("A", c"a"), ("B", c"b")])), "");
        assert_eq!(
            refusal(|| WordCodes::new(&[("A", c"")])),
            "A: this word has no name"
        );
        assert_eq!(
            refusal(|| WordCodes::new(&[("B", c"b"), ("A", c"a")])),
            "A: this word is not greater than the one above"
        );
    }
}
