use super::*;
use crate::msn::msnp::fields::MSNMS;
use crate::msn::msnp::wire::parameter::LineContext;
use crate::msn::msnp::wire::pdu;
use crate::packet::Detail;

const SERVER: LineContext = LineContext {
    dialect: Some(18),
    is_presumed: false,
    from_client: Some(false),
    role: None,
};

/// The fields of the parameters of a line, each with the bytes that it highlights, and
/// how many notes there are.
fn shown(text: &str) -> (Vec<(String, String)>, usize) {
    let data = format!("{text}\r\n").into_bytes();
    let pdu = pdu::head(&data, 0).expect("a PDU");
    let mut plan = Plan::new(&MSNMS, &data, Detail::Tree);
    plan.heading(0, &MSNMS, pdu.line.span);
    plan.text(1, Field::Line, pdu.line.span);
    let words = Parameters::of(&pdu, &data, &SERVER);
    show_parameters(&mut plan, &pdu, &data, &words);
    let items = plan.items().iter().skip(2).filter(|item| !item.hidden);
    let fields = items.filter_map(|item| {
        let spec = item.field.spec()?;
        let filter = spec.filter.to_str().ok()?.strip_prefix("msnms.")?;
        let is_bit = spec.mask != 0;
        let bytes = String::from_utf8_lossy(item.span.of(&data)).into_owned();
        (!is_bit).then(|| (filter.to_owned(), bytes))
    });
    (fields.collect(), plan.notes().len())
}

fn same(text: &str, expected: &[(&str, &str)]) {
    let (fields, notes) = shown(text);
    let fields: Vec<_> = fields
        .iter()
        .map(|(filter, bytes)| (filter.as_str(), bytes.as_str()))
        .collect();
    assert_eq!(fields, expected, "{text}");
    assert_eq!(notes, 0, "{text}");
}

#[test]
fn every_field_highlights_exactly_its_own_bytes() {
    same(
        "NLN BSY 1:bob@example.net;via=9:x@live.com Bob%20B 2789003300:48 0",
        &[
            ("status", "BSY"),
            ("param", "1:bob@example.net;via=9:x@live.com"),
            ("network", "1"),
            ("account", "bob@example.net"),
            ("via", "9:x@live.com"),
            ("via.network", "9"),
            ("via.account", "x@live.com"),
            ("friendly_name", "Bob%20B"),
            ("param", "2789003300:48"),
            ("capabilities", "2789003300"),
            ("capabilities.extended", "48"),
            ("msnobj", "0"),
        ],
    );
    same(
        "LST N=bob@example.net F=Bob C=7d4f5204-322a-47a2-90a8-77e72f9711c2 11 0,1",
        &[
            ("account", "bob@example.net"),
            ("friendly_name", "Bob"),
            ("contact.id", "7d4f5204-322a-47a2-90a8-77e72f9711c2"),
            ("lists", "11"),
            ("param", "0,1"),
            ("group.id", "0"),
            ("group.id", "1"),
        ],
    );
    same(
        "XFR 14 SB 198.51.100.3:1864 CKI 1.2.3 U messenger.example.com 1",
        &[
            ("trid", "14"),
            ("server.type", "SB"),
            ("server", "198.51.100.3:1864"),
            ("host", "198.51.100.3"),
            ("port", "1864"),
            ("auth.package", "CKI"),
            ("cookie", "1.2.3"),
            ("transfer.flag", "U"),
            ("server.domain", "messenger.example.com"),
            ("transfer.direct", "1"),
        ],
    );
}

#[test]
fn what_is_too_much_or_missing_is_noted() {
    for (text, notes) in [
        ("ACK 4", 0),
        ("ACK 4 5 6", 2),
        ("CAL 2 RINGING", 1),
        ("JOI", 2),
    ] {
        assert_eq!(shown(text).1, notes, "{text}");
    }
}
