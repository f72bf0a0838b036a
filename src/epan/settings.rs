//! What the user has set, for the captures to come.

use core::ffi::{c_char, c_int, CStr};
use std::fs::File;
use std::io::{Error, Read};
use std::sync::{Mutex, PoisonError};

use super::sys;
use crate::oicq::keyring::{Keyring, Kind};
use crate::oicq::session::Shared;

/// No more of a keylog file is read: half a million keys.
const LONGEST_KEYLOG: u64 = 32 << 20;
/// So many bad lines of it are named.
const NAMED_LINES: usize = 5;

#[derive(Default)]
struct Settings {
    keyring: Keyring,
    shows_keys: bool,
}

static SETTINGS: Mutex<Option<Settings>> = Mutex::new(None);

/// What the conversations of QQ share at the beginning of a capture.
pub(super) fn oicq_shared() -> Shared {
    let settings = SETTINGS.lock().unwrap_or_else(PoisonError::into_inner);
    settings.as_ref().map_or_else(Shared::default, |settings| {
        Shared::new(settings.keyring.clone(), settings.shows_keys)
    })
}

/// What is wrong with a row of the table.
pub(super) fn fault_of(row: &sys::imshark_key) -> Option<&'static CStr> {
    add(&mut Keyring::default(), row).err()
}

/// Takes over all that the user has set. Returns what is to be said about it.
pub(super) fn set(
    rows: &[sys::imshark_key],
    keylog: *const c_char,
    shows_keys: c_int,
) -> Option<String> {
    let mut keyring = Keyring::default();
    for row in rows {
        // The table was checked when it was edited; a bad row of an old file opens nothing.
        let _ = add(&mut keyring, row);
    }
    let complaint = match text(keylog) {
        Some(path) if !path.is_empty() => read_keylog(path, &mut keyring),
        _ => None,
    };
    let settings = Settings {
        keyring,
        shows_keys: shows_keys != 0,
    };
    *SETTINGS.lock().unwrap_or_else(PoisonError::into_inner) = Some(settings);
    complaint
}

fn add(keyring: &mut Keyring, row: &sys::imshark_key) -> Result<(), &'static CStr> {
    let kind = match row.kind {
        sys::IMSHARK_PASSWORD => Kind::Password,
        sys::IMSHARK_PASSWORD_MD5 => Kind::PasswordMd5,
        sys::IMSHARK_SESSION_KEY => Kind::SessionKey,
        sys::IMSHARK_SHARE_KEY => Kind::ShareKey,
        _ => return Err(c"This kind of key is not known"),
    };
    let value = text(row.value).ok_or(c"The value is not UTF-8")?;
    keyring.add_row(row.number, kind, value)
}

fn text<'a>(text: *const c_char) -> Option<&'a str> {
    if text.is_null() {
        return Some("");
    }
    // SAFETY: the shim passes texts that end with NUL and stay as they are during its call,
    // and nothing made of them here is kept.
    unsafe { CStr::from_ptr(text) }.to_str().ok()
}

fn read_keylog(path: &str, keyring: &mut Keyring) -> Option<String> {
    let text = match read(path) {
        Ok(text) => text,
        Err(error) => {
            return Some(format!(
                "The QQ keylog file {path} cannot be read: {error}."
            ))
        }
    };
    let bad = keyring.add_keylog(&String::from_utf8_lossy(&text));
    let mut lines = bad.iter().take(NAMED_LINES);
    let first = lines.next()?;
    let mut complaint = format!(
        "The QQ keylog file {path} has lines that hold no key. Line {}: {}",
        first.line, first.what
    );
    for bad in lines {
        complaint.push_str(&format!("; line {}: {}", bad.line, bad.what));
    }
    if bad.len() > NAMED_LINES {
        complaint.push_str(&format!("; {} more", bad.len() - NAMED_LINES));
    }
    complaint.push('.');
    Some(complaint)
}

fn read(path: &str) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    File::open(path)?
        .take(LONGEST_KEYLOG)
        .read_to_end(&mut text)?;
    Ok(text)
}
