//! A file over MSNFTP, a switchboard, and a direct connection.

use std::net::Ipv4Addr;

use super::{content, Fate, Transfers};
use crate::capture::{Side, Tcp};
use crate::random::SplitMix64;
use crate::samples::lines::{line, mime, with};
use crate::samples::p2p_packets::{
    base64, file_in_v1, file_in_v2, framed, handshake, preview, slp, to_alice, to_bob, V1,
};

const FILE: &str = "EUF-GUID: {5D3E02AB-6190-11D3-BBBB-00C04F795683}";
const NONCE: &str = "{33221100-5544-7766-8899-AABBCCDDEEFF}";
const NONCE_BYTES: [u8; 16] = [
    0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff,
];

impl Transfers {
    /// A switchboard of Alice, on which Bob is present.
    pub(super) fn chat(&mut self) -> Tcp {
        let ends = (
            (self.client(), 2000),
            (Ipv4Addr::new(198, 51, 100, 3), 1863),
        );
        let tcp = self.capture.connect(ends.0, ends.1);
        let session = 11_752_000 + u32::from(self.host);
        let turns = [
            (Side::Client, "USR 1 alice@example.com 1.2.3".to_owned()),
            (Side::Server, "USR 1 OK alice@example.com Alice".to_owned()),
            (Side::Client, "CAL 2 bob@example.net".to_owned()),
            (Side::Server, format!("CAL 2 RINGING {session}")),
            (Side::Server, "JOI bob@example.net Bob 268435500".to_owned()),
        ];
        for (side, text) in turns {
            self.capture.send(tcp, side, &line(&text));
        }
        tcp
    }

    /// Alice invites Bob to receive a file. All sessions have the same number.
    pub(super) fn invite(&mut self, tcp: Tcp, name: &str, size: usize) {
        let context = base64(&preview(name, size as u64, &[]));
        let body = format!("{FILE}\r\nSessionID: 2000\r\nAppID: 2\r\nContext: {context}\r\n\r\n");
        let start = "INVITE MSNMSGR:bob@example.net MSNSLP/1.0";
        let message = slp(start, self.host, 0, self.host, "sessionreqbody", &body);
        for (index, piece) in message.chunks(1202).enumerate() {
            let packet = V1 {
                id: 700,
                offset: 1202 * index as u64,
                total: message.len() as u64,
                data: piece,
                ..V1::default()
            };
            let (_, bytes) = to_bob(3, &packet.with_footer(0));
            self.capture.send(tcp, Side::Client, &bytes);
        }
    }

    pub(super) fn msnftp(&mut self, random: &mut SplitMix64) {
        let bytes = content(random);
        let tcp = self.chat();
        let size = bytes.len();
        let invitation = |body: &str| {
            let message = mime("text/x-msmsgsinvite; charset=UTF-8", &[], body);
            with("MSG bob@example.net Bob", message)
        };
        let offer = invitation(&format!(
            "Application-Name: File Transfer\r\n\
            Application-GUID: {{5D3E02AB-6190-11d3-BBBB-00C04F795683}}\r\n\
            Invitation-Command: INVITE\r\nInvitation-Cookie: 33267\r\n\
            Application-File: ftp.bin\r\nApplication-FileSize: {size}\r\n\r\n"
        ));
        let place = invitation(
            "Invitation-Command: ACCEPT\r\nInvitation-Cookie: 33267\r\nIP-Address: 192.0.2.30\r\n\
            Port: 6891\r\nAuthCookie: 123456\r\n\r\n",
        );
        self.capture.send(tcp, Side::Server, &offer);
        self.capture.send(tcp, Side::Server, &place);
        let ends = ((self.client(), 3000), (Ipv4Addr::new(192, 0, 2, 30), 6891));
        let tcp = self.capture.connect(ends.0, ends.1);
        for (side, text) in [
            (Side::Client, "VER MSNFTP".to_owned()),
            (Side::Server, "VER MSNFTP".to_owned()),
            (Side::Client, "USR alice@example.com 123456".to_owned()),
            (Side::Server, format!("FIL {size}")),
            (Side::Client, "TFR".to_owned()),
        ] {
            self.capture.send(tcp, side, &line(&text));
        }
        let mut blocks = Vec::new();
        for data in bytes.chunks(2045) {
            blocks.push(0);
            blocks.extend((data.len() as u16).to_le_bytes());
            blocks.extend(data);
        }
        let start = self.capture.frames.len();
        self.stream(random, tcp, Side::Server, &blocks);
        self.is_sent("ftp.bin", bytes, start);
        self.capture.send(tcp, Side::Server, &[1, 0, 0]);
        self.capture.send(tcp, Side::Client, &line("BYE 16777989"));
        self.capture.close(tcp);
    }

