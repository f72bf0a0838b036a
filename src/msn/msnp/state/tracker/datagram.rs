//! Conversations of MSNP21, which has no switchboards: each datagram (SDG) has its sender
//! and its recipient.
//!
//! Source: docs/protocol/msnp.md §5.13.

use crate::msn::common::account::account;
use crate::msn::msnp::state::tracker::chat::{ChatId, Chats};
use crate::msn::msnp::state::tracker::line::MAX_ACCOUNT;
use crate::msn::msnp::wire::blocks::{decode, BlockKind};
use crate::packet::PduKey;
use crate::span::Span;

/// The networks of groups: circles and temporary groups.
const GROUPS: [u32; 2] = [9, 10];

/// The network of accounts without a network id.
const MESSENGER: u32 = 1;

/// `From` or `To` of a datagram.
#[derive(Debug, Clone, Copy)]
struct Party<'a> {
    /// The account, preceded by its network id unless that is Messenger's; not of a group.
    account: Option<&'a [u8]>,
    /// The group itself, or the group through which the account is reached.
    group: Option<&'a [u8]>,
}

impl<'a> Party<'a> {
    fn of(word: &'a [u8]) -> Self {
        let parts = account(word);
        let is_group = |network: Option<u32>| network.is_some_and(|n| GROUPS.contains(&n));
        let address = parts.address.of(word);
        if is_group(parts.network.map(|n| n.value)) {
            return Self {
                account: None,
                group: Some(address),
            };
        }
        let via = parts
            .via
            .filter(|via| is_group(via.network.map(|n| n.value)));
        let network = parts.network.filter(|network| network.value != MESSENGER);
        let account = network.map_or(address, |network| {
            Span::between(network.span.start, parts.address.end()).of(word)
        });
        Self {
            account: Some(account),
            group: via.map(|via| via.address.of(word)),
        }
    }
}

/// Message types that a client sends to its own endpoints about the window of a
/// conversation.
const WINDOW: [&[u8]; 2] = [b"Signal/CloseIMWindow", b"Signal/MarkIMWindowRead"];

/// The conversation of a datagram: that of the group, or of the two accounts. Returns
/// `None` if the payload is malformed, or if a client sends to its own endpoints
/// something that concerns no conversation.
pub(crate) fn chat_of(chats: &mut Chats, payload: &[u8], key: PduKey) -> Option<ChatId> {
    let envelope = decode(payload).ok()?;
    let messaging = envelope.block(BlockKind::Messaging)?;
    let routing = envelope.block(BlockKind::Routing)?;
    let party = |name| Some(Party::of(routing.headers.value(payload, name)?));
    let kind = messaging.headers.value(payload, "Message-Type");
    let (from, to) = match kind {
        Some(kind) if WINDOW.contains(&kind) => window(envelope.body.of(payload))?,
        _ => (party("From")?, party("To")?),
    };
    let mut names = match (from.group.or(to.group), from.account, to.account) {
        (Some(group), ..) => [&b""[..], group],
        (None, Some(from), Some(to)) if !from.eq_ignore_ascii_case(to) => [from, to],
        _ => return None,
    }
    .map(<[u8]>::to_ascii_lowercase);
    if names.iter().any(|name| name.len() > MAX_ACCOUNT) {
        return None;
    }
    names.sort_unstable();
    // No session id of a switchboard contains a space.
    let chat = chats.get_or_add(&names.join(&b' '), key);
    for account in [from.account, to.account].into_iter().flatten() {
        chats.join(chat, account);
    }
    Some(chat)
}

/// Parses the two parties of a conversation: `1:alice@example.com/1:bob@example.net`.
fn window(body: &[u8]) -> Option<(Party<'_>, Party<'_>)> {
    let mut parties = body.splitn(2, |byte| *byte == b'/').map(Party::of);
    Some((parties.next()?, parties.next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: PduKey = PduKey { frame: 1, index: 0 };

    fn chat(chats: &mut Chats, from: &str, to: &str) -> Option<u64> {
        let text = format!(
            "Routing: 1.0\r\nTo: {to}\r\nFrom: {from}\r\n\r\nReliability: 1.0\r\n\r\n\
             Messaging: 2.0\r\nContent-Length: 0\r\n\r\n"
        );
        let id = chat_of(chats, text.as_bytes(), KEY)?;
        Some(chats.number(id, KEY))
    }

    #[test]
    fn two_accounts_have_one_conversation_in_both_directions() {
        let mut chats = Chats::default();
        let alice = "1:alice@example.com;epid={03c49942-1aea-4cda-8d9a-2c0a403b6782}";
        let first = chat(&mut chats, alice, "1:bob@example.net;path=IM");
        assert_eq!(first, Some(1));
        assert_eq!(chat(&mut chats, "1:Bob@example.net", alice), first);
        assert_eq!(chat(&mut chats, "13:1065663773;via=14:fb", alice), Some(2));
        assert_eq!(chat(&mut chats, alice, "1:alice@example.com"), None);
        let text = format!(
            "Routing: 1.0\r\nTo: {alice}\r\nFrom: 1:alice@example.com\r\n\r\n\
             Messaging: 2.0\r\nMessage-Type: Signal/CloseIMWindow\r\n\r\n\
             1:alice@example.com/1:bob@example.net"
        );
        let closed = chat_of(&mut chats, text.as_bytes(), KEY).map(|id| chats.number(id, KEY));
        assert_eq!(closed, first);
        let id = chats.get_or_add(b"alice@example.com bob@example.net", KEY);
        let people = [b"alice@example.com".to_vec(), b"bob@example.net".to_vec()];
        assert_eq!(chats.participants(id, KEY), people);
    }

    #[test]
    fn one_address_on_two_networks_is_two_people() {
        let mut chats = Chats::default();
        let (messenger, yahoo) = ("1:alice@example.com", "32:alice@example.com;path=IM");
        let first = chat(&mut chats, messenger, "1:bob@example.net");
        let second = chat(&mut chats, yahoo, "1:bob@example.net");
        assert_eq!((first, second), (Some(1), Some(2)));
        assert_eq!(chat(&mut chats, messenger, yahoo), Some(3));
        let id = chats.get_or_add(b"32:alice@example.com alice@example.com", KEY);
        let people = [
            b"alice@example.com".to_vec(),
            b"32:alice@example.com".to_vec(),
        ];
        assert_eq!(chats.participants(id, KEY), people);
    }

    #[test]
    fn a_group_has_one_conversation_for_all_senders() {
        let mut chats = Chats::default();
        let group = "10:588e793a-003d-0003-4136-314b00000000@live.example.com";
        let first = chat(&mut chats, "1:alice@example.com", group);
        assert_eq!(chat(&mut chats, "1:bob@example.net", group), first);
        let through = format!("1:carol@example.org;via={group}");
        assert_eq!(chat(&mut chats, &through, "1:alice@example.com"), first);
        let id = chats.get_or_add(
            b" 588e793a-003d-0003-4136-314b00000000@live.example.com",
            KEY,
        );
        assert_eq!(chats.participants(id, KEY).len(), 3);
    }

    #[test]
    fn accounts_that_are_too_long_have_no_conversation() {
        let name = |len: usize| format!("{}@example.net", "b".repeat(len - 12));
        for (len, expected) in [(MAX_ACCOUNT, Some(1)), (MAX_ACCOUNT + 1, None)] {
            let to = format!("1:{}", name(len));
            let found = chat(&mut Chats::default(), "1:alice@example.com", &to);
            assert_eq!(found, expected);
        }
    }
}
