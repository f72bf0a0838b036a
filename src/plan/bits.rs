//! Numbers of which each bit has a meaning.

use crate::codes::Codes;
use crate::field::{FieldId, Spec};
use crate::plan::parts::ItemId;
use crate::plan::root::Plan;
use crate::span::Span;

impl Plan<'_> {
    /// Adds a number, and below it the masked fields of its bits: see [`FieldId::parts`].
    ///
    /// The number's label names the bits that are set, unless the number as a whole has a name.
    /// Flags that are not set are hidden: filters find them.
    pub fn masked(
        &mut self,
        depth: u8,
        field: impl Into<FieldId>,
        span: Span,
        value: impl Into<u64>,
    ) -> ItemId {
        let (field, value) = (field.into(), value.into());
        let item = self.number(depth, field, span, value);
        let mut parts = field.parts().peekable();
        let (Some(spec), true) = (field.spec(), parts.peek().is_some()) else {
            return item;
        };
        for part in parts {
            let bit = self.number(depth + 1, part, span, value);
            let is_unset = |part: &Spec| part.is_flag() && value & part.mask == 0;
            if part.spec().is_some_and(is_unset) {
                self.mark_hidden(bit);
            }
        }
        if self.shows_tree() {
            let title = spec.title.to_str().unwrap_or_default();
            let digits = spec.kind.width() as usize / 4;
            let names = bit_names(field, value);
            self.label_args(item, format_args!("{title}: 0x{value:0digits$x} ({names})"));
        }
        item
    }
}

/// What a number means, as text: its name as a whole, or what its parts say, separated by
/// commas. A type or generation, which has named values, comes before the flags.
pub(crate) fn bit_names(field: impl Into<FieldId>, value: u64) -> String {
    let field = field.into();
    let name_in = |codes: Option<Codes>, number: u64| codes?.name(u32::try_from(number).ok()?);
    if let Some(name) = field.spec().and_then(|whole| name_in(whole.values, value)) {
        return name.to_owned();
    }
    let (mut types, mut flags) = (String::new(), String::new());
    let mut unknown = value;
    for part in field.parts().filter_map(FieldId::spec) {
        let number = (value & part.mask) >> part.mask.trailing_zeros();
        unknown &= !part.mask;
        let title = || part.title.to_str().unwrap_or_default();
        match name_in(part.values, number) {
            Some(name) => add_to(&mut types, name),
            None if number == 0 => {}
            None if part.is_flag() => add_to(&mut flags, title()),
            None => add_to(&mut flags, &format!("{}: {number}", title())),
        }
    }
    if unknown != 0 {
        add_to(&mut flags, &format!("unknown {unknown:#x}"));
    }
    if !flags.is_empty() {
        add_to(&mut types, &flags);
    }
    match types.is_empty() {
        true => "none".to_owned(),
        false => types,
    }
}

/// Adds a word to a list.
fn add_to(list: &mut String, word: &str) {
    if !list.is_empty() {
        list.push_str(", ");
    }
    list.push_str(word);
}

#[cfg(test)]
mod tests {
    use super::bit_names;
    use crate::msn::msnp::fields::Field as Msn;
    use crate::msn::p2p::fields::Field as P2p;

    #[test]
    fn combinations_have_names_and_others_are_listed() {
        for (flags, names) in [
            (0, "None"),
            (0x30, "File data"),
            (0x0100_0030, "File data, Windows Live Messenger 2009"),
            (0x22, "Acknowledgment, Object data"),
            (0x8000_0002, "Acknowledgment"),
        ] {
            let found = bit_names(P2p::Flags, flags);
            assert!(found.starts_with(names), "{flags:#x}: {found}");
        }
        let unknown = bit_names(P2p::Flags, 0x8000_0002);
        assert!(unknown.ends_with(", unknown 0x80000000"), "{unknown}");
    }

    #[test]
    fn a_type_comes_before_the_flags() {
        assert_eq!(bit_names(Msn::Lists, 0), "none");
        let client = bit_names(Msn::Capabilities, 0x7000_8000);
        assert!(client.ends_with(", Winks"), "{client}");
    }
}
