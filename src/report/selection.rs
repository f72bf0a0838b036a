//! Display filters that lead from one packet to its conversation, its account and its logins.

use core::ffi::CStr;

use crate::event::{Event, EventKind};
use crate::field::Protocol;
use crate::msn::msnp::fields::MSNMS;
use crate::oicq::fields::OICQ;
use crate::report::conversation::Section;
use crate::report::filter;
use crate::report::words;

/// A kind of filter that the host offers for a packet.
#[derive(Debug, Clone, Copy)]
pub struct SelectionSpec {
    /// The protocol of the packets.
    pub protocol: &'static Protocol,
    /// Its title in menus.
    pub title: &'static CStr,
    /// Makes it of the events of a packet. `None` if they have nothing to filter by.
    pub make: fn(&[Event]) -> Option<String>,
}

/// All kinds of filters, by family.
pub const SELECTIONS: &[SelectionSpec] = &[
    SelectionSpec {
        protocol: &MSNMS,
        title: c"MSN Conversation",
        make: conversation,
    },
    SelectionSpec {
        protocol: &MSNMS,
        title: c"MSN Account",
        make: account,
    },
    SelectionSpec {
        protocol: &MSNMS,
        title: c"MSN Logins",
        make: logins,
    },
    SelectionSpec {
        protocol: &OICQ,
        title: c"QQ Conversation",
        make: conversation,
    },
    SelectionSpec {
        protocol: &OICQ,
        title: c"QQ Number",
        make: account,
    },
    SelectionSpec {
        protocol: &OICQ,
        title: c"QQ Logins",
        make: logins,
    },
];

/// The conversation of the first message, or else of the first event that has one.
fn conversation(events: &[Event]) -> Option<String> {
    let mut filters = events.iter().filter_map(|event| {
        let section = Section::of(event);
        let filter = filter::conversation(event.family, &section)?;
        Some((is_said(event), filter))
    });
    let (is_said, first) = filters.next()?;
    let mut others = filters.filter(|(is_said, _)| *is_said);
    let message = others.next().filter(|_| !is_said);
    Some(message.map_or(first, |(_, filter)| filter))
}

fn is_said(event: &Event) -> bool {
    matches!(&event.kind, EventKind::Message(message) if words::is_said(message.kind))
}

/// Everything from, to and about the account of the packet's client.
fn account(events: &[Event]) -> Option<String> {
    let (event, account) = owner(events)?;
    filter::account(event.family, account)
}

/// The logins of that account.
fn logins(events: &[Event]) -> Option<String> {
    let (event, account) = owner(events)?;
    filter::logins(event.family, account)
}

/// The account of the client, or else the one that acts.
fn owner(events: &[Event]) -> Option<(&Event, &str)> {
    let client = events.iter().find_map(|event| {
        let account = event.connection.account.as_deref()?;
        Some((event, account))
    });
    client.or_else(|| {
        let mut actors = events.iter().map(|event| (event, event.from.as_deref()));
        actors.find_map(|(event, actor)| Some((event, actor?)))
    })
}
