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
    ///
    /// It runs on one processor and with addresses that are not random. Linux counts pages by
    /// processor, so that runs on any of two differ by up to 2 MB; these differ by some pages.
    pub fn of_run(command: Command) -> Self {
        let mut command = repeatable(&command);
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

/// The command on the processor that this thread is on, with addresses that are not random.
fn repeatable(command: &Command) -> Command {
    let mut repeatable = Command::new("setarch");
    repeatable.args(["-R", "taskset", "-c", &processor()]);
    repeatable.arg(command.get_program());
    repeatable.args(command.get_args()).stdin(Stdio::null());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => repeatable.env(name, value),
            None => repeatable.env_remove(name),
        };
    }
    repeatable
}

/// The number of the processor that this thread is on.
fn processor() -> String {
    let stat = std::fs::read_to_string("/proc/thread-self/stat").expect("Linux");
    let (_, fields) = stat.rsplit_once(')').expect("a name in parentheses");
    let processor = fields.split_ascii_whitespace().nth(36);
    processor.expect("the 39th field").into()
}

fn kilobytes(process: u32, row: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let value = status.lines().find_map(|line| line.strip_prefix(row))?;
    value.trim().strip_suffix(" kB")?.parse().ok()
}
