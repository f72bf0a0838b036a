//! Logins: who tried, from where, how, and what became of it.
//!
//! An attempt begins with the first step of a login on a connection and ends with its
//! result; what follows there is another attempt. Where the carrier changes its connections
//! (HTTP), the next step belongs to the last open attempt of the account at that service
//! from the same address. A login by way of a redirect has a row for each server. Kept of an
//! attempt are at most 32 frame numbers and 16 methods and secrets.

use std::collections::HashMap;

use crate::event::{Endpoint, Event, EventKind, Login, LoginStep};
use crate::report::cell::{Cell, Column};
use crate::report::conversation::{ends, key, Ends};
use crate::report::fold::Report;
use crate::report::limit::{self, Extent, BAR};

/// Maximum frame numbers kept for an attempt.
const MAX_FRAMES: usize = 32;
/// Maximum methods, and maximum secrets, kept for an attempt.
const MAX_METHODS: usize = 16;

/// Columns of the table.
pub(crate) const COLUMNS: &[Column] = &[
    Column::text(c"Time"),
    Column::number(c"Frame"),
    Column::text(c"Account"),
    Column::text(c"Client"),
    Column::text(c"Server"),
    Column::text(c"Service"),
    Column::text(c"Method"),
    Column::text(c"Result"),
    Column::detail(c"Result time"),
    Column::detail(c"Secrets sent"),
    Column::detail(c"Frames"),
];

/// What became of an attempt.
#[derive(Debug)]
struct Outcome {
    time: i64,
    /// `None` for a redirect.
    step: Option<LoginStep>,
    words: String,
}

/// One attempt.
#[derive(Debug)]
struct Attempt {
    time: i64,
    frame: u32,
    account: String,
    client: Option<Endpoint>,
    server: Option<Endpoint>,
    service: String,
    methods: Vec<String>,
    secrets: Vec<String>,
    result: Option<Outcome>,
    frames: Vec<u32>,
    /// There are more frames than are kept.
    is_cut: bool,
}

impl Attempt {
    fn new(event: &Event, account: &str) -> Self {
        Self {
            time: event.time,
            frame: event.frame,
            account: limit::text(account),
            client: event.connection.client(),
            server: event.connection.server(),
            service: String::new(),
            methods: Vec::new(),
            secrets: Vec::new(),
            result: None,
            frames: Vec::new(),
            is_cut: false,
        }
    }

    /// Whether it has no result yet, and the event is of the same client.
    fn is_open_to(&self, event: &Event) -> bool {
        let address = |end: Option<Endpoint>| end.map(|end| end.address);
        self.result.is_none() && address(self.client) == address(event.connection.client())
    }

    /// Takes a step.
    fn step(&mut self, login: &Login) {
        if self.service.is_empty() {
            self.service = limit::text(&login.service);
        }
        limit::add(&mut self.methods, MAX_METHODS, &login.method);
        limit::add(&mut self.secrets, MAX_METHODS, &login.secret);
    }

    fn has_frame(&mut self, frame: u32) {
        if self.frames.last() == Some(&frame) {
            return;
        }
        match self.frames.len() < MAX_FRAMES {
            true => self.frames.push(frame),
            false => self.is_cut = true,
        }
    }

    fn cells(&self, extent: Extent) -> Vec<Cell> {
        let frames: Vec<_> = self.frames.iter().map(u32::to_string).collect();
        let list = |list: &[String]| {
            let list: Vec<_> = list.to_vec();
            Cell::text(limit::list(list.into_iter(), BAR, extent, false))
        };
        let end = |end: Option<Endpoint>| match end {
            Some(end) => Cell::text(end.to_string()),
            None => Cell::Empty,
        };
        let result = self.result.as_ref();
        vec![
            Cell::Time(self.time),
            Cell::Number(u64::from(self.frame)),
            Cell::text(self.account.as_str()),
            end(self.client),
            end(self.server),
            Cell::text(self.service.as_str()),
            list(&self.methods),
            Cell::text(result.map_or("no answer", |it| it.words.as_str())),
            result.map_or(Cell::Empty, |it| Cell::Time(it.time)),
            list(&self.secrets),
            Cell::text(limit::list(frames.into_iter(), ", ", extent, self.is_cut)),
        ]
    }
}

