//! Recognition of QQ in packets without an assigned dissector.

#[cfg(test)]
mod tests;

use crate::first_bytes;
use crate::first_bytes::Recognition;
use crate::input::Input;
use crate::oicq::state::datagrams;
use crate::oicq::state::frame_like::{
    direction_by_ports, is_frame, is_plausible_version, LONG_PREFIX_LEN, MIN_FRAME_LEN,
};
use crate::oicq::state::frame_ranges::{agent_frame_at, family_at, tcp_frame_at};
use crate::oicq::state::session::{OicqSession, OicqShared};
use crate::oicq::wire::basic::{FLAG, TRAILER};
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::{frame, OicqHeader};
use crate::oicq::wire::tunnel::is_opening;
use crate::packet::{Answer, Packet, Transport};

/// No longer frame was observed.
const LONGEST_OBSERVED: usize = 1400;

/// Whether a segment of unknown context begins with a length and a QQ frame, or on QQ's
/// ports with a frame of the agent.
pub fn is_oicq_tcp(packet: &Packet<'_>) -> bool {
    begins_with_frame(packet.bytes, direction_by_ports(packet))
}

/// As [`is_oicq_tcp`], for these bytes in this direction by the ports.
fn begins_with_frame(data: &[u8], hint: Direction) -> bool {
    tcp_frame_at(data, 0).is_some_and(|span| is_frame(data, span, hint))
        || (hint != Direction::Unknown
            && agent_frame_at(data, 0)
                .is_some_and(|span| span.end() <= data.len() && family_at(data, span).is_some()))
}

/// Whether a segment of a stream that was QQ before begins with a length and a complete
/// frame of the game QQ Speed, by its version and its first and last byte.
pub fn is_qq_speed_tcp(packet: &Packet<'_>) -> bool {
    let data = packet.bytes;
    tcp_frame_at(data, 0).is_some_and(|span| {
        span.end() <= data.len()
            && span.of(data).last() == Some(&TRAILER)
            && frame(data, span, direction_by_ports(packet))
                .is_ok_and(|frame| frame.header == OicqHeader::QqSpeed)
    })
}

/// Whether a packet without an assigned dissector is QQ; `known` is the state of its
/// conversation and of the capture.
pub fn recognise(packet: &Packet<'_>, known: Option<(&mut OicqSession, &OicqShared)>) -> Answer {
    match packet.transport {
        Transport::Tcp => recognise_tcp(packet, known.map(|(session, _)| session)),
        _ => datagrams::judge(packet, known),
    }
}

/// Whether a segment without an assigned dissector begins a QQ stream, together with the
/// earlier bytes of the stream.
fn recognise_tcp(packet: &Packet<'_>, session: Option<&mut OicqSession>) -> Answer {
    let is_open = session.as_ref().is_some_and(|session| session.is_tunnel());
    let hint = direction_by_ports(packet);
    let judge = |data: &[u8], is_first: bool| {
        if begins_with_frame(data, hint) {
            Recognition::Yes
        } else if may_become_frame(data, hint, is_first) {
            Recognition::Unfinished
        } else {
            Recognition::No
        }
    };
    match (is_opening(packet.bytes, is_open), session) {
        (false, session) => first_bytes::check_segment(
            session.map(|session| &mut session.stream().first_bytes),
            packet,
            judge,
        ),
        (true, Some(session)) => session.stream().tunnel.open(),
        (true, None) => Answer::Remember,
    }
}

/// Whether a segment of unknown context is too short for a decision, but may be the first
/// bytes of a QQ frame.
///
/// A length alone is weak evidence, accepted only at the start of a connection and on the
/// ports of QQ's servers; elsewhere the first byte of the frame and the version are
/// required, too. A single byte must be the first of a connection, because TCP
/// keep-alives of any protocol carry one byte 00.
fn may_become_frame(data: &[u8], hint: Direction, is_first: bool) -> bool {
    let least = if is_first {
        1
    } else if hint == Direction::Unknown {
        5
    } else {
        2
    };
    if !(least..2 + LONG_PREFIX_LEN).contains(&data.len()) {
        return false;
    }
    if let &[high] = data {
        return usize::from(high) <= LONGEST_OBSERVED >> 8;
    }
    let number = |at: usize| Some(Input::from(data, at).be_u16()?.value);
    number(0).map(usize::from).is_some_and(|length| {
        (MIN_FRAME_LEN + 2..=LONGEST_OBSERVED).contains(&length) && length > data.len()
    }) && data.get(2).is_none_or(|flag| *flag == FLAG)
        && number(3).is_none_or(is_plausible_version)
        && number(5).is_none_or(|command| matches!(command, 1..=0x0fff))
}
