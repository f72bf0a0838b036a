//! What a build for Windows needs beyond headers: import libraries, and the target's C
//! library for bindgen. Both are in the root that `plugin-install/windows/sysroot.sh` makes.

use std::path::Path;
use std::process::Stdio;

/// The DLLs of Wireshark whose functions the plugin calls.
const LIBRARIES: &[&str] = &["libwireshark.dll", "libwsutil.dll", "glib-2.0-0.dll"];

/// Returns whether the plugin is built for Windows.
pub(crate) fn is_target() -> bool {
    std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("windows")
}

/// Links with Wireshark's import libraries: a DLL names the DLL of every function that it
/// calls.
pub(crate) fn link(root: Option<&Path>) -> Result<(), String> {
    let folder = root.map(|root| root.join("implib"));
    let folder = folder.filter(|folder| folder.is_dir()).ok_or(
        "a build for Windows needs Wireshark's import libraries: \
         use plugin-install/windows/build.sh",
    )?;
    for library in LIBRARIES {
        let library = folder.join(library).with_extension("dll.a");
        println!("cargo:rustc-cdylib-link-arg={}", library.display());
    }
    Ok(())
}

/// Returns the arguments by which libclang reads the headers as `compiler` does: it knows
/// neither the target nor its C library.
pub(crate) fn clang_args(compiler: &cc::Tool) -> Result<Vec<String>, String> {
    let folder = c_library(compiler)
        .ok_or_else(|| format!("{} knows no headers of Windows", compiler.path().display()))?;
    Ok(
        ["--target=x86_64-pc-windows-gnu", "-nostdlibinc", "-isystem"]
            .map(str::to_owned)
            .into_iter()
            .chain([folder])
            .collect(),
    )
}

/// The folder of the C library's headers, among those that the compiler searches.
fn c_library(compiler: &cc::Tool) -> Option<String> {
    let output = compiler
        .to_command()
        .args(["-E", "-v", "-x", "c", "-"])
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    text.lines()
        .map(str::trim)
        .find(|folder| Path::new(folder).join("_mingw.h").exists())
        .map(str::to_owned)
}
