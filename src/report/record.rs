//! A PDU as a record for databases: all of its fields with their values, as a line of JSON.
//!
//! Unlike events, a record has what the tree has: a secret is in it exactly if the tree shows it.

use std::net::Ipv4Addr;

use serde_json::{Map, Value as Json};

use crate::digest::hex;
use crate::event::time::utc;
use crate::event::{pdus, Connection, PduItems};
use crate::field::{Spec, Type};
use crate::packet::{Packet, Transport};
use crate::plan::{Item, Plan, Value};
use crate::protocols::PROTOCOLS;
use crate::report::format::json::escaped;

/// The records of the PDUs of a packet, each a line with a line feed.
///
/// Keys are `protocol`, `frame`, `pdu` (from 0, in the frame), `time` (RFC 3339), `time_ns`
/// (since 1970), `stream` (of TCP or UDP; none if unknown), `transport`, `source`,
/// `destination`, `fields` and `notes`. A field has an array of all its values in the PDU, in the
/// order of the tree: numbers and booleans as such, bytes as hexadecimal digits, addresses and
/// texts as strings, times in nanoseconds (since 1970), and `true` for a field without a value.
///
/// `first` is the number of PDUs that the frame had before, and is counted on.
pub fn records(plan: &Plan<'_>, packet: &Packet<'_>, first: &mut u32) -> String {
    let mut lines = String::new();
    for pdu in &pdus(plan) {
        let index = *first;
        *first = first.saturating_add(1);
        let record = Json::from(record(plan, packet, pdu, index)).to_string();
        lines.push_str(&escaped(&record));
        lines.push('\n');
    }
    lines
}

fn record(
    plan: &Plan<'_>,
    packet: &Packet<'_>,
    pdu: &PduItems<'_>,
    index: u32,
) -> Map<String, Json> {
    let connection = Connection::of(packet);
    let protocol = PROTOCOLS.get(usize::from(pdu.protocol()));
    let mut record = Map::new();
    let mut add = |key: &str, value: Json| record.insert(key.to_owned(), value);
    add(
        "protocol",
        protocol
            .map_or("", |it| it.filter.to_str().unwrap_or_default())
            .into(),
    );
    add("frame", packet.frame.into());
    add("pdu", index.into());
    add("time", utc(packet.time).into());
    add("time_ns", packet.time.into());
    if let Some(stream) = packet.stream {
        add("stream", stream.into());
    }
    if let Some(transport) = transport(packet.transport) {
        add("transport", transport.into());
    }
    add("source", connection.source.to_string().into());
    add("destination", connection.destination.to_string().into());
    add("fields", fields(plan, pdu).into());
    add("notes", notes(plan, pdu).into());
    record
}

fn transport(transport: Transport) -> Option<&'static str> {
    match transport {
        Transport::Tcp => Some("tcp"),
        Transport::Udp => Some("udp"),
        Transport::Http | Transport::HttpMessages => Some("http"),
        Transport::Other => None,
    }
}

fn fields(plan: &Plan<'_>, pdu: &PduItems<'_>) -> Map<String, Json> {
    let mut fields = Map::new();
    for item in pdu.items() {
        let spec = item.field.spec();
        let Some(spec) = spec.filter(|spec| !is_unseen_flag(item, spec)) else {
            continue;
        };
        let name = spec.filter.to_str().unwrap_or_default();
        let values = fields
            .entry(name)
            .or_insert_with(|| Json::Array(Vec::new()));
        if let Json::Array(values) = values {
            values.push(value(plan, pdu, item, spec));
        }
    }
    fields
}

/// Whether it is a bit that is not set and that the tree does not show: there are as many as a
/// number has bits.
fn is_unseen_flag(item: &Item, spec: &Spec) -> bool {
    item.hidden
        && spec.is_flag()
        && matches!(item.value, Value::Number(bits) if bits & spec.mask == 0)
}

fn value(plan: &Plan<'_>, pdu: &PduItems<'_>, item: &Item, spec: &Spec) -> Json {
    match (item.value, spec.kind) {
        (Value::Number(number), _) => of_number(number, spec),
        (Value::Withheld, _) => "".into(),
        (Value::Latin1, _) => latin1(pdu.bytes_of(item)).into(),
        (Value::Bytes, _) => hex(pdu.bytes_of(item)).into(),
        (Value::Text(_) | Value::Utf8, _) => plan.value_of(item).unwrap_or_default().into(),
        (Value::None | Value::HandOff(..), _) => true.into(),
    }
}

fn of_number(number: u64, spec: &Spec) -> Json {
    let part = match spec.mask {
        0 => number,
        mask => (number & mask) >> mask.trailing_zeros(),
    };
    match spec.kind {
        Type::Bool => (part != 0).into(),
        Type::Ipv4 => Ipv4Addr::from(part as u32).to_string().into(),
        Type::I16 | Type::Duration | Type::Moment => (part as i64).into(),
        _ => part.into(),
    }
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The names of the expert notes of a PDU, in order.
fn notes(plan: &Plan<'_>, pdu: &PduItems<'_>) -> Vec<Json> {
    let of_pdu = plan.notes().iter().filter(|note| pdu.contains(note.item));
    let names = of_pdu.filter_map(|note| {
        let protocol = PROTOCOLS.get(usize::from(note.expert.protocol))?;
        let row = protocol.experts.get(usize::from(note.expert.row))?;
        Some(row.filter.to_str().unwrap_or_default().into())
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnp::fields::{Field, Note, MSNMS};
    use crate::packet::{Address, Detail};
    use crate::span::Span;

    #[test]
    fn a_record_has_all_values_of_each_field() {
        let data = b"MSG \xe9\x1b 5\r\n";
        let packet = Packet {
            bytes: data,
            frame: 7,
            first_pdu: 1,
            transport: Transport::Tcp,
            stream: Some(3),
            source: Address::V4([192, 0, 2, 10]),
            source_port: 1025,
            time: 1_000_000_000_000_000_001,
            detail: Detail::Fields,
            ..Packet::default()
        };
        let mut plan = Plan::new(&MSNMS, data, Detail::Fields);
        let root = plan.heading(0, &MSNMS, Span::new(0, data.len()));
        plan.text(1, Field::Cmd, Span::new(0, 3));
        plan.text(1, Field::Param, Span::new(4, 2));
        plan.derived(1, Field::Param, Span::new(7, 1), "5");
        plan.number(1, Field::TrId, Span::new(7, 1), u32::MAX);
        plan.bytes(1, Field::Payload, Span::new(4, 2));
        plan.note(Note::UnknownCommand, root);
        let expected = concat!(
            r#"{"destination":"an unknown address:0","fields":{"msnms.cmd":["MSG"],"#,
            r#""msnms.param":["�\u001b","5"],"msnms.payload":["e91b"],"msnms.trid":[4294967295]},"#,
            r#""frame":7,"notes":["msnms.cmd.unknown"],"pdu":1,"protocol":"msnms","#,
            r#""source":"192.0.2.10:1025","stream":3,"time":"2001-09-09T01:46:40.000000001Z","#,
            r#""time_ns":1000000000000000001,"transport":"tcp"}"#,
            "\n"
        );
        let mut count = 1;
        assert_eq!(records(&plan, &packet, &mut count), expected);
        assert_eq!(count, 2);
    }
}
