#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| imshark_fuzz::endings::run(data));
