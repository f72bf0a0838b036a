//! Client versions, and the eras of the protocol.
//!
//! Source: docs/protocol/oicq.md §3.1 and §4.

/// First version with the present meanings of command numbers: TM2009
/// (docs/protocol/oicq.md §3.1, where 0x141b is the last with the old protocol).
pub(crate) const FIRST_OF_2009: u16 = 0x141c;
/// First version that logs in by 0x0825 (QQ2013).
pub(crate) const FIRST_OF_2013: u16 = 0x2f00;
/// The first version with the long header (QQ2009 SP5).
pub const FIRST_LONG: u16 = 0x1957;
/// The last version with the classic header.
pub(crate) const LAST_OF_2009: u16 = FIRST_LONG - 1;

/// The version field of servers until about 2006.
pub const SERVER_VERSION: u16 = 0x0100;

/// Inclusive ranges of client versions.
pub(crate) type Versions = &'static [(u16, u16)];

/// Up to QQ2008; the evidence is clients and servers of that time.
pub(crate) const UNTIL_2008: Versions = &[(0, FIRST_OF_2009 - 1)];
/// QQ2006 and older, whose 0x0022 has no token.
pub(crate) const UNTIL_2006: Versions = &[(0, 0x1104)];
/// QQ2007 and QQ2008, whose 0x0022 has a token.
pub(crate) const FROM_2007_TO_2008: Versions = &[(0x1105, FIRST_OF_2009 - 1)];
/// QQ2007 and newer.
pub(crate) const SINCE_2007: Versions = &[(0x1105, 0xffff)];
/// The first clients of the new protocol, QQ2009 before SP5.
pub(crate) const EARLY_2009: Versions = &[(FIRST_OF_2009, LAST_OF_2009)];
/// Until QQ2009 before SP5.
pub(crate) const UNTIL_2009: Versions = &[(0, LAST_OF_2009)];
/// Until QQ2009 before SP5, and SP6.
pub(crate) const UNTIL_2009_AND_SP6: Versions = &[(0, LAST_OF_2009), (0x1a35, 0x1a35)];
/// QQ2009 to QQ2011: a login of 0x1c27 is published with its keys, and there are programs that
/// log in as 0x1e0d and 0x2227.
pub(crate) const FROM_2009_TO_2011: Versions = &[(FIRST_OF_2009, FIRST_OF_2013 - 1)];
/// QQ2012 and newer.
pub(crate) const SINCE_2012: Versions = &[(FIRST_OF_2013, 0xffff)];
/// QQ2012 and newer, up to the last with rows of fixed size in the list of online
/// friends.
pub(crate) const UNTIL_2019: Versions = &[(FIRST_OF_2013, 0x3832)];
/// QQ2009 before SP5, QQ2012 and newer.
pub(crate) const SEEN_SINCE_2009: Versions =
    &[(FIRST_OF_2009, LAST_OF_2009), (FIRST_OF_2013, 0xffff)];
/// All versions but [`UNSEEN`].
pub(crate) const SEEN: Versions = &[(0, LAST_OF_2009), (FIRST_OF_2013, 0xffff)];
/// QQ2009 and newer.
pub(crate) const SINCE_2009: Versions = &[(FIRST_OF_2009, 0xffff)];
/// Until QQ2011.
pub(crate) const UNTIL_2011: Versions = &[(0, FIRST_OF_2013 - 1)];
/// Every client.
pub(crate) const ALL: Versions = &[(0, 0xffff)];
/// QQ2009 SP5 to QQ2011: hardly any plaintext of a session has been published. Evidence
/// for one of these versions names it in its source.
pub(crate) const UNSEEN: Versions = &[(FIRST_LONG, FIRST_OF_2013 - 1)];

/// Whether `version` is in one of the ranges.
pub(crate) const fn contains(versions: Versions, version: u16) -> bool {
    overlaps(versions, &[(version, version)])
}

/// Whether any version is in ranges of both.
pub(crate) const fn overlaps(one: &[(u16, u16)], other: &[(u16, u16)]) -> bool {
    let mut i = 0;
    while i < one.len() * other.len() {
        let (a, b) = (one[i / other.len()], other[i % other.len()]);
        if a.0 <= b.1 && b.0 <= a.1 {
            return true;
        }
        i += 1;
    }
    false
}

/// Client versions for which a command number has a meaning. Source:
/// docs/protocol/oicq.md §4 (the eras) and §4.1 (era column).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Era {
    /// QQ2008 and older.
    Until2008,
    /// QQ2009 to QQ2012.
    From2009To2012,
    /// QQ2009 and newer.
    From2009,
    /// QQ2013 and newer.
    From2013,
    /// Any client.
    All,
}

impl Era {
    /// The versions of its clients.
    pub(crate) const fn versions(self) -> Versions {
        match self {
            Self::Until2008 => UNTIL_2008,
            Self::From2009To2012 => FROM_2009_TO_2011,
            Self::From2009 => SINCE_2009,
            Self::From2013 => SINCE_2012,
            Self::All => ALL,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_versions() {
        assert!(contains(UNTIL_2009_AND_SP6, 0x1956) && contains(UNTIL_2009_AND_SP6, 0x1a35));
        assert!(!contains(UNTIL_2009_AND_SP6, 0x1a34));
        assert!(overlaps(ALL, UNSEEN) && overlaps(SINCE_2009, UNSEEN));
        assert!(!overlaps(SEEN, UNSEEN) && !overlaps(SEEN_SINCE_2009, UNSEEN));
    }

    /// The borders of docs/protocol/oicq.md §3.1.
    #[test]
    fn versions_belong_to_eras() {
        use Era::{From2009, From2009To2012, From2013, Until2008};
        for (version, eras) in [
            (0x141b, &[Until2008][..]),
            (0x141c, &[From2009To2012, From2009]),
            (0x2eff, &[From2009To2012, From2009]),
            (0x2f00, &[From2009, From2013]),
        ] {
            for era in [Until2008, From2009To2012, From2009, From2013] {
                let belongs = contains(era.versions(), version);
                assert_eq!(belongs, eras.contains(&era), "{version:#06x} {era:?}");
            }
        }
    }

    #[test]
    fn eras_overlap_when_they_share_a_client() {
        use Era::{All, From2009, From2009To2012, From2013, Until2008};
        let share = |a: Era, b: Era| overlaps(a.versions(), b.versions());
        for era in [Until2008, From2009To2012, From2009, From2013, All] {
            assert!(share(era, era) && share(era, All) && share(All, era));
        }
        for era in [From2009To2012, From2009, From2013] {
            assert!(!share(era, Until2008) && !share(Until2008, era));
            assert!(share(era, From2009) && share(From2009, era));
        }
        assert!(!share(From2009To2012, From2013) && !share(From2013, From2009To2012));
    }
}
