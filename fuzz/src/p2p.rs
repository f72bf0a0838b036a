//! Packets of MSN's peer-to-peer layer, versions 1 and 2, relayed and direct.

use imshark::msn::p2p::tree::session_text::session_text;
use imshark::msn::p2p::wire::direct;
use imshark::msn::p2p::wire::packet::{
    beginning, guess_version, packet, Carrier, P2pHeader, P2pPacket, Version,
};
use imshark::msn::p2p::wire::{v1, v2};
use imshark::span::Span;

use crate::invariants::{bounded, decoded, held, in_order, inside, parts_are_incomplete, within};
use crate::slp;

/// Frames read of an input.
const MAX_FRAMES: usize = 32;

/// A byte of which, a byte of where to cut, then a packet or frames.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [which, cut, data @ ..] = data else {
            return;
        };
        let version = if which & 1 == 0 {
            Version::V1
        } else {
            Version::V2
        };
        texts(data);
        match which & 2 {
            0 => one(data, version, Carrier::Relayed, usize::from(*cut)),
            _ => frames(data, version, usize::from(*cut)),
        }
    });
}

/// A text that is put in the form of a session's is read again, and not if it is cut.
fn texts(data: &[u8]) {
    if let Some(found) = session_text(data) {
        within(found.span, data);
        assert_eq!(found.span.end(), data.len());
        let header = found.header.map_or(0, |header| {
            assert_eq!(header.length.value as usize, found.span.len);
            in_order([header.kind.span, header.length.span, found.span]);
            header.length.span.end()
        });
        assert_eq!(found.span.start, header);
        assert!(!found.text.contains('\0'));
    }
    let text = String::from_utf8_lossy(data).replace(['\0', char::REPLACEMENT_CHARACTER], "");
    let units = text.encode_utf16().chain([0]);
    let wide: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    let head = [
        &[0x80, 1, 2, 3, 8, 0][..],
        &(wide.len() as u32).to_le_bytes(),
    ]
    .concat();
    let whole = [&head[..], &wide].concat();
    let found = session_text(&whole).expect("a text of a session");
    assert_eq!(found.text, text);
    assert_eq!(found.span, Span::between(head.len(), whole.len()));
    assert_eq!(session_text(&whole[..whole.len() - 1]), None);
    held(|| "a text of a session is read again".into());
}

fn one(data: &[u8], version: Version, carrier: Carrier, cut: usize) {
    guess_version(data, carrier);
    let Some(found) = decoded(packet(data, version, carrier), data) else {
        return;
    };
    check(&found, data);
    let headers = &data[..found.headers().end()];
    match version {
        Version::V1 => parts_are_incomplete(headers, cut, v1::header),
        Version::V2 => parts_are_incomplete(headers, cut, v2::header),
    }
    let body = found.data.of(data);
    if found.session() == 0 && imshark::msn::slp::wire::message::is_message(body) {
        slp::one(body);
    }
}

fn check(found: &P2pPacket, data: &[u8]) {
    let headers = found.headers();
    within(headers, data);
    within(found.data, data);
    in_order([headers, found.data]);
    let footer = found.footer.map(|footer| footer.span);
    for part in [footer, found.surplus].into_iter().flatten() {
        within(part, data);
        assert!(part.start >= found.data.end());
    }
    assert!(found.missing == 0 || found.data.end() == data.len());
    found.is_data_preparation(data);
    match &found.header {
        P2pHeader::V1(header) => {
            header.is_acknowledgement();
            for part in [header.session.span, header.length.span, header.flags.span] {
                inside(part, header.span);
            }
            if let Some(nonce) = header.nonce(data) {
                inside(nonce.span, header.span);
            }
        }
        P2pHeader::V2(header) => {
            inside(header.payload_length.span, header.span);
            header.acknowledges();
            header.nak_number();
            if let Some(data) = &header.data {
                inside(data.session.span, data.span);
                data.is_first();
                data.remaining();
            }
        }
    }
}

fn frames(data: &[u8], version: Version, cut: usize) {
    direct::is_direct(data);
    direct::may_begin_direct(data);
    direct::shows_handshake(data);
    direct::is_whole_packet(data, version == Version::V2);
    direct::body_length(data);
    let mut at = 0;
    for number in 0..MAX_FRAMES {
        let handshake = number < 3;
        let Some(frame) = decoded(direct::frame(data, at, handshake), data) else {
            break;
        };
        within(frame.span, data);
        inside(frame.length.span, frame.span);
        inside(frame.body, frame.span);
        assert_eq!(frame.body.len, frame.length.value as usize);
        let whole = frame.span.of(data);
        parts_are_incomplete(whole, cut, |part| direct::frame(part, 0, handshake));
        frame.body_type.nonce();
        frame.body_type.version();
        let body = frame.body.of(data);
        one(body, version, Carrier::Direct, cut);
        if let Ok(Some(found)) = beginning(body, version, 0) {
            check(&found, body);
        }
        at = frame.span.end();
    }
    if let Some(next) = direct::next_packet(data, 1, 2, version == Version::V2) {
        assert!(next < data.len());
    }
}
