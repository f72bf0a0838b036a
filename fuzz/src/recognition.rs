//! Whether an unclaimed packet belongs to a protocol, and what its dissector makes of it then.

use imshark::packet::{Answer, Packet, Transport};

use crate::invariants::bounded;
use crate::play::{self, Dissector, State};

/// A byte each of dissector and transport, of ports, and of where to cut; then a packet.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [which, ports, cut, data @ ..] = data else {
            return;
        };
        let dissector = Dissector::of(*which);
        let transport = match which & 4 {
            0 => Transport::Tcp,
            _ if dissector == Dissector::Oicq => Transport::Udp,
            _ => Transport::Tcp,
        };
        let (client, server) = [
            (4000, 8000),
            (50_000, 1863),
            (50_000, 80),
            (50_000, 443),
            (6891, 50_001),
            (4001, 18_000),
            (8000, 4000),
            (50_000, 50_001),
        ][usize::from(ports & 7)];
        let lacking = usize::from(ports >> 3 & 1) * 100;
        let packet = Packet {
            transport,
            source_port: client,
            destination_port: server,
            reported: data.len() + lacking,
            can_reassemble: transport == Transport::Tcp && ports & 0x20 != 0 && lacking == 0,
            sequence: Some(1),
            recognised: false,
            ..play::packet(data)
        };
        whole(&packet, dissector, ports & 0x10 != 0);
        if transport == Transport::Tcp && lacking == 0 {
            in_two(&packet, dissector, usize::from(*cut));
        }
        imshark::msn::http::recognise(&packet, None);
        imshark::msn::http::may_be_http(data);
    });
}

/// One packet: a frame recognised is a frame decoded.
fn whole(packet: &Packet<'_>, which: Dissector, is_first: bool) {
    let packet = Packet {
        is_stream_start: is_first && packet.bytes.len() <= 4,
        ..*packet
    };
    let mut state = State::new(1, true);
    let answer = state.recognise(&packet, which, 0);
    let alone = recognise_alone(&packet, which);
    // Without a session there is nothing to remember bytes in.
    assert!(
        alone <= answer.max(Answer::Remember),
        "{alone:?} > {answer:?}"
    );
    if answer == Answer::Yes {
        let packet = Packet {
            recognised: true,
            ..packet
        };
        play::claimed(&mut state, &packet, which);
    }
}

fn recognise_alone(packet: &Packet<'_>, which: Dissector) -> Answer {
    match which {
        Dissector::Msn => imshark::msn::msnp::state::claim::recognise(packet, None),
        Dissector::Oicq => imshark::oicq::state::recognise::recognise(packet, None),
        Dissector::Direct => imshark::msn::p2p::state::claim::recognise(packet, None),
        Dissector::Msnftp => imshark::msn::msnftp::state::claim::recognise(packet, None),
    }
}

/// The same bytes in two segments, from the start of the stream.
fn in_two(packet: &Packet<'_>, which: Dissector, cut: usize) {
    let data = packet.bytes;
    if data.len() < 2 {
        return;
    }
    let (first, second) = data.split_at(1 + cut % (data.len() - 1));
    let mut state = State::new(1, true);
    let mut sequence = 1;
    for (frame, bytes) in (1..).zip([first, second]) {
        let packet = Packet {
            bytes,
            reported: bytes.len(),
            frame,
            sequence: Some(sequence),
            is_stream_start: frame == 1 && bytes.len() <= 4,
            ..*packet
        };
        sequence += bytes.len() as u32;
        if state.recognise(&packet, which, 0) == Answer::Yes {
            let packet = Packet {
                recognised: true,
                ..packet
            };
            play::claimed(&mut state, &packet, which);
            return;
        }
    }
}
