//! Rates of the decoders: lines and payloads of MSN, headers of QQ, and trials of its keys.
//!
//! `cargo bench -p imshark-benches --bench decoders`

#![allow(unreachable_pub)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput};

use imshark::msn::common::{mime, msnobj, percent};
use imshark::msn::msnftp::wire::block;
use imshark::msn::msnp::wire::{line, pdu};
use imshark::msn::p2p::wire::v1;
use imshark::msn::slp::wire::message;
use imshark::oicq::crypto::key_batch::{portable_residues, KeyBatch, LANES};
use imshark::oicq::crypto::keys::Key;
use imshark::oicq::crypto::tea;
use imshark::oicq::wire::direction::Direction;
use imshark::oicq::wire::frame;
use imshark::span::Span;

use test_support::qq_tea;
use test_support::samples::lines::{profile, text, with, PICTURE};
use test_support::samples::oicq_frames::Client;
use test_support::samples::p2p_packets::{slp, V1};

/// Bytes of each stream of lines: more than the first cache of a processor.
const STREAM: usize = 256 << 10;
/// Ciphertext lengths of a keep-alive, a message, a login and the longest frame seen.
const CIPHERTEXTS: [usize; 4] = [16, 120, 544, 1296];

/// Lines with pictures and tickets, of 350 to 750 bytes.
fn long_lines() -> Vec<u8> {
    let name = "%E2%98%85".repeat(20);
    let ticket = "INVENTED".repeat(80);
    let lines = [
        format!("NLN NLN bob@example.net {name} 1342472230 {PICTURE}\r\n"),
        format!("USR 4 TWN S t={ticket}&p=INVENTED\r\n"),
        format!("ILN 9 AWY carol@example.org {name} 1342472230 {PICTURE}\r\n"),
    ];
    lines.concat().into_bytes()
}

/// Lines of 5 to 60 bytes.
fn short_lines() -> Vec<u8> {
    let lines = [
        "PNG\r\n",
        "QNG 50\r\n",
        "CHG 9 NLN 1073791084\r\n",
        "FLN bob@example.net\r\n",
        "ACK 17\r\n",
        "JOI bob@example.net Bob 1342472230\r\n",
        "NLN BSY carol@example.org Carol 1073791084 0\r\n",
        "USR 1 OK alice@example.com Alice\r\n",
    ];
    lines.concat().into_bytes()
}

fn repeated(lines: &[u8]) -> Vec<u8> {
    lines.repeat(STREAM / lines.len())
}

/// Calls `decode` at the beginning of each part of `data`; it returns the end.
fn walk(data: &[u8], decode: impl Fn(&[u8], usize) -> usize) {
    let data = black_box(data);
    let mut at = 0;
    while at < data.len() {
        at = decode(data, at);
    }
}

fn msn_lines(c: &mut Criterion) {
    let mut group = c.benchmark_group("msn lines");
    for (name, lines) in [("long", long_lines()), ("short", short_lines())] {
        let data = repeated(&lines);
        group.throughput(Throughput::Bytes(data.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| {
                walk(&data, |data, at| {
                    black_box(line::line(data, at)).expect("a line").end
                })
            });
        });
        // As above, with the command's row, transaction ID, and payload.
        group.bench_function(format!("{name}, as PDUs"), |b| {
            b.iter(|| {
                walk(&data, |data, at| {
                    black_box(pdu::head(data, at)).expect("a PDU").end()
                })
            });
        });
    }
    group.finish();
}

