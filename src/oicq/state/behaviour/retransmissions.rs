//! Transmissions of one side of a conversation.
//!
//! Source: docs/protocol/oicq.md §5.3.

#[cfg(test)]
mod tests;

use crate::oicq::state::behaviour::record::{Before, FrameRecord, PairingKey, Position};
use crate::oicq::state::behaviour::records::Records;
use crate::oicq::state::behaviour::FrameEvent;
use crate::oicq::wire::direction::Direction;

/// Maximum time between two transmissions of a frame, in nanoseconds.
const REPEATS_WITHIN: u64 = 60_000_000_000;

/// Time within which an identical frame is a duplicate in the capture, not a
/// retransmission, in nanoseconds.
const DUPLICATE_WITHIN: u64 = 10_000_000;

/// Maximum duplicates of a transmission, the newest, that further replies are matched with.
const MAX_DUPLICATES: usize = 64;

/// The transmissions so far of the newest frame of one direction with a pairing key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Transmissions {
    pub(crate) first: Position,
    pub(crate) last: Position,
}

impl Records {
    /// The transmissions of the newest frame of this direction.
    pub(crate) fn transmissions(
        &self,
        pair: PairingKey,
        direction: Direction,
    ) -> Option<Transmissions> {
        let newest = self.with_pair(pair, direction).next()?;
        let last = match self[newest].before_is {
            Before::Duplicated | Before::Answered => self[newest].before?,
            _ => newest,
        };
        let first = self.first(last);
        Some(Transmissions { first, last })
    }

    /// The first transmission of a frame that is no duplicate.
    fn first(&self, position: Position) -> Position {
        let record = &self[position];
        let first = record
            .before
            .filter(|_| record.before_is == Before::FirstTransmission);
        first.unwrap_or(position)
    }

    /// Number of retransmissions so far.
    pub(crate) fn retransmissions(&self, sent: Transmissions) -> u8 {
        match sent.first == sent.last {
            true => 0,
            false => self[sent.last].retransmission,
        }
    }

    /// Whether a frame may be a retransmission: recent, and of the same length.
    pub(crate) fn may_repeat(&self, event: &FrameEvent, sent: Transmissions) -> bool {
        let last = &self[sent.last];
        let is_recent = event.time.abs_diff(last.time()) <= REPEATS_WITHIN;
        usize::from(last.len) == event.len.min(usize::from(u16::MAX)) && is_recent
    }

    /// Whether a frame is a duplicate of the last transmission in the capture.
    pub(crate) fn is_duplicate(&self, event: &FrameEvent, sent: Transmissions) -> bool {
        let last = &self[sent.last];
        (last.fingerprint, last.repeat) == (event.fingerprint, event.repeat)
            && self.may_repeat(event, sent)
            && event.time.abs_diff(last.time()) < DUPLICATE_WITHIN
    }

    /// The oldest duplicate of the last transmission of the client that may have been a
    /// transmission, and is not older than `within` nanoseconds.
    pub(crate) fn oldest_duplicate(&self, event: &FrameEvent, within: u64) -> Option<Position> {
        let newest = self.with_pair(PairingKey::of(event), Direction::ToServer);
        let duplicates = newest
            .take_while(|position| {
                matches!(
                    self[*position].before_is,
                    Before::Duplicated | Before::Answered
                )
            })
            .take(MAX_DUPLICATES);
        let waiting = duplicates.filter(|position| {
            let record = &self[*position];
            record.before_is == Before::Duplicated
                && record.has(FrameRecord::MAY_BE_ANSWERED)
                && event.time.abs_diff(record.time()) <= within
        });
        waiting.last()
    }

    /// The reply or acknowledgement to a frame, or to one of which it is a copy.
    pub(crate) fn answer(&self, position: Position) -> Option<Position> {
        let record = &self[position];
        if record.answered_by.is_some() {
            return record.answered_by;
        }
        let sent = match record.before_is {
            Before::Duplicated => record.before?,
            _ => position,
        };
        let answer = self[self.first(sent)].answered_by?;
        // A request is answered once. A push is acknowledged each time, the first time with
        // all that came before.
        let is_of_copy = record.direction == Direction::ToServer
            || (answer > position && self[answer].command == record.command);
        is_of_copy.then_some(answer)
    }
}
