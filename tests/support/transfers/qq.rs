//! A file between two clients of QQ, and a picture over an agent.

use std::net::Ipv4Addr;

use md5::{Digest, Md5};

use super::{content, Fate, Transfers, AGENT_PIECE};
use crate::capture::{Endpoint, Side};
use crate::random::SplitMix64;
use crate::samples::qq_families::{agent_frame, p2p, VERSION};

/// The two accounts of QQ.
const UINS: [u32; 2] = [12_345_678, 10_001];

impl Transfers {
    pub(super) fn between_clients(&mut self, random: &mut SplitMix64, fate: Fate) {
        let bytes = content(random);
        let name = b"peers.bin";
        let ends: [Endpoint; 2] = [(self.client(), 4000), (self.client(), 4001)];
        let frame = |sequence: u16, operation: u8, rest: &[u8]| {
            let mut bytes = p2p(0x03, 0x5a, UINS[0], UINS[1]);
            bytes.extend([0, 0, 7]);
            bytes.extend(sequence.to_be_bytes());
            bytes.push(operation);
            bytes.extend(rest);
            bytes
        };
        let chunks: Vec<_> = bytes.chunks(1000).collect();
        let mut about = Vec::new();
        for number in [bytes.len(), chunks.len(), 1000] {
            about.extend((number as u32).to_be_bytes());
        }
        about.extend(Md5::digest(&bytes));
        about.extend(Md5::digest(name));
        about.extend([0, name.len() as u8, 0, 0, 0, 0, 0, 0, 0, 0]);
        about.extend(name);
        let mut frames = vec![frame(0, 1, &about)];
        for (index, data) in (0_u16..).zip(&chunks) {
            let mut piece = u32::from(index).to_be_bytes().to_vec();
            piece.extend((u32::from(index) * 1000).to_be_bytes());
            piece.extend((data.len() as u16).to_be_bytes());
            piece.extend(*data);
            frames.push(frame(index + 1, 2, &piece));
        }
        let start = self.capture.frames.len();
        for frame in fate.of(frames, random) {
            self.capture.udp(ends[0], ends[1], &frame);
        }
        self.is_sent("peers.bin", bytes, start);
        self.capture.udp(ends[0], ends[1], &frame(2, 3, &[]));
    }

    pub(super) fn agent(&mut self, random: &mut SplitMix64, fate: Fate) {
        let bytes = content(random);
        let name = b"agent.bin";
        let session = [0x11, 0x22, 0x33, 0x44];
        let client = self.client();
        let server = Ipv4Addr::new(203, 0, 113, 52);
        let tcp = self.capture.connect((client, 49_152), (server, 443));
        let begin = [&session[..], &[0; 16]].concat();
        let begin = agent_frame(VERSION, 0x26, 2, &begin);
        self.capture.send(tcp, Side::Client, &begin);
        let mut about = [&session[..], &[0; 4], &[0, 57, 0, 57]].concat();
        about.extend(Md5::digest(&bytes));
        about.extend([0; 16]);
        about.extend((bytes.len() as u32).to_be_bytes());
        about.extend([0, name.len() as u8]);
        about.extend(name);
        about.extend([0; 8]);
        let about = agent_frame(VERSION, 0x23, 0, &about);
        self.capture.send(tcp, Side::Client, &about);
        let frames = (1_u8..)
            .zip(bytes.chunks(AGENT_PIECE))
            .map(|(number, data)| {
                let length = (data.len() as u16).to_be_bytes();
                let piece = [&session[..], &[0; 4], &length, data].concat();
                agent_frame(VERSION, 0x23, number, &piece)
            });
        let frames = fate.of(frames.collect(), random).concat();
        let start = self.capture.frames.len();
        self.stream(random, tcp, Side::Client, &frames);
        self.is_sent("agent.bin", bytes, start);
        self.capture.close(tcp);
    }
}
