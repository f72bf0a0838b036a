//! Statistics ▸ Endpoints and Conversations: each account and each two accounts have a row, whose
//! filters find the frames that are counted there.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::path::Path;

use imshark::event::Event;
use imshark::report::{FrameRows, REPORTS};

use crate::each::{samples_with, Job};
use crate::harness::{sample, wireshark, Wireshark};
use crate::helper::Helper;
use test_support::capture::{Capture, Side};
use test_support::reports::events;
use test_support::samples;
use test_support::samples::host::Host;
use test_support::samples::owners::is_of_others;

/// Filters in one run of tshark.
const FILTERS: usize = 40;

/// What a row counts: frames and bytes sent, or from the first party, and those the other way.
type Counts = [u64; 4];

/// What a row says, besides its filters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    tap: String,
    /// One name, or those of two parties.
    names: Vec<String>,
    counts: Counts,
    /// Of a conversation: its first and last time.
    times: Vec<String>,
}

/// The rows of a capture, with the filters of each.
type Rows = BTreeMap<Row, Vec<String>>;

/// The rows of both tables of both families, of each capture.
fn rows(wireshark: &Wireshark, plugins: &Path, jobs: &[Job], only: &str) -> Vec<Rows> {
    let command = || {
        let mut command = wireshark.command("tshark");
        command.env("WIRESHARK_PLUGIN_DIR", plugins);
        if !only.is_empty() {
            command.env("IMSHARK_HELPER_FILTER", only);
        }
        command
    };
    let runs = wireshark.run_each(jobs, command).into_iter();
    let rows = runs.zip(jobs).map(|(run, job)| {
        assert_eq!(run.code, Some(0), "{job:?}: {}", run.stderr);
        run.stderr.lines().map(row).collect()
    });
    rows.collect()
}

/// Those of one capture, in two passes.
fn rows_of_one(wireshark: &Wireshark, plugins: &Path, path: &Path, only: &str) -> Rows {
    let options = ["-q", "-2"].map(str::to_owned).to_vec();
    let mut rows = rows(wireshark, plugins, &[(path.to_owned(), options)], only);
    rows.remove(0)
}

fn row(line: &str) -> (Row, Vec<String>) {
    let cells: Vec<_> = line.split('\t').map(str::to_owned).collect();
    let (names, times) = match cells[0].as_str() {
        "endpoint" => (1, 0),
        "conversation" => (2, 2),
        _ => panic!("{line}"),
    };
    let counts: Vec<u64> = cells[2 + names..6 + names]
        .iter()
        .map(|cell| cell.parse().expect("a number"))
        .collect();
    let row = Row {
        tap: cells[1].clone(),
        names: cells[2..2 + names].to_vec(),
        counts: counts.try_into().expect("four counts"),
        times: cells[6 + names..6 + names + times].to_vec(),
    };
    (row, cells[6 + names + times..].to_vec())
}

/// The row with its parties in alphabetic order: versions differ in which of them they call the
/// first.
fn in_order(row: &Row) -> Row {
    let mut row = row.clone();
    if row.names.len() == 2 && row.names[0] > row.names[1] {
        row.names.reverse();
        row.counts.rotate_left(2);
    }
    row
}

/// The same without Wireshark.
fn expected(capture: &Capture, events: &[Event], tap: &str) -> BTreeSet<Row> {
    let mut frames = BTreeMap::<u32, FrameRows>::new();
    for event in events {
        let frame = frames.entry(event.frame).or_default();
        frame.add(std::slice::from_ref(event));
    }
    let mut rows = BTreeMap::<Vec<String>, (Counts, Vec<String>)>::new();
    for (number, mut frame) in frames {
        let captured = &capture.frames[number as usize - 1];
        let since = captured.time - capture.frames[0].time;
        let time = format!("{:.9}", since.as_secs_f64());
        let bytes = captured.original as u64;
        let mut count = |names: Vec<String>, is_first: bool| {
            let (counts, times) = rows.entry(names).or_default();
            let place = if is_first { 0 } else { 2 };
            counts[place] += 1;
            counts[place + 1] += bytes;
            times.push(time.clone());
        };
        for row in frame.endpoints() {
            count(vec![row.name], row.sends);
        }
        for row in frame.pairs() {
            let is_in_order = row.from < row.to;
            let mut names = vec![row.from, row.to];
            names.sort();
            count(names, is_in_order);
        }
    }
    let rows = rows.into_iter().map(|(names, (counts, times))| Row {
        tap: tap.to_owned(),
        times: match names.len() {
            1 => Vec::new(),
            _ => vec![times[0].clone(), times[times.len() - 1].clone()],
        },
        names,
        counts,
    });
    rows.collect()
}