#[derive(Debug, Default)]
struct Logins {
    rows: Vec<Attempt>,
    /// The last attempt of an account on a connection; that of any account is under "".
    by_ends: HashMap<(Ends, String), usize>,
    /// The last attempt of an account at a service.
    by_service: HashMap<(String, String), usize>,
}

/// An empty list of logins.
pub(crate) fn new() -> Box<dyn Report> {
    Box::<Logins>::default()
}

impl Logins {
    /// The last attempt that the event may belong to.
    fn find(&self, event: &Event, account: &str, service: Option<&str>) -> Option<usize> {
        let on_connection = self.by_ends.get(&(ends(event), account.to_owned()));
        let at_service = service.and_then(|service| {
            let place = (account.to_owned(), service.to_owned());
            let is_open = |index: &&usize| self.rows[**index].is_open_to(event);
            self.by_service.get(&place).filter(is_open)
        });
        let is_nobodys = |index: &&usize| self.rows[**index].account.is_empty();
        let on_connection = on_connection.or_else(|| {
            let last = self.by_ends.get(&(ends(event), String::new()));
            last.filter(is_nobodys)
        });
        on_connection.or(at_service).copied()
    }

    fn login(&mut self, event: &Event, login: &Login) -> usize {
        let account = account(event);
        let result = result(login);
        // A first step on another connection is another attempt.
        let service = (login.step != LoginStep::Started).then_some(login.service.as_str());
        let found = self.find(event, &account, service);
        let is_same = |before: &Outcome| result.is_some() && before.step == Some(login.step);
        let found = found.filter(|index| self.rows[*index].result.as_ref().is_none_or(is_same));
        let index = found.unwrap_or_else(|| {
            self.rows.push(Attempt::new(event, &name(event)));
            self.rows.len() - 1
        });
        self.by_ends.insert((ends(event), String::new()), index);
        self.by_ends.insert((ends(event), account.clone()), index);
        self.by_service
            .insert((account, login.service.clone()), index);
        let row = &mut self.rows[index];
        if row.account.is_empty() {
            row.account = limit::text(&name(event));
        }
        row.step(login);
        row.has_frame(event.frame);
        if let (None, Some(result)) = (&row.result, result) {
            row.result = Some(Outcome {
                time: event.time,
                step: Some(login.step),
                words: result,
            });
        }
        index
    }

    /// A server refers the client to another: the result of an attempt that has none yet.
    fn redirect(&mut self, event: &Event, to: &str) -> Option<usize> {
        let index = self.find(event, &account(event), None)?;
        let row = &mut self.rows[index];
        if row.result.is_some() {
            return None;
        }
        row.has_frame(event.frame);
        row.result = Some(Outcome {
            time: event.time,
            step: None,
            words: limit::text(&format!("redirected to {to}")),
        });
        Some(index)
    }
}

/// The account that signs in; empty if unknown.
fn name(event: &Event) -> String {
    let account = event.from.as_ref().or(event.connection.account.as_ref());
    account.cloned().unwrap_or_default()
}

fn account(event: &Event) -> String {
    key(&name(event))
}

/// The result of a login in words. `None` if the step is no result.
fn result(login: &Login) -> Option<String> {
    let word = match login.step {
        LoginStep::Started | LoginStep::Proved => return None,
        LoginStep::Succeeded => "succeeded",
        LoginStep::Refused => "refused",
    };
    Some(match login.result.as_str() {
        "" => word.to_owned(),
        why => limit::text(&format!("{word}: {why}")),
    })
}

