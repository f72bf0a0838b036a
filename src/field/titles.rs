//! Compile-time checks of the titles of a table. Every message names both rows.

use core::ffi::CStr;

use crate::field::spec::Spec;
use crate::refuse::refuse;

/// Rejects fields with the same title, ignoring case: the tree and dialogs identify a
/// field by its title alone.
///
/// # Panics
///
/// At the first field with the title of an earlier one.
pub const fn check_titles(fields: &[Spec]) {
    let mut i = 0;
    while i < fields.len() {
        let mut earlier = 0;
        while earlier < i {
            let (row, other) = (&fields[i], &fields[earlier]);
            if is_same(row.title, other.title) {
                refuse(&[
                    row.filter.to_bytes(),
                    b": it has the same title as ",
                    other.filter.to_bytes(),
                ])
            }
            earlier += 1;
        }
        i += 1;
    }
}

const fn is_same(a: &CStr, b: &CStr) -> bool {
    let (a, b) = (a.to_bytes(), b.to_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] && !a[i].eq_ignore_ascii_case(&b[i]) {
            return false;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::spec::{Base, Type};

    const KNOB: Spec = Spec {
        filter: c"oicq.knob",
        title: c"Top knob",
        kind: Type::U8,
        base: Base::Hex,
        mask: 0,
        secret: None,
        values: None,
        blurb: c"What can be turned",
    };

    #[test]
    fn titles_are_unique() {
        check_titles(&[
            KNOB,
            Spec {
                filter: c"oicq.button",
                title: c"Top",
                ..KNOB
            },
        ]);
    }

    #[test]
    #[should_panic(expected = "oicq.button: it has the same title as oicq.knob")]
    fn an_error_names_both_rows() {
        check_titles(&[
            KNOB,
            Spec {
                filter: c"oicq.button",
                title: c"Top Knob",
                ..KNOB
            },
        ]);
    }
}
