//! The frame families other than the basic one.
//!
//! ```text
//! 00  connection setup between two clients       (p2p)
//! 03  file or emoticon transfer between clients  (p2p)
//! 03  custom avatars, from and to their servers  (head)
//! 04  files relayed by a server                  (relay)
//! 05  group pictures relayed by a server         (agent)
//! ```
//!
//! The first byte is weak evidence, so every decoder checks all known properties of its
//! family and returns `None` if one of them fails. Even then, accept a frame only if its
//! ports or addresses are known as those of QQ.
//!
//! Source: docs/protocol/oicq.md §2.1 and §2.7 to §2.10.

pub mod agent;
pub(crate) mod cursor;
pub mod custom_avatar;
pub mod decode;
pub(crate) mod file_part;
pub mod frame;
pub mod p2p;
#[cfg(test)]
pub(crate) mod reference_frames;
pub mod relay;
