//! Formatting of body values by their field.

use crate::field::{Base, Spec, Type};
use crate::oicq::body::name::Name;
use crate::oicq::fields::{Field, OICQ};

/// The field that shows values of this name.
pub(crate) fn spec(name: Name) -> Option<&'static Spec> {
    OICQ.fields.get(Field::of(name) as usize)
}

/// The title of the field that shows values of this name.
pub(crate) fn title(name: Name) -> &'static str {
    spec(name).map_or("", |spec| spec.title.to_str().unwrap_or_default())
}

/// The number as a Plan expects it: sign-extended if its field is signed.
pub(crate) fn sign_extended(name: Name, number: u32) -> u64 {
    match spec(name).map(|spec| spec.kind) {
        Some(Type::I16) => i64::from(number as u16 as i16) as u64,
        _ => number.into(),
    }
}

/// The number in the base of its field.
pub(crate) fn digits(name: Name, number: u32) -> String {
    match spec(name) {
        Some(spec) if spec.base == Base::Hex => {
            let width = match spec.kind {
                Type::U8 => 2,
                Type::U16 => 4,
                _ => 8,
            };
            format!("0x{number:0width$x}")
        }
        _ => number.to_string(),
    }
}
