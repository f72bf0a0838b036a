//! The other packet families: between clients, custom avatars, relay, agent.

use imshark::oicq::crypto::keys::Key;
use imshark::oicq::keystore::keyring::SecretKind;

use md5::{Digest, Md5};

use super::oicq_frames::{Client, UIN};
use super::qq_ciphertexts::{key_of, Link};
use super::{client, qq_server, SplitMix64};
use crate::capture::{Capture, Endpoint, Side, Tcp};
use crate::qq_tea::encrypt;

/// QQ2006.
pub const VERSION: [u8; 2] = [0x0f, 0x5f];
/// The other account in these packets.
const FRIEND: u32 = 10_001;
/// The version of the agent servers.
pub const AGENT: [u8; 2] = [0x04, 0xd1];

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    let session_key = "73".repeat(16);
    capture
        .secrets
        .row(UIN, SecretKind::SessionKey, &session_key);
    between_clients(&mut capture);
    avatars(&mut capture);
    relay(&mut capture);
    agent(&mut capture);
    lookalikes(&mut capture);
    voice(&mut capture);
    capture
}

/// The header of a packet between two clients: numbers inverted and XORed with the seed.
pub fn p2p(family: u8, seed: u8, from: u32, to: u32) -> Vec<u8> {
    let hidden = |number: u32| (!number ^ u32::from_be_bytes([seed; 4])).to_be_bytes();
    let mut bytes = vec![family];
    bytes.extend(VERSION);
    bytes.push(seed);
    bytes.extend(hidden(from));
    bytes.extend(hidden(to));
    bytes
}

/// A control packet of a user whose key is unknown: 64 bytes, or 72 with addresses.
fn undecryptable(seed: u8, secret: usize) -> Vec<u8> {
    let mut bytes = p2p(0x00, seed, FRIEND + 1, UIN);
    bytes.extend(SplitMix64::new(seed.into()).bytes(secret));
    bytes
}

/// A control packet of the user.
fn control(seed: u8, kind: u8, addresses: bool) -> Vec<u8> {
    let key = session().peer_key(UIN);
    control_of([UIN, FRIEND], key, seed, kind, addresses)
}

/// A control packet of the friend, whose session key is unknown; the key derived from it
/// is in a message.
fn answer(seed: u8, kind: u8, addresses: bool) -> Vec<u8> {
    control_of([FRIEND, UIN], key_of(b'F'), seed, kind, addresses)
}

fn control_of(ends: [u32; 2], key: Key, seed: u8, kind: u8, addresses: bool) -> Vec<u8> {
    let mut plain = key.bytes().to_vec();
    plain.extend([0, kind, 0, seed, 0x44, 0x8b, 0x9b, 0x80, 0, 27]);
    plain.extend([0; 19]);
    plain.extend([0x65, 0]);
    if addresses {
        plain.extend([198, 51, 100, 20, 0x0f, 0xa0, 0, 0]);
        plain.extend([192, 0, 2, 110, 0x0f, 0xa0]);
    } else {
        plain.push(1);
    }
    let mut bytes = p2p(0x00, seed, ends[0], ends[1]);
    bytes.extend(encrypt(key.bytes(), &plain));
    bytes
}

/// The friend requests to send a file.
fn file_request(capture: &mut Capture) {
    let link = Link {
        qq: Client::new(0x0f5f, 0),
        client: client(110, 4000),
        server: qq_server(8, 8000),
    };
    let ends = numbers(&[&FRIEND.to_be_bytes(), &UIN.to_be_bytes()]);
    let at = [198, 51, 100, 20, 0x0f, 0xa0];
    let pushed = numbers(&[&ends, &[1, 2, 3, 5], &at, &[0, 9]]);
    let key = key_of(b'F');
    let time = 1_150_000_000_u32.to_be_bytes();
    let head = numbers(&[
        &VERSION,
        &ends,
        key.bytes(),
        &[0, 0x35, 0, 7],
        &time,
        &[0, 27],
    ]);
    let addresses = numbers(&[&at, &[0x0f, 0xa1], &[192, 0, 2, 111, 0x0f, 0xa1]]);
    let name = b" \x1f\xce\xc4\xbc\xfe.txt\x1f1200";
    let body = numbers(&[&pushed, &head, &[0; 15], &[0x65, 0], &addresses, name]);
    link.answer_classic(capture, 0x0100, [0x0017, 0x2b10], session(), &body);
    let ack = &pushed[..16];
    link.ask_classic(capture, [0x0017, 0x2b10], &[], session(), ack);
}

