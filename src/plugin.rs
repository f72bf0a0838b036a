//! The symbols that Wireshark looks up in a plugin, and nothing else.

// They are public for the dynamic linker, which the lint does not take into account.
#![allow(unreachable_pub, non_upper_case_globals)]

use libc::{c_char, c_int};

use crate::epan;

const VERSION: &[u8] = concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes();

/// The plugin's version: a C array, not a pointer.
// SAFETY: no other symbol of the program has this name; each plugin is loaded with its
// symbols bound locally.
#[unsafe(no_mangle)]
pub static plugin_version: [c_char; VERSION.len()] = {
    let mut text = [0; VERSION.len()];
    let mut i = 0;
    while i < VERSION.len() {
        text[i] = VERSION[i] as c_char;
        i += 1;
    }
    text
};

/// Major version of Wireshark that this plugin is built for.
// SAFETY: as for `plugin_version`.
#[unsafe(no_mangle)]
pub static plugin_want_major: c_int = epan::WANTED.0;

/// Minor version of Wireshark that this plugin is built for.
// SAFETY: as for `plugin_version`.
#[unsafe(no_mangle)]
pub static plugin_want_minor: c_int = epan::WANTED.1;

/// Called once after loading.
// SAFETY: as for `plugin_version`.
#[unsafe(no_mangle)]
pub extern "C" fn plugin_register() {
    crate::epan::register();
}

/// Returns the flags that declare dissectors. Older versions do not call it.
// SAFETY: as for `plugin_version`.
#[unsafe(no_mangle)]
pub extern "C" fn plugin_describe() -> u32 {
    epan::description()
}
