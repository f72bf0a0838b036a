//! Items of a Plan.

use crate::field::FieldId;
use crate::packet::Detail;
use crate::plan::parts::{Item, ItemId, TextId, Value, MAX_DEPTH};
use crate::plan::root::Plan;
use crate::span::Span;

/// Maximum items per call: a TCP segment full of the shortest commands needs a quarter.
const MAX_ITEMS: usize = 200_000;

impl Plan<'_> {
    /// Adds an item without a value.
    pub fn heading(&mut self, depth: u8, field: impl Into<FieldId>, span: Span) -> ItemId {
        self.add(depth, field.into(), span, Value::None)
    }

    /// Adds a number. The field's type defines its meaning: address, time, frame ...
    pub fn number(
        &mut self,
        depth: u8,
        field: impl Into<FieldId>,
        span: Span,
        value: impl Into<u64>,
    ) -> ItemId {
        self.add(depth, field.into(), span, Value::Number(value.into()))
    }

    /// Adds the bytes of the span as a text. Invalid UTF-8 is shown as U+FFFD.
    pub fn text(&mut self, depth: u8, field: impl Into<FieldId>, span: Span) -> ItemId {
        self.add(depth, field.into(), span, Value::Utf8)
    }

    /// Adds a text derived from the bytes of the span.
    pub fn derived(
        &mut self,
        depth: u8,
        field: impl Into<FieldId>,
        span: Span,
        value: &str,
    ) -> ItemId {
        let field = field.into();
        if self.withholds(field, span, !value.is_empty()) {
            return self.add_withheld(depth, field, span);
        }
        if self.detail == Detail::Columns {
            return ItemId::NONE;
        }
        let text = self.store_text(value);
        self.add_shown(depth, field, span, Value::Text(text))
    }

    /// Adds raw bytes.
    pub fn bytes(&mut self, depth: u8, field: impl Into<FieldId>, span: Span) -> ItemId {
        self.add(depth, field.into(), span, Value::Bytes)
    }

    /// Adds a text field over binary data.
    pub fn latin1(&mut self, depth: u8, field: impl Into<FieldId>, span: Span) -> ItemId {
        self.add(depth, field.into(), span, Value::Latin1)
    }

    /// Adds a generated number, which has no bytes.
    pub fn generated(
        &mut self,
        depth: u8,
        field: impl Into<FieldId>,
        value: impl Into<u64>,
    ) -> ItemId {
        let item = self.number(depth, field, Span::default(), value);
        self.mark_generated(item);
        item
    }

    fn add(&mut self, depth: u8, field: FieldId, span: Span, value: Value) -> ItemId {
        if self.withholds(field, span, matches!(value, Value::Number(_))) {
            return self.add_withheld(depth, field, span);
        }
        self.add_shown(depth, field, span, value)
    }

    pub(super) fn add_shown(
        &mut self,
        depth: u8,
        field: FieldId,
        span: Span,
        value: Value,
    ) -> ItemId {
        match self.detail {
            Detail::Columns => return ItemId::NONE,
            Detail::LeadingFields if !self.begins_pdu(field) => return ItemId::NONE,
            _ => {}
        }
        self.push(depth, field, span, value)
    }

    fn begins_pdu(&self, field: FieldId) -> bool {
        let is_head = usize::from(field.row) < self.protocol.leading_fields;
        field.protocol == self.protocol.index && (is_head || field.row == FieldId::PROTOCOL_ITEM)
    }

    pub(super) fn push(&mut self, depth: u8, field: FieldId, span: Span, value: Value) -> ItemId {
        if self.lists.items.len() >= MAX_ITEMS {
            return ItemId::NONE;
        }
        // An item is at most one level below the previous one: it needs a parent.
        let deepest = self.lists.items.last().map_or(0, |item| item.depth + 1);
        self.lists.items.push(Item {
            field,
            depth: depth.min(deepest).min(MAX_DEPTH),
            span: self.shifted(span),
            source: self.view.source,
            value,
            label: TextId::NONE,
            generated: false,
            hidden: false,
        });
        ItemId(self.lists.items.len() as u32 - 1)
    }

    /// Marks an item as generated.
    pub fn mark_generated(&mut self, item: ItemId) {
        if let Some(item) = self.lists.items.get_mut(item.0 as usize) {
            item.generated = true;
        }
    }

    /// Hides an item from the tree; filters still find it.
    pub fn mark_hidden(&mut self, item: ItemId) {
        if let Some(item) = self.lists.items.get_mut(item.0 as usize) {
            item.hidden = true;
        }
    }

    /// Hides an item and all items added after it.
    pub fn hide_from(&mut self, first: ItemId) {
        let items = self.lists.items.get_mut(first.0 as usize..);
        for item in items.unwrap_or_default() {
            item.hidden = true;
        }
    }

    /// The items, in the order of the tree.
    pub fn items(&self) -> &[Item] {
        &self.lists.items
    }
}
