//! Who sends to whom.

use crate::packet::{Address, Packet};

/// Who sends to whom over which connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Flow {
    /// The sender and its port.
    pub from: (Address, u16),
    /// The receiver and its port.
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
