//! What the tests and benches of imshark share: the sample captures and how they are made, a host
//! for Plans that is not Wireshark, and workloads.

pub mod capture;
pub mod conversation;
pub mod database;
pub mod elastic;
pub mod exports;
pub mod instructions;
pub mod many_captures;
pub mod neighbours;
pub mod pages;
pub mod profile;
pub mod qq_synthetic;
pub mod qq_tea;
pub mod random;
pub mod recut;
pub mod replay;
pub mod reports;
pub mod samples;
pub mod secrets;
pub mod tls;
pub mod transfers;
pub mod usage;
pub mod workloads;

use std::path::Path;

/// The folder of the checkout.
pub fn checkout() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    tests
        .and_then(Path::parent)
        .expect("tests/support is in the checkout")
}
