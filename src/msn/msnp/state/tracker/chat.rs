//! Conversations: one for all switchboard connections of its participants.
//!
//! Source: docs/protocol/msnp.md §2.6 (CAL, RNG, ANS, IRO, JOI), §7.4.

#[cfg(test)]
mod tests;

use core::num::NonZeroU32;

use crate::msn::common::account::is_account;
use crate::msn::msnp::state::tracker::account_list::AccountList;
use crate::msn::msnp::state::tracker::calls::Calls;
use crate::msn::msnp::state::tracker::line::{bare_account, TrackedLine, MAX_ACCOUNT};
use crate::msn::msnp::state::tracker::sessions::{SessionTraits, Sessions};
use crate::msn::msnp::wire::parameter::Meaning;
use crate::packet::{Packet, PduKey, Transport};

/// Maximum participants kept per conversation.
const MAX_PARTICIPANTS: usize = 64;

/// Maximum time from a call to its invitation, in nanoseconds.
const RINGING: i64 = 60_000_000_000;

/// Number in [`Chats`], from 1. Two numbers can turn out to be the same conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChatId(NonZeroU32);

#[derive(Debug, Default)]
struct Chat {
    participants: AccountList,
    traits: SessionTraits,
    /// The conversation that this one turned out to be, and the PDU that revealed it.
    same_as: Option<(ChatId, PduKey)>,
    /// Its session id is known.
    is_named: bool,
    /// Its first participant called somebody to it before its session id was known.
    has_called: bool,
}

/// A capture can have very many, of which each is kept.
const _: () = assert!(size_of::<Chat>() <= 48);

/// An invitation to a conversation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Invitation<'a> {
    /// The session id.
    pub(crate) session: &'a [u8],
    /// The switchboard, as in the line.
    pub(crate) server: Option<&'a [u8]>,
    /// The account that invites.
    pub(crate) caller: &'a [u8],
    /// The invited account, if known.
    pub(crate) callee: Option<&'a [u8]>,
    /// The time of its line.
    pub(crate) time: i64,
}

/// All conversations of a capture.
#[derive(Debug, Default)]
pub struct Chats {
    list: Vec<Chat>,
    sessions: Sessions<ChatId>,
    /// Calls to conversations without a known session id.
    calls: Calls<ChatId>,
}

impl Chats {
    pub(crate) fn start(&mut self) -> ChatId {
        self.list.push(Chat::default());
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        ChatId(NonZeroU32::new(number).unwrap_or(NonZeroU32::MAX))
    }

    fn get(&self, id: ChatId) -> Option<&Chat> {
        self.list.get(id.0.get() as usize - 1)
    }

    fn get_mut(&mut self, id: ChatId) -> Option<&mut Chat> {
        self.list.get_mut(id.0.get() as usize - 1)
    }

    /// The conversation with this name, which is added if it is new. No session id may be
    /// such a name.
    pub(crate) fn get_or_add(&mut self, name: &[u8], key: PduKey) -> ChatId {
        let known = self.sessions.with_id(name).next();
        known.unwrap_or_else(|| {
            let id = self.start();
            self.set_name(id, name, key);
            id
        })
    }

    /// The conversation with the id `session` at the PDU `key`. Returns `None` if it is
    /// unknown.
    pub fn by_session_id(&self, session: &[u8], key: PduKey) -> Option<ChatId> {
        self.sessions.at(session, key)
    }

    /// The last conversation with the id `session` whose traits agree, and that `fits`.
    fn find(
        &self,
        session: &[u8],
        traits: &SessionTraits,
        fits: impl Fn(&Chat) -> bool,
    ) -> Option<ChatId> {
        let chats = self.sessions.with_id(session);
        let mut chats = chats.filter_map(|id| Some((id, self.get(id)?)));
        let found = chats.find(|(_, chat)| chat.traits.agree_with(traits) && fits(chat));
        found.map(|(id, _)| id)
    }

    /// The conversation to which the PDU `key` invites. An invitation belongs to a call that
    /// was made just before, whose own line with the session id may come later, else to a
    /// conversation of the caller with this id.
    pub(crate) fn invite(&mut self, invitation: &Invitation<'_>, key: PduKey) -> ChatId {
        let Invitation {
            session,
            caller,
            callee,
            ..
        } = *invitation;
        let traits = SessionTraits::at(invitation.time).invited_to(invitation.server);
        let id = self
            .calls
            .take(caller, callee, invitation.time.saturating_sub(RINGING))
            .or_else(|| self.find(session, &traits, |chat| chat.has(caller)))
            .or_else(|| self.calls.take(caller, callee, i64::MIN))
            .or_else(|| self.find(session, &traits, |_| true))
            .unwrap_or_else(|| self.start());
        self.set_name(id, session, key);
        if let Some(chat) = self.get_mut(id) {
            chat.traits.complete(traits);
        }
        id
    }