fn msn_payloads(c: &mut Criterion) {
    let mut group = c.benchmark_group("msn payloads");
    let mut bench = |name, data: &[u8], decode: fn(&[u8])| {
        group.throughput(Throughput::Bytes(data.len() as u64));
        group.bench_function(name, |b| b.iter(|| decode(black_box(data))));
    };
    bench("MSG, as PDU", &with("MSG 9 N", text("hello")), |data| {
        black_box(pdu::head(data, 0)).expect("a PDU");
    });
    bench("MIME of a message", text("hello").as_bytes(), |data| {
        black_box(mime::headers(data, 0));
    });
    let profile = profile("alice@example.com", true);
    bench("MIME of a profile", profile.as_bytes(), |data| {
        black_box(mime::headers(data, 0));
    });
    bench("msnobj", PICTURE.as_bytes(), |data| {
        black_box(msnobj::find_encoded(data, Span::new(0, data.len()))).expect("an object");
    });
    bench(
        "display name",
        "%5Bb%5DBob%5B/b%5D%20(%C3%A9)".as_bytes(),
        |data| {
            black_box(percent::text(data));
        },
    );
    let contacts: String = (0..150)
        .map(|number| format!("<c n=\"contact{number}\" l=\"3\" t=\"1\"/>"))
        .collect();
    let list = format!("<ml l=\"1\"><d n=\"example.net\">{contacts}</d></ml>");
    bench("XML of a contact list", list.as_bytes(), |data| {
        let source = imshark::xml::source(data).expect("a text");
        black_box(source.parse()).expect("a document");
    });
    let start = "INVITE MSNMSGR:bob@example.net MSNSLP/1.0";
    let body = "SessionID: 2000\r\nAppID: 2\r\n\r\n";
    bench(
        "SLP",
        &slp(start, 1, 0, 1, "sessionreqbody", body),
        |data| {
            black_box(message::message(data)).expect("a message");
        },
    );
    let packet = V1 {
        session: 1,
        data: &[7; 1202],
        ..V1::default()
    };
    bench("P2P header", &packet.bytes()[..48], |data| {
        black_box(v1::header(data)).expect("a header");
    });
    bench("MSNFTP block header", &[0, 0xfd, 0x07], |data| {
        black_box(block::block(data, 0)).expect("a block");
    });
    group.finish();
}

fn qq_headers(c: &mut Criterion) {
    let mut group = c.benchmark_group("qq headers");
    let (old, new) = (Client::new(0x0f5f, 0), Client::new(0x3420, 0x66a7));
    for (name, frames) in [
        (
            "classic",
            [
                old.classic(0x0016, 7, &[], 88),
                old.classic_reply(0x0100, 0x0016, 7, 16),
            ],
        ),
        (
            "long",
            [new.long(2, 0x00cd, 7, &[], 120), new.reply(0x00cd, 7, 16)],
        ),
    ] {
        group.throughput(Throughput::Elements(frames.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| {
                for (bytes, direction) in frames
                    .iter()
                    .zip([Direction::ToServer, Direction::ToClient])
                {
                    let span = Span::new(0, bytes.len());
                    black_box(frame::frame(black_box(bytes), span, direction)).expect("a frame");
                }
            });
        });
    }
    group.finish();
}

fn qq_trials(c: &mut Criterion) {
    let mut group = c.benchmark_group("qq trials");
    let right = Key::new(*b"0123456789abcdef");
    let wrong: [Key; LANES] = core::array::from_fn(|lane| Key::new([lane as u8; 16]));
    for length in CIPHERTEXTS {
        let ciphertext = qq_tea::encrypt(right.bytes(), &vec![0x55; length - 10]);
        assert_eq!(ciphertext.len(), length);
        let mut plaintext = Vec::new();
        group.throughput(Throughput::Elements(1));
        for (name, key) in [("a wrong key", &wrong[0]), ("the right key", &right)] {
            group.bench_function(format!("{length} bytes, {name}"), |b| {
                b.iter(|| tea::decrypt(black_box(key), black_box(&ciphertext), &mut plaintext));
            });
        }
        group.throughput(Throughput::Elements(LANES as u64));
        group.bench_function(format!("{length} bytes, {LANES} keys at a time"), |b| {
            b.iter(|| {
                let batch = KeyBatch::new(black_box(wrong));
                batch
                    .passing(black_box(&ciphertext), portable_residues)
                    .count()
            });
        });
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args();
    msn_lines(&mut criterion);
    msn_payloads(&mut criterion);
    qq_headers(&mut criterion);
    qq_trials(&mut criterion);
    criterion.final_summary();
}
