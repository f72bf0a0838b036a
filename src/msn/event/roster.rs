//! Who takes part in a conversation: joins, leaves, invitations, and the servers for them.

use crate::event::{Event, EventKind};
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::msnp::fields::Field;

/// Adds the events of a PDU that concern a conversation, and referrals to servers.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    let own = || context.own();
    match pdu.code.as_str() {
        "USR" | "ANS" if pdu.is_on_switchboard() && pdu.is_admission() => {
            let kind = EventKind::Joined { is_present: false };
            events.push(context.by(own(), kind));
        }
        "IRO" | "JOI" => {
            let is_present = pdu.code == "IRO";
            let kind = EventKind::Joined { is_present };
            events.extend(other(context, pdu).map(|who| context.by(Some(who), kind)));
        }
        "BYE" => {
            let reason = pdu.line.text(Field::ByeReason).unwrap_or_default();
            let kind = EventKind::Left { reason };
            events.extend(other(context, pdu).map(|who| context.by(Some(who), kind)));
        }
        "OUT" if pdu.is_on_switchboard() && pdu.is_of_client() => {
            let reason = String::new();
            events.push(context.by(own(), EventKind::Left { reason }));
        }
        "CAL" if pdu.is_of_client() => events.extend(other(context, pdu).map(|who| {
            let mut event = context.by(own(), EventKind::Invited);
            event.to.push(who);
            event
        })),
        "RNG" => {
            let mut event = context.by(pdu.account(), EventKind::Invited);
            event.to.extend(own());
            events.push(event);
        }
        "XFR" if !pdu.is_of_client() => {
            events.extend(server(pdu).map(|to| context.by(own(), EventKind::Redirected { to })));
        }
        _ => {}
    }
}

/// The participant that a line names. `None` for a line about one of several endpoints, as
/// another line is about the account as a whole, and for the account of the connection.
fn other(context: &Context, pdu: &MsnpPdu<'_>) -> Option<String> {
    let account = pdu.account().filter(|_| !pdu.line.has(Field::EndpointId))?;
    let own = context.own().unwrap_or_default();
    (!account.eq_ignore_ascii_case(&own)).then_some(account)
}

/// `switchboard 192.0.2.1:1863`
fn server(pdu: &MsnpPdu<'_>) -> Option<String> {
    let address = pdu.line.text(Field::Server)?;
    let kind = match pdu.line.text(Field::ServerType)?.as_str() {
        "NS" => "notification server",
        "SB" => "switchboard",
        _ => "server",
    };
    Some(format!("{kind} {address}"))
}
