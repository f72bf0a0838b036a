//! 0x0080: a message of the server, as texts that 1f separates; 0x0012: its acknowledgement.
//!
//! Source: protocol reference, OICQ §4.2, §4.8.

use crate::oicq::body::codes::SYSTEM_MESSAGES;
use crate::oicq::body::reader::Reader;
use crate::oicq::fields::Field;

type Read = Option<()>;

const UNIT_SEPARATOR: u8 = 0x1f;
const RECORD_SEPARATOR: u8 = 0x1e;

/// 0x0080: code 1f from 1f to 1f, and what the code says.
pub(crate) fn pushed(r: &mut Reader<'_>) -> Read {
    let code = r.code_until(Field::SystemType, &SYSTEM_MESSAGES, UNIT_SEPARATOR)?;
    r.number_until(Field::From, UNIT_SEPARATOR)?;
    r.number_until(Field::To, UNIT_SEPARATOR)?;
    match code {
        2 | 6 => return r.rest_text(Field::SystemText),
        3 | 4 => {
            r.until(Field::SystemText, UNIT_SEPARATOR)?;
            if r.left() >= 2 {
                r.tok2(Field::Ticket)?;
            }
        }
        40 => {
            r.tok1(Field::Ticket)?;
            r.tok2(Field::Ticket)?;
        }
        41 => {
            r.str1(Field::SystemText)?;
            r.u8(Field::AllowAdd)?;
            r.tok2(Field::Ticket)?;
        }
        43 => {
            r.str1(Field::SystemText)?;
            r.unexplained(1)?;
            r.tok2(Field::Ticket)?;
        }
        _ => {}
    }
    r.rest(Field::Unexplained);
    Some(())
}

/// 0x0012: code 1e from 1e sequence, all as text. The header's sequence is 0 there.
pub(crate) fn acknowledged(r: &mut Reader<'_>) -> Read {
    r.code_until(Field::SystemType, &SYSTEM_MESSAGES, RECORD_SEPARATOR)?;
    r.number_until(Field::From, RECORD_SEPARATOR)?;
    r.number_until(Field::AcknowledgedSequence, RECORD_SEPARATOR)?;
    Some(())
}
