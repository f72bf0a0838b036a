//! Headers of Passport's login.

use imshark::msn::http::wire::head::head;
use imshark::msn::http::wire::passport::headers;
use imshark::packet::{Packet, Transport};

use crate::invariants::{bounded, decoded, inside, within};
use crate::{gateway, play};

/// An HTTP message.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let Some(head) = decoded(head(data, 0), data) else {
            return;
        };
        gateway::check(&head, data, data.len() / 2);
        let found = headers(data, &head);
        for header in &found {
            within(header.line, data);
            if let Some(version) = header.version {
                inside(version, header.line);
            }
            for pair in &header.pairs {
                inside(pair.span, header.line);
                inside(pair.value, pair.span);
                assert!(header.value(pair.key).is_some());
            }
        }
        if data.len() % 8 != 0 {
            // The dissector takes much longer.
            return;
        }
        let message = Packet {
            transport: Transport::HttpMessages,
            ..play::packet(data)
        };
        let plan = play::alone(&message, play::Dissector::Msn);
        assert!(found.is_empty() || plan > 0, "no header is shown");
    });
}
