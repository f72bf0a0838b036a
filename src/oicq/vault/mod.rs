//! All keys of a capture: the user's, those in the packets, and those that opened logins
//! hand out; and which of them opened what.
//!
//! In the first pass keys are learnt and every packet is tried with what is known by then. A
//! packet of a login that stays closed waits, and is tried again when a key comes in: so
//! after the first pass nothing more is learnt, and every later pass finds the same keys, in
//! whatever order it looks at the packets.
//!
//! Source: protocol reference, OICQ §6.3, §6.5, §6.6.

mod candidate;
mod shelves;

use std::collections::{HashMap, HashSet, VecDeque};

pub use candidate::{Candidate, Origin};

use super::frame::Direction;
use super::key_role::{Layer, Place, Role};
use super::keyring::Keyring;
use super::keys::Key;
use super::tea;
use crate::context::PduKey;
use crate::span::Span;
use shelves::{Shelf, Shelves};

/// Closed packets that wait.
const WAITING: usize = 64;
/// The longest of them; real ones stay below a thousand bytes.
const LONGEST_WAITING: usize = 4096;
/// Gives away keys inside a session.
const KEY_REQUEST: u16 = 0x001d;

/// A ciphertext, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    /// The PDU.
    pub pdu: PduKey,
    /// Which ciphertext of the PDU: 0 for its own, then the inner ones.
    pub step: u8,
    /// The number of the conversation.
    pub conversation: u32,
    /// The account, if it is known.
    pub uin: Option<u32>,
    /// Whose keys can open it, likeliest first.
    pub roles: &'a [Role],
    /// Command and sequence of the request, if this can be its reply.
    pub request: Option<(u16, u16)>,
    /// The key that the packet carries.
    pub own: Option<Key>,
    /// The published share key for the public key that the packet carries.
    pub share: Option<Key>,
}

/// An opened ciphertext inside a plaintext.
#[derive(Debug, Clone)]
pub struct Inside {
    /// Its bytes in the plaintext around it.
    pub at: Span,
    /// What it is.
    pub layer: Layer,
    /// What opened it.
    pub by: Candidate,
    /// What is in it.
    pub plaintext: Vec<u8>,
}

/// What became of a ciphertext.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Opened(Candidate),
    /// Nothing opened it when there were so many learnt keys.
    Closed(usize),
}

/// A closed ciphertext that may give away keys.
#[derive(Debug)]
struct Waiting {
    pdu: PduKey,
    step: u8,
    place: Place,
    conversation: u32,
    uin: Option<u32>,
    request: Option<(u16, u16)>,
    ciphertext: Vec<u8>,
}

/// Whether the user's keys are of any use in a conversation.
#[derive(Debug, Default)]
struct Use {
    /// The first PDU that none of them opened.
    failed: Option<PduKey>,
    /// One of them opened something.
    opened: bool,
}

/// All keys of a capture.
#[derive(Debug, Default)]
pub struct Vault {
    keyring: Keyring,
    learnt: Shelves,
    fates: HashMap<(PduKey, u8), Fate>,
    /// In the first pass: what opened the last packet of this kind.
    worked: HashMap<(u32, Option<u32>, Role), Candidate>,
    waiting: VecDeque<Waiting>,
    uses: HashMap<(u32, Option<u32>), Use>,
    conversations: u32,
}

impl Vault {
    /// With the user's secrets.
    pub fn new(keyring: Keyring) -> Self {
        Self {
            keyring,
            ..Self::default()
        }
    }

    /// A number for a new conversation, from 1.
    pub fn new_conversation(&mut self) -> u32 {
        self.conversations = self.conversations.saturating_add(1);
        self.conversations
    }

    /// Opens the ciphertext of a frame, and what is inside. In the first pass also learns
    /// the keys that it gives away.
    pub fn open_frame(
        &mut self,
        sought: &Sought<'_>,
        place: &Place,
        first_pass: bool,
        ciphertext: &[u8],
    ) -> Option<(Candidate, Vec<u8>, Vec<Inside>)> {
        let known = self.learnt.count();
        if first_pass {
            self.learn_from_header(sought, place);
        }
        let mut plaintext = Vec::new();
        let by = self.open(sought, first_pass, ciphertext, &mut plaintext);
        if by.is_none() && first_pass {
            self.wait(sought, place, ciphertext);
        }
        let opened = by.map(|by| {
            if first_pass {
                self.learn(sought, place, &plaintext);
            }
            let inside = self.open_inside(sought, place, first_pass, &plaintext);
            (by, plaintext, inside)
        });
        self.try_waiting(known);
        opened
    }

