//! What is remembered of a capture, across all connections of MSN.

use crate::msn::http::state::gateways::{Gateways, Route};
use crate::msn::http::state::tickets::Tickets;
use crate::msn::msnftp::state::session::Transfers;
use crate::msn::msnp::state::session::{MsnpSession, MsnpShared};
use crate::msn::p2p::state::sessions::P2pShared;

/// One part for each protocol.
#[derive(Debug, Default)]
pub struct MsnCapture {
    /// Set-ups and conversations.
    pub msnp: MsnpShared,
    /// Which message of HTTP is of which session of a gateway.
    pub gateways: Gateways,
    /// The sessions of gateways, by their number.
    gateway_sessions: Vec<MsnpSession>,
    /// Tickets of Passport.
    pub tickets: Tickets,
    /// Packets and sessions between clients.
    pub p2p: P2pShared,
    /// Transfers that invitations have announced.
    pub msnftp: Transfers,
}

impl MsnCapture {
    /// Runs `body` with the session of a route, or with that of the TCP connection.
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
        // `body` has the capture, too: the session is out of it for so long.
        let mut session = core::mem::take(&mut self.gateway_sessions[index]);
        let result = body(&mut session, self);
        self.gateway_sessions[index] = session;
        result
    }
}
