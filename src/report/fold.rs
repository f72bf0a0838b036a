//! What every report is.

use crate::event::Event;
use crate::report::cell::{Cell, Column};
use crate::report::format;

/// A fold of events into rows.
///
/// Rows never move: a row is added at the end, or changes in its place.
pub trait Report {
    /// Takes the next event. Adds the indices of the rows that are new or changed.
    fn add(&mut self, event: &Event, changed: &mut Vec<usize>);

    /// Number of rows.
    fn len(&self) -> usize;

    /// Whether there is no row.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cells of a row, one for each column. All are empty for an unknown row.
    fn row(&self, index: usize) -> Vec<Cell>;

    /// The report as text for a terminal.
    fn text(&self, title: &str, columns: &[Column]) -> String {
        format::text::table(title, columns, (0..self.len()).map(|index| self.row(index)))
    }

    /// The report as one page of HTML.
    fn html(&self, title: &str, columns: &[Column]) -> String {
        format::html::table(title, columns, (0..self.len()).map(|index| self.row(index)))
    }
}
