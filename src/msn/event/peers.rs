//! Transfers between clients by MSNSLP and MSNP2P: files, pictures, calls, games.

use crate::event::{Event, EventKind, Fact, Object, PduItems, Subject, Transfer, TransferStep};
use crate::msn::event::context::Context;
use crate::msn::event::messages::picture_of;
use crate::msn::msnp::fields::Field as MsnpField;
use crate::msn::p2p::fields::{Field as PeerField, Note as PeerNote};
use crate::msn::p2p::wire::codes::FIRST_CHUNK;
use crate::msn::slp::fields::Field;

/// `msnslp.status` of a request that is accepted, and of one that the user declines.
const OK: u64 = 200;
const DECLINE: u64 = 603;
/// Addresses at which the sender can be reached.
const ADDRESSES: [(Field, Fact); 2] = [
    (Field::InternalAddress, Fact::PrivateAddress),
    (Field::ExternalAddress, Fact::PublicAddress),
];
/// `msnp2p.purpose` of files.
const FILE: &str = "File transfer";

/// Adds the events of an MSNSLP message.
pub(crate) fn add_message(events: &mut Vec<Event>, context: &Context, items: &PduItems<'_>) {
    let from = items.text(Field::From).or_else(|| context.from.clone());
    for (field, fact) in ADDRESSES {
        let addresses = items.texts(field).into_iter().filter(|_| from.is_some());
        let facts = addresses.map(|address| EventKind::Fact(fact, address));
        events.extend(facts.map(|fact| context.by(from.clone(), fact)));
    }
    add_step(events, context, items, from);
}

/// Adds the event of a message that begins, answers or ends a session.
fn add_step(
    events: &mut Vec<Event>,
    context: &Context,
    items: &PduItems<'_>,
    from: Option<String>,
) {
    let Some(step) = step(items, context.frame()) else {
        return;
    };
    let status = items.text(Field::Status).unwrap_or_default();
    let reason = match step {
        TransferStep::Failed => status,
        TransferStep::Cancelled => "session closed".to_owned(),
        _ => String::new(),
    };
    let size = items.number(Field::FileSize);
    let size = size.or_else(|| items.number(PeerField::FileSize));
    let transfer = Transfer {
        step,
        what: what(items),
        name: name(items),
        size: size.or_else(|| items.number(MsnpField::ObjectSize)),
        id: items
            .number(Field::Session)
            .map_or(String::new(), |id| id.to_string()),
        reason,
        picture: None,
    };
    let to = items.texts(Field::To);
    let context = context.between(from, to, items.number(MsnpField::Chat));
    events.push(context.event(EventKind::Transfer(transfer)));
}

/// What a message means for its session. `None` if it is about connections, or closes a
/// session whose transfer is complete.
fn step(items: &PduItems<'_>, frame: u32) -> Option<TransferStep> {
    let content = items.text(Field::ContentType).unwrap_or_default();
    let is_about_connection = content.to_ascii_lowercase().contains("-trans");
    let method = items.text(Field::Method).unwrap_or_default();
    match (method.as_str(), items.number(Field::Status)) {
        ("INVITE", _) if items.has(Field::EufGuid) => Some(TransferStep::Offered),
        ("BYE", _) => {
            let completed = items.number(PeerField::Completed);
            let is_complete = completed.is_some_and(|completed| completed <= u64::from(frame));
            (!is_complete).then_some(TransferStep::Cancelled)
        }
        (_, Some(_)) if is_about_connection => None,
        (_, Some(OK)) => Some(TransferStep::Accepted),
        (_, Some(DECLINE)) => Some(TransferStep::Refused),
        (_, Some(_)) => Some(TransferStep::Failed),
        _ => None,
    }
}

/// What a session is for: a file, "display picture", "webcam (viewing)" ...
fn what(items: &PduItems<'_>) -> Subject {
    let object = items.text(MsnpField::ObjectType);
    let purpose = object.or_else(|| items.text(PeerField::Purpose));
    let purpose = purpose
        .or_else(|| items.text(Field::Purpose))
        .unwrap_or_default();
    match purpose.as_str() {
        FILE => Subject::File,
        "" | "unknown application" => Subject::Other("session".to_owned()),
        // Some names begin with a proper noun.
        name if name.starts_with("MSN ") => Subject::Other(name.to_owned()),
        name => {
            let (first, rest) = name.split_at(name.chars().next().map_or(0, char::len_utf8));
            Subject::Other(first.to_lowercase() + rest)
        }
    }
}

