//! Rows of the table by client version, and the meaning of a command in one frame.

use crate::oicq::wire::commands::row::{Command, Names, ReplyPattern};
use crate::oicq::wire::commands::table::COMMANDS;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::era::{contains, FIRST_OF_2013};

/// Number of command numbers that can have rows; the highest is 0x0fff.
const NUMBERS: usize = 0x1000;

/// Where the rows of each number begin: several are looked up for every frame.
static STARTS: [u16; NUMBERS + 1] = starts(COMMANDS);

const fn starts(commands: &[Command]) -> [u16; NUMBERS + 1] {
    let mut starts = [0; NUMBERS + 1];
    let (mut code, mut row) = (0, 0);
    while code <= NUMBERS {
        while row < commands.len() && (commands[row].code as usize) < code {
            row += 1;
        }
        starts[code] = row as u16;
        code += 1;
    }
    assert!(row == commands.len(), "a number above 0x0fff");
    starts
}

/// All rows of a number.
pub fn rows(code: u16) -> &'static [Command] {
    let code = usize::from(code);
    let ends = STARTS.get(code).zip(STARTS.get(code + 1));
    let rows = ends.and_then(|(from, to)| COMMANDS.get((*from).into()..(*to).into()));
    rows.unwrap_or_default()
}

/// The row of `code` for clients of `version`.
pub fn find(code: u16, version: u16) -> Option<&'static Command> {
    let mut rows = rows(code).iter();
    rows.find(|row| contains(row.era.versions(), version))
}

/// The row to decode a frame of a client of `version`: that of its era, or the only one
/// of the number.
pub(crate) fn nearest(code: u16, version: u16) -> Option<&'static Command> {
    find(code, version).or(match rows(code) {
        [only] => Some(only),
        _ => None,
    })
}

/// Exchange pattern of a command, if clients of `version` have it.
pub(crate) fn reply_pattern_of(code: u16, version: u16) -> Option<ReplyPattern> {
    find(code, version).map(|row| row.reply_pattern)
}

/// Whether a client can send the command before the account is known.
pub(crate) fn may_lack_number(code: u16) -> bool {
    rows(code).iter().any(|row| row.without_number)
}

/// Whether replies to this command can name another server.
pub fn can_redirect(code: u16) -> bool {
    rows(code).iter().any(|row| row.redirects.is_some())
}

/// Whether the decrypted reply to this command redirects to another server. Returns
/// `None` if the first byte does not determine that. Source: docs/protocol/oicq.md §4.3
/// (0x0022) and §7.3 (0x0825).
pub fn names_server(code: u16, plaintext: &[u8]) -> Option<bool> {
    let result = plaintext.first()?;
    let results = rows(code).iter().find_map(|row| row.redirects)?;
    (!results.is_empty()).then(|| results.contains(result))
}

/// Meaning of a command in one frame.
#[derive(Debug, Clone, Copy)]
pub struct CommandMeaning {
    /// The English name.
    pub name: Option<&'static str>,
    /// The term used by the Chinese community.
    pub chinese: Option<&'static str>,
    /// Exchange pattern.
    pub reply_pattern: ReplyPattern,
    /// Whether this is a keep-alive.
    pub keep_alive: bool,
    /// Whether the client has a separate sequence counter for this command.
    pub counted: bool,
    /// Whether another command acknowledges this push, with the sequence in its body.
    pub acknowledged_in_body: bool,
}

impl CommandMeaning {
    /// Meaning of an unknown command.
    pub const NONE: Self = Self {
        name: None,
        chinese: None,
        reply_pattern: ReplyPattern::Unknown,
        keep_alive: false,
        counted: false,
        acknowledged_in_body: false,
    };

    /// Meaning of a probe: 0x0001 with zeroes in place of the client block (§2.3).
    pub const PROBE: Self = Self {
        name: Some("Probe"),
        chinese: Some("探测"),
        reply_pattern: ReplyPattern::ClientOnly,
        ..Self::NONE
    };
}

