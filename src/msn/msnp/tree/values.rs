//! Values common to command lines, headers and documents, as items of a [`Plan`].
//!
//! Every function takes a value's bytes and their offset in the current view of the Plan;
//! each item highlights exactly its own bytes.

use crate::codes::WordCodes;
use crate::field::FieldId;
use crate::msn::common::account::{account, Account};
use crate::msn::common::number::decimal;
use crate::msn::common::percent;
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::wire::capabilities::capabilities;
use crate::msn::msnp::wire::values::PORT;
use crate::msn::msnp::wire::{composite, list_time};
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// The bytes of a value, and their offset.
#[derive(Debug, Clone, Copy)]
pub struct ValueBytes<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// Offset of the first one.
    pub start: usize,
}

impl<'a> ValueBytes<'a> {
    /// The part of `data` at `span`.
    pub fn of(data: &'a [u8], span: Span) -> Self {
        Self {
            bytes: span.of(data),
            start: span.start,
        }
    }

    /// Span of the whole value.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.bytes.len())
    }

    /// The part at `span`, which is relative to the value.
    #[must_use]
    pub fn part(&self, span: Span) -> ValueBytes<'a> {
        ValueBytes {
            bytes: span.of(self.bytes),
            start: self.start.saturating_add(span.start),
        }
    }
}

/// How a value was added to the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownAs {
    /// As an item at the requested depth.
    Item,
    /// As items one level below, which need an item for the whole value above them.
    Children,
}

/// The title of a field.
pub fn title(field: impl Into<FieldId>) -> &'static str {
    let spec = field.into().spec();
    spec.map_or("", |spec| spec.title.to_str().unwrap_or_default())
}

/// Shows a URL-encoded text.
pub fn encoded(plan: &mut Plan<'_>, depth: u8, field: Field, value: ValueBytes<'_>) -> ItemId {
    if memchr::memchr(b'%', value.bytes).is_none() {
        return plan.text(depth, field, value.span());
    }
    plan.derived(depth, field, value.span(), &percent::text(value.bytes))
}

/// Shows a word, labelled with its name from a table.
pub fn named(
    plan: &mut Plan<'_>,
    depth: u8,
    field: Field,
    names: WordCodes,
    value: ValueBytes<'_>,
) -> ItemId {
    let item = plan.text(depth, field, value.span());
    if plan.shows_tree() {
        if let Some(name) = names.name(value.bytes) {
            let word = String::from_utf8_lossy(value.bytes);
            plan.label_args(item, format_args!("{}: {name} ({word})", title(field)));
        }
    }
    item
}

/// Shows a decimal number. Returns `None` and shows nothing if the value is not one.
pub fn number(
    plan: &mut Plan<'_>,
    depth: u8,
    field: Field,
    value: ValueBytes<'_>,
) -> Option<ItemId> {
    let number = decimal(value.bytes)?;
    Some(plan.number(depth, field, value.span(), number))
}

/// Shows an account: a bare address as one item, several parts as items one level below.
pub fn account_of(plan: &mut Plan<'_>, depth: u8, value: ValueBytes<'_>) -> ShownAs {
    let parts = account(value.bytes);
    if parts.address == Span::new(0, value.bytes.len()) {
        encoded(plan, depth, Field::Account, value);
        return ShownAs::Item;
    }
    account_parts(plan, depth + 1, value, &parts);
    ShownAs::Children
}

/// Shows the parts of the account at `span`.
pub(crate) fn account_in(plan: &mut Plan<'_>, depth: u8, data: &[u8], span: Span) {
    let piece = ValueBytes::of(data, span);
    account_parts(plan, depth, piece, &account(piece.bytes));
}

