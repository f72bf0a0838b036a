//! Recognition of QQ in datagrams.
//!
//! Source: docs/protocol/oicq.md §2.1, §2.11 and §9.2.

use crate::oicq::state::decryption::is_decryptable;
use crate::oicq::state::evidence::{grade, is_worth_remembering, Grade};
use crate::oicq::state::frame_like::direction_by_ports;
use crate::oicq::state::session::{OicqSession, OicqShared};
use crate::oicq::state::watch::Datagram;
use crate::oicq::wire::basic::{FLAG, PORT};
use crate::oicq::wire::frame::{frame, Frame};
use crate::oicq::wire::other_frames::decode;
use crate::oicq::wire::other_frames::frame::{FamilyFrame, FamilyPart, FrameFamily};
use crate::oicq::wire::other_frames::p2p::MediaKind;
use crate::packet::{Answer, Packet};
use crate::span::Span;

/// Ports of clients, which use the first free one (§2.11).
const CLIENT_PORTS: core::ops::RangeInclusive<u16> = 4000..=4032;

/// Whether a datagram is QQ, of any family; `known` is the state of its conversation and
/// of the capture.
///
/// Without state only a datagram with sufficient evidence is accepted; one that others
/// may confirm is remembered.
pub(crate) fn judge(packet: &Packet<'_>, known: Option<(&mut OicqSession, &OicqShared)>) -> Answer {
    let is_family = |known| other_family_frame(packet, known).is_some();
    let Some((session, shared)) = known else {
        let span = Span::new(0, packet.reported);
        let hint = direction_by_ports(packet);
        let grade = || {
            frame(packet.bytes, span, hint)
                .ok()
                .map(|frame| grade(packet, &frame, hint))
        };
        return if is_family(false) {
            Answer::Yes
        } else if !is_worth_remembering(packet) {
            Answer::No
        } else if grade().flatten() >= Some(Grade::Known) {
            Answer::Yes
        } else {
            Answer::Remember
        };
    };
    if is_family(session.is_confirmed(packet)) || basic_frame(packet, session, shared).is_some() {
        Answer::Yes
    } else {
        Answer::No
    }
}

/// The frame of the basic family that a datagram is. All earlier datagrams of the
/// conversation must have been judged, too, and those that are QQ observed by its tracker.
pub(crate) fn basic_frame(
    packet: &Packet<'_>,
    session: &mut OicqSession,
    shared: &OicqShared,
) -> Option<Frame> {
    if !packet.first_pass && !session.tracker.has(packet.key(0)) {
        return None;
    }
    let hint = direction_by_ports(packet);
    let is_frame = packet.bytes.first() == Some(&FLAG);
    let decode = || frame(packet.bytes, Span::new(0, packet.reported), hint).ok();
    let frame = if is_frame { decode() } else { None };
    let is_taken = !packet.first_pass
        || session.watch.judge(packet, |watch| {
            let frame = frame.as_ref()?;
            let mut grade = grade(packet, frame, hint);
            if grade.is_some_and(|grade| grade < Grade::Certain)
                && watch.wants_proof()
                && is_decryptable(packet, frame, shared)
            {
                grade = Some(Grade::Certain);
            }
            Some(Datagram { frame, grade })
        });
    if is_taken {
        frame
    } else {
        None
    }
}

/// Decodes a datagram as a frame of another family. The first byte is weak evidence, so
/// besides a matching layout an endpoint must be known as one of QQ (`known`) or have a
/// port of QQ, or the datagram must carry media.
pub(crate) fn other_family_frame(packet: &Packet<'_>, known: bool) -> Option<FamilyFrame> {
    let ports = [packet.source_port, packet.destination_port];
    let client = ports.iter().any(|port| CLIENT_PORTS.contains(port));
    let server = ports.contains(&PORT);
    decode::decode(packet.bytes, packet.reported).filter(|message| match message.family {
        // Encrypted, so its layout is no evidence; not sent to servers.
        FrameFamily::P2pControl => !server && (known || client),
        FrameFamily::P2pData => known || client || server || carries_media(packet.bytes, message),
        FrameFamily::Relay => known || client || server,
        FrameFamily::CustomAvatar | FrameFamily::Agent => {
            known || client || server || ports.contains(&443)
        }
    })
}

/// Whether a packet between two clients carries RTP, RTCP or SIP, as its media type
/// states.
fn carries_media(data: &[u8], message: &FamilyFrame) -> bool {
    let kind = message
        .value(FamilyPart::MediaType, data)
        .and_then(MediaKind::of);
    let part = message.find(FamilyPart::RealTime).map(|span| span.of(data));
    kind.zip(part)
        .is_some_and(|(media, part)| media.begins(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::Transport;

    fn datagram(bytes: &[u8], source_port: u16, destination_port: u16) -> Packet<'_> {
        Packet {
            bytes,
            reported: bytes.len(),
            frame: 1,
            first_pass: true,
            transport: Transport::Udp,
            source_port,
            destination_port,
            ..Packet::default()
        }
    }

    /// A fragment of a file from 12345678 to 10001 (docs/protocol/oicq.md §10.2, G36).
    const FILE: &[u8] = b"\x03\x0f\x5f\x5a\xa5\x19\xc4\xeb\xa5\xa5\x82\xb4\
        \0\0\x07\0\x01\x02\0\0\0\0\0\0\0\0\0\x04DATA";

    #[test]
    fn other_families_need_a_port_or_an_address_of_qq() {
        assert!(other_family_frame(&datagram(FILE, 50_000, 60_000), false).is_none());
        assert!(other_family_frame(&datagram(FILE, 50_000, 60_000), true).is_some());
        assert!(other_family_frame(&datagram(FILE, 4001, 60_000), false).is_some());
    }
}
