//! Reports, printed by `tshark -z`.

use std::path::Path;

use imshark::report::{Format, ReportSpec, REPORTS};

use super::each::samples_with;
use super::harness::{sample, wireshark};
use super::state::{answers, has_old_protocol, load, request};
use test_support::capture::Capture;
use test_support::reports::{events, print};
use test_support::samples;
use test_support::samples::host::Host;
use test_support::samples::owners::is_of_others;

fn name(spec: &ReportSpec) -> &'static str {
    spec.name.to_str().expect("a name in ASCII")
}

/// The options that print all reports: that asked for last comes first.
fn all_reports() -> Vec<&'static str> {
    let reports = REPORTS.iter().rev();
    let options = reports.flat_map(|spec| ["-z", name(spec)]);
    std::iter::once("-q").chain(options).collect()
}

/// The reports of a capture, in the order in which tshark prints them.
fn all(path: &Path, options: &[String]) -> String {
    let mut arguments = vec!["-r".to_owned(), path.display().to_string()];
    arguments.extend(options.iter().cloned());
    arguments.extend(all_reports().into_iter().map(str::to_owned));
    wireshark().tshark(&arguments)
}

fn assert_same(found: &str, expected: &str, place: &str) {
    for (number, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "{place}, line {}", number + 1);
    }
    assert!(found == expected, "{place} has another length");
}

#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn samples_are_reported_as_without_wireshark() {
    let jobs = samples_with(&[&["-2"], &all_reports()[..]].concat());
    let found = wireshark().tshark_each(&jobs);
    for ((path, _), found) in jobs.iter().zip(&found) {
        let stem = path.file_stem().expect("a name").to_string_lossy();
        let capture = samples::sample(&stem);
        let host = Host::open(&capture, true);
        let text = |spec: &ReportSpec| {
            let mut events = events(&host, spec);
            events.retain(|event| !is_of_others(&stem, event.frame));
            print(&events, spec, Format::Text)
        };
        let expected: String = REPORTS.iter().map(text).collect();
        assert_same(found, &expected, &format!("{stem}, two passes"));
    }
}

#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn a_transcript_needs_one_pass() {
    for (stem, report) in [
        ("msn-sessions", "msnms,chat"),
        ("qq-bodies-2008", "oicq,chat"),
    ] {
        let path = sample(&format!("{stem}.pcap")).display().to_string();
        let run = |more: &[&str]| {
            let mut arguments = vec!["-q", "-r", &path, "-z", report];
            arguments.extend(more);
            wireshark().tshark(&arguments)
        };
        assert_same(&run(&[]), &run(&["-2"]), stem);
    }
}

/// Wireshark's default shows nothing of the segments that come too late.
#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn segments_out_of_order_are_reported_as_in_order() {
    let run = |stem: &str, more: &[&str]| {
        let path = sample(&format!("{stem}.pcap")).display().to_string();
        let mut arguments = vec!["-q", "-r", &path, "-z", "msnms,chat,json"];
        arguments.extend(more);
        let text = wireshark().tshark(&arguments);
        let mut rows: Vec<serde_json::Value> = serde_json::from_str(&text).expect("rows");
        for row in rows.iter_mut().filter_map(|row| row.as_object_mut()) {
            // Those of the segment that completes it.
            row.retain(|title, _| title != "time" && title != "frame");
        }
        rows
    };
    let in_order = run("msn-chats", &[]);
    assert!(in_order.len() > 15, "{in_order:?}");
    for passes in [&[][..], &["-2"]] {
        let reassembling = [passes, &["-o", "tcp.reassemble_out_of_order:TRUE"]].concat();
        assert_eq!(run("msn-chats-disorder", &reassembling), in_order);
        assert_eq!(run("msn-chats-ipv6", passes), in_order);
        assert!(run("msn-chats-disorder", passes).len() < in_order.len());
    }
}

#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn a_report_takes_a_filter() {
    let path = sample("msn.pcap").display().to_string();
    let run = |report: &str| wireshark().tshark(&["-q", "-r", &path, "-z", report]);
    let whole = run("msnms,chat,csv");
    let part = run("msnms,chat,csv,msnms.from == \"bob@example.net\" && msnms.text");
    let (title, row) = part.split_once("\r\n").expect("two lines");
    assert!(
        row.contains(",bob@example.net,alice@example.com,message,"),
        "{row}"
    );
    assert!(whole.starts_with(title) && whole.contains(row) && whole.len() > part.len());
    // The format may be left out.
    let text = run("msnms,chat,frame.number == 55 && msnms.text");
    assert_eq!(text.matches("  [").count(), 1, "{text}");
}

#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn an_empty_capture_has_empty_reports() {
    let path = wireshark().write("empty.pcap", &Capture::default());
    let empty = |spec: &ReportSpec| print(&[], spec, Format::Text);
    assert_same(
        &all(&path, &[]),
        &REPORTS.iter().map(empty).collect::<String>(),
        "an empty capture",
    );
}

