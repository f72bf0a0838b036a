//! Which meaning of a command number is right for a client's era.

use super::command_table::{Era, Row, ROWS};

/// Clients from this version on give numbers their present meaning: the first TM2009
/// (reference OICQ §3.1, where 0x141b is the last with the old protocol).
pub(super) const FIRST_OF_2009: u16 = 0x141c;
/// Clients from this version on log in by 0x0825 (QQ2013).
const FIRST_OF_2013: u16 = 0x2f00;

/// The row of `code` that is right for a client of `version`.
pub fn find(code: u16, version: u16) -> Option<&'static Row> {
    let first = ROWS.partition_point(|row| row.code < code);
    ROWS[first..]
        .iter()
        .take_while(|row| row.code == code)
        .find(|row| covers(row.era, version))
}

fn covers(era: Era, version: u16) -> bool {
    match era {
        Era::All => true,
        Era::Until2008 => version < FIRST_OF_2009,
        Era::From2009 => version >= FIRST_OF_2009,
        Era::From2009To2012 => (FIRST_OF_2009..FIRST_OF_2013).contains(&version),
        Era::From2013 => version >= FIRST_OF_2013,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_changes_its_meaning_with_the_era() {
        let name = |code, version| find(code, version).map(|row| row.name);
        assert_eq!(name(0x0058, 0x3420), Some(c"Keep-alive"));
        assert_eq!(name(0x0058, 0x141c), Some(c"Keep-alive"));
        assert_ne!(name(0x0058, 0x141b), Some(c"Keep-alive"));
        assert_ne!(name(0x0058, 0x0f5f), Some(c"Keep-alive"));
        assert_eq!(name(0x0002, 0x0100), Some(c"Keep-alive"));
        assert_eq!(name(0x00cd, 0x0100), None);
        assert_eq!(name(0xfffe, 0x3420), None);
    }
}
