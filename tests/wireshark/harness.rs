//! Runs the tools of one Wireshark, with the plugin or without.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::OnceLock;

use serde_json::Value;
use test_support::many_captures::open_folder;

const TWO_DISSECTORS: &str = "matched 2 dissectors, first one will be used";

/// One Wireshark with the plugin.
#[derive(Debug)]
pub struct Wireshark {
    version: String,
    plugins: PathBuf,
    scratch: PathBuf,
}

/// The output of a tool.
#[derive(Debug)]
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

/// The Wireshark under test. Tests that need it are ignored by default: they require a
/// built plugin.
///
/// First asserts that our plugin is loaded, from our folder: otherwise every test would
/// test the built-in dissectors.
pub fn wireshark() -> &'static Wireshark {
    static WIRESHARK: OnceLock<Wireshark> = OnceLock::new();
    WIRESHARK.get_or_init(|| {
        let plugins = std::env::var_os("IMSHARK_PLUGIN_DIR");
        let wireshark = Wireshark {
            version: std::env::var("IMSHARK_WIRESHARK").unwrap_or("installed".to_owned()),
            plugins: plugins
                .expect("IMSHARK_PLUGIN_DIR: see tests/run.sh")
                .into(),
            scratch: scratch(),
        };
        wireshark.assert_loaded();
        wireshark
    })
}

/// The folder of the plugin that was built with the feature `panic-probe`; tests/run.sh
/// builds it along with the plugin.
pub fn probe() -> PathBuf {
    let probe = std::env::var_os("IMSHARK_PROBE_DIR");
    probe.expect("IMSHARK_PROBE_DIR: see tests/run.sh").into()
}

/// A file or folder of the captures that are not part of the project. Tests that need one
/// have `corpus` in their path, by which `tests/run.sh` skips them without such captures.
pub fn corpus(below: &str) -> PathBuf {
    let corpus = std::env::var_os("IMSHARK_CORPUS");
    let path =
        PathBuf::from(corpus.expect("IMSHARK_CORPUS names a folder of captures")).join(below);
    assert!(path.exists(), "IMSHARK_CORPUS has no {below}");
    path
}

/// A sample capture of the project.
pub fn sample(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/captures")
        .join(name);
    assert!(path.exists(), "{} is missing", path.display());
    path
}

/// All sample captures of the project.
pub fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the sample folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "pcap"))
        .collect();
    files.sort();
    assert!(files.len() >= 5, "there are only {} samples", files.len());
    files
}

/// A folder that every user can write to: the tools do not run as root.
fn scratch() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("imshark-test-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("home")).expect("a scratch folder");
    for path in [folder.clone(), folder.join("home")] {
        use std::os::unix::fs::PermissionsExt;
        let open = std::fs::Permissions::from_mode(0o777);
        std::fs::set_permissions(path, open).expect("an open scratch folder");
    }
    folder
}

impl Wireshark {
    /// Runs `tool` with the plugin.
    pub fn tool<A: AsRef<std::ffi::OsStr>>(&self, tool: &str, arguments: &[A]) -> Run {
        run(self.command(tool).args(arguments))
    }

    /// Runs tshark with the plugin; it must succeed and print nothing to standard error.
    pub fn tshark<A: AsRef<std::ffi::OsStr> + std::fmt::Debug>(&self, arguments: &[A]) -> String {
        let run = self.tool("tshark", arguments);
        // Wireshark 4.6 finds both its own dissector and ours under the name given to -d,
        // reports that and takes ours.
        let decode_as = arguments.iter().any(|argument| argument.as_ref() == "-d");
        let printed = run
            .stderr
            .lines()
            .find(|line| !(decode_as && line.ends_with(TWO_DISSECTORS)));
        assert_eq!(printed, None, "tshark {arguments:?} printed to stderr");
        assert_eq!(run.code, Some(0), "tshark {arguments:?} failed");
        run.stdout
    }

    /// Runs tshark without the plugin.
    pub fn bare_tshark<A: AsRef<std::ffi::OsStr>>(&self, arguments: &[A]) -> Run {
        run(self.bare_command("tshark").args(arguments))
    }

