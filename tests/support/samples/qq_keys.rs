//! Key exchanges, QR codes, and sessions with right and wrong keys of the user.

use imshark::oicq::crypto::keys::{published_share_key, Key};
use imshark::oicq::keystore::keyring::SecretKind;

use super::oicq_frames::{key, tagged_token, token, Client};
use super::qq_ciphertexts::{
    builds, counted, counted1, key_of, number, password_md5, proof, ticket, tlv, with_ciphertext,
    Link,
};
use super::qq_logins::{accepted, build, computer, session, touch};
use super::{client, qq_server};
use crate::capture::Capture;
use crate::qq_tea::encrypt;

/// A public key with a published share key (mirai).
const PUBLISHED: [u8; 25] = [
    0x02, 0x6d, 0x28, 0x41, 0xd2, 0xa5, 0x6f, 0xd2, 0xfc, 0x3e, 0x2a, 0x1f, 0x03, 0x75, 0xde, 0x6e,
    0x28, 0x8f, 0xa8, 0x19, 0x3e, 0x5f, 0x16, 0x49, 0xd3,
];

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    let secrets = &mut capture.secrets;
    secrets.shows_keys = true;
    secrets.row(
        12_345_678,
        SecretKind::PasswordMd5,
        &digits(&password_md5()),
    );
    secrets.row(12_345_678, SecretKind::ShareKey, &digits(&key_of(b'D')));
    secrets.row(10_003, SecretKind::SessionKey, &digits(&key_of(b'w')));
    secrets.row(10_006, SecretKind::SessionKey, &digits(&password_md5()));
    let spaced: Vec<String> = (0..16).map(|_| "6c".to_owned()).collect();
    secrets.keylog = format!(
        "# by a debugger\n10002 {}\n# of a public tool\n{}\n",
        digits(&key_of(b'k')),
        spaced.join(" ")
    );
    let share = published_share_key(&PUBLISHED).expect("a published key");
    for (host, version, public, share) in [
        (90, 0x3420, PUBLISHED, share),
        (91, 0x344b, [0x02; 25], key_of(b'D')),
    ] {
        exchange(&mut capture, host, version, &public, share);
    }
    qr_code(&mut capture, share);
    key_in_keylog(&mut capture);
    wrong_key(&mut capture);
    game(&mut capture);
    damaged(&mut capture);
    mail(&mut capture);
    keys_of_another_type(&mut capture);
    capture
}

