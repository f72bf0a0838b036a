//! JSON.

use std::io;

use serde_json::{Map, Value};

use crate::report::cell::{Cell, Column};
use crate::report::format::text::is_directional;

/// Writes an array of objects with the columns' titles in lower case, without empty cells. Each
/// object is one line. A terminal obeys no character of it.
pub(crate) fn table(
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(b"[")?;
    for (index, row) in rows.enumerate() {
        let mut object = Map::new();
        for (column, cell) in columns.iter().zip(row) {
            let value = match cell {
                Cell::Empty => continue,
                Cell::Number(number) => Value::from(number),
                Cell::Duration(time) => Value::from(time as f64 / 1e9),
                cell => Value::from(cell.into_text()),
            };
            object.insert(key(column), value);
        }
        let before = if index == 0 { "\n" } else { ",\n" };
        let object = escaped(&Value::from(object).to_string());
        write!(out, "{before}{object}")?;
    }
    out.write_all(b"\n]\n")
}

/// JSON with escapes for what is not escaped in it although a terminal obeys it. Such
/// characters stand in strings only.
pub(crate) fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            c if c.is_control() || is_directional(c) => {
                text.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => text.push(c),
        }
    }
    text
}

/// `First seen` is `first_seen`.
fn key(column: &Column) -> String {
    column.name().to_ascii_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped() {
        let hostile = "\u{1b}[2J\u{7f}\u{9b}31m\u{202e}\u{61c}\u{597d}\\\"";
        let row = vec![Cell::text(hostile)];
        let mut text = Vec::new();
        table(&[Column::text(c"A")], [row].into_iter(), &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        let escaped = r#"\u001b[2J\u007f\u009b31m\u202e\u061c"#;
        assert_eq!(
            text,
            format!("[\n{{\"a\":\"{escaped}\u{597d}\\\\\\\"\"}}\n]\n")
        );
        let rows: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(rows[0]["a"], hostile);
    }
}
