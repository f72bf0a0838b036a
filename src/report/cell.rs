//! Rows and columns of a report.

use core::ffi::CStr;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its title.
    pub title: &'static CStr,
    /// Whether its cells are numbers, durations included.
    pub is_number: bool,
}

impl Column {
    /// A column of texts or times.
    pub(crate) const fn text(title: &'static CStr) -> Self {
        Self {
            title,
            is_number: false,
        }
    }

    /// A column of numbers.
    pub(crate) const fn number(title: &'static CStr) -> Self {
        Self {
            title,
            is_number: true,
        }
    }

    /// Its title as text.
    pub fn name(&self) -> &'static str {
        self.title.to_str().unwrap_or_default()
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// No value.
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(u64),
    /// A point in time, in nanoseconds since 1970, UTC.
    Time(i64),
}

impl Cell {
    /// A text; empty if it is.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        match text.into() {
            text if text.is_empty() => Self::Empty,
            text => Self::Text(text),
        }
    }
}