    /// The command that runs `tool` without the plugin.
    pub fn bare_command(&self, tool: &str) -> Command {
        let mut command = self.command(tool);
        command.env("WIRESHARK_PLUGIN_DIR", self.scratch.join("no-plugins"));
        command
    }

    /// The command that runs `tool` of this Wireshark as a user who is not root.
    pub fn command(&self, tool: &str) -> Command {
        let mut command = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/in-root"));
        command
            .args([&self.version, tool])
            .env("WIRESHARK_PLUGIN_DIR", &self.plugins)
            .env("HOME", self.scratch.join("home"))
            .env("XDG_CONFIG_HOME", self.scratch.join("home"))
            .env_remove("WIRESHARK_CONFIG_DIR")
            .stdin(Stdio::null());
        command
    }

    /// `installed`, or the version of a root; for tshark.exe on Wine, with `windows-` before it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Name of the plugin's file.
    pub fn plugin_file(&self) -> &'static str {
        if self.version.starts_with("windows-") {
            "imshark.dll"
        } else {
            "imshark.so"
        }
    }

    /// The folder that the plugin is loaded from.
    pub fn plugins(&self) -> &Path {
        &self.plugins
    }

    /// A new file in the scratch folder.
    pub fn file(&self, name: &str) -> PathBuf {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        self.scratch.join(format!("{number}-{name}"))
    }

    /// A new folder that the tools can write to.
    pub fn open_folder(&self, name: &str) -> PathBuf {
        let folder = self.file(name);
        open_folder(&folder);
        folder
    }

    /// Writes a capture to a new file.
    pub fn write(&self, name: &str, capture: &test_support::capture::Capture) -> PathBuf {
        let path = self.file(name);
        std::fs::write(&path, capture.to_pcap()).expect("a capture written");
        path
    }

    fn assert_loaded(&self) {
        let plugins = self.tshark(&["-G", "plugins"]);
        let ours = plugins
            .lines()
            .find(|line| line.starts_with(self.plugin_file()))
            .unwrap_or_else(|| panic!("imshark is not loaded:\n{plugins}"));
        // Windows prints the folder with its own separators.
        assert!(
            ours.contains(env!("CARGO_PKG_VERSION"))
                && ours
                    .replace('\\', "/")
                    .contains(&*self.plugins.to_string_lossy()),
            "another imshark is loaded: {ours}"
        );
    }

    /// Number of frames of `capture` that match `filter`.
    pub fn count(&self, capture: &Path, filter: &str) -> usize {
        self.values(capture, filter, "frame.number", &[]).len()
    }

    /// The values of `fields` of each frame that matches `filter`.
    pub fn rows(
        &self,
        capture: &Path,
        filter: &str,
        fields: &[&str],
        options: &[&str],
    ) -> Vec<Vec<Vec<String>>> {
        let path = capture.to_string_lossy();
        let mut arguments = vec!["-r", &*path, "-Y", filter, "-T", "fields"];
        arguments.extend(fields.iter().flat_map(|field| ["-e", *field]));
        arguments.extend(["-E", "aggregator=\u{1}", "-E", "separator=/t"]);
        arguments.extend(options);
        let values = |column: &str| {
            let values = column.split('\u{1}').filter(|value| !value.is_empty());
            values.map(str::to_owned).collect()
        };
        let text = self.tshark(&arguments);
        let rows = text.lines().map(|line| line.split('\t').map(values));
        let rows: Vec<Vec<_>> = rows.map(Iterator::collect).collect();
        let is_complete = |row: &Vec<_>| row.len() == fields.len();
        assert!(rows.iter().all(is_complete), "{fields:?} in {text}");
        rows
    }

    /// The values of each of `fields`, in order, of the frames that match `filter`.
    pub fn columns<const N: usize>(
        &self,
        capture: &Path,
        filter: &str,
        fields: [&str; N],
        options: &[&str],
    ) -> [Vec<String>; N] {
        let mut columns = fields.map(|_| Vec::new());
        for row in self.rows(capture, filter, &fields, options) {
            for (column, values) in columns.iter_mut().zip(row) {
                column.extend(values);
            }
        }
        columns
    }

    /// The values of one field, in order, of the frames that match `filter`.
    pub fn values(
        &self,
        capture: &Path,
        filter: &str,
        field: &str,
        options: &[&str],
    ) -> Vec<String> {
        let [values] = self.columns(capture, filter, [field], options);
        values
    }

    /// As [`Self::columns`], by the number of the TCP stream; under `None` those of frames
    /// of other transports.
    pub fn columns_by_stream<const N: usize>(
        &self,
        capture: &Path,
        filter: &str,
        fields: [&str; N],
        options: &[&str],
    ) -> BTreeMap<Option<usize>, [Vec<String>; N]> {
        let all = [&["tcp.stream"][..], &fields].concat();
        let mut streams = BTreeMap::new();
        for mut row in self.rows(capture, filter, &all, options) {
            let stream = row.remove(0).first().and_then(|value| value.parse().ok());
            let columns = streams
                .entry(stream)
                .or_insert_with(|| fields.map(|_| Vec::new()));
            for (column, values) in columns.iter_mut().zip(row) {
                column.extend(values);
            }
        }
        streams
    }

    /// The frames of `capture` that match `filter`, with the whole tree of these protocols.
    pub fn json(&self, capture: &Path, filter: &str, options: &[&str]) -> Vec<Value> {
        let path = capture.to_string_lossy();
        let mut arguments = vec!["-r", &*path, "-Y", filter, "-T", "json"];
        arguments.extend(["--no-duplicate-keys", "-J", "frame tcp udp msnms oicq"]);
        arguments.extend(options);
        let text = self.tshark(&arguments);
        let frames: Value = serde_json::from_str(&text).expect("JSON of tshark");
        frames.as_array().expect("a list of frames").clone()
    }
}

