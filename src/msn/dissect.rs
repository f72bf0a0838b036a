//! Dissects MSNP into a Plan, over any transport.

use crate::msn::event::show_parties;
use crate::msn::msnp::state::session::MsnpSession;
use crate::msn::state::capture::MsnCapture;
use crate::msn::{http, msnp};
use crate::packet::{Packet, Transport};
use crate::plan::Plan;

/// Dissects a segment, a reassembled buffer, an HTTP body, or a buffer of HTTP messages.
pub fn dissect<'p>(
    packet: &Packet<'p>,
    session: &mut MsnpSession,
    capture: &mut MsnCapture,
) -> Plan<'p> {
    let mut plan = match packet.transport {
        Transport::Http => http::dissect::body(packet, session, capture),
        Transport::HttpMessages => http::dissect::dissect_messages(packet, session, capture),
        Transport::Tcp | Transport::Udp | Transport::Other => {
            return direct(packet, session, capture);
        }
    };
    show_parties(&mut plan, packet);
    plan
}

/// Dissects what is not carried by HTTP. A Plan is large, so it is made where the
/// caller wants it.
fn direct<'p>(
    packet: &Packet<'p>,
    session: &mut MsnpSession,
    capture: &mut MsnCapture,
) -> Plan<'p> {
    let mut plan = msnp::dissect::dissect(packet, session, capture);
    show_parties(&mut plan, packet);
    plan
}
