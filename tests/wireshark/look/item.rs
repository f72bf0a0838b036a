//! Compares one item of a plan with tshark's output.

use std::collections::BTreeMap;
use std::ffi::CStr;
use std::net::Ipv4Addr;

use imshark::field::Type;
use imshark::plan::{Item, ItemId, Plan, SourceId, TextId, Value};
use imshark::protocols::PROTOCOLS;
use imshark::span::Span;

use super::pdml::Shown;
use super::text::{self, in_any_version, WIDTH};

/// Fields that Wireshark's built-in dissector has registered, with its own titles and
/// value names.
const OF_WIRESHARK: [&CStr; 6] = [
    c"oicq.flag",
    c"oicq.version",
    c"oicq.command",
    c"oicq.seq",
    c"oicq.qqid",
    c"oicq.data",
];

/// One plan, and the state of its comparison.
pub struct Compared<'a> {
    place: String,
    plan: &'a Plan<'a>,
    /// Offset of the bytes of each source in their tab.
    bases: BTreeMap<u8, usize>,
    /// Offsets of the items above the current one.
    starts: Vec<usize>,
    /// Depth of the call's first item.
    above: usize,
}

impl<'a> Compared<'a> {
    pub fn new(place: &str, plan: &'a Plan<'a>, above: usize) -> Self {
        Self {
            place: place.to_owned(),
            plan,
            bases: BTreeMap::new(),
            starts: Vec::new(),
            above,
        }
    }

    pub fn item(&mut self, item: &Item, shown: &Shown) {
        let place = &self.place;
        let (name, title) = match item.field.spec() {
            Some(spec) => (spec.filter, spec.title.to_str().expect("a title")),
            None => (PROTOCOLS[usize::from(item.field.protocol)].filter, ""),
        };
        assert_eq!(
            shown.name,
            name.to_str().expect("a name"),
            "{place}: {shown:?}"
        );
        let place = format!("{place}: {shown:?}");
        assert_eq!(shown.hidden, item.hidden, "{place}");
        assert_eq!(shown.depth, self.above + usize::from(item.depth), "{place}");
        assert_eq!(shown.size, item.span.len, "{place}");
        self.position(&place, item, shown);
        if item.label == TextId::NONE && is_of_wireshark(item) {
            assert!(!shown.line.is_empty(), "{place}");
        } else if item.label == TextId::NONE {
            assert!(shown.line.contains(title), "{place}: {title}");
        } else {
            let label = self.plan.text_of(item.label);
            assert_eq!(cut(&shown.line), cut(label), "{place}");
        }
        self.value(&place, item, shown);
    }

    /// Spans are relative to the bytes of their source in the tab.
    fn position(&mut self, place: &str, item: &Item, shown: &Shown) {
        let is_made = !matches!(item.source, SourceId::PACKET | SourceId::HEADING);
        let first = match is_made {
            true => 0,
            false => shown.position.saturating_sub(item.span.start),
        };
        let base = *self.bases.entry(item.source.0).or_insert(first);
        let mut start = base + item.span.start;
        self.starts.truncate(usize::from(item.depth));
        self.starts.push(start);
        // PDML adds up the positions of items that begin before the item above.
        let above = self.starts.iter().rev().nth(1);
        start += above.filter(|above| start < **above).unwrap_or(&0);
        // The position of an item without bytes is relative to where the host cuts HTTP
        // messages.
        if item.span != Span::new(0, 0) {
            assert_eq!(shown.position, start, "{place}: {:?}", item.span);
        }
    }

    fn value(&self, place: &str, item: &Item, shown: &Shown) {
        let Some(spec) = item.field.spec() else {
            return;
        };
        let bytes = item.span.of(self.plan.bytes_of(item.source));
        if spec.mask == 0 && !shown.bytes.is_empty() {
            assert_eq!(shown.bytes, bytes, "{place}");
        }
        match item.value {
            Value::Number(number) => {
                let part = match spec.mask {
                    0 => number,
                    mask => (number & mask) >> mask.trailing_zeros(),
                };
                assert!(is_number(spec.kind, part, shown), "{place}: {part}");
                let name = spec.values.and_then(|codes| codes.name(part as u32));
                let name = name.filter(|_| item.label == TextId::NONE && !is_of_wireshark(item));
                if let Some(name) = name {
                    assert!(shown.line.contains(name), "{place}: {name}");
                }
            }
            Value::Text(text) => {
                assert_eq!(
                    plain(&shown.show),
                    plain(self.plan.text_of(text)),
                    "{place}"
                );
            }
            Value::Utf8 | Value::Latin1 => {
                let is_plain = bytes.iter().all(|byte| matches!(byte, b' '..=b'~'));
                let text = String::from_utf8_lossy(bytes);
                if is_plain {
                    assert_eq!(plain(&shown.show), plain(&text), "{place}");
                }
            }
            Value::Bytes => assert_eq!(shown.bytes, bytes, "{place}"),
            Value::Withheld | Value::None => assert_eq!(shown.show, "", "{place}"),
            Value::HandOff(_) => {}
        }
    }

