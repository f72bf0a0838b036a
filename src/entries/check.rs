//! Compile-time checks of the table. Every message names the offending row.

use core::ffi::CStr;

use crate::entries::rows::{Entry, Heuristic};
use crate::packet::Transport;
use crate::refuse::refuse;

/// The table. Rejects rows that are not at their protocol's index, or contradict themselves.
///
/// # Panics
///
/// At the first invalid row.
pub(super) const fn checked<const N: usize>(entries: [Entry; N]) -> [Entry; N] {
    let mut i = 0;
    while i < entries.len() {
        let entry = &entries[i];
        let name = entry.protocol.filter;
        if entry.protocol.index as usize != i {
            fault(name, ": this row is not at its protocol's index");
        }
        let family = entry.family.index as usize;
        if family >= entries.len() || !entries[family].dissects {
            fault(name, ": its family has no dissector");
        }
        let is_reachable = entry.port.is_some()
            || entry.decode_as.is_some()
            || entry.media.is_some()
            || entry.http.is_some()
            || !entry.heuristics.is_empty();
        if is_reachable != entry.dissects {
            fault(
                name,
                ": a dissector must be reachable, and only a dissector",
            );
        }
        if entry.builtin_view.is_some() && entry.port.is_none() {
            fault(name, ": a built-in dissector needs a port");
        }
        check_heuristics(name, entry.heuristics);
        i += 1;
    }
    entries
}

/// A heuristic is named after its protocol and its list, and the protocol has no other
/// one in that list.
const fn check_heuristics(protocol: &CStr, rows: &[Heuristic]) {
    let mut i = 0;
    while i < rows.len() {
        let row = &rows[i];
        if !matches!(row.over, Transport::Tcp | Transport::Udp) {
            fault(row.name, ": its transport is neither TCP nor UDP");
        }
        if !is_joined(row.name, protocol, row.list()) {
            fault(row.name, ": its name is not its protocol and its list");
        }
        let mut earlier = 0;
        while earlier < i {
            if rows[earlier].over as u8 == row.over as u8 {
                fault(row.name, ": the protocol has another one in this list");
            }
            earlier += 1;
        }
        i += 1;
    }
}

/// Whether `name` is `first`, `_` and `second`.
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
        first_bytes: Bytes::of(&[(0, 5)]),
        first_bytes_by_third: None,
    };

    /// The error message for a table; empty if it is valid.
    fn refusal<const N: usize>(entries: [Entry; N]) -> String {
        let checks = std::panic::AssertUnwindSafe(|| checked(entries));
        match std::panic::catch_unwind(checks) {
            Ok(_) => String::new(),
            Err(panic) => *panic.downcast::<String>().expect("a text"),
        }
    }

    #[test]
    fn an_error_names_the_row() {
        let msn = Entry {
            heuristics: &[DATAGRAMS],
            ..Entry::of(&MSNMS)
        };
        assert_eq!(refusal([msn]), "");
        let twice = Entry {
            heuristics: &[DATAGRAMS, DATAGRAMS],
            ..Entry::of(&MSNMS)
        };
        assert_eq!(
            refusal([twice]),
            "msnms_udp: the protocol has another one in this list"
        );
        assert_eq!(
            refusal([Entry::of(&OICQ)]),
            "oicq: this row is not at its protocol's index"
        );
        assert_eq!(
            refusal([Entry::of(&MSNMS)]),
            "msnms: a dissector must be reachable, and only a dissector"
        );
        let guest = Entry {
            family: &OICQ,
            ..Entry::of(&MSNMS)
        };
        assert_eq!(refusal([guest]), "msnms: its family has no dissector");
        let builtin = Entry {
            heuristics: &[DATAGRAMS],
            builtin_view: Some(c"builtin"),
            ..Entry::of(&MSNMS)
        };
        assert_eq!(
            refusal([builtin]),
            "msnms: a built-in dissector needs a port"
        );
        for (name, what) in [
            (
                c"oicq_udp",
                "oicq_udp: its name is not its protocol and its list",
            ),
            (
                c"msnms_tcp",
                "msnms_tcp: its name is not its protocol and its list",
            ),
            (
                c"msnms_udps",
                "msnms_udps: its name is not its protocol and its list",
            ),
        ] {
            let misnamed = Heuristic { name, ..DATAGRAMS };
            let heuristics = Box::leak(Box::new([misnamed]));
            let entry = Entry {
                heuristics,
                ..Entry::of(&MSNMS)
            };
            assert_eq!(refusal([entry]), what);
        }
    }

    #[test]
    fn a_set_has_the_bytes_of_its_ranges() {
        let set = Bytes::of(&[(b'A', b'C'), (0xff, 0xff)]);
        let has = |byte: &u8| set.bits[usize::from(*byte / 8)] & 1 << (byte % 8) != 0;
        let found: Vec<u8> = (0..=u8::MAX).filter(has).collect();
        assert_eq!(found, b"ABC\xff");
    }
}
