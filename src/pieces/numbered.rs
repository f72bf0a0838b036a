//! Pieces that have a number: each begins where the one before it ends.

use crate::pieces::{Budget, Pieces};

impl Pieces {
    /// Number of the numbered pieces, from 0, before the first that is missing.
    pub(crate) fn count(&self) -> u64 {
        self.ends.len() as u64
    }

    /// The piece of this number, from 0.
    pub(crate) fn numbered(&self, number: u64) -> Option<&[u8]> {
        let index = usize::try_from(number).ok()?;
        let Some(end) = self.ends.get(index) else {
            return self.numbered.get(&number).map(Vec::as_slice);
        };
        let before = index.checked_sub(1).and_then(|index| self.ends.get(index));
        self.bytes.get(before.copied().unwrap_or_default()..*end)
    }

    /// Adds the piece of this number, from 0.
    pub(crate) fn add_numbered(&mut self, number: u64, data: &[u8], budget: &Budget) {
        if let Some(known) = self.numbered(number) {
            self.is_contradictory |= known != data;
        } else if number > self.count() {
            if self.reserve(data, budget) {
                self.numbered.insert(number, data.to_vec());
            }
        } else if self.append_numbered(data, budget) {
            while let Some(data) = self.numbered.remove(&self.count()) {
                budget.give_back_piece(&data);
                if !self.append_numbered(&data, budget) {
                    return;
                }
            }
        }
    }

    /// Adds the next piece. Returns `false` if not all of it is kept.
    fn append_numbered(&mut self, data: &[u8], budget: &Budget) -> bool {
        let start = self.received();
        self.add(start, data, budget);
        let is_kept = self.received() == start + data.len() as u64;
        if is_kept {
            self.ends.push(self.bytes.len());
        }
        is_kept
    }
}