    pub fn notes(&self, index: usize, shown: &Shown) {
        let of_item = |item: ItemId| match item {
            ItemId::NONE => index == 0,
            item => item.0 as usize == index,
        };
        let notes = self.plan.notes().iter().filter(|note| of_item(note.item));
        let expected = notes.map(|note| {
            let row = note.expert.row().expect("a row");
            let text = match note.text {
                TextId::NONE => row.summary.to_str().expect("a text"),
                text => self.plan.text_of(text),
            };
            let name = row.filter.to_str().expect("a name");
            (name.to_owned(), text.to_owned())
        });
        let (mut expected, mut there) = (expected.collect::<Vec<_>>(), shown.notes.clone());
        expected.sort();
        there.sort();
        assert_eq!(there, expected, "{}: {shown:?}", self.place);
    }

    /// Finds the item's line among those of the text, in brackets if it is generated.
    pub fn line(&self, item: &Item, shown: &Shown, text: &mut text::Frame, from: &mut usize) {
        let indent = " ".repeat(4 * shown.depth);
        let line = match item.generated {
            true => format!("{indent}[{}]", shown.line),
            false => format!("{indent}{}", shown.line),
        };
        let line: String = in_any_version(&line).chars().take(WIDTH).collect();
        let rest = &text.lines[*from..];
        let found = rest.iter().position(|there| *there == line);
        let found = found.unwrap_or_else(|| panic!("{}: no {line:?} in {rest:#?}", self.place));
        *from += found + 1;
    }
}

/// The part of a line that all versions show.
fn cut(line: &str) -> String {
    let line: String = in_any_version(line).chars().take(WIDTH).collect();
    plain(&line)
}

/// A text without characters that XML and versions write in different ways: spaces and
/// controls.
fn plain(text: &str) -> String {
    let mut text = text.to_owned();
    for escape in ["\\r", "\\n", "\\t"] {
        text = text.replace(escape, "");
    }
    text.retain(|c| !c.is_whitespace() && !c.is_control());
    text
}

/// Whether tshark shows `number` in a field of this type.
fn is_number(kind: Type, number: u64, shown: &Shown) -> bool {
    let show = shown.show.as_str();
    match kind {
        Type::Bool => match number {
            0 => matches!(show, "0" | "False"),
            _ => matches!(show, "1" | "True"),
        },
        Type::Ipv4 => show == Ipv4Addr::from(number as u32).to_string(),
        Type::I16 => show.parse() == Ok(number as i64),
        Type::Duration => {
            let seconds = show.parse::<f64>();
            seconds.is_ok_and(|seconds| (seconds * 1e9).round() as i64 == number as i64)
        }
        Type::Moment => in_any_version(&shown.line).ends_with(&moment(number as i64)),
        _ => match show.strip_prefix("0x") {
            Some(hex) => u64::from_str_radix(hex, 16) == Ok(number),
            None => show.parse() == Ok(number),
        },
    }
}

/// A time in nanoseconds since 1970, as Wireshark formats it.
fn moment(nanoseconds: i64) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (seconds, rest) = (
        nanoseconds.div_euclid(1_000_000_000),
        nanoseconds.rem_euclid(1_000_000_000),
    );
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Years begin in March; 400 of them have 146,097 days.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let year = year + 400 * era + i64::from(month >= 10);
    format!(
        "{} {day:>2}, {year} {:02}:{:02}:{:02}.{rest:09} UTC",
        MONTHS[(month as usize + 2) % 12],
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

pub fn is_named(item: &Item, name: &CStr) -> bool {
    item.field.spec().is_some_and(|spec| spec.filter == name)
}

fn is_of_wireshark(item: &Item) -> bool {
    OF_WIRESHARK.iter().any(|name| is_named(item, name))
}
