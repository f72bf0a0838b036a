//! Relations of one frame to the others of its conversation.

use crate::oicq::state::behaviour::record::{Before, FrameRecord, Position};
use crate::oicq::state::behaviour::records::Records;
use crate::oicq::wire::direction::Direction;
use crate::packet::PduKey;

/// Relations of one frame. Frames are given by their number in the capture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FrameLinks {
    /// Of a request: the frame with its reply.
    pub response_in: Option<u32>,
    /// Of a reply: its request.
    pub response_to: Option<PduKey>,
    /// Of a reply or acknowledgement: the time since the request or push, in nanoseconds.
    pub delay: Option<u64>,
    /// Sent by the server, and not as a reply.
    pub push: bool,
    /// Of a push: the frame with its acknowledgement.
    pub ack_in: Option<u32>,
    /// Of an acknowledgement: the frame with the push.
    pub ack_to: Option<u32>,
    /// Retransmission count; 0 for the first transmission.
    pub retransmission: u8,
    /// The first transmission, if captured.
    pub retransmission_of: Option<u32>,
    /// The frame of which this is a duplicate in the capture.
    pub duplicate_of: Option<u32>,
    /// Whether the same frame came before: sent again, or captured twice.
    pub repeated: bool,
    /// Whether a second reply may show that it was sent twice after all.
    pub may_be_answered: bool,
    /// Of a keep-alive: the time since the one before, in nanoseconds.
    pub interval: Option<u64>,
    /// Of a request: number of sequences of its command missing before it.
    pub gap: Option<u16>,
    /// Of a request: no reply came, although the server's frames were captured.
    pub unanswered: bool,
}

impl FrameLinks {
    /// The relations that are certain while later frames may still come.
    pub fn so_far(mut self) -> Self {
        self.duplicate_of = self.duplicate_of.filter(|_| !self.may_be_answered);
        self
    }
}

impl Records {
    /// The relations of a frame. `is_overdue`: a reply to it would have come.
    pub(crate) fn links(&self, position: Position, is_overdue: bool) -> FrameLinks {
        let record = &self[position];
        let key_of = |it: Option<Position>| it.map(|it| self[it].key());
        let frame_of = |it: Option<Position>| key_of(it).map(|key| key.frame);
        let since = |it: Option<Position>| record.time().checked_sub(self[it?].time());
        let before_if = |is: &[Before]| record.before.filter(|_| is.contains(&record.before_is));
        let is_server = record.direction == Direction::ToClient;
        let answer = self.answer(position);
        let response_in = answer.filter(|_| !is_server);
        let retransmitted = [Before::FirstTransmission, Before::Acknowledgement];
        let is_waiting = record.has(FrameRecord::AWAITS_REPLY) && response_in.is_none();
        FrameLinks {
            response_in: frame_of(response_in),
            response_to: key_of(record.answers.filter(|_| is_server)),
            delay: since(
                record
                    .answers
                    .filter(|_| record.has(FrameRecord::HAS_DELAY)),
            ),
            push: record.has(FrameRecord::PUSH),
            ack_in: frame_of(answer.filter(|_| is_server)),
            ack_to: frame_of(record.answers.filter(|_| !is_server)),
            retransmission: record.retransmission,
            retransmission_of: frame_of(before_if(&retransmitted)),
            duplicate_of: frame_of(before_if(&[Before::Duplicated])),
            repeated: matches!(
                record.before_is,
                Before::FirstTransmission | Before::Duplicated | Before::Answered
            ),
            may_be_answered: record.has(FrameRecord::MAY_BE_ANSWERED)
                && record.before_is == Before::Duplicated,
            interval: since(before_if(&[Before::KeepAlive])),
            gap: record.gap(),
            unanswered: is_waiting && is_overdue,
        }
    }
}