/// And the filters of the rows find what these count.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn rows_of_samples_are_those_of_their_events() {
    let wireshark = wireshark();
    let helper = Helper::build(wireshark, "endpoints");
    let mut count = 0;
    let passes: [&[&str]; 3] = [
        &["-q", "-2"],
        &["-q", "-V", "-2", "-Y", "frame.number < 20"],
        &["-q"],
    ];
    let found = passes.map(|options| {
        let jobs = samples_with(options);
        rows(wireshark, &helper.with, &jobs, "").into_iter()
    });
    let [twice, with_tree, once] = found;
    let found = twice.zip(with_tree).zip(once);
    for ((path, options), ((twice, with_tree), once)) in samples_with(&[]).into_iter().zip(found) {
        let stem = path.file_stem().expect("a name").to_string_lossy();
        let capture = samples::sample(&stem);
        let host = Host::open(&capture, true);
        let families = REPORTS
            .iter()
            .filter(|spec| spec.name.to_bytes().ends_with(b",chat"));
        let expected: BTreeSet<_> = families
            .flat_map(|spec| {
                let mut events = events(&host, spec);
                events.retain(|event| !is_of_others(&stem, event.frame));
                let tap = spec.protocol.filter.to_str().expect("a name in ASCII");
                expected(&capture, &events, tap)
            })
            .collect();
        let in_order = |rows: &Rows| rows.keys().map(in_order).collect::<BTreeSet<_>>();
        count += expected.len();
        assert_eq!(in_order(&twice), expected, "{stem}");
        check_filters(wireshark, &path, &twice, &options);
        assert_eq!(in_order(&with_tree), expected, "{stem}, a tree");
        assert_one_pass(&in_order(&once), &expected, &stem);
    }
    assert!(count > 100, "{count}");
}

/// In one pass, whose connection it is may be known only from the login on.
fn assert_one_pass(found: &BTreeSet<Row>, expected: &BTreeSet<Row>, stem: &str) {
    let conversations = |rows: &BTreeSet<Row>| -> Vec<Row> {
        let rows = rows.iter().filter(|row| row.names.len() == 2);
        rows.cloned().collect()
    };
    assert_eq!(
        conversations(found),
        conversations(expected),
        "{stem}, one pass"
    );
    for row in found {
        let same = expected
            .iter()
            .find(|it| (&it.tap, &it.names) == (&row.tap, &row.names));
        let same = same.unwrap_or_else(|| panic!("{stem}: {row:?} in one pass only"));
        let pairs = row.counts.iter().zip(same.counts);
        assert!(
            pairs.into_iter().all(|(now, all)| *now <= all),
            "{stem}: {row:?}, {same:?}"
        );
    }
}

/// Frames and bytes that each filter finds once the file is loaded.
fn found(
    wireshark: &Wireshark,
    path: &Path,
    filters: &[&str],
    options: &[String],
) -> Vec<[u64; 2]> {
    let mut found = Vec::new();
    for filters in filters.chunks(FILTERS) {
        let statistics = format!("io,stat,0,{}", filters.join(","));
        let mut arguments = vec!["-2", "-q", "-r"]
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>();
        arguments.push(path.display().to_string());
        arguments.extend(options.iter().cloned());
        arguments.extend(["-z".to_owned(), statistics]);
        let text = wireshark.tshark(&arguments);
        let row = text
            .lines()
            .find(|line| line.contains("<>"))
            .expect("a row");
        let cells = row
            .split('|')
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .skip(1);
        let numbers: Vec<u64> = cells.map(|cell| cell.parse().expect("a number")).collect();
        assert_eq!(numbers.len(), 2 * filters.len(), "{text}");
        found.extend(numbers.chunks(2).map(|pair| [pair[0], pair[1]]));
    }
    found
}

/// What the filters of a row are to find: those of a conversation are for both directions, for
/// each, and to follow it.
fn to_find(row: &Row) -> Vec<[u64; 2]> {
    let [a, a_bytes, b, b_bytes] = row.counts;
    let all = [a + b, a_bytes + b_bytes];
    match row.names.len() {
        1 => vec![all],
        _ => vec![all, [a, a_bytes], [b, b_bytes], all],
    }
}

fn check_filters(wireshark: &Wireshark, path: &Path, rows: &Rows, options: &[String]) {
    let wanted = rows
        .iter()
        .flat_map(|(row, filters)| filters.iter().zip(to_find(row)));
    let (filters, wanted): (Vec<_>, Vec<_>) = wanted.unzip();
    let filters: Vec<_> = filters.into_iter().map(String::as_str).collect();
    let found = found(wireshark, path, &filters, options);
    for ((filter, wanted), found) in filters.iter().zip(wanted).zip(found) {
        assert_eq!(found, wanted, "{}: {filter}", path.display());
    }
}

