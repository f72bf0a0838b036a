//! Logins: who tried, from where, how, and what became of it.
//!
//! An attempt begins with the first step of a login on a connection and ends with its
//! result; what follows there is another attempt. Where the carrier changes its connections
//! (HTTP), the next step belongs to the last open attempt of the account at that service
//! from the same address. A login by way of a redirect has a row for each server. Kept of an
//! attempt are at most 32 frame numbers and 16 methods and secrets.

use std::collections::HashMap;

use crate::event::{key, Endpoint, Event, EventKind, Login, LoginStep};
use crate::report::cell::{Cell, Column, Holds};
use crate::report::conversation::{ends, Ends};
use crate::report::fold::Report;
use crate::report::limit::{self, Extent, BAR};

/// Maximum frame numbers kept for an attempt.
const MAX_FRAMES: usize = 32;
/// Maximum methods, and maximum secrets, kept for an attempt.
const MAX_METHODS: usize = 16;

/// Columns of the table.
pub(crate) const COLUMNS: &[Column] = &[
    Column::time(c"Time"),
    Column::number(c"Frame"),
    Column::text(c"Account"),
    Column::text(c"Client"),
    Column::text(c"Server"),
    Column::text(c"Service"),
    Column::list(c"Method"),
    Column::text(c"Result"),
    Column::time(c"Result time").below(),
    Column::list(c"Secrets sent").below(),
    Column::new(c"Frames", Holds::ListsOfNumbers).below(),
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
        let frames = self.frames.iter().copied().map(u64::from);
        let list = |list: &[String]| {
            let list = list.iter().cloned().map(Cell::Text);
            Cell::list(list, BAR, extent, false)
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
            Cell::list(frames.map(Cell::Number), ", ", extent, self.is_cut),
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
        // A step that names the account can follow one that does not.
        let has_no_account = |index: &&usize| self.rows[**index].account.is_empty();
        let on_connection = on_connection.or_else(|| {
            let last = self.by_ends.get(&(ends(event), String::new()));
            last.filter(has_no_account)
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
mod tests;
