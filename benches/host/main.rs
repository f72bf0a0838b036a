//! What tshark costs with imshark, with Wireshark's own dissectors of MSN and QQ, with one that
//! does nothing, and with a script: instructions and memory of each frame.
//!
//! `benches/host/run.sh` builds what is measured and runs this; see BENCHMARKS.md. Arguments are
//! names of rows, or beginnings of them.
#![allow(unreachable_pub)]

mod tshark;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;

use test_support::instructions::{CountedCapture, FrameCounter};
use test_support::usage::Usage;
use test_support::workloads::memory_rows::{MemoryRow, MEMORY};
use test_support::workloads::rows::{Row, ROWS};
use test_support::workloads::{warm_up, Kind};
use tshark::{Dissector, Tshark};

fn main() {
    let names: Vec<String> = std::env::args()
        .skip(1)
        .filter(|name| !name.starts_with('-'))
        .collect();
    let is_wanted =
        |name: &str| names.is_empty() || names.iter().any(|wanted| name.starts_with(wanted));
    let rows: Vec<_> = ROWS.iter().filter(|row| is_wanted(row.name)).collect();
    let folder = |name| std::env::var_os(name).map(PathBuf::from);
    if let Some(folder) = folder("IMSHARK_CAPTURES") {
        write_captures(&rows, &folder);
        return;
    }
    let (Some(imshark), Some(peers)) = (folder("IMSHARK_PLUGIN_DIR"), folder("IMSHARK_PEERS_DIR"))
    else {
        println!("the costs in Wireshark: run benches/host/run.sh");
        return;
    };
    let version = std::env::var("IMSHARK_WIRESHARK").unwrap_or("installed".to_owned());
    let bench = Bench::new(Tshark::new(version, imshark, peers));
    bench.instructions(&rows);
    let rows: Vec<_> = MEMORY.iter().filter(|row| is_wanted(row.name)).collect();
    bench.memory(&rows);
}

/// Writes what is read for each row: to be looked at, or for a profiler.
fn write_captures(rows: &[&Row], folder: &Path) {
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.join(name), bytes).expect("a file written");
    };
    write("first.pcap", &warm_up(Kind::Messengers).to_pcap());
    for row in rows {
        let capture = row.workload.capture(row.frames);
        println!("{}: {} frames", row.name, capture.frames.len());
        if let Some(keys) = row.keys {
            write(&format!("{}.keylog", row.name), keys.keylog().as_bytes());
        }
        write(
            &format!("{}.pcap", row.name),
            &warm_up(row.workload.kind).append(capture).to_pcap(),
        );
    }
}

struct Bench {
    tshark: Tshark,
    counter: FrameCounter,
}

/// Cost of one row with one dissector.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    /// Instructions of a frame.
    frame: f64,
    /// Lines printed for a frame.
    lines: f64,
}

impl Bench {
    fn new(tshark: Tshark) -> Self {
        Self {
            counter: FrameCounter::new(&tshark.folder),
            tshark,
        }
    }

    /// Prints the table of instructions.
    fn instructions(&self, rows: &[&Row]) {
        if rows.is_empty() {
            return;
        }
        let captures: Vec<_> = rows
            .iter()
            .map(|row| {
                self.counter
                    .write(row.workload.kind, row.workload.capture(row.frames))
            })
            .collect();
        let jobs: Vec<(usize, Dissector)> = (0..rows.len())
            .flat_map(|row| dissectors(rows[row]).map(move |dissector| (row, dissector)))
            .collect();
        let costs = side_by_side(&jobs, |(row, dissector)| {
            self.cost(rows[*row], *dissector, &captures[*row])
        });
        let costs: BTreeMap<_, _> = jobs.iter().copied().zip(costs).collect();
        println!(
            "\nInstructions of each frame, Wireshark {}:\n",
            self.tshark.version
        );
        println!("| | traffic | without | with | ratio | goal | | empty | Lua |");
        println!("|---|---|--:|--:|--:|--:|---|--:|--:|");
        for (number, row) in rows.iter().enumerate() {
            let cost = |dissector| costs.get(&(number, dissector)).map(|cost| cost.frame);
            let thousands = |dissector| {
                cost(dissector).map_or(String::new(), |cost| format!("{:.1} k", cost / 1000.0))
            };
            let cost = |dissector| cost(dissector).unwrap_or(f64::NAN);
            let ratio = cost(Dissector::Imshark) / cost(Dissector::Builtin);
            println!(
                "| `{}` | {} | {} | {} | {ratio:.4} | {} | {} | {} | {} |",
                row.name,
                row.title,
                thousands(Dissector::Builtin),
                thousands(Dissector::Imshark),
                row.goal,
                verdict(ratio <= row.goal),
                thousands(Dissector::Empty),
                thousands(Dissector::Lua),
            );
        }
        for (number, row) in rows.iter().enumerate() {
            let cost = |dissector| costs.get(&(number, dissector)).copied();
            let [Some(builtin), Some(imshark), Some(empty)] =
                [Dissector::Builtin, Dissector::Imshark, Dissector::Empty].map(cost)
            else {
                continue;
            };
            if empty.lines == 0.0 {
                continue;
            }
            let of_a_line = |one: Cost| (one.frame - empty.frame) / (one.lines - empty.lines);
            println!(
                "\n`{}`: beyond the empty dissector, a line costs {:.0} without imshark, {:.0} with it \
                 ({:.2} and {:.2} lines a frame).",
                row.name,
                of_a_line(builtin),
                of_a_line(imshark),
                builtin.lines - empty.lines,
                imshark.lines - empty.lines,
            );
        }
    }

