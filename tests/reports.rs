//! The reports of the sample captures, from the dissectors alone.
//!
//! `IMSHARK_BLESS=1 cargo test --no-default-features --test reports` rewrites the expected
//! texts. Read the differences afterwards.

mod support;

use std::fmt::Write as _;

use imshark::event::Event;
use imshark::msn::msnp::fields::MSNMS;
use imshark::oicq::fields::OICQ;
use imshark::packet::Detail;
use imshark::report::{Format, ReportSpec, REPORTS};
use support::samples::host::{DissectorId, Host};
use support::samples::{expected, SAMPLES};

/// The events of a capture that a report of the protocol takes.
fn events(host: &Host, spec: &ReportSpec) -> Vec<Event> {
    let calls = host.calls.iter().zip(&host.plans);
    let events = calls.flat_map(|(call, plan)| {
        let packet = call.packet(false, Detail::Tree);
        let is_qq = call.which == DissectorId::Oicq;
        match (spec.protocol.index, is_qq) {
            (index, true) if index == OICQ.index => imshark::oicq::event::events(plan, &packet),
            (index, false) if index == MSNMS.index => imshark::msn::event::events(plan, &packet),
            _ => Vec::new(),
        }
    });
    events.collect()
}

fn print(events: &[Event], spec: &ReportSpec, format: Format) -> String {
    let mut report = (spec.make)();
    let mut changed = Vec::new();
    for event in events {
        report.add(event, &mut changed);
    }
    format.print(spec, report.as_ref())
}

#[test]
fn reports_are_as_expected() {
    for (name, build) in SAMPLES {
        let host = Host::open(&build(), true);
        let mut text = String::new();
        for spec in REPORTS {
            let events = events(&host, spec);
            if !events.is_empty() {
                let _ = writeln!(text, "-z {}", spec.name.to_string_lossy());
                text.push_str(&print(&events, spec, Format::Text));
            }
        }
        let path = expected().join(format!("{name}.reports.txt"));
        if std::env::var_os("IMSHARK_BLESS").is_some() {
            std::fs::write(&path, &text).expect("the file written");
        }
        let then = std::fs::read_to_string(&path).unwrap_or_default();
        for (number, (now, then)) in text.lines().zip(then.lines()).enumerate() {
            assert_eq!(now, then, "{}, line {}", path.display(), number + 1);
        }
        assert!(text == then, "{} has another length", path.display());
    }
}
