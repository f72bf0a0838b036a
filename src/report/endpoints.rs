//! Endpoints and conversations for the host's own tables: a frame counts once for each party, and
//! once for each two parties of whom one sends something to the other.
//!
//! Display filters see a frame as a whole: it has senders and recipients. So two parties of a
//! frame are a pair if one is among its senders, the other among its recipients.

use std::collections::HashSet;

use crate::event::{Event, Parties, PartyFields};
use crate::field::Protocol;
use crate::msn::event::PARTY_FIELDS as FIELDS_OF_MSN;
use crate::msn::msnp::fields::MSNMS;
use crate::oicq::event::PARTY_FIELDS as FIELDS_OF_QQ;
use crate::oicq::fields::OICQ;
use crate::report::filter::between_quotes;

/// Maximum pairs of a frame.
const MAX_PAIRS: usize = 10_000;

/// A family whose parties are endpoints.
#[derive(Debug, Clone, Copy)]
pub struct EndpointSpec {
    /// The protocol whose name its events are announced under.
    pub protocol: &'static Protocol,
    /// The fields that filters are made of.
    pub fields: PartyFields,
}

/// All families.
pub const ENDPOINTS: &[EndpointSpec] = &[
    EndpointSpec {
        protocol: &MSNMS,
        fields: FIELDS_OF_MSN,
    },
    EndpointSpec {
        protocol: &OICQ,
        fields: FIELDS_OF_QQ,
    },
];

/// An endpoint of a frame. Names are as they stand between the quotes of a display filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointRow {
    /// Its name.
    pub name: String,
    /// Whether it sends the frame.
    pub sends: bool,
}

/// Two parties of a frame, of whom the first sends something to the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairRow {
    /// The name of the sender.
    pub from: String,
    /// The name of the recipient.
    pub to: String,
}

/// The rows in which one frame counts. Its events may come in several lists.
#[derive(Debug, Default)]
pub struct FrameRows {
    parties: Parties,
    /// How many parties, senders and recipients have been told so far.
    told: usize,
    told_from: usize,
    told_to: usize,
    pairs: HashSet<(usize, usize)>,
}

impl FrameRows {
    /// Adds events of the frame.
    pub fn add(&mut self, events: &[Event]) {
        events.iter().for_each(|event| self.parties.add(event));
    }

    /// The endpoints that are new since the last call.
    pub fn endpoints(&mut self) -> Vec<EndpointRow> {
        let new = &self.parties.list()[self.told..];
        self.told += new.len();
        let rows = new.iter().filter_map(|party| {
            Some(EndpointRow {
                name: between_quotes(&party.name)?,
                sends: party.sends.unwrap_or(false),
            })
        });
        rows.collect()
    }

    /// The pairs that are new since the last call, each in the direction that comes first.
    pub fn pairs(&mut self) -> Vec<PairRow> {
        let mut rows = Vec::new();
        let (senders, recipients) = (self.parties.senders(), self.parties.recipients());
        for (index, from) in senders.iter().enumerate() {
            let first = match index < self.told_from {
                true => self.told_to,
                false => 0,
            };
            for to in recipients.iter().skip(first).filter(|to| *to != from) {
                if self.pairs.len() >= MAX_PAIRS {
                    break;
                }
                if self.pairs.insert((*from.min(to), *from.max(to))) {
                    rows.extend(pair(&self.parties, *from, *to));
                }
            }
        }
        (self.told_from, self.told_to) = (senders.len(), recipients.len());
        rows
    }

    /// Whether two parties may both be here without one sending something to the other.
    pub fn has_more_than_two_peers(&self) -> bool {
        let peers = self.parties.list().iter();
        peers
            .filter(|party| party.is_from || party.is_to)
            .nth(2)
            .is_some()
    }
}

fn pair(parties: &Parties, from: usize, to: usize) -> Option<PairRow> {
    let name = |place: usize| between_quotes(&parties.list().get(place)?.name);
    Some(PairRow {
        from: name(from)?,
        to: name(to)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Conversation;
    use crate::report::made::message;

    fn said(from: &str, to: &[&str]) -> Vec<Event> {
        vec![message(Conversation::Number(1), from, to)]
    }

    fn pairs(frame: &mut FrameRows) -> String {
        let pairs = frame.pairs().into_iter();
        let pairs = pairs.map(|row| format!("{}>{}", row.from, row.to));
        pairs.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_frame_counts_once_in_a_row_whatever_lists_its_events_come_in() {
        let mut frame = FrameRows::default();
        frame.add(&said("a", &["b"]));
        frame.add(&said("a", &["b"]));
        assert_eq!(pairs(&mut frame), "a>b");
        assert!(!frame.has_more_than_two_peers());
        let names = |frame: &mut FrameRows| -> Vec<String> {
            let rows = frame.endpoints().into_iter();
            rows.map(|row| row.name).collect()
        };
        assert_eq!(names(&mut frame), ["alice@example.com", "a", "b"]);
        frame.add(&said("b", &["a", "c"]));
        assert_eq!(pairs(&mut frame), "a>c b>c");
        assert!(frame.has_more_than_two_peers());
        assert_eq!(names(&mut frame), ["c"]);
        frame.add(&said("c", &["b"]));
        assert_eq!(pairs(&mut frame), "");
    }

    #[test]
    #[cfg_attr(miri, ignore = "takes minutes in Miri")]
    fn pairs_of_a_frame_are_bounded() {
        let names: Vec<_> = (0..100_000).map(|n| n.to_string()).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let mut frame = FrameRows::default();
        frame.add(&said("a", &names));
        frame.add(&said("b", &names));
        assert_eq!(frame.pairs().len(), MAX_PAIRS);
        assert_eq!(frame.endpoints().len(), 100_003);
        for name in names {
            frame.add(&said(name, &["a"]));
        }
        assert_eq!(frame.pairs(), []);
    }

    #[test]
    fn names_are_between_quotes() {
        let mut frame = FrameRows::default();
        frame.add(&said("a\"$\0", &["b\\\n"]));
        let row = PairRow {
            from: "a\\\"\\x24\u{2400}".to_owned(),
            to: "b\\\\\\x0a".to_owned(),
        };
        assert_eq!(frame.pairs(), [row]);
    }
}
