use super::*;
use crate::event::{Conversation, Subject, Transfer, TransferStep};
use crate::report::made::{cell, event, fold};

#[test]
fn a_step_of_a_transfer_has_the_name_of_its_offer() {
    let step = |step, id: &str, name: &str, conversation| {
        let transfer = Transfer {
            step,
            what: Subject::File,
            name: name.to_owned(),
            size: None,
            id: id.to_owned(),
            reason: String::new(),
            picture: None,
        };
        Event {
            conversation: Conversation::Number(conversation),
            ..event("alice@example.com", &[], EventKind::Transfer(transfer))
        }
    };
    let rows = fold(
        new(),
        &[
            step(TransferStep::Offered, "7", "a.txt", 1),
            step(TransferStep::Offered, "8", "b.txt", 1),
            step(TransferStep::Accepted, "7", "", 1),
            step(TransferStep::Accepted, "7", "", 2),
            step(TransferStep::Completed, "", "", 1),
        ],
    );
    let texts = rows.iter().map(|row| cell(COLUMNS, row, "Text"));
    assert_eq!(
        texts.collect::<Vec<_>>(),
        [
            "file offered: a.txt",
            "file offered: b.txt",
            "file accepted: a.txt",
            "file accepted",
            "file complete"
        ]
    );
}
