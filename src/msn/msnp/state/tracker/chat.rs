//! Conversations: one for all switchboard connections of its participants.
//!
//! Source: docs/protocol/msnp.md §2.6 (CAL, RNG, ANS, IRO, JOI), §7.4.

use std::collections::HashMap;

use crate::msn::common::account::is_account;
use crate::msn::msnp::state::tracker::line::{bare_account, TrackedLine, MAX_ACCOUNT};
use crate::msn::msnp::wire::parameter::Meaning;
use crate::packet::PduKey;

/// Maximum participants kept per conversation.
const MAX_PARTICIPANTS: usize = 64;

/// Maximum calls kept per caller while the session ids of their conversations are
/// unknown; older ones are dropped.
const MAX_CALLS: usize = 8;

/// Index in [`Chats`]. Two indices can turn out to be the same conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChatId(usize);

#[derive(Debug, Default)]
struct Chat {
    participants: Vec<Vec<u8>>,
    /// Its session id is known.
    is_named: bool,
    /// The account that called somebody to it before its session id was known.
    caller: Option<Vec<u8>>,
    /// The conversation that this one turned out to be, and the PDU that revealed it.
    same_as: Option<(usize, PduKey)>,
}

/// The called account and the conversation.
type Call = (Vec<u8>, ChatId);

/// All conversations of a capture.
#[derive(Debug, Default)]
pub struct Chats {
    list: Vec<Chat>,
    by_session: HashMap<Vec<u8>, ChatId>,
    /// Calls to conversations without a known session id, by caller, oldest first.
    calls: HashMap<Vec<u8>, Vec<Call>>,
}

impl Chats {
    pub(crate) fn start(&mut self) -> ChatId {
        self.list.push(Chat::default());
        ChatId(self.list.len() - 1)
    }

    /// The conversation with the id `session`, which is added if it is new.
    pub(crate) fn get_or_add(&mut self, session: &[u8]) -> ChatId {
        match self.by_session.get(session) {
            Some(id) => *id,
            None => {
                let id = self.start();
                self.set_name(id, session);
                id
            }
        }
    }

    /// The conversation with the id `session`. Returns `None` if it is unknown.
    pub fn by_session_id(&self, session: &[u8]) -> Option<ChatId> {
        self.by_session.get(session).copied()
    }

    /// The conversation `session` to which `caller` invites `callee`. If the id is
    /// unknown, it becomes that of the caller's pending call, whose own line with the id
    /// comes later.
    pub(crate) fn invite(
        &mut self,
        session: &[u8],
        caller: &[u8],
        callee: Option<&[u8]>,
    ) -> ChatId {
        if !self.by_session.contains_key(session) {
            let waiting = self.calls.get_mut(&caller.to_ascii_lowercase());
            if let Some(id) = waiting.and_then(|waiting| take_call(waiting, callee)) {
                self.set_name(id, session);
            }
        }
        self.get_or_add(session)
    }

    /// Records a call of the first participant to `callee`.
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
        // No line reports that a call has finally failed.
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

    /// Sets the id of a conversation, which the PDU `key` contains. If another
    /// conversation has this id, both are the same from this PDU on, but not before:
    /// earlier PDUs may have been shown with the old number.
    fn name(&mut self, id: ChatId, session: &[u8], key: PduKey) {
        let Some(chat) = self.list.get(id.0) else {
            return;
        };
        if chat.is_named || chat.same_as.is_some() {
            return;
        }
        let accounts = chat.participants.clone();
        match self.by_session.get(session).copied() {
            None => self.set_name(id, session),
            Some(named) => {
                if let Some(chat) = self.list.get_mut(id.0) {
                    chat.same_as = Some((named.0, key));
                }
                for account in &accounts {
                    self.join(named, account);
                }
            }
        }
        let caller = self.list.get_mut(id.0).and_then(|chat| chat.caller.take());
        if let Some(waiting) = caller.and_then(|caller| self.calls.get_mut(&caller)) {
            waiting.retain(|(_, waiting)| *waiting != id);
        }
    }

    /// Index of the conversation that `id` is known to be at the PDU `key`. That one has
    /// an id, and so does not refer to a further one.
    fn place(&self, id: ChatId, key: PduKey) -> usize {
        let same = self.list.get(id.0).and_then(|chat| chat.same_as);
        let same = same.filter(|(_, since)| *since <= key);
        same.map_or(id.0, |(place, _)| place)
    }

    /// Number of a conversation at the PDU `key`, from 1, in the order of the capture.
    pub fn number(&self, id: ChatId, key: PduKey) -> u64 {
        self.place(id, key) as u64 + 1
    }

    /// Accounts of the participants.
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

/// Takes the conversation to which `callee` was called; if the callee is unknown, that of
/// the only call.
fn take_call(waiting: &mut Vec<Call>, callee: Option<&[u8]>) -> Option<ChatId> {
    let at = match callee {
        Some(callee) => waiting
            .iter()
            .position(|(called, _)| called.eq_ignore_ascii_case(callee))?,
        None if waiting.len() == 1 => 0,
        None => return None,
    };
    Some(waiting.remove(at).1)
}

/// Learns participants and session id of a conversation from a line of its switchboard.
pub(crate) fn learn(
    chats: &mut Chats,
    id: ChatId,
    key: PduKey,
    line: &TrackedLine<'_>,
    from_client: Option<bool>,
) {
    // Most lines are others, whose words need not be split.
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
        (Some(b"CAL"), Some(who)) => chats.calls(id, bare_account(who)),
        (_, Some(who)) => chats.join(id, bare_account(who)),
        (_, None) => {}
    }
    if let Some(session) = line.parameter(Meaning::SessionId) {
        chats.name(id, session, key);
    }
}
