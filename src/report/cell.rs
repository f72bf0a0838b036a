//! Rows and columns of a report.

use core::ffi::CStr;

use crate::event::time::utc;
use crate::report::limit::{self, Extent, BAR};

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its title.
    pub title: &'static CStr,
    /// What its cells hold, if they are not empty.
    pub holds: Holds,
    /// Where a text table shows its cells.
    pub place: Place,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Texts.
    Texts,
    /// Points in time.
    Times,
    /// Numbers. None is empty.
    Numbers,
    /// Numbers of which some are unknown, and empty.
    KnownNumbers,
    /// Durations, in seconds.
    Durations,
    /// Lists of texts.
    Lists,
    /// Lists of numbers.
    ListsOfNumbers,
    /// Lists of texts by name.
    Facts,
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
    /// A column.
    pub(crate) const fn new(title: &'static CStr, holds: Holds) -> Self {
        Self {
            title,
            holds,
            place: Place::Row,
        }
    }

    /// A column of texts.
    pub(crate) const fn text(title: &'static CStr) -> Self {
        Self::new(title, Holds::Texts)
    }

    /// A column of points in time.
    pub(crate) const fn time(title: &'static CStr) -> Self {
        Self::new(title, Holds::Times)
    }

    /// A column of numbers.
    pub(crate) const fn number(title: &'static CStr) -> Self {
        Self::new(title, Holds::Numbers)
    }

    /// A column of lists of texts.
    pub(crate) const fn list(title: &'static CStr) -> Self {
        Self::new(title, Holds::Lists)
    }

    /// The column, whose cells can be long or which few rows have.
    pub(crate) const fn below(self) -> Self {
        Self {
            place: Place::Below,
            ..self
        }
    }

    /// The column, whose cells are to be copied.
    pub(crate) const fn unbroken(self) -> Self {
        Self {
            place: Place::Unbroken,
            ..self
        }
    }

    /// Whether its cells are numbers.
    pub(crate) fn is_number(&self) -> bool {
        matches!(self.holds, Holds::Numbers | Holds::KnownNumbers)
    }

    /// Whether its cells are aligned to the right.
    pub(crate) fn is_right(&self) -> bool {
        self.is_number() || self.holds == Holds::Durations
    }

    /// Its title as text.
    pub fn name(&self) -> &'static str {
        self.title.to_str().unwrap_or_default()
    }

    /// Its name in JSON and in databases: `First seen` is `first_seen`.
    pub fn key(&self) -> String {
        self.name().to_ascii_lowercase().replace([' ', '-'], "_")
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
    /// A list.
    List(List),
    /// Lists of texts by name.
    Facts(Vec<(&'static str, List)>),
}

/// A list in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Texts or numbers.
    pub items: Vec<Cell>,
    /// Between its items in a text.
    pub separator: &'static str,
    /// Whether there were more items than are kept.
    pub is_cut: bool,
}

impl List {
    /// A list of texts that can have commas.
    pub(crate) fn of_texts(texts: impl IntoIterator<Item = String>) -> Self {
        Self {
            items: texts.into_iter().map(Cell::Text).collect(),
            separator: BAR,
            is_cut: false,
        }
    }

    fn into_text(self) -> String {
        let items = self.items.into_iter().map(Cell::into_text);
        limit::list(items, self.separator, Extent::Whole, self.is_cut)
    }
}

impl Cell {
    /// A text; empty if it is.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        match text.into() {
            text if text.is_empty() => Self::Empty,
            text => Self::Text(text),
        }
    }

    /// A list; on the screen, the text of its beginning. Empty if it is.
    pub(crate) fn list(
        items: impl ExactSizeIterator<Item = Self>,
        separator: &'static str,
        extent: Extent,
        is_cut: bool,
    ) -> Self {
        match extent {
            _ if items.len() == 0 => Self::Empty,
            Extent::Screen => {
                let items = items.map(Self::into_text);
                Self::text(limit::list(items, separator, extent, is_cut))
            }
            Extent::Whole => Self::List(List {
                items: items.collect(),
                separator,
                is_cut,
            }),
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
            Self::List(list) => list.into_text(),
            Self::Facts(facts) => {
                let fact = |(name, values): (_, List)| format!("{name}: {}", values.into_text());
                facts.into_iter().map(fact).collect::<Vec<_>>().join("; ")
            }
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
