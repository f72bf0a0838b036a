//! Which layout a body is read by, and how far it is trusted.
//!
//! A layout is one row: for which command (or type of push), first byte, direction and client
//! versions it has evidence, and the function that reads it. Every body goes through
//! [`read`]. A layout that is used outside of its evidence must fit to the last byte, with
//! nothing in it that could not be what it is called; otherwise the bytes stay bytes.

use crate::oicq::body::faults::Faults;
use crate::oicq::body::name::Name;
use crate::oicq::body::plausible::{hide_impossible, is_possible, is_sane};
use crate::oicq::body::reader::Reader;
use crate::oicq::body::reader_marks::Mark;
use crate::oicq::wire::frame::Direction;

/// Ranges of client versions: the first and the last of each.
pub(crate) type Versions = &'static [(u16, u16)];

/// Until QQ2008: the evidence is clients and servers of that time.
pub(crate) const OLD: Versions = &[(0, 0x141b)];
/// QQ2006 and older, whose login has no token.
pub(crate) const UNTIL_2006: Versions = &[(0, 0x1104)];
/// QQ2007 and QQ2008, whose login has one.
pub(crate) const OF_2007: Versions = &[(0x1105, 0x141b)];
/// The first clients of the new protocol, QQ2009 before SP5.
pub(crate) const OF_2009: Versions = &[(0x141c, 0x1956)];
/// Until QQ2009 before SP5.
pub(crate) const UNTIL_2009: Versions = &[(0, 0x1956)];
/// Until QQ2009 before SP5, and SP6.
pub(crate) const UNTIL_2009_AND_SP6: Versions = &[(0, 0x1956), (0x1a35, 0x1a35)];
/// QQ2009 to QQ2011: a login of 0x1c27 is published with its keys, and there are programs that
/// log in as 0x1e0d and 0x2227.
pub(crate) const LOGINS_OF_2009: Versions = &[(0x141c, 0x2eff)];
/// QQ2012 and newer.
pub(crate) const OF_2012: Versions = &[(0x2f00, 0xffff)];
/// QQ2012 and newer, as long as rows of friends who are online had a fixed size.
pub(crate) const UNTIL_2019: Versions = &[(0x2f00, 0x3832)];
/// QQ2009 before SP5, QQ2012 and newer.
pub(crate) const SEEN_SINCE_2009: Versions = &[(0x141c, 0x1956), (0x2f00, 0xffff)];
/// All but those between.
pub(crate) const SEEN: Versions = &[(0, 0x1956), (0x2f00, 0xffff)];
/// QQ2009 and newer.
pub(crate) const SINCE_2009: Versions = &[(0x141c, 0xffff)];
/// Until QQ2011.
pub(crate) const UNTIL_2011: Versions = &[(0, 0x2eff)];
/// Every client.
pub(crate) const ALL: Versions = &[(0, 0xffff)];

/// QQ2009 SP5 to QQ2011: hardly a plaintext of a session has been published. What has evidence
/// for one of these names the version in its source.
const UNSEEN: Versions = &[(0x1957, 0x2eff)];
/// The last client before those.
pub(crate) const LAST_OF_2009: u16 = 0x1956;

/// Bits that have to agree where only their agreement speaks for a layout.
const ENOUGH: usize = 16;

const fn contains(versions: Versions, version: u16) -> bool {
    overlaps(versions, &[(version, version)])
}

const fn overlaps(one: &[(u16, u16)], other: &[(u16, u16)]) -> bool {
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

/// Whether a source has one of `versions` in it, as 0x and four digits.
const fn names_one_of(source: &str, versions: Versions) -> bool {
    let bytes = source.as_bytes();
    let mut at = 0;
    while at + 6 <= bytes.len() {
        if bytes[at] == b'0' && bytes[at + 1] == b'x' {
            let (_, digits) = bytes.split_at(at + 2);
            if contains(versions, hexadecimal(digits)) {
                return true;
            }
        }
        at += 1;
    }
    false
}

/// The number in the first four digits.
const fn hexadecimal(digits: &[u8]) -> u16 {
    let (mut i, mut number) = (0, 0);
    while i < 4 {
        number = number << 4
            | match digits[i] {
                digit @ b'0'..=b'9' => digit - b'0',
                digit @ b'a'..=b'f' => digit - b'a' + 10,
                _ => panic!("versions have four hexadecimal digits in lower case"),
            } as u16;
        i += 1;
    }
    number
}

/// Who sends a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The client.
    Up,
    /// The server.
    Down,
}

