//! Sender and receiver of a packet.

use core::hash::{Hash, Hasher};

use crate::packet::{Address, Packet};

/// One direction of a connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::DefaultHasher;

    fn hash(flow: Flow) -> u64 {
        let mut hasher = DefaultHasher::new();
        flow.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn all_of_a_flow_is_hashed() {
        let from = (Address::V4([192, 0, 2, 1]), 1025);
        let to = (Address::V6([0xfd; 16]), 1863);
        let flow = Flow { from, to };
        assert_eq!(hash(flow), hash(Flow { from, to }));
        let address = Address::V4([192, 0, 2, 2]);
        for other in [
            flow.reversed(),
            Flow {
                from: (address, 1025),
                to,
            },
            Flow {
                from: (from.0, 1026),
                to,
            },
            Flow {
                from,
                to: (address, 1863),
            },
            Flow {
                from,
                to: (to.0, 1864),
            },
        ] {
            assert_ne!(hash(flow), hash(other), "{other:?}");
        }
    }
}
