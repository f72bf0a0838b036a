//! 0x0080: a message of the server, as texts separated by 1f; 0x0012: its
//! acknowledgement.
//!
//! Source: docs/protocol/oicq.md §4.2, §4.8.

use crate::oicq::body::codes::SYSTEM_MESSAGES;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};

const UNIT_SEPARATOR: u8 = 0x1f;
const RECORD_SEPARATOR: u8 = 0x1e;

/// 0x0080: code 1f from 1f to 1f, and fields that depend on the code.
pub(crate) fn pushed(r: &mut Reader<'_>) -> ReadResult {
    let code = r.code_until(Name::SystemType, &SYSTEM_MESSAGES, UNIT_SEPARATOR)?;
    r.number_until::<u32>(Name::From, UNIT_SEPARATOR)?;
    r.number_until::<u32>(Name::To, UNIT_SEPARATOR)?;
    match code {
        2 | 6 => return r.rest_text(Name::SystemText),
        3 | 4 => {
            r.until(Name::SystemText, UNIT_SEPARATOR)?;
            if r.left() >= 2 {
                r.tok2(Name::Ticket)?;
            }
        }
        40 => {
            r.tok1(Name::Ticket)?;
            r.tok2(Name::Ticket)?;
        }
        41 => {
            r.str1(Name::SystemText)?;
            r.u8(Name::AllowAdd)?;
            r.tok2(Name::Ticket)?;
        }
        43 => {
            r.str1(Name::SystemText)?;
            r.unknown(1)?;
            r.tok2(Name::Ticket)?;
        }
        _ => {}
    }
    r.rest(Name::UnknownData);
    Some(())
}

/// 0x0012: code 1e from 1e sequence, all as text. The header's sequence is 0 there.
pub(crate) fn acknowledged(r: &mut Reader<'_>) -> ReadResult {
    r.code_until(Name::SystemType, &SYSTEM_MESSAGES, RECORD_SEPARATOR)?;
    r.number_until::<u32>(Name::From, RECORD_SEPARATOR)?;
    r.number_until::<u16>(Name::AcknowledgedSequence, RECORD_SEPARATOR)?;
    Some(())
}
