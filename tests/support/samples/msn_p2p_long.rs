//! Long packets over direct connections, which come in several segments.

use super::client;
use super::p2p_packets::{file_in_v1, file_in_v2, framed, handshake};
use crate::capture::{Capture, Side, Tcp};

/// Bytes of a file in one packet.
const CHUNK: usize = 1352;

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    first_version(&mut capture);
    second_version(&mut capture);
    with_losses(&mut capture);
    capture
}

const NONCE: [u8; 16] = *b"\x01\0\0\0\x02\0\0\0\x03\0\0\0\0\0\0\0";

/// Lines with their numbers.
fn file(lines: usize) -> Vec<u8> {
    let lines = (1..=lines).map(|number| format!("line {number:04} of the file\n"));
    lines.collect::<String>().into_bytes()
}

/// A connection on which both clients have sent their nonce.
fn connect(capture: &mut Capture, host: u8, nonce: &[u8]) -> Tcp {
    let tcp = capture.connect(client(host, 1500), client(host + 1, 1100));
    let hello = [framed(b"foo\0"), framed(nonce)].concat();
    capture.send(tcp, Side::Client, &hello);
    capture.send(tcp, Side::Server, &framed(nonce));
    tcp
}

/// Framed packets, one after the other.
fn frames(packets: Vec<Vec<u8>>) -> Vec<u8> {
    packets.iter().flat_map(|packet| framed(packet)).collect()
}

fn v1(session: u32, file: &[u8]) -> Vec<u8> {
    frames(file_in_v1(session, file, CHUNK))
}

fn v2(session: u32, file: &[u8]) -> Vec<u8> {
    frames(file_in_v2(session, file, CHUNK))
}

/// Segments that end within headers and within data; then a short packet.
fn first_version(capture: &mut Capture) {
    let tcp = connect(capture, 60, &handshake(732, NONCE));
    let packets = v1(4000, &file(300));
    capture.send_cut(tcp, Side::Client, &packets, 1424);
    capture.send_cut(tcp, Side::Client, &v1(4001, &file(2)), 70);
    capture.close(tcp);
}

fn second_version(capture: &mut Capture) {
    let tcp = connect(capture, 62, &[0xcd; 16]);
    capture.send_cut(tcp, Side::Client, &v2(4002, &file(200)), 1460);
    capture.close(tcp);
}

/// A segment is sent again, and one is missing.
fn with_losses(capture: &mut Capture) {
    let tcp = connect(capture, 64, &handshake(732, NONCE));
    let packets = v1(4003, &file(400));
    let (first, rest) = packets.split_at(2000);
    let (second, rest) = rest.split_at(1000);
    let (lost, rest) = rest.split_at(1400);
    capture.send(tcp, Side::Client, first);
    capture.send(tcp, Side::Client, second);
    capture.repeat(tcp, Side::Client, second);
    capture.lose(tcp, Side::Client, lost.len() as u32);
    capture.send(tcp, Side::Client, rest);
    capture.close(tcp);
}
