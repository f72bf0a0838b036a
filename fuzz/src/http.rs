//! What the dissector shows of HTTP messages.

use imshark::msn::http::wire::head::head;
use imshark::packet::{Packet, Transport};

use crate::invariants::bounded;
use crate::play::{self, Dissector};

/// A byte of where to cut, then HTTP messages: shown as a whole, and as a body after a heading.
/// An odd number cuts after the first header, an even one after half as many bytes.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [cut, data @ ..] = data else {
            return;
        };
        let at = match head(data, 0) {
            Ok(head) if cut & 1 != 0 => head.end(),
            _ => usize::from(*cut / 2) % (data.len() + 1),
        };
        let (heading, body) = data.split_at(at);
        let message = Packet {
            transport: Transport::HttpMessages,
            ..play::packet(data)
        };
        let body = Packet {
            transport: Transport::Http,
            heading,
            ..play::packet(body)
        };
        play::alone(&message, Dissector::Msn);
        play::alone(&body, Dissector::Msn);
    });
}
