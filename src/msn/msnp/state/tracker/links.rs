//! Which line answers which: a small record for each request and each response.

use core::num::NonZeroU32;

use crate::first_pass::PduMap;
use crate::long_list::LongList;
use crate::msn::msnp::wire::challenge::ChallengeVerdict;
use crate::msn::msnp::wire::command::Verb;
use crate::packet::{Packet, PduKey};

/// Relations of a line to other lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LineLinks {
    /// The frame of the first response.
    pub response_in: Option<u32>,
    /// The request to which this line responds.
    pub response_to: Option<RequestLink>,
    /// Whether servers answer such a line.
    pub awaits_response: bool,
    /// The frame of an open request with the same transaction id and command.
    pub duplicate_of: Option<u32>,
    /// A response without request, in a capture that has the beginning of the connection.
    pub is_orphan: bool,
    /// Result of checking the response to a challenge.
    pub challenge: Option<ChallengeVerdict>,
}

/// The request of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestLink {
    /// Its PDU.
    pub key: PduKey,
    /// Its command.
    pub verb: Verb,
    /// Nanoseconds from the request to the response.
    pub delay: i64,
}

/// A line in [`Links`]: its place, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LineId(NonZeroU32);

impl LineId {
    fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

#[derive(Debug, Clone, Copy)]
struct Record {
    time: i64,
    key: PduKey,
    /// The request of a response, else the first response of a request.
    partner: Option<LineId>,
    verb: Verb,
    flags: u8,
}

impl Record {
    fn is_response(&self) -> bool {
        self.flags & IS_RESPONSE != 0
    }

    fn request(&self) -> Option<LineId> {
        self.partner.filter(|_| self.is_response())
    }
}

/// The size of a record is that of a request or response in memory.
const _: () = assert!(size_of::<Record>() == 24);

const AWAITS_RESPONSE: u8 = 1;
const IS_ORPHAN: u8 = 2;
const IS_RESPONSE: u8 = 4;

/// The requests and responses of a connection, in the order of their lines.
#[derive(Debug, Default)]
pub(crate) struct Links {
    list: LongList<Record>,
    /// The frames of the open requests that lines repeat.
    repeated: PduMap<u32>,
    /// The responses to lines that are responses themselves: those to challenges.
    further: PduMap<Option<LineId>>,
    challenges: PduMap<Option<ChallengeVerdict>>,
}

impl Links {
    /// The record of the line `key`, which is added unless it is the last one. For the first
    /// pass, where lines come in order: returns `None` for an earlier one.
    pub(crate) fn add(&mut self, packet: &Packet<'_>, key: PduKey, verb: Verb) -> Option<LineId> {
        let last = self.list.last().map(|last| last.key);
        if !packet.first_pass || last > Some(key) {
            return None;
        }
        if last < Some(key) {
            self.list.push(Record {
                time: packet.time,
                key,
                partner: None,
                verb,
                flags: 0,
            });
        }
        let place = u32::try_from(self.list.len()).ok()?;
        NonZeroU32::new(place).map(LineId)
    }

    fn get(&self, line: LineId) -> Option<&Record> {
        self.list.get(line.index())
    }

    fn get_mut(&mut self, line: LineId) -> Option<&mut Record> {
        self.list.get_mut(line.index())
    }

    /// The command of a line.
    pub(crate) fn verb(&self, line: LineId) -> Option<Verb> {
        self.get(line).map(|line| line.verb)
    }

    /// Whether a request has a response.
    pub(crate) fn is_answered(&self, line: LineId) -> bool {
        self.get(line)
            .is_some_and(|line| self.response(line).is_some())
    }

    /// Records a response to a request.
    pub(crate) fn answer(&mut self, request: LineId, response: LineId) {
        if let Some(line) = self.get_mut(request) {
            let key = line.key;
            match line.is_response() {
                true => self.further.any_entry(key).get_or_insert(response),
                false => line.partner.get_or_insert(response),
            };
        }
        if let Some(line) = self.get_mut(response) {
            line.partner = Some(request);
            line.flags |= IS_RESPONSE;
        }
    }

    /// The first response to a line.
    fn response(&self, line: &Record) -> Option<LineId> {
        match line.is_response() {
            true => self.further.get(line.key).copied().flatten(),
            false => line.partner,
        }
    }

