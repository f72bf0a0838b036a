//! One start of tshark for many captures.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::harness::{self, run, sample, wireshark, Run, Wireshark};
use crate::keys;
use test_support::many_captures::{ManyCaptures, Process};
use test_support::samples;

/// A capture, and the options to read it with.
pub type Job = (PathBuf, Vec<String>);

/// All samples, with the options of their keys and these.
pub fn samples_with(options: &[&str]) -> Vec<Job> {
    let job = |path: PathBuf| {
        let stem = path.file_stem().expect("a name").to_string_lossy();
        let mut all = keys::options(wireshark(), &samples::sample(&stem).secrets);
        all.extend(options.iter().map(|&option| option.to_owned()));
        (path, all)
    };
    harness::samples().into_iter().map(job).collect()
}

impl Wireshark {
    /// Runs tshark with the plugin; it must succeed and print nothing to standard error.
    pub fn tshark_each(&self, jobs: &[Job]) -> Vec<String> {
        let runs = self.run_each(jobs, || self.command("tshark"));
        let texts = runs.into_iter().zip(jobs).map(|(run, (path, options))| {
            assert_eq!(run.stderr, "", "{path:?} {options:?}");
            assert_eq!(run.code, Some(0), "{path:?} {options:?}");
            run.stdout
        });
        texts.collect()
    }

    /// Runs what is tshark without its options. Captures with the same options have one start,
    /// except on Wine, where nothing can be preloaded.
    pub fn run_each(&self, jobs: &[Job], tshark: impl Fn() -> Command) -> Vec<Run> {
        static MANY: OnceLock<ManyCaptures> = OnceLock::new();
        let command = |(path, options): &Job| {
            let mut command = tshark();
            command.arg("-r").arg(path).args(options);
            command
        };
        if self.version().starts_with("windows-") {
            return jobs.iter().map(|job| run(&mut command(job))).collect();
        }
        let many = MANY.get_or_init(|| ManyCaptures::new(&self.open_folder("each")));
        let mut same = BTreeMap::<_, Vec<usize>>::new();
        for (number, (_, options)) in jobs.iter().enumerate() {
            same.entry(options).or_default().push(number);
        }
        let mut runs = BTreeMap::new();
        for numbers in same.into_values() {
            let paths: Vec<_> = numbers.iter().map(|number| &*jobs[*number].0).collect();
            let first = &mut command(&jobs[numbers[0]]);
            let processes = many.run(first, &paths, (&[], &[]));
            runs.extend(numbers.into_iter().zip(processes));
        }
        let run = |process: Process| Run {
            code: process.status.code(),
            stdout: process.stdout,
            stderr: process.stderr,
        };
        runs.into_values().map(run).collect()
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn one_start_prints_what_many_print() {
    let wireshark = wireshark();
    for options in [&["-V"][..], &["-2", "-q", "-z", "msnms,chats"]] {
        let jobs: Vec<_> = samples_with(options).into_iter().step_by(9).collect();
        let same = jobs.iter().filter(|job| job.1 == jobs[0].1);
        assert!(same.count() > 1, "{jobs:?}");
        let texts = wireshark.tshark_each(&jobs);
        for ((path, options), text) in jobs.iter().zip(texts) {
            let read = ["-r".to_owned(), path.display().to_string()];
            let alone = wireshark.tshark(&[&read[..], options].concat());
            assert!(alone == text, "{path:?} {options:?}:\n{text}");
        }
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_capture_that_cannot_be_read_fails_alone() {
    let wireshark = wireshark();
    let missing = wireshark.file("missing.pcap");
    let names = [sample("msn.pcap"), missing, sample("qq.pcap")];
    let jobs = names.map(|path| (path, Vec::new()));
    let runs = wireshark.run_each(&jobs, || wireshark.command("tshark"));
    let codes: Vec<_> = runs.iter().map(|run| run.code).collect();
    assert!(
        codes[0] == Some(0) && codes[1] != Some(0) && codes[2] == Some(0),
        "{codes:?}"
    );
    assert!(
        !runs[1].stderr.is_empty() && runs[1].stdout.is_empty(),
        "{runs:?}"
    );
}
