//! The user's settings, for the captures to come.

use core::ffi::CStr;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use libc::{c_char, c_int};

use crate::epan::{sys, vectors};
use crate::oicq::keystore::file as key_file;
use crate::oicq::keystore::file::Refusal;
use crate::oicq::keystore::keyring::{BadLine, Keyring, SecretKind};
use crate::oicq::state::session::OicqShared;

/// Maximum bytes read of a keylog file: half a million keys.
const LONGEST_KEYLOG: u64 = 32 << 20;
/// Maximum number of bad lines that are named.
const NAMED_LINES: usize = 5;

#[derive(Default)]
struct Settings {
    keyring: Keyring,
    shows_keys: bool,
}

static SETTINGS: Mutex<Option<Settings>> = Mutex::new(None);

/// State shared by the QQ conversations at the beginning of a capture.
pub(super) fn oicq_shared() -> OicqShared {
    let settings = SETTINGS.lock().unwrap_or_else(PoisonError::into_inner);
    let mut shared = settings
        .as_ref()
        .map_or_else(OicqShared::default, |settings| {
            OicqShared::new(settings.keyring.clone(), settings.shows_keys)
        });
    shared.key_store.set_residues(vectors::residues());
    shared
}

/// Returns what is wrong with a row of the table.
pub(super) fn fault_of(row: &sys::imshark_key) -> Option<&'static CStr> {
    add(&mut Keyring::default(), row).err()
}

/// Replaces all settings: the rows of the table, which Wireshark keeps in the file
/// `table`, the name of a keylog file, and whether keys are shown. Returns complaints,
/// one per line.
pub(super) fn set(
    rows: &[sys::imshark_key],
    table: *const c_char,
    keylog: *const c_char,
    shows_keys: c_int,
) -> Option<String> {
    let mut complaints = Vec::new();
    let mut keyring = Keyring::default();
    for row in rows {
        // The table was checked when it was edited; a bad row of an old file decrypts
        // nothing.
        let _ = add(&mut keyring, row);
    }
    let named = |path| text(path).filter(|path| !path.is_empty());
    if let Some(path) = named(table).filter(|_| !rows.is_empty()) {
        let mode = key_file::open_to_others(Path::new(path));
        complaints.extend(mode.map(|mode| open_to_others("key table", path, mode)));
    }
    if let Some(path) = named(keylog) {
        read_keylog(path, &mut keyring, &mut complaints);
    }
    let settings = Settings {
        keyring,
        shows_keys: shows_keys != 0,
    };
    *SETTINGS.lock().unwrap_or_else(PoisonError::into_inner) = Some(settings);
    (!complaints.is_empty()).then(|| complaints.join("\n"))
}

fn add(keyring: &mut Keyring, row: &sys::imshark_key) -> Result<(), &'static CStr> {
    let kind = match row.kind {
        sys::IMSHARK_PASSWORD => SecretKind::Password,
        sys::IMSHARK_PASSWORD_MD5 => SecretKind::PasswordMd5,
        sys::IMSHARK_SESSION_KEY => SecretKind::SessionKey,
        sys::IMSHARK_SHARE_KEY => SecretKind::ShareKey,
        _ => return Err(c"This kind of key is not known"),
    };
    let value = text(row.value).ok_or(c"The value is not UTF-8")?;
    keyring.add_row(row.number, kind, value)
}

fn text<'a>(text: *const c_char) -> Option<&'a str> {
    if text.is_null() {
        return Some("");
    }
    // SAFETY: the shim passes texts that end with NUL and do not change during its call,
    // and no reference to them is kept.
    unsafe { CStr::from_ptr(text) }.to_str().ok()
}

/// Adds the keys of a keylog file and any complaints about it.
fn read_keylog(path: &str, keyring: &mut Keyring, complaints: &mut Vec<String>) {
    let contents = match key_file::read(Path::new(path), LONGEST_KEYLOG) {
        Ok(contents) => contents,
        Err(Refusal::Kind(kind)) => {
            complaints.push(format!(
                "The QQ keylog file {path} is {kind}: only a regular file is read."
            ));
            return;
        }
        Err(Refusal::System(error)) => {
            complaints.push(format!(
                "The QQ keylog file {path} cannot be read: {error}."
            ));
            return;
        }
    };
    if let Some(mode) = contents.open_mode {
        complaints.push(open_to_others("keylog file", path, mode));
    }
    let text = String::from_utf8_lossy(&contents.bytes);
    if contents.left_out > 0 {
        complaints.push(format!(
            "The QQ keylog file {path} is larger than {} MiB: the {} bytes after line {} are \
             left out.",
            LONGEST_KEYLOG >> 20,
            contents.left_out,
            text.lines().count()
        ));
    }
    let bad = keyring.add_keylog(&text);
    complaints.extend(bad_lines(path, &bad));
}

fn bad_lines(path: &str, bad: &[BadLine]) -> Option<String> {
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

fn open_to_others(what: &str, path: &str, mode: u32) -> String {
    format!("The QQ {what} {path} is open to other users of this machine (mode {mode:04o}).")
}
