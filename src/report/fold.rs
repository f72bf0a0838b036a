//! What every report is.

use std::io;

use crate::event::Event;
use crate::report::cell::{Cell, Column};
use crate::report::format;
use crate::report::limit::Extent;

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

    /// The cells of a row, one for each column. `None` for an unknown row.
    fn cells(&self, index: usize, extent: Extent) -> Option<Vec<Cell>>;

    /// The cells of a row for a table on the screen, which may ask anew with each packet: its
    /// cost is bounded. There are none for an unknown row.
    fn row(&self, index: usize) -> Vec<Cell> {
        self.cells(index, Extent::Screen).unwrap_or_default()
    }

    /// All rows, for print.
    fn rows(&self) -> Box<dyn Iterator<Item = Vec<Cell>> + '_> {
        Box::new((0..self.len()).filter_map(|index| self.cells(index, Extent::Whole)))
    }

    /// Writes the report as text for a terminal.
    fn text(&self, title: &str, columns: &[Column], out: &mut dyn io::Write) -> io::Result<()> {
        format::text::table(title, columns, self.rows(), out)
    }

    /// Writes the report as one page of HTML.
    fn html(&self, title: &str, columns: &[Column], out: &mut dyn io::Write) -> io::Result<()> {
        format::html::table(title, columns, self.rows(), out)
    }
}
