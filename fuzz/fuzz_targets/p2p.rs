#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| imshark_fuzz::p2p::run(data));
