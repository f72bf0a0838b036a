//! The lists of a Plan. A Plan leaves them to the next one, so that a packet allocates only
//! what is more than any packet before it needed.

use core::cell::Cell;

use crate::plan::info_text::InfoText;
use crate::plan::objects::ObjectPart;
use crate::plan::parts::{ExpectedConnection, ExpertNote, Item, Source};

/// Most bytes that are left by a Plan: what a rare large packet needed is freed.
const MAX_LEFT: usize = 1 << 18;

/// The lists of a Plan.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub(super) items: Vec<Item>,
    pub(super) notes: Vec<ExpertNote>,
    pub(super) texts: Vec<u8>,
    pub(super) sources: Vec<Source>,
    pub(super) expected: Vec<ExpectedConnection>,
    pub(super) objects: Vec<ObjectPart>,
    pub(super) info: InfoText,
    /// A text that is being made: see [`Plan::spare_text`](crate::plan::Plan::spare_text).
    pub(super) spare: String,
}

thread_local! {
    static LEFT: Cell<Option<Lists>> = const { Cell::new(None) };
}

impl Lists {
    /// Those left by the last Plan of this thread, empty.
    pub(super) fn take() -> Self {
        LEFT.try_with(Cell::take).ok().flatten().unwrap_or_default()
    }

    /// Leaves the lists to the next Plan.
    pub(super) fn leave(mut self) {
        if self.bytes() > MAX_LEFT {
            return;
        }
        let Self {
            items,
            notes,
            texts,
            sources,
            expected,
            objects,
            info: InfoText(info),
            spare,
        } = &mut self;
        items.clear();
        notes.clear();
        texts.clear();
        sources.clear();
        expected.clear();
        objects.clear();
        info.clear();
        spare.clear();
        // A thread that ends has no next Plan.
        let _ = LEFT.try_with(|left| left.set(Some(self)));
    }

    /// The bytes that they occupy.
    fn bytes(&self) -> usize {
        fn bytes<T>(list: &Vec<T>) -> usize {
            list.capacity().saturating_mul(size_of::<T>())
        }
        bytes(&self.items)
            + bytes(&self.notes)
            + bytes(&self.texts)
            + bytes(&self.sources)
            + bytes(&self.expected)
            + bytes(&self.objects)
            + bytes(&self.info.0)
            + self.spare.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::msn::msnp::fields::{Field, Note, MSNMS};
    use crate::packet::{Address, Detail, Transport};
    use crate::pieces::Completeness;
    use crate::plan::{ObjectId, Plan};
    use crate::span::Span;

    #[test]
    fn nothing_of_a_plan_is_in_the_next() {
        let mut plan = Plan::new(&MSNMS, b"PNG\r\n", Detail::Tree);
        let item = plan.text(0, Field::Cmd, Span::new(0, 3));
        plan.label(item, "Command: PNG");
        plan.info("PNG");
        plan.note(Note::Incomplete, item);
        plan.add_source(c"A source", b"PNG".to_vec());
        plan.expect(ExpectedConnection {
            protocol: 0,
            address: Address::Unknown,
            port: 1863,
            transport: Transport::Tcp,
        });
        plan.add_object(ObjectPart {
            id: ObjectId::Reassembled(0, 0),
            item,
            bytes: Arc::default(),
            size: None,
            other_size: None,
            state: Completeness::Whole,
            last: 1,
        });
        plan.keep_spare("PNG".to_owned());
        let counts = |lists: &Lists| {
            [
                lists.items.len(),
                lists.notes.len(),
                lists.texts.len(),
                lists.sources.len(),
                lists.expected.len(),
                lists.objects.len(),
                lists.info.0.len(),
                lists.spare.len(),
            ]
        };
        let full = counts(&plan.lists);
        assert!(full[..7].iter().all(|count| *count > 0), "{full:?}");
        assert!(plan.lists.spare.capacity() > 0);
        drop(plan);
        assert_eq!(counts(&Lists::take()), [0; 8]);
    }

    #[test]
    fn a_small_plan_leaves_its_memory_and_a_large_one_does_not() {
        let info = |text: &str| {
            let mut plan = Plan::new(&MSNMS, b"", Detail::Columns);
            plan.info(text);
        };
        let _ = Lists::take();
        info("PNG");
        let left = Lists::take();
        assert!(left.bytes() > 0 && left.info.0.is_empty());
        let mut plan = Plan::new(&MSNMS, b"", Detail::Tree);
        for _ in 0..MAX_LEFT / size_of::<Item>() {
            plan.bytes(0, Field::Payload, Span::new(0, 0));
        }
        drop(plan);
        assert_eq!(Lists::take().bytes(), 0);
    }
}