/// The name of a file, an activity or an object.
fn name(items: &PduItems<'_>) -> String {
    let file = items.text(Field::FileName);
    let file = file.or_else(|| items.text(PeerField::FileName));
    let name = file.or_else(|| items.text(Field::ActivityName));
    // An object without a name has one that is a NUL.
    let object = items
        .text(MsnpField::ObjectName)
        .filter(|name| *name != "\u{2400}");
    name.or(object).unwrap_or_default()
}

/// Adds the event of an MSNP2P packet with the first or the last data of a transfer.
pub(crate) fn add_packet(events: &mut Vec<Event>, context: &Context, items: &PduItems<'_>) {
    add_objects(events, context, items);
    let session = items.number(PeerField::Session).unwrap_or_default();
    let purpose = items.text(PeerField::Purpose);
    let object = items.bytes(PeerField::Object);
    let step = match object {
        Some(_) => TransferStep::Completed,
        None if begins(items) => TransferStep::Started,
        None => return,
    };
    if session == 0 || !is_transfer(purpose.as_deref()) {
        return;
    }
    let blob = items.number(PeerField::BlobSize);
    let blob = blob.or_else(|| items.number(PeerField::Total));
    let size = object.map(|object| object.len() as u64).or(blob);
    let transfer = Transfer {
        step,
        what: of_data(items),
        name: items.text(PeerField::FileName).unwrap_or_default(),
        size: size.or_else(|| items.number(PeerField::FileSize)),
        id: session.to_string(),
        reason: String::new(),
        picture: object.and_then(picture_of),
    };
    let context = between_ends(context, items);
    events.push(context.event(EventKind::Transfer(transfer)));
}

/// Adds the objects that an MSNP2P packet carries, or parts of.
fn add_objects(events: &mut Vec<Event>, context: &Context, items: &PduItems<'_>) {
    for part in items.objects() {
        let name = items.text(PeerField::FileName);
        let name = name.or_else(|| items.text(PeerField::ObjectName));
        let name = name.unwrap_or_default();
        let is_hash_good = items.number(PeerField::HashGood).map(|good| good == 1);
        let object = Object {
            is_hash_good,
            ..Object::of(part, items.protocol(), of_data(items).to_string(), name)
        };
        let context = between_ends(context, items);
        events.push(context.event(EventKind::Object(object)));
    }
}

/// What the data of a session are.
fn of_data(items: &PduItems<'_>) -> Subject {
    match items.has(PeerField::Purpose) {
        true => what(items),
        false => Subject::Other("data".to_owned()),
    }
}

/// The context of data between the two parties of a session.
fn between_ends(context: &Context, items: &PduItems<'_>) -> Context {
    let is_file = items.text(PeerField::Purpose).as_deref() == Some(FILE);
    let (from, to) = match &context.from {
        Some(_) => (context.from.clone(), context.to.clone()),
        None => {
            let ends = (
                items.text(PeerField::Inviter),
                items.text(PeerField::Invitee),
            );
            // A file goes to the invited account, an object to the one that asks for it.
            let (from, to) = if is_file { ends } else { (ends.1, ends.0) };
            (from, to.into_iter().collect())
        }
    };
    context.between(from, to, items.number(MsnpField::Chat))
}

/// Whether a packet has the first data of a blob in several packets.
fn begins(items: &PduItems<'_>) -> bool {
    let is_first = match items.number(PeerField::DataType) {
        Some(kind) => kind & u64::from(FIRST_CHUNK) != 0,
        None => items.number(PeerField::Offset) == Some(0),
    };
    is_first && items.has(PeerField::Data) && !items.has_note(PeerNote::Repeated)
}

/// Whether sessions with this purpose transfer a file or an object.
fn is_transfer(purpose: Option<&str>) -> bool {
    /// Purposes of other sessions, as they begin.
    const OTHERS: [&str; 6] = ["Activity", "Audio", "Media", "Photo", "Video", "Webcam"];
    purpose.is_none_or(|name| !OTHERS.iter().any(|other| name.starts_with(other)))
}