/// Shows the parts of an account as one item each.
fn account_parts(plan: &mut Plan<'_>, depth: u8, value: ValueBytes<'_>, parts: &Account) {
    if let Some(network) = parts.network {
        let at = value.part(network.span);
        plan.number(depth, Field::Network, at.span(), network.value);
    }
    encoded(plan, depth, Field::Account, value.part(parts.address));
    if let Some(endpoint) = parts.endpoint {
        plan.text(depth, Field::EndpointId, value.part(endpoint).span());
    }
    if let Some(path) = parts.path {
        plan.text(depth, Field::Path, value.part(path).span());
    }
    if let Some(via) = parts.via {
        plan.text(depth, Field::Via, value.part(via.span).span());
        if let Some(network) = via.network {
            let at = value.part(network.span);
            plan.number(depth + 1, Field::ViaNetwork, at.span(), network.value);
        }
        let address = value.part(via.address);
        encoded(plan, depth + 1, Field::ViaAccount, address);
    }
}

/// Shows client capabilities: one number as one item, two numbers as items one level
/// below. Returns `None` and shows nothing if the word is not one or two numbers.
pub fn capability_bits(plan: &mut Plan<'_>, depth: u8, value: ValueBytes<'_>) -> Option<ShownAs> {
    let found = capabilities(value.bytes)?;
    let base = (Field::Capabilities, found.base);
    let Some(extended) = found.extended else {
        plan.masked(depth, base.0, value.span(), base.1.value);
        return Some(ShownAs::Item);
    };
    for (field, number) in [base, (Field::Extended, extended)] {
        let at = value.part(number.span).span();
        plan.masked(depth + 1, field, at, number.value);
    }
    Some(ShownAs::Children)
}

/// Shows a decimal number and its bits. Returns `None`, and shows nothing, if the word is not a
/// number that fits the type of the field.
pub fn bits(plan: &mut Plan<'_>, depth: u8, field: Field, value: ValueBytes<'_>) -> Option<ItemId> {
    let width = FieldId::from(field).spec()?.kind.width();
    let fits = |number: &u32| u64::from(*number) >> width == 0;
    let number = decimal(value.bytes).filter(fits)?;
    Some(plan.masked(depth, field, value.span(), number))
}

/// Shows the address of a server, with host and port below it.
pub fn server(plan: &mut Plan<'_>, depth: u8, value: ValueBytes<'_>) -> ItemId {
    let parts = composite::host_port(value.bytes);
    let item = plan.text(depth, Field::Server, value.span());
    plan.text(depth + 1, Field::Host, value.part(parts.host).span());
    match parts.port {
        Some(port) => {
            let at = value.part(port.span);
            plan.number(depth + 1, Field::Port, at.span(), port.value);
        }
        None => {
            plan.generated(depth + 1, Field::Port, u32::from(PORT));
        }
    }
    item
}

/// Shows the version of a list, and its time if it is a timestamp.
pub fn version(plan: &mut Plan<'_>, depth: u8, field: Field, time: Field, value: ValueBytes<'_>) {
    plan.text(depth, field, value.span());
    if let Some(moment) = list_time::parse_timestamp(value.bytes) {
        let nanoseconds = u64::from_ne_bytes(moment.to_ne_bytes());
        plan.number(depth + 1, time, value.span(), nanoseconds);
    }
}

/// Shows each item of a list of pairs, labelled with its name and its decoded value.
pub fn pairs(plan: &mut Plan<'_>, depth: u8, value: ValueBytes<'_>, separator: u8) {
    for pair in composite::pairs(value.bytes, separator).take(MAX_PAIRS) {
        let at = value.part(pair.span());
        let item = plan.text(depth, Field::AuthParameter, at.span());
        if plan.shows_tree() && pair.name.len > 0 && at.bytes.len() <= MAX_LABEL {
            let name = percent::text(pair.name.of(value.bytes));
            let text = percent::text(pair.value.of(value.bytes));
            plan.label_args(item, format_args!("{name} = {text}"));
        }
    }
}

/// Maximum bytes of a value with a label of ours; longer ones get that of Wireshark,
/// which cuts it.
pub const MAX_LABEL: usize = 160;

/// Maximum items shown of one list; real ones have a dozen.
const MAX_PAIRS: usize = 64;
