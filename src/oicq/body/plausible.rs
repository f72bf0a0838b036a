//! Whether a value is possible for its field.

#[cfg(test)]
mod tests;

use crate::oicq::body::name::Name;
use crate::oicq::body::value::{BodyEntry, BodyValue};

/// Smallest QQ number and smallest public number of a group.
const FIRST_NUMBER: u32 = 10_000;
/// 1999, the first year of QQ.
pub(crate) const FIRST_TIME: u32 = 915_148_800;
/// 2038.
const LAST_TIME: u32 = i32::MAX as u32;
/// Maximum level of a user, and maximum days to the next level.
const MOST_LEVELS: u32 = 1_000;
/// Degrees Celsius, as a number of two bytes: up to 70, and from -90 on.
const HOTTEST: u32 = 70;
const COLDEST: u32 = 0xffff - 89;
const MOST_AGE: u32 = 150;
/// Maximum number of members of a group.
const MOST_MEMBERS: u32 = 10_000;
/// Smallest version in the two bytes after a client's state.
const FIRST_STATUS_VERSION: u32 = 0x0400;

/// Whether the name is that of a QQ number.
pub(crate) fn is_account(name: Name) -> bool {
    matches!(
        name,
        Name::OwnUin
            | Name::FriendUin
            | Name::From
            | Name::To
            | Name::MemberUin
            | Name::GroupOwner
            | Name::GroupAdmin
            | Name::MentionUin
    )
}

/// Whether the name is that of a group's number.
fn is_group(name: Name) -> bool {
    matches!(name, Name::GroupId | Name::GroupNumber)
}

/// Whether a number is possible for this name.
fn exists(name: Name, number: u32) -> bool {
    if is_group(name) {
        number >= FIRST_NUMBER && number & 0xffff != 0
    } else if is_account(name) {
        number >= FIRST_NUMBER && number & 0x00ff_ffff != 0
    } else {
        true
    }
}

/// Whether all numbers of users and groups are possible, or 0 if `zero_is_nobody`.
pub(crate) fn is_possible(entries: &[BodyEntry], zero_is_nobody: bool) -> bool {
    entries.iter().all(|entry| match entry.value {
        BodyValue::Number(0) if zero_is_nobody => true,
        BodyValue::Number(number) => exists(entry.name, number),
        _ => true,
    })
}

/// Turns impossible numbers of users and groups into bytes.
pub(crate) fn hide_impossible(entries: &mut [BodyEntry]) {
    for entry in entries {
        match entry.value {
            BodyValue::Number(number) if !exists(entry.name, number) => {
                entry.name = Name::UnknownData;
                entry.value = BodyValue::Bytes;
                entry.meaning = None;
            }
            _ => {}
        }
    }
}

/// Whether every value is one that occurs in real bodies; `own` is the QQ number of the
/// header.
pub(crate) fn is_plausible(entries: &[BodyEntry], own: Option<u32>) -> bool {
    is_possible(entries, false)
        && entries
            .iter()
            .all(|entry| is_usual(entry) && is_own(entry, own))
}

/// Whether the client's own number is that of the header.
fn is_own(entry: &BodyEntry, own: Option<u32>) -> bool {
    match (entry.name, &entry.value, own) {
        (Name::OwnUin, BodyValue::Number(number), Some(own)) => *number == own,
        _ => true,
    }
}

/// The number of bits of an entry that would differ if its bytes had another meaning.
pub(crate) fn weight(entry: &BodyEntry, own: Option<u32>) -> usize {
    /// A number of at least this length is decimal digits: a binary one is shorter.
    const DIGITS: usize = 5;
    const CODE: usize = 6;
    const NUMBER: usize = 32;
    match &entry.value {
        BodyValue::Number(number) if entry.name == Name::OwnUin && own == Some(*number) => NUMBER,
        BodyValue::Number(_) if entry.span.len >= DIGITS => NUMBER,
        BodyValue::Number(_) if entry.meaning.is_some() => CODE,
        BodyValue::Text(_) => entry.span.len,
        _ => 0,
    }
}

fn is_usual(entry: &BodyEntry) -> bool {
    match &entry.value {
        BodyValue::Number(number) => is_usual_number(entry, *number),
        BodyValue::Time(time) => *time == 0 || (FIRST_TIME..=LAST_TIME).contains(time),
        BodyValue::Address(address) => {
            let first = address.octets()[0];
            address.is_unspecified() || (1..224).contains(&first)
        }
        BodyValue::Text(text) => is_written(text),
        BodyValue::Heading | BodyValue::Long(_) | BodyValue::Bytes | BodyValue::Secret => {
            entry.name != Name::Trailing
        }
    }
}

/// Whether a text has only characters that can be written.
pub(crate) fn is_written(text: &str) -> bool {
    let is_usual = |char: char| {
        matches!(char, '\t' | '\n' | '\r') || (char != '\u{fffd}' && !char.is_control())
    };
    text.chars().all(is_usual)
}

/// Whether an amount is within its range.
fn is_in_range(name: Name, number: u32) -> bool {
    match name {
        Name::Level | Name::RemainingDays => number <= MOST_LEVELS,
        Name::GroupLimit => (1..=MOST_MEMBERS).contains(&number),
        // Two bytes; negative ones have the highest bit set.
        Name::LowTemperature | Name::HighTemperature => {
            number <= HOTTEST || (COLDEST..=0xffff).contains(&number)
        }
        _ => true,
    }
}

/// Whether texts can be written, amounts are in range and the client's own number is that
/// of the header: required of layouts that have evidence, too.
pub(crate) fn is_sane(entries: &[BodyEntry], own: Option<u32>) -> bool {
    entries.iter().all(|entry| match &entry.value {
        BodyValue::Number(number) => is_in_range(entry.name, *number) && is_own(entry, own),
        BodyValue::Text(text) => is_written(text),
        _ => true,
    })
}

fn is_usual_number(entry: &BodyEntry, number: u32) -> bool {
    match entry.name {
        Name::Reply
        | Name::Status
        | Name::Gender
        | Name::EntryType
        | Name::AuthCondition
        | Name::LeftReason
        | Name::SystemKind
        | Name::SystemType
        | Name::TokenPurpose
        | Name::JoinResult
        | Name::SearchKind => entry.meaning.is_some(),
        Name::Level
        | Name::RemainingDays
        | Name::GroupLimit
        | Name::LowTemperature
        | Name::HighTemperature => is_in_range(entry.name, number),
        Name::Age => number <= MOST_AGE,
        Name::GroupType | Name::FakeCamera => number <= 1,
        Name::StatusVersion => number >= FIRST_STATUS_VERSION,
        _ => true,
    }
}
