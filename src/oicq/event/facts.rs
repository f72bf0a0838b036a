//! What frames say about the user and about others.

use std::borrow::Cow;

use crate::digest::hex;
use crate::event::{Event, EventKind, Fact, PduItems};
use crate::oicq::event::context::Context;
use crate::oicq::fields::Field;
use crate::oicq::wire::client_table::CLIENTS;
use crate::oicq::wire::commands::table::{
    ADVANCED_SEARCH, FRIEND_LEVELS, FRIEND_LIST, FRIEND_LIST_UNTIL_2008, FRIEND_REMARK,
    FRIEND_STATUS_CHANGED, ONLINE_FRIENDS, SEARCH_USERS, SIGNATURE, USER_DETAILS, USER_INFORMATION,
    VERIFY_E3,
};

use crate::plan::{bit_names, Item, Value};

/// Field and fact.
type Row = (Field, Fact);

/// What the client says of itself.
const OF_CLIENT: &[Row] = &[
    (Field::Locale, Fact::Locale),
    (Field::TimeZone, Fact::TimeZone),
    (Field::LocalAddress, Fact::PrivateAddress),
    (Field::ComputerId, Fact::MachineId),
    (Field::ComputerName, Fact::EndpointName),
    (Field::MailAccount, Fact::Mail),
];

/// What the server says of the client and its account.
const OF_ACCOUNT: &[Row] = &[
    (Field::ClientAddress, Fact::PublicAddress),
    (Field::LastLoginAddress, Fact::LastLoginAddress),
    (Field::LastLoginTime, Fact::LastLoginTime),
];

/// What the reply with the session key says besides.
const OF_SESSION: &[Row] = &[
    (Field::ServerTime, Fact::LoginTime),
    (Field::LocalAddress, Fact::PrivateAddress),
];

/// What the reply to a login says of the user.
const OF_USER: &[Row] = &[
    (Field::Nickname, Fact::Nickname),
    (Field::Gender, Fact::Gender),
    (Field::Age, Fact::Age),
    (Field::Avatar, Fact::Avatar),
    (Field::UserFlags, Fact::Capabilities),
];

/// Where the server places the client's address.
const OF_ADDRESS: &[Row] = &[
    (Field::Country, Fact::Country),
    (Field::Province, Fact::Province),
    (Field::City, Fact::City),
];

/// What is said of another user, in an entry of a list or in the whole body.
const OF_OTHER: &[Row] = &[
    (Field::Nickname, Fact::Nickname),
    (Field::Gender, Fact::Gender),
    (Field::Age, Fact::Age),
    (Field::Avatar, Fact::Avatar),
    (Field::UserFlags, Fact::Capabilities),
    (Field::FriendVersion, Fact::ClientVersion),
    (Field::FriendKind, Fact::Client),
    (Field::PeerAddress, Fact::PublicAddress),
    (Field::Province, Fact::Province),
    (Field::Level, Fact::Level),
    (Field::Signature, Fact::Signature),
    (Field::RealName, Fact::RealName),
    (Field::Birthday, Fact::Birthday),
    (Field::QqAge, Fact::QqAge),
    (Field::School, Fact::School),
    (Field::HomePage, Fact::HomePage),
    (Field::Statement, Fact::Introduction),
    (Field::Mail, Fact::Mail),
    (Field::Phone, Fact::MobilePhone),
    (Field::Telephone, Fact::HomePhone),
    (Field::PostalAddress, Fact::PostalAddress),
    (Field::PostalCode, Fact::PostalCode),
];

/// What a message says of its sender.
const OF_SENDER: &[Row] = &[
    (Field::SenderVersion, Fact::ClientVersion),
    (Field::Avatar, Fact::Avatar),
    (Field::LocalAddress, Fact::PrivateAddress),
];

/// As [`OF_SENDER`], in pushes up to 2008.
const OF_OLD_SENDER: &[Row] = &[
    (Field::Nickname, Fact::Nickname),
    (Field::PeerAddress, Fact::PublicAddress),
];

/// What a control packet between clients says of its sender.
const OF_PEER: &[Row] = &[
    (Field::ClientAddress, Fact::PublicAddress),
    (Field::LocalAddress, Fact::PrivateAddress),
];

