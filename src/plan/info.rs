//! The Info column.

use crate::plan::root::Plan;

/// Length of the Info column, in bytes, from which on nothing is appended.
const MAX_INFO: usize = 2_000;

impl Plan<'_> {
    /// Appends to the Info column, after a separator. Control characters are escaped.
    pub fn info(&mut self, text: &str) {
        if self.info.len() >= MAX_INFO {
            return;
        }
        if !self.info.is_empty() {
            self.info.push_str("; ");
        }
        self.append_info(text);
    }

    /// Appends to the Info column without a separator: details of the last addition.
    pub fn append_info(&mut self, text: &str) {
        if self.info.len() >= MAX_INFO {
            return;
        }
        if text.len() <= MAX_INFO && !may_have_controls(text.as_bytes()) {
            self.info.push_str(text);
            return;
        }
        for char in text.chars() {
            if self.info.len() >= MAX_INFO {
                self.info.push('…');
                break;
            }
            if char.is_control() {
                self.info.extend(char.escape_default());
            } else {
                self.info.push(char);
            }
        }
    }

    /// The text of the Info column.
    pub fn info_text(&self) -> &str {
        &self.info
    }

    /// Ends the text of the Info column with NUL, and returns it.
    pub fn end_info(&mut self) -> &[u8] {
        self.info.push('\0');
        self.info.as_bytes()
    }
}

/// Whether a text may contain control characters, which in UTF-8 are single bytes or
/// start with 0xc2. No early exit, so that the loop is vectorised.
fn may_have_controls(text: &[u8]) -> bool {
    text.iter().fold(false, |seen, byte| {
        seen | (*byte < 0x20) | (*byte == 0x7f) | (*byte == 0xc2)
    })
}
