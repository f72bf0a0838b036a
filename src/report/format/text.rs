//! Text for a terminal.

use crate::event::time::utc;
use crate::report::cell::{Cell, Column};

/// A rule above and below a report.
pub(crate) const RULE: &str = "===================================================================";

/// The text on one line: control characters, which a terminal would obey, are replaced.
pub(crate) fn one_line(text: &str) -> String {
    let visible = |c: char| match c {
        '\r' => None,
        '\n' => Some('\u{23ce}'),
        '\t' => Some(' '),
        c if c.is_control() || is_directional(c) => Some('\u{fffd}'),
        c => Some(c),
    };
    text.chars().filter_map(visible).collect()
}

/// Characters that change the direction of what follows them.
fn is_directional(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A table with aligned columns.
pub(crate) fn table(
    title: &str,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> String {
    let rows: Vec<Vec<String>> = rows
        .map(|row| row.into_iter().map(cell).collect())
        .collect();
    let width = |index: usize| {
        let cells = rows.iter().filter_map(|row| row.get(index));
        let widest = cells.map(|cell| cell.chars().count()).max();
        widest.unwrap_or(0).max(columns[index].name().len())
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut line = String::new();
        for ((cell, width), column) in cells.zip(&widths).zip(columns) {
            let padding = " ".repeat(width.saturating_sub(cell.chars().count()));
            match column.is_number {
                true => line.extend([&padding, cell, "  "]),
                false => line.extend([cell, &padding, "  "]),
            }
        }
        line.truncate(line.trim_end().len());
        line.push('\n');
        line
    };
    let mut text = format!("{RULE}\n{title}\n\n");
    text.push_str(&line(&mut columns.iter().map(Column::name)));
    for row in &rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text.push_str(&format!("{RULE}\n"));
    text
}

fn cell(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => one_line(&text),
        Cell::Number(number) => number.to_string(),
        Cell::Time(time) => utc(time),
    }
}
