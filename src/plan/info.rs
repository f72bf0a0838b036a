//! The Info column.

use crate::plan::root::Plan;

/// What the Info column can hold.
const MAX_INFO: usize = 2_000;

impl Plan<'_> {
    /// Adds to the Info column, behind a separator. Control characters are made visible.
    pub fn info(&mut self, text: &str) {
        if self.info.len() >= MAX_INFO {
            return;
        }
        if !self.info.is_empty() {
            self.info.push_str("; ");
        }
        self.info_behind(text);
    }

    /// Adds to the Info column without a separator: more about what was added last.
    pub fn info_behind(&mut self, text: &str) {
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

    /// The text of the Info column, ended by NUL.
    pub fn into_info(self) -> Vec<u8> {
        let mut info = self.info.into_bytes();
        info.push(0);
        info
    }
}

/// Whether a text can hold control characters, which in UTF-8 are single bytes or begin
/// with 0xc2. No early exit, so that it is done in vector registers.
fn may_have_controls(text: &[u8]) -> bool {
    text.iter().fold(false, |seen, byte| {
        seen | (*byte < 0x20) | (*byte == 0x7f) | (*byte == 0xc2)
    })
}
