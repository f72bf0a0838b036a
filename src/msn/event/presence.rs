//! Presence: statuses, personal messages, media and pictures.

use crate::event::{Event, EventKind, Fact, PduItems};
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::event::{capabilities, names};
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::wire::current_media::{fields, fill_placeholders};
use crate::msn::msnp::wire::values::STATUSES;
use crate::span::Span;

/// Adds the events of a PDU that concern presence.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    let own = || context.own();
    match pdu.code.as_str() {
        // The server repeats what the client requests.
        "CHG" if !pdu.is_of_client() => told(events, context, &pdu.line, own(), false),
        "ILN" => told(events, context, &pdu.line, pdu.account(), true),
        "NLN" => told(events, context, &pdu.line, pdu.account(), false),
        "FLN" => events.push(status(context, pdu.account(), "FLN", false)),
        // The server's answer has no data.
        "UUX" if !pdu.is_of_server() => described(events, context, &pdu.items, own()),
        "UBX" => described(events, context, &pdu.items, pdu.account()),
        _ => {}
    }
}

/// A status, by its three letters.
pub(crate) fn status(
    context: &Context,
    who: Option<String>,
    letters: &str,
    is_initial: bool,
) -> Event {
    let name = STATUSES.name(letters.as_bytes());
    let status = name.unwrap_or(letters).to_owned();
    context.by(who, EventKind::Status { status, is_initial })
}

/// Adds what a command line says of an account: status, picture and capabilities.
fn told(
    events: &mut Vec<Event>,
    context: &Context,
    line: &PduItems<'_>,
    who: Option<String>,
    is_initial: bool,
) {
    if let Some(letters) = line.text(Field::Status) {
        events.push(status(context, who.clone(), &letters, is_initial));
    }
    events.extend(picture(context, line, who.clone()));
    capabilities::add(events, context, line, who);
}

/// The picture of the first object among the items.
pub(crate) fn picture(
    context: &Context,
    items: &PduItems<'_>,
    who: Option<String>,
) -> Option<Event> {
    let hash = items.text(Field::ObjectSha1d);
    let hash = hash.or_else(|| items.text(Field::ObjectLocation))?;
    Some(context.by(who, EventKind::PictureSet(hash)))
}

/// Adds what a document says of an account and of its endpoints.
fn described(
    events: &mut Vec<Event>,
    context: &Context,
    items: &PduItems<'_>,
    who: Option<String>,
) {
    if who.is_none() {
        return;
    }
    profile(events, context, items, who.clone());
    let names = items.parts(Field::FriendlyName);
    for name in names.iter().filter_map(|it| it.text(Field::FriendlyName)) {
        events.extend(names::change(context, who.clone(), name));
    }
    endpoints(events, context, items, who);
}

/// Adds personal message, media and picture among the items.
pub(crate) fn profile(
    events: &mut Vec<Event>,
    context: &Context,
    items: &PduItems<'_>,
    who: Option<String>,
) {
    if let Some(text) = value(items, Field::PersonalMessage) {
        events.push(context.by(who.clone(), EventKind::PersonalMessage(text)));
    }
    if let Some(text) = value(items, Field::CurrentMedia) {
        let media = media(&text);
        events.push(context.by(who.clone(), EventKind::CurrentMedia(media)));
    }
    let tile = items.parts(Field::UserTile).into_iter().next();
    events.extend(tile.and_then(|tile| picture(context, &tile, who)));
}

/// Adds what is said of the endpoints of an account.
pub(crate) fn endpoints(
    events: &mut Vec<Event>,
    context: &Context,
    items: &PduItems<'_>,
    who: Option<String>,
) {
    for endpoint in items.parts(Field::Endpoint) {
        if let Some(name) = endpoint.text(Field::EndpointName) {
            let kind = EventKind::Fact(Fact::EndpointName, name);
            events.push(context.by(who.clone(), kind));
        }
        capabilities::add(events, context, &endpoint, who.clone());
    }
}

/// The value of the first item of a field, which can be empty.
fn value(items: &PduItems<'_>, field: Field) -> Option<String> {
    items
        .find(field)
        .and_then(|item| items.value(item))
        .map(|value| value.into_owned())
}

/// Current media as users see them. Empty if they are not shown.
fn media(text: &str) -> String {
    let spans = fields(text.as_bytes(), Span::new(0, text.len()));
    let parts = spans
        .iter()
        .filter_map(|span| text.get(span.start..span.end()));
    let parts: Vec<&str> = parts.collect();
    match parts.as_slice() {
        [_, _, "1", format, arguments @ ..] => fill_placeholders(format, arguments),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_are_shown_while_they_are_enabled() {
        let text = r"\0Music\01\0{0} - {1}\0A Song\0A Band\0\0";
        assert_eq!(media(text), "A Song - A Band");
        assert_eq!(media(&text.replacen('1', "0", 1)), "");
        assert_eq!(media(""), "");
        assert_eq!(media(r"\0Music\01"), "");
    }
}