    pub(super) fn switchboard(
        &mut self,
        random: &mut SplitMix64,
        fate: Fate,
        name: &'static str,
        packets: fn(&[u8]) -> Vec<Vec<u8>>,
    ) {
        let bytes = content(random);
        let tcp = self.chat();
        self.invite(tcp, name, bytes.len());
        let packets = packets(&bytes);
        let messages = packets.iter().map(|packet| {
            let footer = 2_u32.to_be_bytes();
            to_bob(4, &[&packet[..], &footer].concat()).1
        });
        let messages = fate.of(messages.collect(), random).concat();
        let start = self.capture.frames.len();
        self.stream(random, tcp, Side::Client, &messages);
        self.is_sent(name, bytes, start);
        self.capture.send(tcp, Side::Client, &line("OUT"));
        self.capture.close(tcp);
    }

    /// A file over a direct connection, of which the first packets go over the switchboard.
    pub(super) fn direct(
        &mut self,
        random: &mut SplitMix64,
        fate: Fate,
        name: &'static str,
        half: usize,
    ) {
        let bytes = content(random);
        let chat = self.chat();
        self.invite(chat, name, bytes.len());
        let server = Ipv4Addr::new(192, 0, 2, 20 + self.host);
        let body = format!(
            "Bridge: TCPv1\r\nListening: true\r\nNonce: {NONCE}\r\n\
            IPv4Internal-Addrs: {server}\r\nIPv4Internal-Port: 1100\r\nSessionID: 2000\r\n\r\n"
        );
        let reply = slp(
            "MSNSLP/1.0 200 OK",
            self.host,
            1,
            self.host,
            "transrespbody",
            &body,
        );
        let reply = V1 {
            id: 8000,
            data: &reply,
            ..V1::default()
        };
        let (side, reply) = to_alice(&reply.with_footer(0));
        self.capture.send(chat, side, &reply);
        let client = self.client();
        let tcp = self.capture.connect((client, 1500), (server, 1100));
        let handshake = handshake(732, NONCE_BYTES);
        let hello = [framed(b"foo\0"), framed(&handshake)].concat();
        self.capture.send(tcp, Side::Client, &hello);
        self.capture.send(tcp, Side::Server, &framed(&handshake));
        let packets = v1(&bytes).into_iter().enumerate();
        let packets = fate.of(packets.collect(), random);
        let start = self.capture.frames.len();
        for (number, packet) in packets {
            let footer = 2_u32.to_be_bytes();
            if number < half {
                let (side, message) = to_bob(5, &[&packet[..], &footer].concat());
                self.capture.send(chat, side, &message);
            } else {
                self.stream(random, tcp, Side::Client, &framed(&packet));
            }
        }
        self.is_sent(name, bytes, start);
        self.capture.send(tcp, Side::Client, &framed(b""));
        self.capture.close(tcp);
    }
}

/// Bytes of a file in one packet.
const CHUNK: usize = 1202;

/// The packets of version 1. All files have the same numbers.
pub(super) fn v1(bytes: &[u8]) -> Vec<Vec<u8>> {
    file_in_v1(2000, bytes, CHUNK)
}

/// The packets of version 2.
pub(super) fn v2(bytes: &[u8]) -> Vec<Vec<u8>> {
    file_in_v2(2000, bytes, CHUNK)
}
