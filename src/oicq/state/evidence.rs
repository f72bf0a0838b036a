//! Evidence in one datagram: whether it can be a QQ frame, and how strong the evidence
//! is.
//!
//! Many devices send `02 ... 03`, so these two bytes, a version below 0x4000 and a small
//! command can occur by chance. Where one datagram is not enough, others of its
//! conversation must confirm it (`watch`).
//!
//! Source: docs/protocol/oicq.md §2.3, §3.1, §4.1 and §9.2.

#[cfg(test)]
mod tests;

use crate::input::Input;
use crate::oicq::state::frame_like::{
    is_command, is_other_tencent_protocol, MAX_FRAME_LEN, MIN_FRAME_LEN,
};
use crate::oicq::wire::basic::TRAILER;
use crate::oicq::wire::client_table::{is_client, BUILDS};
use crate::oicq::wire::commands::meaning::{find, may_lack_number, reply_pattern_of};
use crate::oicq::wire::commands::row::ReplyPattern;
use crate::oicq::wire::commands::table::{BUILD_FOR_VERSION, NUMBER_OF_MAIL_ADDRESS};
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::era::SERVER_VERSION;
use crate::oicq::wire::frame::{version_and_command, Frame, OicqHeader};
use crate::oicq::wire::prefix::BodyPart;
use crate::packet::Packet;

/// The lowest QQ number.
const FIRST_NUMBER: u32 = 10_000;
/// Maximum retransmission count of a client (§5.3).
const MAX_REPEATS: u8 = 7;
/// Length of the longest header: one with a client block of type 4.
const HEADER: usize = 30;
/// Number of ciphertext bytes examined.
pub(crate) const SAMPLE_LEN: usize = 16;

/// Strength of the evidence that a datagram is a QQ frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    /// The layout matches, which can happen by chance.
    Shape,
    /// The client version is known, and the command for its era and direction.
    Known,
    /// A client block, a probe, media in clear, or a ciphertext that a key decrypts: not
    /// by chance.
    Certain,
}

/// The grade of `frame`, which spans the whole `packet`. Returns `None` if the layout of
/// a frame does not match, or contradicts the ports (`hint`).
pub(crate) fn grade(packet: &Packet<'_>, frame: &Frame, hint: Direction) -> Option<Grade> {
    let data = packet.bytes;
    let ended = packet.is_cut() || data.last() == Some(&TRAILER);
    let possible = ended
        && (MIN_FRAME_LEN..=MAX_FRAME_LEN).contains(&packet.reported)
        && !is_other_tencent_protocol(data, packet.reported)
        && matches!(frame.command.value, 1..=0x0fff)
        && (hint == Direction::Unknown || frame.direction == hint)
        && number_is_plausible(packet, frame);
    if !possible {
        return None;
    }
    if frame.header == OicqHeader::QqSpeed {
        // On QQ's ports only: the version is the only evidence.
        let here = hint != Direction::Unknown && is_command(frame.command.value);
        return here.then_some(Grade::Known);
    }
    // The bytes that determine whether it fits may not have been captured.
    let may_fit = packet.is_cut() && data.len() < HEADER;
    if !(frame.fits || may_fit) {
        return None;
    }
    if is_certain(frame) {
        Some(Grade::Certain)
    } else if !is_version(frame) {
        None
    } else {
        let grade = match is_known(frame) {
            true => Grade::Known,
            false => Grade::Shape,
        };
        looks_encrypted(frame, data).then_some(grade)
    }
}

fn is_version(frame: &Frame) -> bool {
    match frame.version.value {
        SERVER_VERSION | 0x0500..=0x3fff => true,
        build => is_build(frame, build),
    }
}

fn is_build(frame: &Frame, build: u16) -> bool {
    frame.command.value == BUILD_FOR_VERSION
        && frame.direction == Direction::ToClient
        && BUILDS.name(u32::from(build)).is_some()
}

/// QQ numbers are at least 10,000. Logins by e-mail or QR code, and the query of the
/// number of a mail address, have 0.
fn number_is_plausible(packet: &Packet<'_>, frame: &Frame) -> bool {
    match frame.uin {
        Some(uin) => {
            uin.value >= FIRST_NUMBER
                || (uin.value == 0
                    && (frame.command.value == NUMBER_OF_MAIL_ADDRESS
                        || may_lack_number(frame.command.value)))
        }
        None => {
            let is_cut = packet.bytes.len() < 11;
            is_cut || frame.header == OicqHeader::QqSpeed || frame.direction == Direction::ToClient
        }
    }
}

