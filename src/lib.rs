//! imshark makes Wireshark and tshark understand MSN Messenger (`msnms`) and Tencent QQ
//! (`oicq`).
//!
//! Bytes flow through rings, and a ring knows only the rings before it. A folder of a protocol
//! has one folder for each:
//!
//! 1. **wire** ([`msn::msnp::wire`], [`oicq::wire`] ...): bytes to values with spans. Pure.
//! 2. **state** ([`msn::msnp::state`], [`oicq::state`] ...): what the session remembers. Pure.
//! 3. **tree** ([`msn::msnp::dissect`], [`oicq::dissect`] ...): values and state to a
//!    [`plan::Plan`] of what the user should see. Pure.
//! 4. **epan**: lays a Plan on Wireshark's tree. All unsafe code, the C shim and the
//!    generated bindings live there, behind the feature `plugin`.
//!
//! Wireshark reports errors by `longjmp`, which must not jump over a Rust frame that owns
//! something. Here Rust decides first and returns; a C loop applies the Plan.

#[forbid(unsafe_code)]
pub mod codes;
#[forbid(unsafe_code)]
pub mod entries;
#[cfg(feature = "plugin")]
pub(crate) mod epan;
#[forbid(unsafe_code)]
pub mod error;
#[forbid(unsafe_code)]
pub mod field;
#[forbid(unsafe_code)]
pub mod first_bytes;
#[forbid(unsafe_code)]
pub mod first_pass;
#[forbid(unsafe_code)]
pub mod handoff;
#[forbid(unsafe_code)]
pub(crate) mod input;
#[forbid(unsafe_code)]
pub mod msn;
#[forbid(unsafe_code)]
pub mod oicq;
#[forbid(unsafe_code)]
pub mod packet;
#[forbid(unsafe_code)]
pub mod plan;
#[cfg(feature = "plugin")]
pub(crate) mod plugin;
#[forbid(unsafe_code)]
pub mod protocols;
/// Pseudo-random numbers, of which the tests of this folder and of `tests/` have one generator.
#[cfg(test)]
#[path = "../tests/support/random.rs"]
#[allow(unreachable_pub)]
mod random;
#[forbid(unsafe_code)]
pub(crate) mod refuse;
#[forbid(unsafe_code)]
pub mod span;
#[forbid(unsafe_code)]
pub mod xml;
