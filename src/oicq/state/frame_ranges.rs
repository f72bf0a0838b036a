//! Ranges of the frames in a stream, by its length fields.
//!
//! Source: docs/protocol/oicq.md §2.5 and §2.9.

use crate::input::Input;
use crate::oicq::state::frame_like::{MAX_FRAME_LEN, MIN_FRAME_LEN};
use crate::oicq::wire::other_frames::agent;
use crate::oicq::wire::other_frames::decode;
use crate::oicq::wire::other_frames::frame::{FamilyFrame, FrameFamily};
use crate::span::Span;

/// Range of the agent's frame at `start` of a stream, by the length in its header. No
/// length precedes it.
pub(crate) fn agent_frame_at(data: &[u8], start: usize) -> Option<Span> {
    let length = agent::frame_len(data.get(start..)?)?;
    (length <= MAX_FRAME_LEN).then(|| Span::new(start, length))
}

/// Number of bytes from `start` on that determine the length of a frame there.
pub(crate) fn prefix_len_at(data: &[u8], start: usize) -> usize {
    let rest = data.get(start..).unwrap_or_default();
    if rest.len() > 1 && agent::may_begin(rest) {
        agent::PREFIX_LEN
    } else {
        2
    }
}

/// Decodes the frame of another family at `span` of a stream. Only the agent is known to
/// use TCP, so others result in `None`.
pub(crate) fn family_at(data: &[u8], span: Span) -> Option<FamilyFrame> {
    decode::decode(span.of(data), span.len)
        .filter(|message| message.family == FrameFamily::Agent)
        .map(|message| message.shifted(span.start))
}

/// Range of the frame after the 2-byte length at `start`. Returns `None` if the length is
/// not that of a frame.
pub(crate) fn tcp_frame_at(data: &[u8], start: usize) -> Option<Span> {
    let length = Input::from(data, start).be_u16()?;
    let whole = Span::new(start, length.value.into());
    (MIN_FRAME_LEN + 2..=MAX_FRAME_LEN)
        .contains(&whole.len)
        .then(|| Span::between(length.span.end(), whole.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_that_of_a_frame() {
        for (length, len) in [
            (MIN_FRAME_LEN + 1, None),
            (MIN_FRAME_LEN + 2, Some(MIN_FRAME_LEN)),
            (MAX_FRAME_LEN, Some(MAX_FRAME_LEN - 2)),
            (MAX_FRAME_LEN + 1, None),
        ] {
            let bytes = [&[0x55][..], &(length as u16).to_be_bytes()].concat();
            let expected = len.map(|len| Span::new(3, len));
            assert_eq!(tcp_frame_at(&bytes, 1), expected, "{length}");
        }
        assert_eq!(tcp_frame_at(&[0], 0), None);
    }

    #[test]
    fn the_agent_has_a_longer_prefix() {
        for (bytes, len) in [
            (&[][..], 2),
            // It can be the length of another frame.
            (&[0x05], 2),
            (&[0x05, 0x0f], agent::PREFIX_LEN),
            (&[0x05, 0x03], 2),
            (&[0x00, 0x0f], 2),
        ] {
            let bytes = [&[0x55], bytes].concat();
            assert_eq!(prefix_len_at(&bytes, 1), len, "{bytes:x?}");
        }
    }
}
