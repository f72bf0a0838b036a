//! What is compared: which workload, with which options of tshark, and the goal.

use super::qq::WrongKeys;
use super::Workload;
use crate::workloads as of;

/// No tree and no text: what every use of tshark costs at least.
const NOTHING: &[&str] = &["-Y", "frame.number == 0"];
/// Three fields of MSN; those of TCP in their place.
const FIELDS: [&[&str]; 2] = [
    &[
        "-T",
        "fields",
        "-e",
        "frame.number",
        "-e",
        "ip.src",
        "-e",
        "msnms.cmd",
        "-e",
        "msnms.trid",
        "-e",
        "msnms.text",
    ],
    &[
        "-T",
        "fields",
        "-e",
        "frame.number",
        "-e",
        "ip.src",
        "-e",
        "tcp.stream",
        "-e",
        "tcp.len",
        "-e",
        "tcp.seq",
    ],
];

/// A comparison of tshark with imshark and without it.
#[derive(Debug)]
pub struct Row {
    pub name: &'static str,
    pub title: &'static str,
    pub workload: Workload,
    pub frames: usize,
    /// Options of tshark with imshark.
    pub with: &'static [&'static str],
    /// Those without it.
    pub without: &'static [&'static str],
    /// The greatest ratio of frames with imshark and without.
    pub goal: f64,
    /// Whether the empty dissector and the script are measured.
    pub has_peers: bool,
    /// The user's keys, none of which decrypts anything.
    pub keys: Option<WrongKeys>,
}

/// A row in which nothing is printed.
const fn quiet(
    name: &'static str,
    title: &'static str,
    workload: Workload,
    frames: usize,
    goal: f64,
) -> Row {
    Row {
        name,
        title,
        workload,
        frames,
        with: NOTHING,
        without: NOTHING,
        goal,
        has_peers: false,
        keys: None,
    }
}

const fn printing(
    name: &'static str,
    title: &'static str,
    [with, without]: [&'static [&'static str]; 2],
    goal: f64,
) -> Row {
    Row {
        with,
        without,
        ..quiet(name, title, of::MSN_CHATS, 5_000, goal)
    }
}

const fn with_keys(name: &'static str, title: &'static str, keys: WrongKeys) -> Row {
    Row {
        keys: Some(keys),
        ..quiet(name, title, of::QQ, 4_000, 3.0)
    }
}

const fn peers(row: Row) -> Row {
    Row {
        has_peers: true,
        ..row
    }
}

pub const ROWS: &[Row] = &[
    peers(quiet(
        "msn-chats",
        "MSN chat and presence, 200 connections",
        of::MSN_CHATS,
        10_000,
        1.03,
    )),
    peers(quiet(
        "msn-stream",
        "one MSN stream of many commands",
        of::MSN_STREAM,
        10_000,
        1.03,
    )),
    peers(quiet(
        "msn-logins",
        "MSN logins with long contact lists (ADL, LST, XML)",
        of::MSN_LOGINS,
        6_000,
        1.05,
    )),
    Row {
        with: &["-V"],
        without: &["-V"],
        ..quiet(
            "msn-logins-tree",
            "the same, `-V`",
            of::MSN_LOGINS,
            2_000,
            1.5,
        )
    },
    peers(quiet(
        "msn-p2p",
        "P2P file over a switchboard",
        of::MSN_P2P,
        8_000,
        1.03,
    )),
    quiet(
        "msn-p2p-direct",
        "P2P file over a direct connection",
        of::MSN_P2P_DIRECT,
        6_000,
        1.0,
    ),
    quiet("msnftp", "MSNFTP", of::MSNFTP, 6_000, 0.75),
    quiet(
        "msnftp-one-side",
        "a long file over MSNFTP without acknowledgements",
        of::MSNFTP_ONE_SIDE,
        6_000,
        1.0,
    ),
    peers(quiet("qq", "QQ mix", of::QQ, 10_000, 0.70)),
    with_keys(
        "qq-keys",
        "QQ mix, 1,000 wrong keys for every account",
        WrongKeys::OfEachAccount(1000),
    ),
    with_keys(
        "qq-many-keys",
        "the same, 100,000 wrong keys, each for every account",
        WrongKeys::OfNoAccount(100_000),
    ),
    printing(
        "msn-filter",
        "`-Y 'msnms.cmd == \"USR\"'` against `-Y msnms`",
        [&["-Y", "msnms.cmd == \"USR\""], &["-Y", "msnms"]],
        1.0,
    ),
    printing(
        "msn-fields",
        "MSN, `-T fields` with five fields",
        FIELDS,
        1.1,
    ),
    printing(
        "msn-columns",
        "MSN, a line for every frame",
        [&[], &[]],
        1.1,
    ),
    peers(printing("msn-tree", "MSN, `-V`", [&["-V"], &["-V"]], 1.1)),
    peers(printing(
        "msn-json",
        "MSN, `-T json`",
        [&["-T", "json"], &["-T", "json"]],
        1.1,
    )),
    quiet("tls", "downloads over TLS", of::TLS, 12_000, 1.005),
    quiet("http", "HTTP", of::HTTP, 12_000, 1.005),
    quiet(
        "tcp",
        "random TCP on ports without owners",
        of::TCP,
        12_000,
        1.005,
    ),
    quiet(
        "udp",
        "random UDP on ports without owners",
        of::UDP,
        12_000,
        1.005,
    ),
];

/// The row of this name.
pub fn row(name: &str) -> &'static Row {
    let found = ROWS.iter().find(|row| row.name == name);
    found.expect("the name of a row")
}
