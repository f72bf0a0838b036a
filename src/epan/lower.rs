//! Copies a Plan into the packet's memory pool, in the form that the shim applies.

use std::net::Ipv6Addr;

use libc::{c_char, c_void};

use crate::epan::reports::{boxed, Said};
use crate::epan::sys;
use crate::error::Missing;
use crate::field::FieldId;
use crate::field::Type;
use crate::packet::{Address, Packet, Transport};
use crate::plan::{
    ExpectedConnection, ExpertNote, Item, Plan, Source, SourceId, TextId, Value, Verdict, MAX_DEPTH,
};

const _: () = assert!(MAX_DEPTH as u32 == sys::IMSHARK_MAX_DEPTH);
const _: () = assert!(FieldId::PROTOCOL_ITEM as u32 == sys::IMSHARK_FIELD_PROTOCOL);
const _: () = assert!(SourceId::HEADING.0 as u32 == sys::IMSHARK_HEADING);

/// Memory that lives until Wireshark is done with the packet.
#[derive(Clone, Copy)]
pub(super) struct Pool(pub(super) *mut c_void);

impl Pool {
    /// Copies `rows` into the pool.
    pub(super) fn keep<T: Copy>(self, rows: &[T]) -> *const T {
        let size = core::mem::size_of_val(rows);
        // SAFETY: the shim passed the packet's pool. wmem_alloc never throws; it returns
        // memory for any object of that size, or ends the program, and NULL for size 0.
        let memory = unsafe { sys::imshark_pool_alloc(self.0, size) }.cast::<T>();
        if !memory.is_null() {
            // SAFETY: `memory` has room for `rows.len()` values and is new, so the two do
            // not overlap.
            unsafe { memory.copy_from_nonoverlapping(rows.as_ptr(), rows.len()) };
        }
        memory
    }

    /// Writes rows into the pool as they are made.
    fn keep_each<T: Copy>(self, rows: impl ExactSizeIterator<Item = T>) -> *const T {
        let (count, size) = (rows.len(), core::mem::size_of::<T>());
        // SAFETY: as in `keep`. A product that exceeds memory ends the program.
        let memory =
            unsafe { sys::imshark_pool_alloc(self.0, count.saturating_mul(size)) }.cast::<T>();
        if !memory.is_null() {
            for (index, row) in rows.take(count).enumerate() {
                // SAFETY: `memory` has room for `count` values and is aligned for any
                // type.
                unsafe { memory.add(index).write(row) };
            }
        }
        memory
    }

    /// Gives what a packet says to the pool, which frees it.
    pub(super) fn keep_said(self, said: Said, out: &mut sys::imshark_plan) {
        if said.events.is_empty() && said.records.is_empty() {
            return;
        }
        let events = boxed(said);
        out.events = events;
        // SAFETY: the shim passed the packet's pool. wmem_register_callback never throws; the
        // pool calls the function that frees the events exactly once.
        unsafe { sys::imshark_pool_own_events(self.0, events) };
    }

    /// Copies a text into the pool and ends it with NUL. A NUL within the text truncates
    /// it.
    pub(super) fn keep_text(self, text: &str) -> *const c_char {
        let mut bytes = Vec::with_capacity(text.len() + 1);
        bytes.extend_from_slice(text.as_bytes());
        bytes.push(0);
        self.keep(&bytes).cast()
    }
}

/// Writes `plan` to `out`, with its parts in the pool. If `before` is not 0, that many
/// first bytes of the packet are not in the frame: the whole packet is copied, and the
/// shim shows the copy.
pub(super) fn lower(
    plan: &mut Plan<'_>,
    packet: &Packet<'_>,
    before: usize,
    pool: Pool,
    out: &mut sys::imshark_plan,
) {
    let (verdict, offset, missing) = match plan.verdict {
        Verdict::Reject => (sys::IMSHARK_REJECT, 0, 0),
        Verdict::Accept => (sys::IMSHARK_ACCEPT, 0, 0),
        Verdict::Reassemble(at, Missing::Unknown) => (sys::IMSHARK_REASSEMBLE, at, 0),
        Verdict::Reassemble(at, Missing::Bytes(n)) => (sys::IMSHARK_REASSEMBLE, at, n),
    };
    out.verdict = verdict;
    if plan.verdict == Verdict::Reject {
        return;
    }
    if before > 0 {
        out.whole = pool.keep(packet.bytes);
        out.whole_length = packet.bytes.len() as u32;
        out.before = before as u32;
    }
    // TCP cannot reassemble bytes before this segment, nor need it: they are kept.
    out.offset = offset.saturating_sub(before) as u32;
    out.missing = missing as u32;
    out.pdus = plan.pdus;
    out.http_headers = plan.http_headers;
    if let Some(span) = plan.uncaptured {
        out.uncaptured_offset = span.start as u32;
        out.uncaptured_length = span.len as u32;
    }
    if !plan.items().is_empty() || !plan.notes().is_empty() {
        lower_lists(plan, pool, out);
    }
    if !plan.expected().is_empty() {
        out.expected = pool.keep_each(plan.expected().iter().map(expected));
        out.expected_count = plan.expected().len() as u32;
    }
    if plan.pdus > 0 {
        out.info = pool.keep(plan.end_info()).cast();
    }
}

