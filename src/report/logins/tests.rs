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