pub fn run(command: &mut Command) -> Run {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("tests/in-root runs");
    Run {
        stdout: String::from_utf8_lossy(&stdout).into_owned(),
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
        code: status.code(),
    }
}

/// An MSNP PDU as shown by tshark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MsnPdu {
    pub line: String,
    pub payload: u64,
}

/// Source and destination port.
pub type Flow = (u64, u64);

/// All MSNP PDUs, by flow and in order. Bytes that are no PDU have an empty line.
pub fn msn_pdus(frames: &[Value]) -> BTreeMap<Flow, Vec<MsnPdu>> {
    let mut flows: BTreeMap<Flow, Vec<MsnPdu>> = BTreeMap::new();
    for frame in frames {
        let layers = &frame["_source"]["layers"];
        let tcp = one(&layers["tcp"]);
        let flow = (number(&tcp["tcp.srcport"]), number(&tcp["tcp.dstport"]));
        for pdu in many(&layers["msnms"]) {
            if is_of_http(pdu) {
                continue;
            }
            let line = pdu["msnms.line"].as_str().unwrap_or_default().to_owned();
            let payload = number(&pdu["msnms.line_tree"]["msnms.payload.length"]);
            flows
                .entry(flow)
                .or_default()
                .push(MsnPdu { line, payload });
        }
    }
    flows
}

/// Whether the item is from HTTP headers, not from MSNP.
fn is_of_http(item: &Value) -> bool {
    let keys = item
        .as_object()
        .into_iter()
        .flat_map(|object| object.keys());
    keys.into_iter()
        .any(|key| key.starts_with("msnms.passport") || key.starts_with("msnms.gateway"))
}

/// The values of a JSON value that tshark writes as a list only if there are several.
pub fn many(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(list) => list.iter().collect(),
        other => vec![other],
    }
}

fn one(value: &Value) -> &Value {
    many(value).first().copied().unwrap_or(&Value::Null)
}

/// A number that tshark writes as text.
pub fn number(value: &Value) -> u64 {
    value
        .as_str()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0)
}
