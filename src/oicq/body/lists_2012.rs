//! Lists of QQ2012 and newer: online friends, friends with nicknames, folders, profiles.
//!
//! Source: docs/protocol/oicq.md §12.2.

use crate::oicq::body::codes::{ENTRY_TYPES, FRIEND_KINDS, PROFILE_TAGS, STATUSES};
use crate::oicq::body::faults::Faults;
use crate::oicq::body::name::Name;
use crate::oicq::body::plausible::{is_written, FIRST_TIME};
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::body::text::Charset;
use crate::oicq::wire::client_table::LOGIN_BUILDS;

/// The position of the next entry at the end of a list.
const LAST: u8 = 0xff;
/// Length of a friend's row in 0x0027.
const ONLINE_ROW: usize = 42;
/// Length of a row, friend or group, in 0x0134.
const ENTRY_ROW: usize = 13;

/// Range of the row limit that a client sends: 1,000 in all sources.
const FEWEST_ROWS: u32 = 100;
const MOST_ROWS: u32 = 10_000;

/// Uin4 kind1 address4 port2 00 status1 build2, 16 bytes, flags4.
fn state(r: &mut Reader<'_>) -> ReadResult {
    r.u32(Name::FriendUin)?;
    r.code8(Name::FriendKind, &FRIEND_KINDS)?;
    r.ip(Name::PeerAddress)?;
    r.u16(Name::PeerPort)?;
    r.require(r.peek() == Some(0))?;
    r.unknown(1)?;
    let status = r.code8(Name::Status, &STATUSES)?;
    r.require(STATUSES.name(status.into()).is_some())?;
    r.code16(Name::FriendVersion, &LOGIN_BUILDS)?;
    r.unknown(16)?;
    r.u32(Name::UserFlags).map(drop)
}

/// Reply to 0x0027: next1, rows of 42 bytes. From 0x3833 on the rows have no fixed size.
pub(crate) fn online(r: &mut Reader<'_>) -> ReadResult {
    let next = r.u8(Name::Next)?;
    r.require(next == LAST || r.left() > 0)?;
    r.require(r.left() % ONLINE_ROW == 0)?;
    r.rows(Name::Friend, |r| {
        state(r)?;
        r.unknown(7).map(drop)
    })
}

/// 0x0081: a friend's state has changed. The user's own number follows the flags.
pub(crate) fn changed(r: &mut Reader<'_>) -> ReadResult {
    state(r)?;
    let own = r.u32(Name::OwnUin)?;
    r.require(r.own_uin.is_none_or(|uin| uin == own))?;
    r.rest(Name::UnknownData);
    Some(())
}

/// Request 0x0126: 03, ten zeroes, count1, rows of uin4.
pub(crate) fn nicknames_request(r: &mut Reader<'_>) -> ReadResult {
    nicknames_head(r)?;
    let count = r.u8(Name::Count)?;
    for _ in 0..count {
        r.u32(Name::FriendUin)?;
    }
    r.require(r.left() == 0)
}

/// Reply to 0x0126, of TIM: 03, ten zeroes, next4, rows of uin4, four bytes, nickname, 32
/// bytes. A few bytes can follow.
pub(crate) fn nicknames(r: &mut Reader<'_>) -> ReadResult {
    /// Length of a row without its name.
    const ROW: usize = 41;
    const NAME: usize = 8;
    nicknames_head(r)?;
    let next = r.u32(Name::Next)?;
    r.require(r.left() >= ROW || (r.left() == 0 && next == u32::MAX))?;
    while r.left() >= ROW {
        let mut row = r.input;
        let mut name = || {
            row.take(NAME)?;
            let len = row.u8()?.value;
            let name = row.take(len.into())?;
            core::str::from_utf8(row.bytes(name)).ok()
        };
        let name = name();
        r.require(name.is_some_and(|name| !name.is_empty() && is_written(name)))?;
        r.heading(Name::Friend, |r| {
            r.u32(Name::FriendUin)?;
            r.unknown(4)?;
            r.str1(Name::Nickname)?;
            r.unknown(32).map(drop)
        })?;
    }
    r.rest(Name::UnknownData);
    Some(())
}

fn nicknames_head(r: &mut Reader<'_>) -> ReadResult {
    const ZEROES: usize = 10;
    r.u8(Name::SubCommand)?;
    let zeroes = r.ahead().iter().take(ZEROES).all(|byte| *byte == 0);
    r.require(zeroes)?;
    r.unknown(ZEROES).map(drop)
}

/// Request 0x0134: version4 of the client's list, its time4, maximum number of rows4.
pub(crate) fn everybody_request(r: &mut Reader<'_>) -> ReadResult {
    r.u32(Name::ListVersion)?;
    let time = r.time(Name::ServerTime)?;
    r.require(time == 0 || time >= FIRST_TIME)?;
    let limit = r.u32(Name::ListLimit)?;
    r.require((FEWEST_ROWS..=MOST_ROWS).contains(&limit))?;
    r.rest(Name::UnknownData);
    Some(())
}

