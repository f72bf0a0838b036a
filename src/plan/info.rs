//! The Info column.

use crate::byte_kinds::{kinds_in, unprintable};
use crate::plan::root::Plan;

/// Length of the Info column, in bytes, from which on nothing is appended.
const MAX_INFO: usize = 2_000;

impl Plan<'_> {
    /// Appends to the Info column, after a separator. Control characters are escaped.
    pub fn info(&mut self, text: &str) {
        if self.hides_info {
            return;
        }
        self.separate_info();
        self.append_info(text);
    }

    /// Appends bytes to the Info column, after a separator. Control characters are escaped,
    /// and invalid UTF-8 is replaced by U+FFFD.
    pub(crate) fn info_bytes(&mut self, text: &[u8]) {
        if self.hides_info {
            return;
        }
        self.separate_info();
        if text.len() <= MAX_INFO && kinds_in(text, unprintable) == 0 {
            self.append_plain(text);
        } else if let Ok(text) = core::str::from_utf8(text) {
            self.append_info(text);
        } else {
            self.append_info(&String::from_utf8_lossy(text));
        }
    }

    fn separate_info(&mut self) {
        if !self.lists.info.0.is_empty() {
            self.append_plain(b"; ");
        }
    }

    /// Appends text without control characters.
    fn append_plain(&mut self, text: &[u8]) {
        if self.lists.info.0.len() < MAX_INFO {
            self.lists.info.0.extend_from_slice(text);
        }
    }

    /// Appends to the Info column without a separator: details of the last addition.
    pub fn append_info(&mut self, text: &str) {
        if self.hides_info {
            return;
        }
        if text.len() <= MAX_INFO && kinds_in(text.as_bytes(), may_be_control) == 0 {
            self.append_plain(text.as_bytes());
            return;
        }
        for char in text.chars() {
            if self.lists.info.0.len() >= MAX_INFO {
                self.push_info('…');
                break;
            }
            if char.is_control() {
                char.escape_default().for_each(|char| self.push_info(char));
            } else {
                self.push_info(char);
            }
        }
    }

    fn push_info(&mut self, char: char) {
        let bytes = &mut [0; 4];
        self.lists
            .info
            .0
            .extend_from_slice(char.encode_utf8(bytes).as_bytes());
    }

    /// The text of the Info column.
    pub fn info_text(&self) -> &str {
        self.lists.info.as_str()
    }

    /// Ends the text of the Info column with NUL, and returns it.
    pub fn end_info(&mut self) -> &[u8] {
        self.lists.info.0.push(0);
        &self.lists.info.0
    }
}

/// Nonzero for a control character, which in UTF-8 is a single byte or starts with 0xc2.
const fn may_be_control(byte: u8) -> u8 {
    (byte < 0x20) as u8 | (byte == 0x7f) as u8 | (byte == 0xc2) as u8
}
