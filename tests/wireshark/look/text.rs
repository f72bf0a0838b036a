//! Parses tshark's text output, for our protocols only, independent of the version.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use imshark::field::Type;
use imshark::protocols::PROTOCOLS;

use crate::each::samples_with;
use crate::harness::wireshark;

/// Maximum number of characters compared: versions truncate longer lines differently.
pub const WIDTH: usize = 80;

/// A line in the same form for every version.
pub fn in_any_version(line: &str) -> String {
    // Versions truncate long lines, and mark that, in different ways.
    let mut line = line.replace(" [truncated]: ", ": ").replace(" […]: ", ": ");
    line = line.replace(" [truncated]", "").replace("[…] ", "");
    // Version 3.4 marks this date.
    line = line.replace("(0)Jan  1, 1970", "Jan  1, 1970");
    line = line.replace("<UNKNOWN> Message Type", "<UNKNOWN>");
    // Version 4.6 chooses the unit of a time by its size.
    let units = [
        (" milliseconds", 1e-3),
        (" microseconds", 1e-6),
        (" minute, ", 60.0),
    ];
    for (unit, seconds) in units {
        let Some((before, after)) = line.split_once(unit) else {
            continue;
        };
        let start = before.rfind(' ').map_or(0, |space| space + 1);
        let Ok(number) = before[start..].parse::<f64>() else {
            continue;
        };
        let rest = after.split_once(" seconds").unwrap_or(("0", after));
        let seconds = number * seconds + rest.0.parse::<f64>().unwrap_or_default();
        line = format!("{}{seconds:.9} seconds{}", &before[..start], rest.1);
    }
    line
}

/// Trees of other dissectors, which differ between versions.
const OF_OTHERS: [&str; 3] = [
    "[Expert Info (Warning/Protocol): Call ID is mandatory]",
    "Portable Network Graphics",
    "Real-Time Transport Protocol",
];

/// Tabs that only some versions have: the packet itself, and XML's decoded text.
const TABS_OF_OTHERS: [&str; 3] = ["Frame (", "Packet (", "Decoded UTF-8 text ("];

/// Our part of one frame.
#[derive(Debug, Clone)]
pub struct Frame {
    pub number: u32,
    /// The lines of the tree, cut to [`WIDTH`] characters.
    pub lines: Vec<String>,
    /// The tabs of bytes outside of the packet: name and length.
    pub sources: Vec<String>,
}

/// What tshark prints of our frames of each sample, with all keys of the user, in two passes:
/// only the second one has the results of later frames.
pub fn of_samples(view: &[&str]) -> BTreeMap<String, String> {
    let filter = [names(), only_asked_for()].concat().join(" or ");
    let jobs = samples_with(&[&["-2", "-Y", &filter], view].concat());
    let texts = wireshark().tshark_each(&jobs).into_iter();
    let stem = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into();
    jobs.iter().map(|(path, _)| stem(path)).zip(texts).collect()
}

fn names() -> Vec<&'static str> {
    let filters = PROTOCOLS.iter().map(|protocol| protocol.filter.to_str());
    filters.map(|name| name.expect("a filter name")).collect()
}

/// The fields that a packet has only where somebody asks: parties, and flags that are not set.
fn only_asked_for() -> Vec<&'static str> {
    let fields = PROTOCOLS.iter().flat_map(|protocol| protocol.fields);
    let fields = fields.filter_map(|field| {
        let name = field.filter.to_str().expect("a filter name");
        let is_flag = field.mask != 0 && field.kind == Type::Bool;
        let is_party = [".party", ".peer", ".peer.from", ".peer.to"]
            .iter()
            .any(|end| name.ends_with(end));
        (is_flag || is_party).then_some(name)
    });
    fields.collect()
}

/// Our part of `tshark -V -x` of a sample, by frame; all are read at once.
pub fn frames_of_sample(stem: &str) -> &'static [Frame] {
    static READ: OnceLock<BTreeMap<String, Vec<Frame>>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let texts = of_samples(&["-x", "-O", &names().join(",")]);
        let texts = texts.into_iter();
        texts.map(|(stem, text)| (stem, frames(&text))).collect()
    });
    &read[stem]
}

fn frames(text: &str) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut inside = false;
    let mut left_out = usize::MAX;
    for line in text.lines() {
        let rest = line.strip_prefix("Frame ").unwrap_or_default();
        if let Ok(number) = rest.split([':', ' ']).next().unwrap_or_default().parse() {
            frames.push(Frame {
                number,
                lines: Vec::new(),
                sources: Vec::new(),
            });
        }
        let Some(frame) = frames.last_mut() else {
            continue;
        };
        if !line.starts_with(' ') {
            inside = ["MSN", "OICQ", "QQ"]
                .iter()
                .any(|name| line.starts_with(name));
            if line.ends_with(" bytes):") || line.ends_with(" (1 byte):") {
                inside = false;
                if !TABS_OF_OTHERS.iter().any(|name| line.starts_with(name)) {
                    frame.sources.push(line.trim_end_matches(':').to_owned());
                }
            }
        }
        let depth = line.len() - line.trim_start().len();
        if left_out >= depth && OF_OTHERS.contains(&line.trim_start()) {
            left_out = depth;
        } else if depth <= left_out {
            left_out = usize::MAX;
        }
        if inside && !line.is_empty() && left_out == usize::MAX {
            let line = in_any_version(line).chars().take(WIDTH).collect();
            frame.lines.push(line);
        }
    }
    frames
}
