//! The client-to-client key in a message.
//!
//! Every message contains the MD5 of its sender's number and session key. The two clients
//! encrypt the control packets of a file request with it: the messages of one side
//! contain the key of the other side's control packets.
//!
//! Source: docs/protocol/oicq.md §2.7, §4.5, §6.3.

use nom::bytes::complete::take;
use nom::number::complete::{be_u16, be_u32};
use nom::{IResult, Parser};

use crate::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer};
use crate::oicq::crypto::keys::Key;
use crate::oicq::wire::direction::Direction;

/// Push types of messages in the old format.
const MESSAGES: [u16; 4] = [0x0009, 0x000a, 0x0084, 0x0085];

/// Sender and key of a message sent by the client: `from4, to4, message`.
pub(crate) fn of_sent(context: &CiphertextContext, plaintext: &[u8]) -> Option<(u32, Key)> {
    let sent = context.direction == Direction::ToServer;
    key_of_sender(context, plaintext.get(8..).filter(|_| sent)?)
}

/// Sender and key of a message pushed to the client.
pub(crate) fn of_pushed(context: &CiphertextContext, plaintext: &[u8]) -> Option<(u32, Key)> {
    if context.direction != Direction::ToClient {
        return None;
    }
    let (message, ()) = pushed(plaintext).ok()?;
    key_of_sender(context, message)
}

/// Sender of a message, and the sender's key. Returns `None` for clients without control
/// packets, which are QQ2009 and newer.
fn key_of_sender(context: &CiphertextContext, message: &[u8]) -> Option<(u32, Key)> {
    if context.layer != CiphertextLayer::Frame || !context.is_old() {
        return None;
    }
    let (_, (sender, key)) = head(message).ok()?;
    let key = Key::at_start(key)?;
    (sender != 0 && *key.bytes() != [0; 16]).then_some((sender, key))
}

/// `from4, to4, sequence4, address4, port2, type2`. Returns the message after it, which
/// is empty for other types.
fn pushed(plaintext: &[u8]) -> IResult<&[u8], ()> {
    let (message, (_, kind)) = (take(18_usize), be_u16).parse(plaintext)?;
    let is_one = MESSAGES.contains(&kind);
    let message = if is_one { message } else { &[] };
    Ok((message, ()))
}

/// `version2, from4, to4, key16`.
fn head(message: &[u8]) -> IResult<&[u8], (u32, &[u8])> {
    (be_u16, be_u32, be_u32, take(16_usize))
        .map(|(_, sender, _, key)| (sender, key))
        .parse(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENDER: u32 = 10_001;

    fn context(command: u16, direction: Direction) -> CiphertextContext {
        CiphertextContext {
            command,
            direction,
            version: 0x0f5f,
            layer: CiphertextLayer::Frame,
        }
    }

    fn message() -> Vec<u8> {
        let numbers = [SENDER.to_be_bytes(), 12_345_678_u32.to_be_bytes()].concat();
        [&[0x0f, 0x5f][..], &numbers, &[b'F'; 16], &[0, 0x35]].concat()
    }

    #[test]
    fn the_sender_and_the_key() {
        let expected = Some((SENDER, Key::new([b'F'; 16])));
        let sent = [&[0; 8][..], &message()].concat();
        let up = context(0x0016, Direction::ToServer);
        assert_eq!(up.key_of_sender(&sent), expected);
        let down = context(0x0017, Direction::ToClient);
        for kind in [0x0009_u16, 0x000a, 0x0084, 0x0085] {
            let pushed = [&[0; 18][..], &kind.to_be_bytes(), &message()].concat();
            assert_eq!(down.key_of_sender(&pushed), expected);
            for len in 0..46 {
                assert_eq!(down.key_of_sender(&pushed[..len]), None, "{len}");
            }
        }
        let group = [&[0; 18][..], &[0, 0x2b], &message()].concat();
        assert_eq!(down.key_of_sender(&group), None);
        let mut nobody = sent.clone();
        nobody[10..14].fill(0);
        assert_eq!(up.key_of_sender(&nobody), None);
        let mut without_key = sent.clone();
        without_key[18..34].fill(0);
        assert_eq!(up.key_of_sender(&without_key), None);
        let later = CiphertextContext {
            version: 0x1957,
            ..up
        };
        assert_eq!(later.key_of_sender(&sent), None);
        let acknowledged = context(0x0017, Direction::ToServer);
        assert_eq!(acknowledged.key_of_sender(&sent), None);
    }
}
