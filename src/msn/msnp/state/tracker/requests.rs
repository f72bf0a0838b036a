//! Requests and their responses.
//!
//! Source: docs/protocol/msnp.md §2.2 (transaction ids), §7.4 (replies), §11.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use crate::msn::msnp::state::tracker::line::TrackedLine;
use crate::msn::msnp::state::tracker::links::{LineId, LineLinks, Links};
use crate::msn::msnp::wire::challenge;
use crate::msn::msnp::wire::command::{Answered, MsnpCommand, Verb};
use crate::msn::msnp::wire::commands::find;
use crate::msn::msnp::wire::parameter::Meaning;
use crate::msn::state::recent::Recent;
use crate::packet::{Packet, PduKey};

/// Maximum unanswered pings kept per connection. Older ones are dropped, and are not
/// reported as unanswered.
const MAX_PINGS: usize = 64;

/// The constant challenge of servers that neither check nor answer the QRY (§9.2).
const IDLE_CHALLENGE: &[u8] = b"1663122458434562624782678054";

/// Minimum number of requests, the latest ones, of which a response is found: clients send up
/// to a thousand in a row.
const MAX_OPEN: usize = 2_048;

/// Requests and responses of one connection.
#[derive(Debug, Default)]
pub struct Requests {
    /// The latest requests, by transaction id.
    open: Recent<u32, LineId, MAX_OPEN>,
    /// The highest of them.
    highest: u32,
    pings: VecDeque<LineId>,
    challenge: Option<(LineId, Vec<u8>)>,
    /// The SYN whose responses may lack a transaction id.
    synchronising: Option<LineId>,
    links: Links,
    /// The capture has a line of the server.
    has_server: bool,
    /// The capture has the line that begins the connection.
    has_start: bool,
}

impl Requests {
    pub(crate) fn learn(
        &mut self,
        packet: &Packet<'_>,
        key: PduKey,
        line: &TrackedLine<'_>,
        from_client: Option<bool>,
        dialect: Option<u8>,
    ) {
        match from_client {
            Some(true) => self.request(packet, key, line, dialect),
            Some(false) => {
                self.has_server = true;
                self.answer(packet, key, line);
            }
            None => {}
        }
    }

    /// The relations of the line `key`.
    pub fn link(&self, key: PduKey) -> Option<LineLinks> {
        self.links.of(key)
    }

    /// Whether the capture has lines of the server, but no response to this line. Always
    /// false in the first pass.
    pub fn is_unanswered(&self, packet: &Packet<'_>, link: &LineLinks) -> bool {
        !packet.first_pass && link.awaits_response && link.response_in.is_none() && self.has_server
    }

    fn request(
        &mut self,
        packet: &Packet<'_>,
        key: PduKey,
        line: &TrackedLine<'_>,
        dialect: Option<u8>,
    ) {
        let Some(&verb) = line.verb() else {
            return;
        };
        self.has_start = self.has_start || line.begins_connection();
        let mut is_answered = is_answered(line);
        let is_ping = || is_answered && line.command.is_some_and(MsnpCommand::is_never_numbered);
        if line.trid.is_none() && !is_ping() {
            return;
        }
        let Some(id) = self.links.add(packet, key, verb) else {
            return;
        };
        let Some(trid) = line.trid else {
            self.ping(id);
            return;
        };
        match &verb {
            b"QRY" => {
                is_answered &= !self.is_idle_challenge();
                self.answer_challenge(packet, (key, id), line, dialect);
            }
            b"SYN" => self.synchronising = Some(id),
            _ => {}
        }
        self.highest = self.highest.max(trid);
        let earlier = self.open.insert(trid, id);
        let is_twin = |earlier: &LineId| {
            !self.links.is_answered(*earlier) && self.links.verb(*earlier) == Some(verb)
        };
        if let Some(twin) = earlier.filter(is_twin) {
            self.links.repeat(id, twin);
        }
        if is_answered {
            self.links.expect(id, true);
        }
    }

    fn ping(&mut self, ping: LineId) {
        if self.pings.len() == MAX_PINGS {
            if let Some(oldest) = self.pings.pop_front() {
                self.links.expect(oldest, false);
            }
        }
        self.pings.push_back(ping);
        self.links.expect(ping, true);
    }

