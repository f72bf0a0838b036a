//! Sender and receiver of a packet.

use crate::packet::{Address, Packet};

/// One direction of a connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Flow {
    /// Address and port of the sender.
    pub from: (Address, u16),
    /// Address and port of the receiver.
    pub to: (Address, u16),
}

impl Flow {
    /// The flow of a packet.
    pub fn of(packet: &Packet<'_>) -> Self {
        Self {
            from: (packet.source, packet.source_port),
            to: (packet.destination, packet.destination_port),
        }
    }

    /// The other direction of the connection.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self {
            from: self.to,
            to: self.from,
        }
    }
}
