//! The number of instructions of frames, as valgrind counts those of whole processes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use super::capture::Capture;
use super::many_captures::{ManyCaptures, Process};
use super::usage::preload;
use super::workloads::{warm_up, Kind};

/// Counts the instructions of frames: those of a process less those of one that reads only the
/// first frames of the same capture, see [`warm_up`]. So the start of the program does not count,
/// nor what a program does once. Valgrind takes longer for the start than for most captures:
/// it is made once for all that are read with the same options, see [`ManyCaptures`]. What that
/// adds for each process is thousands of instructions, less than one for each frame.
#[derive(Debug)]
pub struct FrameCounter {
    /// A folder that the tools' user can write to.
    folder: PathBuf,
    /// The library of `fixed_random.c`.
    random: PathBuf,
    many: ManyCaptures,
    /// The captures of only the first frames.
    first: [PathBuf; 2],
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
            many: ManyCaptures::new(folder),
            first: ["first.pcap", "others.pcap"].map(|name| folder.join(name)),
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

    /// Instructions of each frame of each capture. `command` is that which reads the capture of a
    /// path, by `tests/in-root`.
    pub fn count(
        &self,
        command: impl FnOnce(&Path) -> Command,
        captures: &[&CountedCapture],
    ) -> Vec<f64> {
        let paths = captures.iter().map(|capture| &*capture.path);
        let paths: Vec<_> = self.first.iter().map(|path| &**path).chain(paths).collect();
        let counts = self.instructions(command(paths[0]), &paths);
        let (first, counts) = counts.split_at(self.first.len());
        let of_frame = |(capture, &count): (&&CountedCapture, &u64)| {
            (count as f64 - first[capture.kind as usize] as f64) / capture.frames as f64
        };
        captures.iter().zip(counts).map(of_frame).collect()
    }

    /// Number of instructions of the process of each path, the first of which is that of the
    /// command. Panics if one fails.
    fn instructions(&self, mut command: Command, paths: &[&Path]) -> Vec<u64> {
        let counts = self.file("counts");
        let counter = [
            "valgrind",
            "--tool=cachegrind",
            "--cache-sim=no",
            // Faster for code that runs once, as most of the start does.
            "--vex-guest-chase=no",
            "--quiet",
            &format!("--cachegrind-out-file={}.%p", counts.display()),
        ];
        let counter = counter.map(str::to_owned);
        let processes = self
            .many
            .run(&mut command, paths, (&[&self.random], &counter));
        let count = |process: Process| {
            assert!(process.status.success(), "{command:?}: {process:?}");
            count(&counts.with_extension(process.id.to_string()))
        };
        processes.into_iter().map(count).collect()
    }

    /// A new file. All names are of one length, as they are part of the environment of what is
    /// counted.
    fn file(&self, name: &str) -> PathBuf {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        self.folder.join(format!("counted-{number:06}-{name}"))
    }
}

/// The count of one process, whose file is removed.
fn count(path: &Path) -> u64 {
    let text = std::fs::read_to_string(path).expect("the count of a process");
    std::fs::remove_file(path).expect("the count is there");
    let summary = text.lines().find_map(|line| line.strip_prefix("summary: "));
    let count = summary.and_then(|count| count.trim().parse().ok());
    count.expect("a count")
}
