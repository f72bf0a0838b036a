//! Who is in the conversation of a switchboard connection, besides the client, at each of its
//! PDUs.
//!
//! Source: docs/protocol/msnp.md §2.6 (IRO, JOI, BYE), §2.4 (endpoints).

use crate::msn::common::account::{account, address, is_account};
use crate::msn::msnp::state::tracker::line::{TrackedLine, MAX_ACCOUNT};
use crate::packet::PduKey;

/// Maximum accounts and endpoints kept per connection; others are ignored.
const MAX_KNOWN: usize = 64;

/// Maximum arrivals and departures kept per connection. From then on nobody is known to be
/// present.
const MAX_CHANGES: usize = 2_048;

/// An account, or one of its endpoints.
#[derive(Debug, PartialEq, Eq)]
struct Attendee {
    address: Vec<u8>,
    endpoint: Option<Vec<u8>>,
}

impl Attendee {
    fn of(word: &[u8]) -> Self {
        let endpoint = account(word).endpoint;
        Self {
            address: address(word),
            endpoint: endpoint.map(|span| span.of(word).to_ascii_lowercase()),
        }
    }

    fn is_of(&self, address: &[u8]) -> bool {
        self.address.eq_ignore_ascii_case(address)
    }

    /// Whether it leaves with `other`: an endpoint alone, an account with all its endpoints.
    fn leaves_with(&self, other: &Self) -> bool {
        let is_all = other.endpoint.is_none() || self.endpoint == other.endpoint;
        is_all && self.is_of(&other.address)
    }
}

/// The accounts that are present, by PDU.
#[derive(Debug, Default)]
pub struct Attendance {
    known: Vec<Attendee>,
    /// Indices in `known` of those present from a PDU on, in the order of their arrival.
    present: Vec<(PduKey, Vec<u8>)>,
    /// The sender of the last message, as in the line. It has not left since.
    sender: Vec<u8>,
}

impl Attendance {
    /// Learns from a line of the server, in the first pass.
    pub(crate) fn learn(&mut self, key: PduKey, line: &TrackedLine<'_>) {
        let Some(verb @ (b"IRO" | b"JOI" | b"BYE" | b"MSG")) = line.verb() else {
            return;
        };
        let Some(word) = line.account().filter(|word| word.len() <= MAX_ACCOUNT) else {
            return;
        };
        if self.present.len() >= MAX_CHANGES || (verb == b"MSG" && self.sender == word) {
            return;
        }
        self.sender.clear();
        if verb == b"MSG" {
            self.sender.extend_from_slice(word);
        }
        let who = Attendee::of(word);
        let before = self.present.last().map_or(&[][..], |(_, before)| before);
        let mut now = before.to_vec();
        match verb {
            b"BYE" => now.retain(|index| !self.at(*index).is_some_and(|it| it.leaves_with(&who))),
            // In a capture that begins later, a sender is present.
            b"MSG" if !is_account(word) || self.holds(before, &who.address) => {}
            _ => self.add(&mut now, who),
        }
        let before = self.present.last().map_or(&[][..], |(_, before)| before);
        if before != now {
            if self.present.len() + 1 == MAX_CHANGES {
                now.clear();
            }
            self.present.push((key, now));
        }
    }

    fn add(&mut self, now: &mut Vec<u8>, who: Attendee) {
        let is_it = |known: &Attendee| known.is_of(&who.address) && known.endpoint == who.endpoint;
        let index = match self.known.iter().position(is_it) {
            Some(index) => index,
            None if self.known.len() < MAX_KNOWN => {
                self.known.push(who);
                self.known.len() - 1
            }
            None => return,
        };
        if let Ok(index) = u8::try_from(index) {
            if !now.contains(&index) {
                now.push(index);
            }
        }
    }

    fn at(&self, index: u8) -> Option<&Attendee> {
        self.known.get(usize::from(index))
    }

    fn holds(&self, now: &[u8], address: &[u8]) -> bool {
        let mut present = now.iter().filter_map(|index| self.at(*index));
        present.any(|attendee| attendee.is_of(address))
    }

