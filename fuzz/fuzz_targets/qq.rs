//! QQ over UDP and TCP, with a key that decrypts the sessions of the samples.

#![no_main]

use imshark::oicq;
use imshark::oicq::keystore::keyring::Keyring;
use imshark_fuzz::{play, shown};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut keyring = Keyring::default();
    keyring.add_keylog("0 73737373737373737373737373737373");
    let mut session = imshark::oicq::state::session::OicqSession::default();
    let mut shared = imshark::oicq::state::session::OicqShared::new(keyring, true);
    play(data, |packet, _| {
        shown(
            &oicq::dissect::dissect(packet, &mut session, &mut shared),
            packet,
        )
    });
});
