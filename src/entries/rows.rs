//! Types of the table's rows.

use core::ffi::CStr;

use crate::field::Protocol;
use crate::packet::Transport;

/// How packets reach a protocol.
#[derive(Debug)]
pub struct Entry {
    /// The protocol.
    pub protocol: &'static Protocol,
    /// The protocol whose dissector shows it; usually itself.
    pub family: &'static Protocol,
    /// It has a dissector.
    pub dissects: bool,
    /// Preference that selects Wireshark's built-in dissector, if there is one.
    pub builtin_view: Option<&'static CStr>,
    /// Its own port.
    pub port: Option<Port>,
    /// The Decode As table in which it can be chosen for any port.
    pub decode_as: Option<&'static CStr>,
    /// The media type of its HTTP bodies.
    pub media: Option<MediaType>,
    /// Whole HTTP messages: their possible first bytes.
    pub http: Option<Bytes>,
    /// Heuristic dissectors, at most one per transport.
    pub heuristics: &'static [Heuristic],
    /// Shared ports of other protocols.
    pub sharing: Option<SharedPorts>,
    /// Preferences for keys supplied by the user.
    pub keys: Option<KeyPreferences>,
    /// Preference for the memory of a capture's objects, those of the other protocols included.
    pub memory: Option<MemoryPreference>,
    /// Preference for the names of commands in Chinese.
    pub chinese: Option<SwitchPreference>,
}

impl Entry {
    /// A protocol that is its own family and has a dissector that no packets reach.
    pub const fn of(protocol: &'static Protocol) -> Self {
        Self {
            protocol,
            family: protocol,
            dissects: true,
            builtin_view: None,
            port: None,
            decode_as: None,
            media: None,
            http: None,
            heuristics: &[],
            sharing: None,
            keys: None,
            memory: None,
            chinese: None,
        }
    }

    /// The names of its preferences, without the protocol's prefix.
    pub fn preferences(&self) -> impl Iterator<Item = &'static CStr> + '_ {
        let keys = self.keys.as_ref();
        let keys = keys.map(|keys| [keys.table, keys.keylog, keys.show]);
        let of_port = self.port.as_ref().map(|port| port.table);
        let of_sharing = self.sharing.as_ref().map(|sharing| sharing.preference);
        let of_memory = self.memory.as_ref().map(|memory| memory.name);
        let of_names = self.chinese.as_ref().map(|names| names.name);
        [self.builtin_view, of_port, of_sharing, of_memory, of_names]
            .into_iter()
            .flatten()
            .chain(keys.into_iter().flatten())
    }
}

/// A protocol's own port.
#[derive(Debug)]
pub struct Port {
    /// The dissector table.
    pub table: &'static CStr,
    /// The port number.
    pub number: u16,
    /// Name of the handle in Decode As; the built-in one keeps the protocol's name.
    pub handle: &'static CStr,
}

/// A protocol's own media type.
#[derive(Debug)]
pub struct MediaType {
    /// The type.
    pub name: &'static CStr,
    /// Name of the handle.
    pub handle: &'static CStr,
}

/// A heuristic dissector.
#[derive(Debug)]
pub struct Heuristic {
    /// TCP or UDP.
    pub over: Transport,
    /// The name in the table of heuristics.
    pub name: &'static CStr,
    /// The title in Enabled Protocols.
    pub title: &'static CStr,
    /// Possible first bytes of the protocol: all other traffic costs only this check.
    pub first_bytes: Bytes,
    /// Further first bytes, if the third byte is this one or not received yet.
    pub first_bytes_by_third: Option<(Bytes, u8)>,
}

impl Heuristic {
    /// The heuristic list in which it is registered.
    pub const fn list(&self) -> &'static CStr {
        match self.over {
            Transport::Udp => c"udp",
            _ => c"tcp",
        }
    }
}

/// Ports of other protocols on which the first bytes of TCP connections are checked.
#[derive(Debug)]
pub struct SharedPorts {
    /// The preference that enables it.
    pub preference: &'static CStr,
    /// Its title.
    pub title: &'static CStr,
    /// Its description.
    pub about: &'static CStr,
    /// The ports.
    pub ports: &'static [u16],
    /// Also all ports assigned to HTTP in Wireshark.
    pub with_http: bool,
}

/// Preferences for keys supplied by the user.
#[derive(Debug)]
pub struct KeyPreferences {
    /// The preference that is a table of keys.
    pub table: &'static CStr,
    /// The file in which Wireshark stores it.
    pub file: &'static CStr,
    /// Its title.
    pub title: &'static CStr,
    /// Its description.
    pub about: &'static CStr,
    /// The title of its account column.
    pub account: &'static CStr,
    /// The description of that column.
    pub account_about: &'static CStr,
    /// The preference for the path of a keylog file.
    pub keylog: &'static CStr,
    /// Its title.
    pub keylog_title: &'static CStr,
    /// Its description.
    pub keylog_about: &'static CStr,
    /// The preference that shows keys.
    pub show: &'static CStr,
    /// Its title.
    pub show_title: &'static CStr,
    /// Its description.
    pub show_about: &'static CStr,
}

/// A preference for an amount of memory.
#[derive(Debug)]
pub struct MemoryPreference {
    /// Its name.
    pub name: &'static CStr,
    /// Its title.
    pub title: &'static CStr,
    /// Its description.
    pub about: &'static CStr,
    /// Its default, in MiB.
    pub mebibytes: u32,
}

/// A preference that is on or off, and off by default.
#[derive(Debug)]
pub struct SwitchPreference {
    /// Its name.
    pub name: &'static CStr,
    /// Its title.
    pub title: &'static CStr,
    /// Its description.
    pub about: &'static CStr,
}

/// A set of byte values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bytes {
    /// One bit per byte value, least significant bit first.
    pub bits: [u8; 32],
}

impl Bytes {
    /// The byte values in these inclusive ranges.
    pub const fn of(ranges: &[(u8, u8)]) -> Self {
        let mut bits = [0; 32];
        let mut i = 0;
        while i < ranges.len() {
            let (first, last) = (ranges[i].0 as usize, ranges[i].1 as usize);
            let mut byte = first;
            while byte <= last {
                bits[byte / 8] |= 1 << (byte % 8);
                byte += 1;
            }
            i += 1;
        }
        Self { bits }
    }
}
