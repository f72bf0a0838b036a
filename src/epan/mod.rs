//! Ring 5: applies Plans to Wireshark's tree, and reports to its statistics. The only ring with `unsafe`.
//!
//! # Soundness rules
//!
//! * **No longjmp over Rust.** Rust calls nothing that can throw. The shim calls Rust, Rust
//!   returns a plan, and then the shim calls Wireshark with no Rust frame below it.
//! * **No panic into C.** Whatever C calls to read packets or tables runs in
//!   [`guard::guarded`].
//! * **No pointer outlives its memory.** The bytes of a packet are borrowed for one call;
//!   what the shim needs of a plan is copied to the packet's pool; a conversation holds
//!   the number of its session, not a pointer to it.
//! * **No packet text is a format string.** The shim prints all text through `"%s"`.
//! * **A packet never chooses what code runs.** A plan can ask for a dissector of the
//!   list in [`crate::handoff`], by its row only; the shim looks up the names of that
//!   list, once, and no other name.

mod callbacks;
mod credentials;
mod dissectors;
mod endpoints;
mod entry;
mod exports;
mod follow;
mod forever;
mod guard;
mod listeners;
mod lower;
#[cfg(feature = "panic-probe")]
mod probe;
mod reports;
mod selections;
mod settings;
mod state;
mod statistics;
mod sys;
mod tables;
mod vectors;
mod view;

pub(crate) use crate::epan::callbacks::{description, register, WANTED};
