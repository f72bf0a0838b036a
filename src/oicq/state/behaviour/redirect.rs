//! Logins redirected from one server to another.
//!
//! A server can reply to the first packet of a login with another server. The client then
//! repeats the command there, with a new sequence. Servers and ports differ, so the two
//! are matched by the client's address, its QQ number and the command. Source:
//! docs/protocol/oicq.md §5.1 (redirect).

#[cfg(test)]
mod tests;

use crate::hash_map::HashMap;
use core::hash::Hash;

use crate::oicq::state::behaviour::FrameEvent;
use crate::oicq::wire::commands::meaning::can_redirect;
use crate::oicq::wire::direction::Direction;
use crate::packet::PduKey;

/// Maximum time from a reply to the redirected request, in nanoseconds.
const FOLLOWED_WITHIN: u64 = 60_000_000_000;
/// Number of requests kept from which on those are dropped that have not been replied to for
/// [`DROPPED_AFTER`].
const MANY: usize = 1024;
/// In nanoseconds.
const DROPPED_AFTER: u64 = 10 * FOLLOWED_WITHIN;

/// Redirects of one frame. Frames are given by their number in the capture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Redirect {
    /// Of a request to another server: the reply with the redirect.
    pub from: Option<u32>,
    /// Of the reply of the first server: the request to the next one.
    pub to: Option<u32>,
}

/// The last request of a client, and its reply.
#[derive(Debug, Clone, Copy)]
struct ServerTry<A> {
    server: A,
    sequence: u16,
    time: u64,
    reply: Option<(PduKey, u64)>,
}

/// Key to find a reply by: client, server, command and sequence.
type ReplyKey<A> = (A, A, u16, u16);

/// The redirects of a capture. `A` is an address.
#[derive(Debug)]
pub struct Redirects<A> {
    found: HashMap<PduKey, Redirect>,
    requests: HashMap<(A, u32, u16), ServerTry<A>>,
    /// The account of each request in `requests`; of accounts with the same one, the last.
    accounts: HashMap<ReplyKey<A>, u32>,
    /// Number of requests at which old ones are dropped next.
    many: usize,
}

impl<A> Default for Redirects<A> {
    fn default() -> Self {
        Self {
            found: HashMap::default(),
            requests: HashMap::default(),
            accounts: HashMap::default(),
            many: MANY,
        }
    }
}

impl<A: Copy + Eq + Hash> Redirects<A> {
    /// Processes the next frame of the capture. `account` is the QQ number in it.
    pub fn observe(&mut self, event: &FrameEvent, client: A, server: A, account: Option<u32>) {
        if !can_redirect(event.command) {
            return;
        }
        match event.direction {
            Direction::ToServer => {
                let account = account.unwrap_or_default();
                self.drop_old(event.time);
                self.follow(event, client, server, account);
                let key = (client, server, event.command, event.sequence);
                self.accounts.insert(key, account);
            }
            Direction::ToClient => self.reply(event, client, server),
            Direction::Unknown => {}
        }
    }

    fn follow(&mut self, event: &FrameEvent, client: A, server: A, account: u32) {
        let key = (client, account, event.command);
        let now = ServerTry {
            server,
            sequence: event.sequence,
            time: event.time,
            reply: None,
        };
        let Some(before) = self.requests.get_mut(&key) else {
            self.requests.insert(key, now);
            return;
        };
        if before.server == server && before.sequence == event.sequence {
            return;
        }
        let before = core::mem::replace(before, now);
        let old = (client, before.server, event.command, before.sequence);
        if self.accounts.get(&old) == Some(&account) {
            self.accounts.remove(&old);
        }
        let reply = before.reply.filter(|(_, time)| {
            before.server != server && event.time.saturating_sub(*time) <= FOLLOWED_WITHIN
        });
        if let Some((reply, _)) = reply {
            self.found.entry(reply).or_default().to = Some(event.key.frame);
            self.found.entry(event.key).or_default().from = Some(reply.frame);
        }
    }

    /// Drops requests whose replies would be too late, when there are many.
    fn drop_old(&mut self, now: u64) {
        if self.requests.len() < self.many {
            return;
        }
        let is_old = |request: &ServerTry<A>| now.saturating_sub(request.time) > DROPPED_AFTER;
        self.requests.retain(|_, request| !is_old(request));
        let requests = &self.requests;
        self.accounts.retain(|(client, _, command, _), account| {
            requests.contains_key(&(*client, *account, *command))
        });
        self.many = MANY.max(2 * self.requests.len());
    }

    /// The request to which a server's frame is the reply.
    fn request(&mut self, event: &FrameEvent, client: A, server: A) -> Option<&mut ServerTry<A>> {
        let key = (client, server, event.command, event.sequence);
        let account = *self.accounts.get(&key)?;
        self.requests.get_mut(&(client, account, event.command))
    }

    fn reply(&mut self, event: &FrameEvent, client: A, server: A) {
        if let Some(request) = self.request(event, client, server) {
            request.reply.get_or_insert((event.key, event.time));
        }
    }

    /// Records that the decrypted reply contains no redirect. Call it after
    /// [`Redirects::observe`].
    pub fn no_redirect(&mut self, event: &FrameEvent, client: A, server: A) {
        if let Some(request) = self.request(event, client, server) {
            request.reply = None;
        }
    }

    /// The redirects of a frame known so far.
    pub fn redirect(&self, key: PduKey) -> Redirect {
        self.found.get(&key).copied().unwrap_or_default()
    }
}
