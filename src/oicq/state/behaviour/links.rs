//! Relations of one frame to the others of its conversation.

use core::time::Duration;

use crate::oicq::state::behaviour::retransmissions::SentFrame;
use crate::packet::PduKey;

/// Relations of one frame. Frames are given by their number in the capture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FrameLinks {
    /// Of a request: the frame with its reply.
    pub response_in: Option<u32>,
    /// Of a reply: its request.
    pub response_to: Option<PduKey>,
    /// Of a reply or acknowledgement: the time since the request or push.
    pub delay: Option<Duration>,
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
    /// Of a keep-alive: the time since the one before.
    pub interval: Option<Duration>,
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

    /// The relations of a duplicate in the capture. `frame` is the number of this frame.
    pub(crate) fn of_duplicate(&self, frame: u32) -> Self {
        Self {
            response_in: self.response_in,
            response_to: self.response_to,
            push: self.push,
            ack_in: self.ack_in,
            ack_to: self.ack_to,
            duplicate_of: Some(frame),
            repeated: true,
            ..Self::default()
        }
    }

    /// Marks the frame as a retransmission of `sent`.
    pub(crate) fn mark_retransmission(&mut self, sent: &SentFrame) {
        self.retransmission = sent.retransmissions;
        self.retransmission_of = Some(sent.first.frame);
        self.repeated = true;
    }
}
