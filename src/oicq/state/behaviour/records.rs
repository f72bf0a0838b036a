//! Records of the frames of one conversation, in the order of the capture: one for each, so
//! memory is in proportion to the frames.

use core::ops::{Index, IndexMut};

use crate::long_list::LongList;
use crate::oicq::state::behaviour::record::{FrameRecord, PairingKey, Position};
use crate::oicq::state::behaviour::record_index::RecordIndex;
use crate::oicq::wire::direction::Direction;
use crate::packet::PduKey;

/// Number of records that are searched one by one, without an index.
const UNINDEXED: usize = 16;
/// Number of records of a conversation, the newest, among which relations are found.
const MAX_DISTANCE: usize = 1 << 16;

/// The records of one conversation.
#[derive(Debug, Default)]
pub(crate) struct Records {
    list: LongList<FrameRecord>,
    /// Made when the records are more than [`UNINDEXED`].
    index: Option<Box<RecordIndex>>,
}

impl Records {
    /// The position of the next record. Returns `None` if this PDU, or a later one, has a
    /// record already.
    pub(crate) fn next(&self, key: PduKey) -> Option<Position> {
        let is_next = self.list.last().is_none_or(|last| last.key() < key);
        Position::of(self.list.len()).filter(|_| is_next)
    }

    /// Adds the next record.
    pub(crate) fn push(&mut self, mut record: FrameRecord) {
        let count = self.list.len();
        let Some(position) = Position::of(count) else {
            return;
        };
        if count >= UNINDEXED {
            let index = self.index.get_or_insert_default();
            if index.is_full(count) {
                index.rebuild(self.list.iter_mut());
            }
            index.add(position, &mut record);
        }
        self.list.push(record);
    }

    /// The record of a PDU.
    pub(crate) fn find(&self, key: PduKey) -> Option<Position> {
        let last = self.list.last()?;
        if last.key() <= key {
            let position = Position::of(self.list.len() - 1);
            return position.filter(|_| last.key() == key);
        }
        Position::of(self.list.index_of(&key, FrameRecord::key)?)
    }

    /// The records of a direction with this pairing key, newest first.
    pub(crate) fn with_pair(
        &self,
        pair: PairingKey,
        direction: Direction,
    ) -> impl Iterator<Item = Position> + '_ {
        let oldest = self.list.len().saturating_sub(MAX_DISTANCE);
        let newest = match &self.index {
            Some(index) => index.newest(pair, direction),
            None => self.list.len().checked_sub(1).and_then(Position::of),
        };
        let before = move |position: &Position| match self.index {
            Some(_) => self[*position].next,
            None => position.index().checked_sub(1).and_then(Position::of),
        };
        core::iter::successors(newest, before)
            .take_while(move |position| position.index() >= oldest)
            .filter(move |position| {
                let record = &self[*position];
                record.direction == direction && record.pairing_key() == pair
            })
    }

    /// The last keep-alive of an account.
    pub(crate) fn last_keep_alive(&self, account: u32) -> Option<Position> {
        match &self.index {
            Some(index) => index.last_keep_alive(account),
            None => self.last(|it| it.has(FrameRecord::KEEP_ALIVE) && it.account == account),
        }
    }

    /// The last frame of an account with this command whose sequence counts.
    pub(crate) fn last_counted(&self, account: u32, command: u16) -> Option<Position> {
        match &self.index {
            Some(index) => index.last_counted(account, command),
            None => self.last(|it| {
                it.has(FrameRecord::COUNTED) && (it.account, it.command) == (account, command)
            }),
        }
    }

    fn last(&self, is: impl Fn(&FrameRecord) -> bool) -> Option<Position> {
        let places = (0..self.list.len()).rev();
        let mut places = places.filter(|place| self.list.get(*place).is_some_and(&is));
        places.next().and_then(Position::of)
    }
}

impl Index<Position> for Records {
    type Output = FrameRecord;

    fn index(&self, position: Position) -> &FrameRecord {
        &self.list[position.index()]
    }
}

impl IndexMut<Position> for Records {
    fn index_mut(&mut self, position: Position) -> &mut FrameRecord {
        &mut self.list[position.index()]
    }
}
