//! The key that a message hands out.
//!
//! Every message holds MD5 of its sender's number and session key. With it the two clients
//! encrypt what they tell each other about the file of a request: who reads one
//! side's messages can read the other side's control packets.
//!
//! Source: docs/protocol/oicq.md §2.7, §4.5, §6.3.

use nom::bytes::complete::take;
use nom::number::complete::{be_u16, be_u32};
use nom::{IResult, Parser};

use crate::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer};
use crate::oicq::crypto::keys::Key;
use crate::oicq::wire::direction::Direction;

/// Types of a push that is a message of the old form.
const MESSAGES: [u16; 4] = [0x0009, 0x000a, 0x0084, 0x0085];

/// Of a message that the client sends: from4 to4 and the message.
pub(crate) fn of_sent(place: &CiphertextContext, plaintext: &[u8]) -> Option<(u32, Key)> {
    let sent = place.direction == Direction::ToServer;
    key_of_sender(place, plaintext.get(8..).filter(|_| sent)?)
}

/// Of a message that is pushed to the client.
pub(crate) fn of_pushed(place: &CiphertextContext, plaintext: &[u8]) -> Option<(u32, Key)> {
    if place.direction != Direction::ToClient {
        return None;
    }
    let (message, ()) = pushed(plaintext).ok()?;
    key_of_sender(place, message)
}

/// The sender of a message, and the sender's key. Of clients that have control packets, which
/// is until QQ2008.
fn key_of_sender(place: &CiphertextContext, message: &[u8]) -> Option<(u32, Key)> {
    if place.layer != CiphertextLayer::Frame || !place.is_old() {
        return None;
    }
    let (_, (sender, key)) = head(message).ok()?;
    let key = Key::at_start(key)?;
    (sender != 0 && *key.bytes() != [0; 16]).then_some((sender, key))
}

/// From4 to4 sequence4 address4 port2 type2.
fn pushed(plaintext: &[u8]) -> IResult<&[u8], ()> {
    let (message, (_, kind)) = (take(18_usize), be_u16).parse(plaintext)?;
    let is_one = MESSAGES.contains(&kind);
    let message = if is_one { message } else { &[] };
    Ok((message, ()))
}

/// Version2 from4 to4 key16.
fn head(message: &[u8]) -> IResult<&[u8], (u32, &[u8])> {
    (be_u16, be_u32, be_u32, take(16_usize))
        .map(|(_, sender, _, key)| (sender, key))
        .parse(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENDER: u32 = 10_001;

    fn place(command: u16, direction: Direction) -> CiphertextContext {
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
        let up = place(0x0016, Direction::ToServer);
        assert_eq!(up.key_of_sender(&sent), expected);
        let down = place(0x0017, Direction::ToClient);
        for kind in [0x0009_u16, 0x000a, 0x0084, 0x0085] {
            let pushed = [&[0; 18][..], &kind.to_be_bytes(), &message()].concat();
            assert_eq!(down.key_of_sender(&pushed), expected);
            for len in 0..46 {
                assert_eq!(down.key_of_sender(&pushed[..len]), None, "{len}");
            }
        }
        let group = [&[0; 18][..], &[0, 0x2b], &message()].concat();
        assert_eq!(down.key_of_sender(&group), None);
        assert_eq!(up.key_of_sender(&[0; 60]), None);
        let later = CiphertextContext {
            version: 0x1957,
            ..up
        };
        assert_eq!(later.key_of_sender(&sent), None);
        let acknowledged = place(0x0017, Direction::ToServer);
        assert_eq!(acknowledged.key_of_sender(&sent), None);
    }
}
