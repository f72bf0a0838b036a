//! What the client of an account can do.

use crate::event::{Event, EventKind, Fact, PduItems};
use crate::msn::event::context::Context;
use crate::msn::msnp::fields::Field;
use crate::plan::bit_names;

/// Adds the capabilities among the items. Zero is what servers send for unknown ones.
pub(crate) fn add(
    events: &mut Vec<Event>,
    context: &Context,
    items: &PduItems<'_>,
    who: Option<String>,
) {
    let fields = [Field::Capabilities, Field::Extended];
    let numbers = fields.map(|field| items.number(field).filter(|number| *number != 0));
    let names = fields.into_iter().zip(numbers);
    let names = names.filter_map(|(field, number)| Some(bit_names(field, number?)));
    let names: Vec<String> = names.collect();
    if who.is_some() && !names.is_empty() {
        let kind = EventKind::Fact(Fact::Capabilities, names.join(", "));
        events.push(context.by(who, kind));
    }
}
