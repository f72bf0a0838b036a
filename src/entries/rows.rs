//! What a row says.

use core::ffi::CStr;

use crate::field::Protocol;
use crate::packet::Transport;

/// How packets come to a protocol.
#[derive(Debug)]
pub struct Entry {
    /// The protocol.
    pub protocol: &'static Protocol,
    /// The protocol whose dissector shows it, among others; most are their own.
    pub family: &'static Protocol,
    /// It has a dissector.
    pub dissects: bool,
    /// Wireshark has a dissector of its own: the preference for it.
    pub builtin_view: Option<&'static CStr>,
    /// A port of its own.
    pub port: Option<Port>,
    /// The table of Decode As in which it can be chosen for any port.
    pub decode_as: Option<&'static CStr>,
    /// Bodies of HTTP.
    pub media: Option<MediaType>,
    /// Whole messages of HTTP: their first bytes.
    pub http: Option<Bytes>,
    /// Heuristic dissectors, one for a transport at most.
    pub heuristics: &'static [Heuristic],
    /// Ports of others.
    pub sharing: Option<Sharing>,
    /// What the user knows of keys.
    pub keys: Option<KeyPreferences>,
}

impl Entry {
    /// A protocol that is its own family, has a dissector, and to which nothing leads.
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
        }
    }

    /// The names of its preferences, without the protocol's.
    pub fn preferences(&self) -> impl Iterator<Item = &'static CStr> + '_ {
        let keys = self.keys.as_ref();
        let keys = keys.map(|keys| [keys.table, keys.keylog, keys.show]);
        let of_port = self.port.as_ref().map(|port| port.table);
        let of_sharing = self.sharing.as_ref().map(|sharing| sharing.preference);
        [self.builtin_view, of_port, of_sharing]
            .into_iter()
            .flatten()
            .chain(keys.into_iter().flatten())
    }
}

/// A port of a protocol's own.
#[derive(Debug)]
pub struct Port {
    /// The table of ports.
    pub table: &'static CStr,
    /// The port.
    pub number: u16,
    /// How Decode As names our handle, where Wireshark's own keeps the protocol's name.
    pub handle: &'static CStr,
}

/// A media type of a protocol's own.
#[derive(Debug)]
pub struct MediaType {
    /// The type.
    pub name: &'static CStr,
    /// How our handle is named.
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
    /// First bytes of what may be the protocol's: all else costs no more than this look.
    pub begins: Bytes,
    /// More of them, where the third byte is this one or has not come yet.
    pub begins_before: Option<(Bytes, u8)>,
}

impl Heuristic {
    /// The list that it stands in.
    pub const fn list(&self) -> &'static CStr {
        match self.over {
            Transport::Udp => c"udp",
            _ => c"tcp",
        }
    }
}

/// Ports of others at which the first bytes of TCP connections are looked at.
#[derive(Debug)]
pub struct Sharing {
    /// The preference that allows it.
    pub preference: &'static CStr,
    /// Its title.
    pub title: &'static CStr,
    /// What it means.
    pub about: &'static CStr,
    /// The ports.
    pub ports: &'static [u16],
    /// All that Wireshark gives to HTTP, too.
    pub with_http: bool,
}

/// The preferences for what the user knows of keys.
#[derive(Debug)]
pub struct KeyPreferences {
    /// The preference that is a table.
    pub table: &'static CStr,
    /// The file in which Wireshark keeps it.
    pub file: &'static CStr,
    /// Its title.
    pub title: &'static CStr,
    /// What it holds.
    pub about: &'static CStr,
    /// The title of its column of accounts.
    pub account: &'static CStr,
    /// What that holds.
    pub account_about: &'static CStr,
    /// The preference that names a file with more keys.
    pub keylog: &'static CStr,
    /// Its title.
    pub keylog_title: &'static CStr,
    /// What it holds.
    pub keylog_about: &'static CStr,
    /// The preference that shows keys.
    pub show: &'static CStr,
    /// Its title.
    pub show_title: &'static CStr,
    /// What it means.
    pub show_about: &'static CStr,
}

/// A set of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bytes {
    /// One bit for each, the lowest first.
    pub bits: [u8; 32],
}

impl Bytes {
    /// The bytes of these ranges, their ends included.
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
