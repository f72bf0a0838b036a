//! Connections that PDUs of other connections announce: switchboards and servers, file
//! transfers, direct connections.
//!
//! What is announced is learnt in the first pass; later passes look it up.
//! Source: docs/protocol/msnp.md §7.5.

use std::collections::HashMap;
use std::hash::Hash;

use crate::packet::{Address, Packet};

/// So many PDUs are remembered that announce one connection: a capture may see them go to the
/// server and come from it.
const MAX_LEGS: usize = 8;

/// An address and a port.
pub type Endpoint = (Address, u16);

/// A place in [`AnnouncedEndpoints`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EndpointId(usize);

/// An announcement: `K` names the PDUs that make it, `T` is what they say of the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement<K, T> {
    /// The PDUs, the first one first.
    pub by: Vec<K>,
    /// What is announced.
    pub what: T,
}

/// All announced connections of one kind.
#[derive(Debug)]
pub struct AnnouncedEndpoints<K, T> {
    list: Vec<Announcement<K, T>>,
    /// The latest one for each end.
    by_end: HashMap<Endpoint, EndpointId>,
    by_key: HashMap<K, Announcer>,
}

/// What is known of a PDU that announces connections.
#[derive(Debug, Default)]
struct Announcer {
    /// The last of its announcements.
    last: Option<EndpointId>,
    /// The ends that no PDU before it has announced.
    new: Vec<Endpoint>,
    /// The frame in which the first of its connections begins.
    connection: Option<u32>,
}

impl<K, T> Default for AnnouncedEndpoints<K, T> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            by_end: HashMap::new(),
            by_key: HashMap::new(),
        }
    }
}

impl<K: Copy + Eq + Hash, T: PartialEq> AnnouncedEndpoints<K, T> {
    /// The PDU `key` announces a connection, to `end` if it is known. One that was announced
    /// before is the same if all that is said of it is.
    pub fn announce(
        &mut self,
        packet: &Packet<'_>,
        key: K,
        end: Option<Endpoint>,
        what: T,
    ) -> Option<EndpointId> {
        if !packet.first_pass {
            return None;
        }
        let known = end.and_then(|end| self.by_end.get(&end).copied());
        let again = known.filter(|id| {
            let known = self.list.get_mut(id.0);
            let Some(same) = known.filter(|known| known.what == what) else {
                return false;
            };
            if same.by.len() < MAX_LEGS {
                same.by.push(key);
            }
            true
        });
        let id = again.unwrap_or_else(|| {
            let by = vec![key];
            self.list.push(Announcement { by, what });
            EndpointId(self.list.len() - 1)
        });
        let told = self.by_key.entry(key).or_default();
        told.last = Some(id);
        if let Some(end) = end {
            self.by_end.insert(end, id);
            if known.is_none() {
                told.new.push(end);
            }
        }
        Some(id)
    }

    /// The ends that the PDU `key` is the first to announce: the host is told of no end twice,
    /// and what a capture repeats costs nothing.
    pub fn new_by(&self, key: K) -> &[Endpoint] {
        self.by_key.get(&key).map_or(&[], |told| &told.new)
    }

    /// What is known of an announcement.
    pub fn get(&self, id: EndpointId) -> Option<&Announcement<K, T>> {
        self.list.get(id.0)
    }

    /// The last announcement that the PDU `key` makes.
    pub fn by(&self, key: K) -> Option<&Announcement<K, T>> {
        self.get(self.by_key.get(&key)?.last?)
    }

    /// The frame in which a connection begins that the PDU `key` has announced, once it is
    /// known.
    pub fn connection_of(&self, key: K) -> Option<u32> {
        self.by_key.get(&key)?.connection
    }

    /// The latest announcement of an end.
    pub fn at(&self, end: Endpoint) -> Option<EndpointId> {
        self.by_end.get(&end).copied()
    }

    /// The announcement of the connection to which a packet belongs, the one that leads to
    /// the receiver first.
    pub fn of(&self, packet: &Packet<'_>) -> Option<EndpointId> {
        let to = (packet.destination, packet.destination_port);
        self.at(to)
            .or_else(|| self.at((packet.source, packet.source_port)))
    }

    /// The direction, as [`Packet::side`] counts, that leads to the announced end of the
    /// connection to which a packet belongs.
    pub fn side_to(&self, packet: &Packet<'_>) -> Option<usize> {
        let to = (packet.destination, packet.destination_port);
        let leads_to = self.at(to).map(|_| packet.side());
        leads_to.or_else(|| self.of(packet).map(|_| 1 - packet.side()))
    }

    /// The announced connection begins with this packet, unless it has begun before: in the
    /// first pass only.
    pub fn begins(&mut self, packet: &Packet<'_>, id: EndpointId) {
        let by = self.list.get(id.0).filter(|_| packet.first_pass);
        for key in by.into_iter().flat_map(|announced| &announced.by) {
            if let Some(told) = self.by_key.get_mut(key) {
                told.connection.get_or_insert(packet.frame);
            }
        }
    }
}

/// The first bytes of a connection to `end`, of which TCP can be asked for more.
#[cfg(test)]
pub(crate) fn begin(frame: u32, end: Endpoint, bytes: &[u8]) -> Packet<'_> {
    Packet {
        bytes,
        reported: bytes.len(),
        frame,
        first_pass: true,
        recognised: true,
        can_reassemble: true,
        transport: crate::packet::Transport::Tcp,
        destination: end.0,
        destination_port: end.1,
        ..Packet::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: Endpoint = (Address::V4([192, 0, 2, 1]), 1100);
    const SIXTH: Endpoint = (Address::V6([0xfd; 16]), 1100);

    fn packet(frame: u32, to: Endpoint) -> Packet<'static> {
        Packet {
            frame,
            destination: to.0,
            destination_port: to.1,
            first_pass: true,
            ..Packet::default()
        }
    }

    #[test]
    fn an_announcement_leads_to_its_connection_and_back() {
        let mut ends = AnnouncedEndpoints::default();
        for (key, end) in [(1, END), (1, SIXTH), (2, END)] {
            ends.announce(&packet(key, END), key, Some(end), "a call");
        }
        let id = ends.of(&packet(5, SIXTH)).unwrap();
        ends.begins(&packet(5, SIXTH), id);
        assert_eq!(ends.get(id).unwrap().by, [1]);
        assert_eq!(ends.connection_of(1), Some(5));
        assert_eq!(ends.connection_of(2), None);
        let id = ends.of(&packet(6, END)).unwrap();
        ends.begins(&packet(6, END), id);
        assert_eq!(ends.get(id).unwrap().by, [1, 2]);
        assert_eq!(
            (ends.connection_of(1), ends.connection_of(2)),
            (Some(5), Some(6))
        );
        assert!(ends.of(&packet(7, (END.0, 9))).is_none());
    }

    #[test]
    fn repetitions_cost_nothing_and_other_words_are_another_announcement() {
        let mut ends = AnnouncedEndpoints::default();
        for key in 1..100 {
            ends.announce(&packet(key, END), key, Some(END), "a call");
        }
        ends.announce(&packet(100, END), 100, Some(END), "another");
        assert_eq!(ends.new_by(1).len(), 1);
        assert_eq!(
            (2..=100).map(|key| ends.new_by(key).len()).sum::<usize>(),
            0
        );
        assert_eq!(ends.by(99), ends.by(1));
        assert_eq!(ends.by(1).unwrap().by.len(), MAX_LEGS);
        assert_eq!(ends.by(100).unwrap().what, "another");
        let later = Packet::default();
        assert_eq!(ends.announce(&later, 7, Some(SIXTH), "a call"), None);
    }
}
