//! Bodies of which only the sub-command at the beginning is known.

use crate::codes::Codes;
use crate::oicq::body::codes::KEY_COMMANDS;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::Reader;

/// A sub-command, and bytes of unknown meaning.
pub(crate) fn sub_command(r: &mut Reader<'_>) -> Option<()> {
    r.u8(Name::SubCommand)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// As [`sub_command`], with the names of the sub-commands.
pub(crate) fn named_sub_command(r: &mut Reader<'_>, codes: &'static Codes) -> Option<()> {
    r.code8(Name::SubCommand, codes)?;
    r.rest(Name::UnknownData);
    Some(())
}

/// A reply with keys, of which only the sub-command is known.
pub(crate) fn key_reply(r: &mut Reader<'_>) -> Option<()> {
    r.code8(Name::SubCommand, &KEY_COMMANDS)?;
    r.rest(Name::KeyBytes);
    Some(())
}
