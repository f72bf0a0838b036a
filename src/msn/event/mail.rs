//! Emails: what has arrived or was moved, and invitations that are sent by email.

use crate::event::{Event, EventKind, PduItems};
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::msnp::fields::Field;

/// `msnms.mail.type` of an offline message.
const OFFLINE_MESSAGE: u64 = 11;

/// Adds the events of a PDU that concern emails.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    let items = &pdu.items;
    match pdu.code.as_str() {
        // On a switchboard it is the message of another user, who can claim anything.
        "MSG" if pdu.is_of_server() && !pdu.is_on_switchboard() => {
            let content = items.text(Field::ContentType).unwrap_or_default();
            notified(events, context, items, &content.to_ascii_lowercase());
        }
        "SND" | "SDC" if pdu.is_of_client() => {
            let own = context.own();
            let mut event = context.by(own, mail("invitation to Messenger", String::new()));
            event.to.extend(pdu.account());
            events.push(event);
        }
        _ => {}
    }
}

fn mail(what: impl Into<String>, subject: String) -> EventKind {
    EventKind::Mail {
        what: what.into(),
        subject,
    }
}

/// Adds what a notification says, by its content type.
fn notified(events: &mut Vec<Event>, context: &Context, items: &PduItems<'_>, content: &str) {
    let subject = |items: &PduItems<'_>| items.text(Field::MailSubject).unwrap_or_default();
    let mut arrived = |from: Option<String>, kind: EventKind| {
        let mut event = context.by(from, kind);
        event.to.extend(context.own());
        events.push(event);
    };
    match content {
        "text/x-msmsgsemailnotification" | "application/x-msmsgsemailnotification" => {
            let from = items.text(Field::MailFromAddress);
            arrived(from, mail("new email", subject(items)));
        }
        "text/x-msmsgsactivemailnotification" => {
            if let Some(moved) = moved(items) {
                arrived(None, mail(moved, String::new()));
            }
        }
        "text/x-msmsgsinitialemailnotification"
        | "text/x-msmsgsinitialmdatanotification"
        | "text/x-msmsgsoimnotification" => {
            for message in items.parts(Field::MailMessage) {
                let what = match message.number(Field::MailType) {
                    Some(OFFLINE_MESSAGE) => "offline message waiting",
                    _ => "email waiting",
                };
                let from = message.text(Field::MailFromAddress);
                arrived(from, mail(what, subject(&message)));
            }
            if let Some(unread) = unread(items) {
                arrived(None, mail(unread, String::new()));
            }
        }
        _ => {}
    }
}

/// `1 email moved from ACTIVE to .!!trAsH`
fn moved(items: &PduItems<'_>) -> Option<String> {
    let count = items.number(Field::MailDelta)?;
    let plural = if count == 1 { "" } else { "s" };
    let (from, to) = (
        items.text(Field::MailSourceFolder)?,
        items.text(Field::MailFolder)?,
    );
    Some(format!("{count} email{plural} moved from {from} to {to}"))
}

/// `2 unread in the inbox, 1 in other folders`, if there are any.
fn unread(items: &PduItems<'_>) -> Option<String> {
    let inbox = items.number(Field::MailInboxUnread)?;
    let others = items.number(Field::MailOtherUnread).unwrap_or_default();
    let are_any = inbox > 0 || others > 0;
    are_any.then(|| format!("{inbox} unread in the inbox, {others} in other folders"))
}
