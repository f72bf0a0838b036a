use super::*;
use crate::codes::Codes;
use crate::field::spec::{Base, Expert, Group, Severity};

const KNOBS: Spec = Spec {
    filter: c"oicq.knobs",
    title: c"Knobs",
    kind: Type::U8,
    base: Base::Hex,
    mask: 0,
    secret: None,
    values: None,
    blurb: c"What can be turned",
};
const TOP: Spec = Spec {
    filter: c"oicq.knobs.top",
    title: c"Top",
    kind: Type::Bool,
    base: Base::None,
    mask: 0x80,
    ..KNOBS
};
const LOW: Spec = Spec {
    filter: c"oicq.knobs.low",
    title: c"Low",
    mask: 0x01,
    ..TOP
};
const NOTE: Expert = Expert {
    filter: c"oicq.knobs_top",
    group: Group::Protocol,
    severity: Severity::Note,
    summary: c"The top is off",
};
const NO_VALUES: Codes = Codes::new(&[]);
const VALUES: Codes = Codes::new(&[(1, c"one"), (0x100, c"too many for a byte")]);

/// The error message for a table; empty if it is valid.
fn refusal(fields: &'static [Spec], experts: &'static [Expert]) -> String {
    let protocol = Protocol {
        index: 0,
        name: c"Example",
        short_name: c"EXMP",
        filter: c"oicq",
        leading_fields: 0,
        fields,
        experts,
    };
    message(|| check(&protocol))
}

fn message(checks: impl FnOnce() + std::panic::UnwindSafe) -> String {
    match std::panic::catch_unwind(checks) {
        Ok(()) => String::new(),
        Err(panic) => *panic.downcast::<String>().expect("a text"),
    }
}

#[test]
fn a_good_table_is_accepted() {
    assert_eq!(refusal(const { &[KNOBS, TOP, LOW] }, &[]), "");
}

#[test]
#[rustfmt::skip]
fn an_error_names_the_row() {
    let rows: [(&'static [Spec], &str); 21] = [
        (const { &[KNOBS, Spec { mask: 0x100, ..TOP }] }, "oicq.knobs.top: its mask does not fit oicq.knobs"),
        (const { &[KNOBS, Spec { mask: 0x03, ..TOP }] }, "oicq.knobs.top: a flag is one bit"),
        (const { &[KNOBS, LOW, Spec { mask: 0x01, ..TOP }] }, "oicq.knobs.top: its mask overlaps that of oicq.knobs.low"),
        (const { &[TOP] }, "oicq.knobs.top: a part follows its number"),
        (const { &[KNOBS, Spec { filter: c"oicq.button", ..KNOBS }, TOP] }, "oicq.knobs.top: a part is named after its number, oicq.button"),
        (const { &[KNOBS, Spec { base: Base::Dec, ..TOP }] }, "oicq.knobs.top: a number needs a base, and nothing else may have one"),
        (const { &[KNOBS, Spec { blurb: c"Top", ..TOP }] }, "oicq.knobs.top: the blurb adds nothing to the title"),
        (const { &[KNOBS, TOP, Spec { filter: c"oicq.knobs_top", ..KNOBS }] }, "oicq.knobs_top: this is the same key as oicq.knobs.top"),
        (const { &[Spec { values: Some(NO_VALUES), ..KNOBS }] }, "oicq.knobs: the table of its values is empty"),
        (const { &[Spec { filter: c"msnms.knobs", ..KNOBS }] }, "msnms.knobs: a name begins with its protocol's, oicq"),
        (const { &[Spec { filter: c"oicq.Knobs", ..KNOBS }] }, "oicq.Knobs: this name has a character that is not allowed"),
        (const { &[Spec { title: c"", ..KNOBS }] }, "oicq.knobs: this field has no title"),
        (const { &[Spec { blurb: c"", ..KNOBS }] }, "oicq.knobs: this field has no blurb"),
        (const { &[Spec { secret: Some(""), ..KNOBS }] }, "oicq.knobs: a secret needs a placeholder"),
        (const { &[Spec { secret: Some("knobs"), values: Some(VALUES), ..KNOBS }] }, "oicq.knobs: a secret has no named values and no bits"),
        (const { &[Spec { kind: Type::Text, base: Base::None, values: Some(VALUES), ..KNOBS }] }, "oicq.knobs: only numbers of at most 32 bits have named values"),
        (const { &[Spec { kind: Type::U64, values: Some(VALUES), ..KNOBS }] }, "oicq.knobs: only numbers of at most 32 bits have named values"),
        (const { &[Spec { values: Some(VALUES), ..KNOBS }] }, "oicq.knobs: a named value does not fit its type"),
        (const { &[KNOBS, Spec { kind: Type::Text, ..TOP }] }, "oicq.knobs.top: only numbers and bits have a mask"),
        (const { &[Spec { kind: Type::Text, base: Base::None, ..KNOBS }, TOP] }, "oicq.knobs.top: a part follows its number or another part, but the row above is oicq.knobs"),
        (const { &[KNOBS, Spec { kind: Type::U16, base: Base::Hex, ..TOP }] }, "oicq.knobs.top: a part is as wide as oicq.knobs"),
    ];
    for (fields, expected) in rows {
        assert_eq!(refusal(fields, &[]), expected);
    }
}

#[test]
fn notes_and_fields_share_no_name() {
    assert_eq!(
        refusal(const { &[KNOBS, TOP] }, const { &[NOTE] }),
        "oicq.knobs_top: this is the same key as oicq.knobs.top"
    );
    assert_eq!(
        refusal(
            &[],
            const {
                &[Expert {
                    summary: c"",
                    ..NOTE
                }]
            }
        ),
        "oicq.knobs_top: this note has no summary"
    );
}

#[test]
fn protocols_have_distinct_indices_and_keys() {
    const fn protocol(index: u16, filter: &'static CStr) -> Protocol {
        Protocol {
            index,
            name: c"Example",
            short_name: c"EXMP",
            filter,
            leading_fields: 0,
            fields: &[],
            experts: &[],
        }
    }
    let (a, b, c) = (
        protocol(0, c"oicq"),
        protocol(1, c"oicq_p2p"),
        protocol(1, c"oicqs"),
    );
    assert_eq!(message(|| check_places(&[&a, &c])), "");
    assert_eq!(
        message(|| check_places(&[&a, &b])),
        "oicq_p2p: its names can collide with oicq"
    );
    assert_eq!(
        message(|| check_places(&[&c])),
        "oicqs: this protocol is not at its index"
    );
}