fn digits(key: &Key) -> String {
    key.bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn link(qq: Client, host: u8) -> Link {
    Link {
        qq,
        client: client(host, 4000),
        server: qq_server(8, 8000),
    }
}

/// The unencrypted part before the login of 0x0836.
fn exchange_head(public: &[u8]) -> Vec<u8> {
    let mut head = vec![0, 1, 1, 2];
    head.extend(counted(public));
    head.extend([0, 0, 0, 16]);
    head.extend(key(91));
    head
}

/// The second layer of a reply to 0x0836.
fn second_layer(tgtgt: Key) -> Vec<u8> {
    encrypt(tgtgt.bytes(), &accepted())
}

fn exchange(capture: &mut Capture, host: u8, version: u16, public: &[u8], share: Key) {
    let first = link(Client::new(version, 0x66a7), host);
    let second = Link {
        server: qq_server(9, 8000),
        ..first
    };
    touch(capture, &first, &second, u64::from(host) * 10, public);
    let tgtgt = key_of(b'G');
    let mut login = tlv(0x0112, &[b'T'; 0x38]);
    login.extend(tlv(0x030f, &counted(b"EXAMPLE-PC")));
    login.extend(tlv(0x0005, &[&[0, 2][..], &number()].concat()));
    let salted = password_md5().salted(12_345_678);
    login.extend(tlv(0x0006, &encrypt(salted.bytes(), &proof(tgtgt))));
    login.extend(computer());
    login.extend(tlv(0x001a, &encrypt(tgtgt.bytes(), &computer())));
    login.extend(build(1));
    login.extend(tlv(0x0103, &[&[0, 1][..], &counted(&[0x51; 16])].concat()));
    login.extend(tlv(0x0312, &[1, 0, 0, 0, 0]));
    let head = exchange_head(public);
    second.ask(capture, 3, [0x0836, 0x5002], &head, share, &login);
    second.answer(capture, [0x0836, 0x5002], share, &second_layer(tgtgt));
    session(capture, &second, 0x5003);
}

/// A login without a password: a phone reads a QR code, and the server sends the key.
fn qr_code(capture: &mut Capture, share: Key) {
    let nobody = link(Client::new(0x3639, 0x67b7).uin(0), 92);
    let bytes = key(92);
    let random = Key::at_start(&bytes).expect("a key");
    let mut ask = tlv(0x0019, &[&[0, 1][..], &builds(), &[0, 0]].concat());
    ask.extend(tlv(0x0114, &[&[1, 2][..], &counted(&PUBLISHED)].concat()));
    ask.extend(tlv(0x0305, &[0; 0x1e]));
    nobody.ask(capture, 3, [0x0818, 0x5101], &bytes, random, &ask);
    let mut code = vec![0];
    code.extend(tlv(0x0009, &[&[0, 1][..], key_of(b'P').bytes()].concat()));
    code.extend([0, 0x30]);
    code.extend(counted(&ticket(b'Q', 0x38)));
    code.extend(tlv(0x0301, &counted(b"https://example.com/code")));
    code.extend(tlv(0x0302, &counted(b"\x89PNG\r\n\x1a\n")));
    nobody.answer(capture, [0x0818, 0x5101], share, &code);
    let link = Link {
        qq: nobody.qq.uin(10_004),
        ..nobody
    };
    let poll = tlv(0x0301, &counted(b"https://example.com/code"));
    for (sequence, from, state) in [(0x5102, nobody, vec![2]), (0x5103, link, scanned())] {
        let ids = [0x0819, sequence];
        nobody.ask(capture, 3, ids, &tagged_token(), key_of(b'P'), &poll);
        from.answer(capture, ids, key_of(b'P'), &state);
    }
    let mut login = tlv(0x0112, &[b'T'; 0x38]);
    login.extend(tlv(0x0303, &[b'6'; 0x60]));
    login.extend(tlv(0x001a, &encrypt(key_of(b'G').bytes(), &computer())));
    let head = exchange_head(&PUBLISHED);
    link.ask(capture, 3, [0x0836, 0x5104], &head, share, &login);
    link.answer(
        capture,
        [0x0836, 0x5104],
        share,
        &second_layer(key_of(b'G')),
    );
    session(capture, &link, 0x5105);
}

fn scanned() -> Vec<u8> {
    let mut state = vec![0];
    state.extend(tlv(0x0303, &[b'6'; 0x60]));
    state.extend(tlv(0x0304, key_of(b'G').bytes()));
    state
}

/// A session without its login: the key is in the keylog file.
fn key_in_keylog(capture: &mut Capture) {
    let link = link(Client::new(0x3823, 0x69b2).uin(10_002), 93);
    let session = key_of(b'k');
    link.ask(capture, 2, [0x0058, 0x5201], &[], session, &[0, 1, 0, 1]);
    link.answer(capture, [0x0058, 0x5201], session, &[0; 20]);
    // The key of this probe is another one.
    let probe = link.qq.probe(0x0d00, 24);
    capture.udp(client(93, 51_775), qq_server(45, 8000), &probe);
}

/// The user's key is of another session, which is noted once.
fn wrong_key(capture: &mut Capture) {
    let link = link(Client::new(0x3823, 0x69b2).uin(10_003), 94);
    for sequence in 0x5301..0x5304 {
        link.ask(
            capture,
            2,
            [0x0058, sequence],
            &[],
            key_of(b'x'),
            &[0, 1, 0, 1],
        );
        link.answer(capture, [0x0058, sequence], key_of(b'x'), &[0; 20]);
    }
}

/// QQ Speed uses the touch, too.
fn game(capture: &mut Capture) {
    let link = link(Client::new(0x5005, 0).uin(10_005), 95);
    let bytes = key(95);
    let random = Key::at_start(&bytes).expect("a key");
    let touch = tlv(0x0114, &[&[1, 1][..], &token(0x15)].concat());
    link.ask_classic(capture, [0x0825, 0x5401], &bytes, random, &touch);
    let reply = [vec![0], tlv(0x0310, &[203, 0, 113, 9])].concat();
    link.answer_classic(capture, 0x5005, [0x0825, 0x5401], random, &reply);
}

/// The last block of a ciphertext was damaged in transit.
fn damaged(capture: &mut Capture) {
    let link = link(Client::new(0x3823, 0x69b2).uin(10_002), 96);
    let session = key_of(b'k');
    let text = [&10_002_u32.to_be_bytes()[..], &[0; 28]].concat();
    link.ask(capture, 2, [0x0027, 0x5501], &[], session, &text);
    let mut reply = with_ciphertext(link.qq.reply(0x0027, 0x5501, 0), session, &text);
    let last = reply.len() - 2;
    reply[last] ^= 0x10;
    capture.udp(link.server, link.client, &reply);
}

/// Requests the QQ number of a mail address, without a number in the header.
fn mail(capture: &mut Capture) {
    let link = link(Client::new(0x1221, 0).uin(0), 97);
    let bytes = key(97);
    let random = Key::at_start(&bytes).expect("a key");
    let address = [&[2][..], &counted1(b"alice@example.com")].concat();
    link.ask_classic(capture, [0x00b2, 0x0d1b], &bytes, random, &address);
    let number = [&[2, 0][..], &number()].concat();
    link.answer_classic(capture, 0x1221, [0x00b2, 0x0d1b], random, &number);
}

/// The row of a session key has the MD5 of the password; a line of the keylog has no number.
fn keys_of_another_type(capture: &mut Capture) {
    let qq = Client::new(0x0f5f, 0);
    let login = link(qq.uin(10_006), 98);
    let twice = password_md5().md5();
    login.answer_classic(capture, 0x0100, [0x0022, 0x1a02], twice, &[5, b'n', b'o']);
    let logged = link(qq.uin(10_007), 99);
    let session = key_of(b'l');
    logged.ask_classic(capture, [0x0002, 0x1a03], &[], session, b"10007");
}
