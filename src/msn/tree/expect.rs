//! Connections announced by PDUs.

use crate::field::Protocol;
use crate::msn::state::announced_endpoints::Endpoint;
use crate::packet::Transport;
use crate::plan::{ExpectedConnection, Plan};

/// Registers TCP connections of a protocol to these endpoints with the host.
pub(crate) fn expect_connections(
    plan: &mut Plan<'_>,
    protocol: &Protocol,
    endpoints: impl Iterator<Item = Endpoint>,
) {
    for (address, port) in endpoints {
        plan.expect(ExpectedConnection {
            protocol: protocol.index,
            address,
            port,
            transport: Transport::Tcp,
        });
    }
}
