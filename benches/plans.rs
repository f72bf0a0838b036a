//! Rates of the tree ring: whole PDUs from bytes to plan, in the first pass.
//!
//! `cargo bench -p imshark-benches --bench plans`

#![allow(unreachable_pub)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, Criterion, Throughput};

use imshark::packet::Detail;

use test_support::replay::Replay;
use test_support::workloads::{MSNFTP, MSN_CHATS, MSN_LOGINS, MSN_P2P, MSN_STREAM, QQ};

/// Frames of each workload.
const FRAMES: usize = 1_500;

fn plans(c: &mut Criterion) {
    for workload in [MSN_CHATS, MSN_STREAM, MSN_LOGINS, MSN_P2P, MSNFTP, QQ] {
        let mut group = c.benchmark_group(workload.name);
        let replay = Replay::of(&workload.capture(FRAMES));
        group.throughput(Throughput::Elements(replay.calls.len() as u64));
        for (name, detail) in [
            ("columns", Detail::Columns),
            ("fields", Detail::Fields),
            ("tree", Detail::Tree),
        ] {
            group.bench_function(name, |b| {
                b.iter_batched_ref(
                    || replay.state(),
                    |state| {
                        for number in 0..replay.calls.len() {
                            black_box(replay.call(number, state, detail));
                        }
                    },
                    BatchSize::LargeInput,
                );
            });
        }
        group.finish();
    }
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    plans(&mut criterion);
    criterion.final_summary();
}
