//! Friends: lists, folders, remarks, levels, signatures, properties.
//!
//! Source: docs/protocol/oicq.md §4.2, §4.9.

use crate::oicq::body::codes::{
    FOLDER_COMMANDS, GENDERS, REMARK_COMMANDS, REPLIES, SIGNATURE_COMMANDS,
};
use crate::oicq::body::login_2009::folder_entry;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};

/// Uin4 face2 age1 gender1 nickname: how every friend list describes a friend.
fn person(r: &mut Reader<'_>) -> ReadResult {
    r.u32(Name::FriendUin)?;
    r.u16(Name::Avatar)?;
    r.u8(Name::Age)?;
    r.code8(Name::Gender, &GENDERS)?;
    r.str1(Name::Nickname)
}

/// 0x0026: the friend list up to QQ2008, 50 friends at a time.
pub(crate) fn list(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        r.u16(Name::Position)?;
        r.u8(Name::Sorted)?;
        return r.unknown(2).map(drop);
    }
    r.u16(Name::Next)?;
    r.rows(Name::Friend, |r| {
        person(r)?;
        r.u32(Name::UserFlags).map(drop)
    })
}

/// 0x0126: the friend list since QQ2009.
pub(crate) fn list_2009(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if to_server {
        r.u8(Name::SubCommand)?;
        r.unknown(3)?;
        r.u16(Name::Position)?;
        return r.unknown(1).map(drop);
    }
    let next = r.u16(Name::Next)?;
    r.require(next == u16::MAX || r.left() > 0)?;
    r.rows(Name::Friend, |r| {
        person(r)?;
        r.unknown(32).map(drop)
    })
}

/// 0x0058 up to QQ2008: the folder of each friend and group.
pub(crate) fn folders(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.u8(Name::SubCommand)?;
    if to_server {
        r.unknown(5)?;
        return r.u32(Name::Position).map(drop);
    }
    r.code8(Name::Reply, &REPLIES)?;
    r.unknown(4)?;
    r.u32(Name::Next)?;
    r.rows(Name::Friend, folder_entry)
}

/// 0x003c up to QQ2008: names of the folders.
pub(crate) fn folder_names(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    let sub = r.code8(Name::SubCommand, &FOLDER_COMMANDS)?;
    if !to_server {
        r.code8(Name::Reply, &REPLIES)?;
    }
    match (to_server, sub) {
        (true, 1) => r.unknown(5).map(drop),
        (false, 2) => r.all(|r| r.u8(Name::Folder).map(drop)),
        (false, _) => {
            r.unknown(4)?;
            r.rows(Name::FolderEntry, folder_name)
        }
        (true, _) => r.rows(Name::FolderEntry, folder_name),
    }
}

fn folder_name(r: &mut Reader<'_>) -> ReadResult {
    r.u8(Name::Folder)?;
    r.text(Name::FolderName, 16)
}

/// 0x003d up to QQ2008: puts friends into folders.
pub(crate) fn move_to_folders(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    if !to_server {
        return r.code8(Name::Reply, &REPLIES).map(drop);
    }
    r.rows(Name::Friend, |r| {
        r.u32(Name::FriendUin)?;
        r.u8(Name::Folder).map(drop)
    })
}

/// 0x0001 of QQ2009: names of the folders. QQ2012 uses another sub-command.
pub(crate) fn folder_names_2009(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.u8(Name::SubCommand)?;
    if to_server {
        r.unknown(1)?;
        return r.u32(Name::Position).map(drop);
    }
    r.u32(Name::Next)?;
    r.unknown(3)?;
    r.rows(Name::FolderEntry, folder_name_2009)
}

fn folder_name_2009(r: &mut Reader<'_>) -> ReadResult {
    r.u8(Name::Folder)?;
    r.u8(Name::FolderOrder)?;
    r.str1(Name::FolderName)
}

