//! Builds bodies, value by value.

use std::net::Ipv4Addr;

use encoding_rs::GBK;

/// Bytes being built; all numbers are big-endian.
#[derive(Debug, Clone, Default)]
pub struct Bytes(pub Vec<u8>);

/// An empty body.
pub fn body() -> Bytes {
    Bytes::default()
}

impl Bytes {
    pub fn raw(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.0.extend(bytes.as_ref());
        self
    }

    pub fn u8(self, value: u8) -> Self {
        self.raw([value])
    }

    pub fn u16(self, value: u16) -> Self {
        self.raw(value.to_be_bytes())
    }

    pub fn u32(self, value: u32) -> Self {
        self.raw(value.to_be_bytes())
    }

    pub fn zeroes(self, len: usize) -> Self {
        self.raw(vec![0; len])
    }

    /// `len` opaque bytes: a key, a token, a hash.
    pub fn fill(self, byte: u8, len: usize) -> Self {
        self.raw(vec![byte; len])
    }

    /// An address of 198.51.100.0/24.
    pub fn peer(self, host: u8) -> Self {
        self.raw(Ipv4Addr::new(198, 51, 100, host).octets())
    }

    /// An address of 203.0.113.0/24.
    pub fn server(self, host: u8) -> Self {
        self.raw(Ipv4Addr::new(203, 0, 113, host).octets())
    }

    /// An address of 192.0.2.0/24.
    pub fn client(self, host: u8) -> Self {
        self.raw(Ipv4Addr::new(192, 0, 2, host).octets())
    }

    pub fn str1(self, text: impl AsRef<[u8]>) -> Self {
        let bytes = text.as_ref();
        self.u8(bytes.len() as u8).raw(bytes)
    }

    pub fn str2(self, text: impl AsRef<[u8]>) -> Self {
        let bytes = text.as_ref();
        self.u16(bytes.len() as u16).raw(bytes)
    }

    /// A text, padded with zeroes.
    pub fn fixed(self, text: impl AsRef<[u8]>, len: usize) -> Self {
        let bytes = text.as_ref();
        self.raw(bytes).zeroes(len - bytes.len())
    }

    /// A length of two bytes, and the bytes of `inside`.
    pub fn counted(self, inside: Bytes) -> Self {
        self.str2(inside.0)
    }

    /// A type, a length and a value.
    pub fn tlv(self, kind: u16, value: Bytes) -> Self {
        self.u16(kind).counted(value)
    }

    /// A type of one byte, a length of two, and a value.
    pub fn tag(self, kind: u8, value: Bytes) -> Self {
        self.u8(kind).counted(value)
    }
}

/// A text in GBK.
pub fn gbk(text: &str) -> Vec<u8> {
    GBK.encode(text).0.into_owned()
}
