//! Connections announced by PDUs.

use crate::field::Protocol;
use crate::msn::state::announced_endpoints::Endpoint;
use crate::packet::Transport;
use crate::plan::{Expected, Plan};

/// Registers TCP connections of a protocol to these endpoints with the host.
pub(crate) fn expect(plan: &mut Plan<'_>, protocol: &Protocol, ends: &[Endpoint]) {
    for (address, port) in ends {
        plan.expect(Expected {
            protocol: protocol.index,
            address: *address,
            port: *port,
            transport: Transport::Tcp,
        });
    }
}