    fn answer(&mut self, packet: &Packet<'_>, key: PduKey, line: &TrackedLine<'_>) {
        match (line.verb(), line.trid) {
            (Some(verb @ b"CHL"), Some(0)) => {
                let text = line.parameter(Meaning::Challenge).unwrap_or_default();
                let id = self.links.add(packet, key, *verb);
                self.challenge = id.map(|id| (id, text.to_vec()));
            }
            (_, Some(trid)) => self.answer_numbered(packet, key, line, trid),
            (Some(verb), None) => self.answer_unnumbered(packet, key, *verb),
            (None, None) => {}
        }
    }

    /// Whether a line with this command answers the request.
    fn is_answered_by(&self, request: LineId, verb: Verb) -> bool {
        let asked = self.links.verb(request);
        let row = asked.and_then(find);
        asked == Some(verb) || row.is_some_and(|row| row.is_answered_by(verb))
    }

    /// Matches a response without transaction id with the latest ping, so that a lost
    /// response does not affect later pings, or else with the latest SYN.
    fn answer_unnumbered(&mut self, packet: &Packet<'_>, key: PduKey, verb: Verb) {
        let is_answered = |request: &LineId| self.is_answered_by(*request, verb);
        let request = if self.pings.back().is_some_and(is_answered) {
            self.pings.pop_back()
        } else {
            self.synchronising.filter(is_answered)
        };
        if let Some(request) = request {
            self.link_response(packet, request, (key, verb));
        }
    }

    fn answer_numbered(
        &mut self,
        packet: &Packet<'_>,
        key: PduKey,
        line: &TrackedLine<'_>,
        trid: u32,
    ) {
        let verb = line.verb().copied();
        let open = self.open.get(&trid).copied();
        let fits = open.filter(|open| verb.is_none_or(|verb| self.is_answered_by(*open, verb)));
        let verb = verb.unwrap_or_default();
        match fits {
            Some(open) => self.link_response(packet, open, (key, verb)),
            // Some servers send lists and presence with numbers that are not those of a
            // request (§11, items 8 and 23).
            None if trid != 0
                && self.has_start
                && !self.may_be_dropped(trid)
                && !line.command.is_some_and(|row| row.is_unsolicited) =>
            {
                if let Some(id) = self.links.add(packet, key, verb) {
                    self.links.orphan(id);
                }
            }
            None => {}
        }
    }

    /// Whether the request with this number may have been dropped: clients count.
    fn may_be_dropped(&self, trid: u32) -> bool {
        self.open.has_dropped() && trid <= self.highest
    }

    fn link_response(&mut self, packet: &Packet<'_>, request: LineId, (key, verb): (PduKey, Verb)) {
        if let Some(response) = self.links.add(packet, key, verb) {
            self.links.answer(request, response);
        }
    }

    /// Whether the server does not check responses to its challenge.
    fn is_idle_challenge(&self) -> bool {
        let challenge = self.challenge.as_ref();
        challenge.is_some_and(|(_, text)| text == IDLE_CHALLENGE)
    }

    fn answer_challenge(
        &mut self,
        packet: &Packet<'_>,
        (key, id): (PduKey, LineId),
        line: &TrackedLine<'_>,
        dialect: Option<u8>,
    ) {
        let Some((open, text)) = self.challenge.take() else {
            return;
        };
        self.links.answer(open, id);
        let product = line.parameter(Meaning::ProductId).unwrap_or_default();
        if line.is_cut {
            return;
        }
        let verdict = challenge::check(dialect, product, &text, line.payload);
        self.links.judge(packet, key, verdict);
    }
}

/// Whether servers answer such a line of a client.
fn is_answered(line: &TrackedLine<'_>) -> bool {
    line.command.is_some_and(|row| match row.answered {
        Answered::Always => true,
        Answered::If(meaning, words) => line
            .parameter(meaning)
            .is_some_and(|word| words.contains(&word)),
        Answered::Never | Answered::Sometimes => false,
    })
}
