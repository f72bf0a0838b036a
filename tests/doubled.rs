//! Captures of QQ that have each packet twice: the reports are those of the single capture.
//! TCP needs no such test: Wireshark gives each byte of a stream to a dissector once.

mod support;

use imshark::event::{Event, EventKind, Object};
use imshark::report::{Format, ReportSpec, REPORTS};
use support::capture::Capture;
use support::reports::{events, print};
use support::samples::host::Host;
use support::samples::SAMPLES;

/// Samples with requests that are repeated within the time of a duplicate: in their doubled
/// captures, it is open which transmission a response belongs to.
const WITH_DUPLICATES: [&str; 3] = ["qq-tcp", "qq-edges", "qq-behaviour"];

/// The capture with each frame twice, as at two ports of a switch.
fn doubled(capture: &Capture) -> Capture {
    let frames = capture.frames.iter();
    let mut doubled = capture.clone();
    doubled.frames = frames.flat_map(|it| [it.clone(), it.clone()]).collect();
    doubled
}

/// The report of a doubled capture, with the frame numbers of the single one.
fn report(events: Vec<Event>, spec: &ReportSpec) -> String {
    let single = |frame: u32| frame.div_ceil(2);
    let events = events.into_iter().map(|event| Event {
        frame: single(event.frame),
        kind: match event.kind {
            EventKind::Object(object) => EventKind::Object(Object {
                last: single(object.last),
                ..object
            }),
            kind => kind,
        },
        ..event
    });
    print(&events.collect::<Vec<_>>(), spec, Format::Text)
}

#[test]
fn a_packet_that_is_captured_twice_is_told_once() {
    for (name, build) in SAMPLES.iter().filter(|it| it.0.starts_with("qq")) {
        let once = build();
        let twice = Host::open(&doubled(&once), true);
        let once = Host::open(&once, true);
        for spec in REPORTS {
            if spec.name.to_bytes().ends_with(b",srt") && WITH_DUPLICATES.contains(name) {
                continue;
            }
            let expected = print(&events(&once, spec), spec, Format::Text);
            let found = report(events(&twice, spec), spec);
            assert_eq!(found, expected, "{name}: {:?}", spec.name);
        }
    }
}
