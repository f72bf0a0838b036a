//! XML documents, and the lists of contacts in them.

use imshark::msn::msnp::wire::contact_xml;
use imshark::xml;

use crate::invariants::{bounded, decoded, inside, within};

/// A document.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let Some(source) = decoded(xml::source(data), data) else {
            return;
        };
        let Some(document) = decoded(source.parse(), data) else {
            return;
        };
        if let Some(forbidden) = document.forbidden {
            within(forbidden, data);
        }
        let items = document.items();
        for item in &items {
            within(item.whole, data);
            inside(item.span, item.whole);
            let bytes = item.span.of(data);
            assert!(std::str::from_utf8(bytes).is_ok(), "a part of a character");
        }
        let root = items.first().expect("a document has a root");
        assert_eq!((root.element, root.depth), (document.root(), 0));
        assert!(items
            .iter()
            .all(|item| item.depth == 0 || !item.parent.is_empty()));
        if let Some(flag) = contact_xml::initial_list_flag(&document) {
            within(flag.span, data);
        }
        for contact in contact_xml::contacts(&document) {
            within(contact.account.span, data);
        }
    });
}
