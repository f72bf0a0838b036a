//! JSON.

use std::io;

use serde_json::{Map, Value};

use crate::report::cell::{Cell, Column, List};
use crate::report::format::text::is_directional;

/// Writes an array of objects with the columns' titles in lower case, without empty cells. Each
/// object is one line. At the end of a list, `null` says that there is more. A terminal obeys no character of it.
pub(crate) fn table(
    columns: &[Column],
    rows: impl Iterator<Item = Vec<Cell>>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    out.write_all(b"[")?;
    for (index, row) in rows.enumerate() {
        let mut object = Map::new();
        for (column, cell) in columns.iter().zip(row) {
            if cell != Cell::Empty {
                object.insert(column.key(), value(cell));
            }
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

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Number(number) => number.into(),
        Cell::Duration(time) => (time as f64 / 1e9).into(),
        Cell::List(list) => values(list),
        Cell::Facts(facts) => {
            let facts = facts.into_iter();
            let facts: Map<_, _> = facts
                .map(|(name, list)| (name.to_owned(), values(list)))
                .collect();
            facts.into()
        }
        cell => cell.into_text().into(),
    }
}

fn values(list: List) -> Value {
    let mut values: Vec<_> = list.items.into_iter().map(value).collect();
    if list.is_cut {
        values.push(Value::Null);
    }
    values.into()
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
