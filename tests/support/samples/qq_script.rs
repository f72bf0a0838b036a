//! QQ sessions with known keys: frames with given plaintexts.

use super::bytes::Bytes;
use super::{client, qq_server};
use crate::capture::Capture;
use crate::qq_tea::encrypt;

/// A key.
pub type Key = [u8; 16];

/// The account of all scripts; its password is `password`.
pub const UIN: u32 = 12_345_678;
pub const FRIEND: u32 = 23_456_789;
pub const OTHER: u32 = 34_567_890;
pub const GROUP: u32 = 45_678;
pub const GROUP_NUMBER: u32 = 56_789_012;
/// The session key of all scripts.
pub const SESSION: Key = *b"0123456789abcdef";
/// MD5 of the QQ number and the session key.
pub const TRANSFER: Key = [
    0x3d, 0x31, 0xa5, 0xaf, 0x0a, 0x48, 0xe3, 0x3d, 0xaf, 0xeb, 0x39, 0x84, 0x86, 0xfe, 0x05, 0x07,
];
/// MD5 of the password.
pub const PASSWORD: Key = [
    0x5f, 0x4d, 0xcc, 0x3b, 0x5a, 0xa7, 0x65, 0xd6, 0x1d, 0x83, 0x27, 0xde, 0xb8, 0x82, 0xcf, 0x99,
];
/// MD5 of MD5 of the password.
pub const TWICE: Key = [
    0x9b, 0xf4, 0xb3, 0x61, 0x1c, 0x53, 0x17, 0x6f, 0x5c, 0x64, 0x9a, 0xa4, 0xfc, 0x1f, 0xf6, 0xb2,
];
/// MD5 of MD5 of the password and the QQ number.
pub const SALTED: Key = [
    0x8a, 0xe5, 0x5b, 0x99, 0x47, 0xb4, 0xe0, 0x23, 0x27, 0x25, 0x70, 0x97, 0xe1, 0xf4, 0x24, 0xb6,
];
/// The unencrypted key in packets of all scripts.
pub const CLEAR: Key = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
/// The keys of clients and servers on the way to the session key.
pub const STEPS: [Key; 6] = [
    [b'a'; 16], [b'b'; 16], [b'c'; 16], [b'd'; 16], [b'e'; 16], [b'f'; 16],
];
/// 2006-11-11 12:00:00 UTC.
pub const TIME: u32 = 0x4555_bb40;

/// One frame.
#[derive(Debug, Clone)]
pub struct Step {
    pub up: bool,
    pub command: u16,
    pub sequence: u16,
    /// Unencrypted bytes before the ciphertext.
    pub clear: Vec<u8>,
    /// `None` if the body is not encrypted.
    pub key: Option<Key>,
    /// The key of a second encryption within the first.
    pub inner: Option<Key>,
    pub plain: Vec<u8>,
    /// The type of the client block.
    pub block: u8,
}

/// A session with one server.
#[derive(Debug, Clone)]
pub struct Script {
    pub version: u16,
    pub build: u16,
    /// The version in the server's frames.
    pub server: u16,
    /// The client's port.
    pub port: u16,
    pub steps: Vec<Step>,
    sequence: u16,
}

impl Script {
    pub fn new(version: u16, build: u16, port: u16) -> Self {
        let server = if version < 0x1100 { 0x0100 } else { version };
        Self {
            version,
            build,
            server,
            port,
            steps: Vec::new(),
            sequence: 0x1a00,
        }
    }

    fn push(&mut self, up: bool, command: u16, key: Option<Key>, plain: Bytes) -> &mut Step {
        let block = if matches!(command, 0x0300..=0x03ff) {
            4
        } else {
            2
        };
        self.steps.push(Step {
            up,
            command,
            sequence: self.sequence,
            clear: Vec::new(),
            key,
            inner: None,
            plain: plain.0,
            block,
        });
        self.steps.last_mut().expect("a step")
    }

    /// A request.
    pub fn up(&mut self, command: u16, key: Key, plain: Bytes) -> &mut Step {
        self.sequence += 1;
        self.push(true, command, Some(key), plain)
    }

    /// Its reply.
    pub fn down(&mut self, command: u16, key: Key, plain: Bytes) -> &mut Step {
        self.push(false, command, Some(key), plain)
    }

    /// A request preceded by its key.
    pub fn clear(&mut self, command: u16, plain: Bytes) -> &mut Step {
        let step = self.up(command, CLEAR, plain);
        step.clear = CLEAR.to_vec();
        step
    }

    /// A request and its reply in a session.
    pub fn ask(&mut self, command: u16, request: Bytes, reply: Bytes) {
        self.up(command, SESSION, request);
        self.down(command, SESSION, reply);
    }

    /// A push of the server.
    pub fn push_down(&mut self, command: u16, plain: Bytes) {
        self.sequence += 1;
        self.down(command, SESSION, plain);
    }

    /// A push of the server, and the client's acknowledgement.
    pub fn push_and_receipt(&mut self, command: u16, plain: Bytes) {
        let receipt = Bytes(plain.0[..16].to_vec());
        self.push_down(command, plain);
        self.push(true, command, Some(SESSION), receipt);
    }

    /// An unencrypted frame.
    pub fn plain(&mut self, up: bool, command: u16, plain: Bytes) {
        if up {
            self.sequence += 1;
        }
        self.push(up, command, None, plain);
    }

    pub fn capture(&self, capture: &mut Capture) {
        let (us, server) = (client(20, self.port), qq_server(9, 8000));
        for step in &self.steps {
            let frame = self.frame(step);
            if step.up {
                capture.udp(us, server, &frame);
            } else {
                capture.udp(server, us, &frame);
            }
        }
    }

    fn frame(&self, step: &Step) -> Vec<u8> {
        let is_long = self.version >= 0x1957;
        let version = if step.up { self.version } else { self.server };
        let mut frame = super::bytes::body()
            .u8(0x02)
            .u16(version)
            .u16(step.command)
            .u16(step.sequence);
        if step.up || is_long {
            frame = frame.u32(UIN);
        }
        if is_long && step.up {
            let padding = 4 * usize::from(step.block - 2);
            frame = frame.u8(step.block).u16(0).u32(0x0001_0101);
            frame = frame.u32(self.build.into()).zeroes(padding);
        } else if is_long {
            frame = frame.zeroes(3);
        }
        let mut body = step.plain.clone();
        for key in step.inner.iter().chain(&step.key) {
            body = encrypt(key, &body);
        }
        frame.raw(&step.clear).raw(body).u8(0x03).0
    }
}
