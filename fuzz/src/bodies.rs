//! Plaintexts of QQ, of every command, client and direction.

use imshark::oicq::body::decode::{decode, DecodedBody};
use imshark::oicq::body::value::BodyValue;
use imshark::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer};
use imshark::oicq::crypto::keys::published_share_key;
use imshark::oicq::wire::client_table::CLIENTS;
use imshark::oicq::wire::commands::table::COMMANDS;
use imshark::oicq::wire::direction::Direction;

use crate::invariants::{bounded, inside, within};

/// Entries that any body may have, and that a byte of it may have besides.
const ENTRIES: usize = 16;
const ENTRIES_PER_BYTE: usize = 4;

/// A byte each of command, client, and layer and direction, then the plaintext.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [command, client, which, plain @ ..] = data else {
            return;
        };
        let context = context(*command, *client, *which);
        let uin = (which & 0x20 == 0).then_some(12_345_678);
        check(&decode(&context, uin, plain), plain);
        nested(&context, plain);
    });
}

/// The context that three bytes choose.
pub fn context(command: u8, client: u8, which: u8) -> CiphertextContext {
    let versions = CLIENTS.rows();
    CiphertextContext {
        command: COMMANDS[usize::from(command) % COMMANDS.len()].code,
        direction: match which & 3 {
            0 | 3 => Direction::ToServer,
            1 => Direction::ToClient,
            _ => Direction::Unknown,
        },
        version: versions[usize::from(client) % versions.len()].0 as u16,
        layer: match which >> 2 & 3 {
            0 => CiphertextLayer::Frame,
            1 => CiphertextLayer::Proof,
            2 => CiphertextLayer::Device,
            _ => CiphertextLayer::Second,
        },
    }
}

/// The entries of a body are a tree of parts of the plaintext.
pub fn check(body: &DecodedBody, plain: &[u8]) {
    let most = ENTRIES + ENTRIES_PER_BYTE * plain.len();
    let count = body.entries.len();
    assert!(count <= most, "{count} entries of {} bytes", plain.len());
    let mut above = Vec::new();
    for entry in &body.entries {
        within(entry.span, plain);
        let depth = usize::from(entry.depth);
        assert!(depth <= above.len(), "depth {depth} below {}", above.len());
        above.truncate(depth);
        if let Some(parent) = above.last() {
            inside(entry.span, *parent);
        }
        above.push(entry.span);
        if let BodyValue::Text(text) = &entry.value {
            // An emoticon is a byte or two.
            let most = 32 * entry.span.len;
            assert!(text.len() <= most, "{} bytes of {most}", text.len());
        }
        assert!(body.find(entry.name).is_some());
        assert!(body.spans(entry.name).any(|span| span == entry.span));
    }
}

/// Ciphertexts and keys inside the plaintext are parts of it.
pub fn nested(context: &CiphertextContext, plain: &[u8]) {
    for inner in context.inner(plain) {
        within(inner.span, plain);
        let below = CiphertextContext {
            layer: inner.layer,
            ..*context
        };
        assert!(!below.roles().is_empty());
    }
    for found in context.extract_keys(plain) {
        let is_key = |bytes: &[u8]| bytes == found.key.bytes();
        let is_public = |bytes: &[u8]| published_share_key(bytes) == Some(found.key);
        let is_there = plain.windows(16).any(is_key) || plain.windows(25).any(is_public);
        assert!(is_there, "a key from nowhere");
    }
    context.key_of_sender(plain);
}
