//! MSNP, and the direct connections and file transfers that it announces.

#![no_main]

use imshark::msn;
use imshark_fuzz::{play, shown};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut shared = msn::session::Shared::default();
    let mut session = msn::session::Session::default();
    let mut direct = msn::p2p::connection::Session::default();
    let mut transfer = msn::msnftp::session::Session::default();
    play(data, |packet, which| {
        let plan = match which {
            0 => msn::dissect::dissect(packet, &mut session, &mut shared),
            1 => msn::p2p::connection::dissect(packet, &mut direct, &mut shared),
            _ => msn::msnftp::dissect::dissect(packet, &mut transfer, &mut shared),
        };
        shown(&plan, packet)
    });
});
