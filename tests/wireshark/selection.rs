//! Analyze ▸ Conversation Filter: what it offers for a packet finds this packet, and more.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::Path;

use crate::harness::{run, sample, wireshark, Wireshark};
use crate::helper::Helper;
use crate::keys;
use crate::state::{filtered, has_old_protocol};
use test_support::capture::{Capture, Side};
use test_support::samples;

/// The frames for which a filter is offered, by its title and text.
type Offers = BTreeMap<(String, String), Vec<u32>>;

fn offers(wireshark: &Wireshark, plugins: &Path, path: &Path, options: &[String]) -> Offers {
    let log = wireshark.file("filters");
    let mut command = wireshark.command("tshark");
    command.env("WIRESHARK_PLUGIN_DIR", plugins);
    command.env("IMSHARK_HELPER_LOG", &log);
    command.args(["-2", "-V", "-r"]).arg(path).args(options);
    let run = run(&mut command);
    assert_eq!((run.stderr.as_str(), run.code), ("", Some(0)));
    let text = std::fs::read_to_string(&log).expect("what the helper saw");
    let mut offers = Offers::new();
    for line in text.lines() {
        let [frame, title, filter] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let frame = frame.parse().expect("a number");
        let offer = (title.to_owned(), filter.to_owned());
        offers.entry(offer).or_default().push(frame);
    }
    offers
}

fn is_ours(title: &str) -> bool {
    title.starts_with("MSN ") || title.starts_with("QQ ")
}

/// The frames that match each filter once the file is loaded.
fn found(
    wireshark: &Wireshark,
    path: &Path,
    filters: &[&str],
    options: &[String],
) -> Vec<Vec<u32>> {
    // sharkd takes no options, and in some versions no requests of 2 kB.
    let is_for_sharkd = |filter: &&&str| options.is_empty() && filter.len() < 1000;
    let short: Vec<&str> = filters.iter().filter(is_for_sharkd).copied().collect();
    let old = has_old_protocol(wireshark, path);
    let mut by_sharkd = filtered(wireshark, path, &short, old).into_iter();
    let mut options: Vec<_> = options.iter().map(String::as_str).collect();
    options.push("-2");
    let found = filters.iter().map(|filter| {
        if is_for_sharkd(&filter) {
            return by_sharkd.next().expect("as many as filters");
        }
        let frames = wireshark.values(path, filter, "frame.number", &options);
        let numbers = frames.iter().map(|it| it.parse().expect("a number"));
        numbers.collect()
    });
    found.collect()
}

/// Each filter finds the packets for which it is offered, but for logins, which are elsewhere.
fn check(wireshark: &Wireshark, offers: &Offers, path: &Path, options: &[String]) {
    let ours = offers.iter().filter(|((title, _), _)| is_ours(title));
    let filters: Vec<_> = ours
        .clone()
        .map(|((_, filter), _)| filter.as_str())
        .collect();
    let found = found(wireshark, path, &filters, options);
    for (((title, filter), frames), found) in ours.zip(found) {
        if !title.ends_with("Logins") {
            let missed = frames.iter().find(|frame| !found.contains(frame));
            assert_eq!(missed, None, "{}: {title}: {filter}", path.display());
        }
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn filters_find_the_packet_they_are_made_of() {
    let wireshark = wireshark();
    let helper = Helper::build(wireshark, "filters");
    let mut titles = BTreeMap::<String, usize>::new();
    for stem in [
        "msn",
        "msn-today",
        "msn-ftp",
        "msn-p2p",
        "qq",
        "qq-bodies-2006",
        "qq-families",
    ] {
        let path = sample(&format!("{stem}.pcap"));
        let options = keys::options(wireshark, &samples::sample(stem).secrets);
        let offers = offers(wireshark, &helper.with, &path, &options);
        check(wireshark, &offers, &path, &options);
        for (title, _) in offers.into_keys().filter(|(title, _)| is_ours(title)) {
            *titles.entry(title).or_default() += 1;
        }
    }
    let all = ["MSN Account", "MSN Conversation", "MSN Logins"].into_iter();
    let all = all.chain(["QQ Conversation", "QQ Logins", "QQ Number"]);
    assert_eq!(titles.keys().collect::<Vec<_>>(), all.collect::<Vec<_>>());
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn the_filters_of_a_packet_are_those_of_its_conversation() {
    let wireshark = wireshark();
    let helper = Helper::build(wireshark, "filters");
    let path = sample("msn.pcap");
    let offers = offers(wireshark, &helper.with, &path, &[]);
    let of = |frame: u32, title: &str| {
        let mut all = offers.iter().filter(|(_, frames)| frames.contains(&frame));
        let offer = all.find(|((one, _), _)| one == title)?;
        Some(offer.0 .1.as_str())
    };
    assert_eq!(of(52, "MSN Conversation"), Some("msnms.chat == 1"));
    assert_eq!(of(68, "MSN Conversation"), Some("msnms.chat == 2"));
    assert_eq!(of(36, "MSN Conversation"), None);
    let account = of(36, "MSN Account").expect("a filter");
    assert!(account.starts_with("msnms.session.account == \"alice@example.com\" || "));
    // A packet of TCP alone has none of ours.
    assert!(offers
        .iter()
        .all(|((title, _), frames)| !is_ours(title) || !frames.contains(&43)));
    let logins = of(52, "MSN Logins").expect("a filter");
    let found = &found(wireshark, &path, &[logins], &[])[0];
    assert_eq!(found.first(), Some(&4));
    assert!(found.contains(&22) && !found.contains(&52), "{found:?}");
}

/// The offers of other protocols are the same without imshark.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn filters_of_others_are_unchanged() {
    let wireshark = wireshark();
    let helper = Helper::build(wireshark, "filters");
    let path = sample("msn.pcap");
    let mut with = offers(wireshark, &helper.with, &path, &[]);
    let alone = offers(wireshark, &helper.alone, &path, &[]);
    with.retain(|(title, _), _| !is_ours(title));
    assert!(alone.len() > 3, "{alone:?}");
    assert_eq!(with, alone);
}

/// Names with everything that a filter could stumble over, in clear and URL-coded.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn hostile_names_make_filters_that_find_them() {
    let wireshark = wireshark();
    let helper = Helper::build(wireshark, "filters");
    let long = "x".repeat(1200);
    let names: [&[u8]; 8] = [
        b"a\"||tcp@example.com",
        b"a\\\\x22b\\@example.com",
        b"a\x01\x7f\x1b[31m@example.com",
        b"\xff\xfe\xc3@example.com",
        "Ünï好@example.com".as_bytes(),
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
        let message = [b"UUM 3 ", name, b" 1 1 39\r\n", &text[..]].concat();
        capture.send(tcp, Side::Client, &login);
        capture.send(tcp, Side::Client, &message);
    }
    let path = wireshark.write("hostile-names.pcap", &capture);
    let offers = offers(wireshark, &helper.with, &path, &[]);
    let ours = offers.keys().filter(|(title, _)| title == "MSN Account");
    assert!(ours.count() >= names.len() - 1, "{offers:?}");
    check(wireshark, &offers, &path, &[]);
}
