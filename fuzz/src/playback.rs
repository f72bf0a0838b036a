//! What a dissector makes of a stream in segments.

use imshark::error::Missing;
use imshark::field::FieldId;
use imshark::msn::msnftp::fields::{Field as Ftp, MSNFTP};
use imshark::oicq::fields::Field;
use imshark::packet::{Packet, Transport};
use imshark::plan::{Item, Plan, SourceId, Value, Verdict};

use crate::play::{self, Dissector, State};
use test_support::samples::reassembly::Flow;

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

/// A stream after its first pass.
pub struct Playback {
    state: State,
    which: Dissector,
    calls: Vec<Call>,
    rests: [Option<Rest>; 2],
}

/// An unfinished PDU: where it begins in its side of the stream, and up to where the dissector
/// asks for bytes, if it knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    pub start: usize,
    pub end: Option<usize>,
}

impl Playback {
    /// A stream in segments of these sizes. `None` if Wireshark would lose some.
    pub fn of(runs: &[(bool, &[u8])], which: Dissector, sizes: &[u8]) -> Option<Self> {
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
        (!flows.iter().any(|flow| flow.lost_later)).then_some(Self {
            state,
            which,
            calls,
            rests,
        })
    }

    /// The Plans of a later pass: each with the side that sends its bytes, and where they begin
    /// in what this side sends.
    pub fn plans(&mut self, mut each: impl FnMut(bool, usize, &Plan<'_>)) {
        for call in &self.calls {
            let plan = self.state.dissect(&call.packet(false), self.which, 0);
            each(call.from_lower, call.sequence as usize - 1, &plan);
        }
    }
}

fn request(plan: &Plan<'_>) -> Option<(usize, Missing)> {
    match plan.verdict {
        Verdict::Reassemble(at, missing) => Some((at, missing)),
        Verdict::Accept | Verdict::Reject => None,
    }
}

/// What is made of a stream.
#[derive(Debug, PartialEq)]
pub struct Played {
    pub pdus: Vec<Pdu>,
    /// What each side waits for in the end.
    pub rests: [Option<Rest>; 2],
}

/// A PDU, whose data may have come in parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pdu {
    from_lower: bool,
    /// The items that its bytes decide, with spans from its start.
    pub items: String,
    /// Data of a file.
    pub data: Vec<u8>,
    /// What is known of the file then.
    pub file: Vec<String>,
    /// Where the data are in the file.
    offset: Option<u64>,
}

/// What is known of a file where it ends.
const FILE: [Ftp; 5] = [
    Ftp::Complete,
    Ftp::Size,
    Ftp::Blocks,
    Ftp::Sha256,
    Ftp::Content,
];

impl Played {
    /// The PDUs of a stream in segments of these sizes. `None` if Wireshark would lose some.
    pub fn of(runs: &[(bool, &[u8])], which: Dissector, sizes: &[u8]) -> Option<Self> {
        let mut playback = Playback::of(runs, which, sizes)?;
        let mut pdus: Vec<Pdu> = Vec::new();
        playback.plans(|from_lower, _, plan| {
            for items in plan.items().chunk_by(|_, next| next.depth > 0) {
                let pdu = pdu(plan, items, from_lower);
                if items.iter().any(|item| item.field == Ftp::Rest.into()) {
                    let mut earlier = pdus.iter_mut().rev();
                    let earlier = earlier.find(|earlier| earlier.from_lower == from_lower);
                    earlier.expect("a block that goes on").add(pdu);
                } else {
                    pdus.push(pdu);
                }
            }
        });
        Some(Self {
            pdus,
            rests: playback.rests,
        })
    }

    /// Whether something that is a frame to the decoder alone is none to the dissector, and is
    /// shown as it comes.
    pub fn has_stray_bytes(&self) -> bool {
        let stray = format!("{:?} 1 ", FieldId::from(Field::Unrecognized));
        self.pdus.iter().any(|pdu| pdu.items.contains(&stray))
    }
}

impl Pdu {
    /// Adds a later part of the data.
    fn add(&mut self, part: Self) {
        let end = self.offset.map(|offset| offset + self.data.len() as u64);
        assert_eq!(part.offset, end, "a part at another place");
        self.data.extend(part.data);
        self.file.extend(part.file);
    }
}

fn pdu(plan: &Plan<'_>, items: &[Item], from_lower: bool) -> Pdu {
    let start = items.first().map_or(0, |item| item.span.start);
    let mut pdu = Pdu {
        from_lower,
        ..Pdu::default()
    };
    let mut announced = None;
    for item in items {
        let number = match item.value {
            Value::Number(number) => Some(number),
            _ => None,
        };
        let value = number.map_or_else(|| plan.value_of(item), |it| Some(it.to_string().into()));
        let is = |field: Ftp| item.field == field.into();
        if is(Ftp::Offset) {
            pdu.offset = number;
        } else if FILE.into_iter().any(is) {
            let len = item.span.len;
            pdu.file.push(format!("{:?} {len} {value:?}", item.field));
        } else if is(Ftp::Data) || is(Ftp::Rest) {
            pdu.data.extend(item.span.of(plan.bytes_of(item.source)));
        } else if !item.generated {
            if is(Ftp::Length) {
                announced = number;
            }
            let from = match item.source {
                SourceId::PACKET => start,
                _ => 0,
            };
            let at = item.span.start.wrapping_sub(from) as isize;
            // A line of MSNFTP is an item of its own, the end of a block is in another segment.
            let len = match item.field == FieldId::from(&MSNFTP) {
                true => 0,
                false => item.span.len,
            };
            pdu.items += &format!("{:?} {} {at}+{len} {value:?}\n", item.field, item.depth);
        }
    }
    if announced.is_some_and(|announced| announced != pdu.data.len() as u64) {
        let label = items.first().map_or("", |root| plan.text_of(root.label));
        let here = format!(" ({} here)", pdu.data.len());
        assert!(label.ends_with(&here), "{label} with {here}");
    }
    pdu
}
