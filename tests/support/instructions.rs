//! The number of instructions of a program's run, as valgrind counts them.

use std::path::Path;
use std::process::{Command, Stdio};

/// Number of instructions of `command`, which runs a tool by `tests/in-root`. The counts go to
/// `file`, a new file in a folder that the tool's user can write to. Panics if the tool fails.
pub fn instructions(command: &mut Command, file: &Path) -> u64 {
    let counter = [
        "valgrind",
        "--tool=cachegrind",
        "--cache-sim=no",
        "--quiet",
        &format!("--cachegrind-out-file={}", file.display()),
    ];
    command.env("IMSHARK_UNDER", counter.join("\n"));
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let output = command.output().expect("tests/in-root runs");
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {printed}");
    let text = std::fs::read_to_string(file).expect("the counts");
    let summary = text.lines().find_map(|line| line.strip_prefix("summary: "));
    let count = summary.and_then(|count| count.trim().parse().ok());
    count.expect("a count")
}