    /// Records whether a response is expected.
    pub(crate) fn expect(&mut self, line: LineId, awaits_response: bool) {
        if let Some(line) = self.get_mut(line) {
            line.flags &= !AWAITS_RESPONSE;
            line.flags |= if awaits_response { AWAITS_RESPONSE } else { 0 };
        }
    }

    /// Records that there is no request.
    pub(crate) fn orphan(&mut self, line: LineId) {
        if let Some(line) = self.get_mut(line) {
            line.flags |= IS_ORPHAN;
        }
    }

    /// Records that a line has the transaction ID of an open request.
    pub(crate) fn repeat(&mut self, line: LineId, open: LineId) {
        let frame = self.get(open).map_or(0, |open| open.key.frame);
        if let Some(key) = self.get(line).map(|line| line.key) {
            *self.repeated.any_entry(key) = frame;
        }
    }

    /// Records the result of checking the response to a challenge.
    pub(crate) fn judge(&mut self, packet: &Packet<'_>, key: PduKey, verdict: ChallengeVerdict) {
        if let Some(entry) = self.challenges.entry(packet, key) {
            *entry = Some(verdict);
        }
    }

    fn find(&self, key: PduKey) -> Option<&Record> {
        let last = self.list.last()?;
        if last.key <= key {
            return Some(last).filter(|last| last.key == key);
        }
        self.list.get(self.list.index_of(&key, |line| line.key)?)
    }

    /// The relations of the line `key`.
    pub(crate) fn of(&self, key: PduKey) -> Option<LineLinks> {
        let line = self.find(key)?;
        let response = self.response(line).and_then(|response| self.get(response));
        let request = line.request().and_then(|request| self.get(request));
        Some(LineLinks {
            response_in: response.map(|response| response.key.frame),
            response_to: request.map(|request| RequestLink {
                key: request.key,
                verb: request.verb,
                delay: line.time.saturating_sub(request.time),
            }),
            awaits_response: line.flags & AWAITS_RESPONSE != 0,
            duplicate_of: self.repeated.get(key).copied().filter(|frame| *frame != 0),
            is_orphan: line.flags & IS_ORPHAN != 0,
            challenge: self.challenges.get(key).copied().flatten(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_come_too_late_are_left_out() {
        let mut links = Links::default();
        let packet = |frame, first_pass| Packet {
            frame,
            first_pass,
            time: i64::from(frame) * 10,
            ..Packet::default()
        };
        let mut add = |frame, first_pass, verb: &Verb| {
            let packet = packet(frame, first_pass);
            links.add(&packet, packet.key(0), *verb)
        };
        let request = add(2, true, b"CHG").unwrap();
        assert_eq!(add(2, true, b"CHG"), Some(request));
        let response = add(5, true, b"CHG").unwrap();
        assert_eq!(add(4, true, b"CHG"), None);
        assert_eq!(add(6, false, b"CHG"), None);
        assert!(!links.is_answered(request));
        links.answer(request, response);
        assert!(links.is_answered(request) && !links.is_answered(response));
        let key = |frame| PduKey { frame, index: 0 };
        assert_eq!(links.of(key(2)).unwrap().response_to, None);
        // A request has its response in its own record.
        assert!(links.further.get(key(2)).is_none());
        assert_eq!(links.of(key(2)).unwrap().response_in, Some(5));
        let to = links.of(key(5)).unwrap().response_to.unwrap();
        assert_eq!((to.key, to.delay), (key(2), 30));
        assert_eq!(links.of(key(4)), None);
    }

    /// The response to a challenge is a request, too.
    #[test]
    fn a_response_has_a_response_of_its_own() {
        let mut links = Links::default();
        let key = |frame| PduKey { frame, index: 0 };
        let [challenge, response, result] =
            [(1, b"CHL"), (2, b"QRY"), (3, b"QRY")].map(|(frame, verb)| {
                let packet = Packet {
                    frame,
                    first_pass: true,
                    ..Packet::default()
                };
                links.add(&packet, key(frame), *verb).unwrap()
            });
        links.answer(challenge, response);
        links.answer(response, result);
        let link = links.of(key(2)).unwrap();
        assert_eq!(link.response_to.unwrap().key, key(1));
        assert_eq!(link.response_in, Some(3));
        assert_eq!(links.of(key(1)).unwrap().response_in, Some(2));
    }
}