fn is_certain(frame: &Frame) -> bool {
    let in_block = frame.block.is_some_and(|block| {
        block.repeat.value <= MAX_REPEATS && block.build.value <= u32::from(u16::MAX)
    });
    in_block || frame.is_probe() || frame.body.find(BodyPart::Media).is_some()
}

/// Whether the client version, which [`is_version`] accepts, is known, and the command is one
/// of its era that this side sends.
fn is_known(frame: &Frame) -> bool {
    let (version, command) = (frame.version.value, frame.command.value);
    // The version sent by servers of that time, or a build.
    let is_of_server = version == SERVER_VERSION || version > 0x3fff;
    let client = is_of_server || is_client(version);
    if frame.header == OicqHeader::Classic
        && find(command, version).is_none_or(|row| row.names.is_none())
    {
        // Commands without a name were seen with the long header only.
        return is_plain_token(frame);
    }
    let sent = match reply_pattern_of(command, version) {
        Some(ReplyPattern::ClientOnly) => frame.direction == Direction::ToServer,
        Some(ReplyPattern::Push) => frame.direction == Direction::ToClient,
        Some(_) => true,
        None => false,
    };
    (client && sent) || is_plain_token(frame)
}

/// Whether this is the token request of any client: no other request is unencrypted.
fn is_plain_token(frame: &Frame) -> bool {
    frame.direction == Direction::ToServer && frame.body.find(BodyPart::Plain).is_some()
}

/// Whether the start of the ciphertext looks random, unlike text, counters and zeroes.
/// Three in 100,000 random ciphertexts do not.
fn looks_encrypted(frame: &Frame, data: &[u8]) -> bool {
    let Some(span) = frame.body.find(BodyPart::Ciphertext) else {
        return true;
    };
    let Some(bytes) = span.of(data).get(..SAMPLE_LEN) else {
        // Not captured.
        return true;
    };
    // A bit for each value.
    let mut seen = [0_u64; 4];
    for byte in bytes {
        seen[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }
    let distinct: u32 = seen.iter().map(|seen| seen.count_ones()).sum();
    let steps = bytes
        .windows(2)
        .filter(|pair| pair[0].abs_diff(pair[1]) <= 1);
    distinct >= 10 && bytes.iter().any(|byte| *byte >= 0x80) && steps.count() < 6
}

/// Whether to keep state for a datagram of an unknown conversation: it may be a frame.
pub(crate) fn is_worth_remembering(packet: &Packet<'_>) -> bool {
    let data = packet.bytes;
    let Some(head) = version_and_command(&mut Input::whole(data)) else {
        return false;
    };
    let [version, command] = head.map(|number| number.value);
    // Other versions are accepted with a client block.
    let has_block = data.get(14..16) == Some(&[0, 1]);
    (packet.is_cut() || data.last() == Some(&TRAILER))
        && (MIN_FRAME_LEN..=MAX_FRAME_LEN).contains(&packet.reported)
        && matches!(command, 1..=0x0fff)
        && (matches!(version, SERVER_VERSION | 0x0500..=0x3fff)
            || has_block
            || command == BUILD_FOR_VERSION)
        && !is_other_tencent_protocol(data, packet.reported)
}

/// Hash of the XOR of the two halves of 16 bytes after the header, to distinguish ciphertexts; 0 if
/// they were not captured. After a long header they are the first of the ciphertext;
/// after a classic one those that follow, whether key or ciphertext, so that equal bytes
/// always have equal values.
pub(crate) fn fingerprint(frame: &Frame, data: &[u8]) -> u32 {
    let start = match (frame.header, frame.body.find(BodyPart::Ciphertext)) {
        (OicqHeader::Long, Some(span)) => span.start,
        (_, _) if frame.direction == Direction::ToServer => frame.span.start + 11,
        (_, _) => frame.span.start + 7,
    };
    let bytes = data
        .get(start..)
        .and_then(|bytes| bytes.first_chunk::<SAMPLE_LEN>());
    let sum = bytes.map_or(0, |bytes| u128::from_be_bytes(*bytes));
    let halves = (sum >> 64) as u64 ^ sum as u64;
    (halves.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}