impl Side {
    /// Whether a frame of this direction can be from this side.
    fn suits(self, direction: Direction) -> bool {
        match direction {
            Direction::Unknown => true,
            Direction::ToServer => self == Side::Up,
            Direction::ToClient => self == Side::Down,
        }
    }
}

/// What becomes of a body that ends too early, or goes on behind the layout, although the
/// layout has evidence for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// One value after the other: after a fault none of them is certain.
    Whole,
    /// Made of parts that have lengths of their own: a fault ends its part.
    Parts,
    /// Only the beginning: the rest has no layout. Of use only where there is evidence.
    Head,
}

/// One layout.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// The command, or the type of a push.
    pub key: u16,
    /// The first byte of the body, where it tells layouts apart.
    pub lead: Option<u8>,
    /// Who sends it.
    pub side: Side,
    /// The clients for which there is evidence.
    pub evidence: Versions,
    /// The clients for which the command means this at all.
    pub meaning: Versions,
    /// What becomes of faults.
    pub form: Form,
    /// The body holds keys or passwords: what of it is not read is as secret as they are.
    pub holds_keys: bool,
    /// Where the evidence comes from.
    pub source: &'static str,
    /// Reads it.
    pub read: fn(&mut Reader<'_>) -> Option<()>,
}

/// Ends the compilation when a table is not sorted, or a row has no evidence. Evidence for
/// versions between those that were seen is a version that the source names.
pub(crate) const fn check(table: &[Layout]) {
    let mut i = 0;
    while i < table.len() {
        let row = &table[i];
        assert!(!row.source.is_empty(), "a layout without a source");
        assert!(!row.evidence.is_empty(), "a layout without versions");
        assert!(
            !overlaps(row.evidence, UNSEEN) || names_one_of(row.source, UNSEEN),
            "a layout for versions of which none was seen"
        );
        assert!(
            i == 0 || table[i - 1].key <= row.key,
            "layouts are not sorted"
        );
        i += 1;
    }
}

/// How far a layout is trusted for one body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// There is evidence for version and direction.
    Known,
    /// A layout of 2009 for a client before 2012: all of its lengths must fit.
    Near,
    /// Any other version: besides, it must explain every byte.
    Far,
    /// There is evidence for the beginning, and for no more.
    Beginning,
}

impl Layout {
    /// For bodies that begin with this byte.
    pub(crate) const fn lead(self, lead: u8) -> Self {
        Self {
            lead: Some(lead),
            ..self
        }
    }

    /// The command or type means this to these clients only.
    pub(crate) const fn meant(self, meaning: Versions) -> Self {
        Self { meaning, ..self }
    }

    /// For bodies with keys or passwords.
    pub(crate) const fn with_keys(self) -> Self {
        Self {
            holds_keys: true,
            ..self
        }
    }

    fn trust(&self, version: u16, direction: Direction) -> Trust {
        let near = contains(self.evidence, LAST_OF_2009) && contains(UNSEEN, version);
        let known = contains(self.evidence, version) && direction != Direction::Unknown;
        match self.form {
            Form::Head => Trust::Beginning,
            Form::Whole | Form::Parts if known => Trust::Known,
            Form::Whole | Form::Parts if near => Trust::Near,
            Form::Whole | Form::Parts => Trust::Far,
        }
    }

    fn suits(&self, lead: Option<u8>, version: u16, direction: Direction) -> bool {
        // Of a beginning nothing can show whether it fits.
        let certain = self.form != Form::Head
            || contains(self.evidence, version) && direction != Direction::Unknown;
        certain
            && self.side.suits(direction)
            && contains(self.meaning, version)
            && (self.lead.is_none() || self.lead == lead)
    }