/// Commands about other users.
const ABOUT_OTHERS: [u16; 11] = [
    SEARCH_USERS,
    USER_INFORMATION,
    FRIEND_LIST_UNTIL_2008,
    ONLINE_FRIENDS,
    USER_DETAILS,
    FRIEND_REMARK,
    FRIEND_LEVELS,
    ADVANCED_SEARCH,
    SIGNATURE,
    FRIEND_STATUS_CHANGED,
    FRIEND_LIST,
];

/// An address, and the port after it.
const PORTS: [(Field, Field); 3] = [
    (Field::ClientAddress, Field::ClientPort),
    (Field::PeerAddress, Field::PeerPort),
    (Field::LocalAddress, Field::LocalPort),
];

/// Adds the facts in a frame.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context<'_>) {
    let pdu = &context.pdu;
    let mut add = |part: &PduItems<'_>, rows: &[Row], who: Option<String>| {
        let Some(who) = who else { return };
        for (field, fact) in rows {
            if let Some(value) = value(part, *field) {
                events.push(context.by(Some(who.clone()), EventKind::Fact(*fact, value)));
            }
        }
    };
    let own = || context.own();
    add(pdu, OF_PEER, pdu.text(Field::P2pSender));
    if pdu.has(Field::Sender) {
        add(pdu, OF_SENDER, pdu.text(Field::Sender));
    }
    let is_about_others = context.command.is_some_and(|it| ABOUT_OTHERS.contains(&it));
    if is_about_others {
        let mut entries = pdu.parts(Field::Friend);
        if entries.is_empty() {
            entries.push(*pdu);
        }
        for entry in entries {
            add(&entry, OF_OTHER, entry.text(Field::FriendUin));
        }
    }
    if context.is_to_server() {
        add(pdu, &[(Field::Client, Fact::ClientVersion)], own());
        if !pdu.has(Field::Sender) {
            add(pdu, OF_CLIENT, own());
        }
    } else if context.is_to_client() {
        add(pdu, OF_ACCOUNT, own());
        if pdu.has(Field::SessionKey) {
            add(pdu, OF_SESSION, own());
        }
        if pdu.has(Field::LoginResult) || context.command == Some(VERIFY_E3) {
            add(pdu, OF_USER, own());
        }
        if pdu.has(Field::Country) {
            add(pdu, OF_ADDRESS, own());
        }
        // Later servers put their own address in the place of the sender's.
        if !pdu.has(Field::ServerFlags) && !pdu.has(Field::GroupNumber) {
            add(pdu, OF_OLD_SENDER, pdu.text(Field::Sender));
        }
    }
}

/// The first value of a field, in words. What the user has not said is none.
fn value(part: &PduItems<'_>, field: Field) -> Option<String> {
    /// `oicq.gender` of users who do not say it.
    const NO_GENDER: u64 = 0xff;
    let items = part.items();
    let at = items.iter().position(|item| item.field == field.into())?;
    let item = items.get(at)?;
    let text = match (item.value, field) {
        (Value::Number(NO_GENDER), Field::Gender) => return None,
        (Value::Number(0), Field::Gender) => part.value(item)?.into_owned(),
        (Value::Number(0), _) => return None,
        (Value::Number(flags), Field::UserFlags) => bit_names(field, flags),
        (Value::Number(minutes), Field::TimeZone) => zone(minutes),
        (Value::Number(version), Field::FriendVersion) => client(part, item, version),
        (Value::Bytes, _) => match part.bytes_of(item) {
            bytes if bytes.iter().all(|byte| *byte == 0) => return None,
            bytes => hex(bytes),
        },
        _ => part.value(item)?.into_owned(),
    };
    let port = PORTS.iter().find(|pair| pair.0 == field).and_then(|pair| {
        let port = items.get(at + 1)?;
        (port.field == pair.1.into()).then(|| part.value(port))?
    });
    match port {
        Some(port) if port != "0" => Some(format!("{text}:{port}")),
        _ => Some(text).filter(|text| !text.is_empty()),
    }
}

/// The program of a friend: a build since QQ2012, which says the kind of client too, and a
/// version before.
fn client(part: &PduItems<'_>, item: &Item, version: u64) -> String {
    let code = u32::try_from(version).unwrap_or(u32::MAX);
    let name = match part.has(Field::FriendKind) {
        true => part.value(item).filter(|name| *name != version.to_string()),
        false => CLIENTS.name(code).map(Cow::from),
    };
    name.map_or_else(|| format!("0x{version:04x}"), Cow::into_owned)
}

/// `UTC+08:00`
fn zone(minutes: u64) -> String {
    let minutes = i32::from(minutes as u16 as i16);
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
