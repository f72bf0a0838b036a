//! Commands and error replies: how often, in which direction, and what was wrong with them.
//!
//! At most 512 commands have a row of their own; others are counted together.

use std::collections::HashMap;

use crate::event::{Command, Event, EventKind};
use crate::report::cell::{Cell, Column, Holds};
use crate::report::fold::Report;
use crate::report::limit::{self, Extent};

/// Maximum commands with a row of their own.
const MAX_ROWS: usize = 512;
/// The command of the row for all others.
const OTHERS: &str = "(others)";

/// Columns of the table.
pub(crate) const COLUMNS: &[Column] = &[
    Column::text(c"Role"),
    Column::text(c"Command"),
    Column::text(c"Name"),
    Column::text(c"Kind"),
    Column::text(c"Refused"),
    Column::number(c"From client"),
    Column::number(c"From server"),
    Column::number(c"Other"),
    Column::number(c"Repeated"),
    Column::number(c"Incomplete"),
    Column::number(c"Outside"),
    Column::new(c"Unanswered", Holds::KnownNumbers),
];

/// What tells a row from others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Key {
    role: String,
    code: String,
    name: String,
    kind: &'static str,
    refused: String,
}

impl Key {
    fn of(command: &Command) -> Self {
        Self {
            role: limit::text(&command.role),
            code: limit::text(&command.code),
            name: limit::text(&command.name),
            kind: match (command.is_error, command.is_known) {
                (true, _) => "error",
                (false, true) => "command",
                (false, false) => "unknown",
            },
            refused: limit::text(&command.refused),
        }
    }
}

#[derive(Debug, Default)]
struct Row {
    key: Key,
    from_client: u64,
    from_server: u64,
    other: u64,
    repeated: u64,
    incomplete: u64,
    outside: u64,
    /// `None` for what servers do not answer, and before anything is known.
    unanswered: Option<u64>,
}

impl Row {
    fn add(&mut self, event: &Event, command: &Command) {
        if command.is_repeated || command.retransmission > 0 {
            self.repeated += 1;
            return;
        }
        match event.connection.from_client {
            Some(true) => self.from_client += 1,
            Some(false) => self.from_server += 1,
            None => self.other += 1,
        }
        self.incomplete += u64::from(command.is_incomplete);
        self.outside += u64::from(command.is_outside_session);
        if let Some(is_unanswered) = command.is_unanswered.filter(|_| command.is_request) {
            *self.unanswered.get_or_insert_default() += u64::from(is_unanswered);
        }
    }
}

#[derive(Debug, Default)]
struct Commands {
    rows: Vec<Row>,
    by_key: HashMap<Key, usize>,
}

/// An empty list of commands.
pub(crate) fn new() -> Box<dyn Report> {
    Box::<Commands>::default()
}

impl Commands {
    /// The row of a command, which gets one if it has none.
    fn index(&mut self, command: &Command) -> usize {
        let mut key = Key::of(command);
        if !self.by_key.contains_key(&key) && self.rows.len() >= MAX_ROWS {
            key = Key {
                code: OTHERS.to_owned(),
                ..Key::default()
            };
        }
        if let Some(index) = self.by_key.get(&key) {
            return *index;
        }
        let index = self.rows.len();
        self.rows.push(Row {
            key: key.clone(),
            ..Row::default()
        });
        self.by_key.insert(key, index);
        index
    }
}

impl Report for Commands {
    fn add(&mut self, event: &Event, changed: &mut Vec<usize>) {
        if let EventKind::Command(command) = &event.kind {
            let index = self.index(command);
            self.rows[index].add(event, command);
            changed.push(index);
        }
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn cells(&self, index: usize, _extent: Extent) -> Option<Vec<Cell>> {
        let row = self.rows.get(index)?;
        let key = &row.key;
        Some(vec![
            Cell::text(key.role.as_str()),
            Cell::text(key.code.as_str()),
            Cell::text(key.name.as_str()),
            Cell::text(key.kind),
            Cell::text(key.refused.as_str()),
            Cell::Number(row.from_client),
            Cell::Number(row.from_server),
            Cell::Number(row.other),
            Cell::Number(row.repeated),
            Cell::Number(row.incomplete),
            Cell::Number(row.outside),
            row.unanswered.map_or(Cell::Empty, Cell::Number),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::made::{event, fold};

    fn command(code: &str) -> Command {
        Command {
            code: code.to_owned(),
            is_known: true,
            ..Command::default()
        }
    }

    fn rows(commands: Vec<Command>) -> Vec<Vec<String>> {
        let commands = commands.into_iter();
        let events = commands.map(|command| event("", &[], EventKind::Command(command)));
        fold(new(), &events.collect::<Vec<_>>())
    }

    #[test]
    fn a_command_has_one_row() {
        let ping = Command {
            name: "Ping".to_owned(),
            role: "notification server".to_owned(),
            is_request: true,
            ..command("PNG")
        };
        let rows = rows(vec![
            ping.clone(),
            Command {
                is_unanswered: Some(true),
                is_incomplete: true,
                ..ping.clone()
            },
            Command {
                retransmission: 1,
                is_incomplete: true,
                ..ping
            },
            Command {
                is_error: true,
                refused: "USR".to_owned(),
                ..command("911")
            },
            Command {
                is_known: false,
                is_outside_session: true,
                ..command("ABC")
            },
        ]);
        let role = "notification server";
        #[rustfmt::skip]
        let expected = [
            [role, "PNG", "Ping", "command", "", "2", "0", "0", "1", "1", "0", "1"],
            ["", "911", "", "error", "USR", "1", "0", "0", "0", "0", "0", ""],
            ["", "ABC", "", "unknown", "", "1", "0", "0", "0", "0", "1", ""],
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn the_number_of_rows_is_bounded() {
        let codes = (0..3 * MAX_ROWS).map(|code| command(&code.to_string()));
        let rows = rows(codes.collect());
        assert_eq!(rows.len(), MAX_ROWS + 1);
        assert_eq!(rows[MAX_ROWS][1], OTHERS);
        assert_eq!(rows[MAX_ROWS][5], (2 * MAX_ROWS).to_string());
    }
}
