//! Sender and receiver of a packet.

use core::hash::{Hash, Hasher};

use crate::packet::{Address, Packet};

/// One direction of a connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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

/// Hashes all bytes at once, which takes a third of the time of the members' own.
impl Hash for Flow {
    fn hash<H: Hasher>(&self, state: &mut H) {
        const END: usize = 18;
        let mut bytes = [0; 2 * END];
        for (part, (address, port)) in bytes.chunks_exact_mut(END).zip([self.from, self.to]) {
            match address {
                Address::Unknown => {}
                Address::V4(address) => part[..4].copy_from_slice(&address),
                Address::V6(address) => part[..16].copy_from_slice(&address),
            }
            part[16..].copy_from_slice(&port.to_ne_bytes());
        }
        state.write(&bytes);
    }
}
