//! Commands and result codes of MSNFTP. Data only.
//!
//! Source: docs/protocol/msnp.md §5.11.

use core::ffi::CStr;

use crate::codes::Codes;

/// The commands, sorted.
pub const COMMANDS: &[(&[u8; 3], &CStr)] = &[
    (b"BYE", c"End of transfer"),
    (b"CCL", c"Cancel"),
    (b"FIL", c"File size"),
    (b"MAC", c"Message authentication code"),
    (b"TFR", c"Transfer"),
    (b"USR", c"User"),
    (b"VER", c"Version"),
];

/// The result in BYE: an HRESULT, as a decimal number. The code for "File sent" is from
/// the source code of several clients.
pub const RESULTS: Codes = Codes::new(&[
    (SENT, c"File sent"),
    (SUCCESS, c"File received"),
    (2_147_942_405, c"Disk full"),
    (CANCELLED, c"Canceled by the receiver"),
    (CANCELLED_BY_SENDER, c"Canceled by the sender"),
    (2_164_261_694, c"Timed out"),
]);

/// The sender has sent the whole file.
pub const SENT: u32 = 16_777_987;
/// The receiver has received the whole file.
pub const SUCCESS: u32 = 16_777_989;
/// Cancelled by the receiver; CCL means the same.
pub const CANCELLED: u32 = 2_164_261_682;
/// Cancelled by the sender.
pub const CANCELLED_BY_SENDER: u32 = 2_164_261_683;

/// Block types.
pub const BLOCKS: Codes = Codes::new(&[(0, c"Data"), (1, c"End of data or cancel")]);

/// Block type: data.
pub const DATA: u8 = 0;
/// Block type: end of the file, or cancelled by the sender.
pub const END: u8 = 1;

/// The name of a command. Returns `None` if it is unknown.
pub fn command(word: &[u8]) -> Option<&'static str> {
    let row = COMMANDS.iter().find(|row| row.0.as_slice() == word)?;
    row.1.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert!(COMMANDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(command(b"TFR"), Some("Transfer"));
        assert_eq!(command(b"MSG"), None);
        assert_eq!(RESULTS.name(SUCCESS), Some("File received"));
        assert_eq!(RESULTS.name(0x8100_0332), Some("Canceled by the receiver"));
    }
}
