//! The macro that declares a protocol.

/// Declares a protocol: its fields and its expert notes, one line each.
///
/// ```
/// imshark::protocol! {
///     /// A protocol for this example.
///     pub EXAMPLE = 0, c"Example Protocol", c"EXMP", c"exmp";
///     /// Its fields.
///     pub enum Field {
///         Length = c"exmp.length", c"Length", U16 Dec, c"Bytes that follow";
///         Flags = c"exmp.flags", c"Flags", U8 Hex, c"How the packet is handled";
///         Urgent = c"exmp.flags.urgent", c"Urgent", Bool & 0x80, c"Before all others";
///         Cookie = c"exmp.cookie", c"Cookie", Text [secret "cookie"], c"Admits to the server";
///     }
///     /// Its expert notes.
///     pub enum Note {
///         Short = c"exmp.short", Malformed Error, c"The packet is too short";
///     }
/// }
/// assert_eq!(EXAMPLE.fields[Field::Length as usize].title, c"Length");
/// assert_eq!(EXAMPLE.fields[Field::Cookie as usize].secret, Some("cookie"));
/// ```
///
/// An earlier ring can have rows of its own, one for each value that it decodes, in a macro that
/// passes them in braces before the protocol: `src/oicq/body/name.rs` is an example. They follow
/// the rows of the table. Such a row says after its name, `Length: Name = …`, what the earlier
/// ring makes of it: one name or a group in parentheses. With `enum Field from Name`, the macro
/// makes `Field::of(name)`. A second group of braces is the earlier ring's alone, and ignored.
///
/// After the type can follow `in CODES`, the names of its values; after the prefix of the
/// protocol `leading_fields N`, the number of fields that begin every PDU.
///
/// A row that is wrong does not compile, and the message of the compiler names it: here
/// `other.length: a name begins with its protocol's, exmp`.
///
/// ```compile_fail,E0080
/// imshark::protocol! {
///     /// The filter name has another protocol's prefix.
///     pub EXAMPLE = 0, c"Example Protocol", c"EXMP", c"exmp";
///     /// Its fields.
///     pub enum Field { Length = c"other.length", c"Length", U16 Dec, c"Bytes that follow"; }
///     /// Its expert notes.
///     pub enum Note { Short = c"exmp.short", Malformed Error, c"The packet is too short"; }
/// }
/// ```
#[macro_export]
macro_rules! protocol {
    // Rows of an earlier ring follow those of the table.
    (
        { $($row:tt)* } $({ $($other:tt)* })?
        $(#[$about:meta])*
        $vis:vis $protocol:ident = $index:literal, $name:literal, $short:literal, $prefix:literal $(, leading_fields $leading_fields:literal)?;
        $(#[$fields_about:meta])*
        $fields_vis:vis enum $fields:ident $(from $from:ident)? { $($own:tt)* }
        $($experts:tt)*
    ) => {
        $crate::protocol! {
            $(#[$about])*
            $vis $protocol = $index, $name, $short, $prefix $(, leading_fields $leading_fields)?;
            $(#[$fields_about])*
            $fields_vis enum $fields $(from $from)? { $($own)* $($row)* }
            $($experts)*
        }
    };
    (
        $(#[$about:meta])*
        $vis:vis $protocol:ident = $index:literal, $name:literal, $short:literal, $prefix:literal $(, leading_fields $leading_fields:literal)?;
        $(#[$fields_about:meta])*
        $fields_vis:vis enum $fields:ident $(from $from:ident)? {
            $($field:ident $(: $decoded:tt)? = $filter:literal, $title:literal, $kind:ident $($base:ident)? $(& $mask:literal)? $([secret $secret:literal])? $(in $values:expr)?, $blurb:literal;)*
        }
        $(#[$experts_about:meta])*
        $experts_vis:vis enum $experts:ident {
            $($expert:ident = $expert_filter:literal, $group:ident $severity:ident, $summary:literal;)*
        }
    ) => {
        $(#[$fields_about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u16)]
        $fields_vis enum $fields {
            $(#[doc = concat!("`", stringify!($filter), "`")] $field,)*
        }

        impl From<$fields> for $crate::field::FieldId {
            fn from(field: $fields) -> Self {
                Self::of($index, field as u16)
            }
        }

        $crate::protocol!(@from $fields $($from)?; $($($field $decoded)?)*);

        $(#[$experts_about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u16)]
        $experts_vis enum $experts {
            $(#[doc = concat!("`", stringify!($expert_filter), "`")] $expert,)*
        }

        impl From<$experts> for $crate::field::ExpertId {
            fn from(expert: $experts) -> Self {
                Self::of($index, expert as u16)
            }
        }

        $(#[$about])*
        $vis const $protocol: $crate::field::Protocol = {
            use $crate::field::{Base, Expert, Group, Protocol, Severity, Spec, Type};
            const PROTOCOL: Protocol = Protocol {
                index: $index,
                name: $name,
                short_name: $short,
                filter: $prefix,
                leading_fields: $crate::protocol!(@leading_fields $($leading_fields)?),
                fields: &[$(Spec {
                    filter: $filter,
                    title: $title,
                    kind: Type::$kind,
                    base: $crate::protocol!(@base $($base)?),
                    mask: $crate::protocol!(@mask $($mask)?),
                    secret: $crate::protocol!(@secret $($secret)?),
                    values: $crate::protocol!(@values $($values)?),
                    blurb: $blurb,
                },)*],
                experts: &[$(Expert {
                    filter: $expert_filter,
                    group: Group::$group,
                    severity: Severity::$severity,
                    summary: $summary,
                },)*],
            };
            // The checks compare every name and title with every other.
            #[allow(long_running_const_eval)]
            const _: () = $crate::field::check(&PROTOCOL);
            #[allow(long_running_const_eval)]
            const _: () = $crate::field::check_titles(PROTOCOL.fields);
            PROTOCOL
        };
    };
    (@from $fields:ident; $($decoded:tt)*) => {};
    (@from $fields:ident $from:ident; $($name:ident $decoded:tt)*) => {
        impl $fields {
            /// The field that shows a decoded value of this name.
            pub const fn of(name: $from) -> Self {
                match name {
                    $($from::$name => Self::$name,)*
                }
            }
        }
    };
    (@base) => { Base::None };
    (@base $base:ident) => { Base::$base };
    (@leading_fields) => { 0 };
    (@leading_fields $leading_fields:literal) => { $leading_fields };
    (@mask) => { 0 };
    (@mask $mask:literal) => { $mask };
    (@secret) => { None };
    (@secret $secret:literal) => { Some($secret) };
    (@values) => { None };
    (@values $values:expr) => { Some($values) };
}
