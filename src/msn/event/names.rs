//! Display names: those that a line mentions, and changes of them.

use crate::event::{Event, EventKind, Fact};
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::msnp::fields::Field;

/// The property that is the display name.
const FRIENDLY_NAME: &str = "MFN";

/// Adds the display name in a command line.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    let own = || context.own();
    let name = pdu.line.text(Field::FriendlyName).unwrap_or_default();
    let event = match pdu.code.as_str() {
        "ILN" | "IRO" | "JOI" | "RNG" => mentioned(context, pdu.account(), name),
        "USR" if pdu.is_of_server() => mentioned(context, pdu.account(), name),
        "NLN" => change(context, pdu.account(), name),
        "REA" if pdu.is_of_server() => given(context, pdu.account(), name),
        "PRP" if pdu.is_of_server() => property(pdu).and_then(|name| {
            let answered = pdu.items.text(Field::AnsweredCommand);
            // After SYN and at login, it is one of the properties that are listed.
            match answered.as_deref() {
                Some("PRP") => change(context, own(), name),
                _ => mentioned(context, own(), name),
            }
        }),
        "SBP" if pdu.is_of_server() => {
            property(pdu).and_then(|name| given(context, pdu.contact(), name))
        }
        _ => None,
    };
    events.extend(event);
}

/// The display name in a line about properties.
fn property(pdu: &MsnpPdu<'_>) -> Option<String> {
    let property = pdu.line.text(Field::PropertyName)?;
    pdu.line
        .text(Field::PropertyValue)
        .filter(|_| property == FRIENDLY_NAME)
}

/// A name under which an account appears.
fn mentioned(context: &Context, who: Option<String>, name: String) -> Option<Event> {
    let is_name = is_name(who.as_deref()?, &name);
    is_name.then(|| context.by(who, EventKind::Fact(Fact::Nickname, name)))
}

/// A name that an account has chosen, perhaps anew.
pub(crate) fn change(context: &Context, who: Option<String>, name: String) -> Option<Event> {
    let is_name = is_name(who.as_deref()?, &name);
    is_name.then(|| context.by(who, EventKind::Name(name)))
}

/// A name that the connection's account has chosen, or has given to a contact.
fn given(context: &Context, who: Option<String>, name: String) -> Option<Event> {
    let mut event = change(context, who, name)?;
    let own = context.own()?;
    let who = event.from.as_deref().unwrap_or_default();
    if !who.eq_ignore_ascii_case(&own) {
        event.to.push(own);
    }
    Some(event)
}

/// Whether a name is more than the account.
fn is_name(account: &str, name: &str) -> bool {
    !name.is_empty() && !name.eq_ignore_ascii_case(account)
}