    /// Opens a ciphertext into `plaintext`, and says by which key. Learns nothing.
    pub fn open(
        &mut self,
        sought: &Sought<'_>,
        first_pass: bool,
        ciphertext: &[u8],
        plaintext: &mut Vec<u8>,
    ) -> Option<Candidate> {
        plaintext.clear();
        let name = (sought.pdu, sought.step);
        let fate = self.fates.get(&name).copied();
        match fate {
            Some(Fate::Opened(by)) => {
                return tea::decrypt(&by.key, ciphertext, plaintext).then_some(by);
            }
            Some(Fate::Closed(learnt)) if learnt == self.learnt.count() => return None,
            _ => {}
        }
        let kind = sought.roles.first().copied().unwrap_or(Role::Session);
        let kind = (sought.conversation, sought.uin, kind);
        let mut candidates = Vec::new();
        if first_pass {
            candidates.extend(self.worked.get(&kind).copied());
        }
        // What the user gave has failed already, if anything was tried before.
        self.gather(sought, fate.is_none(), &mut candidates);
        if candidates.is_empty() {
            return None;
        }
        let mut tried = HashSet::with_capacity(candidates.len());
        let found = candidates.iter().copied().find(|candidate| {
            tried.insert(candidate.key) && tea::decrypt(&candidate.key, ciphertext, plaintext)
        });
        let fate = found.map_or(Fate::Closed(self.learnt.count()), Fate::Opened);
        self.fates.insert(name, fate);
        if first_pass {
            // What one packet carries opens no other.
            if let Some(found) = found.filter(|found| found.role != Role::Packet) {
                self.worked.insert(kind, found);
            }
            let telling = candidates.iter().any(|candidate| candidate.telling);
            self.note_use(sought, found, telling);
        }
        found
    }

    fn note_use(&mut self, sought: &Sought<'_>, found: Option<Candidate>, telling: bool) {
        let key = (sought.conversation, sought.uin);
        match found {
            Some(found) if found.origin.is_user() => {
                self.uses.entry(key).or_default().opened = true;
            }
            None if telling => {
                let used = self.uses.entry(key).or_default();
                used.failed.get_or_insert(sought.pdu);
            }
            _ => {}
        }
    }

    /// Whether this is the PDU at which to say that the user's keys open nothing in its
    /// conversation.
    pub fn complains(&self, sought: &Sought<'_>) -> bool {
        let used = self.uses.get(&(sought.conversation, sought.uin));
        used.is_some_and(|used| !used.opened && used.failed == Some(sought.pdu))
    }

    /// All keys that can open what is sought, likeliest first.
    fn gather(&self, sought: &Sought<'_>, with_users: bool, candidates: &mut Vec<Candidate>) {
        let (pdu, conversation) = (sought.pdu, sought.conversation);
        for role in sought.roles.iter().copied() {
            let own = match role {
                Role::Packet => sought.own.map(|key| (key, Origin::Packet)),
                Role::Share => sought.share.map(|key| (key, Origin::Published)),
                _ => None,
            };
            candidates.extend(own.map(|(key, origin)| Candidate::new(key, role, origin)));
            if let (Role::Packet, Some((command, sequence))) = (role, sought.request) {
                let shelf = Shelf::Replies(conversation, command, sequence);
                candidates.extend(self.learnt.nearest(shelf, pdu));
            }
            let shelf = Shelf::Conversation(conversation, role);
            candidates.extend(self.learnt.nearest(shelf, pdu));
            if let Some(uin) = sought.uin {
                candidates.extend(self.learnt.nearest(Shelf::Account(uin, role), pdu));
            }
        }
        if with_users && !self.keyring.is_empty() {
            for role in sought.roles.iter().copied() {
                for entry in self.keyring.of(sought.uin) {
                    candidates.extend(candidate::of_secret(entry, role, sought.uin));
                }
            }
        }
    }

