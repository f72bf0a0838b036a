#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| imshark_fuzz::segments::run(data));
