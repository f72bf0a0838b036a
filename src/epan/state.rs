//! State of the open capture: the sessions, by number.
//!
//! A conversation holds the number of its session. Wireshark frees the conversations when
//! the file is closed; these lists are cleared at the same time.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::epan::settings;
use crate::msn::msnftp::state::session::FtpSession;
use crate::msn::msnp::state::session::MsnpSession;
use crate::msn::p2p::state::direct::DirectSession;
use crate::msn::state::capture::MsnCapture;
use crate::oicq::state::session::{OicqSession, OicqShared};
use crate::pieces::budget::DEFAULT_MEBIBYTES;
use crate::pieces::Budget;

/// The sessions of one dissector.
#[derive(Default)]
pub(super) struct Sessions<Session>(Vec<Session>);

impl<Session: Default> Sessions<Session> {
    /// Makes a new session and returns its number, from 1.
    pub(super) fn open(&mut self) -> u32 {
        self.0.push(Session::default());
        self.0.len() as u32
    }

    /// Runs `body` with a session. An unknown number gets a fresh one.
    pub(super) fn with<T>(&mut self, number: u32, body: impl FnOnce(&mut Session) -> T) -> T {
        let index = (number as usize).wrapping_sub(1);
        match self.0.get_mut(index) {
            Some(session) => body(session),
            None => body(&mut Session::default()),
        }
    }
}

/// The sessions of every dissector, and the state that a family shares.
pub(super) struct Capture {
    pub(super) msn: Sessions<MsnpSession>,
    pub(super) p2p_direct: Sessions<DirectSession>,
    pub(super) msnftp: Sessions<FtpSession>,
    pub(super) msn_shared: MsnCapture,
    pub(super) oicq: Sessions<OicqSession>,
    pub(super) oicq_shared: OicqShared,
}

impl Capture {
    fn new() -> Self {
        let budget = Budget::of_mebibytes(OBJECT_MEMORY.load(Ordering::Relaxed));
        let mut oicq_shared = settings::oicq_shared();
        oicq_shared.budget = budget.clone();
        oicq_shared.chinese_names = CHINESE_NAMES.load(Ordering::Relaxed);
        Self {
            msn: Sessions::default(),
            p2p_direct: Sessions::default(),
            msnftp: Sessions::default(),
            msn_shared: MsnCapture::new(&budget),
            oicq: Sessions::default(),
            oicq_shared,
        }
    }
}

static CAPTURE: Mutex<Option<Capture>> = Mutex::new(None);

/// Memory for the objects of the next capture, in MiB.
static OBJECT_MEMORY: AtomicU32 = AtomicU32::new(DEFAULT_MEBIBYTES);

/// Whether the next capture names commands in Chinese.
static CHINESE_NAMES: AtomicBool = AtomicBool::new(false);

/// Runs `body` with the capture. After a panic a session may lack what the panicking call
/// was to add. Every reader copes with an incomplete session, so the capture stays in
/// use.
pub(super) fn with_capture<T>(body: impl FnOnce(&mut Capture) -> T) -> T {
    let mut guard: MutexGuard<'static, _> = CAPTURE.lock().unwrap_or_else(PoisonError::into_inner);
    body(guard.get_or_insert_with(Capture::new))
}

/// Frees the state of the capture. The next one has so many MiB for its objects, and names
/// commands in Chinese or not.
pub(super) fn reset(object_memory: u32, chinese_names: bool) {
    OBJECT_MEMORY.store(object_memory, Ordering::Relaxed);
    CHINESE_NAMES.store(chinese_names, Ordering::Relaxed);
    *CAPTURE.lock().unwrap_or_else(PoisonError::into_inner) = None;
}
