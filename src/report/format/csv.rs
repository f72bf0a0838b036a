//! Comma-separated values.

use csv::{Terminator, WriterBuilder};

use crate::report::cell::{Cell, Column};

/// A table with a header line; lines end with CRLF, cells are quoted where they need it.
pub(crate) fn table(columns: &[Column], rows: impl Iterator<Item = Vec<Cell>>) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing to memory does not fail, and every row has as many cells as there are columns.
    let _ = writer.write_record(columns.iter().map(Column::name));
    for row in rows {
        let _ = writer.write_record(row.into_iter().map(Cell::into_text));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
