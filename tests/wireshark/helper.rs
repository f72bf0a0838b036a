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
        let ours = format!("{minor}/epan/{}", wireshark.plugin_file());
        let file = ours.replace("imshark", name);
        compile(wireshark, name, &alone.join(&file));
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
    let sysroot = windows_sysroot(wireshark);
    let mut compiler = Command::new(match sysroot {
        Some(_) => "x86_64-w64-mingw32ucrt-gcc",
        None => "cc",
    });
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
    if let Some(sysroot) = sysroot {
        for library in ["libwireshark.dll", "libwsutil.dll", "glib-2.0-0.dll"] {
            compiler.arg(sysroot.join("implib").join(library).with_extension("dll.a"));
        }
    }
    let status = compiler.status().expect("cc runs");
    assert!(status.success(), "{compiler:?}");
}

/// The folder that `plugin-install/windows/sysroot.sh` has made, for tshark.exe.
fn windows_sysroot(wireshark: &Wireshark) -> Option<PathBuf> {
    wireshark.version().starts_with("windows-").then(|| {
        let folder = std::env::var_os("IMSHARK_WINDOWS_SYSROOT");
        folder
            .expect("IMSHARK_WINDOWS_SYSROOT: see tests/windows.sh")
            .into()
    })
}

/// The include options for the headers of Wireshark and GLib.
fn include_options(wireshark: &Wireshark) -> Vec<String> {
    let root = match (wireshark.version(), windows_sysroot(wireshark)) {
        (_, Some(sysroot)) => sysroot.display().to_string(),
        (version, None) => format!("$roots/{version}"),
    };
    let script = match wireshark.version() {
        "installed" => "pkg-config --cflags wireshark glib-2.0".to_owned(),
        _ => format!(
            ". tests/lib.sh; usr={root}/usr; for folder in $usr/include/wireshark \
             $usr/include/glib-2.0 $usr/lib/*/glib-2.0/include $usr/lib/glib-2.0/include; do echo -isystem $folder; done"
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
