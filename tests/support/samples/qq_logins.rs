//! Logins of every generation, from the first packet to a session, with a known password.

use imshark::oicq::crypto::keys::Key;
use imshark::oicq::keystore::keyring::SecretKind;

use super::oicq_frames::{key, Client};
use super::qq_ciphertexts::{
    builds, counted, counted1, key_of, login_head, number, password_md5, proof, ticket, tlv, Link,
    PASSWORD, TIME,
};
use super::qq_families::{agent_frame, p2p, AGENT};
use super::{client, qq_server};
use crate::capture::{Capture, Side};
use crate::qq_tea::encrypt;

/// The version of servers until about 2006.
const SERVER: u16 = 0x0100;

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    capture
        .secrets
        .row(12_345_678, SecretKind::Password, PASSWORD);
    qq2005(&mut capture);
    qq2006(&mut capture);
    qq2008(&mut capture);
    for (host, version, salted) in [(83, 0x1f57, false), (84, 0x2227, true)] {
        qq2010(&mut capture, host, version, salted);
    }
    qq2013(&mut capture);
    capture
}

fn link(qq: Client, host: u8) -> Link {
    Link {
        qq,
        client: client(host, 4000),
        server: qq_server(8, 8000),
    }
}

fn clear(number: u64) -> (Vec<u8>, Key) {
    let bytes = key(number);
    let key = Key::at_start(&bytes).expect("a key");
    (bytes, key)
}

/// The reply with the session key, until 2008.
fn logged_in(session: Key, host: u8) -> Vec<u8> {
    let mut reply = vec![0];
    reply.extend(session.bytes());
    reply.extend(number());
    reply.extend([192, 0, 2, host, 0x0f, 0xa0]);
    reply.extend([203, 0, 113, 8, 0x1f, 0x40]);
    reply.extend(TIME);
    reply.extend([0x03, 0x0a]);
    reply.extend([0x54; 24]);
    reply.extend([0; 12]);
    reply.extend([0x43; 32]);
    reply.extend([0; 12]);
    reply.extend([192, 0, 2, 9]);
    reply.extend(TIME);
    reply.extend([0; 8]);
    reply
}

/// The key is not encrypted; the reply is encrypted with a hash of the password.
fn qq2005(capture: &mut Capture) {
    let link = link(Client::new(0x0e1b, 0), 80);
    let (bytes, random) = clear(80);
    let mut login = encrypt(password_md5().md5().bytes(), b"");
    login.resize(52, 0);
    login.push(0x0a);
    login.extend([0x11; 16]);
    login.extend(counted1(b"ABCDEFGHIJKLMNOPQRSTUVWX"));
    login.resize(416, 0);
    link.ask_classic(capture, [0x0022, 0x1a01], &bytes, random, &login);
    // First a redirect, encrypted with the key of the request.
    let mut elsewhere = vec![1];
    elsewhere.extend(number());
    elsewhere.extend([203, 0, 113, 9, 0x1f, 0x40]);
    link.answer_classic(capture, SERVER, [0x0022, 0x1a01], random, &elsewhere);
    let link = Link {
        server: qq_server(9, 8000),
        ..link
    };
    let (bytes, random) = clear(81);
    link.ask_classic(capture, [0x0022, 0x1a02], &bytes, random, &login);
    let session = Key::new(*b"0123456789abcdef");
    let reply = logged_in(session, 80);
    link.answer_classic(
        capture,
        SERVER,
        [0x0022, 0x1a02],
        password_md5().md5(),
        &reply,
    );
    link.ask_classic(capture, [0x0002, 0x1a03], &[], session, b"12345678");
    let alive = [
        &[0][..],
        &[0, 0x0f, 0x42, 0x40],
        &[192, 0, 2, 80, 0x0f, 0xa0],
        &[0, 0x3c],
        &TIME,
        &[0; 5],
    ]
    .concat();
    link.answer_classic(capture, SERVER, [0x0002, 0x1a03], session, &alive);
    pictures(capture, &link, session);
    between_clients(capture, &link, session);
    link.ask_classic(
        capture,
        [0x0001, 0xffff],
        &[],
        session,
        password_md5().md5().bytes(),
    );
}