fn lower_lists(plan: &Plan<'_>, pool: Pool, out: &mut sys::imshark_plan) {
    out.texts = pool.keep(plan.texts()).cast();
    out.items = pool.keep_each(plan.items().iter().map(|i| item(i, plan, pool)));
    out.item_count = plan.items().len() as u32;
    out.notes = pool.keep_each(plan.notes().iter().map(note));
    out.note_count = plan.notes().len() as u32;
    out.sources = pool.keep_each(plan.sources().iter().map(|s| source(s, pool)));
    out.source_count = plan.sources().len() as u32;
}

fn source(source: &Source, pool: Pool) -> sys::imshark_source {
    sys::imshark_source {
        name: source.name.as_ptr(),
        bytes: pool.keep(&source.bytes),
        length: source.bytes.len() as u32,
    }
}

fn expected(expected: &ExpectedConnection) -> sys::imshark_expected {
    let mut address = sys::imshark_address {
        bytes: [0; 16],
        length: 0,
    };
    let bytes: &[u8] = match &expected.address {
        Address::Unknown => &[],
        Address::V4(bytes) => bytes,
        Address::V6(bytes) => bytes,
    };
    address.bytes[..bytes.len()].copy_from_slice(bytes);
    address.length = bytes.len() as u8;
    let transport = match expected.transport {
        Transport::Udp => sys::IMSHARK_UDP,
        _ => sys::IMSHARK_TCP,
    };
    sys::imshark_expected {
        address,
        port: expected.port,
        protocol: expected.protocol,
        transport: transport as u8,
    }
}

/// The item kind and value of a number, by the type of its field.
fn number(number: u64, field: FieldId) -> (u32, u64) {
    match field.spec().map(|spec| spec.kind) {
        Some(Type::U64) => (sys::IMSHARK_NUMBER64, number),
        Some(Type::I16) => (sys::IMSHARK_SIGNED, number),
        Some(Type::Bool) => (sys::IMSHARK_FLAG, number),
        Some(Type::Ipv4) => {
            let in_memory = u32::from_ne_bytes((number as u32).to_be_bytes());
            (sys::IMSHARK_IPV4, u64::from(in_memory))
        }
        Some(Type::Duration | Type::Moment) => (sys::IMSHARK_TIME, number),
        _ => (sys::IMSHARK_NUMBER, number),
    }
}

/// The item kind and value of a text, by the type of its field.
fn text(id: TextId, field: FieldId, plan: &Plan<'_>, pool: Pool) -> (u32, u64) {
    let is_address = field.spec().is_some_and(|spec| spec.kind == Type::Ipv6);
    if !is_address {
        return (sys::IMSHARK_TEXT, u64::from(id.0));
    }
    let address = plan.text_of(id).parse().unwrap_or(Ipv6Addr::UNSPECIFIED);
    let bytes = pool.keep(&address.octets());
    (sys::IMSHARK_IPV6, bytes as usize as u64)
}

/// The item kind and value of a withheld value: one without bytes.
fn withheld(field: FieldId) -> (u32, u64) {
    match field.spec().map(|spec| spec.kind) {
        Some(Type::Text) => (sys::IMSHARK_TEXT, u64::from(TextId::NONE.0)),
        _ => (sys::IMSHARK_NO_BYTES, 0),
    }
}

fn item(item: &Item, plan: &Plan<'_>, pool: Pool) -> sys::imshark_item {
    let (kind, value) = match item.value {
        Value::None => (sys::IMSHARK_NONE, 0),
        Value::Number(value) => number(value, item.field),
        Value::Text(id) => text(id, item.field, plan, pool),
        Value::Utf8 => (sys::IMSHARK_UTF8, 0),
        Value::Bytes => (sys::IMSHARK_BYTES, 0),
        Value::Latin1 => (sys::IMSHARK_LATIN1, 0),
        Value::Withheld => withheld(item.field),
        Value::HandOff(to) => (sys::IMSHARK_HAND_OFF, to as u64),
    };
    let generated = if item.generated {
        sys::IMSHARK_GENERATED
    } else {
        0
    };
    let hidden = if item.hidden { sys::IMSHARK_HIDDEN } else { 0 };
    sys::imshark_item {
        value,
        start: item.span.start as u32,
        length: item.span.len as u32,
        label: item.label.0,
        protocol: item.field.protocol,
        field: item.field.row,
        source: item.source.0,
        kind: kind as u8,
        depth: item.depth,
        flags: (generated | hidden) as u8,
    }
}

fn note(note: &ExpertNote) -> sys::imshark_note {
    sys::imshark_note {
        item: note.item.0,
        text: note.text.0,
        protocol: note.expert.protocol,
        expert: note.expert.row,
    }
}
