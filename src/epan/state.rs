//! All that is remembered of the open capture: the sessions, by number.
//!
//! A conversation holds the number of its session. Wireshark forgets the conversations
//! when the file closes; the same moment these lists are emptied.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::sys;
use crate::{msn, oicq};

struct Capture {
    msn: Vec<msn::session::Session>,
    oicq: Vec<oicq::session::Session>,
}

static CAPTURE: Mutex<Capture> = Mutex::new(Capture {
    msn: Vec::new(),
    oicq: Vec::new(),
});

/// After a panic a session may lack what the panicking call was to add. Every reader copes
/// with a session that knows less than it could, so the capture goes on.
fn capture() -> MutexGuard<'static, Capture> {
    CAPTURE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Forgets everything.
pub(super) fn reset() {
    let mut capture = capture();
    capture.msn = Vec::new();
    capture.oicq = Vec::new();
}

/// Makes a new session and returns its number, from 1.
pub(super) fn open(which: u32) -> u32 {
    let mut capture = capture();
    let count = if which == sys::IMSHARK_MSN {
        capture.msn.push(Default::default());
        capture.msn.len()
    } else {
        capture.oicq.push(Default::default());
        capture.oicq.len()
    };
    count as u32
}

/// Runs `body` with an MSN session. A number that was never given gets a fresh one.
pub(super) fn with_msn<T>(number: u32, body: impl FnOnce(&mut msn::session::Session) -> T) -> T {
    match find(&mut capture().msn, number) {
        Some(session) => body(session),
        None => body(&mut Default::default()),
    }
}

/// Runs `body` with a QQ session. A number that was never given gets a fresh one.
pub(super) fn with_oicq<T>(number: u32, body: impl FnOnce(&mut oicq::session::Session) -> T) -> T {
    match find(&mut capture().oicq, number) {
        Some(session) => body(session),
        None => body(&mut Default::default()),
    }
}

fn find<T>(sessions: &mut [T], number: u32) -> Option<&mut T> {
    sessions.get_mut((number as usize).checked_sub(1)?)
}
