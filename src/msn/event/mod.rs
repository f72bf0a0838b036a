//! Events of the MSN protocols, read from the items of a Plan.

mod capabilities;
mod command;
mod contacts;
mod context;
mod facts;
mod logins;
mod mail;
mod messages;
mod msnp;
mod names;
mod passport;
mod pdu;
mod presence;
mod publication;
mod roster;

use crate::event::{pdus, Event};
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::msnp::fields::MSNMS;
use crate::packet::Packet;
use crate::plan::Plan;

/// The events of a packet, in order.
pub fn events(plan: &Plan<'_>, packet: &Packet<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    // MSNP2P packets and MSNSLP messages follow the PDU that carries them.
    let mut context = Context::of(packet);
    for items in pdus(plan) {
        if items.protocol() == MSNMS.index {
            context.enter(&items);
            match MsnpPdu::of(items) {
                Some(pdu) => msnp::add(&mut events, &context, &pdu),
                None => passport::add(&mut events, &context, &items),
            }
        }
    }
    events
}
