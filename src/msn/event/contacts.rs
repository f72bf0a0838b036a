//! Contact lists: what is on them, what is added and removed, who is blocked.
//!
//! A contact is blocked by its place on the block list alone. The allow list, which clients
//! change together with it, says nothing more.

use crate::event::{ContactChange, Event, EventKind, GroupChange, PduItems};
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::msnp::fields::Field;

/// The bits of `msnms.lists`, with the letters and the names of the lists.
const LISTS: [(u64, &str, &str); 5] = [
    (0x01, "FL", "forward"),
    (0x02, "AL", "allow"),
    (0x04, "BL", "block"),
    (0x08, "RL", "reverse"),
    (0x10, "PL", "pending"),
];

/// Adds the events of a PDU that concern contacts.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    match pdu.code.as_str() {
        // The client's line is a request, which the server repeats.
        "LST" | "ADD" | "ADC" | "REM" | "LSG" | "ADG" | "REG" | "RMG" if pdu.is_of_client() => {}
        "LST" => events.extend(listed(context, pdu)),
        "ADD" | "ADC" => events.extend(added(context, pdu)),
        "REM" => events.extend(removed(context, pdu)),
        "ADL" | "RML" => of_document(events, context, pdu),
        "LSG" => events.extend(group(context, pdu, GroupChange::Listed)),
        "ADG" => events.extend(group(context, pdu, GroupChange::Added)),
        "REG" => events.extend(group(context, pdu, GroupChange::Renamed)),
        "RMG" => events.extend(group(context, pdu, GroupChange::Removed)),
        _ => {}
    }
}

/// A change of the list of the connection's account.
fn change(context: &Context, contact: String, change: ContactChange) -> Event {
    let own = context.own();
    let mut event = context.by(own, EventKind::Contact(change));
    event.to.push(contact);
    event
}

fn listed(context: &Context, pdu: &MsnpPdu<'_>) -> Option<Event> {
    let list = pdu.line.text(Field::List).unwrap_or_default();
    let of_letters = LISTS.into_iter().find(|row| row.1 == list);
    let lists = match pdu.line.number(Field::Lists) {
        Some(bits) => words(bits),
        None => of_letters.map_or(String::new(), |row| row.2.to_owned()),
    };
    let kind = ContactChange::Listed {
        lists,
        name: pdu.line.text(Field::FriendlyName).unwrap_or_default(),
        groups: pdu.line.texts(Field::GroupId).join(", "),
    };
    Some(change(context, pdu.account()?, kind))
}

/// The lists of a bitmask.
fn words(bits: u64) -> String {
    let lists = LISTS.into_iter().filter(|(bit, ..)| bits & bit != 0);
    let lists: Vec<&str> = lists.map(|(.., name)| name).collect();
    lists.join(", ")
}

/// Whether the server reports a change that its client did not request.
fn is_reported(pdu: &MsnpPdu<'_>) -> bool {
    pdu.line.number(Field::TrId) == Some(0)
}

fn added(context: &Context, pdu: &MsnpPdu<'_>) -> Option<Event> {
    let contact = pdu.contact()?;
    let kind = match pdu.line.text(Field::List)?.as_str() {
        // A contact that is known already is put into a group.
        "FL" if pdu.account().is_none() => in_group(pdu, GroupChange::ContactAdded)?,
        "FL" => ContactChange::Added,
        "BL" => ContactChange::Blocked,
        "RL" | "PL" if is_reported(pdu) => ContactChange::AddedOwner,
        _ => return None,
    };
    Some(change(context, contact, kind))
}

fn removed(context: &Context, pdu: &MsnpPdu<'_>) -> Option<Event> {
    let contact = pdu.contact()?;
    let kind = match pdu.line.text(Field::List)?.as_str() {
        "FL" => match in_group(pdu, GroupChange::ContactRemoved) {
            Some(kind) => kind,
            None => ContactChange::Removed,
        },
        "BL" => ContactChange::Unblocked,
        "RL" if is_reported(pdu) => ContactChange::RemovedOwner,
        _ => return None,
    };
    Some(change(context, contact, kind))
}

/// A change of the group in the command line.
fn in_group(pdu: &MsnpPdu<'_>, what: GroupChange) -> Option<ContactChange> {
    let name = pdu.line.text(Field::GroupId)?;
    Some(ContactChange::Group { what, name })
}

/// Adds the changes in a document of the server, or in a client's document that the server
/// accepts: its answer has the contacts. The first list after login is the client's.
fn of_document(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    let is_initial = pdu.items.text(Field::InitialList).as_deref() == Some("1");
    if pdu.is_of_client() && !is_initial {
        return;
    }
    let (entry, account) = match pdu.line.has(Field::Outcome) {
        true => (Field::ContactAccount, Field::ContactAccount),
        false => (Field::Contact, Field::Account),
    };
    for entry in pdu.items.parts(entry) {
        let Some(account) = entry.text(account) else {
            continue;
        };
        let lists = lists_of(&entry);
        let kinds = match pdu.code.as_str() {
            "ADL" if is_initial => vec![ContactChange::Listed {
                lists: words(lists),
                name: entry.text(Field::FriendlyName).unwrap_or_default(),
                groups: String::new(),
            }],
            "ADL" => changes(pdu, lists, ADDED),
            _ => changes(pdu, lists, REMOVED),
        };
        let kinds = kinds.into_iter();
        events.extend(kinds.map(|kind| change(context, account.clone(), kind)));
    }
}

/// The lists of a contact, with those for single services.
fn lists_of(entry: &PduItems<'_>) -> u64 {
    let lists = entry.numbers(Field::Lists).into_iter();
    lists.fold(0, |all, lists| all | lists)
}

/// A change for each: forward list, block list, lists of those who have added the account.
type Changes = [ContactChange; 3];

const ADDED: Changes = [
    ContactChange::Added,
    ContactChange::Blocked,
    ContactChange::AddedOwner,
];
const REMOVED: Changes = [
    ContactChange::Removed,
    ContactChange::Unblocked,
    ContactChange::RemovedOwner,
];

/// The changes of a contact in these lists. Without lists, a server reports what others do.
fn changes(pdu: &MsnpPdu<'_>, lists: u64, [forward, block, owner]: Changes) -> Vec<ContactChange> {
    const OTHERS: u64 = 0x18;
    let is_report = pdu.is_of_server() && !pdu.line.has(Field::Outcome);
    let by_others = is_report && (lists & OTHERS != 0 || lists == 0);
    let of_bits = [
        (lists & 0x01 != 0, forward),
        (lists & 0x04 != 0, block),
        (by_others, owner),
    ];
    let of_bits = of_bits.into_iter();
    of_bits
        .filter_map(|(is_on, change)| is_on.then_some(change))
        .collect()
}

/// A change of a group of contacts. `Friends (0)`: its name and ID, as far as they are known.
fn group(context: &Context, pdu: &MsnpPdu<'_>, what: GroupChange) -> Option<Event> {
    let (name, id) = (
        pdu.line.text(Field::GroupName),
        pdu.line.text(Field::GroupId),
    );
    let name = match (name, id) {
        (Some(name), Some(id)) => format!("{name} ({id})"),
        (name, id) => name.or(id)?,
    };
    let own = context.own();
    let kind = ContactChange::Group { what, name };
    Some(context.by(own, EventKind::Contact(kind)))
}
