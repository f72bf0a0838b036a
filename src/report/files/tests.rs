use super::*;
use crate::report::made::{at, cell, event, fold, object};

/// SHA-256 of `\x89PNG\r\n\x1a\n`.
const DIGEST: &str = "4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6";

#[test]
fn an_object_is_one_row_whatever_its_parts() {
    let part = |frame, len| {
        let kind = object(1, "a.png", &b"\x89PNG\r\n\x1a\n"[..len]);
        at(
            frame,
            event("alice@example.com", &["bob@example.net"], kind),
        )
    };
    let row = |events: &[Event]| {
        let mut rows = fold(new(), events);
        assert_eq!(rows.len(), 1);
        rows.remove(0)
    };
    let whole = row(&[part(2, 3), part(3, 6), part(4, 8), part(5, 8)]);
    assert_eq!(whole, row(&[part(2, 8), part(3, 8)]));
    let cell = |row: &[String], title: &str| cell(COLUMNS, row, title).to_owned();
    assert_eq!(cell(&whole, "SHA-256"), DIGEST);
    assert_eq!(cell(&whole, "State"), "complete");
    assert_eq!(cell(&whole, "Type"), "image/png");
    assert_eq!(
        (cell(&whole, "Frame"), cell(&whole, "Last frame")),
        ("2".into(), "5".into())
    );
    let part = row(&[part(2, 3), part(3, 7)]);
    assert_eq!(
        (cell(&part, "Received"), cell(&part, "State")),
        ("7".into(), "incomplete".into())
    );
}