    /// Records a call of the first participant to `callee`.
    fn record_call(&mut self, id: ChatId, callee: &[u8], time: i64) {
        let chat = self.get_mut(id).filter(|chat| !chat.is_named);
        let Some(chat) = chat.filter(|_| callee.len() <= MAX_ACCOUNT) else {
            return;
        };
        let Some(caller) = chat.participants.iter().next() else {
            return;
        };
        let caller = caller.to_ascii_lowercase();
        chat.has_called = true;
        self.calls.add(&caller, callee, id, time);
    }

    /// Sets the id of a conversation that has none.
    fn set_name(&mut self, id: ChatId, session: &[u8], key: PduKey) {
        let chat = self.get_mut(id);
        if let Some(chat) = chat.filter(|chat| !chat.is_named) {
            chat.is_named = true;
            self.sessions.add(session, key, id);
        }
    }

    /// Sets the id of a conversation, which the PDU `key` contains. If another
    /// conversation has this id, both are the same from this PDU on, but not before:
    /// earlier PDUs may have been shown with the old number.
    fn name(&mut self, id: ChatId, session: &[u8], key: PduKey) {
        let Some(chat) = self.get(id) else {
            return;
        };
        if chat.is_named || chat.same_as.is_some() {
            return;
        }
        let (accounts, traits) = (chat.participants.clone(), chat.traits);
        match self.find(session, &traits, |_| true) {
            None => self.set_name(id, session, key),
            Some(named) => {
                if let Some(chat) = self.get_mut(id) {
                    chat.same_as = Some((named, key));
                }
                if let Some(named) = self.get_mut(named) {
                    named.traits.complete(traits);
                }
                for account in accounts.iter() {
                    self.join(named, account);
                }
            }
        }
        let chat = self.get_mut(id).filter(|chat| chat.has_called);
        if let Some(chat) = chat {
            chat.has_called = false;
            let caller = chat
                .participants
                .iter()
                .next()
                .map(<[u8]>::to_ascii_lowercase);
            self.calls.forget(&caller.unwrap_or_default(), id);
        }
    }

    /// The conversation that `id` is known to be at the PDU `key`. That one has an id, and so
    /// does not refer to a further one.
    fn place(&self, id: ChatId, key: PduKey) -> ChatId {
        let same = self.get(id).and_then(|chat| chat.same_as);
        let same = same.filter(|(_, since)| *since <= key);
        same.map_or(id, |(place, _)| place)
    }

    /// Number of a conversation at the PDU `key`, from 1, in the order of the capture.
    pub fn number(&self, id: ChatId, key: PduKey) -> u64 {
        self.place(id, key).0.get().into()
    }

    /// Accounts of the participants.
    pub fn participants(&self, id: ChatId, key: PduKey) -> Vec<Vec<u8>> {
        let chat = self.get(self.place(id, key));
        let accounts = chat.map(|chat| chat.participants.iter().map(<[u8]>::to_vec));
        accounts.map(Iterator::collect).unwrap_or_default()
    }

    pub(crate) fn join(&mut self, id: ChatId, account: &[u8]) {
        let chat = self.last_mut(id).filter(|_| account.len() <= MAX_ACCOUNT);
        let Some(chat) = chat else {
            return;
        };
        if chat.participants.iter().count() < MAX_PARTICIPANTS && !chat.has(account) {
            chat.participants.add(account);
        }
    }

    /// What the conversation turned out to be.
    fn last_mut(&mut self, id: ChatId) -> Option<&mut Chat> {
        let same = self.get(id).and_then(|chat| chat.same_as);
        self.get_mut(same.map_or(id, |(place, _)| place))
    }
}

impl Chat {
    fn has(&self, account: &[u8]) -> bool {
        let mut known = self.participants.iter();
        known.any(|known| known.eq_ignore_ascii_case(account))
    }
}

/// Learns participants and session id of a conversation from a line of its switchboard.
pub(crate) fn learn(
    chats: &mut Chats,
    id: ChatId,
    (packet, key): (&Packet<'_>, PduKey),
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
        (Some(b"CAL"), Some(who)) => chats.record_call(id, bare_account(who), packet.time),
        (_, Some(who)) => chats.join(id, bare_account(who)),
        (_, None) => {}
    }
    let traits = traits(packet, line, from_client);
    if let Some(chat) = chats.last_mut(id) {
        chat.traits.complete(traits);
    }
    if let Some(session) = line.parameter(Meaning::SessionId) {
        chats.name(id, session, key);
    }
}

/// What a line tells of its session. The addresses of a tunnel are not those of the server.
fn traits(packet: &Packet<'_>, line: &TrackedLine<'_>, from_client: Option<bool>) -> SessionTraits {
    let is_direct = packet.transport == Transport::Tcp && !packet.tunnelled;
    let server = match from_client.filter(|_| is_direct) {
        Some(true) => Some((packet.destination, packet.destination_port)),
        Some(false) => Some((packet.source, packet.source_port)),
        None => None,
    };
    let cookie = match line.verb() {
        Some(b"USR") => line.cookie(from_client),
        _ => None,
    };
    SessionTraits::at(packet.time).on(server).begun_with(cookie)
}
