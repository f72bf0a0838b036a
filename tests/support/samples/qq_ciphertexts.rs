//! QQ frames with real ciphertexts, and the parts of logins.

use imshark::oicq::crypto::keys::Key;

use super::oicq_frames::{token, Client, UIN};
use crate::capture::{Capture, Endpoint};
use crate::qq_tea::encrypt;

/// The password of every account in these samples.
pub const PASSWORD: &str = "correct horse";

/// MD5 of the password.
pub fn password_md5() -> Key {
    Key::of_password(PASSWORD.as_bytes())
}

/// A key of 16 equal letters.
pub fn key_of(letter: u8) -> Key {
    Key::new([letter; 16])
}

/// A client's port, and its server.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    pub qq: Client,
    pub client: Endpoint,
    pub server: Endpoint,
}

impl Link {
    /// To the server, with the classic header.
    pub fn ask_classic(
        &self,
        to: &mut Capture,
        ids: [u16; 2],
        clear: &[u8],
        key: Key,
        plain: &[u8],
    ) {
        let frame = self.qq.classic(ids[0], ids[1], clear, 0);
        to.udp(
            self.client,
            self.server,
            &with_ciphertext(frame, key, plain),
        );
    }

    /// To the client, with the classic header; `version` is the server's.
    pub fn answer_classic(
        &self,
        to: &mut Capture,
        version: u16,
        ids: [u16; 2],
        key: Key,
        plain: &[u8],
    ) {
        let frame = self.qq.classic_reply(version, ids[0], ids[1], 0);
        to.udp(
            self.server,
            self.client,
            &with_ciphertext(frame, key, plain),
        );
    }

    /// To the server, with the long header and a block of this type.
    pub fn ask(
        &self,
        to: &mut Capture,
        block: u8,
        ids: [u16; 2],
        clear: &[u8],
        key: Key,
        plain: &[u8],
    ) {
        let frame = self.qq.long(block, ids[0], ids[1], clear, 0);
        to.udp(
            self.client,
            self.server,
            &with_ciphertext(frame, key, plain),
        );
    }

    /// To the client, with the long header.
    pub fn answer(&self, to: &mut Capture, ids: [u16; 2], key: Key, plain: &[u8]) {
        let frame = self.qq.reply(ids[0], ids[1], 0);
        to.udp(
            self.server,
            self.client,
            &with_ciphertext(frame, key, plain),
        );
    }
}

/// Inserts a ciphertext before the last byte of a frame.
pub fn with_ciphertext(mut frame: Vec<u8>, key: Key, plain: &[u8]) -> Vec<u8> {
    let trailer = frame.pop().expect("a trailer");
    frame.extend(encrypt(key.bytes(), plain));
    frame.push(trailer);
    frame
}

/// A 1-byte length and the bytes.
pub fn counted1(bytes: &[u8]) -> Vec<u8> {
    [&[bytes.len() as u8][..], bytes].concat()
}

/// A 2-byte length and the bytes.
pub fn counted(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u16).to_be_bytes()[..], bytes].concat()
}

/// A TLV of the logins since 2013.
pub fn tlv(tag: u16, value: &[u8]) -> Vec<u8> {
    [tag.to_be_bytes().to_vec(), counted(value)].concat()
}

/// The account's QQ number.
pub fn number() -> [u8; 4] {
    UIN.to_be_bytes()
}

/// Version, locale and builds, as in every login of 2009 to 2012.
pub fn login_head() -> Vec<u8> {
    let locale = [0x00, 0x00, 0x08, 0x04, 0x01, 0xe0];
    [&[0x00, 0x01][..], &locale, &builds()].concat()
}

/// Versions of SSO, service and client.
pub fn builds() -> [u8; 12] {
    [0, 0, 4, 0x36, 0, 0, 0, 1, 0, 0, 0x14, 0x9b]
}

/// The plaintext of the proof since QQ2009. Its last key is that of the reply.
pub fn proof(key: Key) -> Vec<u8> {
    let mut proof = vec![0x1b, 0x9b, 0xcc, 0xd9, 0x00, 0x02];
    proof.extend(number());
    proof.extend(builds());
    proof.extend([0, 0, 0]);
    proof.extend(password_md5().bytes());
    proof.extend(TIME);
    proof.extend([0; 13]);
    proof.extend([192, 0, 2, 90]);
    proof.extend([0; 8]);
    proof.extend(counted(&[0xc0; 16]));
    proof.extend(key.bytes());
    assert_eq!(proof.len(), 104);
    proof
}

/// 2013-08-16, in seconds since 1970.
pub const TIME: [u8; 4] = 0x520e_0a80_u32.to_be_bytes();

/// A token like `token`, filled with a letter.
pub fn ticket(letter: u8, len: usize) -> Vec<u8> {
    let counted = token(len);
    let mut named = counted[..2].to_vec();
    named.resize(counted.len(), letter);
    named
}
