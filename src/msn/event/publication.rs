//! Publications of MSNP21: presence, and who is in a circle or group.

use crate::event::{Conversation, Event, EventKind, PduItems};
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::event::{names, presence};
use crate::msn::msnp::fields::Field;

/// Networks of circles and groups in `msnms.network`.
const GROUPS: [u64; 2] = [9, 10];

/// Adds the events of a publication by the client, or of a notification of one.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    match pdu.code.as_str() {
        "NFY" => {}
        // The server's answer repeats nothing.
        "PUT" | "DEL" if !pdu.is_of_server() => {}
        _ => return,
    }
    let items = &pdu.items;
    let sender = items.parts(Field::RoutingFrom).into_iter().next();
    let from = sender.and_then(|sender| sender.text(Field::Account));
    let is_removal = pdu.code == "DEL" || pdu.line.text(Field::Action).as_deref() == Some("DEL");
    let uri = items.text(Field::Uri).unwrap_or_default();
    if uri.starts_with("/circle") {
        roster(events, context, pdu, is_removal);
    } else if uri.starts_with("/user") && is_removal {
        events.push(presence::status(context, from, "FLN", false));
    } else if from.is_some() {
        for service in items.parts(Field::PresenceService) {
            of_service(events, context, &service, from.clone());
        }
        presence::endpoints(events, context, items, from);
    }
}

fn of_service(
    events: &mut Vec<Event>,
    context: &Context,
    service: &PduItems<'_>,
    who: Option<String>,
) {
    if let Some(letters) = service.text(Field::Status) {
        events.push(presence::status(context, who.clone(), &letters, false));
    }
    if let Some(name) = service.text(Field::FriendlyName) {
        events.extend(names::change(context, who.clone(), name));
    }
    presence::profile(events, context, service, who);
}

/// Adds who joins or leaves a circle or group.
fn roster(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>, is_removal: bool) {
    let items = &pdu.items;
    let own = context.own().unwrap_or_default();
    let place = match is_removal {
        true => Field::Uri,
        false => Field::CircleRoster,
    };
    let members = items.parts(place).into_iter();
    for who in members.flat_map(|part| part.texts(Field::Account)) {
        // The client's own publication says it already.
        if pdu.code == "NFY" && who.eq_ignore_ascii_case(&own) {
            continue;
        }
        let kind = match is_removal {
            true => EventKind::Left {
                reason: String::new(),
            },
            false => EventKind::Joined { is_present: false },
        };
        let mut event = context.by(Some(who), kind);
        if event.conversation == Conversation::None {
            event.conversation = group(items).map_or(Conversation::None, Conversation::Group);
        }
        events.push(event);
    }
}

/// The circle or group at one of both ends.
fn group(items: &PduItems<'_>) -> Option<String> {
    let ends = [Field::RoutingFrom, Field::RoutingTo];
    let mut ends = ends.into_iter().flat_map(|field| items.parts(field));
    let is_group = |end: &PduItems<'_>| {
        let network = end.number(Field::Network);
        network.is_some_and(|network| GROUPS.contains(&network))
    };
    ends.find(is_group)?.text(Field::Account)
}
