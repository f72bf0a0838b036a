//! The encrypted response of single sign-on.
//!
//! Source: docs/protocol/msnp.md §6.3 (response blob).

use crate::codes::Codes;
use crate::input::Input;
use crate::span::Span;

/// The response to the nonce of single sign-on, decoded from base64.
///
/// Layout, little-endian: header length (28), mode (1 = CBC), cipher (0x6603 = triple DES),
/// hash (0x8004 = SHA-1), lengths of the three parts; then the initialisation vector, the
/// hash of the nonce and the encrypted nonce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponseBlob {
    /// The seven numbers of the header, in order, each [`BLOB_NUMBER`] bytes long.
    pub numbers: [u32; 7],
    /// The initialisation vector.
    pub vector: Span,
    /// The keyed hash of the nonce.
    pub hash: Span,
    /// The encrypted nonce.
    pub cipher: Span,
}

/// Modes of block ciphers, as Windows numbers them.
pub const CIPHER_MODES: Codes = Codes::new(&[(1, c"CBC"), (2, c"ECB")]);

/// Algorithms, as Windows numbers them.
pub const ALGORITHMS: Codes = Codes::new(&[(0x6603, c"Triple DES"), (0x8004, c"SHA-1")]);

/// Length of the header in bytes, which is also its first number.
const HEADER: u32 = 28;
/// Size of each number of the header in bytes.
pub const BLOB_NUMBER: usize = 4;

/// Decodes the response blob. Parts beyond the end of `decoded` are shortened. Returns
/// `None` if the header is truncated or does not begin with its length.
pub fn response_blob(decoded: &[u8]) -> Option<ResponseBlob> {
    let mut input = Input::whole(decoded);
    let mut numbers = [0; 7];
    for number in &mut numbers {
        *number = input.le_u32()?.value;
    }
    let [HEADER, _, _, _, lengths @ ..] = numbers else {
        return None;
    };
    let mut parts = [Span::default(); 3];
    for (part, length) in parts.iter_mut().zip(lengths) {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        *part = input.take(length.min(input.left()))?;
    }
    let [vector, hash, cipher] = parts;
    Some(ResponseBlob {
        numbers,
        vector,
        hash,
        cipher,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The header of §6.3 with parts of the right length, and truncated data.
    #[test]
    fn the_response_blob() {
        let mut blob = Vec::new();
        for number in [28_u32, 1, 0x6603, 0x8004, 8, 20, 72] {
            blob.extend(number.to_le_bytes());
        }
        blob.extend([7; 100]);
        let found = response_blob(&blob).unwrap();
        assert_eq!(found.numbers[2..4], [0x6603, 0x8004]);
        assert_eq!(found.vector, Span::new(28, 8));
        assert_eq!(found.hash, Span::new(36, 20));
        assert_eq!(found.cipher, Span::new(56, 72));
        let short = response_blob(&blob[..40]).unwrap();
        assert_eq!((short.hash.len, short.cipher.len), (4, 0));
        assert_eq!(response_blob(&blob[..27]), None);
        assert_eq!(response_blob(&[0; 40]), None);
    }
}
