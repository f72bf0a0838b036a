//! Whole captures: several conversations, every carrier, passes in any order, every detail,
//! and reports fed by the same run.

use std::borrow::Cow;

use arbitrary::{Result, Unstructured};
use imshark::error::Missing;
use imshark::event::Event;
use imshark::first_bytes::complete;
use imshark::packet::{Address, Answer, Detail, Packet, Transport};
use imshark::plan::{Plan, Verdict};

use crate::invariants::{bounded, held, less_is_a_part, Shown};
use crate::play::{Dissector, State};
use test_support::random::SplitMix64;

mod feed;
mod reports;

pub use feed::{Frame, MAX_FRAMES};

/// Conversations of a capture.
const CONVERSATIONS: usize = 4;
/// Maximum bytes that a direction waits for.
const MAX_WAITING: usize = 1 << 14;

/// A byte of what is seen, one of the order of later passes, then frames: see [`Frame`].
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        // Two bytes that are not there are zeroes.
        let _ = play(&mut Unstructured::new(data));
    });
}

/// What the host asks for, besides the frames.
#[derive(Debug, Clone, Copy)]
struct Wishes {
    shows_keys: bool,
    has_reports: bool,
    /// The first pass is repeated with all details, by other readers.
    compares_details: bool,
    order: u8,
}

fn play(bytes: &mut Unstructured<'_>) -> Result<()> {
    let flags: u8 = bytes.arbitrary()?;
    let wishes = Wishes {
        shows_keys: flags & 1 != 0,
        has_reports: flags & 6 == 2,
        compares_details: flags & 6 == 4,
        order: bytes.arbitrary()?,
    };
    let frames = feed::frames(bytes);
    let mut capture = Capture::read(&frames, wishes, false);
    let shown = capture.later_passes(wishes);
    if wishes.compares_details {
        let mut again = Capture::read(&frames, wishes, true);
        assert_eq!(again.calls.len(), capture.calls.len());
        assert_eq!(again.later_passes(wishes), shown, "state depends on detail");
        if !shown.is_empty() {
            held(|| "state does not depend on detail".into());
        }
    }
    if wishes.has_reports {
        let events = capture.events();
        reports::print(&events, wishes.order);
        if !events.is_empty() {
            held(|| "reports are printed".into());
        }
    }
    Ok(())
}

/// A call of a dissector, as it is repeated in later passes.
struct Call<'a> {
    bytes: Cow<'a, [u8]>,
    packet: Packet<'a>,
    which: Dissector,
    conversation: usize,
    detail: Detail,
}

impl Call<'_> {
    fn packet(&self, detail: Detail) -> Packet<'_> {
        Packet {
            bytes: &self.bytes,
            first_pass: false,
            detail,
            has_listeners: detail >= Detail::Fields,
            shows_parties: detail >= Detail::Fields,
            hides_info: false,
            ..self.packet
        }
    }
}

/// A capture after its first pass.
struct Capture<'a> {
    state: State,
    calls: Vec<Call<'a>>,
    /// Bytes that each direction of each conversation waits with, and how many it needs.
    waiting: [[(Vec<u8>, usize); 2]; CONVERSATIONS],
}

