//! The accounts of contacts that lines name by an ID, or not at all.
//!
//! Source: docs/protocol/msnp.md §2.4 (LST, ADC, REM, SBP and BPR, since MSNP8 and MSNP10).

use crate::hash_map::HashMap;

use crate::first_pass::PduMap;
use crate::msn::common::account::{address, is_account};
use crate::msn::msnp::state::tracker::line::{TrackedLine, MAX_ACCOUNT};
use crate::msn::msnp::wire::command::Verb;
use crate::msn::msnp::wire::parameter::Meaning;
use crate::packet::{Packet, PduKey};
use crate::span::Span;

/// Maximum lines kept per connection; other contacts remain unknown. Lists had at most 600,
/// later 1,000 contacts (docs/protocol/msnp.md §3.2, error 210).
const MAX_CONTACTS: usize = 2_048;
/// Maximum length of a line that is kept, in bytes: enough for an account and an escaped name of
/// 387 bytes, and the IDs of all thirty groups.
const MAX_LINE: usize = 2_048;

/// The contacts of a connection.
///
/// Hundreds of lines list contacts, and few or none refer to them, so lines are kept as they are
/// and read when one does.
#[derive(Debug, Default)]
pub(crate) struct Contacts {
    /// The texts of the lines that list contacts, one after the other.
    texts: Vec<u8>,
    listed: Vec<ListedContact>,
    /// The last of them that is LST.
    last: Option<usize>,
    /// Indices of lines, by contact ID in lower case: of the first `indexed` lines.
    by_id: HashMap<Vec<u8>, usize>,
    indexed: usize,
    /// The line of the contact that a line means without naming it, by PDU.
    meant: PduMap<Option<usize>>,
}

/// A line that lists a contact.
#[derive(Debug, Clone, Copy)]
struct ListedContact {
    verb: Verb,
    /// The end of its text.
    end: usize,
}

impl Contacts {
    /// Learns from a line, in the first pass.
    pub(crate) fn learn(&mut self, packet: &Packet<'_>, key: PduKey, line: &TrackedLine<'_>) {
        let Some(verb @ (b"LST" | b"ADC" | b"BPR" | b"REM" | b"SBP")) = line.verb() else {
            return;
        };
        if verb == b"LST" && line.has(b'@') {
            self.last = self.keep(*verb, line);
            return;
        }
        let meant = match (verb, contact(line)) {
            // An account of another form, such as a telephone number.
            (b"LST", (Some(_), _)) => {
                self.last = self.keep(*verb, line);
                None
            }
            (b"ADC", (Some(_), Some(_))) => {
                self.keep(*verb, line);
                None
            }
            (_, (Some(_), _)) => None,
            (_, (None, Some(id))) => self.with_id(&id),
            (b"BPR", (None, None)) => self.last,
            (_, (None, None)) => None,
        };
        if let (Some(_), Some(entry)) = (meant, self.meant.entry(packet, key)) {
            *entry = meant;
        }
    }

    /// Keeps a line. Returns its index.
    fn keep(&mut self, verb: Verb, line: &TrackedLine<'_>) -> Option<usize> {
        let text = line.text();
        if self.listed.len() >= MAX_CONTACTS || text.len() > MAX_LINE {
            return None;
        }
        self.texts.extend_from_slice(text);
        let end = self.texts.len();
        self.listed.push(ListedContact { verb, end });
        Some(self.listed.len() - 1)
    }

    /// The account and the ID in a line that is kept.
    fn read(&self, index: usize) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
        let Some(listed) = self.listed.get(index) else {
            return (None, None);
        };
        let before = index
            .checked_sub(1)
            .and_then(|before| self.listed.get(before));
        let text = Span::between(before.map_or(0, |before| before.end), listed.end);
        contact(&TrackedLine::of_text(listed.verb, text.of(&self.texts)))
    }

    /// The last line with this contact ID.
    fn with_id(&mut self, id: &[u8]) -> Option<usize> {
        for index in self.indexed..self.listed.len() {
            if let (Some(_), Some(id)) = self.read(index) {
                self.by_id.insert(id, index);
            }
        }
        self.indexed = self.listed.len();
        self.by_id.get(id).copied()
    }

    /// The account of the contact that the line `key` means without naming it.
    pub(crate) fn account(&self, key: PduKey) -> Option<Vec<u8>> {
        self.read((*self.meant.get(key)?)?).0
    }
}

