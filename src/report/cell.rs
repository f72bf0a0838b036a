//! Rows and columns of a report.

use core::ffi::CStr;

use crate::event::time::utc;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its title.
    pub title: &'static CStr,
    /// Whether its cells are numbers.
    pub is_number: bool,
    /// Whether some of its cells are empty, although it is a column of numbers.
    pub may_be_empty: bool,
    /// Whether its cells are durations, in seconds.
    pub is_duration: bool,
    /// Where a text table shows its cells.
    pub place: Place,
}

/// Where a text table shows the cells of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the row, beside each other.
    Row,
    /// Below the row, broken into lines.
    Below,
    /// Below the row on a line of its own, which can be copied.
    Unbroken,
}

impl Column {
    /// A column of texts or times.
    pub(crate) const fn text(title: &'static CStr) -> Self {
        Self {
            title,
            is_number: false,
            may_be_empty: false,
            is_duration: false,
            place: Place::Row,
        }
    }

    /// A column of texts that can be long, or that few rows have.
    pub(crate) const fn detail(title: &'static CStr) -> Self {
        Self {
            place: Place::Below,
            ..Self::text(title)
        }
    }

    /// A column of texts to copy.
    pub(crate) const fn unbroken(title: &'static CStr) -> Self {
        Self {
            place: Place::Unbroken,
            ..Self::text(title)
        }
    }

    /// A column of numbers.
    pub(crate) const fn number(title: &'static CStr) -> Self {
        Self {
            is_number: true,
            ..Self::text(title)
        }
    }

    /// A column of numbers of which some are unknown.
    pub(crate) const fn known_number(title: &'static CStr) -> Self {
        Self {
            may_be_empty: true,
            ..Self::number(title)
        }
    }

    /// A column of durations.
    pub(crate) const fn duration(title: &'static CStr) -> Self {
        Self {
            is_duration: true,
            ..Self::text(title)
        }
    }

    /// Whether its cells are aligned to the right.
    pub(crate) fn is_right(&self) -> bool {
        self.is_number || self.is_duration
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
    /// A length of time, in nanoseconds.
    Duration(i64),
}

impl Cell {
    /// A text; empty if it is.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        match text.into() {
            text if text.is_empty() => Self::Empty,
            text => Self::Text(text),
        }
    }

    /// Its value as text, of any length and with any character.
    pub(crate) fn into_text(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
            Self::Time(time) => utc(time),
            Self::Duration(time) => seconds(time),
        }
    }
}

/// Nanoseconds as seconds with six decimals, rounded down.
pub(crate) fn seconds(nanoseconds: i64) -> String {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let microseconds = nanoseconds.unsigned_abs() / 1000;
    let (whole, part) = (microseconds / 1_000_000, microseconds % 1_000_000);
    format!("{sign}{whole}.{part:06}")
}
