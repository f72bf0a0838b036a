//! Decodes frames of the families other than the basic one, by their first byte.

use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::other_frames::frame::{FamilyFrame, FamilyPart, FrameFamily};
use crate::oicq::wire::other_frames::{agent, custom_avatar, p2p, relay};
use crate::span::Span;

/// Decodes a frame of `len` bytes, of which `data` has those that were captured. Returns
/// `None` if it belongs to none of these families.
pub fn decode(data: &[u8], len: usize) -> Option<FamilyFrame> {
    match data.first()? {
        0x00 | 0x03 => p2p::decode(data, len).or_else(|| custom_avatar::decode(data, len)),
        0x04 => relay::decode(data, len),
        0x05 => agent::decode(data, len),
        _ => None,
    }
}

/// Splits the decrypted ciphertext of `message` into parts, with spans in `plain`.
/// `direction` is that of the frame.
pub fn decrypted_parts(
    message: &FamilyFrame,
    direction: Direction,
    plain: &[u8],
) -> Vec<(FamilyPart, Span)> {
    match (message.family, message.command) {
        (FrameFamily::P2pControl, _) => p2p::control(plain),
        (FrameFamily::Agent, Some(command)) => {
            agent::decrypted_parts(command.value, direction, plain)
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::wire::other_frames::reference_frames::{G35, G36, G37};
    use crate::oicq::wire::other_frames::{agent, p2p};
    use test_support::random::{rounds, SplitMix64};

    #[test]
    fn frames_of_the_reference_belong_to_their_families() {
        for (frame, family) in [
            (G35, FrameFamily::P2pControl),
            (G36, FrameFamily::P2pData),
            (G37, FrameFamily::Agent),
        ] {
            let found = decode(frame, frame.len()).expect("a frame");
            assert_eq!(found.family, family);
            assert_eq!(found.version.value, 0x0f5f);
            assert_eq!(found.account.map(|n| n.value), Some(12_345_678));
        }
    }

    #[test]
    fn a_byte_more_or_less_is_no_frame() {
        for frame in [G35, G36, G37] {
            assert!(decode(&frame[..frame.len() - 1], frame.len() - 1).is_none());
            let longer = [frame, &[0x03]].concat();
            assert!(decode(&longer, longer.len()).is_none(), "{longer:x?}");
        }
    }

    #[test]
    fn other_protocols_are_no_frames() {
        let others: &[&[u8]] = &[
            b"",
            b"\0",
            // The 28 family, a TCP hello, DNS, STUN, RTCP-like bytes and zeroes.
            b"\x28\0\0\0\x10\0\0\0\x04abcd\x29",
            b"\x27\0\0\0\0\x14\0\0\0\0\0\0",
            b"\0\x01\x01\0\0\x01\0\0\0\0\0\0\x03www\x07example\x03com\0\0\x01\0\x01",
            b"\0\x01\0\x08\x21\x12\xa4\x420123456789ab\0\x03\0\x04\0\0\0\x06",
            &[0; 84],
            &[3; 84],
            &[4; 84],
            &[5; 84],
        ];
        for bytes in others {
            assert!(decode(bytes, bytes.len()).is_none(), "{bytes:x?}");
        }
    }

    #[test]
    fn prefixes_and_mutations_do_not_panic() {
        let mut generator = SplitMix64::new(0x2545_f491_4f6c_dd1d);
        for len in 0..rounds(2_000) {
            let bytes = generator.bytes(len % 200);
            let _ = decode(&bytes, bytes.len());
        }
        let mut random = |limit| generator.below(limit);
        let samples: Vec<Vec<u8>> = vec![
            G35.to_vec(),
            G36.to_vec(),
            G37.to_vec(),
            custom_avatar::tests::info_request(),
            custom_avatar::tests::data_reply(),
            agent::tests::file_info(),
            p2p::tests::basic_info(),
            relay::tests::frame(),
        ];
        for sample in &samples {
            for cut in 0..=sample.len() {
                let _ = decode(&sample[..cut], cut);
                let _ = decode(&sample[..cut], sample.len());
            }
        }
        for round in 0..rounds(20_000) {
            let mut bytes = samples[round % samples.len()].clone();
            for _ in 0..=random(3) {
                let at = random(bytes.len());
                bytes[at] = random(256) as u8;
            }
            let reported = bytes.len() + [0, 1, 100][random(3)];
            if let Some(found) = decode(&bytes, reported) {
                assert!(found.parts.iter().all(|(_, span)| span.end() <= reported));
            }
        }
    }
}
