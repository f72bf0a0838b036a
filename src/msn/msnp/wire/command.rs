//! The commands of MSNP2 to MSNP21: names, transaction ids and payload rules. Data only.
//!
//! Source: protocol reference, MSNP §2 (commands) and §11 (what real servers send).

use core::ffi::CStr;

/// Where the transaction id stands, if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrId {
    /// No form of the command has one.
    Never,
    /// The first parameter, when it is a number: clients and replies have it, and no form
    /// without it begins with a number.
    First,
    /// As `First`, when the second parameter is a single letter (the mode of a client's MSG).
    BeforeMode,
    /// As `First`, when there is no further parameter or at least five more: the short
    /// form of LSG begins with a group number.
    FullForm,
}

/// Whether bytes follow the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload {
    /// No form of the command has a payload, even if its last parameter is a number.
    Never,
    /// The last parameter is the length, if it is a number and the line has at least so
    /// many parameters (the transaction id counts).
    LastOf(usize),
    /// As `LastOf`, and a line with so many parameters that does not end with a number is wrong.
    AlwaysLastOf(usize),
}

/// One command.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// The three letters.
    pub verb: [u8; 3],
    /// What they stand for.
    pub name: &'static CStr,
    /// Where the transaction id stands.
    pub trid: TrId,
    /// Whether bytes follow.
    pub payload: Payload,
}

const fn row(verb: &[u8; 3], name: &'static CStr, trid: TrId, payload: Payload) -> Command {
    Command {
        verb: *verb,
        name,
        trid,
        payload,
    }
}

use Payload::{AlwaysLastOf, LastOf, Never as NoPayload};
use TrId::{BeforeMode, First, FullForm, Never as NoTrId};

