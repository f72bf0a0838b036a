//! Field tables in the form that Wireshark registers.
//!
//! Wireshark keeps pointers to these rows and writes to them until the program ends, so
//! they are made once and never freed.

use core::ffi::CStr;
use core::ptr::{null, null_mut};

use libc::{c_char, c_int, c_uint, c_void};
use once_cell::sync::OnceCell;

use crate::codes::Codes;
use crate::entries::ENTRIES;
use crate::epan::entry::entry;
use crate::epan::forever::{forever, Registered};
use crate::epan::sys;
use crate::field::{Base, Expert, Group, Protocol, Severity, Spec, Type};
use crate::handoff::{Argument, HandOffRow, ROWS};
use crate::protocols::PROTOCOLS;

/// An id that Wireshark has not assigned yet. Versions before 4.4 require -1.
const UNSET: c_int = -1;

/// The tables of one protocol, for the shim to register: the same in every call. Returns
/// `None` if `which` is no protocol's index.
pub(super) fn tables(which: usize) -> Option<*mut sys::imshark_protocol> {
    static TABLES: [OnceCell<Registered<sys::imshark_protocol>>; PROTOCOLS.len()] =
        [const { OnceCell::new() }; PROTOCOLS.len()];
    let protocol = PROTOCOLS.get(which)?;
    let tables = TABLES.get(which)?;
    let row = ENTRIES.get(which)?;
    let make = || tables_of(protocol, entry(row));
    Some(tables.get_or_init(make).0)
}

fn tables_of(
    protocol: &'static Protocol,
    entry: *const sys::imshark_entry,
) -> Registered<sys::imshark_protocol> {
    let field = |(row, spec)| field(protocol, row, spec);
    let fields = forever(protocol.fields.iter().enumerate().map(field));
    let experts = forever(protocol.experts.iter().map(expert));
    let trees = forever((0..=protocol.fields.len()).map(|_| UNSET));
    let tables = sys::imshark_protocol {
        name: protocol.name.as_ptr(),
        short_name: protocol.short_name.as_ptr(),
        filter: protocol.filter.as_ptr(),
        entry,
        fields,
        experts,
        trees,
        field_count: protocol.fields.len() as u32,
        leading_field_count: protocol.leading_fields as u32,
        expert_count: protocol.experts.len() as u32,
        id: UNSET,
    };
    Registered(forever([tables].into_iter()))
}

/// The list of hand-offs. It comes from the plugin's own table, never from a packet.
pub(super) fn dissectors() -> (*const sys::imshark_dissector, usize) {
    static DISSECTORS: OnceCell<Registered<sys::imshark_dissector>> = OnceCell::new();
    let row = |row: &HandOffRow| sys::imshark_dissector {
        name: row.dissector.as_ptr(),
        media: match row.argument {
            Argument::Media(media) => media.as_ptr(),
            Argument::None => null(),
        },
    };
    let list = DISSECTORS.get_or_init(|| Registered(forever(ROWS.iter().map(row))));
    (list.0, ROWS.len())
}

fn text(text: &CStr) -> *const c_char {
    if text.is_empty() {
        null()
    } else {
        text.as_ptr()
    }
}

fn field(protocol: &Protocol, row: usize, spec: &Spec) -> sys::hf_register_info {
    sys::hf_register_info {
        p_id: forever([UNSET].into_iter()),
        hfinfo: sys::header_field_info {
            name: spec.title.as_ptr(),
            abbrev: spec.filter.as_ptr(),
            type_: field_type(spec.kind),
            display: display(protocol, row, spec) as c_int,
            strings: strings(spec),
            bitmask: spec.mask,
            blurb: text(spec.blurb),
            // The values of the macro HFILL.
            id: -1,
            parent: 0,
            ref_type: sys::HF_REF_TYPE_NONE,
            same_name_prev_id: -1,
            same_name_next: null_mut(),
        },
    }
}

