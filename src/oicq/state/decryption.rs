//! Decrypts the ciphertext of a frame.

use crate::oicq::crypto::encrypted::encrypted_part;
use crate::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer, KeyRole};
use crate::oicq::crypto::tea;
use crate::oicq::keystore::store::{Candidate, DecryptTarget, InnerPlaintext};
use crate::oicq::state::session::{OicqSession, OicqShared};
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::Frame;
use crate::packet::{Packet, PduKey};

/// Maximum keys tried to verify that a frame is QQ.
const PROOFS: usize = 64;

/// A decrypted frame.
#[derive(Debug, Clone)]
pub struct DecryptedFrame {
    /// Context of its ciphertext.
    pub context: CiphertextContext,
    /// The account, if known.
    pub uin: Option<u32>,
    /// The key that decrypted it.
    pub key: Candidate,
    /// The plaintext.
    pub plaintext: Vec<u8>,
    /// Decrypted ciphertexts nested in it.
    pub inner: Vec<InnerPlaintext>,
}

/// Result of decrypting a frame.
#[derive(Debug, Clone, Default)]
pub struct DecryptionResult {
    /// The decrypted frame, if a key is known.
    pub decrypted: Option<DecryptedFrame>,
    /// The QQ number for which to report here that the user's keys have decrypted nothing
    /// in this conversation so far.
    pub useless_keys_of: Option<u32>,
    /// Whether a key decrypts the start of the ciphertext, and none all of it.
    pub damaged: bool,
}

/// Tries all known keys on the ciphertext of `frame`, which is the PDU `pdu`.
///
/// The first pass learns keys, so frames must come in the order of the capture. Later
/// passes have the keys known at the end of the first, in any order of the frames.
pub fn decrypt(
    packet: &Packet<'_>,
    pdu: PduKey,
    frame: &Frame,
    session: &mut OicqSession,
    shared: &mut OicqShared,
) -> DecryptionResult {
    let Some(encrypted) = encrypted_part(frame, packet.bytes) else {
        return DecryptionResult::default();
    };
    let context = CiphertextContext {
        command: frame.command.value,
        direction: frame.direction,
        version: session.client_version(packet, frame),
        layer: CiphertextLayer::Frame,
    };
    let own = frame.uin.map(|uin| uin.value).filter(|uin| *uin != 0);
    let target = DecryptTarget {
        pdu,
        index: 0,
        conversation: session.key_store_number(packet, &mut shared.key_store),
        uin: own.or(session.account()),
        roles: match frame.probe {
            Some(_) => &[KeyRole::Undocumented],
            None => context.roles(),
        },
        request: match frame.direction {
            // A frame of the client is no reply, and without a key it has none for its
            // reply.
            Direction::ToServer if encrypted.key.is_none() => None,
            _ => Some((frame.command.value, frame.sequence.value)),
        },
        carried_key: encrypted.key,
        share: encrypted.share,
    };
    let ciphertext = encrypted.ciphertext.of(packet.bytes);
    let key_store = &mut shared.key_store;
    let decrypted = key_store.decrypt_frame(&target, &context, packet.first_pass, ciphertext);
    let is_reported = key_store.reports_useless_keys(&target);
    let damaged = decrypted.is_none() && key_store.is_damaged(&target);
    DecryptionResult {
        decrypted: decrypted.map(|(key, plaintext, inner)| DecryptedFrame {
            context,
            uin: target.uin,
            key,
            plaintext,
            inner,
        }),
        useless_keys_of: target.uin.filter(|_| is_reported),
        damaged,
    }
}

/// Whether the key carried by a frame, or one of the user's, decrypts it. Learns nothing.
pub(crate) fn is_decryptable(packet: &Packet<'_>, frame: &Frame, shared: &OicqShared) -> bool {
    let Some(encrypted) = encrypted_part(frame, packet.bytes) else {
        return false;
    };
    let context = CiphertextContext {
        command: frame.command.value,
        direction: frame.direction,
        version: frame.version.value,
        layer: CiphertextLayer::Frame,
    };
    let uin = frame.uin.map(|uin| uin.value).filter(|uin| *uin != 0);
    let own = [encrypted.key, encrypted.share].into_iter().flatten();
    let users = shared.key_store.keys_of_user(uin, context.roles());
    let mut keys = own.chain(users).take(PROOFS);
    let mut plaintext = Vec::new();
    keys.any(|key| tea::decrypt(&key, encrypted.ciphertext.of(packet.bytes), &mut plaintext))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::keystore::keyring::Keyring;
    use crate::oicq::wire::basic::TRAILER;
    use crate::oicq::wire::frame::frame;
    use crate::span::Span;
    use test_support::qq_tea::encrypt;

    const KEY: [u8; 16] = *b"0123456789abcdef";

    /// A login of the client: its version, what is in clear, and a text under [`KEY`].
    fn login(version: [u8; 2], clear: &[u8]) -> Vec<u8> {
        let header = [
            2, version[0], version[1], 0, 0x22, 0, 7, 0, 0xbc, 0x61, 0x4e,
        ];
        [&header[..], clear, &encrypt(&KEY, &[0x55; 30]), &[TRAILER]].concat()
    }

    #[test]
    fn the_key_of_a_request_is_for_its_reply_and_no_other_request() {
        let (mut session, mut shared) = (OicqSession::default(), OicqShared::default());
        let mut decrypted = |number: u32, bytes: &[u8]| {
            let packet = Packet {
                bytes,
                reported: bytes.len(),
                frame: number,
                first_pass: true,
                ..Packet::default()
            };
            let frame = frame(bytes, Span::new(0, bytes.len()), Direction::Unknown).unwrap();
            let pdu = packet.key(0);
            let result = decrypt(&packet, pdu, &frame, &mut session, &mut shared);
            result.decrypted.is_some()
        };
        // Until QQ2006 with its key, later with a token.
        assert!(decrypted(1, &login([0x0f, 0x5f], &KEY)));
        assert!(!decrypted(2, &login([0x11, 0x5b], b"\0\x04abcd")));
    }

    #[test]
    fn a_key_of_the_user_is_tried_on_frames_of_its_account() {
        let bytes = login([0x11, 0x5b], b"\0\x04abcd");
        let packet = Packet {
            bytes: &bytes,
            reported: bytes.len(),
            ..Packet::default()
        };
        let frame = frame(&bytes, Span::new(0, bytes.len()), Direction::Unknown).unwrap();
        for (account, expected) in [(12_345_678, true), (10_001, false)] {
            let mut keyring = Keyring::default();
            let row = format!("{account} 30313233343536373839616263646566");
            assert_eq!(keyring.add_keylog(&row), []);
            let shared = OicqShared::new(keyring, false);
            assert_eq!(is_decryptable(&packet, &frame, &shared), expected);
        }
    }
}
