//! Comma-separated values.

use std::io;

use csv::{Terminator, WriterBuilder};

use crate::report::cell::{Cell, Column};

/// A table with a header line; lines end with CRLF, cells are quoted where they need it.
pub(crate) fn table(
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out);
    writer.write_record(columns.iter().map(Column::name))?;
    for row in rows {
        writer.write_record(row.into_iter().map(Cell::into_text))?;
    }
    writer.flush()
}