    /// Reads the body. Without success nothing has been read.
    fn read(&self, r: &mut Reader<'_>, trust: Trust) -> bool {
        let mark = r.mark();
        r.faults = Faults::default();
        let done = (self.read)(r).is_some();
        let whole = done && !r.faults.short && !r.faults.misfit;
        let fits = match trust {
            Trust::Known if self.form == Form::Parts => {
                hide_impossible(r.since(mark));
                done && !r.faults.misfit
            }
            Trust::Known | Trust::Beginning => {
                // Old servers append what old clients read over, and 0 is nobody there.
                let old = contains(OLD, r.version);
                let ends = old || r.left() == 0;
                let new = contains(OF_2012, r.version);
                let possible = is_possible(r.since(mark), old);
                let own = r.own;
                let sane = !new || is_sane(r.since(mark), own);
                hide_impossible(r.since(mark));
                whole && ends && possible && sane
            }
            Trust::Near => whole && Self::explains(r) && r.is_plausible(mark),
            Trust::Far => {
                let explained = whole && Self::explains(r) && !r.faults.gaps;
                explained && r.is_plausible(mark) && self.weight(r, mark) >= ENOUGH
            }
        };
        if !fits {
            r.back(mark);
        }
        fits
    }

    /// How many bits of the body could have contradicted the layout and did not.
    fn weight(&self, r: &Reader<'_>, mark: Mark) -> usize {
        let lead = self.lead.map_or(0, |_| 8);
        r.weight(mark).saturating_add(lead)
    }

    /// Whether the layout has read the body to its last byte.
    fn explains(r: &Reader<'_>) -> bool {
        r.left() == 0 && !r.faults.open && !r.faults.odd
    }
}

/// Reads what is left by the first layout of `table` that fits; `key` is the command or the
/// type of the push. Layouts with evidence go first. If none fits, the bytes are bytes.
pub(crate) fn read(table: &'static [Layout], key: u16, r: &mut Reader<'_>) {
    let (version, direction) = (r.version, r.direction);
    let first = table.partition_point(|layout| layout.key < key);
    let rows = table.get(first..).unwrap_or_default();
    let (lead, start) = (r.peek(), r.mark());
    let rows = rows.iter().take_while(|layout| layout.key == key);
    let suitable = rows
        .clone()
        .filter(|layout| layout.suits(lead, version, direction));
    let outside = r.faults;
    let (mut ends_early, mut read) = (false, false);
    for wanted in [Trust::Known, Trust::Near, Trust::Far, Trust::Beginning] {
        for layout in suitable.clone() {
            let trust = layout.trust(version, direction);
            if !read && trust == wanted {
                read = layout.read(r, trust);
                ends_early = match trust {
                    Trust::Known => r.faults.short || ends_early && !read,
                    Trust::Near | Trust::Far => ends_early && !read,
                    Trust::Beginning => ends_early,
                };
            }
        }
    }
    // What has no evidence is not cut, but unknown.
    let short = outside.short || ends_early;
    r.faults = Faults { short, ..outside };
    let holds_keys = |layout: &Layout| {
        layout.holds_keys && layout.side.suits(direction) && contains(layout.meaning, version)
    };
    if rows.clone().any(holds_keys) {
        r.rest(if read { Name::Trailing } else { Name::KeyBytes });
        r.hide_trailing(start);
    } else if !read {
        r.rest(Name::Unexplained);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_name_versions() {
        assert!(names_one_of("LJ PU MY, 0x1a35", UNSEEN));
        assert!(names_one_of("MY LQ 0x1e0d 0x2227", UNSEEN));
        for source in ["", "MY LQ", "LJ, 0x3037", "MI, 0x1956", "0x2f00"] {
            assert!(!names_one_of(source, UNSEEN), "{source}");
        }
    }

    #[test]
    fn ranges_of_versions() {
        assert!(contains(UNTIL_2009_AND_SP6, 0x1956) && contains(UNTIL_2009_AND_SP6, 0x1a35));
        assert!(!contains(UNTIL_2009_AND_SP6, 0x1a34));
        assert!(overlaps(ALL, UNSEEN) && overlaps(SINCE_2009, UNSEEN));
        assert!(!overlaps(SEEN, UNSEEN) && !overlaps(SEEN_SINCE_2009, UNSEEN));
    }
}
