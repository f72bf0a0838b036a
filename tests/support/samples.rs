//! The project's own sample captures, built by code; `tests/captures` has them as files.
//!
//! Every account, address, number and ticket in them is invented: accounts of
//! `example.com`, `.net` and `.org`, addresses of the blocks reserved for documentation.

pub mod bytes;
pub mod checks;
pub mod host;
mod http;
pub mod mutations;
pub mod reassembly;
pub mod streams;

pub mod lines;
mod msn;
mod msn_blocks;
mod msn_chats;
mod msn_commands;
mod msn_commands_calls;
mod msn_commands_late;
mod msn_commands_rare;
mod msn_documents;
mod msn_edges;
mod msn_errors;
mod msn_ftp;
pub(crate) mod msn_http;
mod msn_messages;
mod msn_p2p;
mod msn_p2p_edges;
mod msn_p2p_late;
mod msn_p2p_long;
mod msn_people;
mod msn_sessions;
mod msn_today;
pub mod oicq_frames;
pub mod owners;
pub mod p2p_packets;
pub mod packets;
pub mod passport;
mod qq;
mod qq_behaviour;
mod qq_bodies;
mod qq_bodies_2006;
mod qq_bodies_2008;
mod qq_bodies_2010;
mod qq_bodies_2012;
mod qq_bodies_2013;
mod qq_bodies_friends;
pub mod qq_bodies_unfit;
mod qq_ciphertexts;
mod qq_edges;
mod qq_eras;
pub mod qq_families;
mod qq_keys;
mod qq_logins;
mod qq_pieces;
pub mod qq_script;
mod qq_tcp;

pub use super::random::SplitMix64;

use std::net::Ipv4Addr;
use std::path::PathBuf;

use super::capture::{Capture, Endpoint};

/// Builds a sample.
type Build = fn() -> Capture;

/// Every sample: its file name without extension, and its function.
pub const SAMPLES: &[(&str, Build)] = &[
    ("msn", msn::capture),
    ("msn-chats", msn_chats::in_order),
    ("msn-chats-ipv6", msn_chats::over_ipv6),
    ("msn-chats-disorder", msn_chats::out_of_order),
    ("msn-commands", msn_commands::capture),
    ("msn-errors", msn_errors::capture),
    ("msn-edges", msn_edges::capture),
    ("msn-http", msn_http::capture),
    ("msn-messages", msn_messages::capture),
    ("msn-documents", msn_documents::capture),
    ("msn-blocks", msn_blocks::capture),
    ("msn-p2p", msn_p2p::capture),
    ("msn-p2p-edges", msn_p2p_edges::capture),
    ("msn-p2p-long", msn_p2p_long::capture),
    ("msn-people", msn_people::capture),
    ("msn-sessions", msn_sessions::capture),
    ("msn-ftp", msn_ftp::capture),
    ("msn-today", msn_today::capture),
    ("qq", qq::capture),
    ("qq-eras", qq_eras::capture),
    ("qq-tcp", qq_tcp::capture),
    ("qq-edges", qq_edges::capture),
    ("qq-behaviour", qq_behaviour::capture),
    ("qq-families", qq_families::capture),
    ("qq-logins", qq_logins::capture),
    ("qq-keys", qq_keys::capture),
    ("qq-bodies-2006", qq_bodies::of_2006),
    ("qq-bodies-2008", qq_bodies::of_2008),
    ("qq-bodies-2010", qq_bodies::of_2010),
    ("qq-bodies-2013", qq_bodies::of_2013),
    ("qq-bodies-2012", qq_bodies::of_2012),
    ("qq-bodies-tim", qq_bodies::of_tim),
    ("qq-bodies-unfit", qq_bodies::unfit),
    ("qq-bodies-qr", qq_bodies::by_qr_code),
    ("qq-ipv6", qq_ipv6),
    ("qq-bodies-odd", qq_bodies::odd),
    ("qq-pieces", qq_bodies::in_pieces),
];

/// The QQ sessions with known keys: bodies of every type.
pub fn scripts() -> [qq_script::Script; 7] {
    [
        qq_bodies_2006::script(),
        qq_bodies_2008::script(),
        qq_bodies_2010::script(),
        qq_bodies_2012::script(),
        qq_bodies_2012::tim_script(),
        qq_bodies_2013::script(),
        qq_bodies_2013::qr_script(),
    ]
}

/// A session of QQ over IPv6.
fn qq_ipv6() -> Capture {
    qq_bodies::by_qr_code().over_ipv6()
}

/// Builds one sample.
pub fn sample(name: &str) -> Capture {
    let found = SAMPLES.iter().find(|(known, _)| *known == name);
    found.expect("the name of a sample").1()
}

/// The folder of the capture files.
pub fn captures() -> PathBuf {
    crate::checkout().join("tests/captures")
}

/// The folder of the expected texts.
pub fn expected() -> PathBuf {
    crate::checkout().join("tests/expected")
}

/// A client of 192.0.2.0/24.
pub fn client(host: u8, port: u16) -> Endpoint {
    (Ipv4Addr::new(192, 0, 2, host), port)
}

/// A server of MSN, of 198.51.100.0/24.
pub fn msn_server(host: u8, port: u16) -> Endpoint {
    (Ipv4Addr::new(198, 51, 100, host), port)
}

/// A server of QQ, of 203.0.113.0/24.
pub fn qq_server(host: u8, port: u16) -> Endpoint {
    (Ipv4Addr::new(203, 0, 113, host), port)
}
