//! Facts about PDUs, recorded in the first pass over a capture for all later passes.

use std::collections::BTreeMap;

use crate::long_list::LongList;
use crate::packet::{Packet, PduKey};

/// Data by PDU, which any later PDU of the first pass may extend: a response its
/// request's, for instance.
///
/// The first pass delivers PDUs in order, so nearly all entries are appended to a list.
/// Entries for earlier PDUs go into a tree. Hostile input can slow down neither insertion
/// nor lookup.
#[derive(Debug)]
pub struct PduMap<T> {
    in_order: LongList<(PduKey, T)>,
    late: BTreeMap<PduKey, T>,
}

impl<T> Default for PduMap<T> {
    fn default() -> Self {
        Self {
            in_order: LongList::default(),
            late: BTreeMap::new(),
        }
    }
}

impl<T: Default> PduMap<T> {
    /// The entry of `key`, created if absent. Returns `None` after the first pass.
    pub fn entry(&mut self, packet: &Packet<'_>, key: PduKey) -> Option<&mut T> {
        packet.first_pass.then(|| self.any_entry(key))
    }

    /// The entry of `key`, created if absent, in any pass.
    pub(crate) fn any_entry(&mut self, key: PduKey) -> &mut T {
        match self.place(key) {
            MapSlot::At(place) => &mut self.in_order[place].1,
            MapSlot::End => &mut self.in_order.push((key, T::default())).1,
            MapSlot::Late => self.late.entry(key).or_default(),
        }
    }
}

/// Where the entry of a PDU is, or would be.
enum MapSlot {
    At(usize),
    End,
    Late,
}

impl<T> PduMap<T> {
    fn place(&self, key: PduKey) -> MapSlot {
        let list = &self.in_order;
        match list.last() {
            Some((last, _)) if *last == key => MapSlot::At(list.len() - 1),
            Some((last, _)) if *last > key => list
                .index_of(&key, |(k, _)| *k)
                .map_or(MapSlot::Late, MapSlot::At),
            _ => MapSlot::End,
        }
    }

    /// The entry of `key`, if any.
    pub fn get(&self, key: PduKey) -> Option<&T> {
        match self.place(key) {
            MapSlot::At(place) => self.in_order.get(place).map(|(_, entry)| entry),
            MapSlot::End => None,
            MapSlot::Late => self.late.get(&key),
        }
    }
}

/// Values by PDU, computed in the first pass and looked up in later ones.
#[derive(Debug)]
pub struct PduFacts<T>(PduMap<T>);

impl<T> Default for PduFacts<T> {
    fn default() -> Self {
        Self(PduMap::default())
    }
}

impl<T: Copy + Default + PartialEq> PduFacts<T> {
    /// In the first pass, stores the value of `now` for `key` and returns it; in later
    /// passes, returns the stored value. Default values take no memory.
    pub fn record_or_get(
        &mut self,
        packet: &Packet<'_>,
        key: PduKey,
        now: impl FnOnce() -> T,
    ) -> T {
        if !packet.first_pass {
            return self.0.get(key).copied().unwrap_or_default();
        }
        let fact = now();
        if fact != T::default() || self.0.get(key).is_some() {
            if let Some(entry) = self.0.entry(packet, key) {
                *entry = fact;
            }
        }
        fact
    }
}

/// State that a segment leaves for the next one of its direction when TCP reassembly is
/// off: the rest of a payload, for instance.
#[derive(Debug, Default)]
pub struct Unfinished<T> {
    /// First pass only: the current state, by direction.
    open: [T; 2],
    /// The state at the beginning of a call, by the call's first PDU.
    opened: PduFacts<T>,
}

impl<T: Copy + Default + PartialEq> Unfinished<T> {
    /// The state at the beginning of this call. In the first pass this resets it; the
    /// call sets the new one with [`Unfinished::leave`].
    pub fn take(&mut self, packet: &Packet<'_>) -> T {
        let key = packet.key(0);
        let open = if packet.first_pass {
            core::mem::take(&mut self.open[packet.side()])
        } else {
            T::default()
        };
        self.opened.record_or_get(packet, key, || open)
    }

    /// Sets the state for the next segment of this direction.
    pub fn leave(&mut self, packet: &Packet<'_>, open: T) {
        if packet.first_pass {
            self.open[packet.side()] = open;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::Transport;

    fn packet(frame: u32, first_pass: bool) -> Packet<'static> {
        Packet {
            frame,
            first_pass,
            transport: Transport::Tcp,
            ..Packet::default()
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes minutes in Miri")]
    fn entries_in_any_order_move_no_others() {
        const PDUS: u32 = 300_000;
        let mut ledger = PduMap::<u32>::default();
        let key = |frame| PduKey { frame, index: 0 };
        let last = packet(2 * PDUS, true);
        for frame in (0..PDUS).map(|n| 2 * n + 1) {
            *ledger.entry(&last, key(frame)).unwrap() = frame;
        }
        let begin = std::time::Instant::now();
        for frame in (0..PDUS).rev().map(|n| 2 * n) {
            *ledger.entry(&last, key(frame)).unwrap() = frame;
        }
        // Shifting the list for each entry would take minutes.
        assert!(begin.elapsed().as_secs() < 10, "{:?}", begin.elapsed());
        for frame in 0..2 * PDUS {
            assert_eq!(ledger.get(key(frame)), Some(&frame));
        }
        assert_eq!(ledger.get(key(2 * PDUS)), None);
        *ledger.entry(&last, key(4)).unwrap() += 1;
        assert_eq!(ledger.get(key(4)), Some(&5));
        assert!(ledger.entry(&packet(1, false), key(1)).is_none());
    }

    #[test]
    fn later_passes_find_the_same_state_in_any_order() {
        let mut unfinished = Unfinished::<usize>::default();
        assert_eq!(unfinished.take(&packet(1, true)), 0);
        unfinished.leave(&packet(1, true), 7);
        assert_eq!(unfinished.take(&packet(2, true)), 7);
        assert_eq!(unfinished.take(&packet(3, true)), 0);
        for (frame, open) in [(3, 0), (2, 7), (1, 0), (2, 7)] {
            assert_eq!(
                unfinished.take(&packet(frame, false)),
                open,
                "frame {frame}"
            );
            unfinished.leave(&packet(frame, false), 99);
        }
        assert_eq!(unfinished.take(&packet(4, true)), 0);
    }
}
