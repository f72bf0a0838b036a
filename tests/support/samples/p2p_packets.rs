//! MSNP2P packets and MSNSLP messages, as clients build them.

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;

use super::lines::{with, SentSegment};
use crate::capture::Side;

/// A picture of two by two pixels.
pub const PNG: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x02\x00\x00\
    \x00\x02\x08\x00\x00\x00\x00W\xddR\xf8\x00\x00\x00\x0cIDATx\x9cc`\xf8\x0f\x84\x00\
    \x06\x00\x01\xff\x93\xd1\xe4\x89\x00\x00\x00\x00IEND\xaeB`\x82";

/// The endpoint GUIDs of Alice and Bob.
pub const ALICE: &str = "{7edf9d24-7e98-4720-9f05-74c3abaa0770}";
pub const BOB: &str = "{d9fd161b-d4d8-4ca7-8a68-c70feb39a330}";

/// A packet of version 1. `ack` is identifier, unique id and size of the acknowledged packet.
#[derive(Debug, Default, Clone, Copy)]
pub struct V1<'a> {
    pub session: u32,
    pub id: u32,
    pub offset: u64,
    /// 0 means the length of the data.
    pub total: u64,
    pub flags: u32,
    pub ack: (u32, u32, u64),
    pub data: &'a [u8],
}

impl V1<'_> {
    /// The packet over a direct connection.
    pub fn bytes(&self) -> Vec<u8> {
        let total = match self.total {
            0 => self.data.len() as u64,
            total => total,
        };
        let mut bytes = Vec::new();
        bytes.extend(self.session.to_le_bytes());
        bytes.extend(self.id.to_le_bytes());
        bytes.extend(self.offset.to_le_bytes());
        bytes.extend(total.to_le_bytes());
        bytes.extend((self.data.len() as u32).to_le_bytes());
        bytes.extend(self.flags.to_le_bytes());
        bytes.extend(self.ack.0.to_le_bytes());
        bytes.extend(self.ack.1.to_le_bytes());
        bytes.extend(self.ack.2.to_le_bytes());
        bytes.extend(self.data);
        bytes
    }

    /// The packet over a switchboard.
    pub fn with_footer(&self, application: u32) -> Vec<u8> {
        [self.bytes(), application.to_be_bytes().to_vec()].concat()
    }

    /// The acknowledgement of this packet.
    pub fn acknowledged(&self, id: u32, flags: u32) -> V1<'static> {
        V1 {
            session: self.session,
            id,
            total: self.total.max(self.data.len() as u64),
            flags,
            ack: (self.id, self.ack.0, self.total.max(self.data.len() as u64)),
            ..V1::default()
        }
    }
}

/// A packet of version 2. Each TLV is a type and a value.
#[derive(Debug, Default, Clone, Copy)]
pub struct V2<'a> {
    pub operation: u8,
    pub sequence: u32,
    pub tlvs: &'a [(u8, &'a [u8])],
    /// TF, package, session, remaining bytes or 0, data.
    pub data: Option<(u8, u16, u32, u64, &'a [u8])>,
}

impl V2<'_> {
    /// The packet over a direct connection.
    pub fn bytes(&self) -> Vec<u8> {
        let mut tlvs = Vec::new();
        for (kind, value) in self.tlvs {
            tlvs.extend([*kind, value.len() as u8]);
            tlvs.extend(*value);
        }
        tlvs.resize(tlvs.len().next_multiple_of(4), 0);
        let mut payload = Vec::new();
        if let Some((kind, package, session, remaining, data)) = self.data {
            payload.extend([if remaining == 0 { 8 } else { 20 }, kind]);
            payload.extend(package.to_be_bytes());
            payload.extend(session.to_be_bytes());
            if remaining > 0 {
                payload.extend([1, 8]);
                payload.extend(remaining.to_be_bytes());
                payload.extend([0, 0]);
            }
            payload.extend(data);
        }
        let mut bytes = vec![8 + tlvs.len() as u8, self.operation];
        bytes.extend((payload.len() as u16).to_be_bytes());
        bytes.extend(self.sequence.to_be_bytes());
        [bytes, tlvs, payload].concat()
    }

    /// The packet over a switchboard.
    pub fn with_footer(&self, application: u32) -> Vec<u8> {
        [self.bytes(), application.to_be_bytes().to_vec()].concat()
    }
}

/// A packet prefixed with its length.
pub fn framed(packet: &[u8]) -> Vec<u8> {
    [&(packet.len() as u32).to_le_bytes(), packet].concat()
}

/// An MSNSLP message: first line, number of the call, CSeq, branch, type, body.
pub fn slp(start: &str, call: u8, sequence: u32, branch: u8, kind: &str, body: &str) -> Vec<u8> {
    let (to, from) = match start.contains("bob") {
        true => ("bob@example.net", "alice@example.com"),
        false => ("alice@example.com", "bob@example.net"),
    };
    slp_between((to, from), start, call, sequence, branch, kind, body)
}

