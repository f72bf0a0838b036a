//! Declarative field and expert tables: one line per field, checked at compile time.
//!
//! Everything else about a field (its registration in Wireshark, the table in
//! docs/fields.md, the tests) is generated from these rows.

mod check;
mod declare;
mod spec;
mod titles;

pub use crate::field::check::{check, check_places};
pub use crate::field::spec::{
    Base, Expert, ExpertId, FieldId, Group, Protocol, Severity, Spec, Type,
};
pub use crate::field::titles::check_titles;