/// 0x003e up to QQ2008: the user's remarks on a friend.
pub(crate) fn remarks(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    let sub = r.code8(Name::SubCommand, &REMARK_COMMANDS)?;
    match (to_server, sub) {
        (true, _) => {
            if sub == 0 {
                r.u8(Name::Page)?;
            }
            if r.left() >= 5 {
                remark(r)?;
            }
            r.rest(Name::UnknownData);
            Some(())
        }
        (false, 0) => {
            r.u8(Name::Next)?;
            r.rows(Name::Friend, remark)
        }
        (false, 3) => {
            r.u32(Name::FriendUin)?;
            r.unknown(2)?;
            remark_fields(r)
        }
        (false, _) => r.code8(Name::Reply, &REPLIES).map(drop),
    }
}

fn remark(r: &mut Reader<'_>) -> ReadResult {
    r.u32(Name::FriendUin)?;
    r.unknown(1)?;
    if r.left() > 0 {
        remark_fields(r)?;
    }
    Some(())
}

fn remark_fields(r: &mut Reader<'_>) -> ReadResult {
    for name in [
        Name::Remark,
        Name::Phone,
        Name::Telephone,
        Name::PostalAddress,
        Name::Mail,
        Name::PostalCode,
        Name::Memo,
    ] {
        r.str1(name)?;
    }
    Some(())
}

/// 0x003e since QQ2009: the names that the user has given to friends.
pub(crate) fn remarks_2009(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.code8(Name::SubCommand, &REMARK_COMMANDS)?;
    if to_server {
        r.u8(Name::Page)?;
        r.rest(Name::UnknownData);
        return Some(());
    }
    r.code8(Name::Reply, &REPLIES)?;
    r.rows(Name::Friend, |r| {
        r.u32(Name::FriendUin)?;
        r.str1(Name::Remark)
    })
}

/// 0x005c up to QQ2008: levels of friends.
pub(crate) fn levels(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.u8(Name::SubCommand)?;
    if to_server {
        return r.all(|r| r.u32(Name::FriendUin).map(drop));
    }
    r.rows(Name::Friend, |r| {
        r.u32(Name::FriendUin)?;
        r.u32(Name::ActiveDays)?;
        r.u16(Name::Level)?;
        r.u16(Name::RemainingDays).map(drop)
    })
}

/// 0x005c since QQ2009: the user's own level.
pub(crate) fn own_level(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.u8(Name::SubCommand)?;
    r.u32(Name::FriendUin)?;
    if to_server {
        return r.unknown(1).map(drop);
    }
    r.unknown(3)?;
    r.u16(Name::Level)?;
    r.u16(Name::ActiveDays)?;
    r.unknown(2)?;
    r.u16(Name::RemainingDays).map(drop)
}

/// 0x0067: signatures, the line below a friend's name.
pub(crate) fn signatures(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    let sub = r.sub_command(&SIGNATURE_COMMANDS)?;
    if !to_server {
        r.code8(Name::Reply, &REPLIES)?;
        if r.left() == 0 {
            return Some(());
        }
        r.u32(Name::Next)?;
        return r.rows(Name::Friend, |r| {
            r.u32(Name::FriendUin)?;
            r.time(Name::SignatureTime)?;
            r.str1(Name::Signature)
        });
    }
    match sub {
        0x01 => {
            r.unknown(1)?;
            r.str1(Name::Signature)
        }
        0x03 | 0x83 => {
            r.unknown(1)?;
            let count = r.u8(Name::Count)?;
            r.counted(count.into(), Name::Friend, |r| {
                r.u32(Name::FriendUin)?;
                r.time(Name::SignatureTime).map(drop)
            })
        }
        _ => Some(()),
    }
}

/// 0x0065: the properties of friends, as flags.
pub(crate) fn properties(r: &mut Reader<'_>, to_server: bool) -> ReadResult {
    r.u8(Name::SubCommand)?;
    if to_server {
        r.u16(Name::Position)?;
        r.rest(Name::UnknownData);
        return Some(());
    }
    let next = r.u16(Name::Next)?;
    let len = r.u8(Name::PropertyLength)?;
    r.require(next == u16::MAX || r.left() > 0)?;
    r.rows(Name::Friend, |r| {
        r.u32(Name::FriendUin)?;
        if len == 4 {
            return r.u32(Name::PropertyFlags).map(drop);
        }
        r.bytes(Name::PropertyBytes, len.into()).map(drop)
    })
}
