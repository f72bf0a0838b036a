//! The TLVs of QQ's logins, framed as they should be, with any content.

use imshark::oicq::body::decode::decode;
use imshark::oicq::body::tlv_codes::TLV_TYPES;
use imshark::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer};
use imshark::oicq::wire::direction::Direction;

use crate::bodies;
use crate::invariants::bounded;

/// The commands whose bodies are TLVs.
const COMMANDS: [u16; 8] = [
    0x0825, 0x0836, 0x0828, 0x0826, 0x0818, 0x0819, 0x00ec, 0x0058,
];

/// A byte of command, of direction and layer, and of bytes before the TLVs; those; and for
/// each TLV a byte of type, one of length, and so many bytes.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [command, which, before, data @ ..] = data else {
            return;
        };
        let before = usize::from(before & 31).min(data.len());
        let (before, mut data) = data.split_at(before);
        let mut plain = before.to_vec();
        while let [kind, length, rest @ ..] = data {
            let (value, after) = rest.split_at(usize::from(*length).min(rest.len()));
            data = after;
            let types = TLV_TYPES.rows();
            let kind = match types.get(usize::from(*kind)) {
                Some((kind, _)) => *kind as u16,
                None => u16::from(*kind) << 8,
            };
            plain.extend(kind.to_be_bytes());
            plain.extend((value.len() as u16).to_be_bytes());
            plain.extend(value);
        }
        let context = CiphertextContext {
            command: COMMANDS[usize::from(*command) % COMMANDS.len()],
            direction: match which & 1 {
                0 => Direction::ToServer,
                _ => Direction::ToClient,
            },
            version: if which & 8 == 0 { 0x3649 } else { 0x2f21 },
            layer: match which >> 1 & 3 {
                0 | 1 => CiphertextLayer::Frame,
                2 => CiphertextLayer::Device,
                _ => CiphertextLayer::Second,
            },
        };
        bodies::check(&decode(&context, Some(12_345_678), &plain), &plain);
        bodies::nested(&context, &plain);
    });
}