/// The session's reply with a key for the server of group pictures.
fn pictures(capture: &mut Capture, link: &Link, session: Key) {
    link.ask_classic(capture, [0x001d, 0x1a04], &[], session, &[4]);
    let agent = key_of(b'A');
    let mut keys = vec![4, 0];
    keys.extend(agent.bytes());
    keys.extend([0; 12]);
    keys.extend(counted1(&[b'U'; 0x18]));
    keys.extend([0; 4]);
    link.answer_classic(capture, SERVER, [0x001d, 0x1a04], session, &keys);
    let mut picture = vec![4, 0x4c, 0, 1, 2, 3, 0, 0, 0x10, 0];
    picture.extend([0x6d; 32]);
    picture.extend([0, 0]);
    let mut ask = vec![0; 4];
    ask.extend(counted(&[b'U'; 0x18]));
    ask.extend(encrypt(agent.bytes(), &picture));
    let tcp = capture.connect(client(80, 49_152), qq_server(52, 443));
    capture.send(tcp, Side::Client, &agent_frame([0x0f, 0x5f], 0x21, 1, &ask));
    let granted = [
        &[0, 0][..],
        &[52, 113, 0, 203],
        &[1, 0xbb],
        &[0x11; 4],
        &[0; 8],
    ]
    .concat();
    let answer = encrypt(agent.bytes(), &granted);
    capture.send(tcp, Side::Server, &agent_frame(AGENT, 0x21, 1, &answer));
}

/// Two clients connect to each other; the key is derived from the sender's session key.
fn between_clients(capture: &mut Capture, link: &Link, session: Key) {
    let peer = session.peer_key(12_345_678);
    for (kind, ends) in [
        (
            0x3d,
            &[
                0, 192, 0, 2, 80, 0x0f, 0xa0, 0x13, 0x88, 10, 0, 0, 80, 0x0f, 0xa1,
            ][..],
        ),
        (0x31, &[0, 0]),
    ] {
        let mut control = peer.bytes().to_vec();
        control.extend([0, kind, 0, 1]);
        control.extend(TIME);
        control.extend([0, 30]);
        control.extend([0; 19]);
        control.push(0x65);
        control.extend(ends);
        let mut packet = p2p(0x00, 0x5a, 12_345_678, 10_001);
        packet.extend(encrypt(peer.bytes(), &control));
        capture.udp(link.client, client(86, 4001), &packet);
    }
}

/// A refusal, encrypted with the key of the request. Then a password check, whose key is
/// derived.
fn qq2006(capture: &mut Capture) {
    let link = link(Client::new(0x0f5f, 0), 81);
    let (bytes, random) = clear(82);
    let mut login = encrypt(password_md5().md5().bytes(), b"");
    login.resize(416, 0);
    link.ask_classic(capture, [0x0022, 0x1b01], &bytes, random, &login);
    let refused = [&[5][..], b"\xc3\xdc\xc2\xeb\xb4\xed\xce\xf3"].concat();
    link.answer_classic(capture, SERVER, [0x0022, 0x1b01], random, &refused);
    let beta = Link {
        qq: Client::new(0x0f4b, 0),
        ..link
    };
    let hidden = key(83);
    let opens = Key::of_check(hidden[..].try_into().expect("16 bytes"), 0x0f4b, 12_345_678);
    let mut check = encrypt(password_md5().md5().bytes(), b"");
    check.extend([0, 0]);
    check.extend(counted1(b"ABCDEFGHIJKLMNOPQRSTUVWX"));
    check.extend([0x01, 0x90]);
    check.resize(445, 0);
    beta.ask_classic(capture, [0x0018, 0x1b02], &hidden, opens, &check);
}

