//! Records of the frames of one conversation, in the order of the capture: one for each, so
//! memory is in proportion to the frames.

use core::ops::{Index, IndexMut};

use crate::oicq::state::behaviour::record::{FrameRecord, PairingKey, Position};
use crate::oicq::state::behaviour::record_index::RecordIndex;
use crate::oicq::wire::direction::Direction;
use crate::packet::PduKey;

/// Number of records that are searched one by one, without an index.
const UNINDEXED: usize = 16;
/// Number of records of a conversation, the newest, among which relations are found.
const MAX_DISTANCE: usize = 1 << 16;
/// Number of records allocated at once in a long conversation: they are never moved.
const CHUNK: usize = 64;

/// The records of one conversation.
#[derive(Debug, Default)]
pub(crate) struct Records {
    /// The newest, up to [`CHUNK`].
    newest: Vec<FrameRecord>,
    /// Made when the records are more than [`UNINDEXED`].
    many: Option<Box<ManyRecords>>,
}

/// What only long conversations have.
#[derive(Debug, Default)]
struct ManyRecords {
    /// The records before the newest: [`CHUNK`] in each.
    chunks: Vec<Box<[FrameRecord]>>,
    index: RecordIndex,
}

impl Records {
    fn len(&self) -> usize {
        let chunks = self.many.as_ref().map_or(0, |many| many.chunks.len());
        chunks * CHUNK + self.newest.len()
    }

    /// The position of the next record. Returns `None` if this PDU, or a later one, has a
    /// record already.
    pub(crate) fn next(&self, key: PduKey) -> Option<Position> {
        let is_next = self.newest.last().is_none_or(|last| last.key() < key);
        Position::of(self.len()).filter(|_| is_next)
    }

    /// Adds the next record.
    pub(crate) fn push(&mut self, mut record: FrameRecord) {
        if self.newest.len() == CHUNK {
            let chunk = core::mem::replace(&mut self.newest, Vec::with_capacity(CHUNK));
            let many = self.many.get_or_insert_default();
            many.chunks.push(chunk.into_boxed_slice());
        }
        let count = self.len();
        let Some(position) = Position::of(count) else {
            return;
        };
        if count >= UNINDEXED {
            let ManyRecords { chunks, index } = &mut **self.many.get_or_insert_default();
            if index.is_full(count) {
                let before = chunks.iter_mut().flat_map(|chunk| chunk.iter_mut());
                index.rebuild(before.chain(&mut self.newest));
            }
            index.add(position, &mut record);
        }
        if self.newest.len() == self.newest.capacity() {
            // Most conversations are short: what is reserved counts as much as what is kept.
            self.newest.reserve_exact(self.newest.len().max(2));
        }
        self.newest.push(record);
    }

    /// The record of a PDU.
    pub(crate) fn find(&self, key: PduKey) -> Option<Position> {
        if let Some(last) = self.newest.last().filter(|last| last.key() <= key) {
            let position = Position::of(self.len() - 1);
            return position.filter(|_| last.key() == key);
        }
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self[Position::of(middle)?].key() < key {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        let found = Position::of(low).filter(|_| low < self.len());
        found.filter(|position| self[*position].key() == key)
    }

    /// The records of a direction with this pairing key, newest first.
    pub(crate) fn with_pair(
        &self,
        pair: PairingKey,
        direction: Direction,
    ) -> impl Iterator<Item = Position> + '_ {
        let oldest = self.len().saturating_sub(MAX_DISTANCE);
        let newest = match &self.many {
            Some(many) => many.index.newest(pair, direction),
            None => self.newest.len().checked_sub(1).and_then(Position::of),
        };
        let before = move |position: &Position| match self.many {
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
        match &self.many {
            Some(many) => many.index.last_keep_alive(account),
            None => self.last(|it| it.has(FrameRecord::KEEP_ALIVE) && it.account == account),
        }
    }

    /// The last frame of an account with this command whose sequence counts.
    pub(crate) fn last_counted(&self, account: u32, command: u16) -> Option<Position> {
        match &self.many {
            Some(many) => many.index.last_counted(account, command),
            None => self.last(|it| {
                it.has(FrameRecord::COUNTED) && (it.account, it.command) == (account, command)
            }),
        }
    }

    fn last(&self, is: impl Fn(&FrameRecord) -> bool) -> Option<Position> {
        self.newest.iter().rposition(is).and_then(Position::of)
    }
}

impl Index<Position> for Records {
    type Output = FrameRecord;

    fn index(&self, position: Position) -> &FrameRecord {
        let (chunk, place) = (position.index() / CHUNK, position.index() % CHUNK);
        let chunks = self.many.as_ref().map(|many| &many.chunks);
        match chunks.and_then(|chunks| chunks.get(chunk)) {
            Some(chunk) => &chunk[place],
            None => &self.newest[place],
        }
    }
}

impl IndexMut<Position> for Records {
    fn index_mut(&mut self, position: Position) -> &mut FrameRecord {
        let (chunk, place) = (position.index() / CHUNK, position.index() % CHUNK);
        let chunks = self.many.as_mut().map(|many| &mut many.chunks);
        match chunks.and_then(|chunks| chunks.get_mut(chunk)) {
            Some(chunk) => &mut chunk[place],
            None => &mut self.newest[place],
        }
    }
}
