//! The frames of a stream, by the lengths that stand in it.
//!
//! Source: docs/protocol/oicq.md §2.5 and §2.9.

use crate::input::Input;
use crate::oicq::state::frame_like::{LONGEST, SHORTEST};
use crate::oicq::wire::other_frames::agent;
use crate::oicq::wire::other_frames::decode;
use crate::oicq::wire::other_frames::frame::{FamilyFrame, FrameFamily};
use crate::span::Span;

/// The frame of the agent that begins at `start` of a stream, by the length in its header.
/// Nothing stands before it.
pub(crate) fn agent_frame_at(data: &[u8], start: usize) -> Option<Span> {
    let length = agent::announced(data.get(start..)?)?;
    (length <= LONGEST).then(|| Span::new(start, length))
}

/// How many bytes from `start` on tell the length of the frame that may begin there.
pub(crate) fn shortest_at(data: &[u8], start: usize) -> usize {
    let rest = data.get(start..).unwrap_or_default();
    if rest.len() > 1 && agent::may_begin(rest) {
        agent::TELLING
    } else {
        2
    }
}

/// The frame of another family that `span` of a stream is. Only the agent is known to use
/// TCP.
pub(crate) fn family_at(data: &[u8], span: Span) -> Option<FamilyFrame> {
    decode::message(span.of(data), span.len)
        .filter(|message| message.family == FrameFamily::Agent)
        .map(|message| message.shifted(span.start))
}

/// The frame that the 2-byte length at `start` announces, without that length.
pub(crate) fn tcp_frame_at(data: &[u8], start: usize) -> Option<Span> {
    let length = Input::from(data, start).be_u16()?;
    let whole = Span::new(start, length.value.into());
    (SHORTEST + 2..=LONGEST)
        .contains(&whole.len)
        .then(|| Span::between(length.span.end(), whole.end()))
}
