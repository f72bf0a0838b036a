//! All that is remembered of the open capture: the sessions, by number.
//!
//! A conversation holds the number of its session. Wireshark forgets the conversations
//! when the file closes; the same moment these lists are emptied.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{settings, sys};
use crate::{msn, oicq};

/// The conversations of one dissector, and what they share.
#[derive(Default)]
struct Family<Session, Shared> {
    sessions: Vec<Session>,
    shared: Shared,
}

impl<Session: Default, Shared> Family<Session, Shared> {
    /// Makes a new session and returns its number, from 1.
    fn open(&mut self) -> u32 {
        self.sessions.push(Session::default());
        self.sessions.len() as u32
    }

    /// Runs `body` with a session. A number that was never given gets a fresh one.
    fn with<T>(&mut self, number: u32, body: impl FnOnce(&mut Session, &mut Shared) -> T) -> T {
        let index = (number as usize).wrapping_sub(1);
        match self.sessions.get_mut(index) {
            Some(session) => body(session, &mut self.shared),
            None => body(&mut Session::default(), &mut self.shared),
        }
    }
}

struct Capture {
    msn: Family<msn::session::Session, msn::session::Shared>,
    oicq: Family<oicq::session::Session, oicq::session::Shared>,
}

impl Capture {
    fn new() -> Self {
        Self {
            msn: Family::default(),
            oicq: Family {
                sessions: Vec::new(),
                shared: settings::oicq_shared(),
            },
        }
    }
}

static CAPTURE: Mutex<Option<Capture>> = Mutex::new(None);

/// Runs `body` with the capture. After a panic a session may lack what the panicking call
/// was to add. Every reader copes with a session that knows less than it could, so the
/// capture goes on.
fn with_capture<T>(body: impl FnOnce(&mut Capture) -> T) -> T {
    let mut guard: MutexGuard<'static, _> = CAPTURE.lock().unwrap_or_else(PoisonError::into_inner);
    body(guard.get_or_insert_with(Capture::new))
}

/// Forgets everything.
pub(super) fn reset() {
    *CAPTURE.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// Makes a new session and returns its number, from 1.
pub(super) fn open(which: u32) -> u32 {
    with_capture(|capture| {
        if which == sys::IMSHARK_MSN {
            capture.msn.open()
        } else {
            capture.oicq.open()
        }
    })
}

/// Runs `body` with an MSN session.
pub(super) fn with_msn<T>(
    number: u32,
    body: impl FnOnce(&mut msn::session::Session, &mut msn::session::Shared) -> T,
) -> T {
    with_capture(|capture| capture.msn.with(number, body))
}

/// Runs `body` with a QQ session.
pub(super) fn with_oicq<T>(
    number: u32,
    body: impl FnOnce(&mut oicq::session::Session, &mut oicq::session::Shared) -> T,
) -> T {
    with_capture(|capture| capture.oicq.with(number, body))
}
