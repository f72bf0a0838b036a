//! Inputs made of the samples of the main crate's tests, whose accounts are all invented.

use std::collections::{BTreeMap, BTreeSet};

use imshark::msn::msnp::wire::pdu;
use imshark::oicq::fields::Field as Qq;
use imshark::oicq::wire::client_table::CLIENTS;
use imshark::oicq::wire::commands::table::COMMANDS;
use imshark::oicq::wire::direction::Direction;
use imshark::oicq::wire::frame::frame;
use imshark::oicq::wire::prefix::BodyPart;
use imshark::packet::{Detail, Packet, Transport};
use imshark::plan::{Plan, Value};
use imshark::span::Span;
use imshark_fuzz::TARGETS;
use memchr::memmem;

use test_support::samples::host::{DissectorId, Host};
use test_support::samples::SAMPLES;

#[path = "captures.rs"]
mod captures;
#[path = "streams.rs"]
mod streams;

/// Inputs of each target.
#[derive(Debug, Default)]
pub struct Seeds(BTreeMap<&'static str, BTreeSet<Vec<u8>>>);

impl Seeds {
    /// The inputs of a target.
    pub fn of(&self, target: &str) -> impl Iterator<Item = &Vec<u8>> {
        self.0.get(target).into_iter().flatten()
    }

    /// Adds an input, cut to what its target takes.
    fn add(&mut self, target: &'static str, parts: &[&[u8]]) {
        let row = TARGETS.iter().find(|row| row.0 == target);
        let longest = row.expect("a target").2;
        let mut input = parts.concat();
        input.truncate(longest);
        self.0.entry(target).or_default().insert(input);
    }
}

/// The inputs of all targets.
pub fn seeds() -> Seeds {
    let mut seeds = Seeds::default();
    for (_, build) in SAMPLES {
        let capture = build();
        let host = Host::open(&capture, true);
        for (call, plan) in host.calls.iter().zip(&host.plans) {
            let packet = call.packet(true, Detail::Tree);
            match call.which {
                DissectorId::Msn => of_msn(&packet, &mut seeds),
                DissectorId::Oicq => of_qq(&packet, plan, &mut seeds),
                DissectorId::P2pDirect => {
                    for cut in [2, 7] {
                        seeds.add("p2p", &[&[2, cut], packet.bytes]);
                        seeds.add("p2p", &[&[3, cut], packet.bytes]);
                    }
                }
                DissectorId::Msnftp => {
                    for cut in [1, 3] {
                        seeds.add("msnftp", &[&[cut], packet.bytes]);
                    }
                    seeds.add("secrets", &[&[3], packet.bytes]);
                }
            }
            let which = call.which as u8;
            seeds.add("recognition", &[&[which, 1, 2], packet.bytes]);
            seeds.add("recognition", &[&[which | 4, 0x10, 9], packet.bytes]);
        }
        captures::conversations(&host, &mut seeds);
        captures::interleaved(&host, &mut seeds);
        let keylog = capture.secrets.keylog.as_bytes();
        seeds.add("keys", &[&[2], keylog]);
        for (_, _, value) in &capture.secrets.rows {
            seeds.add("keys", &[&[0], value.as_bytes()]);
            seeds.add("keys", &[&[1], value.as_bytes()]);
        }
    }
    streams::add(&mut seeds);
    fixed(&mut seeds);
    seeds
}

fn of_msn(packet: &Packet<'_>, seeds: &mut Seeds) {
    let bytes = packet.bytes;
    match packet.transport {
        Transport::Http | Transport::HttpMessages => {
            seeds.add("gateway", &[&[70], packet.heading, bytes]);
            for cut in [1, 140] {
                seeds.add("http", &[&[cut], packet.heading, bytes]);
            }
            seeds.add("passport", &[packet.heading, bytes]);
        }
        _ => {}
    }
    let from = if packet.from_lower { 2 } else { 4 };
    for cut in [1, 3] {
        seeds.add("lines", &[&[21, from, cut], bytes]);
    }
    let carrier = match packet.transport {
        Transport::HttpMessages => 1,
        Transport::Http => 2,
        _ => 0,
    };
    seeds.add("secrets", &[&[carrier], packet.heading, bytes]);
    let mut at = 0;
    while let Ok(found) = pdu::head(bytes, at) {
        at = found.end();
        for word in found
            .line
            .parameters(bytes)
            .filter(|word| word.value.len() > 8)
        {
            seeds.add("objects", &[word.value]);
        }
        if let Some(payload) = found.payload {
            of_payload(payload.span.of(bytes), seeds);
        }
    }
}

fn of_payload(payload: &[u8], seeds: &mut Seeds) {
    seeds.add("mime", &[&[0], payload]);
    for which in 0..4 {
        seeds.add("payloads", &[&[which], payload]);
    }
    if let Some(at) = payload.iter().position(|byte| *byte == b'<') {
        seeds.add("xml", &[&payload[at..]]);
        seeds.add("hand_offs", &[&[3], &payload[at..]]);
        seeds.add("objects", &[&payload[at..]]);
    }
    if let Some(end) = memmem::find(payload, b"\r\n\r\n") {
        let body = &payload[end + 4..];
        seeds.add("payloads", &[&[1], body]);
        for at in memmem::find_iter(body, b"MSNSLP/1.0").chain(memmem::find_iter(body, b"INVITE")) {
            seeds.add("slp", &[&[0], &body[at..]]);
        }
        if memmem::find(payload, b"p2p").is_some() {
            seeds.add("p2p", &[&[0, 9], body]);
            seeds.add("p2p", &[&[1, 9], body]);
        }
        for line in body
            .split(|byte| *byte == b'\n')
            .filter(|line| line.len() > 20)
        {
            let value = line.splitn(2, |byte| *byte == b':').last().unwrap_or(line);
            let value = value.trim_ascii();
            seeds.add("slp", &[&[2], value]);
            if let Some(bytes) = imshark::msn::slp::wire::context::bytes(value) {
                (0..4).for_each(|purpose| seeds.add("slp", &[&[3, purpose], &bytes]));
            }
        }
    }
}

fn of_qq(packet: &Packet<'_>, plan: &Plan<'_>, seeds: &mut Seeds) {
    let frame = match packet.transport {
        Transport::Tcp => packet.bytes.get(2..).unwrap_or_default(),
        _ => packet.bytes,
    };
    for hint in 0..3 {
        seeds.add("frames", &[&[hint], frame]);
    }
    let carrier = match packet.transport {
        Transport::Tcp => 5,
        _ => 4,
    };
    seeds.add("secrets", &[&[carrier], packet.bytes]);
    let number = |field: Qq| {
        let mut items = plan.items().iter();
        let item = items.find(|item| item.field == field.into())?;
        match item.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    };
    let (Some(command), Some(version)) = (number(Qq::Command), number(Qq::Version)) else {
        return;
    };
    let command = COMMANDS
        .iter()
        .position(|row| u64::from(row.code) == command);
    let client = CLIENTS
        .rows()
        .iter()
        .position(|row| u64::from(row.0) == version);
    let byte = |number: usize| u8::try_from(number).expect("a byte chooses it");
    let clear = before_ciphertext(frame);
    let command = byte(command.unwrap_or(0));
    for source in plan.sources().iter().filter(|source| source.decrypted) {
        for client in [client.unwrap_or(0), CLIENTS.rows().len() - 4] {
            for which in 0..2 {
                let head = [command, byte(client), which];
                seeds.add("bodies", &[&head, &source.bytes]);
                for clear in [&[0], &clear[..]] {
                    seeds.add("sealed", &[&head, clear, &source.bytes]);
                    seeds.add("secrets", &[&[0x80], &head, clear, &source.bytes]);
                }
            }
        }
        for layer in [4, 8] {
            seeds.add("bodies", &[&[command, 30, layer], &source.bytes]);
        }
    }
    seeds.add("tea", &[&[0x73; 16], frame]);
}

/// What is between the header of a frame and its ciphertext, as `sealed` reads it.
fn before_ciphertext(bytes: &[u8]) -> Vec<u8> {
    let whole = Span::new(0, bytes.len());
    let Ok(frame) = frame(bytes, whole, Direction::Unknown) else {
        return vec![0];
    };
    let parts = frame
        .body
        .iter()
        .take_while(|(part, _)| *part != BodyPart::Ciphertext);
    let clear: Vec<u8> = parts
        .flat_map(|(_, span)| span.of(bytes))
        .copied()
        .collect();
    let block = frame.block.map_or(0, |block| {
        u8::from(block.kind.value == 3) << 6 | u8::from(block.flag.value == 1) << 7
    });
    match u8::try_from(clear.len()) {
        Ok(len @ ..0x40) => [vec![block | len], clear].concat(),
        _ => vec![block],
    }
}

/// Inputs that no sample has.
fn fixed(seeds: &mut Seeds) {
    let request = b"CONNECT 203.0.113.8:443 HTTP/1.1\r\n\r\n";
    let reply = b"HTTP/1.1 200 Connection established\r\n\r\n";
    // A keep-alive: docs/protocol/oicq.md §10.2, G06.
    let frame = b"\0\x26\x02\x0f\x5f\0\x02\x1a\x03\0\xbc\x61\x4e\xd6\xe5\xfc\xee\x8b\xe2\xb7\x9d\
        \x2a\xa7\x22\x70\xcb\x65\x7d\x70\x9f\xb4\xd2\x64\xf2\x60\xce\x5f\x03";
    seeds.add(
        "tunnels",
        &[
            &[73, b'C'][..1],
            request,
            &[2 * 39],
            reply,
            &[2 * 38 + 1],
            frame,
        ],
    );
    seeds.add("tunnels", &[&[2 * 38 + 1], frame]);
    // A setup in more segments than one may have.
    let segment = [&[2 * 8][..], b"CONNECT "].concat();
    seeds.add("tunnels", &[&segment.repeat(20)]);
    for (which, bytes) in [
        (0, &b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"[..]),
        (0, b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x08\x02D"),
        (1, b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9"),
        (2, b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\0\0\0\0\0\0\0\0IEND\0\0\0\0"),
        (4, b"INVITE sip:a@example.com SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.1\r\nContent-Length: 0\r\n\r\n"),
        (5, b"\x80\x60\0\x01\0\0\0\x01\0\0\0\x02data"),
        (6, b"\x80\xc9\0\x01\0\0\0\x01\x81\xca\0\x02\0\0\0\x01\x01\x01a\0"),
    ] {
        seeds.add("hand_offs", &[&[which], bytes]);
    }
    for (command, value) in [(0, &b"\x08\x04\0\x02\x0e\x10"[..]), (1, b"\x0e\x02\0\x03")] {
        for kind in 0..51 {
            let head = [command, 0, 0, kind, value.len() as u8];
            seeds.add("tlvs", &[&head, value]);
            seeds.add("tlvs", &[&[command, 1, 1, 0, kind, 20], &[1; 20]]);
        }
    }
    let challenge = b"22210219642164014968";
    for product in [0, 1, 3, 0xff] {
        for dialect in [9, 11] {
            seeds.add("challenges", &[&[product, dialect, 5], challenge]);
        }
    }
    seeds.add("challenges", &[&[0xff, 11, 0], b"PROD0061VRRZH@4F"]);
    let announced: Vec<u8> = (0..=255).flat_map(|id| [id, 0xff, 0]).collect();
    seeds.add("payloads", &[&[2], &announced]);
    seeds.add("tea", &[&[7; 16], b"plaintext"]);
    seeds.add(
        "objects",
        &[b"alice@example.com;{0000000a-0000-0000-0000-00000000000a}"],
    );
    seeds.add("objects", &[b"{0000000a-0000-0000-0000-00000000000a}"]);
}
