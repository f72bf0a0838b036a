//! Tunnels through a proxy, and the connections in them.

use imshark::oicq::wire::tunnel::is_opening;
use imshark::packet::{Answer, Packet, Transport};

use crate::invariants::bounded;
use crate::play::{self, Dissector, State};

/// Segments until a connection with a tunnel is given up.
const MAX_SEGMENTS: usize = 16;

/// Segments: a byte of direction and of how many bytes follow, and those.
pub fn run(data: &[u8]) {
    bounded(data, |mut data| {
        let mut state = State::new(1, true);
        let mut sequences = [0_u32; 2];
        let mut is_open = false;
        let (mut frame, mut openings) = (0, 0);
        while let [head, rest @ ..] = data {
            let (bytes, after) = rest.split_at(usize::from(head >> 1).min(rest.len()));
            data = after;
            frame += 1;
            let from_lower = head & 1 != 0;
            let packet = Packet {
                frame,
                from_lower,
                recognised: false,
                is_stream_start: sequences[usize::from(from_lower)] == 0 && bytes.len() <= 4,
                sequence: Some(sequences[usize::from(from_lower)]),
                transport: Transport::Tcp,
                source_port: if from_lower { 4000 } else { 443 },
                destination_port: if from_lower { 443 } else { 4000 },
                ..play::packet(bytes)
            };
            sequences[usize::from(from_lower)] += bytes.len() as u32;
            let opens = is_opening(bytes, is_open);
            is_open |= opens;
            openings += usize::from(opens);
            let answer = state.recognise(&packet, Dissector::Oicq, 0);
            if opens {
                assert_eq!(answer == Answer::Remember, openings <= MAX_SEGMENTS);
            }
            if answer == Answer::Yes {
                let tunnelled = Packet {
                    tunnelled: is_open,
                    recognised: true,
                    ..packet
                };
                play::claimed(&mut state, &tunnelled, Dissector::Oicq);
                return;
            }
        }
    });
}
