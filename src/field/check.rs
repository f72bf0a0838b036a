//! Compile-time checks of a table. Every message names the offending row.
//!
//! The tests call the same checks at run time.

#[cfg(test)]
mod tests;

use core::ffi::CStr;

use crate::field::spec::{Protocol, Spec, Type};
use crate::refuse::refuse;

/// Rejects protocols that are not at their index, and prefixes with which names of two
/// protocols could collide once dots become underscores.
///
/// # Panics
///
/// At the first invalid protocol.
pub const fn check_places(protocols: &[&Protocol]) {
    let mut i = 0;
    while i < protocols.len() {
        let protocol = protocols[i];
        if protocol.index as usize != i {
            fault(protocol.filter, "this protocol is not at its index");
        }
        let mut earlier = 0;
        while earlier < i {
            let other = protocols[earlier];
            if begins_keys_of(protocol.filter, other.filter)
                || begins_keys_of(other.filter, protocol.filter)
            {
                fault_with(protocol.filter, "its names can collide with ", other.filter);
            }
            earlier += 1;
        }
        i += 1;
    }
}

/// Rejects a table that violates a rule of Wireshark or of this crate.
///
/// # Panics
///
/// At the first invalid row.
pub const fn check(protocol: &Protocol) {
    let fields = protocol.fields;
    if protocol.leading_fields > fields.len() {
        fault(protocol.filter, "it has fewer fields than leading ones");
    }
    let mut i = 0;
    while i < fields.len() {
        check_field(protocol, i);
        i += 1;
    }
    let mut i = 0;
    while i < protocol.experts.len() {
        let expert = &protocol.experts[i];
        check_filter(protocol.filter, expert.filter);
        if expert.summary.is_empty() {
            fault(expert.filter, "this note has no summary");
        }
        i += 1;
    }
    check_names(protocol);
}

const fn check_field(protocol: &Protocol, row: usize) {
    let spec = &protocol.fields[row];
    check_filter(protocol.filter, spec.filter);
    check_type(spec);
    check_mask(protocol.fields, row);
    if spec.title.is_empty() {
        fault(spec.filter, "this field has no title");
    }
    if spec.blurb.is_empty() {
        fault(spec.filter, "this field has no blurb");
    }
    if is_same(spec.title, spec.blurb) {
        fault(spec.filter, "the blurb adds nothing to the title");
    }
}

/// Names of fields and notes are unique, even when dots become underscores, as in JSON
/// and in databases.
const fn check_names(protocol: &Protocol) {
    let count = protocol.fields.len() + protocol.experts.len();
    let mut i = 0;
    while i < count {
        let name = name_of(protocol, i);
        let mut earlier = 0;
        while earlier < i {
            let other = name_of(protocol, earlier);
            if is_same_key(other, name) {
                fault_with(name, "this is the same key as ", other);
            }
            earlier += 1;
        }
        i += 1;
    }
}

const fn name_of(protocol: &Protocol, row: usize) -> &'static CStr {
    let fields = protocol.fields;
    if row < fields.len() {
        fields[row].filter
    } else {
        protocol.experts[row - fields.len()].filter
    }
}

/// Type, base and value names must be consistent, or Wireshark refuses to start.
const fn check_type(spec: &Spec) {
    let width = spec.kind.width();
    let is_number = width > 0;
    if is_number == spec.base.is_none() {
        fault(
            spec.filter,
            "a number needs a base, and nothing else may have one",
        );
    }
    if let Some(mark) = spec.secret {
        if mark.is_empty() {
            fault(spec.filter, "a secret needs a placeholder");
        }
        if spec.values.is_some() || spec.mask != 0 {
            fault(spec.filter, "a secret has no named values and no bits");
        }
    }
    if let Some(codes) = spec.values {
        if !is_number || width > 32 {
            fault(
                spec.filter,
                "only numbers of at most 32 bits have named values",
            );
        }
        let rows = codes.rows();
        if rows.is_empty() {
            fault(spec.filter, "the table of its values is empty");
        }
        if rows[rows.len() - 1].0 as u64 > largest(width) {
            fault(spec.filter, "a named value does not fit its type");
        }
    }
}

