//! Text for a terminal.

use std::io;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::report::cell::{Cell, Column, Place};

/// A rule above and below a report.
pub(crate) const RULE: &str = "===================================================================";

/// Maximum width of a column. A wider cell is cut there and shown below the row.
const MAX_COLUMN: usize = 40;
/// The same of the last column, which shifts no other.
const MAX_LAST: usize = 100;
/// Width of the lines below a row.
const LINE: usize = 100;
/// Before the first cell below a row, and before the further lines of a cell.
const INDENT: &str = "    ";
const HANGING: &str = "        ";

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

/// Characters that change the direction of what follows them, or begin a line.
pub(crate) fn is_directional(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes a table with aligned columns. Cells of details and cells that are too wide follow on
/// indented lines below their row.
pub(crate) fn table(
    title: &str,
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let texts = |row: Vec<Cell>| row.into_iter().map(|cell| one_line(&cell.into_text()));
    let rows: Vec<Vec<String>> = rows.map(|row| texts(row).collect()).collect();
    let last = columns.iter().rposition(|it| it.place == Place::Row);
    let limit = |index: usize| match last == Some(index) {
        true => MAX_LAST,
        false => MAX_COLUMN,
    };
    let width = |(index, column): (usize, &Column)| {
        let cells = rows.iter().filter_map(|row| row.get(index));
        let widest = cells.map(|cell| cell.width()).max().unwrap_or(0);
        Width {
            limit: limit(index),
            width: widest.min(limit(index)).max(column.name().len()),
        }
    };
    let widths: Vec<Width> = columns.iter().enumerate().map(width).collect();
    let titles = line(columns, &widths, columns.iter().map(Column::name));
    write!(out, "{RULE}\n{title}\n\n{titles}")?;
    for row in &rows {
        let line = line(columns, &widths, row.iter().map(String::as_str));
        let details = details(columns, &widths, row);
        write!(out, "{line}{details}")?;
    }
    writeln!(out, "{RULE}")
}

/// The width of a column.
#[derive(Debug, Clone, Copy)]
struct Width {
    width: usize,
    /// Maximum width.
    limit: usize,
}

/// The cells of a row that stand side by side.
fn line<'a>(columns: &[Column], widths: &[Width], cells: impl Iterator<Item = &'a str>) -> String {
    let mut line = String::new();
    let cells = cells.zip(widths).zip(columns);
    for ((cell, width), column) in cells.filter(|(_, column)| column.place == Place::Row) {
        let cell = match cell.width() > width.limit {
            true => format!("{}\u{2026}", beginning(cell, width.limit - 1)),
            false => cell.to_owned(),
        };
        let padding = " ".repeat(width.width.saturating_sub(cell.width()));
        match column.is_right() {
            true => line.extend([&padding, &cell, "  "]),
            false => line.extend([&cell, &padding, "  "]),
        }
    }
    line.truncate(line.trim_end().len());
    line.push('\n');
    line
}

/// What stands below a row: as many cells on a line as fit, long ones on lines of their own.
fn details(columns: &[Column], widths: &[Width], row: &[String]) -> String {
    let mut text = String::new();
    let mut line = String::new();
    for ((column, cell), width) in columns.iter().zip(row).zip(widths) {
        let is_below = column.place != Place::Row || cell.width() > width.limit;
        if cell.is_empty() || !is_below {
            continue;
        }
        let cell = format!("{}: {cell}", column.name());
        let is_together =
            !line.is_empty() && line.width() + 2 + cell.width() <= LINE - INDENT.len();
        if is_together && column.place != Place::Unbroken {
            line.extend(["  ", &cell]);
            continue;
        }
        wrap(&mut text, &line);
        line = match column.place {
            Place::Unbroken => {
                text.extend([INDENT, &cell, "\n"]);
                String::new()
            }
            _ => cell,
        };
    }
    wrap(&mut text, &line);
    text
}

