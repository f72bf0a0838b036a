//! The field of each meaning of a parameter, and how it is shown.

use crate::codes::WordCodes;
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::tree::compound::*;
use crate::msn::msnp::tree::values::{ShownAs, ValueBytes};
use crate::msn::msnp::wire::parameter::meaning::{meanings, reduce, Meaning};
use crate::msn::msnp::wire::values::*;
use crate::plan::Plan;

/// How a parameter is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Presentation {
    /// As it is.
    Text,
    /// URL-decoded.
    Encoded,
    /// As a code of a table.
    Named(WordCodes),
    /// As a decimal number.
    Number,
    /// As a decimal number and its parts, the rows with a mask that follow the field's. Not
    /// shown if it does not fit the field's type.
    Bits,
    /// As 0 or 1.
    Flag,
    /// URL-decoded, without this prefix.
    Prefixed(&'static str),
    /// By a function, which returns `None`, and shows nothing, if the word cannot have the
    /// meaning.
    Custom(fn(&mut Plan<'_>, Field, ValueBytes<'_>) -> Option<ShownAs>),
}

/// The field of a parameter, and how it is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ParameterView {
    /// The field.
    pub field: Field,
    /// How it is shown.
    pub shown: Presentation,
}

macro_rules! declare {
    ($($(#[$about:meta])* $name:ident: ($fits:ident, $shown:expr, $example:literal) = $field:ident;)*) => {
        /// How a meaning is shown.
        pub(crate) const fn view(meaning: Meaning) -> ParameterView {
            use Presentation::{Bits, Custom, Encoded, Flag, Named, Number, Prefixed, Text};
            match meaning {
                $(Meaning::$name => ParameterView { field: Field::$field, shown: $shown },)*
            }
        }
    };
}
meanings!(declare);