/// Every command, sorted.
pub const COMMANDS: &[Command] = &[
    row(b"ACK", c"Message delivered", First, NoPayload),
    row(b"ADC", c"Add contact", First, NoPayload),
    row(b"ADD", c"Add to list", First, NoPayload),
    row(b"ADG", c"Add group", First, NoPayload),
    row(b"ADL", c"Add list entries", First, LastOf(2)),
    row(b"ANS", c"Answer a call", First, NoPayload),
    row(
        b"BLP",
        c"Default privacy for unknown people",
        First,
        NoPayload,
    ),
    row(b"BPR", c"Buddy property", NoTrId, NoPayload),
    row(b"BYE", c"Leave the conversation", NoTrId, NoPayload),
    row(b"CAL", c"Call a user", First, NoPayload),
    row(b"CHG", c"Change state", First, NoPayload),
    row(b"CHL", c"Challenge", First, NoPayload),
    row(b"CVQ", c"Client version query", First, NoPayload),
    row(b"CVR", c"Client version report", First, NoPayload),
    row(b"DEL", c"Delete publication", First, LastOf(2)),
    row(b"FLN", c"Contact is offline", NoTrId, NoPayload),
    row(b"FND", c"Find user in the directory", First, NoPayload),
    row(b"FQY", c"Federated query", First, LastOf(2)),
    row(b"FSL", c"meaning unknown", First, LastOf(2)),
    row(b"GCF", c"Get configuration file", First, LastOf(2)),
    row(b"GET", c"meaning unknown", First, LastOf(2)),
    row(b"GSB", c"meaning unknown", First, NoPayload),
    row(b"GTC", c"Prompt when someone adds me", First, NoPayload),
    row(b"ILN", c"Initial presence", First, NoPayload),
    row(b"IMS", c"Messaging on or off", First, NoPayload),
    row(
        b"INF",
        c"Information on authentication packages",
        First,
        NoPayload,
    ),
    row(b"IPG", c"Incoming page", NoTrId, AlwaysLastOf(1)),
    row(b"IRO", c"Initial roster", First, NoPayload),
    row(b"JOI", c"Join the conversation", NoTrId, NoPayload),
    row(b"LKP", c"meaning unknown", First, NoPayload),
    row(b"LSG", c"List groups", FullForm, NoPayload),
    row(b"LST", c"List contacts", First, NoPayload),
    row(b"MSG", c"Message", BeforeMode, AlwaysLastOf(3)),
    row(b"NAK", c"Message not delivered", First, NoPayload),
    row(b"NFY", c"Notify", NoTrId, AlwaysLastOf(2)),
    row(b"NLN", c"Presence", NoTrId, NoPayload),
    row(b"NOT", c"Notification", NoTrId, AlwaysLastOf(1)),
    row(b"OUT", c"Log out", First, NoPayload),
    row(b"PAG", c"Page a phone", First, LastOf(3)),
    row(b"PGD", c"Page", First, LastOf(4)),
    row(b"PNG", c"Ping", NoTrId, NoPayload),
    row(b"PRP", c"Own property", First, NoPayload),
    row(b"PUT", c"Publish", First, LastOf(2)),
    row(b"QNG", c"Ping reply", NoTrId, NoPayload),
    row(b"QRY", c"Challenge answer", First, LastOf(3)),
    row(b"REA", c"Rename", First, NoPayload),
    row(b"REG", c"Rename group", First, NoPayload),
    row(b"REM", c"Remove from list", First, NoPayload),
    row(b"RFS", c"meaning unknown", First, NoPayload),
    row(b"RMG", c"Remove group", First, NoPayload),
    row(b"RML", c"Remove list entries", First, LastOf(2)),
    row(b"RNG", c"Ring", NoTrId, NoPayload),
    row(b"SBP", c"Set buddy property", First, NoPayload),
    row(b"SBS", c"meaning unknown", First, NoPayload),
    row(b"SDC", c"Send invitation mail with text", First, LastOf(4)),
    row(b"SDG", c"Send datagram", First, LastOf(2)),
    row(b"SND", c"Send invitation mail", First, NoPayload),
    row(b"SYN", c"Synchronise", First, NoPayload),
    row(b"UBM", c"Message from another network", NoTrId, LastOf(4)),
    // Three parameters at least: a UBN without payload ends with its type (§11, item 1).
    row(b"UBN", c"Buddy notification", NoTrId, LastOf(3)),
    row(b"UBX", c"Buddy extended data", NoTrId, AlwaysLastOf(2)),
    row(b"URL", c"Service URL", First, NoPayload),
    row(b"USR", c"User", First, NoPayload),
    row(b"UUM", c"Message to another network", First, LastOf(5)),
    row(b"UUN", c"User notification", First, LastOf(4)),
    row(b"UUX", c"Own extended data", First, LastOf(2)),
    row(b"VAS", c"meaning unknown", First, LastOf(5)),
    row(b"VER", c"Version negotiation", First, NoPayload),
    row(b"XFR", c"Transfer", First, NoPayload),
];

const _: () = {
    let mut i = 1;
    while i < COMMANDS.len() {
        let (a, b) = (COMMANDS[i - 1].verb, COMMANDS[i].verb);
        let mut at = 0;
        while at < 2 && a[at] == b[at] {
            at += 1;
        }
        assert!(a[at] < b[at], "the commands are not sorted and unique");
        i += 1;
    }
};

/// The row of a command, if it is a known one.
pub fn find(verb: [u8; 3]) -> Option<&'static Command> {
    let key = |verb: [u8; 3]| u32::from_be_bytes([0, verb[0], verb[1], verb[2]]);
    let at = COMMANDS
        .binary_search_by_key(&key(verb), |row| key(row.verb))
        .ok()?;
    Some(&COMMANDS[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_found_and_named() {
        for command in COMMANDS {
            assert_eq!(find(command.verb).map(|c| c.verb), Some(command.verb));
            assert!(command.name.to_str().is_ok_and(|name| name.len() > 2));
        }
        assert!(find(*b"XYZ").is_none());
    }

    /// §2.3, end: names that other lists contain and no source ever saw.
    #[test]
    fn ghosts_are_not_commands() {
        for verb in [b"CKI", b"CRT", b"RLS"] {
            assert!(find(*verb).is_none());
        }
    }
}