/// Two steps: 0x00dd checks the password and sends the key of 0x0022.
fn qq2008(capture: &mut Capture) {
    const VERSION: u16 = 0x115b;
    let link = link(Client::new(VERSION, 0), 82);
    let (bytes, random) = clear(84);
    let choose = [&[0; 11][..], &[203, 0, 113, 8]].concat();
    link.ask_classic(capture, [0x0091, 0x2a01], &bytes, random, &choose);
    link.answer_classic(capture, VERSION, [0x0091, 0x2a01], random, &[0, 0]);
    let p2 = password_md5().md5();
    let inside = [&password_md5().bytes()[..], &[0, 0, 0x12, 0x34]].concat();
    let mut verify = vec![0, 0x5f, 0, 0, 8, 4, 1, 0xe0];
    verify.extend(counted1(&[b'T'; 24]));
    verify.extend(counted(&encrypt(p2.bytes(), &inside)));
    verify.extend(counted(&[0x77; 20]));
    verify.extend([0, 3, 0, 0, 0]);
    let (bytes, random) = clear(85);
    link.ask_classic(capture, [0x00dd, 0x2a02], &bytes, random, &verify);
    let login_key = key_of(b'L');
    let login_token = ticket(b'K', 0x48);
    let mut verified = vec![0, 0xd0, 0, 1, 2, 3, 4];
    verified.extend(ticket(b'A', 0x18));
    verified.extend(ticket(b'B', 0x20));
    verified.extend(&login_token);
    verified.extend(login_key.bytes());
    verified.extend([0; 4]);
    link.answer_classic(capture, VERSION, [0x00dd, 0x2a02], p2, &verified);
    let mut login = vec![0, 0];
    login.extend(counted(&encrypt(p2.bytes(), &inside)));
    login.extend(encrypt(p2.bytes(), b""));
    login.extend([0; 19]);
    login.extend([0xe7; 16]);
    login.extend([0x5a, 0x0a]);
    login.resize(600, 0);
    link.ask_classic(capture, [0x0022, 0x2a03], &login_token, login_key, &login);
    let session = key_of(b'8');
    link.answer_classic(
        capture,
        VERSION,
        [0x0022, 0x2a03],
        login_key,
        &logged_in(session, 82),
    );
    link.ask_classic(capture, [0x0002, 0x2a04], &[], session, &number());
}

/// Three steps with a key each; the proof is encrypted with a hash of the password,
/// salted since QQ2011.
fn qq2010(capture: &mut Capture, host: u8, version: u16, salted: bool) {
    let link = link(Client::new(version, 0x6448), host);
    let seed = u64::from(host) * 10;
    let (bytes, random) = clear(seed);
    let touch = [login_head(), vec![0; 15]].concat();
    link.ask(capture, 2, [0x0091, 0x3c01], &bytes, random, &touch);
    let mut touched = vec![0];
    touched.extend(TIME);
    touched.extend([192, 0, 2, host]);
    touched.extend([0; 8]);
    touched.extend(ticket(b'T', 0x38));
    touched.push(0);
    link.answer(capture, [0x0091, 0x3c01], random, &touched);
    let captcha = ticket(b'C', 0x38);
    let [zero, one, two, three, four] = *b"01234";
    let key_of_proof = if salted {
        password_md5().salted(12_345_678)
    } else {
        password_md5().md5()
    };
    let mut verify = vec![0, 0xde];
    verify.extend(login_head());
    verify.extend(&captcha);
    verify.extend(counted(&encrypt(
        key_of_proof.bytes(),
        &proof(key_of(four)),
    )));
    verify.extend(counted(&[0x77; 20]));
    verify.extend([1, 0x77, 0x2e, 1, 0, 0, 0, 1]);
    verify.extend(counted(&[0x61; 16]));
    verify.extend([2, 0, 0, 0, 2]);
    verify.extend(counted(&[0x62; 16]));
    verify.extend([0; 328]);
    let (bytes, random) = clear(seed + 1);
    link.ask(capture, 2, [0x00dd, 0x3c02], &bytes, random, &verify);
    let steps = ticket(b'V', 0x38);
    let mut verified = vec![1, 0x40, 0];
    verified.extend(ticket(b'A', 0x38));
    verified.extend([0, 9, 0, 2]);
    verified.extend(TIME);
    verified.extend(ticket(b'B', 0x78));
    verified.extend(&steps);
    verified.extend(key_of(zero).bytes());
    verified.extend([0, 0]);
    verified.extend(key_of(one).bytes());
    verified.extend([0, 0]);
    link.answer(capture, [0x00dd, 0x3c02], key_of(four), &verified);
    let mut info = vec![1, 0x0e];
    info.extend(login_head());
    info.extend(&captcha);
    info.extend(ticket(b'A', 0x38));
    info.extend([0, 9, 0, 2]);
    info.extend(TIME);
    info.extend(ticket(b'B', 0x78));
    info.extend([0, 0, 1, 0, 0, 0, 0]);
    link.ask(capture, 2, [0x00e5, 0x3c03], &steps, key_of(zero), &info);
    let mut informed = vec![1, 0x66, 1, 0];
    informed.extend(key_of(two).bytes());
    informed.extend([0, 0, 0, 1, 0, 0, 0, 0x64]);
    informed.extend([0, 0xc8, 0, 2]);
    informed.extend(TIME);
    informed.extend([192, 0, 2, host]);
    informed.extend([0; 8]);
    informed.extend(ticket(b'G', 0x88));
    informed.extend(key_of(three).bytes());
    informed.extend(ticket(b'E', 0x38));
    informed.extend([0; 41]);
    informed.extend(ticket(b'F', 0x28));
    link.answer(capture, [0x00e5, 0x3c03], key_of(one), &informed);
    let mut name = vec![0, 0xc8];
    name.extend(login_head());
    name.extend(&captcha);
    name.extend(ticket(b'E', 0x38));
    name.extend([0, 0, 0, 0x20]);
    name.extend([0; 32]);
    link.ask(capture, 2, [0x00e3, 0x3c04], &steps, key_of(zero), &name);
    let named = [&[0; 7][..], &counted1(b"Alice"), &[0]].concat();
    link.answer(capture, [0x00e3, 0x3c04], key_of(three), &named);
    let mut login = vec![0, 1];
    login.extend(builds());
    login.extend([0, 0xc8, 0, 2]);
    login.extend(TIME);
    login.extend([192, 0, 2, host]);
    login.extend([0; 8]);
    login.extend(ticket(b'G', 0x88));
    login.extend([0; 35]);
    login.extend([0xe7; 16]);
    login.extend([0xcc, 0x0a]);
    login.extend([0; 25]);
    login.extend([0, 0, 8, 4, 1, 0xe0]);
    login.extend([0; 16]);
    login.extend(&captcha);
    login.resize(736, 0);
    link.ask(capture, 2, [0x0030, 0x3c05], &steps, key_of(zero), &login);
    let session = key_of(b's');
    let mut reply = vec![0];
    reply.extend(session.bytes());
    reply.extend(number());
    reply.extend([192, 0, 2, host, 0x0f, 0xa0]);
    reply.extend(TIME);
    reply.extend([192, 168, 0, 2]);
    reply.extend([0; 42]);
    reply.extend(ticket(b'Z', 0x38));
    link.answer(capture, [0x0030, 0x3c05], key_of(two), &reply);
    link.ask(capture, 2, [0x0058, 0x3c06], &[], session, b"12345678");
    link.answer(capture, [0x0058, 0x3c06], session, &[0; 20]);
}

