use super::*;
use crate::span::Span;

fn entry(name: Name, value: BodyValue) -> BodyEntry {
    BodyEntry {
        name,
        depth: 0,
        span: Span::new(0, 4),
        value,
        meaning: None,
    }
}

#[test]
fn numbers_of_users_and_groups() {
    for (name, number, exists) in [
        (Name::FriendUin, 10_000, true),
        (Name::FriendUin, 9_999, false),
        (Name::From, 0xc600_0000, false),
        (Name::GroupId, 0x0100_0000, false),
        (Name::GroupNumber, 0x0012_0000, false),
        (Name::GroupNumber, 87_654_321, true),
        (Name::Level, 3, true),
    ] {
        let entries = [entry(name, BodyValue::Number(number))];
        assert_eq!(is_possible(&entries, false), exists, "{name:?} {number}");
    }
}

#[test]
fn zero_means_no_user() {
    let entries = [entry(Name::GroupNumber, BodyValue::Number(0))];
    assert!(is_possible(&entries, true) && !is_possible(&entries, false));
}

#[test]
fn the_own_number_is_that_of_the_header() {
    let entries = [entry(Name::OwnUin, BodyValue::Number(12_345_678))];
    assert!(is_plausible(&entries, None));
    assert!(is_plausible(&entries, Some(12_345_678)));
    assert!(!is_plausible(&entries, Some(10_001)));
}

#[test]
fn impossible_numbers_become_bytes() {
    let mut entries = [
        entry(Name::OwnUin, BodyValue::Number(5)),
        entry(Name::OwnUin, BodyValue::Number(12_345_678)),
    ];
    hide_impossible(&mut entries);
    assert_eq!(entries[0].name, Name::UnknownData);
    assert_eq!(entries[0].value, BodyValue::Bytes);
    assert_eq!(entries[1].value, BodyValue::Number(12_345_678));
}

#[test]
fn values_of_real_bodies() {
    for (name, value, usual) in [
        (Name::Level, BodyValue::Number(49), true),
        (Name::Level, BodyValue::Number(12_554), false),
        (Name::LowTemperature, BodyValue::Number(0xffff - 4), true),
        (Name::LowTemperature, BodyValue::Number(0xff11), false),
        (Name::Reply, BodyValue::Number(0x72), false),
        (Name::MessageTime, BodyValue::Time(0), true),
        (Name::MessageTime, BodyValue::Time(12_345_678), false),
        (Name::Nickname, BodyValue::Text("鲍勃".to_owned()), true),
        (Name::Nickname, BodyValue::Text("\u{1}".to_owned()), false),
    ] {
        let entries = [entry(name, value.clone())];
        assert_eq!(is_plausible(&entries, None), usual, "{name:?} {value:?}");
    }
}

#[test]
fn numbers_have_limits() {
    for (name, number, is_usual) in [
        (Name::Age, 150, true),
        (Name::Age, 151, false),
        (Name::GroupType, 1, true),
        (Name::GroupType, 2, false),
        (Name::FakeCamera, 1, true),
        (Name::FakeCamera, 2, false),
        // QQ2004: docs/protocol/oicq.md §4.2.
        (Name::StatusVersion, 0x04d1, true),
        (Name::StatusVersion, 0x0400, true),
        (Name::StatusVersion, 0x03ff, false),
        (Name::RemainingDays, 1_000, true),
        (Name::RemainingDays, 1_001, false),
        (Name::GroupLimit, 0, false),
        (Name::GroupLimit, 1, true),
        (Name::GroupLimit, 10_000, true),
        (Name::GroupLimit, 10_001, false),
        (Name::HighTemperature, 70, true),
        (Name::HighTemperature, 71, false),
        (Name::LowTemperature, 0xffff - 90, false),
        (Name::LowTemperature, 0xffff - 89, true),
        (Name::Count, u32::MAX, true),
    ] {
        let entries = [entry(name, BodyValue::Number(number))];
        assert_eq!(is_plausible(&entries, None), is_usual, "{name:?} {number}");
    }
}

/// What another meaning of the bytes would hardly have by chance.
#[test]
fn bits_that_confirm_a_layout() {
    const OWN: u32 = 12_345_678;
    let own = entry(Name::OwnUin, BodyValue::Number(OWN));
    let other = entry(Name::OwnUin, BodyValue::Number(10_001));
    let friend = entry(Name::FriendUin, BodyValue::Number(OWN));
    let decimal = BodyEntry {
        span: Span::new(0, 5),
        ..friend.clone()
    };
    let code = BodyEntry {
        meaning: Some("OK"),
        ..entry(Name::Reply, BodyValue::Number(0))
    };
    let text = entry(Name::Nickname, BodyValue::Text("Anna".to_owned()));
    for (entry, bits) in [
        (own, 32),
        (other, 0),
        (friend, 0),
        (decimal, 32),
        (code, 6),
        (text, 4),
    ] {
        assert_eq!(weight(&entry, Some(OWN)), bits, "{entry:?}");
    }
}
