//! Index of the records of one conversation.

use core::hash::BuildHasher;
use std::collections::hash_map::RandomState;

use crate::oicq::state::behaviour::record::{FrameRecord, PairingKey, Position};
use crate::oicq::wire::direction::Direction;

/// Number of buckets at first, and at most.
const BUCKETS: [usize; 2] = [16, 1 << 16];
/// Maximum counters kept. A client has one for each of its commands, some dozens.
const MAX_COUNTERS: usize = 256;

/// The records by pairing key: in each bucket a list of records, newest first, linked by
/// [`FrameRecord::next`].
#[derive(Debug)]
pub(crate) struct RecordIndex {
    /// The newest record of each bucket; a power of two.
    buckets: Vec<Option<Position>>,
    /// Odd and random, so that nobody can choose keys of one bucket.
    multiplier: u64,
    counters: Vec<Counter>,
    /// The counter that is replaced next when there are [`MAX_COUNTERS`].
    oldest: usize,
}

/// The last record of an account that counts for the next one.
#[derive(Debug, Clone, Copy)]
struct Counter {
    account: u32,
    /// `None` for keep-alives.
    command: Option<u16>,
    last: Position,
}

impl Default for RecordIndex {
    fn default() -> Self {
        Self {
            buckets: Vec::new(),
            multiplier: RandomState::new().hash_one(0_u8) | 1,
            counters: Vec::new(),
            oldest: 0,
        }
    }
}

impl RecordIndex {
    /// Whether it has too few buckets for so many records.
    pub(crate) fn is_full(&self, count: usize) -> bool {
        count >= 2 * self.buckets.len() && self.buckets.len() < BUCKETS[1]
    }

    /// Adds all records anew, to more buckets.
    pub(crate) fn rebuild<'a>(&mut self, records: impl Iterator<Item = &'a mut FrameRecord>) {
        let count = (2 * self.buckets.len()).clamp(BUCKETS[0], BUCKETS[1]);
        self.buckets = vec![None; count];
        for (index, record) in records.enumerate() {
            if let Some(position) = Position::of(index) {
                self.add(position, record);
            }
        }
    }

    /// Adds a record.
    pub(crate) fn add(&mut self, position: Position, record: &mut FrameRecord) {
        if record.direction == Direction::Unknown {
            return;
        }
        let bucket = self.bucket(record.pairing_key(), record.direction);
        if let Some(newest) = self.buckets.get_mut(bucket) {
            record.next = newest.replace(position);
        }
        if record.has(FrameRecord::KEEP_ALIVE) {
            self.count(record.account, None, position);
        }
        if record.has(FrameRecord::COUNTED) {
            self.count(record.account, Some(record.command), position);
        }
    }

    /// The newest record of the bucket with this key.
    pub(crate) fn newest(&self, pair: PairingKey, direction: Direction) -> Option<Position> {
        *self.buckets.get(self.bucket(pair, direction))?
    }

    pub(crate) fn last_keep_alive(&self, account: u32) -> Option<Position> {
        self.last(account, None)
    }

    pub(crate) fn last_counted(&self, account: u32, command: u16) -> Option<Position> {
        self.last(account, Some(command))
    }

    fn bucket(&self, pair: PairingKey, direction: Direction) -> usize {
        let key = u64::from(pair.account) << 32
            | u64::from(pair.command) << 16
            | u64::from(pair.sequence);
        let key = match direction {
            Direction::ToClient => !key,
            Direction::ToServer | Direction::Unknown => key,
        };
        let bits = self.buckets.len().trailing_zeros();
        (key.wrapping_mul(self.multiplier) >> (u64::BITS - bits)) as usize
    }

    fn last(&self, account: u32, command: Option<u16>) -> Option<Position> {
        let mut counters = self.counters.iter();
        let counter = counters.find(|it| (it.account, it.command) == (account, command));
        counter.map(|it| it.last)
    }

    fn count(&mut self, account: u32, command: Option<u16>, last: Position) {
        let new = Counter {
            account,
            command,
            last,
        };
        let mut counters = self.counters.iter_mut();
        let known = counters.find(|it| (it.account, it.command) == (account, command));
        if let Some(known) = known {
            *known = new;
        } else if self.counters.len() < MAX_COUNTERS {
            self.counters.push(new);
        } else if let Some(oldest) = self.counters.get_mut(self.oldest) {
            *oldest = new;
            self.oldest = (self.oldest + 1) % MAX_COUNTERS;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::state::behaviour::tests::event;
    use Direction::{ToClient, ToServer};

    fn position(number: u32) -> Position {
        Position::of(number as usize).unwrap()
    }

    fn with_buckets(count: usize) -> RecordIndex {
        RecordIndex {
            buckets: vec![None; count],
            multiplier: 0x9e37_79b9_7f4a_7c15,
            ..RecordIndex::default()
        }
    }

    #[test]
    fn buckets_double_with_the_records_up_to_a_limit() {
        for (buckets, count, is_full) in [
            (0, 16, true),
            (16, 31, false),
            (16, 32, true),
            (1024, 1024, false),
            (BUCKETS[1], usize::MAX, false),
        ] {
            let index = with_buckets(buckets);
            assert_eq!(index.is_full(count), is_full, "{buckets} {count}");
        }
        let mut index = RecordIndex::default();
        let grown: Vec<usize> = (0..14)
            .map(|_| {
                index.rebuild([].into_iter());
                index.buckets.len()
            })
            .collect();
        assert_eq!(grown[..4], [16, 32, 64, 128]);
        assert_eq!(grown[11..], [32_768, 65_536, 65_536]);
    }

    #[test]
    fn buckets_differ_by_each_part_of_a_key() {
        let index = with_buckets(BUCKETS[1]);
        let of = |account, command, sequence, direction| {
            let pair = PairingKey {
                account,
                command,
                sequence,
            };
            index.bucket(pair, direction)
        };
        let all = [
            of(12_345_678, 0x00cd, 7, ToServer),
            of(12_345_679, 0x00cd, 7, ToServer),
            of(12_345_678, 0x00ce, 7, ToServer),
            of(12_345_678, 0x00cd, 8, ToServer),
            of(12_345_678, 0x00cd, 7, ToClient),
        ];
        let distinct: std::collections::BTreeSet<usize> = all.into_iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn the_number_of_counters_is_bounded() {
        let mut index = RecordIndex::default();
        let limit = MAX_COUNTERS as u32;
        for account in 1..=2 * limit + 3 {
            index.count(account, None, position(account));
            // The last ones are kept.
            let oldest = account.saturating_sub(limit) + 1;
            for kept in [oldest, account] {
                assert_eq!(index.last_keep_alive(kept), Some(position(kept)), "{kept}");
            }
            assert_eq!(index.last_keep_alive(oldest - 1), None);
            assert_eq!(index.last_counted(account, 0), None);
        }
        assert_eq!(index.counters.len(), MAX_COUNTERS);
    }

    #[test]
    fn a_counter_is_that_of_the_last_record() {
        let mut index = with_buckets(16);
        let event = event(1, 0, ToServer, 0x00cd, 7);
        for number in [3, 4] {
            let mut record = FrameRecord::new(&event).unwrap();
            record.set(FrameRecord::COUNTED);
            index.add(position(number), &mut record);
        }
        let account = event.account;
        assert_eq!(index.last_counted(account, 0x00cd), Some(position(4)));
        assert_eq!(index.last_counted(account, 0x00ce), None);
        assert_eq!(index.last_counted(account + 1, 0x00cd), None);
        assert_eq!(index.last_keep_alive(account), None);
    }
}
