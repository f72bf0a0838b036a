//! imshark inside real Wireshark: these tests run tshark with the plugin.
//!
//! `tests/run.sh` builds the plugin, puts it where a Wireshark looks for it and sets:
//!
//! * `IMSHARK_PLUGIN_DIR`: a folder with `X.Y/epan/imshark.so`.
//! * `IMSHARK_PROBE_DIR`: another one, with the plugin built with the feature `panic-probe`.
//! * `IMSHARK_SLOW_DIR`: another one, with `benches/peers/slow.c`.
//! * `IMSHARK_WIRESHARK`: `installed`, or the version of a root of `tests/roots.sh`.
//! * `IMSHARK_CORPUS`: a folder of captures that are not part of the project.
//! * `IMSHARK_NOTES`: another one, in which expert infos are counted: see `notes`.
//! * `IMSHARK_COEXIST`, `IMSHARK_SEED`, `IMSHARK_VARIANT`: see `foreign.rs`; set by
//!   `tests/coexist.sh`.
//! * `IMSHARK_HOSTILE`: see `hostile.rs`, `no_memory.rs`; set by `tests/hostile.sh`.
//!
//! All tests that need a Wireshark are ignored by default, and fail without the first of
//! these variables. Those that need `IMSHARK_CORPUS` have `corpus` in their names, and `sizes` takes minutes:
//!
//! ```sh
//! IMSHARK_PLUGIN_DIR=... cargo test --no-default-features --test wireshark -- --ignored --skip corpus --skip sizes::
//! ```
#![allow(unreachable_pub)]

mod announced;
mod bodies;
#[macro_use]
mod bounds;
mod coexist;
mod comparison;
mod corpus;
mod cost;
mod credentials;
mod cutting;
mod each;
mod endpoints;
mod exports;
mod first_bytes;
mod follow;
mod foreign;
mod harness;
mod helper;
mod hostile;
mod http;
mod keys;
mod life;
mod load;
mod look;
mod memory;
mod msn_and_qq;
mod no_memory;
mod notes;
mod profile;
mod records;
mod reports;
mod returned_streams;
mod reused_ports;
mod robust;
mod samples;
mod secrets;
mod selection;
mod sizes;
mod state;
mod transfers;
mod tunnels;
