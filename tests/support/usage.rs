//! Memory and time of a process.

use std::process::{Command, Stdio};
use std::time::Duration;

/// The least memory of tshark, in bytes.
const LEAST: u64 = 16 << 20;

/// Memory and time of a process.
#[derive(Debug, Clone, Copy, Default)]
pub struct Usage {
    /// Maximum of resident memory, in bytes.
    pub memory: u64,
    /// In user mode, in seconds.
    pub time: f64,
}

impl Usage {
    /// That of a process at its end. Panics if it fails.
    pub fn of_run(mut command: Command) -> Self {
        let child = command.stdout(Stdio::null()).spawn();
        let mut child = child.expect("a program that runs");
        let mut usage = Self::default();
        loop {
            // What tshark frees at its end takes longer than a poll, so the last is after the peak.
            usage = Self::of(child.id()).unwrap_or(usage);
            if let Some(status) = child.try_wait().expect("a child") {
                assert!(status.success(), "{command:?}: {status}");
                // A shell that has started tshark would be smaller.
                assert!(usage.memory > LEAST, "{command:?}: {usage:?}");
                return usage;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Resident memory of a process that runs, in bytes.
    pub fn now(process: u32) -> Option<u64> {
        kilobytes(process, "VmRSS:").map(|kilobytes| kilobytes << 10)
    }

    fn of(process: u32) -> Option<Self> {
        let kilobytes = kilobytes(process, "VmHWM:")?;
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        let user = stat.rsplit(')').next()?.split_ascii_whitespace().nth(11)?;
        Some(Self {
            memory: kilobytes << 10,
            time: user.parse::<f64>().ok()? / 100.0,
        })
    }
}

fn kilobytes(process: u32, row: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let value = status.lines().find_map(|line| line.strip_prefix(row))?;
    value.trim().strip_suffix(" kB")?.parse().ok()
}
