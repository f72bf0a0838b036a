//! Layouts by themselves, whichever commands and versions they are for.

use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::body::tests::bytes;
use crate::oicq::body::text::Charset;
use crate::oicq::body::value::BodyValue;
use crate::oicq::body::{friends, group, lists_2012, message_blocks, status, tlv};

/// What a layout reads. `None` if the body does not fit.
fn read(layout: impl Fn(&mut Reader<'_>) -> ReadResult, hex: &str) -> Option<Vec<Name>> {
    let plain = bytes(hex);
    let mut reader = Reader::new(&plain, Charset::Utf8);
    layout(&mut reader)?;
    let (entries, short) = reader.finish();
    (!short).then(|| entries.iter().map(|entry| entry.name).collect())
}

/// Only the last page of a list can be empty.
#[test]
fn pages_of_lists() {
    type List = fn(&mut Reader<'_>, bool) -> ReadResult;
    let person = format!("00002711 0000 14 00 01 41 {}", "00".repeat(32));
    let online = "00002711 00 c0000205 0fa0 00 0a 3420";
    let online = format!("{online} {} {}", "11".repeat(16), "00".repeat(7));
    for (list, last, other, middle, row) in [
        (friends::list_2009 as List, "ffff", "0032", "", &*person),
        (
            friends::properties,
            "ffff",
            "0032",
            "04",
            "00002711 00000001",
        ),
        (status::online, "ff", "32", "", &online),
    ] {
        // A sub-command comes before the position of the properties.
        let lead = if middle.is_empty() { "" } else { "02" };
        let page = |next: &str, rows: &str| {
            let names = read(
                |r| list(r, false),
                &format!("{lead} {next} {middle} {rows}"),
            );
            names.map(|names| names.contains(&Name::Friend))
        };
        assert_eq!(page(last, ""), Some(false));
        assert_eq!(page(last, row), Some(true));
        assert_eq!(page(other, row), Some(true));
        assert_eq!(page(other, ""), None);
    }
}

/// A group that is yet to be created has no number.
#[test]
fn requests_about_groups() {
    for (sub, has_number) in [("01", false), ("30", false), ("04", true), ("09", true)] {
        let names = read(|r| group::classic(r, true), &format!("{sub} 00a8f4e1")).unwrap();
        assert_eq!(names.contains(&Name::GroupId), has_number, "{sub}");
    }
}

/// A reply that reports an error has nothing else.
#[test]
fn information_on_a_group() {
    let values = "00a8f4e1 00a8f4e1 000000 02 01 00000000 00002711 02 00000000 0064 01 41";
    let names = read(group::information, &format!("72 00 {values}")).unwrap();
    for name in [Name::GroupNumber, Name::GroupOwner, Name::GroupName] {
        assert!(names.contains(&name), "{name:?}");
    }
    let refused = read(group::information, "72 01").unwrap();
    assert_eq!(refused, [Name::SubCommand, Name::Reply]);
    assert_eq!(read(group::information, &format!("72 01 {values}")), None);
}

/// A reply has a code after the sub-command, unless the sub-command has no group.
#[test]
fn replies_about_groups_of_which_the_rest_is_unknown() {
    let (sub, code, group, rest) = (
        Name::SubCommand,
        Name::Reply,
        Name::GroupId,
        Name::UnknownData,
    );
    for (body, expected) in [
        ("0f 00 00a8f4e1 01", &[sub, code, group, rest][..]),
        ("0f 0a 00a8f4e1", &[sub, code, rest]),
        ("0f 00 00a8f4", &[sub, code, rest]),
        ("0f 00 00a8f4e1", &[sub, code, group]),
        // No code of a reply.
        ("0f 01 00a8f4e1", &[sub, rest]),
        // The list of all groups, and an unknown sub-command.
        ("20 00 00a8f4e1", &[sub, rest]),
        ("ff 00 00a8f4e1", &[sub, rest]),
        ("0f", &[sub]),
    ] {
        let names = read(group::reply_head, body);
        assert_eq!(names.as_deref(), Some(expected), "{body}");
    }
}

/// The values of the tags, and of tags without a value.
#[test]
fn tags_of_a_profile() {
    for (tag, value, name) in [
        ("4e22", "41", Some(Name::Nickname)),
        ("4e25", "3130", Some(Name::PostalCode)),
        ("4e26", "41", Some(Name::PostalAddress)),
        ("4e27", "3130", Some(Name::Phone)),
        ("4e29", "01", Some(Name::ProfileGender)),
        ("4e29", "0101", Some(Name::ProfileValue)),
        ("4e2a", "41", Some(Name::RealName)),
        ("4e2b", "41", Some(Name::Mail)),
        ("4e2d", "41", Some(Name::HomePage)),
        ("4e33", "41", Some(Name::Statement)),
        ("4e35", "41", Some(Name::School)),
        ("6597", "05", Some(Name::QqAge)),
        ("6597", "0505", Some(Name::ProfileValue)),
        ("4e27", "", None),
        ("1234", "41", Some(Name::ProfileValue)),
    ] {
        let len = value.len() / 2;
        let body = format!("000100 00002711 0000000000 01 {tag} {len:04x} {value}");
        let names = read(lists_2012::profile, &body).unwrap();
        let tag_at = names.iter().position(|name| *name == Name::ProfileTag);
        let after = &names[tag_at.unwrap() + 1..];
        assert_eq!(after, name.as_slice(), "{tag} {value}");
    }
}

/// A value of another length than that of the tag is shown as bytes, an empty one not at all.
#[test]
fn values_of_message_blocks() {
    for (kind, tag, len, name) in [
        ("12", "01", 1, Name::GroupCard),
        ("12", "02", 1, Name::GroupCard),
        ("12", "03", 1, Name::MessageTagValue),
        ("12", "02", 0, Name::MessageTagType),
        ("02", "01", 1, Name::MessageEmoticon),
        ("02", "01", 2, Name::MessageEmoticon),
        ("02", "01", 3, Name::MessageTagValue),
        ("03", "04", 4, Name::ImageId),
        ("03", "05", 4, Name::ImageAddress),
        ("03", "06", 4, Name::ImagePort),
        ("03", "15", 4, Name::ImageWidth),
        ("03", "16", 4, Name::ImageHeight),
        ("03", "18", 4, Name::ImageSize),
        ("03", "04", 5, Name::MessageTagValue),
        ("03", "05", 5, Name::MessageTagValue),
        ("03", "06", 5, Name::MessageTagValue),
        ("03", "15", 5, Name::MessageTagValue),
        ("03", "16", 5, Name::MessageTagValue),
        ("03", "18", 5, Name::MessageTagValue),
    ] {
        let value = "01".repeat(len);
        let block = format!("{kind} {:04x} {tag} {len:04x} {value}", len + 3);
        let names = read(message_blocks::blocks, &block).unwrap();
        assert_eq!(names.last(), Some(&name), "{block}");
    }
}

/// The key of the next step is secret.
#[test]
fn a_key_among_the_tlvs() {
    let plain = bytes(&format!("001e 0010 {}", "11".repeat(16)));
    let mut reader = Reader::new(&plain, Charset::Utf8);
    tlv::tlvs(&mut reader, false).unwrap();
    let (entries, _) = reader.finish();
    let key = entries.iter().find(|entry| entry.name == Name::NextKey);
    assert_eq!(key.map(|key| &key.value), Some(&BodyValue::Secret));
}
