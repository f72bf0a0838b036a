//! The hash map of all state: its keys are from packets, so its hash is keyed at random, and
//! several are looked up for each packet, so it is a fast one.

/// A hash map whose hash nobody can foresee: `HashMap::default()` makes one.
pub type HashMap<K, V> = std::collections::HashMap<K, V, ahash::RandomState>;
