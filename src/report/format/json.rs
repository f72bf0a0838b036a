//! JSON.

use serde_json::{Map, Value};

use crate::report::cell::{Cell, Column};

/// An array of objects with the columns' titles in lower case, without empty cells. Each
/// object is one line.
pub(crate) fn table(columns: &[Column], rows: impl Iterator<Item = Vec<Cell>>) -> String {
    let mut text = String::from("[");
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
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&Value::from(object).to_string());
    }
    text.push_str("\n]\n");
    text
}

/// `First seen` is `first_seen`.
fn key(column: &Column) -> String {
    column.name().to_ascii_lowercase().replace([' ', '-'], "_")
}