#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn reports_are_listed_and_others_refused() {
    let help = wireshark().tool("tshark", &["-z", "help"]);
    let listed = format!("{}{}", help.stdout, help.stderr);
    for spec in REPORTS {
        let is_listed = listed.lines().any(|line| line.trim() == name(spec));
        assert!(is_listed, "-z help does not list {}", name(spec));
    }
    let path = sample("msn.pcap").display().to_string();
    for (argument, complaint) in [
        ("msnms,chatter", "\"-z msnms,chatter\" is unknown"),
        ("msnms,chat,csv,no such filter", "no such filter"),
        ("msnms,chat,yaml", "yaml"),
    ] {
        let run = wireshark().tool("tshark", &["-q", "-r", &path, "-z", argument]);
        assert_ne!(run.code, Some(0), "{argument}");
        assert!(run.stderr.contains(complaint), "{argument}: {}", run.stderr);
    }
}

/// Wireshark frees a table when its last window is closed, and does not reset it.
#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn a_table_that_is_opened_again_begins_anew() {
    let path = sample("msn.pcap");
    let old = has_old_protocol(wireshark(), &path);
    let table = request("tap", "\"tap0\":\"nstat:msnms,chats,table\"", old);
    let requests = [load(&path, old).as_str(), &table, &table].concat();
    let found = answers(wireshark(), requests, old);
    let tables: Vec<_> = found
        .iter()
        .filter_map(|answer| answer["taps"][0]["tables"][0]["i"].as_array())
        .collect();
    assert_eq!(tables.len(), 2, "{found:?}");
    assert!(!tables[0].is_empty());
    assert_eq!(tables[0], tables[1]);
}

/// Wireshark's tables have no empty cell among numbers.
#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn an_unknown_number_is_not_shown_as_zero() {
    let path = sample("msn.pcap");
    let old = has_old_protocol(wireshark(), &path);
    let table = request("tap", "\"tap0\":\"nstat:msnms,accounts,table\"", old);
    let found = answers(wireshark(), load(&path, old) + &table, old);
    let rows: Vec<_> = found
        .iter()
        .filter_map(|answer| answer["taps"][0]["tables"][0]["i"].as_array())
        .flatten()
        .collect();
    let spec = REPORTS.iter().find(|spec| name(spec) == "msnms,accounts");
    let columns = spec.expect("the report").columns.iter();
    let contacts = columns.map(|it| it.name()).position(|it| it == "Contacts");
    let of = |account: &str| {
        let row = rows.iter().find(|row| row[0] == account);
        let cell = &row.expect("the account")[contacts.expect("the column")];
        cell.as_str().unwrap_or_default().trim().to_owned()
    };
    assert_eq!(of("alice@example.com"), "5");
    assert_eq!(of("bob@example.net"), "");
}

/// Wireshark has one table of a kind for all listeners; each must have its own rows.
#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn listeners_to_one_table_do_not_mix() {
    let path = sample("msn.pcap");
    let old = has_old_protocol(wireshark(), &path);
    for (tap, rows) in [
        ("nstat:msnms,chats,table", "/taps/0/tables/0/i"),
        ("srt:msnms", "/taps/0/tables/0/r"),
    ] {
        let once = request("tap", &format!("\"tap0\":\"{tap}\""), old);
        let both = format!("\"tap0\":\"{tap}\",\"tap1\":\"{tap}\"");
        let twice = request("tap", &both, old);
        let requests = [load(&path, old), once, twice].concat();
        let found = answers(wireshark(), requests, old);
        let other = rows.replace("/taps/0/", "/taps/1/");
        let tables: Vec<_> = found
            .iter()
            .flat_map(|answer| [answer.pointer(rows), answer.pointer(&other)])
            .flatten()
            .collect();
        assert_eq!(tables.len(), 3, "{tap}: {found:?}");
        assert!(tables[0].as_array().is_some_and(|rows| rows.len() > 1));
        assert_eq!(tables[0], tables[1], "{tap}");
        assert_eq!(tables[0], tables[2], "{tap}");
    }
}

#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn each_listener_has_its_own_filter() {
    let path = sample("msn.pcap").display().to_string();
    for report in ["msnms,chats,table", "msnms,chat,table"] {
        let filters = ["", ",msnms.chat == 2", ",frame.number > 1000"];
        let names = filters.map(|filter| format!("{report}{filter}"));
        let run = |names: &[String]| {
            let mut arguments = vec!["-q", "-r", &path];
            arguments.extend(names.iter().flat_map(|name| ["-z", name]));
            wireshark().tshark(&arguments)
        };
        let alone = names.each_ref().map(|name| run(std::slice::from_ref(name)));
        assert!(alone[0].len() > alone[1].len() && alone[1].len() > alone[2].len());
        let together = run(&names);
        assert_eq!(together, [&alone[2][..], &alone[1], &alone[0]].concat());
    }
}

/// The number after the name of a node, such as ` USR (User)     4`.
fn count(tree: &str, node: &str) -> Option<usize> {
    let line = tree
        .lines()
        .find(|line| line.trim_start().starts_with(node))?;
    let after = line.trim_start().strip_prefix(node)?;
    after.split_whitespace().next()?.parse().ok()
}

#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn commands_are_counted_as_a_tree() {
    for (capture, report, field) in [
        ("msn.pcap", "msnms,tree", "msnms.cmd"),
        ("qq.pcap", "oicq,tree", "oicq.command"),
    ] {
        let path = sample(capture);
        let text = path.display().to_string();
        let tree = wireshark().tshark(&["-q", "-r", &text, "-z", report]);
        let commands = wireshark().values(&path, field, field, &[]).len();
        assert!(commands > 10);
        assert_eq!(count(&tree, "Commands"), Some(commands), "{tree}");
    }
}
