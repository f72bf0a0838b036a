//! What the frames of one conversation have to do with each other, from one frame's side.

use core::time::Duration;

use crate::oicq::state::behaviour::retransmissions::SentFrame;

/// What is known of one frame. Frames are numbers of the capture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FrameLinks {
    /// Of a request: the frame with its reply.
    pub response_in: Option<u32>,
    /// Of a reply: the frame with its request.
    pub response_to: Option<u32>,
    /// Of a reply or acknowledgement: the time since the request or push.
    pub delay: Option<Duration>,
    /// The server's, and not a reply.
    pub push: bool,
    /// Of a push: the frame with its acknowledgement.
    pub ack_in: Option<u32>,
    /// Of an acknowledgement: the frame with the push.
    pub ack_to: Option<u32>,
    /// How often the frame was sent before; 0 for the first time.
    pub retransmission: u8,
    /// The frame that it repeats, if the capture has it.
    pub retransmission_of: Option<u32>,
    /// The frame that this one is, if the capture has it twice.
    pub duplicate_of: Option<u32>,
    /// A second answer would show that it was sent twice after all.
    pub may_be_answered: bool,
    /// Of a keep-alive: the time since the one before.
    pub interval: Option<Duration>,
    /// Of a request: how many sequences of its command are missing before it.
    pub gap: Option<u16>,
    /// Of a request: no reply came, although the server's frames were captured.
    pub unanswered: bool,
}

impl FrameLinks {
    /// What can be said while later frames may still come.
    pub fn so_far(mut self) -> Self {
        self.duplicate_of = self.duplicate_of.filter(|_| !self.may_be_answered);
        self
    }

    /// Of the same frame once more in the capture.
    pub(crate) fn captured_again(&self, frame: u32) -> Self {
        Self {
            response_in: self.response_in,
            response_to: self.response_to,
            push: self.push,
            ack_in: self.ack_in,
            ack_to: self.ack_to,
            duplicate_of: Some(frame),
            ..Self::default()
        }
    }

    /// The frame is one more sending of this.
    pub(crate) fn repeats(&mut self, sent: &SentFrame) {
        self.retransmission = sent.repeats;
        self.retransmission_of = Some(sent.first.frame);
    }
}