fn field_type(kind: Type) -> sys::ftenum {
    match kind {
        Type::None => sys::FT_NONE,
        Type::U8 => sys::FT_UINT8,
        Type::U16 => sys::FT_UINT16,
        Type::I16 => sys::FT_INT16,
        Type::U32 => sys::FT_UINT32,
        Type::Text => sys::FT_STRING,
        Type::Bytes => sys::FT_BYTES,
        Type::U64 => sys::FT_UINT64,
        Type::Bool => sys::FT_BOOLEAN,
        Type::Ipv4 => sys::FT_IPv4,
        Type::Ipv6 => sys::FT_IPv6,
        Type::Frame | Type::RequestFrame | Type::ResponseFrame => sys::FT_FRAMENUM,
        Type::Duration => sys::FT_RELATIVE_TIME,
        Type::Moment => sys::FT_ABSOLUTE_TIME,
    }
}

/// The field's `display`: a base, the width in bits of the number that a flag is part of,
/// or the format of a time.
fn display(protocol: &Protocol, row: usize, spec: &Spec) -> c_uint {
    match spec.kind {
        Type::Bool if spec.mask == 0 => sys::BASE_NONE,
        Type::Bool => protocol.width_of_whole(row),
        Type::Moment => sys::IMSHARK_TIME_UTC,
        _ => field_base(spec.base),
    }
}

/// The field's value names; for frame numbers, the type of frame they link to.
fn strings(spec: &Spec) -> *const c_void {
    match spec.kind {
        Type::RequestFrame => sys::FT_FRAMENUM_REQUEST as usize as *const c_void,
        Type::ResponseFrame => sys::FT_FRAMENUM_RESPONSE as usize as *const c_void,
        _ => spec.values.map_or(null(), value_strings),
    }
}

fn field_base(base: Base) -> c_uint {
    match base {
        Base::None => sys::BASE_NONE,
        Base::Dec => sys::BASE_DEC,
        Base::Hex => sys::BASE_HEX,
    }
}

/// A `value_string` array with its terminator.
fn value_strings(codes: Codes) -> *const c_void {
    let rows = codes
        .rows()
        .iter()
        .map(|(value, name)| (*value, name.as_ptr()));
    let rows = rows.chain([(0, null())]);
    forever(rows.map(|(value, strptr)| sys::value_string { value, strptr })).cast()
}

fn expert(expert: &Expert) -> sys::ei_register_info {
    let ids = sys::expert_field {
        ei: UNSET,
        hf: UNSET,
    };
    sys::ei_register_info {
        ids: forever([ids].into_iter()),
        eiinfo: sys::expert_field_info {
            name: expert.filter.as_ptr(),
            group: group(expert.group) as c_int,
            severity: severity(expert.severity) as c_int,
            summary: expert.summary.as_ptr(),
            // The values of the macro EXPFILL.
            id: 0,
            protocol: null(),
            orig_severity: 0,
            hf_info: sys::hf_register_info {
                p_id: null_mut(),
                hfinfo: sys::header_field_info {
                    name: null(),
                    abbrev: null(),
                    type_: sys::FT_NONE,
                    display: sys::BASE_NONE as c_int,
                    strings: null(),
                    bitmask: 0,
                    blurb: null(),
                    id: -1,
                    parent: 0,
                    ref_type: sys::HF_REF_TYPE_NONE,
                    same_name_prev_id: -1,
                    same_name_next: null_mut(),
                },
            },
        },
    }
}

fn group(group: Group) -> c_uint {
    match group {
        Group::Response => sys::PI_RESPONSE_CODE,
        Group::Sequence => sys::PI_SEQUENCE,
        Group::Undecoded => sys::PI_UNDECODED,
        Group::Protocol => sys::PI_PROTOCOL,
        Group::Malformed => sys::PI_MALFORMED,
        Group::Reassembly => sys::PI_REASSEMBLE,
    }
}

fn severity(severity: Severity) -> c_uint {
    match severity {
        Severity::Chat => sys::PI_CHAT,
        Severity::Note => sys::PI_NOTE,
        Severity::Warning => sys::PI_WARN,
        Severity::Error => sys::PI_ERROR,
    }
}
