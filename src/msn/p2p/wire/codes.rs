//! Codes and flags of MSNP2P. Data only.
//!
//! Source: docs/protocol/msnp.md §5.7 and §5.8.

use crate::codes::Codes;

/// Flags of version 1, including combinations. Others are named by their bits.
pub const FLAGS: Codes = Codes::new(&[
    (0x0000_0000, c"None"),
    (0x0000_0001, c"Out of order (negative acknowledgment)"),
    (0x0000_0002, c"Acknowledgment"),
    (0x0000_0004, c"Acknowledgment pending"),
    (0x0000_0006, c"Acknowledgment of a transfer in progress"),
    (0x0000_0008, c"Binary error"),
    (0x0000_0010, c"File"),
    (0x0000_0020, c"Object data"),
    (0x0000_0030, c"File data"),
    (0x0000_0040, c"Close session"),
    (0x0000_0080, c"Transport error"),
    (0x0000_0100, c"Direct connection handshake"),
    (0x0100_0000, c"None, Windows Live Messenger 2009"),
    (0x0100_0002, c"Acknowledgment, Windows Live Messenger 2009"),
    (0x0100_0020, c"Object data, Windows Live Messenger 2009"),
    (0x0100_0030, c"File data, Windows Live Messenger 2009"),
]);

/// Negative acknowledgment: a chunk is out of order.
pub const NAK: u32 = 0x01;
/// The packet acknowledges another one.
pub const ACK: u32 = 0x02;
/// An error in the binary layer.
pub const BINARY_ERROR: u32 = 0x08;
/// The data belong to a file.
pub const FILE: u32 = 0x10;
/// The data belong to an object.
pub const OBJECT: u32 = 0x20;
/// The session is closed; acknowledges a BYE.
pub const CLOSE: u32 = 0x40;
/// An error in the transport layer.
pub const ERROR: u32 = 0x80;
/// The handshake of a direct connection: the last 16 bytes of the header are a nonce.
pub const HANDSHAKE: u32 = 0x100;
/// Set by Windows Live Messenger 2009.
pub const WLM_2009: u32 = 0x0100_0000;

/// Application ids of the footer.
pub const APPLICATIONS: Codes = Codes::new(&[
    (0, c"Session control (MSNSLP)"),
    (1, c"Display object"),
    (2, c"File transfer"),
    (3, c"Unnamed application 3"),
    (4, c"Webcam"),
    (11, c"Custom emoticon"),
    (12, c"Display picture"),
    (20, c"Voice clip"),
    (33, c"Shared album picture"),
    (35, c"Photo sharing"),
]);

/// Operations in the header of version 2.
pub const OPERATIONS: Codes = Codes::new(&[
    (0, c"None"),
    (1, c"Synchronize (SYN)"),
    (2, c"Acknowledgment requested (RAK)"),
    (3, c"Synchronize, acknowledgment requested (SYN, RAK)"),
]);

/// Operation bit: an acknowledgment is requested.
pub const RAK: u8 = 0x02;

/// TLV types of the transport header of version 2.
pub const TRANSPORT_TLVS: Codes = Codes::new(&[
    (1, c"Peer information"),
    (2, c"Acknowledged sequence number"),
    (3, c"Missing sequence number"),
]);

/// TLV types of the data header of version 2.
pub const DATA_TLVS: Codes = Codes::new(&[(1, c"Remaining bytes")]);

/// TF of the data header of version 2: the lowest bit marks the first chunk of a package.
pub const DATA_TYPES: Codes = Codes::new(&[
    (0, c"Session control or data preparation, continued"),
    (1, c"Session control or data preparation"),
    (4, c"Object data, continued"),
    (5, c"Object data"),
    (6, c"File data, continued"),
    (7, c"File data"),
]);

/// Bit of TF: the first chunk of a package.
pub const FIRST_CHUNK: u8 = 0x01;

#[cfg(test)]
mod tests {
    use super::*;

    /// docs/protocol/msnp.md §8.3.
    #[test]
    fn applications() {
        for (id, text) in [
            (0, "MSNSLP"),
            (1, "object"),
            (2, "File"),
            (4, "Webcam"),
            (11, "emoticon"),
            (12, "Display picture"),
            (20, "Voice clip"),
            (33, "album"),
            (35, "Photo sharing"),
        ] {
            let name = APPLICATIONS.name(id).unwrap();
            assert!(name.contains(text), "{id}: {name}");
        }
        assert_eq!(APPLICATIONS.name(10_331_021), None);
    }

    /// docs/protocol/msnp.md §5.7 and §5.8.
    #[test]
    fn flags_and_types() {
        for (flag, text) in [
            (NAK, "negative"),
            (ACK, "Acknowledgment"),
            (0x04, "pending"),
            (BINARY_ERROR, "error"),
            (FILE, "File"),
            (OBJECT, "Object data"),
            (CLOSE, "Close"),
            (ERROR, "Transport error"),
            (HANDSHAKE, "handshake"),
            (WLM_2009, "2009"),
        ] {
            let name = FLAGS.name(flag).unwrap();
            assert!(name.contains(text), "{flag:#x}: {name}");
        }
        assert_eq!(OPERATIONS.rows().len(), 4);
        for number in [0, 1, 4, 5, 6, 7] {
            let name = DATA_TYPES.name(number).unwrap();
            let is_first = number & u32::from(FIRST_CHUNK) != 0;
            assert_eq!(!name.contains("continued"), is_first, "{name}");
        }
    }
}
