//! Connections announced by PDUs of other connections: switchboards and servers, file
//! transfers, direct connections.
//!
//! Announcements are recorded in the first pass; later passes look them up.
//! Source: docs/protocol/msnp.md §7.5.

#[cfg(test)]
mod tests;

use crate::hash_map::HashMap;

use crate::packet::{Address, Packet};

/// Maximum PDUs kept per announcement: a capture may have each on its way to the server
/// and from it.
const MAX_LEGS: usize = 8;

/// An address and a port.
pub type Endpoint = (Address, u16);

/// Id of an announcement in [`AnnouncedEndpoints`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EndpointId(u32);

/// An announcement: `K` is the key of its PDUs, `T` the data about the connection.
#[derive(Debug)]
pub struct Announcement<K, T> {
    announced_by: Legs<K>,
    /// The announced data.
    pub data: T,
}

impl<K, T> Announcement<K, T> {
    /// The announcing PDUs, in order: at least one.
    pub fn announced_by(&self) -> &[K] {
        match &self.announced_by {
            Legs::One(key) => core::slice::from_ref(key),
            Legs::Several(several) => &several.0,
        }
    }
}

/// The announcing PDUs; nearly always there is one.
#[derive(Debug)]
enum Legs<K> {
    One(K),
    Several(Box<Several<K>>),
}

#[derive(Debug)]
struct Several<K>(Vec<K>);

impl<K: Copy> Legs<K> {
    /// Adds a PDU, up to [`MAX_LEGS`].
    fn add(&mut self, key: K) {
        match self {
            Self::One(first) => *self = Self::Several(Box::new(Several(vec![*first, key]))),
            Self::Several(several) if several.0.len() < MAX_LEGS => several.0.push(key),
            Self::Several(_) => {}
        }
    }
}

/// All announced connections of one type.
#[derive(Debug)]
pub struct AnnouncedEndpoints<K, T> {
    list: Vec<Announcement<K, T>>,
    /// The latest announcement of each endpoint.
    by_endpoint: HashMap<Endpoint, EndpointId>,
    /// The PDUs that announce connections, in order.
    announcers: Vec<Announcer<K>>,
    /// The endpoints that no earlier PDU has announced, by PDU, in order.
    new: Vec<(K, Endpoint)>,
}

/// A PDU that announces connections.
#[derive(Debug)]
struct Announcer<K> {
    key: K,
    /// Its last announcement.
    last: EndpointId,
    /// The frame in which the first of its connections begins; 0 while it is unknown.
    connection: u32,
}

impl<K, T> Default for AnnouncedEndpoints<K, T> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            by_endpoint: HashMap::default(),
            announcers: Vec::new(),
            new: Vec::new(),
        }
    }
}

impl<K: Copy + Ord, T: PartialEq> AnnouncedEndpoints<K, T> {
    /// Records that the PDU `key` announces a connection, to `end` if it is known. A
    /// repeated endpoint with the same data is the same announcement. Returns `None`
    /// after the first pass.
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
        let known = end.and_then(|end| self.by_endpoint.get(&end).copied());
        let again = known.filter(|id| {
            let known = self.list.get_mut(id.0 as usize);
            let same = known.filter(|known| known.data == what);
            same.map(|same| same.announced_by.add(key)).is_some()
        });
        let id = match again {
            Some(id) => id,
            None => {
                let id = EndpointId(u32::try_from(self.list.len()).ok()?);
                self.list.push(Announcement {
                    announced_by: Legs::One(key),
                    data: what,
                });
                id
            }
        };
        self.record_announcer(key, id);
        if let Some(end) = end {
            self.by_endpoint.insert(end, id);
            if known.is_none() {
                let at = self.new.partition_point(|(by, _)| *by <= key);
                self.new.insert(at, (key, end));
            }
        }
        Some(id)
    }

    fn record_announcer(&mut self, key: K, last: EndpointId) {
        match self.place_of(key) {
            Ok(at) => {
                if let Some(announcer) = self.announcers.get_mut(at) {
                    announcer.last = last;
                }
            }
            // PDUs come in order: it is the end.
            Err(at) => self.announcers.insert(
                at,
                Announcer {
                    key,
                    last,
                    connection: 0,
                },
            ),
        }
    }

    fn place_of(&self, key: K) -> Result<usize, usize> {
        self.announcers.binary_search_by_key(&key, |by| by.key)
    }

    fn announcer(&self, key: K) -> Option<&Announcer<K>> {
        self.announcers.get(self.place_of(key).ok()?)
    }

    /// The endpoints that the PDU `key` is the first to announce, so that each is
    /// registered with the host only once.
    pub fn new_by(&self, key: K) -> impl Iterator<Item = Endpoint> + '_ {
        let start = self.new.partition_point(|(by, _)| *by < key);
        let new = self.new.get(start..).unwrap_or_default().iter();
        new.take_while(move |(by, _)| *by == key)
            .map(|(_, end)| *end)
    }

    /// The announcement with this id.
    pub fn get(&self, id: EndpointId) -> Option<&Announcement<K, T>> {
        self.list.get(id.0 as usize)
    }

    /// The id of the last announcement by the PDU `key`.
    pub(crate) fn last_id_by(&self, key: K) -> Option<EndpointId> {
        self.announcer(key).map(|announcer| announcer.last)
    }

    /// The frame in which the first connection announced by the PDU `key` begins, once
    /// known.
    pub fn connection_of(&self, key: K) -> Option<u32> {
        let connection = self.announcer(key)?.connection;
        Some(connection).filter(|frame| *frame != 0)
    }

    /// The latest announcement of an endpoint.
    fn latest_at(&self, end: Endpoint) -> Option<EndpointId> {
        self.by_endpoint.get(&end).copied()
    }

    /// The announcement of the packet's connection: that of its destination, else that of
    /// its source.
    pub fn for_packet(&self, packet: &Packet<'_>) -> Option<EndpointId> {
        let to = (packet.destination, packet.destination_port);
        self.latest_at(to)
            .or_else(|| self.latest_at((packet.source, packet.source_port)))
    }

    /// The direction of the packet's connection, as in [`Packet::side`], towards the
    /// announced endpoint.
    pub fn side_to(&self, packet: &Packet<'_>) -> Option<usize> {
        let to = (packet.destination, packet.destination_port);
        let leads_to = self.latest_at(to).map(|_| packet.side());
        leads_to.or_else(|| self.for_packet(packet).map(|_| 1 - packet.side()))
    }

    /// Records that the announced connection begins with this packet, unless it began
    /// earlier. No effect after the first pass.
    pub fn begin_connection(&mut self, packet: &Packet<'_>, id: EndpointId) {
        let announced = self.list.get(id.0 as usize);
        let Some(announced) = announced.filter(|_| packet.first_pass) else {
            return;
        };
        for key in announced.announced_by() {
            let at = self.announcers.binary_search_by_key(key, |by| by.key);
            let announcer = at.ok().and_then(|at| self.announcers.get_mut(at));
            if let Some(announcer) = announcer.filter(|announcer| announcer.connection == 0) {
                announcer.connection = packet.frame;
            }
        }
    }
}

/// The first packet of a connection to `end`, with reassembly available.
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
