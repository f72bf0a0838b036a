//! Workloads of the benchmarks in Wireshark: usual traffic of any length, by a seeded generator.
//!
//! Bulk transfers have an acknowledgement for every other segment, as TCP sends them. In all
//! others, each side acknowledges with what it says next, so nearly every frame has a payload
//! for a dissector.

pub mod files;
pub mod many;
pub mod memory_rows;
pub mod msn;
pub mod msn_lists;
pub mod others;
pub mod qq;
pub mod rows;

use std::net::Ipv4Addr;

use super::capture::{Capture, Endpoint};
use super::random::SplitMix64;

/// Traffic of one type.
#[derive(Debug, Clone, Copy)]
pub struct Workload {
    pub name: &'static str,
    pub kind: Kind,
    build: Build,
}

/// Builds a capture of at least so many frames.
type Build = fn(site: Site, frames: usize) -> Capture;

impl Workload {
    pub fn capture(&self, frames: usize) -> Capture {
        (self.build)(Site(0), frames)
    }
}

const fn workload(name: &'static str, build: Build) -> Workload {
    Workload {
        name,
        kind: Kind::Messengers,
        build,
    }
}

const fn other(name: &'static str, build: Build) -> Workload {
    Workload {
        kind: Kind::Others,
        ..workload(name, build)
    }
}

pub const MSN_CHATS: Workload = workload("msn-chats", msn::chats);
pub const MSN_STREAM: Workload = workload("msn-stream", msn::stream);
pub const MSN_LOGINS: Workload = workload("msn-logins", msn_lists::logins);
pub const MSN_RINGS: Workload = workload("msn-rings", msn::rings);
pub const MSN_P2P: Workload = workload("msn-p2p", files::p2p);
pub const MSN_P2P_DIRECT: Workload = workload("msn-p2p-direct", files::p2p_direct);
pub const MSNFTP: Workload = workload("msnftp", files::msnftp);
pub const MSNFTP_ONE_SIDE: Workload = workload("msnftp-one-side", files::msnftp_one_side);
pub const QQ: Workload = workload("qq", qq::mix);
pub const QQ_FLOW: Workload = workload("qq-flow", qq::one_flow);
pub const QQ_PAIRS: Workload = workload("qq-pairs", qq::pairs);
pub const TLS: Workload = other("tls", others::tls);
pub const HTTP: Workload = other("http", others::http);
pub const TCP: Workload = other("tcp", others::tcp);
pub const UDP: Workload = other("udp", others::udp);

pub const ALL: [Workload; 15] = [
    MSN_CHATS,
    MSN_STREAM,
    MSN_LOGINS,
    MSN_RINGS,
    MSN_P2P,
    MSN_P2P_DIRECT,
    MSNFTP,
    MSNFTP_ONE_SIDE,
    QQ,
    QQ_FLOW,
    QQ_PAIRS,
    TLS,
    HTTP,
    TCP,
    UDP,
];

/// Traffic of MSN and QQ, or of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Messengers,
    Others,
}

/// A few frames of every workload of this kind, of other hosts and accounts than those of any
/// workload: what a program does once, it has done after them. A capture of others has none of
/// MSN, whose announced connections make Wireshark search for every other one twice.
pub fn warm_up(kind: Kind) -> Capture {
    let mut all = Capture::new();
    for (site, workload) in (1..).zip(ALL) {
        if workload.kind == Kind::Others || kind == Kind::Messengers {
            all.append((workload.build)(Site(site), WARM_UP));
        }
    }
    all
}

/// Frames of each workload in [`warm_up`].
const WARM_UP: usize = 60;

/// A network whose hosts and accounts are in no other: one of 16.
#[derive(Debug, Clone, Copy)]
pub struct Site(u8);

impl Site {
    /// The client with this number, one of 2^20 of 10.0.0.0/8.
    fn client(self, number: usize, port: u16) -> Endpoint {
        let [_, high, middle, low] = (number as u32 + 1).to_be_bytes();
        (Ipv4Addr::new(10, self.0 << 4 | high, middle, low), port)
    }

    /// A server of 198.51.100.0/24.
    fn server(self, number: usize, port: u16) -> Endpoint {
        let host = 1 + (number % 250) as u8;
        (Ipv4Addr::new(198, 51, 100, host), port)
    }

    /// A user of MSN.
    fn account(self, name: &str, number: usize) -> String {
        format!("{name}{number}.{}@example.com", self.0)
    }

    /// A user of QQ, one of 10^8.
    fn uin(self, number: usize) -> u32 {
        20_000_000 + 100_000_000 * u32::from(self.0) + 13 * number as u32
    }

    fn random(self, seed: u64) -> SplitMix64 {
        SplitMix64::new(seed << 8 | u64::from(self.0))
    }
}

/// A port that clients use, and that no protocol of Wireshark has.
fn free_port(random: &mut SplitMix64) -> u16 {
    49_200 + random.below(16_000) as u16
}

const WORDS: [&str; 24] = [
    "hi", "how", "are", "you", "fine", "thanks", "and", "the", "see", "tomorrow", "at", "school",
    "ok", "did", "she", "really", "say", "that", "lol", "call", "me", "when", "home", "naïve",
];

/// What somebody writes.
fn words(random: &mut SplitMix64) -> String {
    let count = 1 + random.below(14);
    let words: Vec<_> = (0..count)
        .map(|_| WORDS[random.below(WORDS.len())])
        .collect();
    words.join(" ")
}
