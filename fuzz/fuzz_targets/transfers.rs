//! Direct connections and file transfers of MSN.

#![no_main]

use imshark::msn;
use imshark_fuzz::{play, shown};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (mut session, mut shared) = Default::default();
    play(data, |packet| {
        shown(
            &msn::p2p::connection::dissect(packet, &mut session, &mut shared),
            packet,
        )
    });
    let (mut session, mut shared) = Default::default();
    play(data, |packet| {
        shown(
            &msn::msnftp::dissect::dissect(packet, &mut session, &mut shared),
            packet,
        )
    });
});
