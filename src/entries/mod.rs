//! How packets come to each protocol: ports, heuristics, media types, preferences. Data only,
//! a row for each; the epan ring registers them.

mod check;
mod rows;
mod table;

pub use rows::{Bytes, Entry, Heuristic, KeyPreferences, MediaType, Port, Sharing};
pub use table::ENTRIES;
