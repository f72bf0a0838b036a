//! Entries stay within the body, whatever its bytes.

use crate::oicq::body::tests::{bytes, context, decode_at, QQ2005, QQ2006, QQ2008, QQ2010, TM2013};
use crate::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer};
use test_support::random::{rounds, SplitMix64};

fn assert_in_bounds(context: &CiphertextContext, plain: &[u8]) {
    let body = decode_at(context, plain);
    for entry in &body.entries {
        assert!(entry.span.end() <= plain.len(), "{context:?} {entry:?}");
    }
    let (count, most) = (body.entries.len(), 16 + 4 * plain.len());
    assert!(count <= most, "{context:?} {count} entries of {most}");
}

#[test]
fn random_bodies_stay_in_bounds() {
    const SEED: u64 = 0x0825_2013;
    let mut random = SplitMix64::new(SEED);
    let layers = [
        CiphertextLayer::Frame,
        CiphertextLayer::Proof,
        CiphertextLayer::Device,
        CiphertextLayer::Second,
    ];
    let versions = [QQ2005, QQ2006, QQ2008, QQ2010, TM2013];
    let small = [0x01, 0x05, 0x10, 0x1f, 0x30, 0x80];
    for command in (0..0x01ff).chain(0x0300..0x0302).chain(0x0810..0x083a) {
        for round in 0..rounds(40) {
            let len = random.below(120);
            let mut plain = vec![0; len];
            for byte in &mut plain {
                let limit = if round % 4 == 0 { 256 } else { 4 };
                *byte = random.below(limit) as u8;
                if random.below(8) == 0 {
                    *byte = small[random.below(small.len())];
                }
            }
            let context = CiphertextContext {
                layer: if round % 8 == 0 {
                    layers[random.below(4)]
                } else {
                    CiphertextLayer::Frame
                },
                ..context(command, versions[round % 5], random.below(2) == 0)
            };
            assert_in_bounds(&context, &plain);
        }
    }
}

#[test]
fn prefixes_and_mutations_stay_in_bounds() {
    let text = "msg \x14\x05".as_bytes();
    for (command, version, to_server, hex) in [
        (0x0016, QQ2006, true, "00bc614e000027110f5f00bc614e000027113d31a5af0a48e33dafeb398486fe0507000b000744444490003300000001010000420168656c6c6f20000a000000008602cbcecce50d"),
        (0x00cd, TM2013, true, "00bc614e00002711000000080001000400000000342000bc614e000027113d31a5af0a48e33dafeb398486fe0507000b4ab65380002002550000000101000000014d5347000000000053800020deadbeef00000000090086000006e5ae8be4bd93000001000801000568656c6c6f"),
        (0x0825, TM2013, true, "00180016000100000436000000010000149b00bc614e00000000030900080001b73c30ae0002"),
    ] {
        let mut plain = bytes(hex);
        plain.extend(text);
        for len in 0..=plain.len() {
            assert_in_bounds(&context(command, version, to_server), &plain[..len]);
        }
        let mut random = SplitMix64::new(7);
        for _ in 0..rounds(2_000) {
            let mut mutated = plain.clone();
            for _ in 0..3 {
                let at = random.below(mutated.len());
                mutated[at] = random.below(256) as u8;
            }
            assert_in_bounds(&context(command, version, to_server), &mutated);
        }
    }
}
