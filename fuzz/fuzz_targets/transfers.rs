//! MSNP, and the direct connections and file transfers that it announces.

#![no_main]

use imshark::msn;
use imshark_fuzz::{play, shown};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut capture = imshark::msn::state::capture::MsnCapture::default();
    let mut session = imshark::msn::msnp::state::session::MsnpSession::default();
    let mut direct = imshark::msn::p2p::state::direct::DirectSession::default();
    let mut transfer = imshark::msn::msnftp::state::session::FtpSession::default();
    play(data, |packet, which| {
        let plan = match which {
            0 => imshark::msn::dissect::dissect(packet, &mut session, &mut capture),
            1 => imshark::msn::p2p::dissect::dissect(packet, &mut direct, &mut capture.p2p),
            _ => msn::msnftp::dissect::dissect(packet, &mut transfer, &mut capture.msnftp),
        };
        shown(&plan, packet)
    });
});
