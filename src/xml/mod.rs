//! XML payloads: elements, attributes and texts, each with its span.
//!
//! Source: docs/protocol/msnp.md §2.4 (ADL, RML, FQY), §5.4, §5.5, §5.13.

mod document;
mod entity;
mod flat;

pub use crate::xml::document::{source, Xml, XmlItem, XmlSource};
pub use crate::xml::entity::unescape;
pub(crate) use crate::xml::flat::FlatDocument;
