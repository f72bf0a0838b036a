//! Captures of QQ that have each packet twice: the reports are those of the single capture.
//! TCP needs no such test: Wireshark gives each byte of a stream to a dissector once.

use imshark::event::{Event, EventKind, Object};
use imshark::report::{Cell, ReportSpec, REPORTS};
use test_support::capture::Capture;
use test_support::reports::events;
use test_support::samples::host::Host;
use test_support::samples::SAMPLES;

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

/// The rows of a report, without the column that counts what came before.
fn rows(events: &[Event], spec: &ReportSpec) -> Vec<Vec<Cell>> {
    let mut report = (spec.make)();
    for event in events {
        report.add(event, &mut Vec::new());
    }
    let rows = report.rows().map(|row| {
        let cells = row.into_iter().zip(spec.columns);
        let cells = cells.filter(|(_, column)| column.name() != "Repeated");
        cells.map(|(cell, _)| cell).collect()
    });
    rows.collect()
}

/// The report of a doubled capture, with the frame numbers of the single one.
fn report(events: Vec<Event>, spec: &ReportSpec) -> Vec<Vec<Cell>> {
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
    rows(&events.collect::<Vec<_>>(), spec)
}

#[test]
fn a_packet_that_is_captured_twice_is_told_once() {
    for (name, build) in SAMPLES.iter().filter(|it| it.0.starts_with("qq")) {
        let once = build();
        let twice = Host::open(&doubled(&once), true);
        let once = Host::open(&once, true);
        for spec in REPORTS {
            let name_of_report = spec.name.to_bytes();
            let is_of_requests =
                name_of_report.ends_with(b",srt") || name_of_report.ends_with(b",commands");
            if is_of_requests && WITH_DUPLICATES.contains(name) {
                continue;
            }
            let expected = rows(&events(&once, spec), spec);
            let found = report(events(&twice, spec), spec);
            assert_eq!(found, expected, "{name}: {:?}", spec.name);
        }
    }
}
