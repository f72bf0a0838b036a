//! Memory and time of a process.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// The least memory of tshark, in bytes.
const LEAST: u64 = 16 << 20;

/// Memory and time of tshark when it has read all frames of a capture.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// Memory that is not of files, in bytes.
    pub memory: u64,
    /// In user mode, in seconds.
    pub time: f64,
}

/// Measures runs of tshark.
#[derive(Debug)]
pub struct Meter {
    /// A folder that the tools' user can write to.
    folder: PathBuf,
    /// The library of `usage.c`.
    library: PathBuf,
}

impl Meter {
    /// With files in a folder that the tools' user can write to.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
            library: preload(folder, "usage"),
        }
    }

    /// What a run by `tests/in-root` uses. Panics if it fails.
    pub fn of_run(&self, mut command: Command) -> Usage {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let file = self.folder.join(format!("usage-{number:06}"));
        let library = self.library.display();
        command.env("IMSHARK_UNDER", format!("env\nLD_PRELOAD={library}"));
        command.env("IMSHARK_USAGE", &file).stdout(Stdio::null());
        let status = command.status().expect("tests/in-root runs");
        assert!(status.success(), "{command:?}: {status}");
        let text = std::fs::read_to_string(&file).expect("what tshark used");
        let _ = std::fs::remove_file(file);
        let usage = Usage {
            memory: number_of(&text, "Anonymous:").expect("memory") << 10,
            time: number_of(&text, "User:").expect("time") as f64 / 1e6,
        };
        assert!(usage.memory > LEAST, "{command:?}: {usage:?}");
        usage
    }
}

/// Compiles NAME.c of this folder into a library for LD_PRELOAD, in the folder given.
pub fn preload(folder: &Path, name: &str) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(name)
        .with_extension("c");
    let library = folder.join(name).with_extension("so");
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-O2"]).arg(source);
    let status = compiler.args(["-ldl", "-o"]).arg(&library).status();
    assert!(status.expect("cc runs").success(), "{compiler:?}");
    library
}

/// Memory of a process that runs, without pages of files, in bytes.
pub fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    number_of(&status, "RssAnon:").map(|kilobytes| kilobytes << 10)
}

/// The number in the row that begins with this name.
fn number_of(text: &str, row: &str) -> Option<u64> {
    let value = text.lines().find_map(|line| line.strip_prefix(row))?;
    value.split_whitespace().next()?.parse().ok()
}
