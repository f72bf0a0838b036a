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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnp::wire::pdu;

    const KEY: PduKey = PduKey { frame: 1, index: 0 };
    const BOB: &str = "<ml><d n=\"example.net\"><c n=\"bob\" l=\"3\" t=\"1\"/></d></ml>";

    /// The accounts and lists in a line with this payload, of which the last bytes are missing.
    fn entries(verb: &str, payload: &str, missing: usize) -> Vec<(String, u32)> {
        let line = format!("{verb} 5 {}\r\n{payload}", payload.len());
        let data = &line.as_bytes()[..line.len() - missing];
        let packet = Packet {
            frame: 1,
            first_pass: true,
            ..Packet::default()
        };
        let mut requests = ListRequests::default();
        let line = TrackedLine::of(&pdu::head(data, 0).unwrap(), data);
        requests.learn(&packet, KEY, &line);
        let entries = requests.entries(KEY).iter();
        entries.map(|it| (it.account.clone(), it.lists)).collect()
    }

    #[test]
    fn additions_and_removals_are_kept() {
        let bob = [("bob@example.net".to_owned(), 3)];
        for verb in ["ADL", "RML"] {
            assert_eq!(entries(verb, BOB, 0), bob);
        }
        assert_eq!(entries("UUX", BOB, 0), []);
        // Whole XML, but not all of the payload.
        let padded = format!("{BOB}\r\n");
        assert_eq!(entries("ADL", &padded, 0), bob);
        assert_eq!(entries("ADL", &padded, 2), []);
    }

    #[test]
    fn the_list_at_sign_in_is_no_change() {
        let list = BOB.replace("<ml>", "<ml l=\"1\">");
        assert_eq!(entries("ADL", &list, 0), []);
        assert_eq!(
            entries("ADL", &format!("<?xml version=\"1.0\"?>{list}"), 0),
            []
        );
        let other = BOB.replace("<ml>", "<ml l=\"0\">");
        assert_eq!(entries("ADL", &other, 0).len(), 1);
    }

    #[test]
    fn the_lists_of_services_are_those_of_the_contact() {
        let services = "l=\"3\" t=\"1\"><s n=\"IM\" l=\"2\"/><s n=\"PE\" l=\"4\"/></c>";
        let payload = BOB.replace("l=\"3\" t=\"1\"/>", services);
        let bob = [("bob@example.net".to_owned(), 7)];
        assert_eq!(entries("ADL", &payload, 0), bob);
    }
}