/// A table with a filter counts what the filter finds.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn tables_take_filters() {
    let wireshark = wireshark();
    let helper = Helper::build(wireshark, "endpoints");
    let path = sample("msn.pcap");
    let rows = rows_of_one(wireshark, &helper.with, &path, "msnms.chat == 2");
    let names = rows.keys().map(|row| in_order(row).names.join(" "));
    let names: BTreeSet<_> = names.collect();
    let two = "alice@example.com carol@example.org";
    let all = ["alice@example.com", two, "carol@example.org"];
    assert_eq!(names, all.map(str::to_owned).into());
}

/// Several tables and reports in one run, the tables as tshark prints them.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn tables_are_printed_beside_each_other() {
    let path = sample("msn.pcap");
    let mut arguments = vec!["-q", "-r", path.to_str().expect("a path in ASCII")];
    for table in [
        "conv,msnms,msnms.chat == 2",
        "endpoints,msnms",
        "endpoints,oicq",
        "msnms,chats",
    ] {
        arguments.extend(["-z", table]);
    }
    let text = wireshark().tshark(&arguments);
    let pairs: Vec<_> = text.lines().filter(|line| line.contains("<->")).collect();
    let [pair] = pairs[..] else {
        panic!("{text}");
    };
    assert!(pair.contains("carol@example.org") && pair.contains("alice@example.com"));
    let is_bob = |line: &&str| line.starts_with("bob@example.net ");
    let bob = text.lines().find(is_bob).expect("an endpoint");
    let cells = bob.split_whitespace().filter(|word| *word != "bytes");
    let cells: Vec<_> = cells.collect();
    assert_eq!(
        cells,
        ["bob@example.net", "11", "2033", "7", "1377", "4", "656"]
    );
    assert!(text.contains("OICQ Endpoints"), "{text}");
    assert!(text.contains("Filter: msnms.chat == 1"), "{text}");
}

/// Names with everything that a filter could stumble over, in clear and URL-coded.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn hostile_names_make_filters_that_find_them() {
    let wireshark = wireshark();
    let helper = Helper::build(wireshark, "endpoints");
    let long = "x".repeat(1200);
    let names: [&[u8]; 8] = [
        b"a\"||tcp@example.com",
        b"a\\\\x22b\\@example.com",
        b"A\x01\x7f\x1b[31m@example.com",
        b"\xff\xfe\xc3@example.com",
        "\u{dc}n\u{ef}\u{597d}@example.com".as_bytes(),
        b"%22%5c%00%0a@example.com",
        b"{a..b}$x${y}&&!@example.com",
        long.as_bytes(),
    ];
    let mut capture = Capture::default();
    for (index, name) in (0u8..).zip(names) {
        let client = (Ipv4Addr::new(192, 0, 2, 100 + index), 1025);
        let tcp = capture.connect(client, (Ipv4Addr::new(198, 51, 100, 2), 1863));
        let login = [b"VER 1 MSNP15 CVR0\r\nUSR 2 SSO I ", name, b"\r\n"].concat();
        let text = b"Content-Type: text/plain\r\n\r\nhello you\r\n";
        capture.send(tcp, Side::Client, &login);
        for other in [names[0], names[1], name] {
            let message = [b"UUM 3 ", other, b" 1 1 39\r\n", &text[..]].concat();
            capture.send(tcp, Side::Client, &message);
        }
    }
    // Two messages in a frame, so that parties of it do not write to each other.
    let client = (Ipv4Addr::new(192, 0, 2, 99), 1025);
    let tcp = capture.connect(client, (Ipv4Addr::new(198, 51, 100, 2), 1863));
    let text = b"39\r\nContent-Type: text/plain\r\n\r\nhello you\r\n";
    let first = [b"UBM ", names[2], b" 1 1 ", &text[..]].concat();
    let second = [b"UBM ", names[6], b" 1 1 ", &text[..]].concat();
    capture.send(
        tcp,
        Side::Client,
        b"VER 1 MSNP15 CVR0\r\nUSR 2 SSO I me@example.com\r\n",
    );
    capture.send(tcp, Side::Server, &[first, second].concat());
    let path = wireshark.write("hostile-endpoints.pcap", &capture);
    let rows = rows_of_one(wireshark, &helper.with, &path, "");
    assert!(rows.len() > 20, "{rows:?}");
    check_filters(wireshark, &path, &rows, &[]);
}
