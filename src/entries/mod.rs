//! How packets reach each protocol: ports, heuristics, media types, preferences. Data
//! only, one row per protocol; the epan ring registers them.

mod check;
mod rows;
mod table;

pub use rows::{
    Bytes, Entry, Heuristic, KeyPreferences, MediaType, MemoryPreference, Port, SharedPorts,
    SwitchPreference,
};
pub use table::ENTRIES;
