//! The families beside the basic one: between clients, custom heads, relay, agent.

use super::oicq_frames::UIN;
use super::{client, qq_server, SplitMix64};
use crate::support::capture::{Capture, Endpoint, Side, Tcp};

/// QQ2006.
pub const VERSION: [u8; 2] = [0x0f, 0x5f];
/// The other account.
const FRIEND: u32 = 10_001;
/// The version of the agent's servers.
pub const AGENT: [u8; 2] = [0x04, 0xd1];

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    between_clients(&mut capture);
    heads(&mut capture);
    relay(&mut capture);
    agent(&mut capture);
    none(&mut capture);
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

/// An encrypted control packet: 64 bytes, or 72 with addresses.
fn control(seed: u8, from: u32, to: u32, secret: usize) -> Vec<u8> {
    let mut bytes = p2p(0x00, seed, from, to);
    bytes.extend(SplitMix64::new(seed.into()).bytes(secret));
    bytes
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
    capture.udp(alice, bob, &control(0x5a, UIN, FRIEND, 72));
    capture.udp(bob, alice, &control(0x5b, FRIEND, UIN, 72));
    capture.udp(alice, bob, &control(0x5c, UIN, FRIEND, 64));
    capture.udp(bob, alice, &control(0x5d, FRIEND, UIN, 64));
    let name = b"\xce\xc4\xbc\xfe.txt";
    let mut about = vec![0, 0, 4, 0xb0, 0, 0, 0, 2, 0, 0, 3, 0xe8];
    about.extend(SplitMix64::new(1).bytes(32));
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

fn head(command: u8, sequence: u8, version: [u8; 2], content: &[u8]) -> Vec<u8> {
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

/// Which heads are new, and one of them.
fn heads(capture: &mut Capture) {
    let (user, server) = (client(112, 4000), qq_server(50, 4000));
    let (uin, friend) = (UIN.to_be_bytes(), FRIEND.to_be_bytes());
    let time = 1_150_000_000_u32.to_be_bytes();
    let question = numbers(&[&[1, 0, 0, 2], &uin, &friend]);
    capture.udp(user, server, &head(4, 1, VERSION, &question));
    let md5 = SplitMix64::new(4).bytes(16);
    let answer = numbers(&[&[0, 2, 0, 1], &friend, &time, &md5]);
    capture.udp(server, user, &head(4, 1, [0, 0], &answer));
    let wanted = numbers(&[&friend, &[1], &time, &[0xff; 4], &[0; 4]]);
    capture.udp(user, server, &head(2, 2, VERSION, &wanted));
    let data = SplitMix64::new(2).bytes(300);
    let size = 300_u32.to_be_bytes();
    let picture = numbers(&[&[0], &friend, &time, &size, &[0; 4], &size, &data]);
    capture.udp(server, user, &head(2, 2, [0, 0], &picture));
    // There is no such head.
    capture.udp(server, user, &head(2, 3, VERSION, &[])[..46]);
}

/// A file by way of a server.
fn relay(capture: &mut Capture) {
    let (user, server): (Endpoint, Endpoint) = (client(113, 4000), qq_server(51, 8000));
    for (seed, len) in [(1, 30), (2, 60)] {
        let mut frame = vec![0x04, 0x15, 0x49];
        frame.extend((len as u16 + 6).to_be_bytes());
        frame.extend(SplitMix64::new(seed).bytes(len));
        frame.push(0x03);
        capture.udp(user, server, &frame);
    }
}

/// A frame of the agent or to it.
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

/// A picture for a group, over TCP: nothing stands before the frames.
fn agent(capture: &mut Capture) {
    let tcp = capture.connect(client(114, 49_152), qq_server(52, 443));
    let session = [0x11, 0x22, 0x33, 0x44];
    let secret = |len| SplitMix64::new(len as u64).bytes(len);
    let up = |capture: &mut Capture, tcp: Tcp, frame: &[u8]| {
        capture.send(tcp, Side::Client, frame);
    };
    let token = secret(40);
    let request = numbers(&[&[0; 4], &[0, 40], &token, &secret(64)]);
    up(capture, tcp, &agent_frame(VERSION, 0x21, 1, &request));
    capture.send(tcp, Side::Server, &agent_frame(AGENT, 0x21, 1, &secret(40)));
    let begin = numbers(&[&session, &secret(16)]);
    up(capture, tcp, &agent_frame(VERSION, 0x26, 2, &begin));
    let begun = numbers(&[&session, &secret(24)]);
    capture.send(tcp, Side::Server, &agent_frame(AGENT, 0x26, 2, &begun));
    let name = b"smile.gif";
    let mut about = numbers(&[&session, &[0; 4], &[0, 57, 0, 57], &secret(32)]);
    about.extend([0, 0, 3, 0x20, 0, name.len() as u8]);
    about.extend(name);
    about.extend([0; 8]);
    let mut frames = agent_frame(VERSION, 0x23, 0, &about);
    for (sequence, len) in [(1, 500_u16), (2, 300)] {
        let piece = numbers(&[&session, &[0; 4], &len.to_be_bytes(), &secret(len.into())]);
        frames.extend(agent_frame(VERSION, 0x23, sequence, &piece));
    }
    // Several frames in a segment, and a frame in several segments.
    capture.send_cut(tcp, Side::Client, &frames, 400);
    let receipt = numbers(&[&session, &[0; 4], &[0, 1, 2]]);
    capture.send(tcp, Side::Server, &agent_frame(AGENT, 0x23, 2, &receipt));
    let face = numbers(&[&session, &secret(48)]);
    up(capture, tcp, &agent_frame(VERSION, 0x22, 3, &face));
    capture.close(tcp);
}

/// The first bytes of a family, and not the rest.
fn none(capture: &mut Capture) {
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
    // The ports are not those of QQ.
    let frame = file(UIN, FRIEND, 8, 1, 2, &[0; 4]);
    capture.udp(client(116, 50_000), client(117, 50_001), &frame);
}