    /// Keeps the keys that stand in clear.
    fn learn_from_header(&mut self, sought: &Sought<'_>, place: &Place) {
        if let (Some(key), Some((command, sequence))) = (sought.own, sought.request) {
            let (role, origin) = (Role::Packet, Origin::Request);
            let shelf = Shelf::Replies(sought.conversation, command, sequence);
            self.learnt
                .put(shelf, sought.pdu, Candidate::new(key, role, origin));
        }
        if let (Some(key), Direction::ToServer) = (sought.share, place.direction) {
            let (role, origin) = (Role::Share, Origin::Published);
            self.keep(sought, Candidate::new(key, role, origin));
        }
    }

    /// Keeps the keys that an opened plaintext holds.
    fn learn(&mut self, sought: &Sought<'_>, place: &Place, plaintext: &[u8]) {
        for found in place.learn(plaintext) {
            let origin = match (found.role, place.direction) {
                // The request names a public key, of which the share key is published.
                (Role::Share, Direction::ToServer) => Origin::Published,
                _ => Origin::Login,
            };
            let (role, key) = (found.role, found.key);
            self.keep(sought, Candidate::new(key, role, origin));
            if let (Role::Session, Some(uin)) = (role, sought.uin) {
                let (role, key) = (Role::Peer, key.of_messages(uin));
                self.keep(sought, Candidate::new(key, role, origin));
            }
        }
    }

    fn keep(&mut self, sought: &Sought<'_>, candidate: Candidate) {
        let shelf = Shelf::Conversation(sought.conversation, candidate.role);
        self.learnt.put(shelf, sought.pdu, candidate);
        if let Some(uin) = sought.uin {
            let shelf = Shelf::Account(uin, candidate.role);
            self.learnt.put(shelf, sought.pdu, candidate);
        }
    }

    /// Opens the ciphertexts inside a plaintext, one after the other.
    fn open_inside(
        &mut self,
        sought: &Sought<'_>,
        place: &Place,
        first_pass: bool,
        plaintext: &[u8],
    ) -> Vec<Inside> {
        let mut opened = Vec::new();
        for (step, inner) in (1..).zip(place.inner(plaintext)) {
            let layer = inner.layer;
            let place = Place { layer, ..*place };
            let sought = Sought {
                step,
                roles: place.roles(),
                request: None,
                own: None,
                share: None,
                ..*sought
            };
            let ciphertext = inner.span.of(plaintext);
            let mut plaintext = Vec::new();
            let Some(by) = self.open(&sought, first_pass, ciphertext, &mut plaintext) else {
                if first_pass {
                    self.wait(&sought, &place, ciphertext);
                }
                continue;
            };
            if first_pass {
                self.learn(&sought, &place, &plaintext);
            }
            opened.push(Inside {
                at: inner.span,
                layer,
                by,
                plaintext,
            });
        }
        opened
    }

    /// Keeps a closed ciphertext that may give away keys, to try it again with keys that
    /// come later.
    fn wait(&mut self, sought: &Sought<'_>, place: &Place, ciphertext: &[u8]) {
        let gives_keys = !sought.roles.contains(&Role::Session) || place.command == KEY_REQUEST;
        if !gives_keys || ciphertext.len() > LONGEST_WAITING {
            return;
        }
        if self.waiting.len() >= WAITING {
            self.waiting.pop_front();
        }
        self.waiting.push_back(Waiting {
            pdu: sought.pdu,
            step: sought.step,
            place: *place,
            conversation: sought.conversation,
            uin: sought.uin,
            request: sought.request,
            ciphertext: ciphertext.to_vec(),
        });
    }

    /// Tries again what waits, as long as that brings new keys.
    fn try_waiting(&mut self, mut known: usize) {
        while known < self.learnt.count() && !self.waiting.is_empty() {
            known = self.learnt.count();
            for waiting in core::mem::take(&mut self.waiting) {
                if !self.opens_now(&waiting) {
                    self.waiting.push_back(waiting);
                }
            }
        }
    }

    fn opens_now(&mut self, waiting: &Waiting) -> bool {
        let sought = Sought {
            pdu: waiting.pdu,
            step: waiting.step,
            conversation: waiting.conversation,
            uin: waiting.uin,
            roles: waiting.place.roles(),
            request: waiting.request,
            own: None,
            share: None,
        };
        let mut plaintext = Vec::new();
        let by = self.open(&sought, true, &waiting.ciphertext, &mut plaintext);
        if by.is_some() {
            self.learn(&sought, &waiting.place, &plaintext);
            self.open_inside(&sought, &waiting.place, true, &plaintext);
        }
        by.is_some()
    }
}
