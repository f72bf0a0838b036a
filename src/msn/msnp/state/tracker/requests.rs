//! Requests and their responses.
//!
//! Source: docs/protocol/msnp.md §2.2 (transaction ids), §7.4 (replies), §11.

use std::collections::{HashMap, VecDeque};

use crate::first_pass::PduMap;
use crate::msn::msnp::state::tracker::line::TrackedLine;
use crate::msn::msnp::wire::challenge;
use crate::msn::msnp::wire::challenge::ChallengeVerdict;
use crate::msn::msnp::wire::command::{Answered, MsnpCommand, Verb};
use crate::msn::msnp::wire::parameter::Meaning;
use crate::packet::{Packet, PduKey};

/// Maximum unanswered pings kept per connection. Older ones are dropped, and are not
/// reported as unanswered.
const MAX_PINGS: usize = 64;

/// The constant challenge of servers that neither check nor answer the QRY (§9.2).
const IDLE_CHALLENGE: &[u8] = b"1663122458434562624782678054";

/// A request that can be answered.
#[derive(Debug, Clone, Copy)]
struct OpenRequest {
    key: PduKey,
    verb: Verb,
    command: Option<&'static MsnpCommand>,
    time: i64,
    answered: bool,
}

impl OpenRequest {
    fn of(packet: &Packet<'_>, key: PduKey, verb: Verb, line: &TrackedLine<'_>) -> Self {
        Self {
            key,
            verb,
            command: line.command,
            time: packet.time,
            answered: false,
        }
    }

    /// Whether a line with this command answers it.
    fn is_answered_by(&self, verb: Verb) -> bool {
        self.command
            .map_or(self.verb == verb, |row| row.is_answered_by(verb))
    }
}

/// Relations of a line to other lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineLinks {
    /// The frame of the first response.
    pub response_in: Option<u32>,
    /// The request to which this line responds.
    pub response_to: Option<RequestLink>,
    /// Whether servers answer such a line.
    pub awaits_response: bool,
    /// The frame of an open request with the same transaction id and command.
    pub duplicate_of: Option<u32>,
    /// A response without request, in a capture that has the beginning of the connection.
    pub is_orphan: bool,
    /// Result of checking the response to a challenge.
    pub challenge: Option<ChallengeVerdict>,
}

/// The request of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestLink {
    /// Its PDU.
    pub key: PduKey,
    /// Its command.
    pub verb: Verb,
    /// Nanoseconds from the request to the response.
    pub delay: i64,
}

/// Requests and responses of one connection.
#[derive(Debug, Default)]
pub struct Requests {
    open: HashMap<u32, OpenRequest>,
    pings: VecDeque<OpenRequest>,
    challenge: Option<(OpenRequest, Vec<u8>)>,
    /// The SYN whose responses may lack a transaction id.
    synchronising: Option<OpenRequest>,
    links: PduMap<LineLinks>,
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
    pub fn link(&self, key: PduKey) -> Option<&LineLinks> {
        self.links.get(key)
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
        let open = OpenRequest::of(packet, key, verb, line);
        let mut is_answered = is_answered(line);
        let Some(trid) = line.trid else {
            if is_answered && line.command.is_some_and(MsnpCommand::is_never_numbered) {
                self.ping(packet, open);
            }
            return;
        };
        match &verb {
            b"QRY" => {
                is_answered &= !self.is_idle_challenge();
                self.answer_challenge(packet, key, line, dialect);
            }
            b"SYN" => self.synchronising = Some(open),
            _ => {}
        }
        let earlier = self.open.insert(trid, open);
        let twin = earlier.filter(|earlier| !earlier.answered && earlier.verb == verb);
        if let (Some(twin), Some(link)) = (twin, self.links.entry(packet, key)) {
            link.duplicate_of = Some(twin.key.frame);
        }
        if is_answered {
            self.expect_answer(packet, key);
        }
    }

    fn ping(&mut self, packet: &Packet<'_>, ping: OpenRequest) {
        if self.pings.len() == MAX_PINGS {
            let oldest = self.pings.pop_front();
            let link = oldest.and_then(|oldest| self.links.entry(packet, oldest.key));
            if let Some(link) = link {
                link.awaits_response = false;
            }
        }
        self.pings.push_back(ping);
        self.expect_answer(packet, ping.key);
    }

    fn expect_answer(&mut self, packet: &Packet<'_>, key: PduKey) {
        if let Some(link) = self.links.entry(packet, key) {
            link.awaits_response = true;
        }
    }

    fn answer(&mut self, packet: &Packet<'_>, key: PduKey, line: &TrackedLine<'_>) {
        match (line.verb(), line.trid) {
            (Some(verb @ b"CHL"), Some(0)) => {
                let text = line.parameter(Meaning::Challenge).unwrap_or_default();
                self.challenge = Some((OpenRequest::of(packet, key, *verb, line), text.to_vec()));
            }
            (_, Some(trid)) => self.answer_numbered(packet, key, line, trid),
            (Some(verb), None) => self.answer_unnumbered(packet, key, *verb),
            (None, None) => {}
        }
    }

    /// Matches a response without transaction id with the latest ping, so that a lost
    /// response does not affect later pings, or else with the latest SYN.
    fn answer_unnumbered(&mut self, packet: &Packet<'_>, key: PduKey, verb: Verb) {
        let is_answered = |open: &OpenRequest| open.is_answered_by(verb);
        if self.pings.back().is_some_and(is_answered) {
            let ping = self.pings.pop_back();
            ping.into_iter()
                .for_each(|ping| self.link_response(packet, ping, key));
        } else if let Some(open) = self.synchronising.filter(is_answered) {
            self.link_response(packet, open, key);
        }
    }

    fn answer_numbered(
        &mut self,
        packet: &Packet<'_>,
        key: PduKey,
        line: &TrackedLine<'_>,
        trid: u32,
    ) {
        let open = self.open.get_mut(&trid);
        let fits = open.filter(|open| line.verb().is_none_or(|verb| open.is_answered_by(*verb)));
        match fits {
            Some(open) => {
                open.answered = true;
                let open = *open;
                self.link_response(packet, open, key);
            }
            // Some servers send lists and presence with numbers that are not those of a
            // request (§11, items 8 and 23).
            None if trid != 0
                && self.has_start
                && !line.command.is_some_and(|row| row.is_unsolicited) =>
            {
                if let Some(link) = self.links.entry(packet, key) {
                    link.is_orphan = true;
                }
            }
            None => {}
        }
    }

    fn link_response(&mut self, packet: &Packet<'_>, request: OpenRequest, answer: PduKey) {
        if let Some(link) = self.links.entry(packet, request.key) {
            link.response_in.get_or_insert(answer.frame);
        }
        if let Some(link) = self.links.entry(packet, answer) {
            link.response_to = Some(RequestLink {
                key: request.key,
                verb: request.verb,
                delay: packet.time.saturating_sub(request.time),
            });
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
        key: PduKey,
        line: &TrackedLine<'_>,
        dialect: Option<u8>,
    ) {
        let Some((open, text)) = self.challenge.take() else {
            return;
        };
        self.link_response(packet, open, key);
        let product = line.parameter(Meaning::ProductId).unwrap_or_default();
        if line.is_cut {
            return;
        }
        let verdict = challenge::check(dialect, product, &text, line.payload);
        if let Some(link) = self.links.entry(packet, key) {
            link.challenge = Some(verdict);
        }
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
