//! A TCP stream of whole PDUs, as inputs describe it.

use imshark::msn::msnftp::wire::block::{block, HEADER_LENGTH};
use imshark::msn::msnftp::wire::codes::{DATA, END};
use imshark::msn::msnftp::wire::line as ftp;
use imshark::msn::msnp::wire::pdu::head;
use imshark::msn::p2p::segments::MIN_LENGTH;
use imshark::msn::p2p::wire::direct;
use imshark::msn::p2p::wire::packet::{beginning, Version};
use imshark::oicq::wire::direction::Direction;
use imshark::oicq::wire::frame::frame;
use imshark::span::Span;

use crate::play::Dissector;

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
    /// Where the data of the last PDU begin, if it is a block: each segment shows its part of
    /// them.
    pub last_data: Option<usize>,
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
            last_data: None,
        };
        let mut sends_blocks = [false; 2];
        while let [side, high, low, rest @ ..] = data {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let (bytes, after) = rest.split_at(length.min(rest.len()));
            data = after;
            let side = side & 1 != 0;
            stream.runs.push((side, bytes));
            let mut at = 0;
            (stream.last_pdu, stream.last_data) = (0, None);
            while at < bytes.len() {
                stream.last_pdu = at;
                stream.last_data = None;
                at = match which {
                    Dissector::Msnftp => {
                        let may_be_block = sends_blocks[usize::from(side)];
                        if may_be_block && matches!(bytes[at], DATA | END) {
                            stream.last_data = Some(at + HEADER_LENGTH);
                            block(bytes, at).ok()?.span.end()
                        } else {
                            let line = ftp::line(bytes, at).ok()?;
                            // The other side is to send the file.
                            sends_blocks[usize::from(!side)] |= &line.word == b"TFR";
                            line.end
                        }
                    }
                    _ => end_of_pdu(bytes, at, which)?,
                };
                if at > bytes.len() {
                    return None;
                }
            }
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

/// Where the PDU at `at` ends, of a protocol all of whose PDUs say so themselves.
fn end_of_pdu(data: &[u8], at: usize, which: Dissector) -> Option<usize> {
    match which {
        Dissector::Msn => match head(data, at) {
            Ok(pdu) if pdu.command.is_some() && pdu.fault.is_none() => Some(pdu.end()),
            _ => None,
        },
        Dissector::Oicq => {
            let size = data.get(at..at + 2)?.try_into().ok()?;
            let end = at + usize::from(u16::from_be_bytes(size));
            let span = Span::between(at + 2, end);
            let frame = frame(data, span, Direction::Unknown).ok()?;
            (frame.fits && frame.trailer.is_some()).then_some(end)
        }
        Dissector::Direct => {
            let frame = direct::frame(data, at, true).ok()?;
            let body = frame.body.of(data);
            let is_of_session = |version| matches!(beginning(body, version, 0), Ok(Some(_)));
            let may_be_long = body.len() >= MIN_LENGTH;
            let is_long = may_be_long && [Version::V1, Version::V2].into_iter().any(is_of_session);
            (!is_long).then_some(frame.span.end())
        }
        Dissector::Msnftp => None,
    }
}
