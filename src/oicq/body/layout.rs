//! Selects the layout of a body, and decides how far it is trusted.
//!
//! A layout is one row: the command (or type of push), first byte, direction and client
//! versions for which it has evidence, and the function that reads it. Every body goes
//! through [`read`]. A layout that is used outside of its evidence must fit to the last
//! byte, and every value must be possible for its field; otherwise the body is shown as
//! bytes.

#[cfg(test)]
mod tests;

use crate::oicq::body::faults::Faults;
use crate::oicq::body::name::Name;
use crate::oicq::body::plausible::{hide_impossible, is_possible, is_sane};
use crate::oicq::body::reader::{ReadResult, Reader};
use crate::oicq::body::reader_marks::ReaderMark;
use crate::oicq::wire::direction::{Direction, Sender};
use crate::oicq::wire::era::{
    contains, overlaps, Era, Versions, ALL, LAST_OF_2009, SINCE_2012, UNSEEN, UNTIL_2008,
};

/// Minimum number of confirming bits for a layout that is used outside of its evidence.
const ENOUGH: usize = 16;

/// Whether `source` names one of `versions`, as 0x and four digits.
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

/// The number in the first four hexadecimal digits.
const fn hexadecimal(digits: &[u8]) -> u16 {
    let (mut i, mut number) = (0, 0);
    while i < 4 {
        number = number << 4
            | match digits[i] {
                digit @ b'0'..=b'9' => digit - b'0',
                digit @ b'a'..=b'f' => digit - b'a' + 10,
                _ => panic!("a version has four lower-case hexadecimal digits"),
            } as u16;
        i += 1;
    }
    number
}

/// How a body that ends too early, or has bytes after the layout, is treated if the
/// layout has evidence for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultRule {
    /// One value after the other: after a fault none of them is certain.
    Whole,
    /// Parts with lengths of their own: a fault ends only its part.
    Parts,
    /// Only the beginning: the rest has no layout. Used only where there is evidence.
    Beginning,
}

/// One layout.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// The first byte of the body, where it distinguishes layouts.
    pub first_byte: Option<u8>,
    /// The sender.
    pub sender: Sender,
    /// The client versions for which there is evidence.
    pub evidence: Versions,
    /// The client versions in which the command has this meaning.
    pub applies_to: Versions,
    /// How faults are treated.
    pub fault_rule: FaultRule,
    /// The body holds keys or passwords, so bytes of it that are not read are secret,
    /// too.
    pub holds_keys: bool,
    /// The sources of the evidence.
    pub source: &'static str,
    /// The function that reads the body.
    pub read: BodyReader,
}