    /// The addresses of the accounts present at the PDU `key`, each once.
    pub fn accounts(&self, key: PduKey) -> Vec<&[u8]> {
        let before = self.present.partition_point(|(since, _)| *since <= key);
        let now = before
            .checked_sub(1)
            .and_then(|index| self.present.get(index));
        let mut accounts: Vec<&[u8]> = Vec::new();
        for index in now.map_or(&[][..], |(_, now)| now) {
            let attendee = self.at(*index);
            let is_new = |it: &&Attendee| !accounts.iter().any(|known| it.is_of(known));
            if let Some(attendee) = attendee.filter(is_new) {
                accounts.push(&attendee.address);
            }
        }
        accounts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnp::wire::pdu;

    fn after(lines: &[&str]) -> Vec<String> {
        let mut attendance = Attendance::default();
        let mut at = PduKey { frame: 0, index: 0 };
        for (frame, line) in (1..).zip(lines) {
            let data = format!("{line}\r\n");
            let pdu = pdu::head(data.as_bytes(), 0).expect("a line");
            at = PduKey { frame, ..at };
            attendance.learn(at, &TrackedLine::of(&pdu, data.as_bytes()));
        }
        let accounts = attendance.accounts(at);
        let texts = accounts
            .iter()
            .map(|who| String::from_utf8_lossy(who).into_owned());
        texts.collect()
    }

    #[test]
    fn who_is_there_after_arrivals_and_departures() {
        let iro = "IRO 1 1 2 bob@example.com Bob";
        let joi = "JOI carol@example.com Carol";
        assert_eq!(after(&[iro, joi]), ["bob@example.com", "carol@example.com"]);
        assert_eq!(
            after(&[iro, joi, "BYE bob@example.com"]),
            ["carol@example.com"]
        );
        assert_eq!(after(&[iro, joi, iro, joi]).len(), 2);
        assert_eq!(after(&[iro, "BYE BOB@example.com 1"]), [""; 0]);
        assert_eq!(after(&["MSG bob@example.com Bob 133"]), ["bob@example.com"]);
        assert_eq!(after(&["MSG Hotmail Hotmail 133"]), [""; 0]);
    }

    #[test]
    fn endpoints_of_an_account_count_once() {
        let one = "JOI bob@example.com;{00000000-0000-0000-0000-000000000001} Bob 0";
        let two = "JOI bob@example.com;{00000000-0000-0000-0000-000000000002} Bob 0";
        let gone = "BYE bob@example.com;{00000000-0000-0000-0000-000000000001}";
        assert_eq!(after(&[one, two]), ["bob@example.com"]);
        assert_eq!(after(&[one, two, gone]), ["bob@example.com"]);
        assert_eq!(after(&[one, gone]), [""; 0]);
        assert_eq!(after(&[one, two, "BYE bob@example.com"]), [""; 0]);
        let circle =
            "1:bob@example.com;via=9:00000000-0000-0000-0000-000000000003@live.example.com";
        assert_eq!(after(&[one, two, &format!("BYE {circle}")]), [""; 0]);
        assert_eq!(
            after(&["JOI bob%40example.com Bob", "BYE bob@example.com"]),
            [""; 0]
        );
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes minutes in Miri")]
    fn after_too_many_changes_nobody_is_known_to_be_there() {
        let lines = ["JOI bob@example.com Bob", "BYE bob@example.com"];
        let many: Vec<&str> = lines.into_iter().cycle().take(MAX_CHANGES - 1).collect();
        assert_eq!(after(&many), ["bob@example.com"]);
        let more: Vec<&str> = lines.into_iter().cycle().take(MAX_CHANGES + 1).collect();
        assert_eq!(after(&more), [""; 0]);
        let after_carol = [&["JOI carol@example.com Carol"][..], &many].concat();
        assert_eq!(after(&after_carol), [""; 0]);
        let all_but_one = &after_carol[..MAX_CHANGES - 1];
        assert_eq!(after(all_but_one), ["carol@example.com"]);
    }

    #[test]
    fn who_writes_is_there() {
        let bob = "MSG bob@example.com Bob 133";
        let left = ["JOI bob@example.com Bob", "BYE bob@example.com", bob];
        assert_eq!(after(&left), ["bob@example.com"]);
        // As the endpoint that came, not as another one.
        let joined = "JOI bob@example.com;{00000000-0000-0000-0000-000000000001} Bob 0";
        let gone = "BYE bob@example.com;{00000000-0000-0000-0000-000000000001}";
        assert_eq!(after(&[joined, bob, gone]), [""; 0]);
    }

    #[test]
    fn accounts_beyond_the_limit_are_ignored() {
        let lines: Vec<_> = (0..=MAX_KNOWN)
            .map(|number| format!("JOI user{number}@example.com User"))
            .collect();
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        assert_eq!(after(&lines[..MAX_KNOWN]).len(), MAX_KNOWN);
        assert_eq!(after(&lines).len(), MAX_KNOWN);
    }
}
