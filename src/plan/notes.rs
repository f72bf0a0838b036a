//! Expert notes of a Plan.

use crate::field::ExpertId;
use crate::plan::parts::{ExpertNote, Item, ItemId, TextId};
use crate::plan::root::Plan;
use crate::span::Span;

/// Number of items, from the last one back, that are searched for the one of a note.
pub(super) const SEARCHED: usize = 1000;

impl Plan<'_> {
    /// Adds an expert note with the summary of its table row.
    pub fn note(&mut self, expert: impl Into<ExpertId>, item: ItemId) {
        if !self.wants_all() {
            return;
        }
        self.lists.notes.push(ExpertNote {
            expert: expert.into(),
            item,
            text: TextId::NONE,
        });
    }

    /// Adds an expert note with the given text.
    pub fn note_text(&mut self, expert: impl Into<ExpertId>, item: ItemId, text: &str) {
        if !self.wants_all() {
            return;
        }
        let text = self.store_text(text);
        self.lists.notes.push(ExpertNote {
            expert: expert.into(),
            item,
            text,
        });
    }

    /// The last item with exactly this span, to attach a note to. Searches only the
    /// latest items, so that crafted bytes cannot make every note search a whole packet.
    pub fn item_at(&self, span: Span) -> ItemId {
        if !self.wants_all() {
            return ItemId::NONE;
        }
        let (span, source) = (self.shifted(span), self.view.source);
        let here = |item: &Item| item.span == span && item.source == source;
        let first = self.lists.items.len().saturating_sub(SEARCHED);
        let latest = self.lists.items.get(first..).unwrap_or_default();
        let index = latest.iter().rposition(here);
        index.map_or(ItemId::NONE, |index| ItemId((first + index) as u32))
    }

    /// The expert notes.
    pub fn notes(&self) -> &[ExpertNote] {
        &self.lists.notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnp::fields::{Field, MSNMS};
    use crate::packet::Detail;

    #[test]
    fn only_the_latest_items_are_searched() {
        const NEAR: usize = 1000;
        let data = [0; NEAR + 1];
        let mut plan = Plan::new(&MSNMS, &data, Detail::Tree);
        let first = Span::new(0, 1);
        plan.bytes(0, Field::Body, first);
        for at in 1..NEAR {
            plan.bytes(0, Field::Body, Span::new(at, 1));
        }
        assert_eq!(plan.item_at(first), ItemId(0));
        plan.bytes(0, Field::Body, Span::new(NEAR, 1));
        assert_eq!(plan.item_at(first), ItemId::NONE);
        assert_eq!(plan.item_at(Span::new(1, 1)), ItemId(1));
    }
}
