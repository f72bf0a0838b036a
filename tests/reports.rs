//! The reports of the sample captures, from the dissectors alone.
//!
//! `IMSHARK_BLESS=1 cargo test --no-default-features --test reports` rewrites the expected
//! texts. Read the differences afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use imshark::event::{
    Command, Connection, ContactChange, Conversation, Event, EventKind, Fact, Family, Login,
    LoginStep, Message, MessageKind, Object, Picture, Subject, Transfer, TransferStep,
};
use imshark::msn::msnp::fields::MSNMS;
use imshark::oicq::fields::OICQ;
use imshark::pieces::Completeness;
use imshark::plan::ObjectId;
use imshark::report::{Cell, CommandTree, Format, ReportSpec, ResponseTimes, REPORTS};
use test_support::reports::{events, print};
use test_support::samples::host::Host;
use test_support::samples::{self, expected, SAMPLES};

/// The nodes of the tree of counts, each with its count, in the order of names.
fn tree(events: &[Event]) -> String {
    let mut tree = CommandTree::default();
    let mut counts: BTreeMap<Vec<String>, u32> = BTreeMap::new();
    for event in events {
        let paths = tree.paths(event);
        let roots: BTreeSet<_> = paths.iter().map(|path| &path[0]).collect();
        assert_eq!(roots.len(), paths.len(), "{event:?}");
        for path in &paths {
            for depth in 1..=path.len() {
                *counts.entry(path[..depth].to_vec()).or_default() += 1;
            }
        }
    }
    let mut text = String::new();
    for (path, count) in counts {
        let indent = "  ".repeat(path.len() - 1);
        let name = path.last().expect("a name");
        let _ = writeln!(text, "{indent}{name}: {count}");
    }
    text
}

/// Compares a text with the expected one, or writes that anew.
fn assert_expected(file: &str, text: &str) {
    let path = expected().join(file);
    if std::env::var_os("IMSHARK_BLESS").is_some() {
        std::fs::write(&path, text).expect("the file written");
    }
    let then = std::fs::read_to_string(&path).unwrap_or_default();
    for (number, (now, then)) in text.lines().zip(then.lines()).enumerate() {
        assert_eq!(now, then, "{}, line {}", path.display(), number + 1);
    }
    assert!(text == then, "{} has another length", path.display());
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
        for spec in REPORTS
            .iter()
            .filter(|it| it.name.to_bytes().ends_with(b",chat"))
        {
            text.push_str(&tree(&events(&host, spec)));
        }
        assert_expected(&format!("{name}.reports.txt"), &text);
    }
}

#[test]
fn the_other_formats_are_as_expected() {
    for (sample, family) in [("msn-messages", "msnms,"), ("qq-bodies-2006", "oicq,")] {
        let (_, build) = SAMPLES
            .iter()
            .find(|it| it.0 == sample)
            .expect("the sample");
        let host = Host::open(&build(), true);
        for (name, format) in [
            ("csv", Format::Csv),
            ("json", Format::Json),
            ("html", Format::Html),
        ] {
            let mut text = String::new();
            for spec in REPORTS {
                if spec.name.to_string_lossy().starts_with(family) {
                    text.push_str(&print(&events(&host, spec), spec, format));
                }
            }
            assert_expected(
                &format!("{sample}.reports.{name}"),
                &text.replace("\r\n", "\n"),
            );
        }
    }
}

/// The addresses of the captures in IPv4 and, after [`Capture::over_ipv6`], in IPv6.
///
/// [`Capture::over_ipv6`]: test_support::capture::Capture::over_ipv6
const ADDRESSES: [(&str, &str); 4] = [
    ("192.0.2.20", "2001:db8::c000:214"),
    ("192.0.2.30", "2001:db8::c000:21e"),
    ("198.51.100.3", "2001:db8::c633:6403"),
    ("203.0.113.9", "2001:db8::cb00:7109"),
];

