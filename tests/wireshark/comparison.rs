//! Compares what Wireshark shows of a capture with the plugin and without, frame by frame.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};

use crate::harness::Wireshark;

/// The part of the output that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// All columns, as printed when no tree is requested.
    Summary,
    /// All columns and the protocols.
    Columns,
    /// The whole tree, except `frame`.
    Pdml,
}

/// A frame that differs from the one without the plugin.
#[derive(Debug)]
pub struct Difference {
    pub number: usize,
    pub with: String,
    /// The output of runs without the plugin.
    pub bare: Vec<String>,
}

/// The result for one capture.
#[derive(Debug, Default)]
pub struct Outcome {
    pub frames: usize,
    /// Number of frames that differ; `examples` has the first of them.
    pub differ: usize,
    pub examples: Vec<Difference>,
}

/// Number of runs without the plugin: some dissectors of other protocols do not give the
/// same output twice.
const BARE_RUNS: usize = 8;

/// The same for `FEW` frames or less: one vendor's RADIUS attributes differ in one run of ten.
const BARE_RUNS_FOR_FEW: usize = 80;

const FEW: usize = 3;

/// Maximum number of frames kept for comparison with further runs.
const MAX_EXAMPLES: usize = 500;

impl View {
    pub fn arguments(self) -> Vec<&'static str> {
        match self {
            Self::Summary => Vec::new(),
            Self::Columns => {
                let mut arguments = vec!["-T", "fields"];
                for field in [
                    "frame.number",
                    "frame.protocols",
                    "_ws.col.Source",
                    "_ws.col.Destination",
                    "_ws.col.Protocol",
                    "_ws.col.Info",
                ] {
                    arguments.extend(["-e", field]);
                }
                arguments
            }
            Self::Pdml => vec!["-T", "pdml"],
        }
    }

    /// The separator between the parts of a frame's text.
    fn separator(self) -> Option<char> {
        match self {
            Self::Summary => None,
            Self::Columns => Some('\t'),
            Self::Pdml => Some('\n'),
        }
    }

    /// Reads the text of the next frame. Returns whether there is one.
    fn next(self, stream: &mut impl BufRead, frame: &mut Vec<u8>) -> bool {
        frame.clear();
        if self != Self::Pdml {
            return stream.read_until(b'\n', frame).expect("output") > 0;
        }
        let mut line = Vec::new();
        let mut left_out = false;
        loop {
            line.clear();
            if stream.read_until(b'\n', &mut line).expect("output") == 0 {
                return !frame.is_empty();
            }
            if line.starts_with(b"</packet>") {
                return true;
            }
            // Lines outside of packets contain the time of the run.
            if line.starts_with(b"  <proto name=") {
                let name = &line[14..];
                left_out = name.starts_with(b"\"geninfo\"") || name.starts_with(b"\"frame\"");
            }
            if !left_out && line.starts_with(b"  ") {
                frame.extend_from_slice(&line);
            }
        }
    }
}

/// A running tshark whose output is read meanwhile.
struct Running {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Running {
    fn start(wireshark: &Wireshark, with: bool, arguments: &[&str]) -> Self {
        let mut command = if with {
            wireshark.command("tshark")
        } else {
            wireshark.bare_command("tshark")
        };
        command.args(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("tests/in-root runs");
        let output = child.stdout.take().expect("a pipe");
        let output = BufReader::with_capacity(1 << 20, output);
        Self { child, output }
    }

    fn finish(mut self) -> Option<i32> {
        self.output
            .read_to_end(&mut Vec::new())
            .expect("the rest of the output");
        self.child.wait().expect("the end of tshark").code()
    }
}

/// Compares `view` of a capture with the plugin and without.
pub fn compare(wireshark: &Wireshark, path: &Path, view: View, options: &[&str]) -> Outcome {
    let path = path.to_string_lossy();
    let mut arguments = vec!["-r", &*path];
    arguments.extend(view.arguments());
    arguments.extend(options);
    let mut outcome = Outcome::default();
    let mut with = Running::start(wireshark, true, &arguments);
    let mut bare = Running::start(wireshark, false, &arguments);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    while view.next(&mut bare.output, &mut theirs) {
        if !view.next(&mut with.output, &mut ours) {
            ours.clear();
        }
        outcome.frames += 1;
        if ours == theirs {
            continue;
        }
        outcome.differ += 1;
        if outcome.examples.len() < MAX_EXAMPLES {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            outcome.examples.push(Difference {
                number: outcome.frames,
                with: text(&ours),
                bare: vec![text(&theirs)],
            });
        }
    }
    let extra = view.next(&mut with.output, &mut ours);
    assert!(!extra, "more frames with the plugin than without: {path}");
    let codes = (with.finish(), bare.finish());
    assert_eq!(codes.0, codes.1, "tshark {arguments:?}");
    for run in 1..BARE_RUNS_FOR_FEW {
        // More than these are not due to another dissector.
        let most = if run < BARE_RUNS { MAX_EXAMPLES } else { FEW };
        if outcome.examples.is_empty() || outcome.differ > most {
            break;
        }
        outcome.examples = still_different(wireshark, view, &arguments, outcome.examples);
        outcome.differ = outcome.examples.len();
    }
    outcome
}

/// The frames that differ from another run without the plugin, too.
fn still_different(
    wireshark: &Wireshark,
    view: View,
    arguments: &[&str],
    mut examples: Vec<Difference>,
) -> Vec<Difference> {
    let mut bare = Running::start(wireshark, false, arguments);
    let mut frame = Vec::new();
    let mut number = 0;
    for one in &mut examples {
        while number < one.number && view.next(&mut bare.output, &mut frame) {
            number += 1;
        }
        one.bare.push(String::from_utf8_lossy(&frame).into_owned());
    }
    bare.finish();
    examples.retain(|one| !one.is_unstable(view.separator()));
    examples
}

impl Difference {
    /// Whether a run without the plugin shows the same, or the frame differs only in
    /// lines of the tree, or columns, in which those runs differ from each other: some
    /// print an address in memory.
    fn is_unstable(&self, separator: Option<char>) -> bool {
        if self.bare.contains(&self.with) {
            return true;
        }
        let Some(separator) = separator else {
            return false;
        };
        let parts = |text: &'_ str| text.split(separator).map(str::to_owned).collect::<Vec<_>>();
        let with = parts(&self.with);
        let bare: Vec<_> = self.bare.iter().map(|text| parts(text)).collect();
        bare.iter().all(|one| one.len() == with.len())
            && (0..with.len())
                .all(|at| with[at] == bare[0][at] || bare.iter().any(|one| one[at] != bare[0][at]))
    }
}

impl std::fmt::Display for Difference {
    /// The first line that differs, and its number.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (with, bare): (Vec<_>, Vec<_>) =
            (self.with.lines().collect(), self.bare[0].lines().collect());
        let same = with.iter().zip(&bare).take_while(|(a, b)| a == b).count();
        writeln!(f, "frame {}, line {}:", self.number, same + 1)?;
        for (name, lines) in [("without", &bare), ("with", &with)] {
            let line = lines.get(same).copied().unwrap_or("(nothing)");
            writeln!(f, "  {name:8}{}", line.trim())?;
        }
        Ok(())
    }
}
