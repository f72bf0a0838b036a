//! The client's direction and the least dialect, as implied by a single line.
//!
//! Source: docs/protocol/msnp.md §2.3 to §2.6 (first dialects), §7.2.

use crate::msn::common::account::{account, is_account};
use crate::msn::msnp::state::tracker::line::TrackedLine;
use crate::msn::msnp::wire::parameter::highest_least_dialect;
use crate::msn::msnp::wire::values::PORT;
use crate::packet::{Packet, Transport};

/// The client's direction, by the ports or the line. Returns `None` if both leave it open.
pub(crate) fn client_side(packet: &Packet<'_>, line: &TrackedLine<'_>) -> Option<usize> {
    let (here, there) = (packet.side(), 1 - packet.side());
    if packet.transport != Transport::Http {
        match (packet.source_port == PORT, packet.destination_port == PORT) {
            (false, true) => return Some(here),
            (true, false) => return Some(there),
            _ => {}
        }
    }
    let from_client = line.implied_facts().from_client;
    // Connections begin with the client's list of dialects. Only old servers repeat it.
    let offers = || line.dialects() > 1;
    Some(if from_client.or(offers().then_some(true))? {
        here
    } else {
        there
    })
}

/// The first dialect whose accounts can name an endpoint (§1.5).
const ENDPOINTS: u8 = 16;
/// The first dialect of all.
const FIRST: u8 = 2;

/// The first dialect with endpoints, if the line has an endpoint and `known` is lower.
pub(crate) fn least_by_endpoint(line: &TrackedLine<'_>, known: Option<u8>) -> Option<u8> {
    let names_endpoint = || line.has(b'}') && line.words().iter().any(|word| has_endpoint(word));
    (known < Some(ENDPOINTS) && names_endpoint()).then_some(ENDPOINTS)
}

/// Whether the form of such a line can imply a later dialect than `known`. Most lines
/// exist in all dialects.
pub(crate) fn may_imply_later_dialect(line: &TrackedLine<'_>, known: Option<u8>) -> bool {
    let floor = known.unwrap_or(FIRST);
    line.verb()
        .is_some_and(|verb| floor < highest_least_dialect(*verb))
}

/// The first dialect with such a line. Returns `None` if all have it.
pub(crate) fn least_by_form(line: &TrackedLine<'_>) -> Option<u8> {
    line.implied_facts()
        .least_dialect
        .filter(|least| *least > FIRST)
}

fn has_endpoint(word: &[u8]) -> bool {
    word.ends_with(b"}") && is_account(word) && account(word).endpoint.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnp::wire::command::Verb;

    fn line(verb: &Verb, text: &'static str) -> TrackedLine<'static> {
        TrackedLine::of_text(*verb, text.as_bytes())
    }

    #[test]
    fn the_port_tells_the_client_else_the_line() {
        let either = line(b"OUT", "");
        let clients = line(b"PNG", "");
        for (from, to, transport, by_port, by_line) in [
            (1025, PORT, Transport::Tcp, Some(0), Some(0)),
            (PORT, 1025, Transport::Tcp, Some(1), Some(1)),
            (PORT, PORT, Transport::Tcp, None, Some(0)),
            (1025, 443, Transport::Tcp, None, Some(0)),
            // The ports of HTTP are those of a proxy or a gateway.
            (PORT, 1025, Transport::Http, None, Some(0)),
        ] {
            let packet = Packet {
                source_port: from,
                destination_port: to,
                transport,
                ..Packet::default()
            };
            let found = [&either, &clients].map(|line| client_side(&packet, line));
            assert_eq!(found, [by_port, by_line], "{from} to {to}");
        }
    }

    #[test]
    fn only_an_account_has_an_endpoint() {
        let guid = "{03c49942-1aea-4cda-8d9a-2c0a403b6782}";
        for (word, expected) in [
            (format!("bob@example.net;{guid}"), true),
            ("bob@example.net".to_owned(), false),
            ("bob@example.net}".to_owned(), false),
            (format!("bob;{guid}"), false),
            (guid.to_owned(), false),
        ] {
            assert_eq!(has_endpoint(word.as_bytes()), expected, "{word}");
        }
    }

    #[test]
    fn an_endpoint_implies_the_first_dialect_that_has_them() {
        let with = line(
            b"JOI",
            "bob@example.net;{03c49942-1aea-4cda-8d9a-2c0a403b6782} Bob",
        );
        let without = line(b"JOI", "bob@example.net {Bob}");
        for (known, expected) in [
            (None, Some(16)),
            (Some(15), Some(16)),
            (Some(16), None),
            (Some(18), None),
        ] {
            assert_eq!(least_by_endpoint(&with, known), expected, "{known:?}");
            assert_eq!(least_by_endpoint(&without, known), None, "{known:?}");
        }
    }

    #[test]
    fn a_line_can_imply_no_dialect_later_than_its_last_form() {
        // There are three forms of presence since MSNP8, MSNP14 and MSNP18.
        let presence = line(b"NLN", "NLN bob@example.net Bob 0");
        for (known, expected) in [(None, true), (Some(17), true), (Some(18), false)] {
            assert_eq!(may_imply_later_dialect(&presence, known), expected);
        }
        assert!(!may_imply_later_dialect(&line(b"PNG", ""), None));
    }
}
