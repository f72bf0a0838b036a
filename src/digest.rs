//! Bytes as hexadecimal digits, and digests so shown.

use sha2::{Digest, Sha256};

/// The SHA-256 of `bytes`, in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal, without separators.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits = b"0123456789abcdef".map(char::from);
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.map(|half| digits[usize::from(half)]).collect()
}
