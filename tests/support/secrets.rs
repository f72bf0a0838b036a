//! The secrets of a sample, and their possible spellings in an output.

use std::collections::BTreeSet;

use base64::prelude::{Engine as _, BASE64_STANDARD_NO_PAD};
use imshark::oicq::crypto::keys::Key;
use imshark::oicq::keystore::keyring::SecretKind;
use imshark::plan::{Item, Plan, Value};

use super::capture::{Capture, Secrets};
use super::samples::host::Host;
use super::samples::packets::packet;

/// Minimum length: a shorter text may occur anywhere by chance.
const MIN_LENGTH: usize = 4;
/// Minimum number of different bytes: samples fill tokens with equal ones.
const MIN_DIFFERENT: usize = 4;

/// Values that were decrypted, derived or given by the user, and are nowhere unencrypted.
pub fn hidden(capture: &Capture) -> BTreeSet<Vec<u8>> {
    let mut capture = capture.clone();
    capture.secrets.shows_keys = true;
    let host = Host::open(&capture, true);
    let mut found: BTreeSet<Vec<u8>> = given(&capture.secrets).into_iter().collect();
    for plan in &host.plans {
        for item in plan.items().iter().filter(|item| is_hidden(plan, item)) {
            found.insert(value(plan, item));
        }
    }
    let frames: Vec<Vec<u8>> = capture
        .frames
        .iter()
        .map(|frame| packet(frame).payload.to_vec())
        .collect();
    found.retain(|secret| {
        let in_clear = |frame: &Vec<u8>| contains(frame, secret);
        let different: BTreeSet<u8> = secret.iter().copied().collect();
        let is_distinctive = secret.len() >= MIN_LENGTH && different.len() >= MIN_DIFFERENT;
        // The word is in the titles of fields; its hashes are searched for.
        is_distinctive && secret != b"password" && !frames.iter().any(in_clear)
    });
    found
}

fn given(secrets: &Secrets) -> Vec<Vec<u8>> {
    let keyring = secrets.keyring();
    let entries = keyring.into_accounts().flat_map(|(_, entries)| entries);
    let mut given: Vec<Vec<u8>> = entries
        .flat_map(|entry| entry.secret.keys().to_vec())
        .map(|key| key.bytes().to_vec())
        .collect();
    let passwords = secrets
        .rows
        .iter()
        .filter(|row| row.1 == SecretKind::Password);
    given.extend(passwords.map(|row| row.2.clone().into_bytes()));
    given
}

/// Whether the value is a secret that is not in the packet unencrypted.
pub fn is_hidden(plan: &Plan<'_>, item: &Item) -> bool {
    let is_secret = item.field.spec().is_some_and(|spec| spec.secret.is_some());
    let source = usize::from(item.source.0).checked_sub(1);
    let source = source.and_then(|index| plan.sources().get(index));
    is_secret && (item.span.len == 0 || source.is_some_and(|source| source.decrypted))
}

/// The bytes of a value; a text of hexadecimal digits is decoded.
fn value(plan: &Plan<'_>, item: &Item) -> Vec<u8> {
    match plan.value_of(item) {
        Some(text) => match Key::from_hex(&text) {
            Some(key) => key.bytes().to_vec(),
            None => text.into_owned().into_bytes(),
        },
        None => {
            assert_eq!(item.value, Value::Bytes, "{item:?}");
            item.span.of(plan.bytes_of(item.source)).to_vec()
        }
    }
}

/// All spellings of bytes in a text, in lower case.
pub fn spellings(secret: &[u8]) -> Vec<String> {
    let pairs: Vec<String> = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut spellings: Vec<String> = ["", ":", " ", "-", "\\x"]
        .iter()
        .map(|between| pairs.join(between))
        .collect();
    spellings.push(BASE64_STANDARD_NO_PAD.encode(secret).to_lowercase());
    if let Ok(text) = core::str::from_utf8(secret) {
        if !text.chars().any(char::is_control) {
            spellings.push(text.to_lowercase());
        }
    }
    spellings
}

/// Whether `part` is anywhere in `bytes`.
pub fn contains(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}
