//! imshark makes Wireshark and tshark understand MSN Messenger (`msnms`) and Tencent QQ
//! (`oicq`).
//!
//! Bytes flow through three rings, and a ring knows only the rings before it:
//!
//! 1. **decode** ([`msn::pdu`], [`oicq::frame`] ...): bytes to values with spans. Pure.
//! 2. **dissect** ([`msn::dissect`], [`oicq::dissect`]): values and what the session
//!    remembers to a [`plan::Plan`] of what the user should see. Pure.
//! 3. **epan**: lays a Plan on Wireshark's tree. All unsafe code, the C shim and the
//!    generated bindings live there, behind the feature `plugin`.
//!
//! Wireshark reports errors by `longjmp`, which must not jump over a Rust frame that owns
//! something. Here Rust decides first and returns; a C loop applies the Plan.

#[forbid(unsafe_code)]
pub mod codes;
#[forbid(unsafe_code)]
pub mod error;
#[forbid(unsafe_code)]
pub mod field;
#[forbid(unsafe_code)]
pub mod first_bytes;
#[forbid(unsafe_code)]
pub mod first_pass;
#[forbid(unsafe_code)]
pub mod gaps;
#[forbid(unsafe_code)]
pub mod handoff;
#[forbid(unsafe_code)]
pub mod key_file;
#[forbid(unsafe_code)]
pub mod packet;
#[forbid(unsafe_code)]
pub mod plan;
#[forbid(unsafe_code)]
pub mod protocols;
#[forbid(unsafe_code)]
mod refuse;
#[forbid(unsafe_code)]
pub mod span;
#[forbid(unsafe_code)]
pub mod xml;

#[forbid(unsafe_code)]
pub mod msn;
#[forbid(unsafe_code)]
pub mod oicq;

#[cfg(feature = "plugin")]
mod epan;
#[cfg(feature = "plugin")]
mod plugin;
