//! Secrets are where they belong: what is in clear is not in Info, and what was decrypted is
//! nowhere unless the user wants to see keys. Another secret of the same form must therefore
//! change nothing there.

use imshark::oicq::body::decode::decode;
use imshark::oicq::body::value::{BodyEntry, BodyValue};
use imshark::packet::{Detail, Packet};
use imshark::plan::{Plan, SourceId};
use imshark::span::Span;

use crate::bodies;
use crate::invariants::{bounded, fingerprint, held};
use crate::play::{self, Dissector, State};
use crate::sealed::Sealed;

/// Shorter values may be anywhere by chance.
const MIN_LENGTH: usize = 4;

/// A byte of protocol, then a stretch of MSNP, or a frame as for `sealed`.
pub fn run(data: &[u8]) {
    bounded(data, |data| match data {
        [0..0x80, data @ ..] => in_clear(data),
        [_, data @ ..] => decrypted(data),
        [] => {}
    });
}

/// The secrets of a Plan, by item, that are in the packet.
fn secrets(plan: &Plan<'_>) -> Vec<Span> {
    let items = plan.items().iter().filter(|item| {
        let is_secret = item.field.spec().is_some_and(|spec| spec.secret.is_some());
        is_secret && item.source == SourceId::PACKET && item.span.len >= MIN_LENGTH
    });
    items.map(|item| item.span).collect()
}

/// What a Plan is made of, without its values.
fn outline(plan: &Plan<'_>) -> Vec<(u16, Span)> {
    let items = plan.items().iter();
    items.map(|item| (item.field.row, item.span)).collect()
}

fn in_clear(data: &[u8]) {
    let packet = play::packet(data);
    let mut state = State::new(1, true);
    let plan = state.dissect(&packet, Dissector::Msn, 0);
    let mut other = data.to_vec();
    for span in secrets(&plan) {
        replace(&mut other, span);
    }
    if other == data {
        return;
    }
    let packet = play::packet(&other);
    let mut state = State::new(1, true);
    let changed = state.dissect(&packet, Dissector::Msn, 0);
    if outline(&changed) == outline(&plan) {
        assert_eq!(changed.info_text(), plan.info_text());
        held(|| "a secret in clear is not in Info".into());
    }
}

/// Other letters and digits in place of those of a secret.
fn replace(bytes: &mut [u8], span: Span) {
    for byte in bytes.iter_mut().take(span.end()).skip(span.start) {
        *byte = match *byte {
            b'0'..=b'8' | b'a'..=b'y' | b'A'..=b'Y' => *byte + 1,
            other => other,
        };
    }
}

fn decrypted(data: &[u8]) {
    let (Some(sealed), [command, client, which, ..]) = (Sealed::of(data), data) else {
        return;
    };
    let context = bodies::context(*command, *client, which & 3);
    let body = |plain: &[u8]| decode(&context, Some(12_345_678), plain);
    let found = body(sealed.plain);
    let is_secret = |entry: &&BodyEntry| entry.value == BodyValue::Secret;
    let mut other = sealed.plain.to_vec();
    for entry in found.entries.iter().filter(is_secret) {
        let secret = entry.span.of(sealed.plain);
        if memchr::memmem::find_iter(sealed.plain, secret)
            .nth(1)
            .is_some()
        {
            // A key is also hidden in bytes that nothing explains.
            return;
        }
        let end = entry.span.end().min(other.len());
        let secret = other.get_mut(entry.span.start..end);
        secret.into_iter().flatten().for_each(|byte| *byte ^= 0x11);
    }
    let outline = |entries: &[BodyEntry]| -> Vec<(Span, bool)> {
        let entries = entries.iter();
        let value = |entry: &BodyEntry| entry.value == BodyValue::Secret;
        entries.map(|entry| (entry.span, value(entry))).collect()
    };
    let changed = body(&other);
    if other == sealed.plain || outline(&changed.entries) != outline(&found.entries) {
        return;
    }
    let differs = |(a, b): (&BodyEntry, &BodyEntry)| a.value != b.value;
    if found.entries.iter().zip(&changed.entries).any(differs) {
        // A value that is not secret was read from the same bytes.
        return;
    }
    // The ciphertext differs, so only what was decrypted is compared.
    let [one, two] = [sealed.plain, &other].map(|plain| {
        let bytes = sealed.frame(plain);
        let packet = Packet {
            detail: Detail::Tree,
            ..sealed.packet(&bytes)
        };
        let mut state = State::new(1, false);
        let plan = state.dissect(&packet, Dissector::Oicq, 0);
        let is_decrypted = plan.sources().iter().any(|source| source.decrypted);
        (fingerprint(&plan), is_decrypted, plan.to_string())
    });
    assert!(one.0 == two.0, "a secret is shown:\n{}\n{}", one.2, two.2);
    if one.1 && two.1 {
        held(|| "a secret that was decrypted is nowhere".into());
    }
}