/// The same chats over IPv6 are reported as over IPv4, but for addresses.
#[test]
fn reports_do_not_depend_on_the_version_of_ip() {
    for (sample, other) in [("msn-chats", "msn-chats-ipv6"), ("qq-bodies-qr", "qq-ipv6")] {
        let hosts = [sample, other].map(|name| Host::open(&samples::sample(name), true));
        for spec in REPORTS {
            let texts = hosts.each_ref().map(|host| {
                let events = events(host, spec);
                print(&events, spec, Format::Csv)
            });
            let in_ipv6 = ADDRESSES.iter().fold(texts[0].clone(), |text, (v4, v6)| {
                text.replace(&format!("{v4}:"), &format!("[{v6}]:"))
                    .replace(v4, v6)
            });
            assert_eq!(in_ipv6, texts[1], "{other}: {:?}", spec.name);
        }
    }
}

/// A table that shows what the report says is new or changed has all of it, and a second
/// pass over the same events makes the same report.
#[test]
fn changes_are_announced_and_passes_agree() {
    for (name, build) in SAMPLES {
        let host = Host::open(&build(), true);
        for spec in REPORTS {
            let events = events(&host, spec);
            let mut report = (spec.make)();
            let mut shown: Vec<Vec<Cell>> = Vec::new();
            for event in &events {
                let mut changed = Vec::new();
                report.add(event, &mut changed);
                shown.resize(report.len(), Vec::new());
                for row in changed {
                    shown[row] = report.row(row);
                    assert_eq!(shown[row].len(), spec.columns.len());
                }
            }
            for (index, shown) in shown.iter().enumerate() {
                assert_eq!(
                    *shown,
                    report.row(index),
                    "{name}: {:?}, row {index}",
                    spec.name
                );
            }
            for format in [Format::Text, Format::Csv, Format::Json, Format::Html] {
                let first = print(&events, spec, format);
                assert_eq!(
                    first,
                    print(&events, spec, format),
                    "{name}: {:?}",
                    spec.name
                );
            }
        }
    }
}

// ---- hostile captures ----

const HOSTILE: &str =
    "<script>alert(1)</script>\"'&\r\n=cmd|' /C calc'!A1,\u{1b}[2J\u{202e}\u{7}\u{0}\u{5f20}\u{301}";

/// Events of every kind whose texts are hostile.
fn hostile_events(family: Family) -> Vec<Event> {
    let text = || HOSTILE.to_owned();
    let picture = Picture {
        media: "image/png",
        bytes: HOSTILE.as_bytes().to_vec(),
    };
    let transfer = |step| Transfer {
        step,
        what: Subject::File,
        name: text(),
        size: Some(u64::MAX),
        id: text(),
        reason: text(),
        picture: Some(picture.clone()),
    };
    let login = |step| Login {
        step,
        service: text(),
        method: text(),
        secret: text(),
        result: text(),
    };
    let listed = ContactChange::Listed {
        lists: text(),
        name: text(),
        groups: text(),
    };
    let command = Command {
        code: text(),
        name: text(),
        role: text(),
        is_error: true,
        refused: text(),
        is_request: true,
        response: Some((text(), i64::MIN)),
        content: text(),
        version: text(),
        ..Command::default()
    };
    let kinds = vec![
        EventKind::Message(Message {
            kind: MessageKind::Text,
            text: text(),
            picture: Some(picture.clone()),
            part: None,
        }),
        EventKind::Left { reason: text() },
        EventKind::Transfer(transfer(TransferStep::Offered)),
        EventKind::Transfer(transfer(TransferStep::Failed)),
        EventKind::Status {
            status: text(),
            is_initial: true,
        },
        EventKind::Name(text()),
        EventKind::PersonalMessage(text()),
        EventKind::Contact(listed),
        EventKind::Contact(ContactChange::Blocked),
        EventKind::Mail {
            what: text(),
            subject: text(),
        },
        EventKind::Login(login(LoginStep::Started)),
        EventKind::Redirected { to: text() },
        EventKind::Object(Object {
            id: ObjectId::Reassembled(0, 0),
            protocol: MSNMS.index,
            what: text(),
            name: text(),
            size: Some(u64::MAX),
            bytes: Arc::new(HOSTILE.as_bytes().to_vec()),
            other_size: Some(0),
            state: Completeness::Contradictory,
            last: u32::MAX,
            is_encrypted: true,
            is_hash_good: Some(false),
        }),
        EventKind::Login(login(LoginStep::Refused)),
        EventKind::Ended { reason: text() },
        EventKind::Fact(Fact::Signature, text()),
        EventKind::Command(command),
    ];
    let conversations = [
        Conversation::None,
        Conversation::Number(u64::MAX),
        Conversation::Group(text()),
        Conversation::Direct,
    ];
    let mut events = Vec::new();
    for (time, conversation) in [i64::MIN, -1, 0, i64::MAX].into_iter().zip(conversations) {
        events.extend(kinds.iter().map(|kind| Event {
            family,
            frame: u32::MAX,
            time,
            connection: Connection {
                account: Some(text()),
                ..Connection::default()
            },
            conversation: conversation.clone(),
            from: Some(text()),
            to: vec![text(), format!("{HOSTILE}2")],
            kind: kind.clone(),
        }));
    }
    events
}

