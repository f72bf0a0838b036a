//! Whose memory is compared, and the goal.

use super::super::capture::Capture;
use super::Workload;
use crate::workloads as of;

/// One row.
#[derive(Debug)]
pub struct MemoryRow {
    pub name: &'static str,
    pub title: &'static str,
    pub workload: Workload,
    /// Of the long capture; the short one has a tenth.
    pub frames: usize,
    /// The greatest difference to the built-in dissector, in bytes of memory for each frame, or
    /// for each byte of payload.
    pub goal: f64,
    pub is_for_bytes: bool,
}

impl MemoryRow {
    /// Number of frames, or of bytes of payload over TCP and IPv4.
    pub fn amount(&self, capture: &Capture) -> f64 {
        let payload = |bytes: &Vec<u8>| bytes.len() - 54;
        let frames = capture.frames.iter();
        match self.is_for_bytes {
            true => frames.map(|frame| payload(&frame.bytes)).sum::<usize>() as f64,
            false => frames.count() as f64,
        }
    }
}

/// The row of this name.
pub fn memory_row(name: &str) -> &'static MemoryRow {
    let found = MEMORY.iter().find(|row| row.name == name);
    found.expect("the name of a row")
}

const fn for_frames(
    name: &'static str,
    title: &'static str,
    workload: Workload,
    goal: f64,
) -> MemoryRow {
    MemoryRow {
        name,
        title,
        workload,
        frames: 100_000,
        goal,
        is_for_bytes: false,
    }
}

const fn for_bytes(
    name: &'static str,
    title: &'static str,
    workload: Workload,
    goal: f64,
) -> MemoryRow {
    MemoryRow {
        frames: 60_000,
        is_for_bytes: true,
        ..for_frames(name, title, workload, goal)
    }
}

const fn million(row: MemoryRow) -> MemoryRow {
    MemoryRow {
        frames: 1_000_000,
        ..row
    }
}

pub const MEMORY: &[MemoryRow] = &[
    for_frames(
        "memory-msn-chats",
        "MSN chat and presence, 200 connections",
        of::MSN_CHATS,
        48.0,
    ),
    for_frames(
        "memory-msn-stream",
        "one MSN stream, every TrID another",
        of::MSN_STREAM,
        48.0,
    ),
    million(for_frames(
        "memory-msn-stream-long",
        "the same, 10^5 to 10^6 frames",
        of::MSN_STREAM,
        48.0,
    )),
    for_frames(
        "memory-msn-rings",
        "RNG, each with another ticket",
        of::MSN_RINGS,
        200.0,
    ),
    million(for_frames(
        "memory-msn-rings-long",
        "the same, 10^5 to 10^6 frames",
        of::MSN_RINGS,
        200.0,
    )),
    for_bytes(
        "memory-msn-logins",
        "MSN logins with long contact lists",
        of::MSN_LOGINS,
        3.6,
    ),
    for_frames("memory-qq", "QQ mix", of::QQ, 64.0),
    for_frames("memory-qq-flow", "one flow of QQ", of::QQ_FLOW, 64.0),
    million(for_frames(
        "memory-qq-flow-long",
        "the same, 10^5 to 10^6 frames",
        of::QQ_FLOW,
        64.0,
    )),
    for_frames(
        "memory-qq-pairs",
        "flows of QQ of two frames",
        of::QQ_PAIRS,
        200.0,
    ),
    for_bytes(
        "memory-msn-p2p",
        "P2P files over switchboards",
        of::MSN_P2P,
        1.0,
    ),
    for_bytes(
        "memory-msn-p2p-direct",
        "P2P files over direct connections",
        of::MSN_P2P_DIRECT,
        1.0,
    ),
    for_bytes("memory-msnftp", "MSNFTP", of::MSNFTP, 1.0),
];