/// The session key of the user.
fn session() -> Key {
    key_of(b's')
}

fn file(from: u32, to: u32, kind: u8, sequence: u8, operation: u8, rest: &[u8]) -> Vec<u8> {
    let mut bytes = p2p(0x03, 0x5a, from, to);
    bytes.extend([0, 0, kind, 0, sequence, operation]);
    bytes.extend(rest);
    bytes
}

/// Hole punching, then a file of two pieces.
fn between_clients(capture: &mut Capture) {
    let (alice, bob) = (client(110, 4000), client(111, 4001));
    file_request(capture);
    capture.udp(alice, bob, &control(0x5a, 0x3d, true));
    capture.udp(bob, alice, &answer(0x5b, 0x3e, true));
    capture.udp(alice, bob, &control(0x5c, 0x31, false));
    capture.udp(bob, alice, &answer(0x5d, 0x34, false));
    capture.udp(bob, alice, &undecryptable(0x5e, 72));
    capture.udp(bob, alice, &undecryptable(0x5f, 64));
    let name = b"\xce\xc4\xbc\xfe.txt";
    let mut about = vec![0, 0, 4, 0xb0, 0, 0, 0, 2, 0, 0, 3, 0xe8];
    let file_data = [1000, 200].map(|len| SplitMix64::new(len).bytes(len as usize));
    about.extend(Md5::digest(file_data.concat()));
    about.extend(Md5::digest(name));
    about.extend([0, name.len() as u8, 0, 0, 0, 0, 0, 0, 0, 0]);
    about.extend(name);
    capture.udp(alice, bob, &file(UIN, FRIEND, 7, 0, 1, &about));
    capture.udp(bob, alice, &file(FRIEND, UIN, 8, 0, 1, &[0; 4]));
    for (index, len) in [(0_u8, 1000_u16), (1, 200)] {
        let mut piece = vec![0, 0, 0, index];
        piece.extend((u32::from(index) * 1000).to_be_bytes());
        piece.extend(len.to_be_bytes());
        piece.extend(SplitMix64::new(len.into()).bytes(len.into()));
        capture.udp(alice, bob, &file(UIN, FRIEND, 7, index + 1, 2, &piece));
        let ack = [0, 0, 0, index];
        capture.udp(bob, alice, &file(FRIEND, UIN, 8, index + 1, 2, &ack));
    }
    capture.udp(alice, bob, &file(UIN, FRIEND, 7, 2, 3, &[]));
    capture.udp(bob, alice, &file(FRIEND, UIN, 8, 2, 3, &[]));
}

fn avatar_frame(command: u8, sequence: u8, version: [u8; 2], content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x03, command, 0, sequence, 0, 0, 0, sequence];
    bytes.extend([0; 32]);
    bytes.extend([1, 0, 0]);
    bytes.extend(version);
    bytes.push(0);
    bytes.extend([0; 8]);
    bytes.extend((content.len() as u16).to_be_bytes());
    bytes.extend(content);
    bytes
}

