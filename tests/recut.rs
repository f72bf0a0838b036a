//! The rewriter of captures preserves the bytes of the streams.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;

use test_support::recut::{files, Capturing, Cut, Frame, Recording, Segment, Variant};

const SEED: u64 = 1;

fn recording(name: &str) -> Recording {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures");
    files::read(&folder.join(name))
}

fn cut(cut: Cut, capturing: Capturing, recording: &Recording) -> Vec<Frame> {
    Variant { cut, capturing }.of(recording, SEED)
}

/// Every byte of every flow, by sequence number.
fn bytes_of(frames: &[Frame]) -> BTreeMap<((SocketAddr, SocketAddr), u32), u8> {
    let mut bytes = BTreeMap::new();
    for segment in frames.iter().filter_map(Segment::of) {
        assert!(segment.is_sound(), "a wrong checksum: {segment:?}");
        for (at, byte) in segment.payload().iter().enumerate() {
            let sequence = segment.tcp().sequence_number.wrapping_add(at as u32);
            bytes.insert((segment.ends(), sequence), *byte);
        }
    }
    bytes
}

#[test]
fn a_cut_stream_has_the_same_bytes_at_the_same_places() {
    for name in ["msn.pcap", "qq-tcp.pcap"] {
        let recording = recording(name);
        let expected = bytes_of(&recording.frames);
        assert!(expected.len() > 1000, "{name}");
        for way in Cut::ALL {
            let frames = cut(way, Capturing::Complete, &recording);
            assert_eq!(bytes_of(&frames), expected, "{name}: {way}");
            let more = frames.len() > recording.frames.len();
            assert_eq!(more, way != Cut::Whole, "{name}: {way}");
            let times: Vec<_> = frames.iter().map(|frame| frame.time).collect();
            assert!(times.is_sorted(), "{name}: {way}");
        }
    }
}

#[test]
fn only_the_last_piece_has_psh_and_fin() {
    let recording = recording("msn.pcap");
    let flags = |frames: &[Frame]| {
        let segments = frames.iter().filter_map(Segment::of);
        let flags = segments.map(|segment| {
            let tcp = segment.tcp();
            (usize::from(tcp.psh), usize::from(tcp.fin))
        });
        flags.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    };
    let frames = cut(Cut::Pieces, Capturing::Complete, &recording);
    assert_eq!(flags(&frames), flags(&recording.frames));
    let sizes = frames.iter().filter_map(Segment::of);
    assert!(sizes.map(|segment| segment.payload().len()).max() <= Some(20));
}

#[test]
fn the_first_bytes_become_a_segment_of_their_own() {
    let recording = recording("qq-tcp.pcap");
    let sizes = |frames: &[Frame]| {
        let segments = frames.iter().filter_map(Segment::of);
        let sizes = segments.map(|segment| segment.payload().len());
        sizes.filter(|size| *size > 0).collect::<Vec<_>>()
    };
    let expected: Vec<_> = sizes(&recording.frames)
        .into_iter()
        .flat_map(|size| {
            if size > 3 {
                vec![3, size - 3]
            } else {
                vec![size]
            }
        })
        .collect();
    let frames = cut(Cut::First(3), Capturing::Complete, &recording);
    assert_eq!(sizes(&frames), expected);
}

#[test]
fn a_capture_without_handshakes_has_no_syn() {
    let recording = recording("msn.pcap");
    let syn = |frames: &[Frame]| {
        let segments = frames.iter().filter_map(Segment::of);
        segments.filter(|segment| segment.tcp().syn).count()
    };
    assert!(syn(&recording.frames) > 3);
    let frames = cut(Cut::Whole, Capturing::Headless, &recording);
    assert_eq!(syn(&frames), 0);
    assert!(frames.len() * 2 > recording.frames.len());
}

#[test]
fn one_direction_of_every_connection_remains() {
    let recording = recording("msn.pcap");
    let frames = cut(Cut::Whole, Capturing::OneWay, &recording);
    let flows: Vec<_> = bytes_of(&frames)
        .into_keys()
        .map(|(ends, _)| ends)
        .collect();
    assert!(!flows.is_empty());
    assert!(!flows.iter().any(|(from, to)| flows.contains(&(*to, *from))));
}

#[test]
fn a_disturbed_capture_depends_only_on_its_seed() {
    let recording = recording("msn.pcap");
    let variant = |capturing| Variant {
        cut: Cut::Pieces,
        capturing,
    };
    let [one, again, other] =
        [1, 1, 2].map(|seed| variant(Capturing::Disturbed).of(&recording, seed));
    assert_eq!(one, again);
    assert_ne!(one, other);
    let bytes = |frames: &[Frame]| frames.iter().map(|f| f.bytes.clone()).collect::<Vec<_>>();
    let (all, left) = (
        bytes(&variant(Capturing::Complete).of(&recording, 1)),
        bytes(&one),
    );
    let place = |frame| all.iter().position(|one| one == frame).expect("a frame");
    let places: Vec<_> = left.iter().map(place).collect();
    let lost = (0..all.len()).filter(|at| !places.contains(at)).count();
    let twice = places.windows(2).filter(|pair| pair[0] == pair[1]).count();
    let late = places.windows(2).filter(|pair| pair[0] > pair[1]).count();
    for count in [lost, twice, late] {
        let percent = count * 100 / all.len();
        assert!((3..8).contains(&percent), "{count} of {}", all.len());
    }
}

#[test]
fn written_frames_are_read_back() {
    let path = std::env::temp_dir().join(format!("imshark-recut-{}.pcapng", std::process::id()));
    let recordings = ["msn.pcap", "qq.pcap"].map(recording);
    let written = files::write(
        &path,
        recordings
            .iter()
            .map(|one| (&one.secrets[..], one.frames.clone())),
    );
    let read = files::read(&path);
    std::fs::remove_file(&path).expect("the file just written");
    let frames: Vec<_> = recordings.into_iter().flat_map(|one| one.frames).collect();
    assert_eq!(written, frames.len());
    assert_eq!(read.frames, frames);
}