/// The touch is redirected; the proof contains the key of the reply, and the reply the
/// keys of the step that sends the session key.
fn qq2013(capture: &mut Capture) {
    let first = link(Client::new(0x3241, 0x6628), 85);
    let second = Link {
        server: qq_server(9, 8000),
        ..first
    };
    let public = super::qq_ciphertexts::number().repeat(7)[..25].to_vec();
    touch(capture, &first, &second, 850, &public);
    let tgtgt = key_of(b'G');
    let (bytes, random) = clear(852);
    let salted = password_md5().salted(12_345_678);
    let mut login = tlv(0x0112, &[b'T'; 0x38]);
    login.extend(tlv(0x0005, &[&[0, 2][..], &number()].concat()));
    login.extend(tlv(0x0006, &encrypt(salted.bytes(), &proof(tgtgt))));
    login.extend(computer());
    login.extend(build(1));
    login.extend(tlv(0x0103, &[&[0, 1][..], &counted(&[0x51; 16])].concat()));
    login.extend(tlv(0x0312, &[1, 0, 0, 0, 1]));
    login.extend(tlv(0x0508, &[1, 0, 0, 0, 0]));
    second.ask(capture, 3, [0x0826, 0x4002], &bytes, random, &login);
    second.answer(capture, [0x0826, 0x4002], tgtgt, &accepted());
    session(capture, &second, 0x4003);
}

