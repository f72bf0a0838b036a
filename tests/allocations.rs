//! The number of allocations for a PDU, in the first pass, when nobody sees a tree: the cost of
//! opening a file. Each is the most allowed: lower it when a change needs fewer. The goal is none.

#![allow(unreachable_pub)]

use imshark::packet::Detail;

use test_support::capture::{Capture, Side};
use test_support::replay::Replay;
use test_support::samples::lines::{
    c, c_with, line, s, s_with, text, typing, SentSegment, PICTURE,
};
use test_support::samples::oicq_frames::Client;
use test_support::samples::p2p_packets::{to_bob, V1};
use test_support::samples::{client, msn_server, qq_server};

/// Times that each PDU is sent. The second half counts: by then, what grows has grown.
const TIMES: u32 = 2048;

/// PDUs, and the allocations for each.
#[derive(Debug)]
struct Row {
    name: &'static str,
    /// What is sent, again and again, with another number each time.
    turns: fn(u32) -> Vec<SentSegment>,
    /// The most, for each of the PDUs that are sent.
    allocations: &'static [u64],
}

const fn row(
    name: &'static str,
    turns: fn(u32) -> Vec<SentSegment>,
    allocations: &'static [u64],
) -> Row {
    Row {
        name,
        turns,
        allocations,
    }
}

fn change(number: u32) -> Vec<SentSegment> {
    let line = format!("CHG {number} NLN 1073791084");
    vec![c(&line), s(&line)]
}

fn with_picture(number: u32) -> Vec<SentSegment> {
    let line = format!("CHG {number} NLN 1073791084 {PICTURE}");
    vec![c(&line), s(&line)]
}

fn ring(number: u32) -> Vec<SentSegment> {
    let ring = format!("RNG {number} 198.51.100.9:1863 CKI 1.{number} bob@example.net Bob");
    vec![s(&ring)]
}

fn packet(number: u32) -> Vec<SentSegment> {
    let packet = V1 {
        session: 7,
        id: 700,
        offset: 1202 * u64::from(number),
        total: 1 << 30,
        flags: 0x0100_0030,
        data: &[9; 1202],
        ..V1::default()
    };
    vec![
        to_bob(number, &packet.with_footer(2)),
        s(&format!("ACK {number}")),
    ]
}

fn personal_message(_: u32) -> Vec<SentSegment> {
    let message = "<Data><PSM>at home</PSM><CurrentMedia></CurrentMedia></Data>";
    vec![s_with("UBX bob@example.net", message)]
}

const MSN: &[Row] = &[
    row("PNG and QNG", |_| vec![c("PNG"), s("QNG 50")], &[0, 0]),
    row("CHG and its answer", change, &[0, 0]),
    row("CHG with a picture", with_picture, &[2, 2]),
    row(
        "NLN",
        |_| vec![s("NLN NLN bob@example.net Bob 1073791084 0")],
        &[0],
    ),
    row("FLN", |_| vec![s("FLN bob@example.net")], &[0]),
    row("UBX", personal_message, &[3]),
    row("RNG", ring, &[17]),
    row(
        "MSG of the client",
        |number| vec![c_with(&format!("MSG {number} N"), text("hello"))],
        &[2],
    ),
    row(
        "MSG of the server",
        |_| vec![s_with("MSG bob@example.net Bob", text("hello"))],
        &[2],
    ),
    row(
        "typing",
        |_| vec![s_with("MSG bob@example.net Bob", typing("bob@example.net"))],
        &[4],
    ),
    row("a packet of a file and its ACK", packet, &[7, 0]),
];

/// Frames of QQ are sent as datagrams.
const QQ: &[Row] = &[
    row(
        "keep-alive of QQ2006",
        |number| {
            let qq = Client::new(0x0f5f, 0);
            let request = qq.classic(0x0002, number as u16, &[], 24);
            let reply = qq.classic_reply(0x0100, 0x0002, number as u16, 32);
            vec![(Side::Client, request), (Side::Server, reply)]
        },
        &[0, 0],
    ),
    row(
        "keep-alive of QQ2013",
        |number| {
            let qq = Client::new(0x3420, 0x66a7);
            let request = qq.long(2, 0x0058, number as u16, &[], 24);
            vec![
                (Side::Client, request),
                (Side::Server, qq.reply(0x0058, number as u16, 40)),
            ]
        },
        &[0, 0],
    ),
    row(
        "message of QQ2013",
        |number| {
            let qq = Client::new(0x3420, 0x66a7);
            let request = qq.long(2, 0x00cd, number as u16, &[], 120);
            vec![
                (Side::Client, request),
                (Side::Server, qq.reply(0x00cd, number as u16, 16)),
            ]
        },
        &[0, 0],
    ),
];

fn msn(row: &Row) -> Capture {
    let mut capture = Capture::new();
    let tcp = capture.connect(client(10, 1025), msn_server(2, 1863));
    for (side, bytes) in [
        (Side::Client, line("VER 1 MSNP12 CVR0")),
        (Side::Server, line("VER 1 MSNP12")),
    ] {
        capture.send(tcp, side, &bytes);
    }
    for number in 0..TIMES {
        for (side, bytes) in (row.turns)(2 + number) {
            capture.send(tcp, side, &bytes);
        }
    }
    capture
}

fn qq(row: &Row) -> Capture {
    let mut capture = Capture::new();
    let (us, server) = (client(20, 4000), qq_server(8, 8000));
    for number in 0..TIMES {
        for (side, bytes) in (row.turns)(2 + number) {
            match side {
                Side::Client => capture.udp(us, server, &bytes),
                Side::Server => capture.udp(server, us, &bytes),
            };
        }
    }
    capture
}

/// Allocations for each of the PDUs of a row.
fn count(row: &Row, capture: &Capture) -> Vec<u64> {
    let replay = Replay::of(capture);
    let mut state = replay.state();
    let kinds = row.allocations.len();
    let half = replay.calls.len() - kinds * TIMES as usize / 2;
    for number in 0..half {
        drop(replay.call(number, &mut state, Detail::Columns));
    }
    let mut counts = vec![0; kinds];
    for number in half..replay.calls.len() {
        let counted = allocation_counter::measure(|| {
            drop(replay.call(number, &mut state, Detail::Columns));
        });
        counts[(number - half) % kinds] += counted.count_total;
    }
    // The remainder is what tables take that grow, or that forget what is old.
    counts
        .iter()
        .map(|count| count / u64::from(TIMES / 2))
        .collect()
}

#[test]
fn each_pdu_allocates_no_more_than_it_did() {
    let msn = MSN.iter().map(|row| (row, msn(row)));
    let qq = QQ.iter().map(|row| (row, qq(row)));
    let mut exceeded = Vec::new();
    for (row, capture) in msn.chain(qq) {
        let counts = count(row, &capture);
        let text = format!("{}: {counts:?}, at most {:?}", row.name, row.allocations);
        println!("{text}");
        if (counts.iter().zip(row.allocations)).any(|(count, most)| count > most) {
            exceeded.push(text);
        }
    }
    assert!(exceeded.is_empty(), "{}", exceeded.join("\n"));
}
