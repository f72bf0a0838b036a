//! Rows as text, CSV, JSON and HTML.

pub(crate) mod csv;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod text;