    fn cost(&self, row: &Row, dissector: Dissector, capture: &CountedCapture) -> Cost {
        let is_ours = dissector == Dissector::Imshark;
        let options = if is_ours { row.with } else { row.without };
        let mut options: Vec<String> = options.iter().map(|option| String::from(*option)).collect();
        if let Some(keys) = row.keys.filter(|_| is_ours) {
            let file = self.tshark.private_file("keylog", &keys.keylog());
            options.extend([
                "-o".to_owned(),
                format!("oicq.keylog_file:{}", file.display()),
            ]);
        }
        let command = |path: &Path| self.tshark.command(dissector, path, &options);
        let frame = self.counter.count(command, &[capture])[0];
        let lines = |path| self.tshark.lines(dissector, path, &options) as f64;
        let lines = match row.with.first() {
            Some(&("-V" | "-T")) => lines(&capture.path) - lines(self.counter.first(capture.kind)),
            _ => 0.0,
        };
        eprintln!("{} {dissector:?}", row.name);
        Cost {
            frame,
            lines: lines / capture.frames as f64,
        }
    }

    /// Prints the table of memory.
    fn memory(&self, rows: &[&MemoryRow]) {
        if rows.is_empty() {
            return;
        }
        let jobs: Vec<(usize, usize, Dissector)> = (0..rows.len())
            .flat_map(|row| [0, 1].map(|size| (row, size)))
            .flat_map(|(row, size)| {
                [Dissector::Builtin, Dissector::Imshark].map(|dissector| (row, size, dissector))
            })
            .collect();
        let captures: Vec<_> = rows
            .iter()
            .map(|row| {
                [row.frames / 10, row.frames].map(|frames| {
                    let capture = row.workload.capture(frames);
                    let path = self.tshark.file("frames.pcap");
                    std::fs::write(&path, capture.to_pcap()).expect("a capture written");
                    (path, row.amount(&capture))
                })
            })
            .collect();
        let options = ["-Y".to_owned(), "frame.number == 0".to_owned()];
        let usages = side_by_side(&jobs, |(row, size, dissector)| {
            let usage = self
                .tshark
                .usage(*dissector, &captures[*row][*size].0, &options);
            eprintln!("{} {dissector:?}", rows[*row].name);
            usage
        });
        let usages: BTreeMap<_, _> = jobs.iter().copied().zip(usages).collect();
        println!(
            "\nBytes of memory, and time, of each further frame or byte of payload, Wireshark {}:\n",
            self.tshark.version
        );
        println!("| | traffic | without | with | more | goal | | µs without | µs with |");
        println!("|---|---|--:|--:|--:|--:|---|--:|--:|");
        for (number, row) in rows.iter().enumerate() {
            let usage = |dissector| [0, 1].map(|size| usages[&(number, size, dissector)]);
            let amounts = [&captures[number][0], &captures[number][1]].map(|capture| capture.1);
            let bytes = |dissector| {
                let [short, long] = usage(dissector).map(|usage: Usage| usage.memory as f64);
                (long - short) / (amounts[1] - amounts[0])
            };
            let time = |dissector| {
                let [short, long] = usage(dissector).map(|usage: Usage| 1e6 * usage.time);
                (long - short) / (0.9 * row.frames as f64)
            };
            let (without, with) = (bytes(Dissector::Builtin), bytes(Dissector::Imshark));
            println!(
                "| `{}` | {} | {without:.2} | {with:.2} | {:.2} | {} | {} | {:.1} | {:.1} |",
                row.name,
                row.title,
                with - without,
                row.goal,
                verdict(with - without <= row.goal),
                time(Dissector::Builtin),
                time(Dissector::Imshark),
            );
        }
    }
}

fn dissectors(row: &Row) -> impl Iterator<Item = Dissector> + '_ {
    let peers = [Dissector::Empty, Dissector::Lua];
    let peers = peers.into_iter().filter(|_| row.has_peers);
    [Dissector::Builtin, Dissector::Imshark]
        .into_iter()
        .chain(peers)
}

fn verdict(is_met: bool) -> &'static str {
    if is_met {
        "met"
    } else {
        "**missed**"
    }
}

/// Does all jobs, one on each core at a time; the results in the order of the jobs.
fn side_by_side<J: Sync, R: Send>(jobs: &[J], work: impl Fn(&J) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let results: Vec<Mutex<Option<R>>> = jobs.iter().map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(job) = jobs.get(number) else {
                    return;
                };
                *results[number].lock().expect("one worker") = Some(work(job));
            });
        }
    });
    let results = results.into_iter();
    results
        .map(|result| result.into_inner().expect("one worker").expect("all done"))
        .collect()
}
