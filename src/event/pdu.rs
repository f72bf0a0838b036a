//! The items of one PDU of a Plan, as values.

use std::borrow::Cow;
use std::collections::HashSet;
use std::net::Ipv4Addr;

use crate::event::time::utc;
use crate::field::{ExpertId, FieldId, Type};
use crate::plan::{Item, ItemId, ObjectPart, Plan, Value};

/// The items of one PDU: a heading of depth 0 and all below it.
#[derive(Debug, Clone, Copy)]
pub struct PduItems<'a> {
    plan: &'a Plan<'a>,
    /// Index of the first item in the plan.
    first: usize,
    items: &'a [Item],
    fields: FieldSet,
}

/// Which fields items may have: most questions are for fields that none has, and need no
/// search then.
#[derive(Debug, Clone, Copy)]
struct FieldSet(u128);

impl FieldSet {
    fn of(items: &[Item]) -> Self {
        let bits = items.iter().map(|item| Self::bit(item.field));
        Self(bits.fold(0, |set, bit| set | bit))
    }

    /// The bit of a field, which it shares with others.
    const fn bit(field: FieldId) -> u128 {
        1 << (field.protocol.wrapping_add(field.row) % u128::BITS as u16)
    }

    const fn may_have(self, field: FieldId) -> bool {
        self.0 & Self::bit(field) != 0
    }
}

/// The PDUs of a plan, in order.
pub fn pdus<'a>(plan: &'a Plan<'_>) -> Vec<PduItems<'a>> {
    let items = plan.items();
    let mut pdus = Vec::new();
    let mut first = 0;
    while first < items.len() {
        let after = items.get(first + 1..).unwrap_or_default();
        let below = after.iter().take_while(|item| item.depth > 0).count();
        let of_pdu = &items[first..=first + below];
        pdus.push(PduItems {
            plan,
            first,
            items: of_pdu,
            fields: FieldSet::of(of_pdu),
        });
        first += below + 1;
    }
    pdus
}

impl<'a> PduItems<'a> {
    /// Index of its protocol in [`crate::protocols::PROTOCOLS`].
    pub fn protocol(&self) -> u16 {
        self.items
            .first()
            .map_or(u16::MAX, |item| item.field.protocol)
    }

    /// Its items, in the order of the tree.
    pub fn items(&self) -> &'a [Item] {
        self.items
    }

    /// The items of a field, with their places in [`Self::items`].
    fn places(&self, field: FieldId) -> impl Iterator<Item = (usize, &'a Item)> {
        let searched = match self.fields.may_have(field) {
            true => self.items,
            false => &[],
        };
        let places = searched.iter().enumerate();
        places.filter(move |(_, item)| item.field == field)
    }

    fn of_field(&self, field: FieldId) -> impl Iterator<Item = &'a Item> {
        self.places(field).map(|(_, item)| item)
    }

    /// The first item of a field.
    pub fn find(&self, field: impl Into<FieldId>) -> Option<&'a Item> {
        self.of_field(field.into()).next()
    }

    /// Whether it has an item of the field.
    pub fn has(&self, field: impl Into<FieldId>) -> bool {
        self.find(field).is_some()
    }

    /// The parts below each item of a field: the item itself, and all deeper ones after it.
    pub fn parts(&self, field: impl Into<FieldId>) -> Vec<Self> {
        let places = self.places(field.into());
        places
            .map(|(index, item)| self.part(index, item.depth))
            .collect()
    }

    fn part(&self, index: usize, depth: u8) -> Self {
        let after = self.items.get(index + 1..).unwrap_or_default();
        let below = after.iter().take_while(|item| item.depth > depth).count();
        let items = &self.items[index..=index + below];
        Self {
            first: self.first + index,
            items,
            fields: FieldSet::of(items),
            ..*self
        }
    }

    /// The number of the first item of a field that has one.
    pub fn number(&self, field: impl Into<FieldId>) -> Option<u64> {
        self.of_field(field.into()).find_map(number)
    }

    /// The numbers of a field, in order.
    pub fn numbers(&self, field: impl Into<FieldId>) -> Vec<u64> {
        self.of_field(field.into()).filter_map(number).collect()
    }

    /// The first value of a field that is not empty, as text.
    pub fn text(&self, field: impl Into<FieldId>) -> Option<String> {
        let items = self.of_field(field.into());
        let mut texts = items.filter_map(|item| self.value(item));
        texts.find(|text| !text.is_empty()).map(Cow::into_owned)
    }

    /// The values of a field that are not empty, as texts, each once.
    pub fn texts(&self, field: impl Into<FieldId>) -> Vec<String> {
        let items = self.of_field(field.into());
        let texts = items.filter_map(|item| self.value(item));
        let mut known = HashSet::new();
        let texts = texts.filter(|text| !text.is_empty() && known.insert(text.clone()));
        texts.map(Cow::into_owned).collect()
    }

    /// The value of an item as text: a number in words if its field has them. `None` if it
    /// has no value that is a text or a number, or is withheld.
    pub fn value(&self, item: &Item) -> Option<Cow<'a, str>> {
        match item.value {
            Value::Number(number) => Some(words(item.field, number).into()),
            _ => self.plan.value_of(item),
        }
    }

    /// The bytes that the first item of a field covers.
    pub fn bytes(&self, field: impl Into<FieldId>) -> Option<&'a [u8]> {
        self.find(field).map(|item| self.bytes_of(item))
    }

    /// The bytes that an item covers.
    pub fn bytes_of(&self, item: &Item) -> &'a [u8] {
        item.span.of(self.plan.bytes_of(item.source))
    }

    /// Whether one of its items has the note.
    pub fn has_note(&self, note: impl Into<ExpertId>) -> bool {
        let note = note.into();
        let mut notes = self.plan.notes().iter();
        notes.any(|it| it.expert == note && self.contains(it.item))
    }

    /// The objects that it carries, or parts of.
    pub fn objects(&self) -> impl Iterator<Item = &'a ObjectPart> + '_ {
        let objects = self.plan.objects().iter();
        objects.filter(|part| self.contains(part.item))
    }

    pub(crate) fn contains(&self, item: ItemId) -> bool {
        let places = self.first..self.first + self.items.len();
        places.contains(&(item.0 as usize))
    }
}

fn number(item: &Item) -> Option<u64> {
    match item.value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// A number by the type of its field, in words if the field has them.
fn words(field: FieldId, number: u64) -> String {
    let Some(spec) = field.spec() else {
        return number.to_string();
    };
    let number = match spec.mask {
        0 => number,
        mask => (number & mask) >> mask.trailing_zeros(),
    };
    let code = u32::try_from(number).ok();
    let name = code.and_then(|code| spec.values?.name(code));
    match (name, spec.kind) {
        (Some(name), _) => name.to_owned(),
        (None, Type::Ipv4) => Ipv4Addr::from(number as u32).to_string(),
        (None, Type::I16) => (number as i64).to_string(),
        (None, Type::Bool) => (if number == 0 { "no" } else { "yes" }).to_owned(),
        (None, Type::Moment) => utc(number as i64),
        (None, _) => number.to_string(),
    }
}
