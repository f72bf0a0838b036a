//! The header of version 1 (MSNP9 to MSNP15): 48 bytes, all numbers little-endian.
//!
//! ```text
//!  0  4  session id; 0 for session control
//!  4  4  identifier of the blob
//!  8  8  offset of the data in the blob
//! 16  8  size of the blob
//! 24  4  length of the data
//! 28  4  flags
//! 32  4  acknowledged identifier        \
//! 36  4  acknowledged unique id          > or, in a handshake, the nonce
//! 40  8  size of the acknowledged blob  /
//! ```
//!
//! Source: docs/protocol/msnp.md §5.7.

use crate::error::{Decoded, Fault, Missing};
use crate::input::Input;
use crate::msn::common::guid::Guid;
use crate::msn::p2p::wire::codes::{ACK, BINARY_ERROR, CLOSE, ERROR, HANDSHAKE, NAK};
use crate::span::{Span, Spanned};

/// Length of the header, in bytes.
pub const HEADER_LENGTH: usize = 48;

/// A header of version 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderV1 {
    /// The whole header.
    pub span: Span,
    /// The session id; 0 for session control.
    pub session: Spanned<u32>,
    /// Identifier of the blob. Acknowledgements have identifiers of their own.
    pub identifier: Spanned<u32>,
    /// Offset of the data in the blob, in bytes.
    pub offset: Spanned<u64>,
    /// Size of the whole blob in bytes.
    pub total: Spanned<u64>,
    /// Length of the data in bytes.
    pub length: Spanned<u32>,
    /// Purpose of the packet: [`crate::msn::p2p::wire::codes::FLAGS`].
    pub flags: Spanned<u32>,
    /// Identifier of the acknowledged blob; random otherwise.
    pub ack_identifier: Spanned<u32>,
    /// The `ack_identifier` of the acknowledged packet.
    pub ack_unique: Spanned<u32>,
    /// Size of the acknowledged blob in bytes.
    pub ack_size: Spanned<u64>,
}

impl HeaderV1 {
    /// Whether the acknowledgement fields refer to another packet.
    pub fn is_acknowledgement(&self) -> bool {
        self.flags.value & (NAK | ACK | BINARY_ERROR | CLOSE | ERROR) != 0
            && self.flags.value & HANDSHAKE == 0
    }

    /// The nonce of a handshake, which replaces the acknowledgement fields.
    pub fn nonce(&self, data: &[u8]) -> Option<Spanned<Guid>> {
        if self.flags.value & HANDSHAKE == 0 {
            return None;
        }
        let span = Span::new(self.span.start.checked_add(32)?, 16);
        Some(Spanned::new(Guid::from_wire(span.of(data))?, span))
    }
}

/// Decodes the header at the beginning of `data`.
///
/// Returns `Incomplete` if there are fewer than 48 bytes; there are no other errors.
pub fn header(data: &[u8]) -> Decoded<HeaderV1> {
    let missing = HEADER_LENGTH.saturating_sub(data.len());
    fields(Input::whole(data)).ok_or(Fault::Incomplete(Missing::Bytes(missing)))
}

fn fields(mut input: Input<'_>) -> Option<HeaderV1> {
    Some(HeaderV1 {
        span: Span::new(0, HEADER_LENGTH),
        session: input.le_u32()?,
        identifier: input.le_u32()?,
        offset: input.le_u64()?,
        total: input.le_u64()?,
        length: input.le_u32()?,
        flags: input.le_u32()?,
        ack_identifier: input.le_u32()?,
        ack_unique: input.le_u32()?,
        ack_size: input.le_u64()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::p2p::wire::codes::{FILE, OBJECT, WLM_2009};

    /// The header of a real invitation.
    const INVITE: &[u8; HEADER_LENGTH] =
        b"\0\0\0\0\xd0\x02\0\0\0\0\0\0\0\0\0\0\xc8\x02\0\0\0\0\0\0\
        \xc8\x02\0\0\0\0\0\0;e\x04\0\0\0\0\0\0\0\0\0\0\0\0\0";
    /// The acknowledgement of that invitation.
    const ACK_OF_IT: &[u8; HEADER_LENGTH] = b"\0\0\0\0\x10*{\0\0\0\0\0\0\0\0\0\xc8\x02\0\0\0\0\0\0\
        \0\0\0\0\x02\0\0\0\xd0\x02\0\0;e\x04\0\xc8\x02\0\0\0\0\0\0";

    #[test]
    fn an_invitation_and_its_acknowledgement() {
        let invite = header(INVITE).unwrap();
        assert_eq!(invite.session.value, 0);
        assert_eq!(invite.identifier, Spanned::new(720, Span::new(4, 4)));
        assert_eq!((invite.offset.value, invite.total.value), (0, 712));
        assert_eq!(invite.length, Spanned::new(712, Span::new(24, 4)));
        assert_eq!(invite.flags.value, 0);
        assert!(!invite.is_acknowledgement());
        let ack = header(ACK_OF_IT).unwrap();
        assert!(ack.is_acknowledgement());
        assert_eq!(ack.ack_identifier.value, invite.identifier.value);
        assert_eq!(ack.ack_unique.value, invite.ack_identifier.value);
        assert_eq!(ack.ack_size.value, invite.total.value);
        assert_eq!(ack.nonce(ACK_OF_IT), None);
    }

    #[test]
    fn each_kind_of_acknowledgement_refers_to_another_packet() {
        for (flags, is_one) in [
            (0, false),
            (NAK, true),
            (ACK, true),
            (BINARY_ERROR, true),
            (CLOSE, true),
            (ERROR, true),
            (FILE, false),
            (OBJECT, false),
            (HANDSHAKE, false),
            (HANDSHAKE | ACK, false),
            (WLM_2009, false),
            (WLM_2009 | ACK, true),
        ] {
            let mut data = *INVITE;
            data[28..32].copy_from_slice(&flags.to_le_bytes());
            let found = header(&data).unwrap().is_acknowledgement();
            assert_eq!(found, is_one, "{flags:x}");
        }
    }

    #[test]
    fn a_handshake_has_a_nonce() {
        let mut data = [0_u8; HEADER_LENGTH];
        data[29] = 1;
        for (index, byte) in data.iter_mut().enumerate().skip(32) {
            *byte = index as u8;
        }
        let header = header(&data).unwrap();
        assert_eq!(header.flags.value, HANDSHAKE);
        assert!(!header.is_acknowledgement());
        let nonce = header.nonce(&data).unwrap();
        assert_eq!(nonce.span, Span::new(32, 16));
        assert_eq!(
            nonce.value.to_string(),
            "{23222120-2524-2726-2829-2A2B2C2D2E2F}"
        );
    }

    #[test]
    fn every_prefix_requests_the_missing_bytes() {
        for cut in 0..HEADER_LENGTH {
            let missing = Fault::Incomplete(Missing::Bytes(HEADER_LENGTH - cut));
            assert_eq!(header(&INVITE[..cut]), Err(missing));
        }
    }
}
