//! All that is remembered of the open capture: the sessions, by number.
//!
//! A conversation holds the number of its session. Wireshark forgets the conversations
//! when the file closes; the same moment these lists are emptied.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::epan::{settings, sys};

/// The conversations of one dissector.
#[derive(Default)]
struct Sessions<Session>(Vec<Session>);

impl<Session: Default> Sessions<Session> {
    /// Makes a new session and returns its number, from 1.
    fn open(&mut self) -> u32 {
        self.0.push(Session::default());
        self.0.len() as u32
    }

    /// Runs `body` with a session and what all share. A number that was never given gets a
    /// fresh session.
    fn with<Shared, T>(
        &mut self,
        number: u32,
        shared: &mut Shared,
        body: impl FnOnce(&mut Session, &mut Shared) -> T,
    ) -> T {
        let index = (number as usize).wrapping_sub(1);
        match self.0.get_mut(index) {
            Some(session) => body(session, shared),
            None => body(&mut Session::default(), shared),
        }
    }
}

struct Capture {
    msn: Sessions<crate::msn::msnp::state::session::Session>,
    p2p_direct: Sessions<crate::msn::p2p::dissect::Session>,
    msnftp: Sessions<crate::msn::msnftp::state::session::Session>,
    msn_shared: crate::msn::msnp::state::session::Shared,
    oicq: Sessions<crate::oicq::state::session::Session>,
    oicq_shared: crate::oicq::state::session::Shared,
}

impl Capture {
    fn new() -> Self {
        Self {
            msn: Sessions::default(),
            p2p_direct: Sessions::default(),
            msnftp: Sessions::default(),
            msn_shared: crate::msn::msnp::state::session::Shared::default(),
            oicq: Sessions::default(),
            oicq_shared: settings::oicq_shared(),
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
    with_capture(|capture| match which {
        sys::IMSHARK_MSN => capture.msn.open(),
        sys::IMSHARK_P2P_DIRECT => capture.p2p_direct.open(),
        sys::IMSHARK_MSNFTP => capture.msnftp.open(),
        _ => capture.oicq.open(),
    })
}

/// Runs `body` with an MSN session.
pub(super) fn with_msn<T>(
    number: u32,
    body: impl FnOnce(
        &mut crate::msn::msnp::state::session::Session,
        &mut crate::msn::msnp::state::session::Shared,
    ) -> T,
) -> T {
    with_capture(|capture| capture.msn.with(number, &mut capture.msn_shared, body))
}

/// Runs `body` with a direct connection.
pub(super) fn with_p2p_direct<T>(
    number: u32,
    body: impl FnOnce(
        &mut crate::msn::p2p::dissect::Session,
        &mut crate::msn::msnp::state::session::Shared,
    ) -> T,
) -> T {
    with_capture(|capture| {
        let shared = &mut capture.msn_shared;
        capture.p2p_direct.with(number, shared, body)
    })
}

/// Runs `body` with a file transfer.
pub(super) fn with_msnftp<T>(
    number: u32,
    body: impl FnOnce(
        &mut crate::msn::msnftp::state::session::Session,
        &mut crate::msn::msnp::state::session::Shared,
    ) -> T,
) -> T {
    with_capture(|capture| capture.msnftp.with(number, &mut capture.msn_shared, body))
}

/// Runs `body` with a QQ session.
pub(super) fn with_oicq<T>(
    number: u32,
    body: impl FnOnce(
        &mut crate::oicq::state::session::Session,
        &mut crate::oicq::state::session::Shared,
    ) -> T,
) -> T {
    with_capture(|capture| capture.oicq.with(number, &mut capture.oicq_shared, body))
}
