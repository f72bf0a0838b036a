//! The families beside the basic one: what else clients and servers of QQ send each other.
//!
//! ```text
//! 00  two clients make a way to each other      (p2p)
//! 03  two clients transfer a file or a face      (p2p)
//! 03  custom heads, from and to their servers    (head)
//! 04  files by way of a server                   (relay)
//! 05  pictures of groups, by way of a server     (agent)
//! ```
//!
//! A first byte says little, so every decoder tests all that is known of a
//! family, and gives nothing when one test fails. Even then the ports or addresses should
//! be known as those of QQ before a frame is believed.
//!
//! Source: docs/protocol/oicq.md §2.1 and §2.7 to §2.10.

pub mod agent;
#[cfg(test)]
pub(crate) mod agent_tests;
pub(crate) mod cursor;
pub mod decode;
pub mod frame;
pub mod head;
pub mod p2p;
#[cfg(test)]
pub(crate) mod p2p_tests;
#[cfg(test)]
pub(crate) mod reference_frames;
pub mod relay;
