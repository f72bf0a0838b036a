//! QQ frames with the right lengths. The bytes of their ciphertexts are random.

use super::SplitMix64;

/// One client program and account.
#[derive(Debug, Clone, Copy)]
pub struct Client {
    pub version: u16,
    /// The low half of the build.
    pub build: u16,
    pub family: Family,
    pub uin: u32,
}

/// The client type in the block.
#[derive(Debug, Clone, Copy)]
pub enum Family {
    Qq,
    Tim,
}

/// The QQ number of most accounts.
pub const UIN: u32 = 12_345_678;

impl Client {
    pub fn new(version: u16, build: u16) -> Self {
        let family = Family::Qq;
        Self {
            version,
            build,
            family,
            uin: UIN,
        }
    }

    pub fn uin(self, uin: u32) -> Self {
        Self { uin, ..self }
    }

    fn header(&self, version: u16, command: u16, sequence: u16) -> Vec<u8> {
        let mut bytes = vec![0x02];
        for field in [version, command, sequence] {
            bytes.extend(field.to_be_bytes());
        }
        bytes
    }

    /// Classic header, to the server: `clear` and `secret` random bytes.
    pub fn classic(&self, command: u16, sequence: u16, clear: &[u8], secret: usize) -> Vec<u8> {
        let mut bytes = self.header(self.version, command, sequence);
        bytes.extend(self.uin.to_be_bytes());
        self.end(bytes, clear, secret)
    }

    /// Classic header, to the client; `version` is the server's.
    pub fn classic_reply(
        &self,
        version: u16,
        command: u16,
        sequence: u16,
        secret: usize,
    ) -> Vec<u8> {
        let bytes = self.header(version, command, sequence);
        self.end(bytes, &[], secret)
    }

    /// Long header, to the server, with a block of type 2, 3 or 4.
    pub fn long(
        &self,
        kind: u8,
        command: u16,
        sequence: u16,
        clear: &[u8],
        secret: usize,
    ) -> Vec<u8> {
        self.block(kind, 0, command, sequence, clear, secret)
    }

    /// As `long`, with the flag for a token after the block.
    pub fn with_token(&self, command: u16, sequence: u16, token: usize, secret: usize) -> Vec<u8> {
        self.block(2, 1, command, sequence, &self::token(token), secret)
    }

    fn block(
        &self,
        kind: u8,
        flag: u8,
        command: u16,
        sequence: u16,
        clear: &[u8],
        secret: usize,
    ) -> Vec<u8> {
        let mut bytes = self.header(self.version, command, sequence);
        bytes.extend(self.uin.to_be_bytes());
        bytes.extend([kind, flag, 0]);
        bytes.extend(match self.family {
            Family::Qq => [0, 1, 1, 1],
            Family::Tim => [0, 1, 0x2e, 1],
        });
        bytes.extend(u32::from(self.build).to_be_bytes());
        bytes.extend(vec![0; 4 * usize::from(kind - 2)]);
        self.end(bytes, clear, secret)
    }

    /// Long header with zeroes instead of a block.
    pub fn probe(&self, sequence: u16, secret: usize) -> Vec<u8> {
        let mut bytes = self.header(self.version, 0x0001, sequence);
        bytes.extend(self.uin.to_be_bytes());
        self.end(bytes, &[0; 8], secret)
    }

    /// Long header, to the client.
    pub fn reply(&self, command: u16, sequence: u16, secret: usize) -> Vec<u8> {
        self.flagged_reply(self.version, command, sequence, [0, 0, 0], secret)
    }

    /// As `reply`, with the three flags and another version.
    pub fn flagged_reply(
        &self,
        version: u16,
        command: u16,
        sequence: u16,
        flags: [u8; 3],
        secret: usize,
    ) -> Vec<u8> {
        let mut bytes = self.header(version, command, sequence);
        bytes.extend(self.uin.to_be_bytes());
        self.end(bytes, &flags, secret)
    }

    fn end(&self, mut bytes: Vec<u8>, clear: &[u8], secret: usize) -> Vec<u8> {
        bytes.extend(clear);
        let seed = bytes.iter().fold(0, |sum: u64, byte| {
            sum.wrapping_mul(31).wrapping_add(u64::from(*byte))
        });
        bytes.extend(SplitMix64::new(seed).bytes(secret));
        bytes.push(0x03);
        bytes
    }
}

/// A client's retransmission of a frame with a block.
pub fn repeated(frame: &[u8], count: u8) -> Vec<u8> {
    let mut frame = frame.to_vec();
    frame[13] = count;
    frame
}

/// A key of 16 bytes, sent before the ciphertext it decrypts.
pub fn key(number: u64) -> Vec<u8> {
    SplitMix64::new(number).bytes(16)
}

/// A token and its length.
pub fn token(len: usize) -> Vec<u8> {
    let mut bytes = (len as u16).to_be_bytes().to_vec();
    bytes.extend(SplitMix64::new(len as u64).bytes(len));
    bytes
}

/// The token of the logins since 2013, in its tag.
pub fn tagged_token() -> Vec<u8> {
    [vec![0x00, 0x30, 0x00, 0x3a], token(0x38)].concat()
}

/// The unencrypted part before the login of 0x0836.
pub fn key_exchange(body_version: u16, exchange_version: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(body_version.to_be_bytes());
    bytes.extend(exchange_version.to_be_bytes());
    bytes.extend(token(0x19));
    bytes.extend([0, 0, 0, 0x10]);
    bytes.extend(key(u64::from(exchange_version)));
    bytes
}

/// The frame over TCP, prefixed with its length.
pub fn over_tcp(frame: &[u8]) -> Vec<u8> {
    let length = frame.len() as u16 + 2;
    [&length.to_be_bytes()[..], frame].concat()
}