/// A function that reads a body.
pub(crate) type BodyReader = fn(&mut Reader<'_>) -> ReadResult;

/// A layout of bodies that the client sends.
pub(crate) const fn to_server(
    evidence: Versions,
    fault_rule: FaultRule,
    source: &'static str,
    read: BodyReader,
) -> Layout {
    layout(Sender::Client, evidence, fault_rule, source, read)
}

/// A layout of bodies that the server sends.
pub(crate) const fn to_client(
    evidence: Versions,
    fault_rule: FaultRule,
    source: &'static str,
    read: BodyReader,
) -> Layout {
    layout(Sender::Server, evidence, fault_rule, source, read)
}

const fn layout(
    sender: Sender,
    evidence: Versions,
    fault_rule: FaultRule,
    source: &'static str,
    read: BodyReader,
) -> Layout {
    Layout {
        first_byte: None,
        sender,
        evidence,
        applies_to: ALL,
        fault_rule,
        holds_keys: false,
        source,
        read,
    }
}

/// Returns what is wrong with the first invalid layout: it has no evidence, or is never
/// used. Evidence for a version between those that were seen requires a source that names
/// the version.
pub(crate) const fn fault(layouts: &[Layout], era: Era) -> Option<&'static str> {
    let mut i = 0;
    while i < layouts.len() {
        let layout = &layouts[i];
        if layout.source.is_empty() {
            return Some("a layout has no source");
        }
        if !overlaps(layout.evidence, layout.applies_to) {
            return Some("a layout has no evidence for the versions that it is meant for");
        }
        if !overlaps(layout.applies_to, era.versions()) {
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
    /// A layout of QQ2009 for QQ2009 SP5 to QQ2011: it must read every byte, and all
    /// lengths must fit.
    Near,
    /// Any other version: in addition, no byte may be of unknown meaning.
    Far,
    /// There is evidence for the beginning only.
    Beginning,
}

impl Layout {
    /// For bodies that begin with this byte.
    pub(crate) const fn first_byte(self, first_byte: u8) -> Self {
        Self {
            first_byte: Some(first_byte),
            ..self
        }
    }

    /// Restricts the versions in which the command or type has this meaning.
    pub(crate) const fn applies_to(self, applies_to: Versions) -> Self {
        Self { applies_to, ..self }
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
        match self.fault_rule {
            FaultRule::Beginning => Trust::Beginning,
            FaultRule::Whole | FaultRule::Parts if known => Trust::Known,
            FaultRule::Whole | FaultRule::Parts if near => Trust::Near,
            FaultRule::Whole | FaultRule::Parts => Trust::Far,
        }
    }

    fn matches(&self, first_byte: Option<u8>, version: u16, direction: Direction) -> bool {
        // Whether a beginning fits cannot be checked, so it needs evidence.
        let certain = self.fault_rule != FaultRule::Beginning
            || contains(self.evidence, version) && direction != Direction::Unknown;
        certain
            && self.sender.can_send(direction)
            && contains(self.applies_to, version)
            && (self.first_byte.is_none() || self.first_byte == first_byte)
    }

    /// Reads the body. Returns whether the layout fits; if not, nothing has been read.
    fn read(&self, r: &mut Reader<'_>, trust: Trust) -> bool {
        let mark = r.mark();
        r.faults = Faults::default();
        let done = (self.read)(r).is_some();
        let whole = done && !r.faults.short && !r.faults.misfit;
        let fits = match trust {
            Trust::Known if self.fault_rule == FaultRule::Parts => {
                hide_impossible(r.entries_since(mark));
                done && !r.faults.misfit
            }
            Trust::Known | Trust::Beginning => {
                // Old servers append bytes that old clients ignore, and use 0 for no
                // user.
                let old = contains(UNTIL_2008, r.version);
                let read_to_end = old || r.left() == 0;
                let new = contains(SINCE_2012, r.version);
                let possible = is_possible(r.entries_since(mark), old);
                let own = r.own_uin;
                let sane = !new || is_sane(r.entries_since(mark), own);
                hide_impossible(r.entries_since(mark));
                whole && read_to_end && possible && sane
            }
            Trust::Near => whole && Self::explains(r) && r.is_plausible(mark),
            Trust::Far => {
                let explained = whole && Self::explains(r) && !r.faults.unknown_bytes;
                explained && r.is_plausible(mark) && self.weight(r, mark) >= ENOUGH
            }
        };
        if !fits {
            r.rewind(mark);
        }
        fits
    }

    /// The number of bits of the body that could have contradicted the layout.
    fn weight(&self, r: &Reader<'_>, mark: ReaderMark<'_>) -> usize {
        let first_byte = self.first_byte.map_or(0, |_| 8);
        r.weight(mark).saturating_add(first_byte)
    }

    /// Whether the layout has read the body to its last byte, with all values valid.
    fn explains(r: &Reader<'_>) -> bool {
        r.left() == 0 && !r.faults.unknown_end && !r.faults.invalid_value
    }
}

/// Reads the remaining bytes with the first of `layouts` that fits, those with evidence
/// first. If none fits, they become an entry of bytes.
pub(crate) fn read(layouts: &'static [Layout], r: &mut Reader<'_>) {
    let (version, direction) = (r.version, r.direction);
    let (first_byte, start) = (r.peek(), r.mark());
    let suitable = layouts
        .iter()
        .filter(|layout| layout.matches(first_byte, version, direction));
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
    // A body without evidence for its layout is not called cut, but unexplained.
    let short = outside.short || ends_early;
    r.faults = Faults { short, ..outside };
    let holds_keys = |layout: &Layout| {
        layout.holds_keys
            && layout.sender.can_send(direction)
            && contains(layout.applies_to, version)
    };
    if layouts.iter().any(holds_keys) {
        r.rest(if read { Name::Trailing } else { Name::KeyBytes });
        r.hide_trailing(start);
    } else if !read {
        r.rest(Name::UnknownData);
    }
}
