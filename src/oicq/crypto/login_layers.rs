//! Ciphertexts nested in the plaintexts of a login.
//!
//! Source: docs/protocol/oicq.md §4.3, §4.4, §7.4.

use crate::input::Input;
use crate::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer};
use crate::oicq::crypto::login_items::items;
use crate::oicq::crypto::tea;
use crate::oicq::wire::direction::Direction;
use crate::span::Span;

/// Length of an encrypted proof since QQ2009.
const PROOF: usize = 120;
/// Maximum ciphertexts nested in one frame.
const MAX_INNER: usize = 4;

/// A ciphertext inside a plaintext.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InnerCiphertext {
    /// Its bytes in the plaintext.
    pub span: Span,
    /// Its layer.
    pub layer: CiphertextLayer,
}

/// Whether this is the plaintext of a frame from the client.
fn is_request(context: &CiphertextContext) -> bool {
    context.layer == CiphertextLayer::Frame && context.direction == Direction::ToServer
}

/// The proof in a password check.
pub(crate) fn proof_of_password(
    context: &CiphertextContext,
    plaintext: &[u8],
) -> Vec<InnerCiphertext> {
    let proof = match is_request(context) {
        true if context.is_old() => old_proof(plaintext),
        true => new_proof(plaintext),
        false => None,
    };
    let layer = CiphertextLayer::Proof;
    let proof = proof.map(|span| InnerCiphertext { span, layer });
    proof.into_iter().collect()
}

/// Proof and computer ids in a login from QQ2013 on.
pub(crate) fn items_of_login(
    context: &CiphertextContext,
    plaintext: &[u8],
) -> Vec<InnerCiphertext> {
    if !is_request(context) {
        return Vec::new();
    }
    let ciphertexts = items(plaintext, 0).filter(|item| tea::is_ciphertext_len(item.span.len));
    let inner = ciphertexts.filter_map(|item| {
        let layer = match item.tag {
            0x0006 => CiphertextLayer::Proof,
            0x001a => CiphertextLayer::Device,
            _ => return None,
        };
        let span = item.span;
        Some(InnerCiphertext { span, layer })
    });
    inner.take(MAX_INNER).collect()
}

/// 0x00dd of QQ2007 and QQ2008: length2, locale4, time zone2, token, proof.
fn old_proof(plaintext: &[u8]) -> Option<Span> {
    let mut input = Input::whole(plaintext);
    input.take(8)?;
    let token = input.u8()?;
    input.take(token.value.into())?;
    input
        .length_prefixed()
        .filter(|proof| tea::is_ciphertext_len(proof.len))
}

/// 0x00dd from QQ2009 on: 22 bytes, captcha token, proof. Some clients have two bytes
/// fewer.
fn new_proof(plaintext: &[u8]) -> Option<Span> {
    [22, 20].into_iter().find_map(|head| {
        let mut input = Input::whole(plaintext);
        input.take(head)?;
        input.length_prefixed()?;
        input.length_prefixed().filter(|proof| proof.len == PROOF)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::wire::hex::counted;

    fn context(command: u16, version: u16, direction: Direction) -> CiphertextContext {
        let layer = CiphertextLayer::Frame;
        CiphertextContext {
            command,
            direction,
            version,
            layer,
        }
    }

    #[test]
    fn proofs_of_every_generation() {
        let old = [&[0; 8][..], &[4, 1, 2, 3, 4], &counted(&[9; 32]), &[7; 10]].concat();
        let found = context(0x00dd, 0x115b, Direction::ToServer).inner(&old);
        assert_eq!(
            found,
            [InnerCiphertext {
                span: Span::new(15, 32),
                layer: CiphertextLayer::Proof
            }]
        );
        for head in [20, 22] {
            let new = [
                &vec![0xde; head][..],
                &counted(&[3; 0x38]),
                &counted(&[9; 120]),
                &[7; 10],
            ]
            .concat();
            let found = context(0x00dd, 0x2227, Direction::ToServer).inner(&new);
            let span = Span::new(head + 2 + 0x38 + 2, 120);
            assert_eq!(
                found,
                [InnerCiphertext {
                    span,
                    layer: CiphertextLayer::Proof
                }]
            );
        }
        let tlv = |tag: u8, value: &[u8]| [&[0, tag][..], &counted(value)].concat();
        let latest = [
            tlv(0x12, &[1; 0x38]),
            tlv(0x06, &[2; 120]),
            tlv(0x1a, &[3; 64]),
        ]
        .concat();
        for command in [0x0826, 0x0836] {
            let found = context(command, 0x3420, Direction::ToServer).inner(&latest);
            let expected = [
                (64, 120, CiphertextLayer::Proof),
                (188, 64, CiphertextLayer::Device),
            ];
            let expected = expected.map(|(start, len, layer)| InnerCiphertext {
                span: Span::new(start, len),
                layer,
            });
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_reply_of_0836_is_encrypted_twice() {
        let context = context(0x0836, 0x3420, Direction::ToClient);
        let found = context.inner(&[5; 64]);
        assert_eq!(
            found,
            [InnerCiphertext {
                span: Span::new(0, 64),
                layer: CiphertextLayer::Second
            }]
        );
        assert_eq!(context.inner(&[5; 63]), []);
        let second = CiphertextContext {
            layer: CiphertextLayer::Second,
            ..context
        };
        assert_eq!(second.inner(&[5; 64]), []);
    }

    #[test]
    fn only_requests_have_a_proof() {
        let old = [&[0; 8][..], &[0], &counted(&[9; 32])].concat();
        let new = [&[0; 22][..], &counted(&[]), &counted(&[9; 120])].concat();
        let latest = [&[0, 0x06][..], &counted(&[9; 120])].concat();
        for (command, version, plaintext) in [
            (0x00dd, 0x115b, old),
            (0x00dd, 0x2227, new),
            (0x0826, 0x3420, latest),
        ] {
            let request = context(command, version, Direction::ToServer);
            assert_eq!(request.inner(&plaintext).len(), 1, "{version:04x}");
            let reply = context(command, version, Direction::ToClient);
            assert_eq!(reply.inner(&plaintext), [], "{version:04x}");
            // Nothing is nested in the proof itself.
            let proof = CiphertextContext {
                layer: CiphertextLayer::Proof,
                ..request
            };
            assert_eq!(proof.inner(&plaintext), [], "{version:04x}");
        }
    }

    #[test]
    fn truncated_plaintexts_have_none() {
        let new = [&[0; 22][..], &counted(&[3; 0x38]), &counted(&[9; 120])].concat();
        let dd = context(0x00dd, 0x2227, Direction::ToServer);
        for len in 0..new.len() {
            assert_eq!(dd.inner(&new[..len]), [], "{len}");
        }
    }
}
