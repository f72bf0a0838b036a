//! What the compiler refuses in the table. Every message names the row that is wrong.

use core::ffi::CStr;

use crate::entries::rows::{Entry, Heuristic};
use crate::packet::Transport;
use crate::refuse::refuse;

/// Refuses rows that do not stand at the place of their protocol, or contradict themselves.
///
/// # Panics
///
/// At the first row that is wrong.
pub(super) const fn check(entries: &[Entry]) {
    let mut i = 0;
    while i < entries.len() {
        let entry = &entries[i];
        let name = entry.protocol.filter;
        if entry.protocol.index as usize != i {
            fault(name, ": this row is not at its protocol's place");
        }
        let family = entry.family.index as usize;
        if family >= entries.len() || !entries[family].dissects {
            fault(name, ": its family has no dissector");
        }
        let leads = entry.port.is_some()
            || entry.decode_as.is_some()
            || entry.media.is_some()
            || entry.http.is_some()
            || !entry.heuristics.is_empty();
        if leads != entry.dissects {
            fault(name, ": packets come to a dissector, and to nothing else");
        }
        if entry.builtin_view.is_some() && entry.port.is_none() {
            fault(name, ": Wireshark's own dissector has no port");
        }
        check_heuristics(name, entry.heuristics);
        i += 1;
    }
}

/// A heuristic is named after its protocol and its list, which has no other of the protocol.
const fn check_heuristics(protocol: &CStr, rows: &[Heuristic]) {
    let mut i = 0;
    while i < rows.len() {
        let row = &rows[i];
        if !matches!(row.over, Transport::Tcp | Transport::Udp) {
            fault(row.name, ": it is neither over TCP nor over UDP");
        }
        if !is_joined(row.name, protocol, row.list()) {
            fault(
                row.name,
                ": it is not named after its protocol and its list",
            );
        }
        let mut earlier = 0;
        while earlier < i {
            if rows[earlier].over as u8 == row.over as u8 {
                fault(row.name, ": there is another one in this list");
            }
            earlier += 1;
        }
        i += 1;
    }
}

/// Whether a name is two others with `_` between them.
const fn is_joined(name: &CStr, first: &CStr, second: &CStr) -> bool {
    let (name, first, second) = (name.to_bytes(), first.to_bytes(), second.to_bytes());
    if name.len() != first.len() + 1 + second.len() {
        return false;
    }
    let mut i = 0;
    while i < name.len() {
        let expected = if i < first.len() {
            first[i]
        } else if i == first.len() {
            b'_'
        } else {
            second[i - first.len() - 1]
        };
        if name[i] != expected {
            return false;
        }
        i += 1;
    }
    true
}

const fn fault(row: &CStr, what: &str) -> ! {
    refuse(&[row.to_bytes(), what.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entries::rows::Bytes;
    use crate::msn::msnp::fields::MSNMS;
    use crate::oicq::fields::OICQ;

    const DATAGRAMS: Heuristic = Heuristic {
        over: Transport::Udp,
        name: c"msnms_udp",
        title: c"MSN over UDP",
        begins: Bytes::of(&[(0, 5)]),
        begins_before: None,
    };

    /// What the compiler says of a table; empty where it accepts it.
    fn refusal(entries: &[Entry]) -> String {
        let checks = std::panic::AssertUnwindSafe(|| check(entries));
        match std::panic::catch_unwind(checks) {
            Ok(()) => String::new(),
            Err(panic) => *panic.downcast::<String>().expect("a text"),
        }
    }

    #[test]
    fn a_refusal_names_the_row() {
        let msn = Entry {
            heuristics: &[DATAGRAMS],
            ..Entry::of(&MSNMS)
        };
        assert_eq!(refusal(&[msn]), "");
        let twice = Entry {
            heuristics: &[DATAGRAMS, DATAGRAMS],
            ..Entry::of(&MSNMS)
        };
        assert_eq!(
            refusal(&[twice]),
            "msnms_udp: there is another one in this list"
        );
        assert_eq!(
            refusal(&[Entry::of(&OICQ)]),
            "oicq: this row is not at its protocol's place"
        );
        assert_eq!(
            refusal(&[Entry::of(&MSNMS)]),
            "msnms: packets come to a dissector, and to nothing else"
        );
    }

    #[test]
    fn a_set_has_the_bytes_of_its_ranges() {
        let set = Bytes::of(&[(b'A', b'C'), (0xff, 0xff)]);
        let has = |byte: &u8| set.bits[usize::from(*byte / 8)] & 1 << (byte % 8) != 0;
        let found: Vec<u8> = (0..=u8::MAX).filter(has).collect();
        assert_eq!(found, b"ABC\xff");
    }
}
