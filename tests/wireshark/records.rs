//! The PDUs as records (`-z msnms,pdus`), against the values that Wireshark's own PDML has.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use imshark::field::{Spec, Type};
use imshark::protocols::PROTOCOLS;
use imshark::xml::unescape;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value;

use super::each::samples_with;
use super::harness::{sample, wireshark};

/// The values of each field in each frame, in order.
type Values = BTreeMap<(u64, String), Vec<String>>;

/// All fields, by name.
static FIELDS: LazyLock<HashMap<&str, &Spec>> = LazyLock::new(|| {
    let all = PROTOCOLS.iter().flat_map(|protocol| protocol.fields);
    all.map(|spec| (spec.filter.to_str().expect("ASCII"), spec))
        .collect()
});

fn spec(name: &str) -> Option<&'static Spec> {
    FIELDS.get(name).copied()
}

/// The options that print records.
const RECORDS: &[&str] = &["-q", "-z", "msnms,pdus", "-z", "oicq,pdus"];

fn records(text: &str) -> Vec<Value> {
    let line = |line: &str| serde_json::from_str(line).expect("a line of JSON");
    text.lines().map(line).collect()
}

/// The values of records, in the form of [`from_pdml`].
fn from_records(records: &[Value]) -> Values {
    let mut values = Values::new();
    for record in records {
        let frame = record["frame"].as_u64().expect("a frame number");
        for (name, found) in record["fields"].as_object().expect("fields") {
            let kind = spec(name).expect("a field of the tables").kind;
            let texts = found.as_array().expect("an array").iter();
            let texts = texts.map(|value| match (kind, value) {
                (Type::None, _) => String::new(),
                (_, Value::String(text)) => as_in_pdml(text),
                (_, other) => other.to_string(),
            });
            values
                .entry((frame, name.clone()))
                .or_default()
                .extend(texts);
        }
    }
    values
}

/// A text as PDML has it: a NUL ends it.
fn as_in_pdml(text: &str) -> String {
    escaped(text.split('\0').next().unwrap_or_default())
}

/// Escapes control characters, as later versions than 3.4 do in PDML.
fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => shown.push(c),
            c if c.is_ascii_control() => shown.push_str(&format!("\\x{:x}", c as u32)),
            c => shown.push(c),
        }
    }
    shown
}

fn from_pdml(text: &str) -> Values {
    let options = ParsingOptions {
        nodes_limit: u32::MAX,
        ..ParsingOptions::default()
    };
    let text = &escaped(text);
    let document = Document::parse_with_options(text, options).expect("PDML");
    let mut values = Values::new();
    for packet in document
        .descendants()
        .filter(|node| node.has_tag_name("packet"))
    {
        let number = |node: &Node<'_, '_>| node.attribute("name") == Some("num");
        let number = packet.descendants().find(number).expect("a frame number");
        let frame = number.attribute("show").and_then(|show| show.parse().ok());
        let frame = frame.expect("a number");
        for field in packet.descendants() {
            let name = field.attribute("name").unwrap_or_default();
            if let Some(spec) = spec(name) {
                // Parsers replace line breaks in attributes, which PDML has as they are.
                let show = field.attribute_node("show").map(|show| show.range_value());
                let show = show.and_then(|range| text.get(range)).unwrap_or_default();
                let value = value(spec, &unescape(show));
                values
                    .entry((frame, name.to_owned()))
                    .or_default()
                    .push(value);
            }
        }
    }
    values
}

/// The value of a field whose attribute `show` is this, as a record has it.
fn value(spec: &Spec, show: &str) -> String {
    match spec.kind {
        Type::None => String::new(),
        Type::Text | Type::Ipv4 | Type::Ipv6 => show.to_owned(),
        Type::Bytes => show.replace(':', ""),
        Type::Bool => matches!(show, "1" | "True").to_string(),
        Type::Duration => {
            let (seconds, part) = show.split_once('.').expect("seconds");
            format!("{seconds}{part}")
                .trim_start_matches('0')
                .to_owned()
        }
        Type::Moment => moment(show).to_string(),
        _ => match show.strip_prefix("0x") {
            Some(digits) => u64::from_str_radix(digits, 16).expect("digits").to_string(),
            None => show.to_owned(),
        },
    }
}

/// A point in time in UTC, in nanoseconds since 1970: `Sep  9, 2001 01:46:40.000000000 UTC`, or
/// since Wireshark 4.4 `2001-09-09T01:46:40.000000000Z`.
fn moment(show: &str) -> i128 {
    if let Ok(time) = show.parse::<jiff::Timestamp>() {
        return time.as_nanosecond();
    }
    // Wireshark 3.4 marks the first moment of all.
    let text = show.trim_start_matches("(0)").trim_end_matches(" UTC");
    let time = strtime::parse("%b %e, %Y %H:%M:%S%.f", text).expect(show);
    let time = TimeZone::UTC.to_timestamp(time.to_datetime().expect(show));
    time.expect(show).as_nanosecond()
}

#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn records_have_every_value_of_pdml() {
    let mut compared = 0;
    let [all_records, all_pdml] = [RECORDS, &["-T", "pdml"]].map(|view| {
        let jobs = samples_with(view);
        let texts = wireshark().tshark_each(&jobs).into_iter();
        texts.zip(jobs).collect::<Vec<_>>()
    });
    for ((found, (path, _)), (expected, _)) in all_records.iter().zip(&all_pdml) {
        let stem = path.file_stem().expect("a name").to_string_lossy();
        let (found, expected) = (from_records(&records(found)), from_pdml(expected));
        for (place, values) in &expected {
            assert_eq!(found.get(place), Some(values), "{stem}, {place:?}");
            compared += values.len();
        }
        let more: Vec<_> = found
            .keys()
            .filter(|key| !expected.contains_key(*key))
            .collect();
        assert!(more.is_empty(), "{stem}: not in PDML: {more:?}");
    }
    assert!(compared > 20_000, "only {compared} values");
}

#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn a_record_says_where_its_pdu_is() {
    let path = sample("msn.pcap");
    let name = path.to_string_lossy();
    let records = records(&wireshark().tshark(&[RECORDS, &["-r", &name]].concat()));
    let columns = ["frame.number", "tcp.stream", "ip.src", "tcp.srcport"];
    let rows = wireshark().rows(&path, "msnms", &columns, &[]);
    let first = |column: &Vec<String>| column.first().cloned().unwrap_or_default();
    let expected: Vec<Vec<_>> = rows
        .iter()
        .map(|row| row.iter().map(first).collect())
        .collect();
    let mut found: Vec<Vec<_>> = records
        .iter()
        .map(|record| {
            assert_eq!(record["protocol"], "msnms");
            let source = record["source"].as_str().expect("an endpoint");
            let (address, port) = source.split_once(':').expect("a port");
            let text = |value: &Value| value.to_string();
            let [frame, stream] = ["frame", "stream"].map(|key| text(&record[key]));
            vec![frame, stream, address.to_owned(), port.to_owned()]
        })
        .collect();
    found.dedup();
    assert_eq!(found, expected);
}
