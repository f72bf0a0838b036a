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
