//! Negotiation of a file transfer, inside a message between two users.
//!
//! Source: docs/protocol/oicq.md §4.8 (end).

use crate::oicq::body::codes::{TRANSFER_KINDS, TRANSFER_MODES};
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};

/// Maximum number of zeroes before the type of a request; sources differ in how many
/// there are.
const MAX_ZEROES: usize = 16;
const DIRECT_TCP: u8 = 3;
const UNIT_SEPARATOR: u8 = 0x1f;

/// Reads what follows the head of a message of type `kind`.
pub(crate) fn body(r: &mut Reader<'_>, kind: u16) -> ReadResult {
    match kind {
        0x0001 | 0x0003 | 0x0035 | 0x0037 | 0x003b | 0x0081 | 0x0083 | 0x0087 => offer(r),
        _ => {
            r.rest(Name::UnknownData);
            Some(())
        }
    }
}

/// Zeroes, kind1 mode1 outer address4 port2 port2 real address4 port2, then 20 1f name 1f size.
fn offer(r: &mut Reader<'_>) -> ReadResult {
    let zeroes = r.ahead().iter().take(MAX_ZEROES).take_while(|b| **b == 0);
    r.unknown(zeroes.count())?;
    r.code8(Name::TransferKind, &TRANSFER_KINDS)?;
    let mode = r.code8(Name::TransferMode, &TRANSFER_MODES)?;
    r.ip(Name::PeerAddress)?;
    r.u16(Name::PeerPort)?;
    if mode != DIRECT_TCP {
        r.u16(Name::PeerPort)?;
    }
    r.ip(Name::LocalAddress)?;
    r.u16(Name::LocalPort)?;
    if r.ahead().starts_with(&[b' ', UNIT_SEPARATOR]) {
        r.skip()?;
        r.skip()?;
        r.until(Name::FileName, UNIT_SEPARATOR)?;
        r.rest_text(Name::FileSizeText)?;
    }
    r.rest(Name::UnknownData);
    Some(())
}
