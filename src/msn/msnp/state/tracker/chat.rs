//! Conversations: one for all switchboard connections of the people in it.
//!
//! Source: docs/protocol/msnp.md §2.6 (CAL, RNG, ANS, IRO, JOI), §7.4.

use std::collections::HashMap;

use crate::msn::common::account::is_account;
use crate::msn::msnp::state::tracker::line::{bare, TrackedLine, MAX_ACCOUNT};
use crate::msn::msnp::wire::parameter::Meaning;
use crate::packet::PduKey;

/// More people are not listed.
const MAX_PARTICIPANTS: usize = 64;

/// Calls of one person that wait for their conversation's name; older ones are forgotten.
const MAX_CALLS: usize = 8;

/// A place in [`Chats`]. Two places can turn out to be one conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChatId(usize);

#[derive(Debug, Default)]
struct Chat {
    participants: Vec<Vec<u8>>,
    /// Its session id is known.
    is_named: bool,
    /// Who has called somebody to it before it had a name.
    caller: Option<Vec<u8>>,
    /// The conversation that this one turned out to be, and the PDU that told.
    same_as: Option<(usize, PduKey)>,
}

/// Who is called, and to which conversation.
type Call = (Vec<u8>, ChatId);

/// All conversations of a capture.
#[derive(Debug, Default)]
pub struct Chats {
    list: Vec<Chat>,
    by_session: HashMap<Vec<u8>, ChatId>,
    /// Calls to conversations without a name, by their callers, the oldest first.
    calls: HashMap<Vec<u8>, Vec<Call>>,
}

impl Chats {
    pub(crate) fn start(&mut self) -> ChatId {
        self.list.push(Chat::default());
        ChatId(self.list.len() - 1)
    }

    /// The conversation that servers call `session`.
    pub(crate) fn of_session(&mut self, session: &[u8]) -> ChatId {
        match self.by_session.get(session) {
            Some(id) => *id,
            None => {
                let id = self.start();
                self.set_name(id, session);
                id
            }
        }
    }

    /// The conversation that servers call `session`, if it is known.
    pub fn named(&self, session: &[u8]) -> Option<ChatId> {
        self.by_session.get(session).copied()
    }

    /// The conversation `session` to which `callee` is invited by `caller`: if it is not known,
    /// the one to which the caller has called, whose own line with the name comes later.
    pub(crate) fn invited(
        &mut self,
        session: &[u8],
        caller: &[u8],
        callee: Option<&[u8]>,
    ) -> ChatId {
        if !self.by_session.contains_key(session) {
            let waiting = self.calls.get_mut(&caller.to_ascii_lowercase());
            if let Some(id) = waiting.and_then(|waiting| taken(waiting, callee)) {
                self.set_name(id, session);
            }
        }
        self.of_session(session)
    }

    /// The first participant calls somebody.
    fn calls(&mut self, id: ChatId, callee: &[u8]) {
        let chat = self.list.get_mut(id.0).filter(|chat| !chat.is_named);
        let Some(chat) = chat.filter(|_| callee.len() <= MAX_ACCOUNT) else {
            return;
        };
        let Some(caller) = chat.participants.first() else {
            return;
        };
        let caller = caller.to_ascii_lowercase();
        let waiting = self.calls.entry(caller.clone()).or_default();
        // Nobody says that a call has failed for good.
        if waiting.len() >= MAX_CALLS {
            waiting.remove(0);
        }
        waiting.push((callee.to_ascii_lowercase(), id));
        chat.caller = Some(caller);
    }

    fn set_name(&mut self, id: ChatId, session: &[u8]) {
        if let Some(chat) = self.list.get_mut(id.0) {
            chat.is_named = true;
            self.by_session.insert(session.to_vec(), id);
        }
    }

    /// Servers call the conversation `session`, as the PDU `key` tells. If there is another
    /// one that has this name, they are the same from this PDU on; of earlier ones the number
    /// may have been shown.
    fn name(&mut self, id: ChatId, session: &[u8], key: PduKey) {
        let Some(chat) = self.list.get(id.0) else {
            return;
        };
        if chat.is_named || chat.same_as.is_some() {
            return;
        }
        let callers = chat.participants.clone();
        match self.by_session.get(session).copied() {
            None => self.set_name(id, session),
            Some(named) => {
                if let Some(chat) = self.list.get_mut(id.0) {
                    chat.same_as = Some((named.0, key));
                }
                for account in &callers {
                    self.join(named, account);
                }
            }
        }
        let caller = self.list.get_mut(id.0).and_then(|chat| chat.caller.take());
        if let Some(waiting) = caller.and_then(|caller| self.calls.get_mut(&caller)) {
            waiting.retain(|(_, waiting)| *waiting != id);
        }
    }

    /// The place of the conversation that `id` is known to be at the PDU `key`. It has a name,
    /// and so is no other.
    fn place(&self, id: ChatId, key: PduKey) -> usize {
        let same = self.list.get(id.0).and_then(|chat| chat.same_as);
        let same = same.filter(|(_, since)| *since <= key);
        same.map_or(id.0, |(place, _)| place)
    }

    /// The number of a conversation at the PDU `key`, from 1, in the order in which the capture
    /// shows them.
    pub fn number(&self, id: ChatId, key: PduKey) -> u64 {
        self.place(id, key) as u64 + 1
    }

    /// Everybody who takes part.
    pub fn participants(&self, id: ChatId, key: PduKey) -> &[Vec<u8>] {
        let chat = self.list.get(self.place(id, key));
        chat.map_or(&[], |chat| &chat.participants)
    }

    pub(crate) fn join(&mut self, id: ChatId, account: &[u8]) {
        let same = self.list.get(id.0).and_then(|chat| chat.same_as);
        let place = same.map_or(id.0, |(place, _)| place);
        let Some(chat) = self
            .list
            .get_mut(place)
            .filter(|_| account.len() <= MAX_ACCOUNT)
        else {
            return;
        };
        let same = |known: &Vec<u8>| known.eq_ignore_ascii_case(account);
        if chat.participants.len() < MAX_PARTICIPANTS && !chat.participants.iter().any(same) {
            chat.participants.push(account.to_vec());
        }
    }
}

/// Takes the conversation to which `callee` was called; if it is not known who that is, the
/// only one.
fn taken(waiting: &mut Vec<Call>, callee: Option<&[u8]>) -> Option<ChatId> {
    let at = match callee {
        Some(callee) => waiting
            .iter()
            .position(|(called, _)| called.eq_ignore_ascii_case(callee))?,
        None if waiting.len() == 1 => 0,
        None => return None,
    };
    Some(waiting.remove(at).1)
}

/// What a line of a switchboard tells of its conversation.
pub(crate) fn learn(
    chats: &mut Chats,
    id: ChatId,
    key: PduKey,
    line: &TrackedLine<'_>,
    from_client: Option<bool>,
) {
    // Most lines are others, whose words nobody needs.
    if !matches!(
        line.verb(),
        Some(b"USR" | b"ANS" | b"CAL" | b"JOI" | b"IRO" | b"MSG")
    ) {
        return;
    }
    let who = match line.verb() {
        Some(b"MSG") if from_client != Some(false) => None,
        Some(b"JOI" | b"IRO") => line.account(),
        _ => line.account().filter(|who| is_account(who)),
    };
    match (line.verb(), who) {
        (Some(b"CAL"), Some(who)) => chats.calls(id, bare(who)),
        (_, Some(who)) => chats.join(id, bare(who)),
        (_, None) => {}
    }
    if let Some(session) = line.parameter(Meaning::SessionId) {
        chats.name(id, session, key);
    }
}