/// Adds a text in lines that are broken at spaces, or anywhere in a word that fills a line.
fn wrap(text: &mut String, mut rest: &str) {
    let mut indent = INDENT;
    while !rest.is_empty() {
        let room = LINE - indent.len();
        let fits = beginning(rest, room);
        if fits.len() == rest.len() {
            text.extend([indent, rest, "\n"]);
            return;
        }
        // The first word is longer than its line if there is no space after it.
        let end = match fits.rfind(' ') {
            Some(end) if end > room / 2 => end,
            _ => fits.len(),
        };
        let (now, later) = rest.split_at(end);
        text.extend([indent, now.trim_end(), "\n"]);
        rest = later.trim_start_matches(' ');
        indent = HANGING;
    }
}

/// The characters that fit in a width, one at least.
pub(crate) fn beginning(text: &str, width: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(at, c)| {
        used += c.width().unwrap_or(0);
        used > width && *at > 0
    });
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        Column::text(c"Name"),
        Column::number(c"Count"),
        Column::text(c"List").below(),
        Column::text(c"Note").below(),
    ];

    fn text(columns: &[Column], rows: impl Iterator<Item = Vec<Cell>>) -> String {
        let mut text = Vec::new();
        table("Title", columns, rows, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    fn body(rows: &[[&str; 4]]) -> String {
        let rows = rows.iter().map(|row| row.map(Cell::text).to_vec());
        let text = text(COLUMNS, rows);
        let body = text.strip_prefix(&format!("{RULE}\nTitle\n\n")).unwrap();
        body.strip_suffix(&format!("{RULE}\n")).unwrap().to_owned()
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let text = body(&[
            ["\u{5f20}\u{4e09}", "7", "", ""],
            ["e\u{301}ve", "12", "", ""],
        ]);
        let expected = "Name  Count\n\u{5f20}\u{4e09}      7\ne\u{301}ve      12\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn details_stand_below_their_row() {
        let list = "someone@example.com, ".repeat(6);
        let text = body(&[
            ["a", "1", "x, y", "short"],
            ["b", "2", list.trim_end(), "n"],
        ]);
        let expected = "Name  Count
a         1
    List: x, y  Note: short
b         2
    List: someone@example.com, someone@example.com, someone@example.com, someone@example.com,
        someone@example.com, someone@example.com,
    Note: n
";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_text_to_copy_has_a_line_of_its_own() {
        let columns = [
            Column::text(c"A"),
            Column::text(c"B").below(),
            Column::text(c"C").unbroken(),
        ];
        let long = "x y ".repeat(60);
        let row = ["a", "b", &long].map(Cell::text).to_vec();
        let text = text(&columns, [row].into_iter());
        let expected = format!("A\na\n    B: b\n    C: {long}\n");
        assert_eq!(text, format!("{RULE}\nTitle\n\n{expected}{RULE}\n"));
    }

    #[test]
    fn a_wide_cell_does_not_widen_its_column() {
        let long = "\u{597d}".repeat(60);
        let text = body(&[["a", "1", "", ""], [&long, "2", "", ""]]);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0].width(), MAX_COLUMN + 2 + 5);
        assert_eq!(lines[1].width(), MAX_COLUMN + 2 + 5);
        assert!(lines[2].starts_with(&"\u{597d}".repeat(19)), "{text}");
        assert!(lines[2].ends_with("\u{2026}       2"), "{text}");
        assert!(lines[3].starts_with("    Name: \u{597d}"), "{text}");
        assert!(lines.iter().all(|line| line.width() <= LINE), "{text}");
    }

    #[test]
    fn hostile_texts_stay_on_their_line() {
        let text = body(&[["a\r\nb\u{1b}[2J\u{61c}\u{2028}", "1", "c\n\u{7}", ""]]);
        let expected = "Name       Count\na\u{23ce}b\u{fffd}[2J\u{fffd}\u{fffd}      1\n    List: c\u{23ce}\u{fffd}\n";
        assert_eq!(text, expected);
        // Words without a space, and characters without a width.
        for word in ["x", "\u{597d}", "\u{200b}", "\u{301}"] {
            let text = body(&[["a", "1", &word.repeat(500), ""]]);
            assert!(text.lines().all(|line| line.width() <= LINE), "{text}");
        }
    }
}