/// A touch of the first server, which redirects to the second, and a touch of that one.
pub fn touch(capture: &mut Capture, first: &Link, second: &Link, seed: u64, public: &[u8]) {
    for (count, link) in [(0_u8, first), (1, second)] {
        let (bytes, random) = clear(seed + u64::from(count));
        let mut touch = build(count.into());
        let mut ping = vec![0, 1];
        ping.extend(first.server.0.octets());
        ping.push(count);
        if count > 0 {
            ping.extend(first.server.0.octets());
        }
        ping.push(2);
        touch.extend(tlv(0x0309, &ping));
        touch.extend(tlv(0x0036, &[&[0, 2, 0, 1][..], &[0; 14]].concat()));
        touch.extend(tlv(0x0114, &[&[1, 2][..], &counted(public)].concat()));
        let ids = [0x0825, 0x4000 + u16::from(count)];
        link.ask(capture, 3, ids, &bytes, random, &touch);
        let mut reply = vec![if count == 0 { 0xfe } else { 0 }];
        reply.extend(tlv(0x0112, &[b'T'; 0x38]));
        let (address, port) = (link.client.0.octets(), link.client.1.to_be_bytes());
        let seen = [&[0, 1][..], &TIME, &address, &port, &[0, 0]].concat();
        reply.extend(tlv(0x0017, &seen));
        let to = second.server.0.octets();
        reply.extend(if count == 0 {
            let place = [
                &[0, 2, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0][..],
                &to,
                &[0x1f, 0x40, 0, 0, 0, 0],
            ];
            tlv(0x000c, &place.concat())
        } else {
            tlv(0x0310, &to)
        });
        link.answer(capture, ids, random, &reply);
    }
}

/// TLV 0x0018: versions, account, redirects.
pub fn build(redirects: u16) -> Vec<u8> {
    let mut value = vec![0, 1];
    value.extend(builds());
    value.extend(number());
    value.extend(redirects.to_be_bytes());
    value.extend([0, 0]);
    tlv(0x0018, &value)
}

/// TLV 0x0015: two ids of the computer with their checksums.
pub fn computer() -> Vec<u8> {
    let id = |index, letter| {
        [
            &[index, 0x12, 0x34, 0x56, 0x78][..],
            &counted(&[letter; 16]),
        ]
        .concat()
    };
    tlv(0x0015, &[vec![0, 1], id(1, 0x61), id(2, 0x62)].concat())
}

/// A successful login: the keys of 0x0828, the nickname.
pub fn accepted() -> Vec<u8> {
    let mut reply = vec![0];
    let request = [
        &[0, 1][..],
        key_of(b'q').bytes(),
        &ticket(b'Q', 0x38),
        &[0, 0],
    ]
    .concat();
    reply.extend(tlv(0x0109, &request));
    let status = [&[0, 0, 0, 1][..], &[0; 18]].concat();
    let mut answer = vec![0, 2];
    answer.extend(counted(&status));
    answer.extend(key_of(b'r').bytes());
    answer.extend(ticket(b'R', 0x88));
    answer.extend(key_of(b'H').bytes());
    answer.extend(ticket(b'S', 0x38));
    answer.extend([0, 0]);
    reply.extend(tlv(0x0107, &answer));
    let account = [&[0, 0][..], &counted1(b"Alice"), &[1, 0, 0, 0, 0, 30]].concat();
    reply.extend(tlv(
        0x0108,
        &[&[0, 1][..], &counted(&counted(&account))].concat(),
    ));
    reply
}

/// 0x0828 sends the session key; then the session begins.
pub fn session(capture: &mut Capture, link: &Link, sequence: u16) {
    let session = key_of(b's');
    let token = [&[0x00, 0x30, 0x00, 0x3a][..], &ticket(b'Q', 0x38)].concat();
    let mut request = tlv(0x0007, &[b'R'; 0x88]);
    request.extend(computer());
    request.extend(build(1));
    link.ask(
        capture,
        2,
        [0x0828, sequence],
        &token,
        key_of(b'q'),
        &request,
    );
    let mut value = vec![0, 1];
    value.extend(session.bytes());
    value.extend(number());
    value.extend(link.client.0.octets());
    value.extend(link.client.1.to_be_bytes());
    value.extend(TIME);
    value.extend([0, 0, 0, 0, 1]);
    value.extend(link.server.0.octets());
    value.extend(link.server.0.octets());
    value.extend([0; 6]);
    let reply = [vec![0], tlv(0x010c, &value)].concat();
    link.answer(capture, [0x0828, sequence], key_of(b'r'), &reply);
    let online = [1, 0, 10, 0, 1, 0, 1, 0, 4, 0, 0, 0, 0];
    link.ask(capture, 2, [0x00ec, sequence + 1], &[], session, &online);
    link.answer(capture, [0x00ec, sequence + 1], session, &[1, 0, 0x0a]);
    link.ask(
        capture,
        2,
        [0x0058, sequence + 2],
        &[],
        session,
        &[0, 1, 0, 1],
    );
    link.answer(capture, [0x0058, sequence + 2], session, &[0; 20]);
}
