//! Streams that are released and reclaimed.

use crate::oicq::dissect::dissect;
use crate::oicq::state::frame_ranges::family_at;
use crate::oicq::state::session::{OicqSession, OicqShared};
use crate::oicq::wire::basic::{FLAG, TRAILER};
use crate::oicq::wire::other_frames::agent::tests::file_info;
use crate::packet::{Detail, Packet, Transport};
use crate::span::Span;

/// A segment of a stream: from the client or not, and its bytes.
type Segment = (bool, Vec<u8>);

/// A frame after its length: a keep-alive of QQ 12345678, or one of the game QQ Speed.
fn frame_of(version: u16) -> Vec<u8> {
    let mut bytes = vec![0, 49, FLAG];
    bytes.extend(version.to_be_bytes());
    bytes.extend([0x00, 0x58, 0x3b, 0x07, 0x00, 0xbc, 0x61, 0x4e]);
    bytes.extend([2, 0, 0, 0, 1, 1, 1, 0, 0, 0x66, 0xa7]);
    bytes.extend([0x99; 24]);
    bytes.push(TRAILER);
    assert_eq!(bytes.len(), 49);
    bytes
}

fn stray() -> Vec<u8> {
    b"GET / HTTP/1.1\r\n\r\n".to_vec()
}

/// The result of later passes for each segment, which is a frame of the capture: forward,
/// backward and in mixed order.
fn show(segments: &[Segment], can_reassemble: bool) -> Vec<String> {
    show_on(443, segments, can_reassemble)
}

/// As [`show`], on this port of the server. On ports other than QQ's the dissector was
/// chosen by the user.
fn show_on(port: u16, segments: &[Segment], can_reassemble: bool) -> Vec<String> {
    let (mut session, mut shared) = (OicqSession::default(), OicqShared::default());
    let mut see = |index: usize, first_pass: bool| {
        let (from_client, bytes) = &segments[index];
        let ports = if *from_client {
            (49_152, port)
        } else {
            (port, 49_152)
        };
        let packet = Packet {
            bytes,
            reported: bytes.len(),
            frame: index as u32 + 1,
            first_pass,
            can_reassemble,
            transport: Transport::Tcp,
            source_port: ports.0,
            destination_port: ports.1,
            from_lower: *from_client,
            recognised: port == 443,
            detail: Detail::Tree,
            ..Packet::default()
        };
        dissect(&packet, &mut session, &mut shared).to_string()
    };
    let all = 0..segments.len();
    let first: Vec<String> = all.clone().map(|index| see(index, true)).collect();
    let second: Vec<String> = all.clone().map(|index| see(index, false)).collect();
    assert_eq!(rejected(&first), rejected(&second));
    let mixed = all.clone().map(|index| index * 7 % segments.len());
    for index in all.rev().chain(mixed) {
        assert_eq!(see(index, false), second[index], "segment {index}");
    }
    second
}

fn rejected(texts: &[String]) -> Vec<usize> {
    let taken = |text: &String| text.trim_start().starts_with("Reject");
    (0..texts.len())
        .filter(|index| taken(&texts[*index]))
        .collect()
}

#[test]
fn a_frame_before_an_incomplete_one_counts() {
    let whole = frame_of(0x3420);
    let mut segments = vec![(true, whole.clone())];
    segments.extend(vec![(false, stray()); 7]);
    segments.push((true, [&whole[..], &whole[..20]].concat()));
    segments.extend(vec![(false, stray()); 7]);
    assert_eq!(rejected(&show(&segments, true)), [0; 0]);
    segments.push((true, stray()));
    segments.push((true, stray()));
    assert_eq!(rejected(&show(&segments, true)), [17]);
}

#[test]
fn a_released_stream_of_the_game_is_reclaimed() {
    let whole = frame_of(0x5005);
    let mut segments = vec![(true, whole.clone())];
    segments.extend(vec![(false, stray()); 10]);
    segments.push((true, whole.clone()));
    segments.push((false, whole));
    let texts = show(&segments, true);
    assert_eq!(rejected(&texts), [9, 10]);
    assert!(texts[12].contains("oicq.version"), "{}", texts[12]);
}

#[test]
fn incomplete_frames_are_dropped_with_the_stream() {
    let whole = frame_of(0x3420);
    for beginning in [20, 30] {
        let mut segments = vec![(true, whole.clone()), (true, whole[..beginning].to_vec())];
        segments.extend(vec![(false, stray()); 8]);
        segments.push((true, stray()));
        // A frame in two segments, while the stream is released.
        segments.push((true, whole[..beginning].to_vec()));
        segments.push((true, whole[beginning..].to_vec()));
        segments.push((true, whole.clone()));
        let texts = show(&segments, false);
        assert_eq!(rejected(&texts), [10]);
        assert!(texts[11].contains("oicq.incomplete"), "{}", texts[11]);
        assert!(texts[12].contains("continuation"), "{}", texts[12]);
        assert!(
            texts[13].contains("oicq.block.client_type"),
            "{}",
            texts[13]
        );
        assert!(!texts[13].contains("continuation"), "{}", texts[13]);
    }
}

#[test]
fn streams_chosen_by_the_user_are_never_released() {
    let whole = frame_of(0x3420);
    let mut segments = vec![(true, whole.clone())];
    segments.extend(vec![(false, stray()); 20]);
    // Of no known client.
    segments.push((true, frame_of(0x7e01)));
    let texts = show_on(9998, &segments, true);
    assert_eq!(rejected(&texts), [0; 0]);
    assert!(texts[21].contains("oicq.version"), "{}", texts[21]);
    assert_eq!(rejected(&show(&segments, true)).len(), 13);
}

#[test]
fn the_beginning_of_an_agent_frame_is_not_taken_for_a_length() {
    let whole = file_info();
    for len in 2..7 {
        let two = [&whole[..], &whole[..len]].concat();
        let texts = show(&[(true, two)], true);
        let request = format!("Reassemble({}, Unknown)", whole.len());
        assert!(texts[0].contains(&request), "{len}: {}", texts[0]);
    }
}

#[test]
fn frames_after_a_bad_one_of_an_agent_are_shown() {
    let whole = file_info();
    // Its own length is right, so the next frame is known.
    let decodes = |bytes: &[u8]| family_at(bytes, Span::new(0, bytes.len())).is_some();
    let broken = (12..whole.len() - 1).find_map(|at| {
        let mut bad = whole.clone();
        bad[at] ^= 0x40;
        (!decodes(&bad)).then_some(bad)
    });
    let bad = broken.expect("a byte on which the frame depends");
    let texts = show(&[(true, [&whole[..], &bad, &whole].concat())], true);
    let frame = "QQ 12345678 → agent: Transfer (0x0023), seq 0x0000";
    let info = format!("info=\"{frame}; [unrecognized data]; {frame}\"");
    assert!(texts[0].contains(&info), "{}", texts[0]);
}
