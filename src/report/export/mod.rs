//! Objects to be saved as files: which ones, and under which names.

pub(crate) mod list;
mod name;
mod names;