/// The account in a line, without its network, and the contact ID.
fn contact(line: &TrackedLine<'_>) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
    use Meaning::{Account, ContactAccount, ContactGuid, ContactId, NetworkAccount};
    let meanings = [
        ContactAccount,
        Account,
        NetworkAccount,
        ContactId,
        ContactGuid,
    ];
    let [named, account, network, id, guid] = line.parameters(meanings);
    let named = named.and_then(|word| word.strip_prefix(b"N="));
    let account = named.or(account).or(network);
    let account = account.filter(|word| is_account(word) && word.len() <= MAX_ACCOUNT);
    let id = id.and_then(|word| word.strip_prefix(b"C=")).or(guid);
    let id = id.filter(|word| word.len() <= MAX_ACCOUNT);
    (account.map(address), id.map(<[u8]>::to_ascii_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contact of each of these lines of a server, in order.
    fn accounts(lines: &[(&Verb, &str)]) -> Vec<Option<String>> {
        let mut contacts = Contacts::default();
        let keys = (1..).map(|frame| PduKey { frame, index: 0 });
        for ((verb, text), key) in lines.iter().zip(keys.clone()) {
            let packet = Packet {
                frame: key.frame,
                first_pass: true,
                ..Packet::default()
            };
            contacts.learn(&packet, key, &TrackedLine::of_text(**verb, text.as_bytes()));
        }
        let account = |key| {
            contacts
                .account(key)
                .map(|it| String::from_utf8(it).unwrap())
        };
        lines
            .iter()
            .zip(keys)
            .map(|(_, key)| account(key))
            .collect()
    }

    #[test]
    fn details_belong_to_the_contact_listed_last() {
        let phone = (b"BPR", "PHM 5550100");
        let lines = [
            (b"LST", "bob@example.net Bob 3 0"),
            phone,
            (b"LST", "carl%40example.org Carl 3 0"),
            phone,
            (b"LST", "tel:+15550100 Dan 3 0"),
            phone,
        ];
        let found = accounts(&lines);
        let named = ["bob@example.net", "carl@example.org"].map(|it| Some(it.to_owned()));
        assert_eq!([&found[1], &found[3]], [&named[0], &named[1]]);
        assert!(
            found[5].as_ref().is_none_or(|it| it.contains("15550100")),
            "{found:?}"
        );
    }

    #[test]
    fn contacts_are_found_by_their_id() {
        let id = "7edf9d24-7e98-4720-9f05-74c3abaa0770";
        let list = format!("N=bob@example.net F=Bob C={id} 3");
        let remove = format!("9 FL {}", id.to_uppercase());
        let other = format!("9 FL {}", id.replace('7', "8"));
        let found = accounts(&[(b"LST", &list), (b"REM", &remove), (b"REM", &other)]);
        assert_eq!(found, [None, Some("bob@example.net".to_owned()), None]);
    }

    #[test]
    fn only_a_list_says_whose_the_next_details_are() {
        let bob = "bob@example.net Bob 3 0";
        let added = "9 FL N=carl@example.org F=Carl C=7edf9d24-7e98-4720-9f05-74c3abaa0770";
        let bobs = Some("bob@example.net".to_owned());
        for (verb, between) in [
            (b"ADC", added),
            // A list without contacts.
            (b"LST", "9 AL 7 0 0"),
        ] {
            let lines = [(b"LST", bob), (verb, between), (b"BPR", "PHM 5550100")];
            assert_eq!(accounts(&lines)[2], bobs, "{between}");
        }
    }

    #[test]
    fn lines_and_accounts_that_are_too_long_are_left_out() {
        let line = |len: usize| {
            let rest = " 3 0";
            let name = "B".repeat(len - "bob@example.net ".len() - rest.len());
            format!("bob@example.net {name}{rest}")
        };
        let named = |account: &str| format!("{account} Bob 3 0");
        let account = |len: usize| format!("{}@example.net", "b".repeat(len - 12));
        let [longest, longer] = [MAX_ACCOUNT, MAX_ACCOUNT + 1].map(account);
        for (list, expected) in [
            (line(MAX_LINE), Some("bob@example.net")),
            (line(MAX_LINE + 1), None),
            (named(&longest), Some(&*longest)),
            (named(&longer), None),
            (named("bob"), None),
        ] {
            let found = accounts(&[(b"LST", &list), (b"BPR", "PHM 5550100")]);
            assert_eq!(found[1].as_deref(), expected, "{list}");
        }
    }

    #[test]
    fn contacts_beyond_the_limit_are_unknown() {
        let phone = (b"BPR", "PHM 5550100");
        let mut lines = vec![(b"LST", "bob@example.net Bob 3 0"); MAX_CONTACTS];
        lines.push(phone);
        assert!(accounts(&lines)[MAX_CONTACTS].is_some());
        lines.insert(0, lines[0]);
        assert_eq!(accounts(&lines)[MAX_CONTACTS + 1], None);
    }
}
