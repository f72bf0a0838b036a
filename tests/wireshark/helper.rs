//! Small C plugins that inspect Wireshark from inside, together with imshark or alone.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::harness::Wireshark;

/// Folders to load plugins from.
#[derive(Debug)]
pub struct Helper {
    /// The helper together with imshark.
    pub with: PathBuf,
    /// The helper alone.
    pub alone: PathBuf,
}

impl Helper {
    /// Compiles `tests/wireshark/helper/NAME.c` for this Wireshark.
    pub fn build(wireshark: &Wireshark, name: &str) -> Self {
        let minor = minor(wireshark);
        let folder = wireshark.file(name);
        let [with, alone] = ["with", "alone"].map(|kind| folder.join(kind));
        for below in [&with, &alone].map(|kind| kind.join(&minor).join("epan")) {
            std::fs::create_dir_all(below).expect("a folder for plugins");
        }
        let file = format!("{minor}/epan/{name}.so");
        compile(wireshark, name, &alone.join(&file));
        let ours = format!("{minor}/epan/imshark.so");
        std::fs::copy(alone.join(&file), with.join(&file)).expect("a copy of the helper");
        std::fs::copy(wireshark.plugins().join(&ours), with.join(&ours)).expect("a copy");
        Self { with, alone }
    }
}

/// The name of Wireshark's plugin folder: `4.4`.
fn minor(wireshark: &Wireshark) -> String {
    let text = wireshark.tool("tshark", &["--version"]).stdout;
    let mut words = text.split_whitespace();
    let version = words.find(|word| word.starts_with(|first: char| first.is_ascii_digit()));
    let parts = version.expect("a version").split('.').take(2);
    parts.collect::<Vec<_>>().join(".")
}

fn compile(wireshark: &Wireshark, name: &str, plugin: &Path) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wireshark/helper");
    let minor = minor(wireshark);
    let (major, minor) = minor.split_once('.').expect("two numbers");
    let mut compiler = Command::new("cc");
    compiler
        .args([
            "-std=gnu11",
            "-shared",
            "-fPIC",
            "-Wall",
            "-Wextra",
            "-Werror",
            // Some versions use deprecated declarations in their own headers.
            "-Wno-deprecated-declarations",
        ])
        .args(include_options(wireshark))
        .args([
            format!("-DWANT_MAJOR={major}"),
            format!("-DWANT_MINOR={minor}"),
        ])
        .arg(source.join(name).with_extension("c"))
        .arg("-o")
        .arg(plugin);
    let status = compiler.status().expect("cc runs");
    assert!(status.success(), "{compiler:?}");
}

/// The include options for the headers of Wireshark and GLib.
fn include_options(wireshark: &Wireshark) -> Vec<String> {
    let script = match wireshark.version() {
        "installed" => "pkg-config --cflags wireshark glib-2.0".to_owned(),
        version => format!(
            ". tests/lib.sh; usr=$roots/{version}/usr; for folder in $usr/include/wireshark \
             $usr/include/glib-2.0 $usr/lib/*/glib-2.0/include; do echo -isystem $folder; done"
        ),
    };
    let output = Command::new("bash")
        .args(["-c", &script])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stderr(Stdio::inherit())
        .output()
        .expect("bash runs");
    let options = String::from_utf8(output.stdout).expect("text");
    options.split_whitespace().map(str::to_owned).collect()
}
