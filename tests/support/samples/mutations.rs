//! Single packets, cut and mutated, for every dissector.

use imshark::msn::state::capture::MsnCapture;
use imshark::oicq::keystore::keyring::Keyring;
use imshark::packet::Detail;
use imshark::packet::{Address, Packet, Transport};
use imshark::{msn, oicq};

use super::checks::check;
use super::packets::{packet, Carrier};
use super::SplitMix64;
use crate::capture::Frame;

/// A packet with other bytes, alone in a recognised conversation.
pub fn alone<'a>(frame: &Frame, bytes: &'a [u8], reported: usize) -> Packet<'a> {
    let captured = packet(frame);
    let transport = match captured.carrier {
        Carrier::Tcp(..) => Transport::Tcp,
        Carrier::Udp => Transport::Udp,
    };
    Packet {
        bytes,
        reported,
        frame: 1,
        first_pdu: 0,
        first_pass: true,
        can_reassemble: false,
        transport,
        heading: b"",
        time: captured.time,
        source: Address::from(captured.from.0),
        destination: Address::from(captured.to.0),
        source_port: captured.from.1,
        destination_port: captured.to.1,
        from_lower: captured.from < captured.to,
        tunnelled: false,
        recognised: true,
        is_stream_start: false,
        sequence: None,
        detail: Detail::Tree,
        has_listeners: true,
        shows_parties: true,
        hides_info: false,
        stream: None,
    }
}

/// Shared state with a key that decrypts sessions of the samples.
fn shared() -> imshark::oicq::state::session::OicqShared {
    let mut keyring = Keyring::default();
    keyring.add_keylog("0 73737373737373737373737373737373");
    imshark::oicq::state::session::OicqShared::new(keyring, true)
}

/// Passes a packet to all dissectors and to everything that recognises packets.
pub fn dissect_by_all(packet: &Packet<'_>) {
    let plan =
        imshark::msn::dissect::dissect(packet, &mut Default::default(), &mut Default::default());
    check(&plan, packet);
    for transport in [Transport::Http, Transport::HttpMessages] {
        let packet = Packet {
            transport,
            can_reassemble: false,
            heading: packet.bytes,
            ..*packet
        };
        let plan = imshark::msn::dissect::dissect(
            &packet,
            &mut Default::default(),
            &mut Default::default(),
        );
        check(&plan, &packet);
    }
    let plan = oicq::dissect::dissect(packet, &mut Default::default(), &mut shared());
    check(&plan, packet);
    let mut of_msn = MsnCapture::default();
    let mut session = Default::default();
    let plan = imshark::msn::p2p::dissect::dissect(packet, &mut session, &mut of_msn.p2p);
    check(&plan, packet);
    let mut session = Default::default();
    let plan = msn::msnftp::dissect::dissect(packet, &mut session, &mut of_msn.msnftp);
    check(&plan, packet);
    let mut session = Default::default();
    imshark::msn::msnp::state::claim::recognise(packet, None);
    imshark::msn::msnp::state::claim::recognise(packet, Some((&mut session, &of_msn.msnp)));
    msn::http::recognise(packet, Some(&mut session));
    imshark::msn::p2p::state::claim::recognise(
        packet,
        Some((&mut Default::default(), &of_msn.p2p)),
    );
    imshark::msn::msnftp::state::claim::recognise(
        packet,
        Some((&mut Default::default(), &of_msn.msnftp)),
    );
    imshark::oicq::state::recognise::recognise(packet, None);
    imshark::oicq::state::recognise::recognise(packet, Some((&mut Default::default(), &shared())));
}

/// Byte sequences with a meaning in one of the protocols.
const TOKENS: &[&[u8]] = &[
    b"\r\n",
    b" ",
    b"0",
    b"99999999",
    b"\0",
    b"\xff",
    b"MSG 1 N ",
    b"SessionID=",
    b"Passport1.4 from-PP='",
    b"\x02",
    b"\x04\0\0\0foo\0",
    b"TFR\r\n",
    b"\x03",
];

/// Changes `bytes` in one place; `other` is a packet to copy bytes from.
pub fn mutate(bytes: &mut Vec<u8>, other: &[u8], random: &mut SplitMix64) {
    let at = random.below(bytes.len());
    let end = at + random.below(bytes.len() - at + 1);
    match random.below(6) {
        0 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
        1 if !bytes.is_empty() => bytes[at] = random.next() as u8,
        2 => drop(bytes.drain(at..end)),
        3 => bytes.truncate(at),
        4 => {
            let token = TOKENS[random.below(TOKENS.len())];
            bytes.splice(at..end, token.iter().copied());
        }
        _ => {
            let from = random.below(other.len() + 1);
            let piece = &other[from..from + random.below(other.len() - from + 1)];
            bytes.splice(at..at, piece.iter().copied());
        }
    }
}
