//! The text of the Info column.

use core::fmt;

/// The text of the Info column: bytes, as it is copied from bytes and handed over as bytes.
#[derive(Default)]
pub(super) struct InfoText(pub(super) Vec<u8>);

impl InfoText {
    pub(super) fn as_str(&self) -> &str {
        // Only whole characters are appended.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for InfoText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}