fn reports_of_hostile_events() -> impl Iterator<Item = (&'static ReportSpec, Vec<Event>)> {
    let family = |spec: &ReportSpec| match spec.protocol.index == OICQ.index {
        true => Family::Qq,
        false => Family::Msn,
    };
    REPORTS
        .iter()
        .map(move |spec| (spec, hostile_events(family(spec))))
}

/// The rows of response times count from 0, each new one with its first response.
#[test]
fn rows_of_response_times_have_names() {
    for (name, build) in SAMPLES {
        let host = Host::open(&build(), true);
        for spec in REPORTS
            .iter()
            .filter(|it| it.name.to_bytes().ends_with(b",srt"))
        {
            let mut times = ResponseTimes::default();
            let mut rows = 0;
            for event in &events(&host, spec) {
                let Some((row, _)) = times.add(event) else {
                    continue;
                };
                assert!(row <= rows, "{name}");
                rows = rows.max(row + 1);
                assert_ne!(times.name(row), "", "{name}");
            }
        }
    }
}

#[test]
fn hostile_texts_stay_texts_in_html() {
    for (spec, events) in reports_of_hostile_events() {
        let page = print(&events, spec, Format::Html);
        assert!(!page.contains("<script"), "{:?}: {page}", spec.name);
        assert!(page.contains("&lt;script&gt;"), "{:?}: {page}", spec.name);
        assert!(
            !page.contains(|c: char| c.is_control() && c != '\n'),
            "{:?}",
            spec.name
        );
    }
}

#[test]
fn hostile_texts_stay_on_their_lines_in_text() {
    for (spec, events) in reports_of_hostile_events() {
        let text = print(&events, spec, Format::Text);
        let is_bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!text.contains(is_bad), "{:?}: {text}", spec.name);
        let starts = text.lines().filter(|line| line.starts_with("=cmd"));
        assert_eq!(starts.count(), 0, "{:?}: {text}", spec.name);
    }
}

#[test]
fn hostile_texts_are_whole_in_csv_and_json() {
    for (spec, events) in reports_of_hostile_events() {
        let csv = print(&events, spec, Format::Csv);
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let columns = reader.headers().expect("a header").len();
        assert_eq!(columns, spec.columns.len());
        let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
        assert!(rows
            .iter()
            .any(|row| row.iter().any(|cell| cell.contains(HOSTILE))));

        let json = print(&events, spec, Format::Json);
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let objects = json.as_array().expect("an array");
        assert_eq!(objects.len(), rows.len());
        let mut texts = objects
            .iter()
            .flat_map(|object| object.as_object().expect("an object"));
        assert!(texts.any(|(_, text)| text.as_str().is_some_and(|it| it.contains(HOSTILE))));
    }
}

#[test]
fn names_of_reports_and_columns_are_unique() {
    for spec in REPORTS {
        let of_name = REPORTS.iter().filter(|other| other.name == spec.name);
        assert_eq!(of_name.count(), 1, "{:?}", spec.name);
        let of_title = REPORTS.iter().filter(|other| other.title == spec.title);
        assert_eq!(of_title.count(), 1, "{:?}", spec.title);
        let table = format!("{},table", spec.name.to_string_lossy());
        if let Some(name) = spec.table_name {
            assert_eq!(name.to_string_lossy(), table);
        }
        let mut names: Vec<_> = spec
            .columns
            .iter()
            .map(|it| it.name().to_lowercase())
            .collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), spec.columns.len(), "{:?}", spec.name);
    }
}
