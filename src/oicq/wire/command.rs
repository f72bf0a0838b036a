//! Which meaning of a command number is right for a client's era.

use crate::oicq::wire::command_table::{Era, Exchange, Row, ACKNOWLEDGEMENTS, ROWS, UNNAMED};
use crate::oicq::wire::frame::Direction;

/// Clients from this version on give numbers their present meaning: the first TM2009
/// (reference OICQ §3.1, where 0x141b is the last with the old protocol).
pub(crate) const FIRST_OF_2009: u16 = 0x141c;
/// Clients from this version on log in by 0x0825 (QQ2013).
pub(crate) const FIRST_OF_2013: u16 = 0x2f00;

/// The row of `code` that is right for a client of `version`.
pub fn find(code: u16, version: u16) -> Option<&'static Row> {
    let first = ROWS.partition_point(|row| row.code < code);
    ROWS[first..]
        .iter()
        .take_while(|row| row.code == code)
        .find(|row| covers(row.era, version))
}

fn covers(era: Era, version: u16) -> bool {
    match era {
        Era::All => true,
        Era::Until2008 => version < FIRST_OF_2009,
        Era::From2009 => version >= FIRST_OF_2009,
        Era::From2009To2012 => (FIRST_OF_2009..FIRST_OF_2013).contains(&version),
        Era::From2013 => version >= FIRST_OF_2013,
    }
}

/// What a command means in one frame.
#[derive(Debug, Clone, Copy)]
pub struct Meaning {
    /// The English name.
    pub name: Option<&'static str>,
    /// The term that the Chinese community uses.
    pub chinese: Option<&'static str>,
    /// How the command travels.
    pub exchange: Exchange,
    /// The client says that it is still there.
    pub keep_alive: bool,
    /// The client counts the frames of this command.
    pub counted: bool,
    /// Another command acknowledges this push, by the sequence in its body.
    pub acknowledged_by_text: bool,
}

impl Meaning {
    /// Of a command that nobody knows.
    pub const NONE: Self = Self {
        name: None,
        chinese: None,
        exchange: Exchange::Unknown,
        keep_alive: false,
        counted: false,
        acknowledged_by_text: false,
    };

    /// Of a probe: 0x0001 with zeroes for a client block (§2.3).
    pub const PROBE: Self = Self {
        name: Some("Probe"),
        chinese: Some("探测"),
        exchange: Exchange::ClientOnly,
        ..Self::NONE
    };
}

/// What `code` means in a frame of a client of `version`, or from its server.
pub fn meaning(code: u16, version: u16, direction: Direction) -> Meaning {
    let row = find(code, version);
    let exchange = exchange_of(code, version).unwrap_or(Exchange::Unknown);
    let answered = (direction == Direction::ToServer)
        .then(|| ACKNOWLEDGEMENTS.iter().find(|ack| ack.code == code))
        .flatten();
    let (name, chinese) = match (answered, row) {
        (Some(ack), _) => (Some(ack.name), Some(ack.chinese)),
        (None, Some(row)) => (Some(row.name), Some(row.chinese)),
        (None, None) => (None, None),
    };
    let text = |text: Option<&'static core::ffi::CStr>| {
        text.and_then(|text| text.to_str().ok())
            .filter(|text| !text.is_empty())
    };
    Meaning {
        name: text(name),
        chinese: text(chinese),
        exchange,
        keep_alive: code == keep_alive(version),
        // Older clients have one count for all commands (§5.1).
        counted: version >= FIRST_OF_2013 && exchange != Exchange::AcknowledgedPush,
        acknowledged_by_text: code == 0x0080,
    }
}

/// The command by which a client of `version` says that it is still there.
fn keep_alive(version: u16) -> u16 {
    if version < FIRST_OF_2009 {
        0x0002
    } else {
        0x0058
    }
}

/// How a command travels that clients of `version` know, or that was seen on the wire.
pub(crate) fn exchange_of(code: u16, version: u16) -> Option<Exchange> {
    let row = find(code, version).map(|row| row.exchange);
    row.or_else(|| unnamed(code))
}

/// How a command travels whose meaning nobody knows.
fn unnamed(code: u16) -> Option<Exchange> {
    let at = UNNAMED.binary_search_by_key(&code, |row| row.0).ok()?;
    UNNAMED.get(at).map(|row| row.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_changes_its_meaning_with_the_era() {
        let name = |code, version| find(code, version).map(|row| row.name);
        assert_eq!(name(0x0058, 0x3420), Some(c"Keep-alive"));
        assert_eq!(name(0x0058, 0x141c), Some(c"Keep-alive"));
        assert_ne!(name(0x0058, 0x141b), Some(c"Keep-alive"));
        assert_ne!(name(0x0058, 0x0f5f), Some(c"Keep-alive"));
        assert_eq!(name(0x0002, 0x0100), Some(c"Keep-alive"));
        assert_eq!(name(0x00cd, 0x0100), None);
        assert_eq!(name(0xfffe, 0x3420), None);
    }

    #[test]
    fn what_a_client_sends_back_has_a_name_of_its_own() {
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
        assert_eq!(old(0x0062).exchange, Exchange::Request);
        assert_eq!(new(0x0062).exchange, Exchange::ClientOnly);
        assert_eq!(new(0x0424).exchange, Exchange::ClientOnly);
        assert_eq!(new(0x0424).name, None);
        assert!(new(0x00cd).counted && !old(0x0016).counted);
        assert!(!new(0x0017).counted);
    }
}
