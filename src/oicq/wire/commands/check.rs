//! Compile-time checks of the table of commands. Every message names the wrong row.

use crate::oicq::body::layout;
use crate::oicq::wire::commands::row::{Command, ReplyPattern};
use crate::oicq::wire::era::overlaps;
use crate::refuse::{hex16, refuse};

/// Rejects rows that are out of order, contradict another row of their number or
/// themselves, and layouts without evidence.
///
/// # Panics
///
/// On the first wrong row.
pub(crate) const fn checked(commands: &[Command]) -> &[Command] {
    let mut i = 0;
    while i < commands.len() {
        check_row(&commands[i]);
        if i > 0 {
            check_pair(&commands[i - 1], &commands[i]);
        }
        i += 1;
    }
    commands
}

const fn check_pair(before: &Command, row: &Command) {
    if before.code > row.code {
        refuse(&[
            b"command ",
            &hex16(row.code),
            b": rows must be sorted by number, but the one above is ",
            &hex16(before.code),
        ]);
    }
    if before.code == row.code {
        if before.names.is_none() || row.names.is_none() {
            fault(row, "a number with several meanings needs a name for each");
        }
        if before.era as u8 == row.era as u8 {
            fault(row, "this number has two rows of the same era");
        }
        if before.era as u8 > row.era as u8 {
            fault(row, "the meanings of a number are not sorted by era");
        }
        if overlaps(before.era.versions(), row.era.versions()) {
            fault(row, "two meanings of a number overlap");
        }
    }
}

const fn check_row(row: &Command) {
    if let Some(names) = &row.names {
        if names.english.is_empty() {
            fault(row, "a command has an empty name");
        }
    }
    if row.acknowledgement.is_some() && !matches!(row.reply_pattern, ReplyPattern::AcknowledgedPush)
    {
        fault(row, "only an acknowledged push has an acknowledgement");
    }
    if row.acknowledged_in_body && !matches!(row.reply_pattern, ReplyPattern::Push) {
        fault(row, "only a push can be acknowledged by text");
    }
    let mut i = 0;
    while i < row.keys.len() {
        if row.keys[i].to_server.is_empty() || row.keys[i].to_client.is_empty() {
            fault(row, "a command without keys in one direction");
        }
        i += 1;
    }
    if let Some(what) = layout::fault(row.layouts, row.era) {
        fault(row, what);
    }
}

const fn fault(row: &Command, what: &str) -> ! {
    refuse(&[b"command ", &hex16(row.code), b": ", what.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::body::layout::{to_server, FaultRule};
    use crate::oicq::crypto::key_role::KeyRole;
    use crate::oicq::wire::commands::row::{keys, named, unnamed, KeyRule};
    use crate::oicq::wire::era::{Era, UNSEEN, UNTIL_2008};

    fn message(commands: &[Command]) -> String {
        let panic = std::panic::catch_unwind(|| {
            checked(commands);
        });
        let text = panic.expect_err("a panic").downcast::<String>();
        *text.expect("a text")
    }

    const ONE_WAY: &[KeyRule] = &[keys(&[KeyRole::Session]).with_request_keys(&[])];

    #[test]
    fn the_wrong_row_is_named() {
        let request = ReplyPattern::Request;
        let row = |code, era| named(era, "Name", "", request).numbered(code);
        let first = row(0x1233, Era::All);
        let second = row(0x1234, Era::Until2008);
        checked(&[first, second, row(0x1234, Era::From2009)]);
        for (wrong, what) in [
            (
                row(0x1232, Era::All),
                "0x1232: rows must be sorted by number, but the one above is 0x1234",
            ),
            (
                row(0x1234, Era::Until2008),
                "0x1234: this number has two rows of the same era",
            ),
            (
                row(0x1234, Era::All),
                "0x1234: two meanings of a number overlap",
            ),
            (
                unnamed(request).numbered(0x1234),
                "0x1234: a number with several meanings needs a name for each",
            ),
            (
                named(Era::All, "", "", request).numbered(0x1235),
                "0x1235: a command has an empty name",
            ),
            (
                row(0x1235, Era::All).keys(ONE_WAY),
                "0x1235: a command without keys in one direction",
            ),
            (
                row(0x1235, Era::All).acknowledged("Name", ""),
                "0x1235: only an acknowledged push has an acknowledgement",
            ),
            (
                row(0x1235, Era::All).acknowledged_in_body(),
                "0x1235: only a push can be acknowledged by text",
            ),
        ] {
            assert_eq!(message(&[first, second, wrong]), format!("command {what}"));
        }
        assert_eq!(
            message(&[row(0x1234, Era::From2009), second]),
            "command 0x1234: the meanings of a number are not sorted by era"
        );
    }

    #[test]
    fn a_layout_needs_evidence() {
        const NO_SOURCE: &[layout::Layout] =
            &[to_server(UNTIL_2008, FaultRule::Whole, "", |_| None)];
        const UNSEEN_VERSIONS: &[layout::Layout] =
            &[to_server(UNSEEN, FaultRule::Whole, "MY", |_| None)];
        const OTHER_ERA: &[layout::Layout] =
            &[to_server(UNTIL_2008, FaultRule::Whole, "MY", |_| None).applies_to(UNTIL_2008)];
        let row = |layouts| {
            let row = named(Era::From2009, "Name", "", ReplyPattern::Request);
            message(&[row.numbered(0x1234).layouts(layouts)])
        };
        assert_eq!(row(NO_SOURCE), "command 0x1234: a layout has no source");
        assert_eq!(
            row(UNSEEN_VERSIONS),
            "command 0x1234: a layout has evidence of versions of which none was seen"
        );
        assert_eq!(
            row(OTHER_ERA),
            "command 0x1234: a layout is for clients of another era"
        );
    }
}
