//! Events of a PDU of MSNP.

use crate::event::Event;
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::event::{command, messages, roster};

/// Adds the events of a PDU.
pub(crate) fn add(events: &mut Vec<Event>, context: &Context, pdu: &MsnpPdu<'_>) {
    roster::add(events, context, pdu);
    messages::add(events, context, pdu);
    command::add(events, context, pdu);
}
