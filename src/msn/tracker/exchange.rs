//! Which line answers which.
//!
//! Source: protocol reference, MSNP §2.2 (transaction ids), §7.4 (replies), §11.

use std::collections::{HashMap, VecDeque};

use super::Line;
use crate::context::{Ledger, Packet, PduKey};
use crate::msn::challenge::{self, Verdict};

/// Pings that wait for an answer; more are not remembered.
const MAX_PINGS: usize = 64;

/// A line that waits for an answer.
#[derive(Debug, Clone, Copy)]
struct Open {
    key: PduKey,
    verb: [u8; 3],
    time: i64,
    answered: bool,
}

/// What is known of one line's place among the others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Link {
    /// The frame of the first answer.
    pub response_in: Option<u32>,
    /// What this line answers.
    pub response_to: Option<Request>,
    /// Servers answer such a line.
    pub awaits_response: bool,
    /// The frame of an open request with the same transaction id and command.
    pub duplicate_of: Option<u32>,
    /// An answer to nothing that the capture has, though it has the connection's beginning.
    pub is_orphan: bool,
    /// Whether the answer to a challenge is the right one.
    pub challenge: Option<Verdict>,
}

/// The line that another one answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Its frame.
    pub frame: u32,
    /// Its command.
    pub verb: [u8; 3],
    /// Nanoseconds from it to the answer.
    pub delay: i64,
}

/// Requests and answers of one connection.
#[derive(Debug, Default)]
pub struct Exchanges {
    open: HashMap<u32, Open>,
    pings: VecDeque<Open>,
    challenge: Option<(Open, Vec<u8>)>,
    /// The SYN whose lines may follow without a transaction id.
    synchronising: Option<Open>,
    links: Ledger<Link>,
    last_from_server: Option<PduKey>,
    has_start: bool,
}

impl Exchanges {
    pub(super) fn learn(
        &mut self,
        packet: &Packet<'_>,
        key: PduKey,
        line: &Line<'_>,
        from_client: Option<bool>,
    ) {
        match from_client {
            Some(true) => self.request(packet, key, line),
            Some(false) => {
                self.last_from_server = Some(key);
                self.answer(packet, key, line);
            }
            None => {}
        }
    }

    /// The place of the line `key` among the others.
    pub fn link(&self, key: PduKey) -> Option<&Link> {
        self.links.get(key)
    }

    /// Whether the server has gone on without answering this line. Known in later passes.
    pub fn is_unanswered(&self, packet: &Packet<'_>, key: PduKey, link: &Link) -> bool {
        !packet.first_pass
            && link.awaits_response
            && link.response_in.is_none()
            && self.last_from_server > Some(key)
    }

    fn request(&mut self, packet: &Packet<'_>, key: PduKey, line: &Line<'_>) {
        let Some(verb) = line.verb() else {
            return;
        };
        self.has_start = self.has_start || line.begins_connection();
        let open = Open {
            key,
            verb: *verb,
            time: packet.time,
            answered: false,
        };
        match (verb, line.trid) {
            (b"PNG", _) => {
                if self.pings.len() < MAX_PINGS {
                    self.pings.push_back(open);
                }
                self.expect_answer(packet, key);
            }
            (_, Some(trid)) => {
                if verb == b"QRY" {
                    self.answer_challenge(packet, key, line);
                }
                if verb == b"SYN" {
                    self.synchronising = Some(open);
                }
                let earlier = self.open.insert(trid, open);
                let twin = earlier.filter(|earlier| !earlier.answered && earlier.verb == *verb);
                if let (Some(twin), Some(link)) = (twin, self.links.learn(packet, key)) {
                    link.duplicate_of = Some(twin.key.frame);
                }
                if is_answered(verb, line) {
                    self.expect_answer(packet, key);
                }
            }
            _ => {}
        }
    }

    fn expect_answer(&mut self, packet: &Packet<'_>, key: PduKey) {
        if let Some(link) = self.links.learn(packet, key) {
            link.awaits_response = true;
        }
    }

