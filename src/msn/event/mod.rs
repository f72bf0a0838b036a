//! Events of the MSN protocols, read from the items of a Plan.

mod context;
mod msnp;

use crate::event::{pdus, Event};
use crate::msn::event::context::Context;
use crate::msn::msnp::fields::MSNMS;
use crate::packet::Packet;
use crate::plan::Plan;

/// The events of a packet, in order.
pub fn events(plan: &Plan<'_>, packet: &Packet<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    // MSNP2P packets and MSNSLP messages follow the PDU that carries them.
    let mut context = Context::of(packet);
    for pdu in pdus(plan) {
        if pdu.protocol() == MSNMS.index {
            context.enter(&pdu);
            msnp::add(&mut events, &context, &pdu);
        }
    }
    events
}
