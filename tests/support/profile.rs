//! The configuration profile "MSN and QQ", and the part of the installer that places it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Its name in Wireshark.
pub const NAME: &str = "MSN and QQ";

/// What the installer says.
#[derive(Debug)]
pub struct Said {
    /// On standard output.
    pub text: String,
    /// On standard error.
    pub complaints: String,
}

fn run(function: &str, configuration: &Path) -> Said {
    let script = format!(
        "set -eu; here=plugin-install; . plugin-install/lib.sh; . plugin-install/profile.sh; {function} \"$1\""
    );
    let output = Command::new("sh")
        .args(["-c", &script, "install.sh"])
        .arg(configuration)
        .current_dir(crate::checkout())
        .output()
        .expect("sh runs");
    assert!(output.status.success(), "{output:?}");
    Said {
        text: String::from_utf8_lossy(&output.stdout).into_owned(),
        complaints: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Places the profile in a configuration folder of Wireshark.
pub fn place(configuration: &Path) -> Said {
    run("place_profile", configuration)
}

/// Removes it.
pub fn remove(configuration: &Path) -> Said {
    run("remove_profile", configuration)
}

/// The folder of the profile's files.
pub fn source() -> PathBuf {
    crate::checkout().join("plugin-install/profile")
}

fn read(file: &str) -> String {
    std::fs::read_to_string(source().join(file)).expect(file)
}

/// The names and filters of the color rules.
pub fn rules() -> Vec<(String, String)> {
    let text = read("colorfilters");
    let rules = text.lines().filter(|line| !line.starts_with('#'));
    let rule = |line: &str| {
        let mut parts = line.split('@').skip(1);
        let mut part = || parts.next().expect("name and filter").to_owned();
        (part(), part())
    };
    rules.map(rule).collect()
}

/// The cells of a row of Wireshark's tables, which writes a quotation mark as `\x22`.
fn cells(row: &str) -> Vec<String> {
    let row = row.trim_matches('"').split("\",\"");
    row.map(|cell| cell.replace("\\x22", "\"")).collect()
}

/// All filters: of color rules, buttons and graphs.
pub fn filters() -> Vec<String> {
    let mut filters: Vec<String> = rules().into_iter().map(|(_, filter)| filter).collect();
    for file in ["dfilter_buttons", "io_graphs"] {
        let text = read(file);
        let rows = text.lines().filter(|line| line.starts_with('"'));
        filters.extend(rows.map(|row| cells(row).swap_remove(2)));
    }
    filters.retain(|filter| !filter.is_empty());
    filters
}
