//! imshark: a Wireshark and tshark plugin that dissects MSN Messenger (`msnms`) and
//! Tencent QQ (`oicq`).
//!
//! Bytes flow through rings, and a ring depends only on the rings before it. The folder
//! of a protocol has one subfolder for each:
//!
//! 1. **wire** ([`msn::msnp::wire`], [`oicq::wire`] ...): bytes to values with spans. Pure.
//! 2. **state** ([`msn::msnp::state`], [`oicq::state`] ...): session state. Pure.
//! 3. **tree** ([`msn::msnp::dissect`], [`oicq::dissect`] ...): values and state to a
//!    [`plan::Plan`] of what the user should see. Pure.
//! 4. **report** ([`report`]): events of the tree to transcripts, accounts, statistics. Pure.
//! 5. **epan**: applies a Plan to Wireshark's tree. Contains all unsafe code, the C shim
//!    and the generated bindings; requires the feature `plugin`.
//!
//! Wireshark reports errors by `longjmp`, which must not jump over a Rust frame that owns
//! resources. Rust builds the Plan and returns; a C loop applies it.

#[forbid(unsafe_code)]
pub(crate) mod byte_kinds;
#[forbid(unsafe_code)]
pub mod codes;
#[forbid(unsafe_code)]
pub(crate) mod digest;
#[forbid(unsafe_code)]
pub mod entries;
#[cfg(feature = "plugin")]
pub(crate) mod epan;
#[forbid(unsafe_code)]
pub mod error;
#[forbid(unsafe_code)]
pub mod event;
#[forbid(unsafe_code)]
pub mod field;
#[forbid(unsafe_code)]
pub mod first_bytes;
#[forbid(unsafe_code)]
pub mod first_pass;
#[forbid(unsafe_code)]
pub mod handoff;
#[forbid(unsafe_code)]
pub mod hash_map;
#[forbid(unsafe_code)]
pub(crate) mod input;
#[forbid(unsafe_code)]
pub(crate) mod long_list;
#[forbid(unsafe_code)]
pub mod msn;
#[forbid(unsafe_code)]
pub mod oicq;
#[forbid(unsafe_code)]
pub mod packet;
#[forbid(unsafe_code)]
pub mod pieces;
#[forbid(unsafe_code)]
pub mod plan;
#[cfg(feature = "plugin")]
pub(crate) mod plugin;
#[forbid(unsafe_code)]
pub mod protocols;
#[forbid(unsafe_code)]
pub(crate) mod refuse;
#[forbid(unsafe_code)]
pub mod report;
#[forbid(unsafe_code)]
pub mod span;
#[forbid(unsafe_code)]
pub mod xml;
