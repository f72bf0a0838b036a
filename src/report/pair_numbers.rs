//! Numbers of the pairs of a capture: the host's window of conversations asks by number to follow
//! one.

use std::collections::HashMap;
use std::sync::Arc;

use crate::event::PartyFields;
use crate::report::endpoints::PairRow;
use crate::report::filter::between;

/// The first number; the others count down from it. Conversations and accounts have lower ones.
const FIRST: u32 = u32::MAX - 1;

/// The names of a pair, in alphabetic order.
type Pair = Arc<[String; 2]>;

/// The pairs of a capture, in the order of appearance.
#[derive(Debug, Default)]
pub struct PairNumbers {
    pairs: Vec<Pair>,
    places: HashMap<Pair, u32>,
}

impl PairNumbers {
    /// The number of a pair, which is the same in both directions.
    pub fn number(&mut self, row: PairRow) -> u32 {
        let mut pair = [row.from, row.to];
        pair.sort();
        if let Some(place) = self.places.get(&pair) {
            return FIRST - place;
        }
        let place = u32::try_from(self.pairs.len()).unwrap_or(FIRST).min(FIRST);
        let pair = Arc::new(pair);
        self.pairs.push(pair.clone());
        self.places.insert(pair, place);
        FIRST - place
    }

    /// A display filter for the pair with this number.
    pub fn filter(&self, fields: &PartyFields, number: u32) -> Option<String> {
        let place = FIRST.checked_sub(number)?;
        let pair = self.pairs.get(place as usize)?;
        let [from, to] = [fields.from, fields.to].map(|field| field.spec());
        let (from, to) = (from?.filter.to_str().ok()?, to?.filter.to_str().ok()?);
        let [a, b] = [&pair[0], &pair[1]].map(|name| format!("\"{name}\""));
        Some(between(from, to, [&a, &b]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::event::PARTY_FIELDS;

    fn row(from: &str, to: &str) -> PairRow {
        PairRow {
            from: from.to_owned(),
            to: to.to_owned(),
        }
    }

    #[test]
    fn a_pair_has_one_number_in_both_directions() {
        let mut numbers = PairNumbers::default();
        let first = numbers.number(row("2", "1"));
        let second = numbers.number(row("2", "3"));
        assert_eq!((first, second), (4_294_967_294, 4_294_967_293));
        assert_eq!(numbers.number(row("1", "2")), first);
        assert_eq!(
            numbers.filter(&PARTY_FIELDS, first).unwrap(),
            "(oicq.peer.from == \"1\" && oicq.peer.to == \"2\") || \
             (oicq.peer.from == \"2\" && oicq.peer.to == \"1\")"
        );
        for unknown in [0, 12_345_678, second - 1, u32::MAX] {
            assert_eq!(numbers.filter(&PARTY_FIELDS, unknown), None);
        }
    }
}
