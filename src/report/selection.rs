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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Conversation, Family};
    use crate::report::made;

    const JOINED: EventKind = EventKind::Joined { is_present: false };

    fn within(number: u64, event: Event) -> Event {
        Event {
            conversation: Conversation::Number(number),
            ..event
        }
    }

    #[test]
    fn a_message_decides_which_conversation_a_packet_is_of() {
        let joins = within(1, made::event("bob@example.com", &[], JOINED));
        let says = |number| made::message(Conversation::Number(number), "bob@example.com", &[]);
        let found = |events: &[Event]| conversation(events);
        assert_eq!(found(&[]), None);
        let first = Some("msnms.chat == 1".to_owned());
        assert_eq!(found(core::slice::from_ref(&joins)), first);
        let second = Some("msnms.chat == 2".to_owned());
        assert_eq!(found(&[joins.clone(), says(2), says(3)]), second);
        assert_eq!(found(&[says(2), joins.clone(), says(3)]), second);
        // What belongs to no conversation does not count.
        let outside = made::event("bob@example.com", &[], JOINED);
        assert_eq!(found(core::slice::from_ref(&outside)), None);
        assert_eq!(found(&[outside, joins]), first);
    }

    #[test]
    fn the_account_is_that_of_the_client_or_else_the_one_that_acts() {
        let known = made::event("bob@example.com", &[], JOINED);
        let mut unknown = known.clone();
        unknown.connection.account = None;
        let alice = filter::account(Family::Msn, "alice@example.com");
        let bob = filter::account(Family::Msn, "bob@example.com");
        assert!(alice.is_some() && alice != bob);
        assert_eq!(account(&[unknown.clone(), known.clone()]), alice);
        assert_eq!(account(core::slice::from_ref(&unknown)), bob);
        assert_eq!(
            logins(&[unknown.clone(), known]),
            filter::logins(Family::Msn, "alice@example.com")
        );
        unknown.from = None;
        assert_eq!(account(core::slice::from_ref(&unknown)), None);
        assert_eq!(logins(&[unknown]), None);
    }
}
