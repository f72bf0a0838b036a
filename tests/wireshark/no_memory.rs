//! Whichever of the allocations of imshark fails, the program ends at once and says why, as it
//! does when one of Wireshark's own fails: it neither goes on with less nor crashes elsewhere.

use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::harness::{sample, wireshark, Wireshark};
use crate::keys;
use test_support::samples;
use test_support::usage::preload;

/// Signals by which a program ends itself: abort, and that of GLib.
const ABORTED: [i32; 2] = [6, 5];
/// What Rust says, and GLib.
const SAID: [&str; 2] = ["memory allocation of", "failed to allocate"];
/// How many of the allocations of a capture fail, one in each run; and with `IMSHARK_HOSTILE=all`.
const TRIED: [u64; 2] = [5, 100];

#[derive(Debug)]
struct Shortage {
    library: PathBuf,
    capture: PathBuf,
    options: Vec<String>,
}

impl Shortage {
    fn command(&self, wireshark: &Wireshark) -> Command {
        let mut command = wireshark.command("tshark");
        command
            .env(
                "IMSHARK_UNDER",
                format!("env\nLD_PRELOAD={}", self.library.display()),
            )
            // Each block of wmem is one of the C library.
            .env("WIRESHARK_DEBUG_WMEM_OVERRIDE", "simple")
            .arg("-r")
            .arg(&self.capture)
            .args(["-2", "-V", "-z", "msnms,chats", "-z", "oicq,logins"])
            .args(&self.options);
        command
    }

    /// The number of allocations, of a run in which none fails.
    fn count(&self, wireshark: &Wireshark) -> u64 {
        let file = wireshark.open_folder("allocations").join("count");
        let output = self
            .command(wireshark)
            .env("IMSHARK_ALLOCATIONS", &file)
            .output()
            .expect("tshark runs");
        assert!(output.status.success(), "{}", said(&output));
        let number = std::fs::read_to_string(file).expect("a number");
        number.trim().parse().expect("a number")
    }

    fn check(&self, wireshark: &Wireshark, number: u64) {
        let output = self
            .command(wireshark)
            .env("IMSHARK_FAILS", number.to_string())
            .output()
            .expect("tshark runs");
        let said = said(&output);
        // Of a signal, tests/in-root tells by the exit code of a shell if it is one.
        let status = output.status;
        let signal = status.signal().or(status.code().map(|code| code - 128));
        assert!(
            signal.is_some_and(|signal| ABORTED.contains(&signal)),
            "{:?}, allocation {number}: {status}, {said}",
            self.capture
        );
        assert!(SAID.iter().any(|text| said.contains(text)), "{said}");
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn of_sample(wireshark: &Wireshark, name: &str) -> Shortage {
    let secrets = &samples::sample(name.trim_end_matches(".pcap")).secrets;
    Shortage {
        library: preload(&wireshark.open_folder("no-memory"), "no_memory"),
        capture: sample(name),
        options: keys::options(wireshark, secrets),
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn an_allocation_that_fails_ends_the_program_with_a_message() {
    let wireshark = wireshark();
    for name in ["msn-people.pcap", "qq-logins.pcap"] {
        let shortage = of_sample(wireshark, name);
        let count = shortage.count(wireshark);
        println!("{name}: {count} allocations");
        assert!(count > 1000, "{name}: {count}");
        let is_all = std::env::var_os("IMSHARK_HOSTILE").is_some_and(|which| which == "all");
        let tried = TRIED[usize::from(is_all)];
        for number in (0..tried).map(|part| 1 + part * (count - 1) / tried) {
            shortage.check(wireshark, number);
        }
    }
}
