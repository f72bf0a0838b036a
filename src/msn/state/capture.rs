//! State of a capture, across all connections of MSN.

use crate::msn::http::state::gateways::{Gateways, Route};
use crate::msn::http::state::tickets::Tickets;
use crate::msn::msnftp::state::session::Transfers;
use crate::msn::msnp::state::session::{MsnpSession, MsnpShared};
use crate::msn::p2p::state::sessions::P2pShared;
use crate::pieces::Budget;

/// The capture's state, by protocol.
#[derive(Debug, Default)]
pub struct MsnCapture {
    /// Setups and conversations.
    pub msnp: MsnpShared,
    /// The gateway session of each HTTP message.
    pub gateways: Gateways,
    /// The gateway sessions, by number.
    gateway_sessions: Vec<MsnpSession>,
    /// Passport tickets.
    pub tickets: Tickets,
    /// Peer-to-peer packets and sessions.
    pub p2p: P2pShared,
    /// Transfers announced by invitations.
    pub msnftp: Transfers,
}

impl MsnCapture {
    /// The state of a capture that has this memory for files.
    pub fn new(budget: &Budget) -> Self {
        let mut capture = Self::default();
        capture.p2p.budget = budget.clone();
        capture.msnftp.budget = budget.clone();
        capture
    }

    /// Runs `body` with the session of the route, else with that of the TCP connection.
    pub fn in_session<T>(
        &mut self,
        route: Route,
        connection: &mut MsnpSession,
        body: impl FnOnce(&mut MsnpSession, &mut Self) -> T,
    ) -> T {
        let Some(index) = route.stream().and_then(|index| usize::try_from(index).ok()) else {
            return body(connection, self);
        };
        if index >= self.gateway_sessions.len() {
            self.gateway_sessions
                .resize_with(index + 1, MsnpSession::default);
        }
        // `body` borrows the capture, too, so the session is moved out of it meanwhile.
        let mut session = core::mem::take(&mut self.gateway_sessions[index]);
        let result = body(&mut session, self);
        self.gateway_sessions[index] = session;
        result
    }
}
