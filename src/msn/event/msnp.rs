//! Events of a PDU of MSNP.

use crate::event::Event;
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::event::{
    command, contacts, facts, invitations, logins, mail, messages, names, presence, publication,
    roster,
};

/// Adds the events of a PDU.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    if !pdu.is_line_cut() {
        add_meaning(events, context, pdu);
    }
    command::add(events, context, pdu);
}

/// Adds what a PDU means besides its command.
fn add_meaning(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    logins::add(events, context, pdu);
    roster::add(events, context, pdu);
    names::add(events, context, pdu);
    presence::add(events, context, pdu);
    publication::add(events, context, pdu);
    contacts::add(events, context, pdu);
    facts::add(events, context, pdu);
    mail::add(events, context, pdu);
    messages::add(events, context, pdu);
    invitations::add(events, context, pdu);
}
