//! What clients ask to be added to their contact lists, or removed from them. The server's
//! answer repeats nothing of it.
//!
//! Source: docs/protocol/msnp.md §2.4 (ADL, RML).

use crate::first_pass::PduMap;
use crate::msn::msnp::state::tracker::line::{TrackedLine, MAX_ACCOUNT};
use crate::msn::msnp::wire::contact_outline::is_initial_list;
use crate::msn::msnp::wire::contact_xml::{contacts, initial_list_flag, Contact};
use crate::packet::{Packet, PduKey};
use crate::xml::source;

/// Maximum entries kept per request; others are ignored.
const MAX_ENTRIES: usize = 512;

/// A contact, and the lists that it is added to or removed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListEntry {
    /// Its account.
    pub(crate) account: String,
    /// Bits of the lists, those for single services included.
    pub(crate) lists: u32,
}

/// The entries of all requests of a connection.
#[derive(Debug, Default)]
pub(crate) struct ListRequests(PduMap<Vec<ListEntry>>);

impl ListRequests {
    /// Learns from a line of the client, in the first pass. The list at sign-in, which is
    /// long, is no change.
    pub(crate) fn learn(&mut self, packet: &Packet<'_>, key: PduKey, line: &TrackedLine<'_>) {
        let changes_list = matches!(line.verb(), Some(b"ADL" | b"RML"));
        if !changes_list || line.is_cut || is_initial_list(line.payload) {
            return;
        }
        let Ok(document) = source(line.payload) else {
            return;
        };
        let Ok(xml) = document.parse() else {
            return;
        };
        if initial_list_flag(&xml).is_some_and(|flag| flag.value == "1") {
            return;
        }
        let contacts = contacts(&xml).into_iter();
        let contacts = contacts.filter(|it| it.account.value.len() <= MAX_ACCOUNT);
        let entries: Vec<_> = contacts.take(MAX_ENTRIES).map(entry).collect();
        if let (false, Some(known)) = (entries.is_empty(), self.0.entry(packet, key)) {
            *known = entries;
        }
    }

    /// The entries of the request `key`.
    pub(crate) fn entries(&self, key: PduKey) -> &[ListEntry] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }
}

fn entry(contact: Contact) -> ListEntry {
    let services = contact.services.iter().map(|service| service.lists);
    let lists = services.chain([contact.lists]).flatten();
    ListEntry {
        lists: lists.fold(0, |all, lists| all | lists.value),
        account: contact.account.value,
    }
}
