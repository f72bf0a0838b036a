//! Any split of a TCP stream gives the same PDUs.

use crate::invariants::{bounded, held};
use crate::playback::Played;
use crate::stream::Stream;

/// A [`Stream`].
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let Some(stream) = Stream::of(data).filter(|stream| !stream.sizes.is_empty()) else {
            return;
        };
        let Stream { which, sizes, .. } = stream;
        let at_once = Played::of(&stream.runs, which, &[]);
        if at_once.as_ref().is_some_and(Played::has_stray_bytes) {
            return;
        }
        let split = Played::of(&stream.runs, which, sizes);
        if let (Some(at_once), Some(split)) = (at_once, split) {
            assert_eq!(at_once, split, "{which:?}, {sizes:?}");
            let first = sizes.first().map_or(0, |size| 1 + usize::from(*size));
            if stream.runs.iter().any(|(_, bytes)| bytes.len() > first) {
                held(|| format!("a stream of {which:?} is the same in other segments"));
            }
            let mut blocks = at_once.pdus.iter().map(|pdu| pdu.data.len());
            let shortest = sizes.iter().map(|size| 1 + usize::from(*size)).min();
            if blocks.any(|len| shortest.is_some_and(|size| len > 3 * size)) {
                held(|| "a block of a file is the same in other segments".into());
            }
        }
    });
}
