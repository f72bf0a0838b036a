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
    use crate::oicq::keystore::keyring::Keyring;
    use crate::oicq::wire::other_frames::reference_frames::{G35, G36, G37};
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

    /// A frame relayed by a server (§2.10).
    const RELAY: &[u8] = b"\x04\x15\x49\0\x10abcdefghij\x03";

    #[test]
    fn other_families_need_a_port_or_an_address_of_qq() {
        let is = |bytes, ports: (u16, u16), known| {
            other_family_frame(&datagram(bytes, ports.0, ports.1), known).is_some()
        };
        let (other, client, server, tls) = (50_000, 4001, PORT, 443);
        for (bytes, [nowhere, by_address, by_client, by_server, by_tls]) in [
            // Encrypted, and only between clients.
            (G35, [false, true, true, false, false]),
            (G36, [false, true, true, true, false]),
            (RELAY, [false, true, true, true, false]),
            (G37, [false, true, true, true, true]),
        ] {
            assert_eq!(is(bytes, (other, 60_000), false), nowhere);
            assert_eq!(is(bytes, (other, 60_000), true), by_address);
            assert_eq!(is(bytes, (client, 60_000), false), by_client);
            assert_eq!(is(bytes, (other, server), false), by_server);
            assert_eq!(is(bytes, (other, tls), false), by_tls);
        }
        assert!(!is(G35, (client, server), true), "not to a server");
    }

    /// A keep-alive of QQ2006 under the key `0123456789abcdef` (§10.2, G06).
    const KEEP_ALIVE: &[u8] = b"\x02\x0f\x5f\0\x02\x1a\x03\0\xbc\x61\x4e\
        \xd6\xe5\xfc\xee\x8b\xe2\xb7\x9d\x2a\xa7\x22\x70\xcb\x65\x7d\x70\x9f\xb4\xd2\x64\xf2\x60\xce\x5f\x03";

    #[test]
    fn without_state_a_known_client_is_qq_and_an_unknown_one_remembered() {
        let judged = |bytes: &[u8]| judge(&datagram(bytes, 50_000, 60_000), None);
        assert_eq!(judged(KEEP_ALIVE), Answer::Yes);
        let mut unknown = KEEP_ALIVE.to_vec();
        unknown[1..3].copy_from_slice(&[0x10, 0x0b]);
        assert_eq!(judged(&unknown), Answer::Remember);
        // The layout of none, but it may be a frame.
        unknown.remove(20);
        assert_eq!(judged(&unknown), Answer::Remember);
        assert_eq!(judged(b"something else"), Answer::No);
        assert_eq!(judge(&datagram(G36, 4001, 60_000), None), Answer::Yes);
    }

    #[test]
    fn a_key_of_its_account_proves_what_has_the_layout_of_a_frame() {
        let taken = |number: u32, version: [u8; 2]| {
            let mut keyring = Keyring::default();
            let row = format!("{number} 30313233343536373839616263646566");
            assert_eq!(keyring.add_keylog(&row), []);
            let shared = OicqShared::new(keyring, false);
            let mut bytes = KEEP_ALIVE.to_vec();
            bytes[1..3].copy_from_slice(&version);
            let packet = datagram(&bytes, 50_000, 60_000);
            basic_frame(&packet, &mut OicqSession::default(), &shared).is_some()
        };
        assert!(taken(12_345_678, [0x10, 0x0b]));
        assert!(!taken(10_001, [0x10, 0x0b]), "the key of another account");
        assert!(!taken(12_345_678, [0x04, 0x00]), "the version of no client");
    }
}
