//! Which layout a body is read by, and how far it is trusted.
//!
//! A layout is one row: for which command (or type of push), first byte, direction and client
//! versions it has evidence, and the function that reads it. Every body goes through
//! [`read`]. A layout that is used outside of its evidence must fit to the last byte, with
//! nothing in it that could not be what it is called; otherwise the bytes stay bytes.

use crate::oicq::body::faults::Faults;
use crate::oicq::body::name::Name;
use crate::oicq::body::plausible::{hide_impossible, is_possible, is_sane};
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::body::reader_marks::ReaderMark;
use crate::oicq::wire::direction::{Direction, Sender};
use crate::oicq::wire::era::{
    contains, overlaps, Era, Versions, ALL, LAST_OF_2009, OF_2012, OLD, UNSEEN,
};

/// Bits that have to agree where only their agreement speaks for a layout.
const ENOUGH: usize = 16;

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

/// What becomes of a body that ends too early, or goes on behind the layout, although the
/// layout has evidence for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultRule {
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
    /// The first byte of the body, where it tells layouts apart.
    pub lead: Option<u8>,
    /// Who sends it.
    pub side: Sender,
    /// The clients for which there is evidence.
    pub evidence: Versions,
    /// The clients for which the command means this at all.
    pub meaning: Versions,
    /// What becomes of faults.
    pub form: FaultRule,
    /// The body holds keys or passwords: what of it is not read is as secret as they are.
    pub holds_keys: bool,
    /// Where the evidence comes from.
    pub source: &'static str,
    /// Reads it.
    pub read: BodyReader,
}

/// What reads a body.
pub(crate) type BodyReader = fn(&mut Reader<'_>) -> ReadResult;

/// A layout of the client's.
pub(crate) const fn up(
    evidence: Versions,
    form: FaultRule,
    source: &'static str,
    read: BodyReader,
) -> Layout {
    layout(Sender::Up, evidence, form, source, read)
}

/// A layout of the server's.
pub(crate) const fn down(
    evidence: Versions,
    form: FaultRule,
    source: &'static str,
    read: BodyReader,
) -> Layout {
    layout(Sender::Down, evidence, form, source, read)
}

const fn layout(
    side: Sender,
    evidence: Versions,
    form: FaultRule,
    source: &'static str,
    read: BodyReader,
) -> Layout {
    Layout {
        lead: None,
        side,
        evidence,
        meaning: ALL,
        form,
        holds_keys: false,
        source,
        read,
    }
}

/// What is wrong with the first of the layouts that has no evidence, or is never used. Evidence
/// for versions between those that were seen is a version that the source names.
pub(crate) const fn fault(layouts: &[Layout], era: Era) -> Option<&'static str> {
    let mut i = 0;
    while i < layouts.len() {
        let layout = &layouts[i];
        if layout.source.is_empty() {
            return Some("a layout has no source");
        }
        if !overlaps(layout.evidence, layout.meaning) {
            return Some("a layout has evidence of no client to whom the number means this");
        }
        if !overlaps(layout.meaning, era.versions()) {
            return Some("a layout is for clients of another era");
        }
        if overlaps(layout.evidence, UNSEEN) && !names_one_of(layout.source, UNSEEN) {
            return Some("a layout has evidence of versions of which none was seen");
        }
        i += 1;
    }
    None
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
            FaultRule::Head => Trust::Beginning,
            FaultRule::Whole | FaultRule::Parts if known => Trust::Known,
            FaultRule::Whole | FaultRule::Parts if near => Trust::Near,
            FaultRule::Whole | FaultRule::Parts => Trust::Far,
        }
    }

    fn suits(&self, lead: Option<u8>, version: u16, direction: Direction) -> bool {
        // Of a beginning nothing can show whether it fits.
        let certain = self.form != FaultRule::Head
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
            Trust::Known if self.form == FaultRule::Parts => {
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
    fn weight(&self, r: &Reader<'_>, mark: ReaderMark<'_>) -> usize {
        let lead = self.lead.map_or(0, |_| 8);
        r.weight(mark).saturating_add(lead)
    }

    /// Whether the layout has read the body to its last byte.
    fn explains(r: &Reader<'_>) -> bool {
        r.left() == 0 && !r.faults.open && !r.faults.odd
    }
}

/// Reads what is left by the first of `layouts` that fits. Layouts with evidence go first. If
/// none fits, the bytes are bytes.
pub(crate) fn read(layouts: &'static [Layout], r: &mut Reader<'_>) {
    let (version, direction) = (r.version, r.direction);
    let (lead, start) = (r.peek(), r.mark());
    let suitable = layouts
        .iter()
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
    if layouts.iter().any(holds_keys) {
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
}
