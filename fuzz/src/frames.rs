//! Frames of QQ: the basic family, those between clients, of relays and of agents.

use imshark::oicq::crypto::encrypted::encrypted_part;
use imshark::oicq::wire::direction::Direction;
use imshark::oicq::wire::frame::{frame, Frame};
use imshark::oicq::wire::other_frames::{agent, decode, frame::FamilyFrame, p2p};
use imshark::span::Span;

use crate::invariants::{bounded, decoded_of, in_order, inside, within};

/// A byte of direction and of what the capture lacks, then a frame.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [which, data @ ..] = data else {
            return;
        };
        let hint = match which & 3 {
            0 | 3 => Direction::Unknown,
            1 => Direction::ToServer,
            _ => Direction::ToClient,
        };
        let lacking = usize::from(which >> 2 & 3);
        let sent = Span::new(0, data.len() + lacking);
        if let Some(frame) = decoded_of(frame(data, sent, hint), sent) {
            basic(&frame, data, sent);
        }
        if let Some(found) = decode::decode(data, sent.len) {
            family(&found, data, sent, hint);
        }
        if let Some(len) = agent::frame_len(data) {
            assert!(len > 0);
        }
        agent::may_begin(data);
        in_order(p2p::control(data).into_iter().map(|(_, span)| span));
    });
}

fn basic(frame: &Frame, data: &[u8], sent: Span) {
    assert_eq!((frame.span, frame.end()), (sent, sent.end()));
    for number in [frame.version.span, frame.command.span, frame.sequence.span] {
        inside(number, sent);
        within(number, data);
    }
    let header = [
        frame.uin.map(|uin| uin.span),
        frame.server_flags,
        frame.probe,
        frame.trailer,
    ];
    header
        .into_iter()
        .flatten()
        .for_each(|part| inside(part, sent));
    let parts: Vec<Span> = frame.body.iter().map(|(_, span)| span).collect();
    in_order(parts.iter().copied());
    parts.iter().for_each(|part| inside(*part, sent));
    for (part, _) in frame.body.iter() {
        assert!(frame.body.find(part).is_some());
    }
    // A number that was not captured in full is not decoded.
    if data.len() >= sent.len.min(11) {
        covers(frame);
    }
    if let Some(encrypted) = encrypted_part(frame, data) {
        within(encrypted.ciphertext, data);
        assert_eq!(encrypted.ciphertext.len % 8, 0);
    }
}

/// Header, parts and trailer are the whole frame, and do not overlap.
fn covers(frame: &Frame) {
    let mut parts = vec![Span::new(0, 7)];
    parts.extend(frame.uin.map(|uin| uin.span));
    parts.extend(frame.block.as_ref().map(|block| block.span));
    parts.extend([frame.server_flags, frame.probe].into_iter().flatten());
    parts.extend(frame.body.iter().map(|(_, span)| span));
    parts.extend(frame.trailer);
    let mut end = 0;
    for part in parts {
        assert_eq!(part.start, end, "{frame:?}");
        end = part.end();
    }
    assert_eq!(end, frame.end(), "{frame:?}");
}

fn family(found: &FamilyFrame, data: &[u8], sent: Span, direction: Direction) {
    inside(found.span, sent);
    inside(found.version.span, sent);
    for number in [found.command, found.sequence].into_iter().flatten() {
        inside(number.span, sent);
    }
    for number in [found.account, found.receiver].into_iter().flatten() {
        inside(number.span, sent);
    }
    for (part, span) in &found.parts {
        inside(*span, sent);
        assert!(found.find(*part).is_some());
        found.value(*part, data);
    }
    found
        .trailer
        .into_iter()
        .for_each(|span| inside(span, sent));
    for (_, span) in decode::decrypted_parts(found, direction, data) {
        within(span, data);
    }
    let shifted = found.clone().shifted(9);
    assert_eq!(shifted.span.start, found.span.start + 9);
    assert_eq!(shifted.parts.len(), found.parts.len());
}
