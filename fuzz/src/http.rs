//! What the dissector shows of HTTP messages.

use imshark::packet::{Packet, Transport};

use crate::invariants::bounded;
use crate::play::{self, Dissector};

/// A byte of where to cut, then HTTP messages: shown as a whole, and as a body after a heading.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [cut, data @ ..] = data else {
            return;
        };
        let (heading, body) = data.split_at(usize::from(*cut) % (data.len() + 1));
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
