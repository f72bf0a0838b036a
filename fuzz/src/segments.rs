//! Any split of a TCP stream gives the same PDUs.

use imshark::error::Missing;
use imshark::field::FieldId;
use imshark::msn::msnftp::wire::line as ftp;
use imshark::msn::msnp::wire::pdu::head;
use imshark::msn::p2p::wire::direct;
use imshark::oicq::fields::Field;
use imshark::oicq::wire::direction::Direction;
use imshark::oicq::wire::frame::frame;
use imshark::packet::{Packet, Transport};
use imshark::plan::{Item, Plan, SourceId, Verdict};
use imshark::span::Span;

use crate::invariants::{bounded, held};
use crate::play::{self, Dissector, State};
use test_support::samples::reassembly::Flow;

/// A [`Stream`].
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let Some(stream) = Stream::of(data).filter(|stream| !stream.sizes.is_empty()) else {
            return;
        };
        let Stream { which, sizes, .. } = stream;
        let at_once = played(&stream.runs, which, &[]);
        if at_once.as_ref().is_some_and(Played::has_stray_bytes) {
            return;
        }
        let split = played(&stream.runs, which, sizes);
        if let (Some(at_once), Some(split)) = (at_once, split) {
            assert_eq!(at_once, split, "{which:?}, {sizes:?}");
            let first = sizes.first().map_or(0, |size| 1 + usize::from(*size));
            if stream.runs.iter().any(|(_, bytes)| bytes.len() > first) {
                held(|| format!("a stream of {which:?} is the same in other segments"));
            }
        }
    });
}

/// A stream of whole PDUs, and how it is cut. A byte of dissector; one of how many sizes of
/// segments follow (7), and of how many parts in 32 of the last PDU are sent, less one (f8: for
/// the target `endings`); those sizes; then what each side sends before the other does: a byte
/// of side, two of length (big-endian), and the bytes.
pub struct Stream<'a> {
    pub which: Dissector,
    /// One less each.
    pub sizes: &'a [u8],
    /// How many parts in 32 of the last PDU are sent.
    pub sent: usize,
    /// Whether the side is the lower, and what it sends.
    pub runs: Vec<(bool, &'a [u8])>,
    /// Where the last PDU begins in its run.
    pub last_pdu: usize,
}

impl<'a> Stream<'a> {
    /// The stream that bytes describe. `None` if it does not begin like one of the protocol, or
    /// has other bytes than PDUs, which are shown as they come.
    pub fn of(data: &'a [u8]) -> Option<Self> {
        let [which, count, data @ ..] = data else {
            return None;
        };
        let which = Dissector::of(*which);
        let (sizes, mut data) = data.split_at(usize::from(count & 7).min(data.len()));
        let mut stream = Self {
            which,
            sizes,
            sent: 1 + usize::from(count >> 3),
            runs: Vec::new(),
            last_pdu: 0,
        };
        while let [side, high, low, rest @ ..] = data {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let (bytes, after) = rest.split_at(length.min(rest.len()));
            data = after;
            stream.last_pdu = last_pdu(bytes, which)?;
            stream.runs.push((side & 1 != 0, bytes));
        }
        let (_, first) = stream.runs.first()?;
        begins(first, which).then_some(stream)
    }
}

/// Whether the bytes show that a stream is of this protocol.
fn begins(data: &[u8], which: Dissector) -> bool {
    match which {
        Dissector::Msn | Dissector::Oicq => true,
        Dissector::Direct => direct::is_direct(data),
        Dissector::Msnftp => ftp::greeting(data).is_ok(),
    }
}

/// Where the last PDU begins. `None` if the bytes are not whole PDUs.
fn last_pdu(data: &[u8], which: Dissector) -> Option<usize> {
    let (mut at, mut last) = (0, 0);
    while at < data.len() {
        last = at;
        let end = match which {
            Dissector::Msn => match head(data, at) {
                Ok(pdu) if pdu.command.is_some() && pdu.fault.is_none() => pdu.end(),
                _ => return None,
            },
            Dissector::Oicq => match data.get(at..at + 2) {
                Some(&[high, low]) => {
                    let end = at + usize::from(u16::from_be_bytes([high, low]));
                    let span = Span::between(at + 2, end);
                    match frame(data, span, Direction::Unknown) {
                        Ok(frame) if frame.fits && frame.trailer.is_some() => end,
                        _ => return None,
                    }
                }
                _ => return None,
            },
            Dissector::Direct => match direct::frame(data, at, true) {
                Ok(frame) => frame.span.end(),
                Err(_) => return None,
            },
            // Blocks of files are shown as they come.
            Dissector::Msnftp => match ftp::line(data, at) {
                Ok(line) => line.end,
                Err(_) => return None,
            },
        };
        if end > data.len() {
            return None;
        }
        at = end;
    }
    Some(last)
}

