//! Matches responses to requests, and keeps the nonces of each call.
//!
//! Source: docs/protocol/msnp.md §5.9 (Call-ID, CSeq, branch) and §5.10 (nonces).

#[cfg(test)]
mod tests;

use crate::hash_map::HashMap;

use crate::msn::common::guid::Guid;
use crate::msn::common::number::decimal;
use crate::msn::slp::wire::message::{SlpMessage, SlpStart};
use crate::msn::state::flow::Flow;
use crate::packet::Packet;

/// Length to which Call-IDs and branches are truncated, in bytes: a GUID has 38.
const MAX_ID: usize = 64;
/// Maximum open requests, and maximum nonces, kept per call.
const MAX_OPEN: usize = 32;

/// Facts about one message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SlpFacts {
    /// The frame of the response to this request.
    pub response_in: Option<u32>,
    /// Frame and time of the request that this message responds to.
    pub response_to: Option<(u32, i64)>,
    /// The frame of the first INVITE of the call.
    pub invite: Option<u32>,
    /// The first frame of the direct connection announced by the message.
    pub connection: Option<u32>,
    /// The message is not inside a P2P packet; then it need not end with a NUL.
    pub is_outside_p2p: bool,
}

/// A nonce sent in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NonceOrigin {
    /// The nonce, or its hash.
    pub nonce: Guid,
    /// Whether it is the hash.
    pub hashed: bool,
    /// The frame of the message.
    pub frame: u32,
}

/// One call: all messages with the same Call-ID.
#[derive(Debug)]
struct Call<K> {
    invite: Option<u32>,
    open: Vec<Request<K>>,
    nonces: Vec<NonceOrigin>,
}

/// A request without a response yet.
#[derive(Debug)]
struct Request<K> {
    flow: Flow,
    key: K,
    frame: u32,
    time: i64,
    sequence: Option<u32>,
    branch: Vec<u8>,
}

/// All calls of a capture. `K` is the key of a message.
#[derive(Debug)]
pub struct Calls<K> {
    calls: Vec<Call<K>>,
    by_id: HashMap<Vec<u8>, usize>,
}

/// The result of [`Calls::learn`].
#[derive(Debug)]
pub struct CallUpdate<K> {
    /// Facts about the message.
    pub facts: SlpFacts,
    /// The request that it responds to.
    pub answers: Option<K>,
    /// Its call.
    pub call: Option<usize>,
}

impl<K> Default for Calls<K> {
    fn default() -> Self {
        Self {
            calls: Vec::new(),
            by_id: HashMap::default(),
        }
    }
}

impl<K> Default for Call<K> {
    fn default() -> Self {
        Self {
            invite: None,
            open: Vec::new(),
            nonces: Vec::new(),
        }
    }
}

impl<K> Calls<K> {
    /// Records a message. To be called in the first pass only.
    pub fn learn(
        &mut self,
        packet: &Packet<'_>,
        key: K,
        message: &SlpMessage,
        data: &[u8],
    ) -> CallUpdate<K> {
        let mut learnt = CallUpdate {
            facts: SlpFacts::default(),
            answers: None,
            call: None,
        };
        let Some(id) = message.header(data, "Call-ID") else {
            return learnt;
        };
        let id: Vec<u8> = id.value.of(data).iter().copied().take(MAX_ID).collect();
        let at = *self.by_id.entry(id).or_insert(self.calls.len());
        if at == self.calls.len() {
            self.calls.push(Call::default());
        }
        let Some(call) = self.calls.get_mut(at) else {
            return learnt;
        };
        learnt.call = Some(at);
        learnt.facts.invite = call.invite;
        let flow = Flow::of(packet);
        let sequence = message.header(data, "CSeq");
        let sequence = sequence.and_then(|pair| decimal(pair.value.of(data)));
        let branch = branch(message, data);
        match message.start {
            SlpStart::Request { method, .. } => {
                let method = method.of(data);
                // BYE and ACK have no response.
                if method.eq_ignore_ascii_case(b"INVITE") {
                    call.invite.get_or_insert(packet.frame);
                    if call.open.len() >= MAX_OPEN {
                        call.open.remove(0);
                    }
                    call.open.push(Request {
                        flow,
                        key,
                        frame: packet.frame,
                        time: packet.time,
                        sequence,
                        branch,
                    });
                }
            }
            SlpStart::Response { .. } => {
                if let Some(request) = call.answered(flow, sequence, &branch) {
                    learnt.facts.response_to = Some((request.frame, request.time));
                    learnt.answers = Some(request.key);
                }
            }
        }
        learnt
    }

    /// Records a nonce sent in a message of the call.
    pub fn record_nonce(&mut self, call: usize, nonce: NonceOrigin) {
        if let Some(call) = self.calls.get_mut(call) {
            if call.nonces.len() < MAX_OPEN {
                call.nonces.push(nonce);
            }
        }
    }

    /// The frame of the last message of the call with this nonce or its hash. Returns
    /// `Err` if the call has only other nonces, `None` if it has none.
    pub fn check(&self, call: usize, nonce: Guid) -> Option<Result<u32, ()>> {
        let nonces = &self.calls.get(call)?.nonces;
        let hash = nonce.hashed();
        let matches = |sent: &&NonceOrigin| sent.nonce == if sent.hashed { hash } else { nonce };
        match nonces.iter().rev().find(matches) {
            Some(sent) => Some(Ok(sent.frame)),
            None if nonces.is_empty() => None,
            None => Some(Err(())),
        }
    }
}

impl<K> Call<K> {
    /// Removes the request that a response belongs to. Prefers, in this order, requests
    /// on the same connection, with the same branch, and with the preceding CSeq; then
    /// the latest one.
    fn answered(&mut self, flow: Flow, sequence: Option<u32>, branch: &[u8]) -> Option<Request<K>> {
        let score = |request: &Request<K>| {
            let back = request.flow == flow.reversed();
            let same_branch = !branch.is_empty() && request.branch == branch;
            let next = sequence.zip(request.sequence);
            let next = next.is_some_and(|(now, then)| then.checked_add(1) == Some(now));
            (back, same_branch, next)
        };
        let other_side = |request: &&Request<K>| request.flow != flow;
        let best = self.open.iter().filter(other_side).map(score).max()?;
        let at = self
            .open
            .iter()
            .rposition(|request| request.flow != flow && score(request) == best)?;
        Some(self.open.remove(at))
    }
}

/// The branch in Via.
pub fn branch(message: &SlpMessage, data: &[u8]) -> Vec<u8> {
    let via = message.header(data, "Via");
    let via = via.map_or(&b""[..], |pair| pair.value.of(data));
    let at = memchr::memmem::find(via, b"branch=").map(|at| at + 7);
    let branch = at.and_then(|at| via.get(at..)).unwrap_or_default();
    let branch = branch.split(|byte| *byte == b';').next();
    branch
        .unwrap_or_default()
        .iter()
        .copied()
        .take(MAX_ID)
        .collect()
}
