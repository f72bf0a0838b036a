//! Who sends a message to whom.

use crate::msn::common::account::{address, is_account};
use crate::msn::common::mime::Headers;
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::state::tracker::LineTracker;
use crate::msn::msnp::tree::connection::text;
use crate::msn::msnp::wire::blocks::{decode, BlockKind};
use crate::msn::msnp::wire::line::LineHead;
use crate::msn::msnp::wire::parameter::{Meaning, Parameters, Sender};
use crate::msn::msnp::wire::pdu::Pdu;
use crate::packet::PduKey;
use crate::plan::Plan;

/// Sender and recipients of a message, without networks and endpoints.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Parties {
    /// The sender; `None` if unknown.
    pub(crate) from: Option<Vec<u8>>,
    /// The known recipients, each once.
    pub(crate) to: Vec<Vec<u8>>,
}

impl Parties {
    /// The parties of a PDU, decoded from `data`, whose command carries messages. `headers` are
    /// those of its payload, if it is a message.
    pub(crate) fn of(
        tracker: &LineTracker,
        key: PduKey,
        words: &Parameters<'_>,
        (pdu, data): (&Pdu, &[u8]),
        headers: Option<&Headers>,
    ) -> Self {
        let Some(payload) = pdu.payload else {
            return Self::default();
        };
        let payload = payload.span.of(data);
        if pdu.line.head == LineHead::Command(*b"SDG") {
            return routed(payload).unwrap_or_default();
        }
        let from_client = words.context().from_client;
        let form = words.form().map(|form| form.from);
        let from_client = from_client.or(match form {
            Some(Sender::Client) => Some(true),
            Some(Sender::Server) => Some(false),
            _ => None,
        });
        let mut named = accounts(words);
        let mut parties = Self::default();
        match from_client {
            Some(true) => parties.from = tracker.account(key).map(address),
            // Other words are names of services, such as Hotmail.
            Some(false) => match named.next().filter(|word| is_account(word)) {
                Some(sender) => parties.from = Some(address(sender)),
                None => return parties,
            },
            None => return parties,
        }
        if let Some(recipient) = named.next() {
            parties.to.push(address(recipient));
            return parties;
        }
        let destination = headers.and_then(|headers| value(headers, payload, "P2P-Dest"));
        if let Some(destination) = destination {
            parties.to.push(address(destination));
            return parties;
        }
        // In a truncated payload the destination may be missing.
        if headers.is_some_and(|headers| headers.closed) || pdu.missing(data) == 0 {
            if from_client == Some(false) {
                tracker
                    .account(key)
                    .into_iter()
                    .for_each(|own| parties.add(own));
            }
            let present = tracker.attendance.accounts(key);
            present.iter().for_each(|account| parties.add(account));
        }
        parties
    }

    /// Adds a participant of the conversation, unless it is the sender.
    fn add(&mut self, word: &[u8]) {
        let address = address(word);
        let is_it = |known: &Vec<u8>| known.eq_ignore_ascii_case(&address);
        if !self.from.as_ref().is_some_and(is_it) && !self.to.iter().any(is_it) {
            self.to.push(address);
        }
    }

    /// Shows them as generated items.
    pub(crate) fn show(&self, plan: &mut Plan<'_>) {
        if let Some(from) = &self.from {
            text(plan, (1, Field::From), from);
        }
        for to in &self.to {
            text(plan, (1, Field::To), to);
        }
    }
}

/// The words of a line that are accounts.
fn accounts<'w>(words: &'w Parameters<'_>) -> impl Iterator<Item = &'w [u8]> {
    let meanings = words.read().meanings;
    let words = words.words().iter().zip(meanings);
    words.filter_map(|(word, meaning)| match meaning {
        Meaning::Account | Meaning::NetworkAccount => Some(*word),
        _ => None,
    })
}

/// The value of a header that is not empty, and whose line is complete.
fn value<'d>(headers: &Headers, payload: &'d [u8], name: &str) -> Option<&'d [u8]> {
    let header = headers.find(payload, name)?;
    let is_complete = header.line.end() < payload.len() && header.value.len > 0;
    is_complete.then(|| header.value.of(payload))
}

/// The parties in the Routing block of a payload, since MSNP21.
fn routed(payload: &[u8]) -> Option<Parties> {
    let envelope = decode(payload).ok()?;
    let routing = envelope.block(BlockKind::Routing)?;
    let end = |name| value(&routing.headers, payload, name).map(address);
    Some(Parties {
        from: end("From"),
        to: end("To").into_iter().collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::common::mime;

    #[test]
    fn a_truncated_or_empty_header_names_nobody() {
        for (payload, found) in [
            ("P2P-Dest: bob@exam", None),
            ("P2P-Dest: bob@example.net\r", None),
            ("P2P-Dest: \r\n\r\n", None),
            ("P2P-Dest: bob@example.net\r\n", Some("bob@example.net")),
        ] {
            let payload = payload.as_bytes();
            let destination = value(&mime::headers(payload, 0), payload, "P2P-Dest");
            assert_eq!(destination, found.map(str::as_bytes));
        }
    }

    #[test]
    fn the_parties_of_a_datagram_are_routed() {
        let payload = b"Routing: 1.0\r\nTo: 1:bob@example.net\r\n\
            From: 1:alice@example.com;epid={00000000-0000-0000-0000-000000000001}\r\n\r\n\
            Reliability: 1.0\r\n\r\nMessaging: 2.0\r\nContent-Length: 0\r\n\r\n";
        let expected = Parties {
            from: Some(b"alice@example.com".to_vec()),
            to: vec![b"bob@example.net".to_vec()],
        };
        assert_eq!(routed(payload), Some(expected));
        for cut in 0..payload.len() {
            let parties = routed(&payload[..cut]).unwrap_or_default();
            let whole = |who: &Vec<u8>| who.ends_with(b".net") || who.ends_with(b".com");
            assert!(parties.from.iter().chain(&parties.to).all(whole), "{cut}");
        }
    }
}