    fn answer(&mut self, packet: &Packet<'_>, key: PduKey, line: &Line<'_>) {
        match (line.verb(), line.trid) {
            (Some(b"QNG"), _) => {
                if let Some(ping) = self.pings.pop_front() {
                    self.tie(packet, ping, key);
                }
            }
            (Some(b"CHL"), Some(0)) => {
                let open = Open {
                    key,
                    verb: *b"CHL",
                    time: packet.time,
                    answered: false,
                };
                let text = line.first_word();
                self.challenge = Some((open, text.to_vec()));
            }
            (_, Some(trid)) => self.answer_numbered(packet, key, line, trid),
            (Some(b"GTC" | b"BLP" | b"PRP" | b"LSG" | b"LST" | b"BPR"), None) => {
                if let Some(open) = self.synchronising {
                    self.tie(packet, open, key);
                }
            }
            _ => {}
        }
    }

    fn answer_numbered(&mut self, packet: &Packet<'_>, key: PduKey, line: &Line<'_>, trid: u32) {
        let open = self.open.get_mut(&trid);
        let fits = open.filter(|open| line.verb().is_none_or(|verb| answers(verb, &open.verb)));
        match fits {
            Some(open) => {
                open.answered = true;
                let open = *open;
                self.tie(packet, open, key);
            }
            None if trid != 0 && self.has_start && needs_request(line) => {
                if let Some(link) = self.links.learn(packet, key) {
                    link.is_orphan = true;
                }
            }
            None => {}
        }
    }

    fn tie(&mut self, packet: &Packet<'_>, request: Open, answer: PduKey) {
        if let Some(link) = self.links.learn(packet, request.key) {
            link.response_in.get_or_insert(answer.frame);
        }
        if let Some(link) = self.links.learn(packet, answer) {
            link.response_to = Some(Request {
                frame: request.key.frame,
                verb: request.verb,
                delay: packet.time.saturating_sub(request.time),
            });
        }
    }

    fn answer_challenge(&mut self, packet: &Packet<'_>, key: PduKey, line: &Line<'_>) {
        let Some((open, text)) = self.challenge.take() else {
            return;
        };
        self.tie(packet, open, key);
        let product = line.first_word();
        let verdict = challenge::check(product, &text, line.payload);
        if let Some(link) = self.links.learn(packet, key) {
            link.challenge = Some(verdict);
        }
    }
}

/// Whether a line with this command answers a request with that one.
fn answers(verb: &[u8; 3], request: &[u8; 3]) -> bool {
    verb == request
        || matches!(
            (verb, request),
            (b"ACK" | b"NAK", b"MSG")
                | (b"IRO", b"ANS")
                | (b"ILN" | b"NLN", b"CHG" | b"ADD" | b"ADC" | b"ADL")
                | (b"LST" | b"LSG" | b"GTC" | b"BLP" | b"PRP" | b"BPR", b"SYN")
                | (b"XFR", b"USR" | b"VER" | b"CVR")
                | (b"CVR", b"CVQ")
                | (b"NFY", b"PUT" | b"DEL")
        )
}

/// Whether servers answer such a line of a client.
fn is_answered(verb: &[u8; 3], line: &Line<'_>) -> bool {
    match verb {
        b"MSG" => matches!(line.first_word(), b"A" | b"D"),
        b"VER" | b"INF" | b"CVR" | b"CVQ" | b"USR" | b"XFR" | b"SYN" | b"CHG" | b"ADD" | b"ADC"
        | b"REM" | b"REA" | b"ADG" | b"RMG" | b"REG" | b"ADL" | b"RML" | b"UUX" | b"FQY"
        | b"CAL" | b"ANS" | b"GCF" | b"QRY" | b"SBP" | b"PRP" | b"URL" | b"PUT" | b"DEL"
        | b"BLP" | b"GTC" | b"UUN" | b"IMS" | b"SND" | b"SDC" => true,
        _ => false,
    }
}

/// Whether such a line of a server always answers a request: lists and presence come with
/// numbers of their own from some servers (§11, items 8 and 23).
fn needs_request(line: &Line<'_>) -> bool {
    !matches!(
        line.verb(),
        Some(
            b"ILN" | b"IRO" | b"PRP" | b"BPR" | b"GTC" | b"BLP" | b"LST" | b"LSG" | b"NLN" | b"CHL"
        )
    )
}
