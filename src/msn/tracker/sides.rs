//! Who is the client, and which dialect it must at least be, as a single line tells.
//!
//! Source: protocol reference, MSNP §2.3 to §2.6 (since when), §7.2.

use super::Line;
use crate::context::{Packet, Transport};
use crate::msn::account::is_account;
use crate::msn::parameter::highest_least_dialect;

/// The port of MSNP's servers.
const PORT: u16 = 1863;

/// The direction that is the client's, if ports or the line tell.
pub(super) fn client_side(packet: &Packet<'_>, line: &Line<'_>) -> Option<usize> {
    let (here, there) = (packet.side(), 1 - packet.side());
    if packet.transport != Transport::Http {
        match (packet.source_port == PORT, packet.destination_port == PORT) {
            (false, true) => return Some(here),
            (true, false) => return Some(there),
            _ => {}
        }
    }
    let from_client = line.told().from_client;
    // Connections begin with the client's list. Only old servers repeat it, and later.
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

/// The first dialect that has such a line, unless it is known that it is `known` or an older
/// one. All dialects have most lines.
pub(super) fn least_dialect(line: &Line<'_>, known: Option<u8>) -> Option<u8> {
    let Some(verb) = line.verb() else {
        return known;
    };
    let most = highest_least_dialect(*verb).max(ENDPOINTS);
    if known >= Some(most) {
        return known;
    }
    let by_endpoint =
        Some(ENDPOINTS).filter(|_| line.words().iter().any(|word| has_endpoint(word)));
    let by_form = line.told().least_dialect.filter(|least| *least > FIRST);
    known.max(by_endpoint).max(by_form)
}

fn has_endpoint(word: &[u8]) -> bool {
    word.ends_with(b"}")
        && is_account(word)
        && crate::msn::account::account(word).endpoint.is_some()
}
