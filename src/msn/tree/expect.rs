//! Connections that PDUs announce.

use crate::field::Protocol;
use crate::msn::state::announced_endpoints::Endpoint;
use crate::packet::Transport;
use crate::plan::{Expected, Plan};

/// Tells the host that TCP connections of a protocol will come to these ends.
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
