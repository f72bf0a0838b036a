//! Pushes of the server in 0x0017 and 0x00ce, and their acknowledgement. The layouts of
//! each type are in [`layouts_push`].
//!
//! Source: docs/protocol/oicq.md §4.5.

use crate::oicq::body::event_codes::EVENT_TYPES;
use crate::oicq::body::layout;
use crate::oicq::body::layouts_push;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::wire::era::FIRST_LONG;

/// The client repeats the first 16 bytes of the push, among them its own number.
pub(crate) fn acknowledgement(r: &mut Reader<'_>) -> ReadResult {
    let to = head(r)?;
    r.require(r.own_uin.is_none_or(|own| own == to))
}

/// From4 to4 sequence4 address4. Returns the recipient.
fn head(r: &mut Reader<'_>) -> Option<u32> {
    r.u32(Name::From)?;
    let to = r.u32(Name::To)?;
    r.u32(Name::MessageSequence)?;
    r.ip(Name::PeerAddress)?;
    Some(to)
}

/// From4 to4 sequence4 address4 port2 type2, and the body of that type. The recipient is
/// the account of the header, if that has one.
pub(crate) fn push(r: &mut Reader<'_>) -> ReadResult {
    let to = head(r)?;
    r.require(r.version < FIRST_LONG || r.own_uin.is_none_or(|own| own == to))?;
    r.u16(Name::PeerPort)?;
    let kind = r.code16(Name::MessageType, &EVENT_TYPES)?;
    layout::read(layouts_push::layouts(kind), r);
    Some(())
}
