//! Who is in the conversation of a switchboard connection, besides the client, at each of its
//! PDUs.
//!
//! Source: docs/protocol/msnp.md §2.6 (IRO, JOI, BYE), §2.4 (endpoints).

use crate::msn::common::account::is_account;
use crate::msn::msnp::state::tracker::line::{bare_account, TrackedLine, MAX_ACCOUNT};
use crate::packet::PduKey;

/// Maximum accounts and endpoints kept per connection.
const MAX_KNOWN: usize = 256;

/// Maximum arrivals and departures kept per connection; later ones are ignored.
const MAX_CHANGES: usize = 2_048;

/// The accounts that are present, by PDU.
#[derive(Debug, Default)]
pub struct Attendance {
    /// Accounts as in the lines, with the endpoint where there is one.
    known: Vec<Vec<u8>>,
    /// Indices in `known` of those present from a PDU on, in the order of their arrival.
    present: Vec<(PduKey, Vec<u8>)>,
}

impl Attendance {
    /// Learns from a line of the server, in the first pass.
    pub(crate) fn learn(&mut self, key: PduKey, line: &TrackedLine<'_>) {
        let verb = line.verb();
        let Some(who) = line.account().filter(|who| who.len() <= MAX_ACCOUNT) else {
            return;
        };
        let mut now = self
            .present
            .last()
            .map_or(Vec::new(), |(_, now)| now.clone());
        match verb {
            Some(b"IRO" | b"JOI") => self.add(&mut now, who),
            // In a capture that begins later, a sender is present.
            Some(b"MSG") if is_account(who) && !self.holds(&now, who) => self.add(&mut now, who),
            Some(b"BYE") => now.retain(|index| !self.leaves(*index, who)),
            _ => return,
        }
        let before = self.present.last().map_or(&[][..], |(_, before)| before);
        if before != now && self.present.len() < MAX_CHANGES {
            self.present.push((key, now));
        }
    }

    fn add(&mut self, now: &mut Vec<u8>, who: &[u8]) {
        let same = |known: &Vec<u8>| known.eq_ignore_ascii_case(who);
        let index = self.known.iter().position(same).or_else(|| {
            let is_room = self.known.len() < MAX_KNOWN;
            is_room.then(|| self.known.push(who.to_vec()))?;
            self.known.len().checked_sub(1)
        });
        if let Some(index) = index.and_then(|index| u8::try_from(index).ok()) {
            if !now.contains(&index) {
                now.push(index);
            }
        }
    }

    fn name(&self, index: u8) -> &[u8] {
        self.known
            .get(usize::from(index))
            .map_or(&[], Vec::as_slice)
    }

    /// Whether an endpoint of the account is among those present.
    fn holds(&self, now: &[u8], who: &[u8]) -> bool {
        let who = bare_account(who);
        let is_it = |index: &u8| bare_account(self.name(*index)).eq_ignore_ascii_case(who);
        now.iter().any(is_it)
    }

    /// Whether the one at `index` leaves with `who`: an endpoint alone, an account with all
    /// its endpoints.
    fn leaves(&self, index: u8, who: &[u8]) -> bool {
        let present = self.name(index);
        let is_account = bare_account(who).len() == who.len();
        present.eq_ignore_ascii_case(who)
            || is_account && bare_account(present).eq_ignore_ascii_case(who)
    }

    /// The accounts present at the PDU `key`, each once, without endpoints.
    pub fn accounts(&self, key: PduKey) -> Vec<&[u8]> {
        let before = self.present.partition_point(|(since, _)| *since <= key);
        let now = before
            .checked_sub(1)
            .and_then(|index| self.present.get(index));
        let mut accounts: Vec<&[u8]> = Vec::new();
        for index in now.map_or(&[][..], |(_, now)| now) {
            let account = bare_account(self.name(*index));
            if !accounts
                .iter()
                .any(|known| known.eq_ignore_ascii_case(account))
            {
                accounts.push(account);
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
    }
}
