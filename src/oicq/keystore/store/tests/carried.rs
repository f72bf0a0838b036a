//! Keys that a packet carries.

use crate::oicq::keystore::store::tests::*;

#[test]
fn a_key_of_the_packet_itself_has_its_origin() {
    let touch = context(0x0825, Direction::ToServer);
    let exchange = context(0x0836, Direction::ToServer);
    let ciphertext = encrypt(session().bytes(), &[0; 30]);
    for (context, carried_key, share, origin) in [
        (touch, Some(session()), None, Origin::Packet),
        (exchange, None, Some(session()), Origin::Published),
    ] {
        let mut key_store = KeyStore::default();
        let target = DecryptTarget {
            carried_key,
            share,
            ..target(&context, 1, 1)
        };
        let mut plaintext = Vec::new();
        let by = key_store.decrypt(&target, true, &ciphertext, &mut plaintext);
        assert_eq!(by.map(|by| by.origin), Some(origin));
    }
}