/// A call of the dissector.
struct Call {
    bytes: Vec<u8>,
    sequence: u32,
    frame: u32,
    first_pdu: u32,
    from_lower: bool,
}

impl Call {
    fn packet(&self, first_pass: bool) -> Packet<'_> {
        Packet {
            frame: self.frame,
            first_pdu: self.first_pdu,
            first_pass,
            can_reassemble: true,
            transport: Transport::Tcp,
            from_lower: self.from_lower,
            sequence: Some(self.sequence),
            // Neither side is known to be the server.
            source_port: 5000,
            destination_port: 5001,
            ..play::packet(&self.bytes)
        }
    }
}

/// What is made of a stream.
#[derive(Debug, PartialEq)]
pub struct Played {
    pub pdus: Vec<String>,
    /// What each side waits for in the end.
    pub rests: [Option<Rest>; 2],
}

impl Played {
    /// Whether something that is a frame to the decoder alone is none to the dissector, and is
    /// shown as it comes.
    pub fn has_stray_bytes(&self) -> bool {
        let stray = format!("{:?} 1 ", FieldId::from(Field::Unrecognized));
        self.pdus.iter().any(|pdu| pdu.contains(&stray))
    }
}

/// An unfinished PDU: where it begins in its side of the stream, and up to where the dissector
/// waits for it, if it knows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rest {
    pub start: usize,
    pub end: Option<usize>,
}

/// The PDUs of a stream in segments of these sizes. `None` if Wireshark would lose some.
pub fn played(runs: &[(bool, &[u8])], which: Dissector, sizes: &[u8]) -> Option<Played> {
    let mut state = State::new(1, true);
    let mut flows = [Flow::default(), Flow::default()];
    let mut sequences = [1_u32; 2];
    let mut rests = [None; 2];
    let mut calls: Vec<Call> = Vec::new();
    let mut sizes = sizes.iter().cycle();
    let mut number = 0;
    for (from_lower, bytes) in runs {
        let mut rest = *bytes;
        while !rest.is_empty() {
            let size = sizes
                .next()
                .map_or(rest.len(), |size| 1 + usize::from(*size));
            let (segment, after) = rest.split_at(size.min(rest.len()));
            rest = after;
            number += 1;
            let mut first_pdu = 0;
            let side = usize::from(*from_lower);
            flows[side].segment(sequences[side], segment, |bytes, sequence, _| {
                let call = Call {
                    bytes: bytes.to_vec(),
                    sequence,
                    frame: number,
                    first_pdu,
                    from_lower: *from_lower,
                };
                let plan = state.dissect(&call.packet(true), which, 0);
                first_pdu += plan.pdus;
                let request = request(&plan);
                drop(plan);
                let at = sequence as usize - 1;
                rests[side] = request.map(|(start, missing)| Rest {
                    start: at + start,
                    end: match missing {
                        Missing::Bytes(missing) => Some(at + bytes.len() + missing),
                        Missing::Unknown => None,
                    },
                });
                calls.push(call);
                request
            });
            sequences[side] += segment.len() as u32;
        }
    }
    if flows.iter().any(|flow| flow.lost_later) {
        return None;
    }
    let mut pdus = Vec::new();
    for call in &calls {
        let plan = state.dissect(&call.packet(false), which, 0);
        let roots = plan.items().chunk_by(|_, next| next.depth > 0);
        pdus.extend(roots.map(|items| spelt(&plan, items)));
    }
    Some(Played { pdus, rests })
}

fn request(plan: &Plan<'_>) -> Option<(usize, Missing)> {
    match plan.verdict {
        Verdict::Reassemble(at, missing) => Some((at, missing)),
        Verdict::Accept | Verdict::Reject => None,
    }
}

/// The items of a PDU that its bytes decide, with spans from its start.
fn spelt(plan: &Plan<'_>, items: &[Item]) -> String {
    let start = items.first().map_or(0, |item| item.span.start);
    let mut text = String::new();
    for item in items.iter().filter(|item| !item.generated) {
        let from = match item.source {
            SourceId::PACKET => start,
            _ => 0,
        };
        let at = item.span.start.wrapping_sub(from) as isize;
        text += &format!(
            "{:?} {} {at}+{} {:?}\n",
            item.field,
            item.depth,
            item.span.len,
            plan.value_of(item)
        );
    }
    text
}
