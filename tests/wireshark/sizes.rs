//! A million of each thing that imshark remembers: time grows with their number and not with its
//! square, and each takes no more memory than is stated here.
//!
//! `tests/hostile.sh` runs this, as it takes minutes.

use std::process::Command;

use crate::harness::wireshark;
use crate::keys::keylog;
use test_support::capture::Capture;
use test_support::usage::{Meter, Usage};
use test_support::workloads::qq::WrongKeys;
use test_support::workloads::{many, QQ};

/// A hundredth, a tenth, and all of them.
const COUNTS: [usize; 3] = [10_000, 100_000, 1_000_000];
/// How many times as long as one of the first tenth one of the others may take; of what takes the
/// square of their number, it is ten times as long. Larger tables are in slower memory.
const MOST_SLOWDOWN: f64 = 2.5;

/// What is not told from nothing, in microseconds each.
const LEAST_TIME: f64 = 1.0;

/// Things of one type.
#[derive(Debug)]
struct Bound {
    build: fn(count: usize) -> Capture,
    /// Whether they are keys for that capture.
    is_keys: bool,
    /// The greatest memory of each beyond that of Wireshark without imshark, in bytes.
    bytes: f64,
}

const fn bound(build: fn(count: usize) -> Capture, bytes: f64) -> Bound {
    Bound {
        build,
        is_keys: false,
        bytes,
    }
}

const CONNECTIONS: Bound = bound(many::connections, 1900.0);
const REQUESTS: Bound = bound(many::requests, 40.0);
const ACCOUNTS: Bound = bound(many::accounts, 20.0);
const RINGS: Bound = bound(many::rings, 950.0);
const CHUNKS: Bound = bound(many::chunks, 20.0);
const ADDRESSES: Bound = bound(many::addresses, 900.0);
const LISTENERS: Bound = bound(many::listeners, 2000.0);
const INVITATIONS: Bound = bound(many::invitations, 2500.0);
const BLOBS: Bound = bound(many::blobs, 900.0);
const GATEWAY_SESSIONS: Bound = bound(many::gateway_sessions, 2000.0);
const UINS: Bound = bound(many::uins, 40.0);
const QQ_REQUESTS: Bound = bound(many::qq_requests, 70.0);
const KEYS: Bound = Bound {
    is_keys: true,
    ..bound(|_| QQ.capture(60), 160.0)
};

/// What one more thing takes, on the average of a range.
#[derive(Debug)]
struct Each {
    /// In bytes, beyond that of Wireshark without imshark.
    memory: f64,
    /// In microseconds.
    time: f64,
}

impl Bound {
    fn check(&self) {
        let measured = COUNTS.map(|count| self.measure(count));
        let ranges = [0, 1].map(|at| {
            let number = (COUNTS[at + 1] - COUNTS[at]) as f64;
            let [less, more] = [&measured[at], &measured[at + 1]];
            let growth = |of: fn(&Usage) -> f64| {
                [0, 1].map(|program| of(&more[program]) - of(&less[program]))
            };
            let [without, with] = growth(|usage| usage.memory as f64);
            let [_, time] = growth(|usage| 1e6 * usage.time);
            Each {
                memory: (with - without) / number,
                time: time / number,
            }
        });
        println!("{ranges:.2?}, at most {} bytes", self.bytes);
        for range in &ranges {
            assert!(range.memory <= self.bytes, "{ranges:?}");
        }
        let [tenth, rest] = &ranges;
        let most = MOST_SLOWDOWN * tenth.time.max(LEAST_TIME);
        assert!(rest.time <= most, "{ranges:?}");
    }

    /// Without imshark, and with it.
    fn measure(&self, count: usize) -> [Usage; 2] {
        let wireshark = wireshark();
        let meter = Meter::new(&wireshark.open_folder("usages"));
        let path = wireshark.write("many.pcap", &(self.build)(count));
        let usage = |mut command: Command| {
            command.arg("-r").arg(&path);
            command.args(["-Y", "frame.number == 0"]);
            meter.of_run(command)
        };
        let without = usage(wireshark.bare_command("tshark"));
        let mut command = wireshark.command("tshark");
        if self.is_keys {
            let keys = WrongKeys::OfNoAccount(count).keylog();
            command.args(["-o", &keylog(wireshark, &keys)]);
        }
        let with = usage(command);
        std::fs::remove_file(path).expect("the capture removed");
        [without, with]
    }
}

bounds! {
    many_connections: CONNECTIONS,
    many_requests: REQUESTS,
    many_accounts: ACCOUNTS,
    many_rings: RINGS,
    many_chunks: CHUNKS,
    many_addresses: ADDRESSES,
    many_listeners: LISTENERS,
    many_invitations: INVITATIONS,
    many_blobs: BLOBS,
    many_gateway_sessions: GATEWAY_SESSIONS,
    many_uins: UINS,
    many_qq_requests: QQ_REQUESTS,
    many_keys: KEYS,
}
