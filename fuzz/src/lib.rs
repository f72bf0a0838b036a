//! What the fuzz targets run: one function of bytes for each target, so that ordinary tests
//! can run the same over a corpus. [`invariants`] has what must hold besides "no panic".

pub mod bodies;
pub mod challenges;
pub mod endings;
pub mod frames;
pub mod gateway;
pub mod hand_offs;
pub mod http;
pub mod invariants;
pub mod keys;
pub mod lines;
pub mod mime;
pub mod msnftp;
pub mod objects;
pub mod p2p;
pub mod passport;
pub mod payloads;
pub mod play;
pub mod playback;
pub mod recognition;
pub mod sealed;
pub mod secrets;
pub mod segments;
pub mod slp;
pub mod stream;
pub mod tea;
pub mod tlvs;
pub mod tunnels;
pub mod whole;
pub mod xml;

/// A target: its name, what it runs, and the longest input that it is given.
pub type Target = (&'static str, fn(&[u8]), usize);

/// All targets, by name.
pub const TARGETS: &[Target] = &[
    ("bodies", bodies::run, 1024),
    ("challenges", challenges::run, 256),
    ("endings", endings::run, 1024),
    ("frames", frames::run, 512),
    ("gateway", gateway::run, 1024),
    ("hand_offs", hand_offs::run, 1024),
    ("http", http::run, 1024),
    ("keys", keys::run, 512),
    ("lines", lines::run, 512),
    ("mime", mime::run, 1024),
    ("msnftp", msnftp::run, 512),
    ("objects", objects::run, 512),
    ("p2p", p2p::run, 512),
    ("passport", passport::run, 1024),
    ("payloads", payloads::run, 1024),
    ("recognition", recognition::run, 512),
    ("sealed", sealed::run, 512),
    ("secrets", secrets::run, 1024),
    ("segments", segments::run, 1024),
    ("slp", slp::run, 1024),
    ("tea", tea::run, 256),
    ("tlvs", tlvs::run, 1024),
    ("tunnels", tunnels::run, 512),
    ("whole", whole::run, 1024),
    ("xml", xml::run, 512),
];

// The inputs that the fuzzers begin with, as the example `seeds` writes them.
#[cfg(test)]
#[path = "../examples/seeds/collect.rs"]
#[allow(unreachable_pub)]
mod collect;
#[cfg(test)]
extern crate self as imshark_fuzz;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