/// A row with a mask follows the number that it is a part of, together with the number's
/// other parts, and its mask overlaps none of theirs.
const fn check_mask(fields: &[Spec], row: usize) {
    let spec = &fields[row];
    if spec.mask == 0 {
        return;
    }
    let is_flag = matches!(spec.kind, Type::Bool);
    if spec.kind.width() == 0 && !is_flag {
        fault(spec.filter, "only numbers and bits have a mask");
    }
    if is_flag && !spec.mask.is_power_of_two() {
        fault(spec.filter, "a flag is one bit");
    }
    let mut above = row;
    while above > 0 && fields[above].mask != 0 {
        above -= 1;
    }
    let whole = &fields[above];
    if whole.mask != 0 || whole.kind.width() == 0 {
        if row == 0 {
            fault(spec.filter, "a part follows its number");
        }
        fault_with(
            spec.filter,
            "a part follows its number or another part, but the row above is ",
            whole.filter,
        );
    }
    if !is_below(whole.filter, spec.filter) {
        fault_with(
            spec.filter,
            "a part is named after its number, ",
            whole.filter,
        );
    }
    let mut other = above + 1;
    while other < row {
        if fields[other].mask & spec.mask != 0 {
            fault_with(
                spec.filter,
                "its mask overlaps that of ",
                fields[other].filter,
            );
        }
        other += 1;
    }
    if !is_flag && spec.kind.width() != whole.kind.width() {
        fault_with(spec.filter, "a part is as wide as ", whole.filter);
    }
    if spec.mask > largest(whole.kind.width()) {
        fault_with(spec.filter, "its mask does not fit ", whole.filter);
    }
}

/// The largest number of `width` bits.
const fn largest(width: u32) -> u64 {
    if width >= 64 {
        u64::MAX
    } else {
        (1 << width) - 1
    }
}

/// A filter name is `<protocol>.`, then lower-case letters, digits, `_` and single dots.
const fn check_filter(protocol: &CStr, filter: &CStr) {
    if !is_below(protocol, filter) {
        fault_with(filter, "a name begins with its protocol's, ", protocol);
    }
    let name = filter.to_bytes();
    let mut i = protocol.to_bytes().len();
    while i < name.len() {
        let is_allowed = name[i].is_ascii_lowercase()
            || name[i].is_ascii_digit()
            || name[i] == b'_'
            || (name[i] == b'.' && name[i - 1] != b'.' && i + 1 < name.len());
        if !is_allowed {
            fault(filter, "this name has a character that is not allowed");
        }
        i += 1;
    }
}

/// Whether `name` is `whole`, a dot and at least one more byte.
const fn is_below(whole: &CStr, name: &CStr) -> bool {
    let (whole, name) = (whole.to_bytes(), name.to_bytes());
    if name.len() <= whole.len() + 1 || name[whole.len()] != b'.' {
        return false;
    }
    let mut i = 0;
    while i < whole.len() {
        if name[i] != whole[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether the keys of `other` can begin with the key of `protocol`.
const fn begins_keys_of(protocol: &CStr, other: &CStr) -> bool {
    let (protocol, other) = (protocol.to_bytes(), other.to_bytes());
    if protocol.len() > other.len() {
        return false;
    }
    let mut i = 0;
    while i < protocol.len() {
        if key(protocol[i]) != key(other[i]) {
            return false;
        }
        i += 1;
    }
    protocol.len() == other.len() || key(other[i]) == b'_'
}

const fn is_same_key(a: &CStr, b: &CStr) -> bool {
    let (a, b) = (a.to_bytes(), b.to_bytes());
    if a.len() != b.len() {
        return false;
    }
    // Names differ at their ends, not in their prefixes.
    let mut i = a.len();
    while i > 0 {
        i -= 1;
        if key(a[i]) != key(b[i]) {
            return false;
        }
    }
    true
}

const fn key(byte: u8) -> u8 {
    if byte == b'.' {
        b'_'
    } else {
        byte
    }
}

const fn is_same(a: &CStr, b: &CStr) -> bool {
    let (a, b) = (a.to_bytes(), b.to_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

const fn fault(row: &CStr, what: &str) -> ! {
    fault_with(row, what, c"")
}

const fn fault_with(row: &CStr, what: &str, other: &CStr) -> ! {
    refuse(&[row.to_bytes(), b": ", what.as_bytes(), other.to_bytes()])
}