/// Reply to 0x0134: 00, two bytes, version4, time4, four bytes, position4, count2, rows
/// of number4 type1 folder1 and seven bytes.
pub(crate) fn everybody(r: &mut Reader<'_>) -> ReadResult {
    r.require(r.peek() == Some(0))?;
    r.unknown(3)?;
    r.u32(Name::ListVersion)?;
    r.time(Name::ServerTime)?;
    r.unknown(4)?;
    r.u32(Name::Position)?;
    let count = usize::from(r.u16(Name::Count)?);
    r.require(r.left() == count.saturating_mul(ENTRY_ROW))?;
    r.counted(count, Name::Friend, |r| {
        let kind = r.ahead().get(4).copied();
        r.require(matches!(kind, Some(1 | 4)))?;
        r.u32(match kind {
            Some(4) => Name::GroupId,
            _ => Name::FriendUin,
        })?;
        r.code8(Name::EntryType, &ENTRY_TYPES)?;
        r.u8(Name::Folder)?;
        r.unknown(7).map(drop)
    })
}

/// Request 0x0001: 20, one byte, position4, three bytes.
pub(crate) fn folders_request(r: &mut Reader<'_>) -> ReadResult {
    r.u8(Name::SubCommand)?;
    r.unknown(1)?;
    r.u32(Name::Position)?;
    r.unknown(3)?;
    r.require(r.left() == 0)
}

/// Reply to 0x0001: 20 00 01 and the folders.
pub(crate) fn folders(r: &mut Reader<'_>) -> ReadResult {
    r.u8(Name::SubCommand)?;
    r.require(r.ahead().starts_with(&[0, 1]))?;
    r.unknown(2)?;
    named_rows(r)
}

/// Count1 version4 01 01 count1, rows of length2 {id1 order1 name}, 0000.
fn named_rows(r: &mut Reader<'_>) -> ReadResult {
    let count = r.u8(Name::Count)?;
    r.u32(Name::ListVersion)?;
    r.require(r.ahead().starts_with(&[1, 1, count]))?;
    r.unknown(2)?;
    r.u8(Name::Count)?;
    r.counted(count.into(), Name::FolderEntry, |r| {
        let mut fits = false;
        r.window2(|r| {
            r.u8(Name::Folder)?;
            r.u8(Name::FolderOrder)?;
            r.str1(Name::FolderName)?;
            fits = r.left() == 0;
            Some(())
        })?;
        r.require(fits)
    })?;
    r.require(r.ahead() == [0, 0])?;
    r.unknown(2).map(drop)
}

/// Reply to 0x0195: it ends like that of 0x0001; the part before is not published. The
/// folders are found by the two counts, the two ones between them and the end of the
/// body.
pub(crate) fn categories(r: &mut Reader<'_>) -> ReadResult {
    const HEAD: usize = 8;
    let bytes = r.ahead();
    for (at, window) in bytes.windows(HEAD).enumerate() {
        if !matches!(*window, [count, _, _, _, _, 1, 1, again] if again == count && count > 0) {
            continue;
        }
        let mark = r.mark();
        r.unknown(at)?;
        if named_rows(r).is_some() {
            return Some(());
        }
        r.rewind(mark);
        r.faults = Faults::default();
    }
    r.require(false)
}

/// Request 0x003c: 0001 uin4, 22 bytes, count1, tags.
pub(crate) fn profile_request(r: &mut Reader<'_>) -> ReadResult {
    r.require(r.ahead().starts_with(&[0, 1]))?;
    r.unknown(2)?;
    r.u32(Name::FriendUin)?;
    r.unknown(22)?;
    let count = r.u8(Name::Count)?;
    for _ in 0..count {
        r.code16(Name::ProfileTag, &PROFILE_TAGS)?;
    }
    r.require(r.left() == 0)
}

/// Reply to 0x003c: 0001 00 uin4, five bytes, count1, rows of tag2 length2 value.
pub(crate) fn profile(r: &mut Reader<'_>) -> ReadResult {
    r.require(r.ahead().starts_with(&[0, 1, 0]))?;
    r.unknown(3)?;
    r.u32(Name::FriendUin)?;
    r.unknown(5)?;
    let count = r.u8(Name::Count)?;
    r.counted(count.into(), Name::ProfileEntry, |r| {
        let tag = r.code16(Name::ProfileTag, &PROFILE_TAGS)?;
        r.window2(|r| profile_value(r, tag))
    })?;
    r.require(r.left() == 0)
}

fn profile_value(r: &mut Reader<'_>, tag: u16) -> ReadResult {
    let name = match tag {
        0x4e22 => Name::Nickname,
        0x4e25 => Name::PostalCode,
        0x4e26 => Name::PostalAddress,
        0x4e27 => Name::Phone,
        0x4e2a => Name::RealName,
        0x4e2b => Name::Mail,
        0x4e2d => Name::HomePage,
        0x4e33 => Name::Statement,
        0x4e35 => Name::School,
        0x4e29 if r.left() == 1 => return r.u8(Name::ProfileGender).map(drop),
        0x6597 if r.left() == 1 => return r.u8(Name::QqAge).map(drop),
        0x4e3f if is_day(r.ahead()) => return r.text_as(Name::Birthday, 4, birthday),
        _ => {
            r.rest(Name::ProfileValue);
            return Some(());
        }
    };
    if r.left() == 0 {
        return Some(());
    }
    r.rest_text(name)
}

/// Whether these bytes are a date since 1792: year2 month1 day1.
fn is_day(bytes: &[u8]) -> bool {
    matches!(*bytes, [7 | 8, _, 1..=12, 1..=31])
}

/// Formats year2 month1 day1.
fn birthday(bytes: &[u8], _: Charset) -> String {
    match *bytes {
        [high, low, month, day] => {
            let year = u16::from_be_bytes([high, low]);
            format!("{year:04}-{month:02}-{day:02}")
        }
        _ => String::new(),
    }
}
