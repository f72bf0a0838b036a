//! Response times by command.
//!
//! Of several responses to a request, the first counts. Whether a request stays without a
//! response is known in later passes only: `tshark` counts it with `-2`. At most 512 commands
//! have a row of their own; responses to others are counted together.

use std::collections::HashMap;

use crate::event::{Command, Event, EventKind};
use crate::report::cell::{Cell, Column, Holds};
use crate::report::conversation::{ends, Ends};
use crate::report::fold::Report;
use crate::report::limit::{self, Extent};

/// Maximum commands with a row of their own.
const MAX_ROWS: usize = 512;
/// The command of the row for all others.
const OTHERS: &str = "(others)";

/// Columns of the table.
pub(crate) const COLUMNS: &[Column] = &[
    Column::text(c"Command"),
    Column::text(c"Name"),
    Column::number(c"Responses"),
    Column::new(c"Unanswered", Holds::KnownNumbers),
    Column::new(c"Minimum", Holds::Durations),
    Column::new(c"Mean", Holds::Durations),
    Column::new(c"Maximum", Holds::Durations),
];

/// The requests of one command.
#[derive(Debug)]
struct Row {
    command: String,
    name: String,
    responses: u64,
    unanswered: u64,
    /// In nanoseconds, as the times below.
    sum: i128,
    least: i64,
    most: i64,
}

/// Response times, a row for each command.
#[derive(Debug, Default)]
pub struct ResponseTimes {
    rows: Vec<Row>,
    /// Whether an event has said if its request has a response.
    knows_responses: bool,
    /// Places of `rows`, by command and name: a command can have several meanings.
    by_command: HashMap<(String, String), usize>,
    /// The last names of commands, learnt from requests.
    names: HashMap<String, String>,
    /// The time of the last answered request of each command, by connection. A further response
    /// to that request does not count.
    answered: HashMap<(Ends, String), i64>,
}

/// An empty list of response times.
pub(crate) fn new() -> Box<dyn Report> {
    Box::<ResponseTimes>::default()
}

impl ResponseTimes {
    /// Takes the next event. Returns the row of the request's command and the response time in
    /// nanoseconds, if the event is the first response to a request.
    pub fn add(&mut self, event: &Event) -> Option<(usize, i64)> {
        let EventKind::Command(command) = &event.kind else {
            return None;
        };
        self.learn(command);
        let (request, time) = command.response.as_ref()?;
        let then = event.time.saturating_sub(*time);
        let before = self
            .answered
            .insert((ends(event), limit::text(request)), then);
        if before == Some(then) {
            return None;
        }
        let name = match request == &command.code {
            true => command.name.clone(),
            false => self.names.get(request).cloned().unwrap_or_default(),
        };
        let index = self.index(request, &name);
        let row = &mut self.rows[index];
        row.least = row.least.min(*time);
        row.most = row.most.max(*time);
        row.sum += i128::from(*time);
        row.responses += 1;
        Some((index, *time))
    }

    /// The name of a row, such as `USR (User)`. Empty for an unknown row.
    pub fn name(&self, index: usize) -> String {
        match self.rows.get(index) {
            Some(row) if row.name.is_empty() => row.command.clone(),
            Some(row) => format!("{} ({})", row.command, row.name),
            None => String::new(),
        }
    }

    /// Takes the name of a request's command.
    fn learn(&mut self, command: &Command) {
        if !command.is_request || command.name.is_empty() {
            return;
        }
        if self.names.get(&command.code) == Some(&command.name) {
            return;
        }
        let (code, name) = (limit::text(&command.code), limit::text(&command.name));
        if self.names.len() < MAX_ROWS || self.names.contains_key(&code) {
            self.names.insert(code, name);
        }
    }

    /// The row of a command, which gets one if it has none.
    fn index(&mut self, command: &str, name: &str) -> usize {
        let mut key = (limit::text(command), limit::text(name));
        if !self.by_command.contains_key(&key) && self.rows.len() >= MAX_ROWS {
            key = (OTHERS.to_owned(), String::new());
        }
        if let Some(index) = self.by_command.get(&key) {
            return *index;
        }
        let index = self.rows.len();
        self.rows.push(Row {
            command: key.0.clone(),
            name: key.1.clone(),
            responses: 0,
            unanswered: 0,
            sum: 0,
            least: i64::MAX,
            most: i64::MIN,
        });
        self.by_command.insert(key, index);
        index
    }
}

