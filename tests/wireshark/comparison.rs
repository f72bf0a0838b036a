//! What Wireshark shows of a capture with the plugin and without, frame by frame.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};

use crate::harness::Wireshark;

/// What is compared of every frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// All columns, as they are printed when no tree is asked for.
    Summary,
    /// All columns and the protocols.
    Columns,
    /// All that is shown of it, but what `frame` says.
    Pdml,
}

/// A frame that is not what it is without the plugin.
#[derive(Debug)]
pub struct Odd {
    pub number: usize,
    pub with: String,
    /// What runs without the plugin showed.
    pub bare: Vec<String>,
}

/// What came out of one capture.
#[derive(Debug, Default)]
pub struct Outcome {
    pub frames: usize,
    /// How many frames differ; `odd` has the first of them.
    pub differ: usize,
    pub odd: Vec<Odd>,
}

/// Some dissectors of other protocols do not show the same twice, for reasons of their own,
/// so that there are several runs without the plugin.
const BARE_RUNS: usize = 8;

/// As many for `FEW` frames or less: one vendor's attributes of RADIUS look otherwise in one
/// run of ten.
const BARE_RUNS_FOR_FEW: usize = 80;

const FEW: usize = 3;

/// No more frames than these are kept to be compared with further runs.
const KEPT: usize = 500;

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

    /// What stands between the parts of a frame's text.
    fn separator(self) -> Option<char> {
        match self {
            Self::Summary => None,
            Self::Columns => Some('\t'),
            Self::Pdml => Some('\n'),
        }
    }

    /// Reads the text of the next frame, if there is one.
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
            // What stands between the packets names the time of the run.
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

/// A run of tshark whose output is read while it runs.
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
pub fn compared(wireshark: &Wireshark, path: &Path, view: View, options: &[&str]) -> Outcome {
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
        if outcome.odd.len() < KEPT {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            outcome.odd.push(Odd {
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
        // More than these are no whim of another dissector.
        let most = if run < BARE_RUNS { KEPT } else { FEW };
        if outcome.odd.is_empty() || outcome.differ > most {
            break;
        }
        outcome.odd = still_odd(wireshark, view, &arguments, outcome.odd);
        outcome.differ = outcome.odd.len();
    }
    outcome
}

/// The frames that another run without the plugin does not explain.
fn still_odd(wireshark: &Wireshark, view: View, arguments: &[&str], mut odd: Vec<Odd>) -> Vec<Odd> {
    let mut bare = Running::start(wireshark, false, arguments);
    let mut frame = Vec::new();
    let mut number = 0;
    for one in &mut odd {
        while number < one.number && view.next(&mut bare.output, &mut frame) {
            number += 1;
        }
        one.bare.push(String::from_utf8_lossy(&frame).into_owned());
    }
    bare.finish();
    odd.retain(|one| !one.is_a_whim(view.separator()));
    odd
}

impl Odd {
    /// Whether a run without the plugin shows the frame so, or all that differs are lines of
    /// the tree, or columns, in which such runs differ among themselves: some print the
    /// address of something in memory.
    fn is_a_whim(&self, separator: Option<char>) -> bool {
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

impl std::fmt::Display for Odd {
    /// The first line that differs, of PDML with what comes before it.
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
