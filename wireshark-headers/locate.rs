//! Finds the headers of Wireshark, and those of GLib that they need.

use std::path::{Path, PathBuf};

/// Environment variable with a folder that holds another system's
/// `usr/include/wireshark`.
pub(crate) const SYSROOT: &str = "WIRESHARK_SYSROOT";

/// Returns the folder that [`SYSROOT`] names, if it is set.
pub(crate) fn sysroot() -> Option<PathBuf> {
    let root = std::env::var_os(SYSROOT)?;
    (!root.is_empty()).then(|| root.into())
}

/// Returns the folder of the C library in `root`, if it holds one: a plugin that is
/// linked with a newer C library does not load there.
pub(crate) fn c_library(root: &Path) -> Option<PathBuf> {
    let lib = root.join("usr/lib");
    let below = std::fs::read_dir(&lib).into_iter().flatten().flatten();
    below
        .map(|entry| entry.path())
        .chain([lib.clone(), root.join("usr/lib64")])
        .find(|folder| folder.join("libc.so.6").exists())
}

/// Returns the include folders, or a message with what to install.
pub(crate) fn include_paths() -> Result<Vec<PathBuf>, String> {
    match sysroot() {
        Some(root) => in_sysroot(&root),
        None => installed(),
    }
}

fn in_sysroot(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut paths = Vec::new();
    for prefix in ["usr", "usr/local", "."] {
        let prefix = root.join(prefix);
        if prefix.join("include/wireshark/epan/packet.h").exists() {
            paths.push(prefix.join("include/wireshark"));
        }
        if prefix.join("include/glib-2.0/glib.h").exists() {
            paths.push(prefix.join("include/glib-2.0"));
        }
        // glibconfig.h is in a library folder, below the architecture's name on some
        // systems.
        for lib in ["lib", "lib64"] {
            let lib = prefix.join(lib);
            let below = std::fs::read_dir(&lib).into_iter().flatten().flatten();
            let folders = below.map(|entry| entry.path()).chain([lib]);
            paths.extend(
                folders
                    .map(|folder| folder.join("glib-2.0/include"))
                    .filter(|folder| folder.join("glibconfig.h").exists()),
            );
        }
    }
    let has = |file: &str| paths.iter().any(|path| path.join(file).exists());
    if has("epan/packet.h") && has("glib.h") && has("glibconfig.h") {
        Ok(paths)
    } else {
        Err(format!(
            "{SYSROOT}={} does not hold the headers of Wireshark and GLib; \
             install libwireshark-dev and libglib2.0-dev there",
            root.display()
        ))
    }
}

fn installed() -> Result<Vec<PathBuf>, String> {
    let mut config = pkg_config::Config::new();
    config.cargo_metadata(false).print_system_libs(false);
    let missing = |package: &str, error: pkg_config::Error| {
        let reason = error.to_string();
        let reason = reason.lines().find(|line| !line.trim().is_empty());
        format!(
            "the headers of {package} are not found ({}); on Debian: \
             apt install libwireshark-dev libglib2.0-dev pkg-config, \
             elsewhere set {SYSROOT} to the folder that holds usr/include/wireshark",
            reason.unwrap_or("pkg-config fails").trim()
        )
    };
    let wireshark = config
        .probe("wireshark")
        .map_err(|error| missing("Wireshark", error))?;
    let glib = config
        .probe("glib-2.0")
        .map_err(|error| missing("GLib", error))?;
    let mut paths = wireshark.include_paths;
    paths.extend(glib.include_paths);
    Ok(paths)
}
