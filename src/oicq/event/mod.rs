//! Events of QQ, read from the items of a Plan.

mod card;
mod command;
mod contacts;
mod context;
mod facts;
mod group;
mod login;
mod message;
mod notice;
mod presence;
#[cfg(test)]
mod tests;
mod transfer;

use crate::event::{pdus, Event, Parties, PartyFields};
use crate::field::FieldId;
use crate::oicq::event::context::Context;
use crate::oicq::fields::{Field, OICQ};
use crate::packet::Packet;
use crate::plan::Plan;

/// What reads the events of one subject.
type Subject = fn(&mut Vec<Event>, &Context<'_>);

/// The subjects of frames that are seen for the first time, in the order of their events.
const SUBJECTS: &[Subject] = &[
    login::add,
    message::add,
    transfer::add,
    notice::add,
    group::add,
    contacts::add,
    presence::add,
    facts::add,
];

/// The events of a packet, in order. A frame that is sent again, or captured twice, has its
/// command only.
pub fn events(plan: &Plan<'_>, packet: &Packet<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for pdu in pdus(plan) {
        let context = Context::of(packet, pdu);
        if !context.is_repeated() {
            for add in SUBJECTS {
                add(&mut events, &context);
            }
        }
        command::add(&mut events, &context);
    }
    events
}

/// The fields with the parties of a packet.
pub const PARTY_FIELDS: PartyFields = PartyFields {
    party: FieldId::of(OICQ.index, Field::Party as u16),
    peer: FieldId::of(OICQ.index, Field::Peer as u16),
    from: FieldId::of(OICQ.index, Field::PeerFrom as u16),
    to: FieldId::of(OICQ.index, Field::PeerTo as u16),
};

/// Shows the parties of a packet, for filters, if somebody asks.
pub(crate) fn show_parties(plan: &mut Plan<'_>, packet: &Packet<'_>) {
    if packet.shows_parties {
        Parties::of(&events(plan, packet)).show(plan, &PARTY_FIELDS);
    }
}
