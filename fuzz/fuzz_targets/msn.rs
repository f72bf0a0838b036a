//! MSNP over TCP and HTTP.

#![no_main]

use imshark_fuzz::{play, shown};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (mut session, mut shared) = Default::default();
    play(data, |packet, _| {
        shown(
            &imshark::msn::dissect::dissect(packet, &mut session, &mut shared),
            packet,
        )
    });
});