impl Report for ResponseTimes {
    fn add(&mut self, event: &Event, changed: &mut Vec<usize>) {
        if let EventKind::Command(command) = &event.kind {
            self.knows_responses |= command.is_unanswered.is_some();
            if command.is_unanswered == Some(true) {
                let index = self.index(&command.code, &command.name);
                self.rows[index].unanswered += 1;
                changed.push(index);
            }
        }
        changed.extend(ResponseTimes::add(self, event).map(|(index, _)| index));
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn cells(&self, index: usize, _extent: Extent) -> Option<Vec<Cell>> {
        let row = self.rows.get(index)?;
        let of_responses = |time: i64| match row.responses {
            0 => Cell::Empty,
            _ => Cell::Duration(time),
        };
        let mean = row.sum / i128::from(row.responses.max(1));
        Some(vec![
            Cell::text(row.command.as_str()),
            Cell::text(row.name.as_str()),
            Cell::Number(row.responses),
            match self.knows_responses {
                true => Cell::Number(row.unanswered),
                false => Cell::Empty,
            },
            of_responses(row.least),
            of_responses(i64::try_from(mean).unwrap_or_default()),
            of_responses(row.most),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::made::{at, event, fold};

    fn request(code: &str, name: &str, is_unanswered: Option<bool>) -> Event {
        let command = Command {
            code: code.to_owned(),
            name: name.to_owned(),
            is_request: true,
            is_unanswered,
            ..Command::default()
        };
        event("", &[], EventKind::Command(command))
    }

    fn response(code: &str, to: &str, time: i64) -> Event {
        let command = Command {
            code: code.to_owned(),
            name: if code == "USR" { "User" } else { "" }.to_owned(),
            response: Some((to.to_owned(), time)),
            ..Command::default()
        };
        event("", &[], EventKind::Command(command))
    }

    #[test]
    fn times_are_summed_up_by_the_command_of_the_request() {
        let rows = fold(
            new(),
            &[
                request("USR", "User", Some(false)),
                response("USR", "USR", 1_500_000),
                // A second response to the same request, one second after the first.
                at(1, response("USR", "USR", 1_001_500_000)),
                at(2, response("911", "USR", 2_500_000)),
                request("PNG", "Ping", Some(true)),
            ],
        );
        assert_eq!(
            rows,
            [
                ["USR", "User", "2", "0", "0.001500", "0.002000", "0.002500"],
                ["PNG", "Ping", "0", "1", "", "", ""]
            ]
        );
    }

    #[test]
    fn one_pass_does_not_know_what_has_no_response() {
        let events = [
            request("USR", "User", None),
            response("USR", "USR", 1_500_000),
        ];
        assert_eq!(fold(new(), &events)[0][2..4], ["1", ""]);
    }

    #[test]
    fn rows_of_a_table_are_those_of_responses() {
        let mut times = ResponseTimes::default();
        assert_eq!(times.add(&response("USR", "USR", 7)), Some((0, 7)));
        assert_eq!(times.add(&request("PNG", "Ping", Some(true))), None);
        assert_eq!(times.add(&response("QNG", "PNG", 8)), Some((1, 8)));
        assert_eq!(times.add(&response("USR", "USR", 9)), Some((0, 9)));
        assert_eq!(times.name(0), "USR (User)");
        assert_eq!(times.name(1), "PNG (Ping)");
        assert_eq!(times.name(2), "");
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes minutes in Miri")]
    fn the_number_of_rows_is_bounded() {
        let events: Vec<_> = (0..3 * MAX_ROWS)
            .map(|code| response("X", &code.to_string(), i64::MAX))
            .collect();
        let rows = fold(new(), &events);
        assert_eq!(rows.len(), MAX_ROWS + 1);
        assert_eq!(rows[MAX_ROWS][0], OTHERS);
        assert_eq!(rows[MAX_ROWS][2], (2 * MAX_ROWS).to_string());
        assert_eq!(rows[MAX_ROWS][5], "9223372036.854775");
    }
}