fn numbers(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// A query for new avatars, and one avatar.
fn avatars(capture: &mut Capture) {
    let (user, server) = (client(112, 4000), qq_server(50, 4000));
    let (uin, friend) = (UIN.to_be_bytes(), FRIEND.to_be_bytes());
    let time = 1_150_000_000_u32.to_be_bytes();
    let question = numbers(&[&[1, 0, 0, 2], &uin, &friend]);
    capture.udp(user, server, &avatar_frame(4, 1, VERSION, &question));
    let md5 = SplitMix64::new(4).bytes(16);
    let answer = numbers(&[&[0, 2, 0, 1], &friend, &time, &md5]);
    capture.udp(server, user, &avatar_frame(4, 1, [0, 0], &answer));
    let wanted = numbers(&[&friend, &[1], &time, &[0xff; 4], &[0; 4]]);
    capture.udp(user, server, &avatar_frame(2, 2, VERSION, &wanted));
    let data = SplitMix64::new(2).bytes(300);
    let size = 300_u32.to_be_bytes();
    let picture = numbers(&[&[0], &friend, &time, &size, &[0; 4], &size, &data]);
    capture.udp(server, user, &avatar_frame(2, 2, [0, 0], &picture));
    // There is no such avatar.
    capture.udp(server, user, &avatar_frame(2, 3, VERSION, &[])[..46]);
}

/// A file over a relay server.
fn relay(capture: &mut Capture) {
    let (user, server): (Endpoint, Endpoint) = (client(113, 4000), qq_server(51, 8000));
    for (seed, len) in [(1, 30), (2, 60)] {
        let mut frame = vec![0x04, 0x15, 0x49];
        frame.extend((len as u16 + 6).to_be_bytes());
        frame.extend(SplitMix64::new(seed).bytes(len));
        frame.push(0x03);
        capture.udp(user, server, &frame);
    }
    let name = b"\xce\xc4\xbc\xfe.txt\0";
    let mut file = SplitMix64::new(3).bytes(5);
    file.extend(UIN.to_be_bytes());
    file.extend(SplitMix64::new(5).bytes(29));
    for number in [1200_u32, 2, 1000] {
        file.extend(number.to_be_bytes());
    }
    file.extend(name);
    file.extend(SplitMix64::new(6).bytes(460));
    let mut frame = vec![0x04, 0x37, 0x09];
    frame.extend((file.len() as u16 + 6).to_be_bytes());
    frame.extend(file);
    frame.push(0x03);
    capture.udp(user, server, &frame);
}

/// A frame to or from the agent.
pub fn agent_frame(version: [u8; 2], command: u8, sequence: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x05];
    bytes.extend(version);
    bytes.extend((body.len() as u16 + 22).to_be_bytes());
    bytes.extend([0, command, 0, sequence]);
    bytes.extend(UIN.to_be_bytes());
    bytes.extend([1, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend(body);
    bytes.push(0x03);
    bytes
}

/// The reply to 0x001d contains the agent key.
fn agent_key(capture: &mut Capture) -> Key {
    let link = Link {
        qq: Client::new(0x0f5f, 0),
        client: client(114, 4000),
        server: qq_server(8, 8000),
    };
    let key = key_of(b'a');
    link.ask_classic(capture, [0x001d, 0x1a04], &[], session(), &[4]);
    let reply = numbers(&[&[4, 0], key.bytes(), &[0; 12], &[4], b"TOKN", &[0; 4]]);
    link.answer_classic(capture, 0x0100, [0x001d, 0x1a04], session(), &reply);
    key
}

/// A picture for a group, over TCP: the frames have no length prefix.
fn agent(capture: &mut Capture) {
    let key = agent_key(capture);
    let tcp = capture.connect(client(114, 49_152), qq_server(52, 443));
    let session = [0x11, 0x22, 0x33, 0x44];
    let group = 20_001_u32.to_be_bytes();
    let token = numbers(&[&[0, 4], b"TOKN"]);
    // The announced MD5 is not that of the picture.
    let digests = SplitMix64::new(32).bytes(32);
    let up = |capture: &mut Capture, tcp: Tcp, frame: &[u8]| {
        capture.send(tcp, Side::Client, frame);
    };
    let down = |capture: &mut Capture, tcp: Tcp, frame: &[u8]| {
        capture.send(tcp, Side::Server, frame);
    };
    let asked = numbers(&[&[0x11, 0], &group, &[0, 0, 3, 0x20], &digests, &[0; 2]]);
    let request = numbers(&[&[0; 4], &token, &encrypt(key.bytes(), &asked)]);
    up(capture, tcp, &agent_frame(VERSION, 0x21, 1, &request));
    // 203.0.113.52, little-endian.
    let at = [52, 113, 0, 203, 0x01, 0xbb];
    let answer = numbers(&[&[0, 1], &at, &session, &at, &[0, 4], b"\xc4\xfa\xba\xc3"]);
    down(
        capture,
        tcp,
        &agent_frame(AGENT, 0x21, 1, &encrypt(key.bytes(), &answer)),
    );
    let begin = numbers(&[&session, &encrypt(key.bytes(), &[0x04, 0x4c])]);
    up(capture, tcp, &agent_frame(VERSION, 0x26, 2, &begin));
    let begun = [0x04, 0x4c, 0, 0, 0xc3, 0x50, 0xea, 0x60, 0, 0, 0, 1];
    let begun = numbers(&[&session, &encrypt(key.bytes(), &begun)]);
    down(capture, tcp, &agent_frame(AGENT, 0x26, 2, &begun));
    let name = b"smile.gif";
    let mut about = numbers(&[&session, &[0; 4], &[0, 57, 0, 57], &digests]);
    about.extend([0, 0, 3, 0x20, 0, name.len() as u8]);
    about.extend(name);
    about.extend([0; 8]);
    let mut frames = agent_frame(VERSION, 0x23, 0, &about);
    for (sequence, len) in [(1, 500_u16), (2, 300)] {
        let data = SplitMix64::new(len.into()).bytes(len.into());
        let piece = numbers(&[&session, &[0; 4], &len.to_be_bytes(), &data]);
        frames.extend(agent_frame(VERSION, 0x23, sequence, &piece));
    }
    // Several frames in a segment, and a frame in several segments.
    capture.send_cut(tcp, Side::Client, &frames, 400);
    let receipt = numbers(&[&session, &[0; 4], &[0, 1, 2]]);
    down(capture, tcp, &agent_frame(AGENT, 0x23, 2, &receipt));
    let face = numbers(&[&session, &encrypt(key.bytes(), &numbers(&[&token, &group]))]);
    up(capture, tcp, &agent_frame(VERSION, 0x22, 3, &face));
    capture.close(tcp);
}

/// Packets with the first bytes of a family only.
fn lookalikes(capture: &mut Capture) {
    let (user, server) = (client(115, 4000), qq_server(8, 8000));
    let mut wrong_version = file(UIN, FRIEND, 8, 1, 2, &[0; 4]);
    wrong_version[1] = 0x55;
    let mut wrong_length = agent_frame(VERSION, 0x21, 1, &[0; 16]);
    wrong_length[4] += 1;
    let no_number = p2p(0x03, 0x5a, 0, FRIEND);
    // STUN, RTP and the 28 family.
    let stun = b"\x00\x01\x00\x00\x21\x12\xa4\x42abcdefghijkl";
    let other = b"\x28\x00\x00\x00\x04\x00\x00\x00\x04\x08\x01\x10\x02abcd\x29";
    for payload in [
        &wrong_version,
        &wrong_length,
        &no_number,
        &stun[..],
        &other[..],
    ] {
        capture.udp(user, server, payload);
    }
    // Not on QQ's ports.
    let frame = file(UIN, FRIEND, 8, 1, 2, &[0; 4]);
    capture.udp(client(116, 50_000), client(117, 50_001), &frame);
}

/// A call between two clients of 2005: SIP, then sound and picture, with the RTCP reports
/// of both; and a packet with the type of RTP that is not RTP.
fn voice(capture: &mut Capture) {
    let (one, other) = (client(117, 50_117), client(118, 50_118));
    let media = |number: u16, kind: u8, body: &[u8]| {
        let mut bytes = p2p(0x03, 0x5a, UIN, FRIEND);
        bytes[1..3].copy_from_slice(&[0x0d, 0x55]);
        bytes.extend([0, 0, 5]);
        bytes.extend(number.to_be_bytes());
        bytes.push(kind);
        bytes.extend(body);
        bytes
    };
    let invite = b"INVITE sip:10001@example.com SIP/2.0\r\n\
        From: <sip:12345678@example.com>\r\nTo: <sip:10001@example.com>\r\n\
        Call-ID: 1@192.0.2.117\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n";
    let sound = b"\x80\x04\0\x01\0\0\0\xf0\x12\x34\x56\x78sound";
    let picture = b"\x80\x22\0\x01\0\0\0\xf0\x12\x34\x56\x79picture";
    let report = b"\x80\xc9\0\x01\x12\x34\x56\x78";
    let packets: [(u8, &[u8]); 6] = [
        (0, invite),
        (1, sound),
        (2, report),
        (3, picture),
        (4, report),
        (1, b"no header of RTP"),
    ];
    for (number, (kind, body)) in (1..).zip(packets) {
        capture.udp(one, other, &media(number, kind, body));
    }
}