impl<'a> Capture<'a> {
    /// The first pass.
    fn read(frames: &[Frame<'a>], wishes: Wishes, in_full: bool) -> Self {
        let mut capture = Self {
            state: State::new(CONVERSATIONS, wishes.shows_keys),
            calls: Vec::new(),
            waiting: Default::default(),
        };
        let mut last = (0, 0);
        for frame in frames {
            let mut packet = frame.packet;
            if packet.frame == last.0 {
                packet.first_pdu = last.1;
            }
            if in_full {
                packet.detail = Detail::Tree;
                packet.has_listeners = true;
                packet.shows_parties = true;
                packet.hides_info = false;
            }
            let shown = capture.frame(packet, frame);
            last = (packet.frame, packet.first_pdu + shown);
        }
        capture
    }

    /// Gives a packet to its dissector. Returns the number of PDUs and headers.
    fn frame(&mut self, mut packet: Packet<'a>, frame: &Frame<'a>) -> u32 {
        let (which, conversation) = (frame.which, frame.conversation);
        let side = packet.side();
        let (waiting, needed) = &mut self.waiting[conversation][side];
        let mut bytes = Cow::Borrowed(packet.bytes);
        if packet.can_reassemble && !waiting.is_empty() {
            waiting.extend(packet.bytes);
            if waiting.len() < *needed {
                return 0;
            }
            bytes = Cow::Owned(std::mem::take(waiting));
            held(|| "a stream of a capture is reassembled".into());
            packet.reported = bytes.len();
            packet.sequence = None;
        }
        let is_claimed = packet.recognised;
        if !is_claimed {
            // Heuristics are for TCP, and for UDP that of QQ.
            let is_asked = match packet.transport {
                Transport::Tcp => true,
                Transport::Udp => which == Dissector::Oicq,
                _ => false,
            };
            if !is_asked {
                return 0;
            }
            let packet = Packet {
                bytes: &bytes,
                ..packet
            };
            if self.state.recognise(&packet, which, conversation) != Answer::Yes {
                return 0;
            }
        }
        packet.recognised = true;
        let (bytes, before) = self.completed(&packet, bytes, which, conversation);
        packet.reported += before;
        let call = Call {
            bytes,
            packet: Packet {
                bytes: b"",
                ..packet
            },
            which,
            conversation,
            detail: frame.later,
        };
        let packet = Packet {
            bytes: &call.bytes,
            ..packet
        };
        let plan = self.state.dissect(&packet, which, conversation);
        assert!(is_claimed || plan.verdict != Verdict::Reject, "{which:?}");
        if !is_claimed {
            held(|| "a frame recognised in a capture is decoded".into());
        }
        if let Verdict::Reassemble(at, missing) = plan.verdict {
            let rest = &call.bytes[at..];
            let needed = match missing {
                Missing::Bytes(missing) => rest.len().saturating_add(missing),
                Missing::Unknown => rest.len() + 1,
            };
            if needed <= MAX_WAITING {
                self.waiting[conversation][side] = (rest.to_vec(), needed);
            }
        }
        let shown = plan.pdus + plan.http_headers;
        drop(plan);
        self.calls.push(call);
        shown
    }

    /// The bytes, with those in front that were kept before the stream was recognised.
    fn completed<'b>(
        &mut self,
        packet: &Packet<'b>,
        bytes: Cow<'b, [u8]>,
        which: Dissector,
        conversation: usize,
    ) -> (Cow<'b, [u8]>, usize) {
        if packet.transport != Transport::Tcp {
            return (bytes, 0);
        }
        let packet = Packet {
            bytes: &bytes,
            ..*packet
        };
        self.state.remember(&packet, which, conversation);
        let mut whole = Vec::new();
        let first = self.state.first_bytes(which, conversation);
        let before = first.and_then(|first| Some(complete(first, &packet, &mut whole)?.1));
        match before {
            Some(before) => {
                held(|| "a stream of a capture is completed".into());
                (Cow::Owned(whole), before)
            }
            None => (bytes, 0),
        }
    }

    fn later(&mut self, index: usize, detail: Detail) -> Plan<'_> {
        let call = &self.calls[index];
        let packet = call.packet(detail);
        self.state.dissect(&packet, call.which, call.conversation)
    }

    /// Later passes, which give the same in whatever order and detail. Returns what they show.
    fn later_passes(&mut self, wishes: Wishes) -> Vec<Shown> {
        let count = self.calls.len();
        let forwards: Vec<Shown> = (0..count)
            .map(|index| Shown::of(&self.later(index, Detail::Tree)))
            .collect();
        let mut random = SplitMix64::new(wishes.order.into());
        if count > 1 {
            held(|| "later passes are the same in another order".into());
        }
        for index in shuffled(count, &mut random) {
            let again = Shown::of(&self.later(index, Detail::Tree));
            assert_eq!(again, forwards[index], "call {index} in another order");
        }
        for index in shuffled(count, &mut random) {
            let detail = self.calls[index].detail;
            less_is_a_part(&self.later(index, detail), forwards[index], detail);
        }
        forwards
    }

    /// The events of a later pass.
    fn events(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        for index in 0..self.calls.len() {
            let call = &self.calls[index];
            let packet = call.packet(Detail::Tree);
            let plan = self.state.dissect(&packet, call.which, call.conversation);
            events.extend(match call.which {
                Dissector::Oicq => imshark::oicq::event::events(&plan, &packet),
                _ => imshark::msn::event::events(&plan, &packet),
            });
            let mut first = 0;
            imshark::report::records(&plan, &packet, &mut first);
        }
        events
    }
}

/// The numbers below this, in any order.
fn shuffled(count: usize, random: &mut SplitMix64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        order.swap(last, random.below(last + 1));
    }
    order
}

/// An address of documentation.
pub fn address(is_ipv6: bool, host: u8) -> Address {
    match is_ipv6 {
        true => Address::V6([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, host]),
        false => Address::V4([192, 0, 2, host]),
    }
}