impl Report for Logins {
    fn add(&mut self, event: &Event, changed: &mut Vec<usize>) {
        match &event.kind {
            EventKind::Login(login) => changed.push(self.login(event, login)),
            EventKind::Redirected { to } => changed.extend(self.redirect(event, to)),
            _ => {}
        }
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn cells(&self, index: usize, extent: Extent) -> Option<Vec<Cell>> {
        self.rows.get(index).map(|row| row.cells(extent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Connection;
    use crate::packet::Address;
    use crate::report::made::{at, cell, event, fold, CLIENT};

    const ALICE: &str = "alice@example.com";

    fn step(step: LoginStep, secret: &str, result: &str) -> Event {
        let login = Login {
            step,
            service: "notification server".to_owned(),
            method: "MD5".to_owned(),
            secret: secret.to_owned(),
            result: result.to_owned(),
        };
        event(ALICE, &[], EventKind::Login(login))
    }

    /// The same event, sent by the server.
    fn answer(event: Event) -> Event {
        let Connection {
            source,
            destination,
            ..
        } = event.connection;
        Event {
            connection: Connection {
                from_client: Some(false),
                source: destination,
                destination: source,
                ..event.connection
            },
            ..event
        }
    }

    /// The same event on another connection to the server.
    fn elsewhere(event: Event) -> Event {
        let there = Endpoint {
            port: 60_000,
            ..CLIENT
        };
        let mut event = event;
        match event.connection.from_client {
            Some(false) => event.connection.destination = there,
            _ => event.connection.source = there,
        }
        event
    }

    #[test]
    fn an_attempt_has_one_row_from_its_first_step_to_its_result() {
        let rows = fold(
            new(),
            &[
                at(3, step(LoginStep::Started, "", "")),
                at(5, step(LoginStep::Proved, "MD5 of salt and password", "")),
                at(
                    6,
                    answer(step(LoginStep::Refused, "", "Authentication failed (911)")),
                ),
                at(8, step(LoginStep::Proved, "MD5 of salt and password", "")),
                at(9, answer(step(LoginStep::Succeeded, "", ""))),
                at(10, answer(step(LoginStep::Succeeded, "", ""))),
            ],
        );
        assert_eq!(
            rows,
            [
                [
                    "2001-09-09T01:46:43.000000Z",
                    "3",
                    ALICE,
                    "192.0.2.10:50000",
                    "198.51.100.2:1863",
                    "notification server",
                    "MD5",
                    "refused: Authentication failed (911)",
                    "2001-09-09T01:46:46.000000Z",
                    "MD5 of salt and password",
                    "3, 5, 6"
                ],
                [
                    "2001-09-09T01:46:48.000000Z",
                    "8",
                    ALICE,
                    "192.0.2.10:50000",
                    "198.51.100.2:1863",
                    "notification server",
                    "MD5",
                    "succeeded",
                    "2001-09-09T01:46:49.000000Z",
                    "MD5 of salt and password",
                    "8, 9, 10"
                ]
            ]
        );
    }

    #[test]
    fn a_redirect_is_the_result_of_an_open_attempt_only() {
        let to = || EventKind::Redirected {
            to: "198.51.100.3:1863".to_owned(),
        };
        let rows = fold(
            new(),
            &[
                at(1, step(LoginStep::Started, "", "")),
                at(2, answer(event(ALICE, &[], to()))),
                at(3, elsewhere(step(LoginStep::Started, "", ""))),
                at(4, elsewhere(answer(step(LoginStep::Succeeded, "", "")))),
                at(5, elsewhere(answer(event(ALICE, &[], to())))),
            ],
        );
        let results: Vec<_> = rows
            .iter()
            .map(|row| cell(COLUMNS, row, "Result"))
            .collect();
        assert_eq!(results, ["redirected to 198.51.100.3:1863", "succeeded"]);
    }

    #[test]
    fn an_answer_on_another_connection_belongs_to_the_open_attempt() {
        let rows = fold(
            new(),
            &[
                at(1, step(LoginStep::Started, "", "")),
                at(2, elsewhere(answer(step(LoginStep::Succeeded, "", "")))),
            ],
        );
        assert_eq!(rows.len(), 1);
        assert_eq!(cell(COLUMNS, &rows[0], "Frames"), "1, 2");
        let two = fold(
            new(),
            &[
                at(1, step(LoginStep::Started, "", "")),
                at(2, elsewhere(step(LoginStep::Started, "", ""))),
                at(3, answer(step(LoginStep::Succeeded, "", ""))),
            ],
        );
        let results: Vec<_> = two.iter().map(|row| cell(COLUMNS, row, "Result")).collect();
        assert_eq!(results, ["succeeded", "no answer"]);
        let mut other = step(LoginStep::Proved, "", "");
        other.connection.source.address = Address::V4([192, 0, 2, 77]);
        let two = fold(
            new(),
            &[at(1, step(LoginStep::Started, "", "")), at(2, other)],
        );
        assert_eq!(two.len(), 2);
    }
}
