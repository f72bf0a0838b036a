//! Conversations: one for all switchboard connections of the people in it.
//!
//! Source: protocol reference, MSNP §2.6 (CAL, RNG, ANS, IRO, JOI), §7.4.

use std::collections::HashMap;

use super::line::{bare, MAX_ACCOUNT};
use super::Line;
use crate::msn::account::is_account;

/// More people are not listed.
const MAX_PARTICIPANTS: usize = 64;

/// A place in [`Chats`]. Two places can turn out to be one conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChatId(usize);

#[derive(Debug, Default)]
struct Chat {
    participants: Vec<Vec<u8>>,
    /// Its session id is known.
    is_named: bool,
    /// The conversation that this one turned out to be.
    same_as: Option<usize>,
}

/// All conversations of a capture.
#[derive(Debug, Default)]
pub struct Chats {
    list: Vec<Chat>,
    by_session: HashMap<Vec<u8>, ChatId>,
}

impl Chats {
    pub(super) fn start(&mut self) -> ChatId {
        self.list.push(Chat::default());
        ChatId(self.list.len() - 1)
    }

    /// The conversation that servers call `session`.
    pub(super) fn of_session(&mut self, session: &[u8]) -> ChatId {
        match self.by_session.get(session) {
            Some(id) => *id,
            None => {
                let id = self.start();
                self.name(id, session);
                id
            }
        }
    }

    /// Servers call the conversation `session`. The one that has this name already, if there
    /// is one, takes over: its number may have been shown.
    fn name(&mut self, id: ChatId, session: &[u8]) {
        let place = self.place(id);
        let Some(chat) = self.list.get_mut(place).filter(|chat| !chat.is_named) else {
            return;
        };
        match self.by_session.get(session).copied() {
            None => {
                chat.is_named = true;
                self.by_session.insert(session.to_vec(), id);
            }
            Some(named) => {
                let moved = core::mem::take(&mut chat.participants);
                chat.same_as = Some(named.0);
                for account in moved {
                    self.join(named, &account);
                }
            }
        }
    }

    /// The place of the conversation that `id` turned out to be, which has a name and so is
    /// no other.
    fn place(&self, id: ChatId) -> usize {
        let chat = self.list.get(id.0);
        chat.and_then(|chat| chat.same_as).unwrap_or(id.0)
    }

    /// Whether it can still turn out to be another one.
    pub fn is_named(&self, id: ChatId) -> bool {
        self.list
            .get(self.place(id))
            .is_some_and(|chat| chat.is_named)
    }

    /// The number of a conversation, from 1, in the order in which the capture shows them.
    pub fn number(&self, id: ChatId) -> u64 {
        self.place(id) as u64 + 1
    }

    /// Everybody who takes part.
    pub fn participants(&self, id: ChatId) -> &[Vec<u8>] {
        let chat = self.list.get(self.place(id));
        chat.map_or(&[], |chat| &chat.participants)
    }

    pub(super) fn join(&mut self, id: ChatId, account: &[u8]) {
        let place = self.place(id);
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

/// What a line of a switchboard tells of its conversation.
pub(super) fn learn(chats: &mut Chats, id: ChatId, line: &Line<'_>, from_client: Option<bool>) {
    match (line.verb(), &*line.words()) {
        (Some(b"USR"), [b"OK", who, ..]) => chats.join(id, bare(who)),
        (Some(b"USR"), [who, _]) if is_account(who) => chats.join(id, bare(who)),
        (Some(b"ANS"), [who, _, session]) => {
            chats.join(id, bare(who));
            chats.name(id, session);
        }
        (Some(b"CAL"), [b"RINGING", session]) => chats.name(id, session),
        (Some(b"JOI"), [who, ..]) | (Some(b"IRO"), [_, _, who, ..]) => chats.join(id, bare(who)),
        (Some(b"MSG"), [who, _, _]) if from_client == Some(false) && is_account(who) => {
            chats.join(id, bare(who));
        }
        _ => {}
    }
}
