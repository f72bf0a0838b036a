//! Payloads of MSG, UBX, ADL and all other commands, as items of a Plan.
//!
//! Every `show` in here adds items whose spans are relative to the slice that it is
//! given, and returns the text for the Info column.

pub(crate) mod body;
pub(crate) mod contacts;
pub(crate) mod described;
pub(crate) mod document;
pub(crate) mod document_keys;
pub(crate) mod document_summary;
pub(crate) mod envelope;
pub(crate) mod keys;
pub(crate) mod lines;
pub(crate) mod media;
pub(crate) mod message;
pub mod object;
pub(crate) mod quote;
pub(crate) mod show;
pub(crate) mod text;
pub(crate) mod values;
pub(crate) mod view;
