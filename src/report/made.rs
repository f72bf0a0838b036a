//! Hand-made events for tests.

use std::sync::Arc;

use crate::event::{
    Connection, Conversation, Endpoint, Event, EventKind, Family, Message, MessageKind, Object,
};
use crate::msn::p2p::fields::MSNP2P;
use crate::packet::Address;
use crate::pieces::Completeness;
use crate::plan::ObjectId;
use crate::report::cell::{Cell, Column};
use crate::report::fold::Report;

/// The client of alice@example.com.
pub(crate) const CLIENT: Endpoint = Endpoint {
    address: Address::V4([192, 0, 2, 10]),
    port: 50_000,
};
/// Her server.
pub(crate) const SERVER: Endpoint = Endpoint {
    address: Address::V4([198, 51, 100, 2]),
    port: 1863,
};

/// An event of MSN that the client of alice@example.com sends.
pub(crate) fn event(from: &str, to: &[&str], kind: EventKind) -> Event {
    Event {
        family: Family::Msn,
        frame: 1,
        time: 1_000_000_000_000_000_000,
        connection: Connection {
            account: Some("alice@example.com".to_owned()),
            from_client: Some(true),
            source: CLIENT,
            destination: SERVER,
        },
        conversation: Conversation::None,
        from: (!from.is_empty()).then(|| from.to_owned()),
        to: to.iter().map(|to| (*to).to_owned()).collect(),
        kind,
    }
}

/// A message in a conversation.
pub(crate) fn message(conversation: Conversation, from: &str, to: &[&str]) -> Event {
    let kind = EventKind::Message(Message {
        kind: MessageKind::Text,
        text: "Hello".to_owned(),
        picture: None,
        part: None,
    });
    Event {
        conversation,
        ..event(from, to, kind)
    }
}

/// A file of eight bytes, of which the first are received.
pub(crate) fn object(number: usize, name: &str, bytes: &[u8]) -> EventKind {
    EventKind::Object(Object {
        id: ObjectId::Reassembled(MSNP2P.index, number),
        protocol: MSNP2P.index,
        what: "file".to_owned(),
        name: name.to_owned(),
        size: Some(8),
        bytes: Arc::new(bytes.to_vec()),
        other_size: None,
        state: match bytes.len() {
            8 => Completeness::Whole,
            _ => Completeness::Incomplete,
        },
        last: 5,
        is_encrypted: false,
        is_hash_good: None,
    })
}

/// The event in a frame of this number, as many seconds later.
pub(crate) fn at(frame: u32, event: Event) -> Event {
    Event {
        frame,
        time: event.time + i64::from(frame) * 1_000_000_000,
        ..event
    }
}

/// The rows of a report, as texts.
pub(crate) fn fold(mut report: Box<dyn Report>, events: &[Event]) -> Vec<Vec<String>> {
    let mut changed = Vec::new();
    for event in events {
        report.add(event, &mut changed);
    }
    assert!(changed.iter().all(|row| *row < report.len()));
    let texts = |row: Vec<Cell>| row.into_iter().map(Cell::into_text).collect();
    report.rows().map(texts).collect()
}

/// The cell of a row below the title of a column.
pub(crate) fn cell<'a>(columns: &[Column], row: &'a [String], title: &str) -> &'a str {
    let place = columns.iter().position(|column| column.name() == title);
    &row[place.expect("a column with the title")]
}
