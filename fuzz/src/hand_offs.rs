//! What of a packet may be handed to dissectors of others.

use imshark::handoff::HandOff;

use crate::invariants::bounded;

/// A byte of which, then a part.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [which, data @ ..] = data else {
            return;
        };
        let to = HandOff::ALL[usize::from(*which) % HandOff::ALL.len()];
        let Some(admitted) = to.admits(data) else {
            return;
        };
        assert!((1..=data.len()).contains(&admitted.len));
        assert!(admitted.items > 0);
    });
}
