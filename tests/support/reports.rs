//! Reports of the sample captures, from the dissectors alone.

use imshark::event::Event;
use imshark::msn::msnp::fields::MSNMS;
use imshark::oicq::fields::OICQ;
use imshark::packet::Detail;
use imshark::report::{Format, ReportSpec};

use super::samples::host::{DissectorId, Host};

/// The events of a capture that a report of this kind takes.
pub fn events(host: &Host, spec: &ReportSpec) -> Vec<Event> {
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

/// The report of these events.
pub fn print(events: &[Event], spec: &ReportSpec, format: Format) -> String {
    let mut report = (spec.make)();
    let mut changed = Vec::new();
    for event in events {
        report.add(event, &mut changed);
    }
    let mut text = Vec::new();
    let printed = format.print(spec, report.as_ref(), &mut text);
    printed.expect("memory takes all");
    String::from_utf8(text).expect("reports are UTF-8")
}
