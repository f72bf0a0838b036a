//! Numbers of which each bit has a meaning.

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
        let mut names = Vec::new();
        for part in parts {
            let bit = self.number(depth + 1, part, span, value);
            let Some(spec) = part.spec() else {
                continue;
            };
            let bits = value & spec.mask;
            match spec.values {
                // A generation or a type is named before the flags.
                Some(codes) => {
                    let number = u32::try_from(bits >> spec.mask.trailing_zeros());
                    let name = number.ok().and_then(|number| codes.name(number));
                    names.splice(0..0, name);
                }
                None if !spec.is_flag() => {}
                None if bits == 0 => self.mark_hidden(bit),
                None if self.shows_tree() => names.extend(spec.title.to_str()),
                None => {}
            }
        }
        if self.shows_tree() {
            self.label(item, &bits_label(spec, value, &names));
        }
        item
    }
}

fn bits_label(spec: &Spec, value: u64, names: &[&str]) -> String {
    let title = spec.title.to_str().unwrap_or_default();
    let digits = spec.kind.width() as usize / 4;
    let whole = u32::try_from(value).ok().zip(spec.values);
    let names = match whole.and_then(|(value, codes)| codes.name(value)) {
        Some(name) => name.to_owned(),
        None if names.is_empty() => "none".to_owned(),
        None => names.join(", "),
    };
    format!("{title}: 0x{value:0digits$x} ({names})")
}
