//! Events of the MSN protocols, read from the items of a Plan.

mod capabilities;
mod command;
mod contacts;
mod context;
mod facts;
mod files;
mod invitations;
mod logins;
mod mail;
mod messages;
mod msnp;
mod names;
mod passport;
mod pdu;
mod peers;
mod presence;
mod publication;
mod roster;
#[cfg(test)]
mod tests;

use crate::event::{pdus, Event, Parties, PartyFields};
use crate::field::FieldId;
use crate::msn::event::context::Context;
use crate::msn::event::pdu::MsnpPdu;
use crate::msn::msnftp::fields::MSNFTP;
use crate::msn::msnp::fields::{Field, MSNMS};
use crate::msn::p2p::fields::MSNP2P;
use crate::msn::slp::fields::MSNSLP;
use crate::packet::Packet;
use crate::plan::Plan;

/// The events of a packet, in order.
pub fn events(plan: &Plan<'_>, packet: &Packet<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    // MSNP2P packets and MSNSLP messages follow the PDU that carries them.
    let mut context = Context::of(packet);
    for items in pdus(plan) {
        let protocol = items.protocol();
        if protocol == MSNP2P.index {
            peers::add_packet(&mut events, &context, &items);
        } else if protocol == MSNSLP.index {
            peers::add_message(&mut events, &context, &items);
        } else if protocol == MSNFTP.index {
            files::add(&mut events, &context, &items);
        } else if protocol == MSNMS.index {
            context.enter(&items);
            match MsnpPdu::of(items) {
                Some(pdu) => msnp::add(&mut events, &context, &pdu),
                None => passport::add(&mut events, &context, &items),
            }
        }
    }
    events
}

/// The fields with the parties of a packet.
pub const PARTY_FIELDS: PartyFields = PartyFields {
    party: FieldId::of(MSNMS.index, Field::Party as u16),
    peer: FieldId::of(MSNMS.index, Field::Peer as u16),
    from: FieldId::of(MSNMS.index, Field::PeerFrom as u16),
    to: FieldId::of(MSNMS.index, Field::PeerTo as u16),
};

/// Shows the parties of a packet, for filters, if somebody asks.
pub(crate) fn show_parties(plan: &mut Plan<'_>, packet: &Packet<'_>) {
    if packet.shows_parties {
        Parties::of(&events(plan, packet)).show(plan, &PARTY_FIELDS);
    }
}
