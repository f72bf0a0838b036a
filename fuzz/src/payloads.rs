//! Payloads of MSNP: blocks of MSNP21, contents, invitations, chunks, proofs.

use imshark::msn::msnp::wire::chunks::{ChunkPart, Chunks, MAX_PARTS};
use imshark::msn::msnp::wire::{
    blocks, challenge, content, current_media, invitation, sip, sso_blob,
};
use imshark::msn::p2p::wire::offsets;
use imshark::span::Span;

use crate::invariants::{bounded, decoded, in_order, inside, within};

/// A byte of which, then a payload.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [which, data @ ..] = data else {
            return;
        };
        match which % 4 {
            0 => envelope(data),
            1 => contents(data),
            2 => chunks(data),
            _ => numbers(data),
        }
    });
}

fn envelope(data: &[u8]) {
    let Some(envelope) = decoded(blocks::decode(data), data) else {
        return;
    };
    assert!(!envelope.blocks.is_empty());
    for block in &envelope.blocks {
        within(block.headers.span, data);
        assert!(envelope.block(block.kind).is_some());
    }
    in_order(envelope.blocks.iter().map(|block| block.headers.span));
    within(envelope.body, data);
    within(envelope.surplus, data);
    assert!(envelope.surplus.len == 0 || envelope.body.end() <= envelope.surplus.start);
    if let Some(length) = envelope.length {
        within(length.span, data);
        assert_eq!(
            envelope.missing(),
            (length.value as usize).saturating_sub(envelope.body.len)
        );
    }
}

fn contents(data: &[u8]) {
    let whole = Span::new(0, data.len());
    let fields = current_media::fields(data, whole);
    in_order(fields.iter().copied());
    fields.iter().for_each(|field| within(*field, data));
    for (shortcut, object) in content::emoticons(data, whole) {
        within(shortcut, data);
        object.into_iter().for_each(|object| within(object, data));
    }
    if let Some((digits, _)) = content::base64_body(data, whole) {
        within(digits, data);
    }
    if let Some((session, server)) = content::closed_window(data) {
        within(session, data);
        within(server, data);
        inside(server, Span::between(session.end(), data.len()));
    }
    content::of_message_type(data);
    content::is_signal(data);
    content::find(data);
    content::sign_out(data);
    let text = String::from_utf8_lossy(data);
    invitation::application(&text);
    invitation::cancel_code(&text);
    invitation::address(data);
    let (format, arguments) = text.split_once('\n').unwrap_or((&text, ""));
    let arguments: Vec<&str> = arguments.split('\n').take(8).collect();
    let filled = current_media::fill_placeholders(format, &arguments);
    let longest = arguments.iter().map(|text| text.len()).max().unwrap_or(0);
    assert!(filled.len() <= format.len() * (1 + longest));
}

/// Chunks: a byte each of id, of number (ff: of the first part of the longest message) and of
/// length, then so many bytes.
fn chunks(mut data: &[u8]) {
    let mut chunks = Chunks::default();
    let mut added = 0;
    while let [id, number, length, rest @ ..] = data {
        let (bytes, after) = rest.split_at(usize::from(*length).min(rest.len()));
        data = after;
        added += bytes.len();
        let part = match number & 0x80 {
            0 => ChunkPart::Next(u32::from(*number)),
            _ if *number == 0xff => ChunkPart::First(MAX_PARTS),
            _ => ChunkPart::First(u32::from(number & 0x7f)),
        };
        let side = usize::from(id & 1);
        if let Some(whole) = chunks.add(side, &[*id], part, added, bytes) {
            assert!(whole.bytes.len() <= added);
            assert!(whole.origins.contains(&added));
        }
        assert!(chunks.size() <= added as u64);
    }
}

fn numbers(data: &[u8]) {
    challenge::key(data);
    sip::is_message(data);
    if let Some(spans) = offsets::packets(data, data.len()) {
        in_order(spans.iter().copied());
        spans.iter().for_each(|span| within(*span, data));
    }
    if let Some(decoded) = content::base64(data) {
        sso_blob::response_blob(&decoded);
    }
    sso_blob::response_blob(data);
}