/// Meaning of `code` in a frame from a client of `version`, or from its server.
pub fn meaning(code: u16, version: u16, direction: Direction) -> CommandMeaning {
    let row = find(code, version);
    let reply_pattern = row.map_or(ReplyPattern::Unknown, |row| row.reply_pattern);
    let acknowledgement = (direction == Direction::ToServer)
        .then(|| rows(code).iter().find_map(|row| row.acknowledgement))
        .flatten();
    let names: Option<Names> = acknowledgement.or(row.and_then(|row| row.names));
    CommandMeaning {
        name: names.map(|names| names.english),
        chinese: names
            .map(|names| names.chinese)
            .filter(|name| !name.is_empty()),
        reply_pattern,
        keep_alive: row.is_some_and(|row| row.keep_alive),
        // Older clients have one counter for all commands (§5.1).
        counted: version >= FIRST_OF_2013 && reply_pattern != ReplyPattern::AcknowledgedPush,
        acknowledged_in_body: row.is_some_and(|row| row.acknowledged_in_body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_changes_its_meaning_with_the_era() {
        let name = |code, version| {
            find(code, version)
                .and_then(|row| row.names)
                .map(|names| names.english)
        };
        assert_eq!(name(0x0058, 0x3420), Some("Keep-alive"));
        assert_eq!(name(0x0058, 0x141c), Some("Keep-alive"));
        assert_ne!(name(0x0058, 0x141b), Some("Keep-alive"));
        assert_ne!(name(0x0058, 0x0f5f), Some("Keep-alive"));
        assert_eq!(name(0x0002, 0x0100), Some("Keep-alive"));
        assert_eq!(name(0x00cd, 0x0100), None);
        assert_eq!(name(0xfffe, 0x3420), None);
    }

    #[test]
    fn acknowledgements_have_a_name_of_their_own() {
        let name = |code, direction| meaning(code, 0x3420, direction).name;
        assert_eq!(name(0x00ce, Direction::ToClient), Some("Receive message"));
        assert_eq!(
            name(0x00ce, Direction::ToServer),
            Some("Acknowledge message")
        );
        assert_eq!(
            name(0x0017, Direction::ToServer),
            Some("Acknowledge message or event")
        );
        assert_eq!(name(0x00cd, Direction::ToServer), Some("Send message"));
    }

    #[test]
    fn eras_differ_in_more_than_names() {
        let old = |code| meaning(code, 0x0f5f, Direction::ToServer);
        let new = |code| meaning(code, 0x3420, Direction::ToServer);
        assert!(old(0x0002).keep_alive && !old(0x0058).keep_alive);
        assert!(new(0x0058).keep_alive && !new(0x0002).keep_alive);
        assert_eq!(new(0x0058).chinese, Some("心跳"));
        assert_eq!(old(0x0062).reply_pattern, ReplyPattern::Request);
        assert_eq!(new(0x0062).reply_pattern, ReplyPattern::ClientOnly);
        assert_eq!(new(0x0424).reply_pattern, ReplyPattern::ClientOnly);
        assert_eq!(new(0x0424).name, None);
        assert!(new(0x00cd).counted && !old(0x0016).counted);
        assert!(!new(0x0017).counted);
    }

    #[test]
    fn the_first_byte_of_a_reply_marks_a_redirect() {
        assert_eq!(names_server(0x0825, &[0xfe, 0x01]), Some(true));
        assert_eq!(names_server(0x0825, &[0x00, 0x01]), Some(false));
        assert_eq!(names_server(0x0022, &[0x0a]), Some(true));
        assert_eq!(names_server(0x0022, &[0x00]), Some(false));
        assert_eq!(names_server(0x0091, &[0x00]), None);
        assert_eq!(names_server(0x0825, &[]), None);
    }
}
