//! Reports of the events of a capture.

use imshark::event::{Event, Parties};
use imshark::report::{
    credentials, CommandTree, Export, ExportList, Extent, Follower, Format, FrameRows, Line,
    ReportSpec, ResponseTimes, EXPORTS, REPORTS,
};

/// Feeds a report, prints it in every format, and feeds what is no report.
pub fn print(events: &[Event], which: u8) {
    fold(events, &REPORTS[usize::from(which) % REPORTS.len()]);
    let mut tree = CommandTree::default();
    let mut times = ResponseTimes::default();
    for event in events {
        tree.paths(event);
        if let Some((index, _)) = times.add(event) {
            times.name(index);
        }
    }
    let mut rows = FrameRows::default();
    rows.add(events);
    rows.endpoints();
    rows.pairs();
    let lines: Vec<Line> = Follower::default().lines(events);
    assert!(lines.len() <= events.len());
    for spec in EXPORTS {
        let mut list = ExportList::new(spec);
        let exports: Vec<Export> = events.iter().filter_map(|event| list.add(event)).collect();
        assert!(exports.len() <= events.len());
    }
    credentials(events);
    Parties::of(events);
}

fn fold(events: &[Event], spec: &ReportSpec) {
    let mut report = (spec.make)();
    let mut changed = Vec::new();
    for event in events {
        let before = report.len();
        changed.clear();
        report.add(event, &mut changed);
        // Rows never move, and a new one is said to have changed.
        assert!(report.len() >= before);
        assert!(changed.iter().all(|row| *row < report.len()));
        assert!((before..report.len()).all(|row| changed.contains(&row)));
    }
    for row in 0..report.len() {
        let cells = report.cells(row, Extent::Screen).expect("a row");
        assert_eq!(cells.len(), spec.columns.len());
    }
    for format in [Format::Text, Format::Csv, Format::Json, Format::Html] {
        let mut text = Vec::new();
        let printed = format.print(spec, report.as_ref(), &mut text);
        printed.expect("memory takes all");
        assert!(std::str::from_utf8(&text).is_ok());
    }
}
