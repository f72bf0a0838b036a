//! Events of QQ, read from the items of a Plan.

mod context;

use crate::event::{pdus, Command, Event, EventKind};
use crate::oicq::event::context::Context;
use crate::oicq::fields::Field;
use crate::packet::Packet;
use crate::plan::Plan;

/// The events of a packet, in order.
pub fn events(plan: &Plan<'_>, packet: &Packet<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for pdu in pdus(plan) {
        let context = Context::of(packet, &pdu);
        if let Some(command) = pdu.number(Field::Command) {
            events.push(context.by(
                None,
                EventKind::Command(Command {
                    code: format!("0x{command:04x}"),
                    ..Command::default()
                }),
            ));
        }
    }
    events
}
