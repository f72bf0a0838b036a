//! Files between users of MSN.

use super::{free_port, Site};
use crate::capture::{Capture, Side, Tcp, SEGMENT};
use crate::samples::lines::{c, line, play, s};
use crate::samples::p2p_packets::{
    base64, file_in_v1, framed, handshake, preview, slp, to_alice, to_bob, V1,
};

/// Bytes of a file in one packet over a switchboard.
const CHUNK: usize = 1202;
/// Bytes of a file in one block of MSNFTP.
const BLOCK: usize = 2045;
/// Size of each file: that of a photo.
const FILE: usize = 600_000;

/// One conversation after the other, in each of which Alice sends Bob a file.
pub fn p2p(site: Site, frames: usize) -> Capture {
    let mut capture = Capture::new();
    let mut random = site.random(17);
    for number in 0.. {
        let rest = frames.saturating_sub(capture.frames.len());
        if rest == 0 {
            break;
        }
        let tcp = capture.connect(site.client(number, 1863), site.server(number, 1863));
        play(
            &mut capture,
            tcp,
            [
                c("USR 1 alice@example.com 1000000100.20013021"),
                s("USR 1 OK alice@example.com Alice"),
                c("CAL 2 bob@example.net"),
                s(&format!("CAL 2 RINGING {}", 11_752_000 + number)),
                s("JOI bob@example.net Bob 1342472230"),
            ],
        );
        let mut transfer = Transfer {
            capture: &mut capture,
            tcp,
            trid: 2,
            session: 1000 + number as u32,
        };
        // Two frames a packet, so a short capture has a short file.
        let size = FILE.min((rest / 2).max(2) * CHUNK);
        transfer.play(&random.bytes(size));
    }
    capture
}

struct Transfer<'a> {
    capture: &'a mut Capture,
    tcp: Tcp,
    trid: u32,
    session: u32,
}

impl Transfer<'_> {
    fn play(&mut self, file: &[u8]) {
        let context = base64(&preview("photo.jpg", file.len() as u64, &[]));
        let session = self.session;
        let body = format!(
            "EUF-GUID: {{5D3E02AB-6190-11D3-BBBB-00C04F795683}}\r\nSessionID: {session}\r\n\
             AppID: 2\r\nContext: {context}\r\n\r\n"
        );
        let invite = "INVITE MSNMSGR:bob@example.net MSNSLP/1.0";
        let invite = slp(
            invite,
            session as u8,
            0,
            session as u8,
            "sessionreqbody",
            &body,
        );
        self.send(0, 700, 0, &invite, 0);
        let body = format!("SessionID: {session}\r\n\r\n");
        let accept = slp(
            "MSNSLP/1.0 200 OK",
            session as u8,
            1,
            session as u8,
            "sessionreqbody",
            &body,
        );
        let accept = V1 {
            id: 8_071_697,
            ack: (1234, 0, 0),
            data: &accept,
            ..V1::default()
        };
        let (side, bytes) = to_alice(&accept.with_footer(0));
        self.capture.send(self.tcp, side, &bytes);
        self.send(session, 701, 0x0100_0030, file, 2);
        let end = V1 {
            session,
            id: 8_071_698,
            total: file.len() as u64,
            flags: 2,
            ack: (701, 4242, file.len() as u64),
            ..V1::default()
        };
        let (side, bytes) = to_alice(&end.with_footer(0));
        self.capture.send(self.tcp, side, &bytes);
        play(self.capture, self.tcp, [s("BYE bob@example.net"), c("OUT")]);
        self.capture.close(self.tcp);
    }

    /// Sends a message of Alice in packets, each of which the server acknowledges.
    fn send(&mut self, session: u32, id: u32, flags: u32, message: &[u8], application: u32) {
        for (index, data) in message.chunks(CHUNK).enumerate() {
            let packet = V1 {
                session,
                id,
                offset: (CHUNK * index) as u64,
                total: message.len() as u64,
                flags,
                ack: (4242, 0, 0),
                data,
            };
            self.trid += 1;
            let (side, bytes) = to_bob(self.trid, &packet.with_footer(application));
            self.capture.send(self.tcp, side, &bytes);
            self.capture
                .send(self.tcp, Side::Server, &line(&format!("ACK {}", self.trid)));
        }
    }
}

/// Bytes of a file in one packet over a direct connection.
const DIRECT_CHUNK: usize = 1352;

/// One file after the other, each over a direct connection of its own.
pub fn p2p_direct(site: Site, frames: usize) -> Capture {
    let mut capture = Capture::new();
    let mut random = site.random(22);
    for number in 0.. {
        let rest = frames.saturating_sub(capture.frames.len());
        if rest == 0 {
            break;
        }
        // Two frames in three have data.
        let size = FILE.min(rest.max(2) * DIRECT_CHUNK / 2);
        let tcp = capture.connect(
            site.client(number, free_port(&mut random)),
            site.client(1_000_000 + number, free_port(&mut random)),
        );
        let nonce = handshake(732, [0x5a; 16]);
        let hello = [framed(b"foo\0"), framed(&nonce)].concat();
        capture.send(tcp, Side::Client, &hello);
        capture.send(tcp, Side::Server, &framed(&nonce));
        let packets = file_in_v1(1000 + number as u32, &random.bytes(size), DIRECT_CHUNK);
        let packets: Vec<u8> = packets.iter().flat_map(|packet| framed(packet)).collect();
        capture.send_acknowledged(tcp, Side::Client, &packets);
        capture.close(tcp);
    }
    capture
}

/// One file after the other, each on a connection of its own.
pub fn msnftp(site: Site, frames: usize) -> Capture {
    ftp(site, frames, true)
}

/// A file of the size of the capture, whose acknowledgements were not captured.
pub fn msnftp_one_side(site: Site, frames: usize) -> Capture {
    ftp(site, frames, false)
}

fn ftp(site: Site, frames: usize, is_acknowledged: bool) -> Capture {
    let mut capture = Capture::new();
    let mut random = site.random(18);
    for number in 0.. {
        let rest = frames.saturating_sub(capture.frames.len());
        if rest == 0 {
            break;
        }
        let size = match is_acknowledged {
            true => FILE.min(rest.max(2) * BLOCK / 2),
            false => rest * SEGMENT,
        };
        let tcp = capture.connect(
            site.client(number, 1200),
            site.client(1_000_000 + number, 6891),
        );
        play(
            &mut capture,
            tcp,
            [
                c("VER MSNFTP"),
                s("VER MSNFTP"),
                c("USR alice@example.com 123456"),
                s(&format!("FIL {size}")),
                c("TFR"),
            ],
        );
        let mut blocks = Vec::new();
        for data in random.bytes(size).chunks(BLOCK) {
            blocks.push(0);
            blocks.extend((data.len() as u16).to_le_bytes());
            blocks.extend(data);
        }
        match is_acknowledged {
            true => capture.send_acknowledged(tcp, Side::Server, &blocks),
            false => capture.send(tcp, Side::Server, &blocks),
        };
        capture.send(tcp, Side::Server, &[1, 0, 0]);
        play(&mut capture, tcp, [c("BYE 16777989")]);
        capture.close(tcp);
    }
    capture
}
