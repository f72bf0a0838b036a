//! A file over each way that clients have for one, disturbed in the clients, or in the network.

mod msn;
mod qq;

use std::net::Ipv4Addr;
use std::ops::Range;

use super::capture::{Capture, Side, Tcp};
use super::random::SplitMix64;

/// Bytes in a piece for the agent.
const AGENT_PIECE: usize = 700;
/// What happens to the parts of a file, or to the segments and datagrams with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    AsSent,
    /// They come in another order.
    Shuffled,
    /// Some come again.
    Repeated,
    /// One of them does not come.
    Lost,
}

impl Fate {
    pub const ALL: [Self; 4] = [Self::AsSent, Self::Shuffled, Self::Repeated, Self::Lost];

    fn of<T: Clone>(self, mut parts: Vec<T>, random: &mut SplitMix64) -> Vec<T> {
        match self {
            Self::AsSent => {}
            Self::Shuffled => {
                for place in (1..parts.len()).rev() {
                    // Near to where they were: nothing else waits for hours.
                    let other = place - random.below(place.min(5) + 1);
                    parts.swap(place, other);
                }
            }
            Self::Repeated => {
                for place in (0..parts.len()).rev() {
                    if random.below(3) == 0 {
                        let later = (place + 1 + random.below(3)).min(parts.len());
                        parts.insert(later, parts[place].clone());
                    }
                }
            }
            Self::Lost => {
                parts.remove(random.below(parts.len()));
            }
        }
        parts
    }
}

/// A file that is sent.
#[derive(Debug, Clone)]
pub struct SentFile {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    /// Whether it goes over UDP.
    pub is_udp: bool,
    /// Whether a lower layer puts its parts in order and drops repeated ones.
    pub is_stream: bool,
    frames: Range<usize>,
}

/// A capture with a file over each way.
#[derive(Debug, Default)]
pub struct Transfers {
    pub capture: Capture,
    pub files: Vec<SentFile>,
    host: u8,
}

/// One file over each way. The clients send the parts of each with this fate.
pub fn transfers(seed: u64, fate: Fate) -> Transfers {
    let mut transfers = Transfers::default();
    let mut random = SplitMix64::new(seed);
    let random = &mut random;
    transfers.msnftp(random);
    transfers.switchboard(random, fate, "v1.bin", msn::v1);
    transfers.switchboard(random, fate, "v2.bin", msn::v2);
    transfers.direct(random, fate, "direct.bin", 0);
    let half = 4 + random.below(3);
    transfers.direct(random, fate, "moved.bin", half);
    transfers.between_clients(random, fate);
    transfers.agent(random, fate);
    transfers
}

impl Transfers {
    /// The same capture, with the frames that carry the files disturbed by the network.
    pub fn disturbed(&self, seed: u64, fate: Fate) -> Capture {
        let mut random = SplitMix64::new(seed);
        let mut order = Vec::new();
        let mut next = 0;
        for file in &self.files {
            order.extend(next..file.frames.start);
            order.extend(fate.of(file.frames.clone().collect(), &mut random));
            next = file.frames.end;
        }
        order.extend(next..self.capture.frames.len());
        let mut capture = self.capture.clone();
        let times = capture.frames.iter().map(|frame| frame.time);
        let last = times.max().unwrap_or_default();
        let start = capture.frames[0].time;
        capture.frames = order
            .iter()
            .map(|place| self.capture.frames[*place].clone())
            .collect();
        let step = (last - start) / capture.frames.len() as u32;
        for (number, frame) in (0..).zip(&mut capture.frames) {
            frame.time = start + step * number;
        }
        capture
    }

    fn client(&mut self) -> Ipv4Addr {
        self.host += 1;
        Ipv4Addr::new(192, 0, 2, 100 + self.host)
    }

    fn is_sent(&mut self, name: &'static str, bytes: Vec<u8>, start: usize) {
        let is_udp = name == "peers.bin";
        self.files.push(SentFile {
            name,
            bytes,
            is_udp,
            is_stream: name == "ftp.bin",
            frames: start..self.capture.frames.len(),
        });
    }

    /// Sends bytes in segments of any size.
    fn stream(&mut self, random: &mut SplitMix64, tcp: Tcp, side: Side, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let size = (300 + random.below(1000)).min(bytes.len());
            let (segment, rest) = bytes.split_at(size);
            self.capture.send(tcp, side, segment);
            bytes = rest;
        }
    }
}

fn content(random: &mut SplitMix64) -> Vec<u8> {
    let len = 9000 + random.below(9000);
    // An agent's piece of one byte looks like a receipt.
    random.bytes(len + usize::from(len % AGENT_PIECE == 1))
}
