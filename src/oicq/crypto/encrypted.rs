//! The encrypted part of a frame, and the keys that the frame carries.
//!
//! Source: docs/protocol/oicq.md §6.4, §6.5.

use crate::oicq::crypto::keys::{published_share_key, Key};
use crate::oicq::crypto::tea;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::{Frame, OicqHeader};
use crate::oicq::wire::prefix::BodyPart;
use crate::span::Span;

/// The encrypted part of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encrypted {
    /// Its bytes in the packet.
    pub ciphertext: Span,
    /// The key in clear before the ciphertext: decrypts this frame, and mostly the reply.
    pub key: Option<Key>,
    /// The published share key that belongs to the public key before the ciphertext.
    pub share: Option<Key>,
}

/// Length of a key in clear.
const KEY: usize = 16;
/// Check of whether the password was changed (QQ2006 beta 3).
const CHECK: u16 = 0x0018;
/// The touch of the game QQ Speed, whose body `frame` does not split into parts.
const TOUCH: u16 = 0x0825;

/// The encrypted part of `frame`. Returns `None` if there is none or `data` does not
/// contain all of it.
pub fn encrypted_part(frame: &Frame, data: &[u8]) -> Option<Encrypted> {
    let (key, ciphertext) = match frame.header {
        OicqHeader::QqSpeed => qq_speed_touch(frame)?,
        OicqHeader::Classic | OicqHeader::Long => {
            let key = frame.body.find(BodyPart::Key);
            (key, frame.body.find(BodyPart::Ciphertext)?)
        }
    };
    if ciphertext.end() > data.len() || !tea::is_ciphertext_len(ciphertext.len) {
        return None;
    }
    let clear = key.and_then(|span| span.of(data).first_chunk::<KEY>());
    let key = match (frame.command.value, frame.uin) {
        // The row PASSWORD_CHANGED of the table of commands has a key in clear only in the
        // classic header of a client.
        (CHECK, Some(uin)) => {
            clear.map(|clear| Key::of_check(clear, frame.version.value, uin.value))
        }
        _ => clear.copied().map(Key::new),
    };
    let public = frame.body.find(BodyPart::PublicKey);
    Some(Encrypted {
        ciphertext,
        key,
        share: public.and_then(|span| published_share_key(span.of(data))),
    })
}

/// Key and ciphertext of the game's touch, which has the layout of that of QQ.
fn qq_speed_touch(frame: &Frame) -> Option<(Option<Span>, Span)> {
    if frame.command.value != TOUCH {
        return None;
    }
    let body = frame.body.find(BodyPart::Unknown)?;
    match frame.direction {
        Direction::ToServer if body.len > KEY => {
            let key = Span::new(body.start, KEY);
            Some((Some(key), Span::between(key.end(), body.end())))
        }
        _ => Some((None, body)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::wire::frame::frame;
    use crate::oicq::wire::hex::{counted, hex};
    use test_support::qq_tea::encrypt;

    fn read(data: &[u8], hint: Direction) -> Option<Encrypted> {
        let frame = frame(data, Span::new(0, data.len()), hint).unwrap();
        encrypted_part(&frame, data)
    }

    fn decrypted(data: &[u8], key: &Key, span: Span) -> Vec<u8> {
        let mut plaintext = Vec::new();
        assert!(tea::decrypt(key, span.of(data), &mut plaintext));
        plaintext
    }

    const NUMBER: [u8; 4] = 12_345_678_u32.to_be_bytes();

    #[test]
    fn the_key_of_a_check_is_derived() {
        let clear = [0x5a; 16];
        let key = Key::of_check(&clear, 0x0f4b, 12_345_678);
        let body = encrypt(key.bytes(), b"proof");
        let head = hex("020f4b00180301");
        let data = [&head[..], &NUMBER, &clear, &body, &[3]].concat();
        let found = read(&data, Direction::ToServer).unwrap();
        assert_eq!(found.key, Some(key));
        assert_eq!(decrypted(&data, &key, found.ciphertext), b"proof");
    }

    #[test]
    fn the_touch_of_the_game_is_found() {
        let key = [0x33; 16];
        let body = encrypt(&key, b"touch");
        let head = hex("02500508250801");
        let data = [&head[..], &NUMBER, &key, &body, &[3]].concat();
        let found = read(&data, Direction::ToServer).unwrap();
        assert_eq!(found.key, Some(Key::new(key)));
        assert_eq!(decrypted(&data, &Key::new(key), found.ciphertext), b"touch");
        let reply = [&head[..], &body, &[3]].concat();
        let found = read(&reply, Direction::ToClient).unwrap();
        assert_eq!((found.key, found.ciphertext), (None, Span::new(7, 16)));
        assert_eq!(
            read(&[&head[..], &[9; 20], &[3]].concat(), Direction::ToClient),
            None
        );
        // Sixteen bytes are a ciphertext, before which no key has room.
        let short = [&head[..], &NUMBER, &body, &[3]].concat();
        let found = read(&short, Direction::ToServer).unwrap();
        assert_eq!((found.key, found.ciphertext), (None, Span::new(11, 16)));
    }

    #[test]
    fn a_published_public_key_is_known() {
        let public = hex("027828167c9ef3b75a7b5aefa23010ec0c4687707631a788ea");
        let mut data = hex("02370908363503");
        data.extend(NUMBER);
        data.extend(hex("030000000101010000681c00000000"));
        data.extend(hex("00010102"));
        data.extend(counted(&public));
        data.extend([0, 0, 0, 16]);
        data.extend([0x77; 16]);
        data.extend([0x88; 544]);
        data.push(3);
        assert_eq!(data.len(), 622);
        let found = read(&data, Direction::ToServer).unwrap();
        assert_eq!(found.key, None);
        assert_eq!(found.share, published_share_key(&public));
        assert_eq!(found.ciphertext, Span::new(77, 544));
    }

    #[test]
    fn truncated_ciphertexts_are_ignored() {
        let body = encrypt(&[1; 16], &[2; 80]);
        let head = hex("023420082567dc");
        let block = hex("03000000010101000066a700000000");
        let data = [&head[..], &NUMBER, &block, &[1; 16], &body, &[3]].concat();
        let whole = Span::new(0, data.len());
        for len in 0..data.len() - 1 {
            let cut = &data[..len];
            let Ok(frame) = frame(cut, whole, Direction::ToServer) else {
                continue;
            };
            assert_eq!(encrypted_part(&frame, cut), None, "{len}");
        }
        assert!(read(&data, Direction::ToServer).is_some());
    }
}