/// As `slp`, with the given accounts.
pub fn slp_between(
    (to, from): (&str, &str),
    start: &str,
    call: u8,
    sequence: u32,
    branch: u8,
    kind: &str,
    body: &str,
) -> Vec<u8> {
    let kind = match kind {
        "null" => kind.to_owned(),
        kind => format!("application/x-msnmsgr-{kind}"),
    };
    let length = body.len() + 1;
    format!(
        "{start}\r\nTo: <msnmsgr:{to}>\r\nFrom: <msnmsgr:{from}>\r\n\
        Via: MSNSLP/1.0/TLP ;branch={{000000{branch:02X}-0000-4000-8000-000000000000}}\r\n\
        CSeq: {sequence} \r\nCall-ID: {{000000{call:02X}-1111-4111-8111-111111111111}}\r\n\
        Max-Forwards: 0\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}\0"
    )
    .into_bytes()
}

/// Base64.
pub fn base64(data: &[u8]) -> String {
    STANDARD.encode(data)
}

/// The preview of a file, with or without a picture.
pub fn preview(name: &str, size: u64, picture: &[u8]) -> Vec<u8> {
    let mut data = 574_u32.to_le_bytes().to_vec();
    data.extend(2_u32.to_le_bytes());
    data.extend(size.to_le_bytes());
    data.extend(u32::from(picture.is_empty()).to_le_bytes());
    data.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    data.resize(574, 0);
    data.extend(picture);
    data
}

/// The payload of a MSG with a packet, with or without endpoints.
pub fn body(to: &str, from: Option<&str>, packet: &[u8]) -> Vec<u8> {
    let source = from.map_or(String::new(), |from| format!("P2P-Src: {from}\r\n"));
    let headers = format!(
        "MIME-Version: 1.0\r\nContent-Type: application/x-msnmsgrp2p\r\nP2P-Dest: {to}\r\n{source}\r\n"
    );
    [headers.as_bytes(), packet].concat()
}

/// Alice, the client, sends a packet to Bob.
pub fn to_bob(trid: u32, packet: &[u8]) -> SentSegment {
    let payload = body("bob@example.net", None, packet);
    (Side::Client, with(&format!("MSG {trid} D"), payload))
}

/// Bob sends a packet to Alice.
pub fn to_alice(packet: &[u8]) -> SentSegment {
    let payload = body("alice@example.com", None, packet);
    (Side::Server, with("MSG bob@example.net Bob", payload))
}

/// As `to_bob`, between endpoints.
pub fn to_bobs_endpoint(trid: u32, packet: &[u8]) -> SentSegment {
    let to = format!("bob@example.net;{BOB}");
    let from = format!("alice@example.com;{ALICE}");
    let payload = body(&to, Some(&from), packet);
    (Side::Client, with(&format!("MSG {trid} D"), payload))
}

/// As `to_alice`, between endpoints.
pub fn to_alices_endpoint(packet: &[u8]) -> SentSegment {
    let to = format!("alice@example.com;{ALICE}");
    let from = format!("bob@example.net;{BOB}");
    let payload = body(&to, Some(&from), packet);
    (Side::Server, with("MSG bob@example.net Bob", payload))
}

/// The handshake of version 1 on a direct connection, with this nonce.
pub fn handshake(id: u32, nonce: [u8; 16]) -> Vec<u8> {
    let mut handshake = V1 {
        id,
        flags: 0x100,
        ..V1::default()
    }
    .bytes();
    handshake.truncate(32);
    handshake.extend(nonce);
    handshake
}

/// Packets of version 1 with a file, over a direct connection.
pub fn file_in_v1(session: u32, file: &[u8], chunk: usize) -> Vec<Vec<u8>> {
    let pieces = file.chunks(chunk).enumerate();
    let packets = pieces.map(|(index, data)| {
        let packet = V1 {
            session,
            id: 733,
            offset: (chunk * index) as u64,
            total: file.len() as u64,
            flags: 0x0100_0030,
            ack: (801, 0, 0),
            data,
        };
        packet.bytes()
    });
    packets.collect()
}

/// The same of version 2.
pub fn file_in_v2(session: u32, file: &[u8], chunk: usize) -> Vec<Vec<u8>> {
    let mut sequence = 5000;
    let mut left = file.len();
    let pieces = file.chunks(chunk).enumerate();
    let packets = pieces.map(|(index, data)| {
        left -= data.len();
        let kind = if index == 0 { 7 } else { 6 };
        let packet = V2 {
            sequence,
            data: Some((kind, 9, session, left as u64, data)),
            ..V2::default()
        };
        sequence += data.len() as u32 + 20;
        packet.bytes()
    });
    packets.collect()
}
