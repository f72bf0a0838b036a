//! A Wireshark lives long and answers all that it is asked: one process that opens a hundred
//! files needs no more memory than after twenty, and every report about itself works.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::harness::{sample, wireshark};
use crate::state::{has_old_protocol, load, request};
use test_support::capture::frames_of;
use test_support::usage::resident;

/// One after the other; between them they have every kind of state.
const FILES: [&str; 10] = [
    "msn.pcap",
    "qq-tcp.pcap",
    "msn-p2p.pcap",
    "qq-logins.pcap",
    "msn-http.pcap",
    "qq-pieces.pcap",
    "msn-ftp.pcap",
    "qq-eras.pcap",
    "msn-people.pcap",
    "qq-behaviour.pcap",
];
/// How often they are opened before memory is measured for the first time.
const SETTLED: usize = 2;
/// How often in all: a hundred files.
const ROUNDS: usize = 10;
/// The greatest growth of eighty files beyond that of Wireshark itself: 4 KB a file.
const MOST_GROWTH: i64 = 320 << 10;
/// Of Wireshark's own growth, the part by which it differs from run to run: sharkd 4.0 loses 11 MB
/// with every file.
const NOISE: i64 = 500;

/// A sharkd that is asked one thing after the other.
#[derive(Debug)]
struct Server {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    old: bool,
}

impl Server {
    fn start(mut command: Command, old: bool) -> Self {
        let mut process = command
            .arg("-")
            // One heap for all threads, which gives back what is free: no noise of the allocator.
            .env("MALLOC_ARENA_MAX", "1")
            .env("MALLOC_TRIM_THRESHOLD_", "65536")
            .env("MALLOC_MMAP_THRESHOLD_", "65536")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("sharkd starts");
        Self {
            input: process.stdin.take().expect("its standard input"),
            output: BufReader::new(process.stdout.take().expect("its standard output")),
            process,
            old,
        }
    }

    fn ask(&mut self, request: &str) -> Value {
        self.input.write_all(request.as_bytes()).expect("a request");
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).expect("an answer");
            assert!(read > 0, "sharkd ended at {request}");
            if let Ok(answer) = serde_json::from_str::<Value>(&line) {
                return answer;
            }
        }
    }

    /// Asks for something that is done, not answered.
    fn order(&mut self, request: &str) {
        let answer = self.ask(request);
        let done = answer["err"] == 0 || answer["result"]["status"] == "OK";
        assert!(done, "{request}: {answer}");
    }

    /// Shows the columns of all frames, and the trees of some.
    fn look(&mut self, frames: usize) {
        let columns = self.ask(&request("frames", "\"limit\":10000", self.old));
        let rows = if self.old {
            &columns
        } else {
            &columns["result"]
        };
        assert_eq!(rows.as_array().map(Vec::len), Some(frames), "{columns}");
        for frame in (1..=frames).step_by(20) {
            let what = format!("\"frame\":{frame},\"proto\":true,\"columns\":true");
            let tree = self.ask(&request("frame", &what, self.old));
            assert!(tree.to_string().contains("\"tree\""), "{tree}");
        }
    }

    /// Opens every file, as often as `rounds`. A preference of imshark changes with every round.
    fn rounds(&mut self, rounds: usize, ours: bool) {
        for round in 0..rounds {
            for name in FILES {
                let path = sample(name);
                self.order(&load(&path, self.old));
                if ours && name == FILES[FILES.len() / 2] {
                    let value = if round % 2 == 0 { "TRUE" } else { "FALSE" };
                    let what = format!("\"name\":\"oicq.chinese_names\",\"value\":\"{value}\"");
                    self.order(&request("setconf", &what, self.old));
                }
                self.look(frames_of(&path).len());
            }
        }
    }

    fn resident(&self) -> i64 {
        let usage = resident(self.process.id()).expect("a process that runs");
        usage.try_into().expect("a size")
    }

    /// The growth of its memory while files are opened, in bytes.
    fn growth(mut self, ours: bool) -> i64 {
        self.rounds(SETTLED, ours);
        let settled = self.resident();
        self.rounds(ROUNDS - SETTLED, ours);
        let growth = self.resident() - settled;
        drop(self.input);
        let status = self.process.wait().expect("sharkd ends");
        assert!(status.success(), "{status}");
        growth
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_hundred_files_need_no_more_memory_than_twenty() {
    let wireshark = wireshark();
    let old = has_old_protocol(wireshark, &sample(FILES[0]));
    let with = Server::start(wireshark.command("sharkd"), old).growth(true);
    let without = Server::start(wireshark.bare_command("sharkd"), old).growth(false);
    println!("growth with imshark {with}, without {without}");
    let most = without + without / NOISE + MOST_GROWTH;
    assert!(with <= most, "{with}, without {without}");
}

/// Those of `tshark -G`, besides the ones that `load.rs` reads.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn every_report_of_wireshark_about_itself_works() {
    let wireshark = wireshark();
    let help = wireshark.tshark(&["-G", "help"]);
    let names = help.lines().filter_map(|line| {
        let (name, _) = line.strip_prefix("  -G ")?.split_once([' ', ',', '['])?;
        Some(name)
    });
    let read = ["fields", "heuristic-decodes", "plugins", "values"];
    let others: Vec<_> = names.filter(|name| !read.contains(name)).collect();
    assert!(others.len() >= 10, "{others:?}");
    for name in others {
        assert_ne!(wireshark.tshark(&["-G", name]), "", "-G {name}");
    }
    for option in ["-v", "-h"] {
        assert!(wireshark
            .tshark(&[option])
            .starts_with("TShark (Wireshark) "));
    }
}
