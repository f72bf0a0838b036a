//! The memory of tshark with the plugin, against that without it.
//!
//! `benches/host` measures the same with more frames and compares it with the goals; the bounds
//! here hold what is reached on every version, where the spare capacity of lists counts for more.
//! What grows faster than the capture exceeds them.

use std::sync::OnceLock;

use crate::harness::{wireshark, Wireshark};
use test_support::usage::Meter;
use test_support::workloads::memory_rows::memory_row;

/// Frames of the long capture; the short one has a tenth.
const FRAMES: usize = 40_000;

/// The greatest difference of a row, in bytes for each frame, or for each byte of payload.
#[derive(Debug)]
struct Bound {
    row: &'static str,
    bytes: f64,
}

const fn bound(row: &'static str, bytes: f64) -> Bound {
    Bound { row, bytes }
}

const MSN_CHATS: Bound = bound("memory-msn-chats", 40.0);
const MSN_STREAM: Bound = bound("memory-msn-stream", 60.0);
const MSN_RINGS: Bound = bound("memory-msn-rings", 190.0);
const MSN_LOGINS: Bound = bound("memory-msn-logins", 3.5);
const QQ: Bound = bound("memory-qq", 68.0);
const QQ_PAIRS: Bound = bound("memory-qq-pairs", 270.0);
const MSN_P2P: Bound = bound("memory-msn-p2p", 1.1);
const MSN_P2P_DIRECT: Bound = bound("memory-msn-p2p-direct", 1.1);
const MSNFTP: Bound = bound("memory-msnftp", 1.1);

fn meter(wireshark: &Wireshark) -> &'static Meter {
    static METER: OnceLock<Meter> = OnceLock::new();
    METER.get_or_init(|| Meter::new(&wireshark.open_folder("usages")))
}

impl Bound {
    fn check(&self) {
        let wireshark = wireshark();
        let row = memory_row(self.row);
        let captures = [FRAMES / 10, FRAMES].map(|frames| row.workload.capture(frames));
        let amounts = [&captures[0], &captures[1]].map(|capture| row.amount(capture));
        let paths = captures.map(|capture| wireshark.write("frames.pcap", &capture));
        let bytes = |command: fn(&Wireshark) -> std::process::Command| {
            let [short, long] = [&paths[0], &paths[1]].map(|path| {
                let mut command = command(wireshark);
                command.arg("-r").arg(path);
                command.args(["-Y", "frame.number == 0"]);
                meter(wireshark).of_run(command).memory as f64
            });
            (long - short) / (amounts[1] - amounts[0])
        };
        let without = bytes(|wireshark| wireshark.bare_command("tshark"));
        let with = bytes(|wireshark| wireshark.command("tshark"));
        let more = with - without;
        println!(
            "{}: {without:.2}, with {with:.2}, {more:.2} more, at most {}",
            self.row, self.bytes
        );
        assert!(more <= self.bytes, "{self:?}: {more:.2}");
    }
}

bounds! {
    memory_of_chats: MSN_CHATS,
    memory_of_a_stream: MSN_STREAM,
    memory_of_rings: MSN_RINGS,
    memory_of_logins: MSN_LOGINS,
    memory_of_qq: QQ,
    memory_of_short_flows_of_qq: QQ_PAIRS,
    memory_of_files: MSN_P2P,
    memory_of_files_without_a_server: MSN_P2P_DIRECT,
    memory_of_msnftp: MSNFTP,
}
