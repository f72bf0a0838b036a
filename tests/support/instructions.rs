//! The number of instructions of frames, as valgrind counts those of whole runs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use super::capture::Capture;
use super::usage::preload;
use super::workloads::{warm_up, Kind};

/// Counts the instructions of frames: those of a run less those of a run that reads only the
/// first frames of the same capture, see [`warm_up`]. So the start of the program does not count,
/// nor what a program does once.
#[derive(Debug)]
pub struct FrameCounter {
    /// A folder that the tools' user can write to.
    folder: PathBuf,
    /// The library of `fixed_random.c`.
    random: PathBuf,
    /// The captures of only the first frames.
    first: [PathBuf; 2],
    /// Instructions of the runs that read only the first frames, by setting.
    starts: Mutex<BTreeMap<String, Arc<OnceLock<u64>>>>,
}

/// A capture that begins with the first frames.
#[derive(Debug)]
pub struct CountedCapture {
    pub path: PathBuf,
    /// Its first frames.
    pub kind: Kind,
    /// Number of frames after the first.
    pub frames: usize,
}

impl FrameCounter {
    pub fn new(folder: &Path) -> Self {
        let counter = Self {
            folder: folder.to_path_buf(),
            random: preload(folder, "fixed_random"),
            first: ["first.pcap", "others.pcap"].map(|name| folder.join(name)),
            starts: Mutex::default(),
        };
        for kind in [Kind::Messengers, Kind::Others] {
            let first = warm_up(kind).to_pcap();
            std::fs::write(counter.first(kind), first).expect("a capture written");
        }
        counter
    }

    /// The capture of only the first frames.
    pub fn first(&self, kind: Kind) -> &Path {
        &self.first[kind as usize]
    }

    /// Writes a capture after the first frames.
    pub fn write(&self, kind: Kind, capture: Capture) -> CountedCapture {
        let frames = capture.frames.len();
        let path = self.file("frames.pcap");
        let pcap = warm_up(kind).append(capture).to_pcap();
        std::fs::write(&path, pcap).expect("a capture written");
        CountedCapture { path, kind, frames }
    }

    /// Instructions of each frame. `command` is that which reads a capture, by `tests/in-root`;
    /// `setting` names all else that it depends on.
    pub fn count(
        &self,
        setting: &str,
        command: impl Fn(&Path) -> Command,
        capture: &CountedCapture,
    ) -> f64 {
        let mut starts = self.starts.lock().expect("no panic elsewhere");
        let first = self.first(capture.kind);
        let setting = format!("{setting} {}", first.display());
        let start = Arc::clone(starts.entry(setting).or_default());
        drop(starts);
        let start = *start.get_or_init(|| self.instructions(command(first)));
        let all = self.instructions(command(&capture.path));
        (all as f64 - start as f64) / capture.frames as f64
    }

    /// Number of instructions of a run. Panics if it fails.
    fn instructions(&self, mut command: Command) -> u64 {
        let file = self.file("instructions");
        let counter = [
            "env",
            &format!("LD_PRELOAD={}", self.random.display()),
            "valgrind",
            "--tool=cachegrind",
            "--cache-sim=no",
            // Faster for code that runs once, as most of the start does.
            "--vex-guest-chase=no",
            "--quiet",
            &format!("--cachegrind-out-file={}", file.display()),
        ];
        command.env("IMSHARK_UNDER", counter.join("\n"));
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let output = command.output().expect("tests/in-root runs");
        let printed = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command:?}: {printed}");
        let text = std::fs::read_to_string(&file).expect("the counts");
        std::fs::remove_file(file).expect("the counts are there");
        let summary = text.lines().find_map(|line| line.strip_prefix("summary: "));
        let count = summary.and_then(|count| count.trim().parse().ok());
        count.expect("a count")
    }

    /// A new file. All names are of one length, as they are part of the environment of what is
    /// counted.
    fn file(&self, name: &str) -> PathBuf {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        self.folder.join(format!("counted-{number:06}-{name}"))
    }
}
