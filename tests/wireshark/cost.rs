//! The cost of the plugin, in instructions of whole program runs counted by valgrind.

use std::path::Path;
use std::sync::OnceLock;

use crate::harness::{corpus, run, wireshark, Wireshark};
use crate::support::capture::{Capture, Side};

/// Number of frames in the generated capture, unless `IMSHARK_COST_FRAMES` is set.
const FRAMES: usize = 10_000;

/// Number of instructions of one run of tshark.
fn instructions(wireshark: &Wireshark, capture: &Path, filter: &str, plugin: bool) -> u64 {
    let out = wireshark.file("instructions.out");
    let mut command = if plugin {
        wireshark.command("tshark")
    } else {
        wireshark.bare_command("tshark")
    };
    let counter = [
        "valgrind",
        "--tool=cachegrind",
        "--cache-sim=no",
        "--quiet",
        &format!("--cachegrind-out-file={}", out.display()),
    ];
    command.env("IMSHARK_UNDER", counter.join("\n"));
    let capture = capture.to_string_lossy();
    let run = run(command.args(["-r", &*capture, "-Y", filter]));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let text = std::fs::read_to_string(out).expect("the counts");
    let summary = text.lines().find_map(|line| line.strip_prefix("summary: "));
    let count = summary.and_then(|count| count.trim().parse().ok());
    count.expect("a count")
}

/// Typical frames of a notification server.
fn busy_capture(frames: usize) -> Capture {
    let lines: [&[u8]; 7] = [
        b"NLN NLN bob@example.net Bob%20B 1073791084 %3Cmsnobj%2F%3E\r\n",
        b"CHG 9 NLN 1073791084\r\n",
        b"MSG bob@example.net Bob 88\r\nMIME-Version: 1.0\r\nContent-Type: text/x-msmsgscontrol\r\nTypingUser: bob@example.net\r\n\r\n\r\n",
        b"USR 6 TWN I alice@example.com\r\n",
        b"ILN 9 AWY carol@example.org Carol 268435500\r\n",
        b"PNG\r\nQNG 50\r\n",
        b"UBX bob@example.net 0\r\n",
    ];
    let mut capture = Capture::new();
    let connections: Vec<_> = (0..20)
        .map(|i| {
            capture.connect(
                ([192, 0, 2, i].into(), 1025),
                ([198, 51, 100, 1].into(), 1863),
            )
        })
        .collect();
    for i in 0..frames {
        let side = if i % 3 == 0 {
            Side::Client
        } else {
            Side::Server
        };
        // An occasional error.
        let line = if i % 32 == 31 {
            b"205 12\r\n"
        } else {
            lines[i % 7]
        };
        capture.send(connections[i % 20], side, line);
    }
    capture
}

fn ratio(with: u64, bare: u64) -> f64 {
    with as f64 / bare as f64
}

/// Cost of the postdissector, which is called for every frame and detects connections
/// that begin on shared ports without binding a port. Wireshark's part of it, with an
/// empty function, is 670 instructions a frame in 4.0: 0.6 % of frames of MSN. Those of other
/// traffic cost in 3.4 half of what they do in later versions.
const HOOK_OF_OTHERS: f64 = 0.006;

/// At most 1.053 of the cost of the built-in dissector, with the postdissector.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn msn_costs_no_more_than_the_builtin() {
    let wireshark = wireshark();
    let frames = std::env::var("IMSHARK_COST_FRAMES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(FRAMES);
    let path = wireshark.write("busy.pcap", &busy_capture(frames));
    for (ours, builtin) in [
        ("frame.number == 0", "frame.number == 0"),
        ("msnms.cmd == \"USR\"", "msnms"),
    ] {
        let with = instructions(wireshark, &path, ours, true);
        let bare = instructions(wireshark, &path, builtin, false);
        let ratio = ratio(with, bare);
        println!("{frames} frames, {ours}: {with} / {bare} = {ratio:.4}");
        assert!(ratio <= 1.053, "{ours}: {ratio:.4}");
    }
}

/// Instructions of tshark for a minimal capture, with the plugin and without.
fn startup_cost(wireshark: &Wireshark) -> [u64; 2] {
    static COUNTED: OnceLock<[u64; 2]> = OnceLock::new();
    *COUNTED.get_or_init(|| {
        let path = wireshark.write("little-http.pcap", &http_capture(20));
        [true, false].map(|plugin| instructions(wireshark, &path, "frame.number == 0", plugin))
    })
}

/// Ratio of the cost of a capture's frames, without the start of the program: for a short
/// capture that is half of the difference, for a long one nothing.
fn frames_ratio(wireshark: &Wireshark, capture: &Path) -> f64 {
    let start = startup_cost(wireshark);
    let all =
        [true, false].map(|plugin| instructions(wireshark, capture, "frame.number == 0", plugin));
    let ratio = ratio(all[0] - start[0], all[1] - start[1]);
    println!(
        "{}: {all:?}, to start {start:?}, frames {ratio:.4}",
        capture.display()
    );
    ratio
}

/// Other traffic: at most 1.003 of the cost without the plugin, plus the postdissector.
#[test]
#[ignore = "needs Wireshark with the plugin, and IMSHARK_CORPUS"]
fn other_traffic_of_the_corpus_costs_next_to_nothing() {
    let wireshark = wireshark();
    let folder = corpus("foreign");
    let all = wireshark.file("foreign.pcapng").display().to_string();
    let mut arguments = vec!["-a".to_owned(), "-w".to_owned(), all.clone()];
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path().display().to_string())
        .collect();
    files.sort();
    // Every sixth file, as valgrind takes minutes for all.
    arguments.extend(files.into_iter().step_by(6));
    let merged = wireshark.tool("mergecap", &arguments);
    assert_eq!(merged.code, Some(0), "{}", merged.stderr);
    let ratio = frames_ratio(wireshark, Path::new(&all));
    assert!(ratio <= 1.003 + HOOK_OF_OTHERS, "{ratio:.4}");
}

/// HTTP unrelated to MSN, dissected through the front.
fn http_capture(frames: usize) -> Capture {
    let mut capture = Capture::new();
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0";
    let get = format!(
        "GET /images/picture.png HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: {agent}\r\n\
         Accept: image/avif,image/webp,*/*\r\nAccept-Language: en-US,en;q=0.5\r\n\
         Connection: keep-alive\r\nReferer: http://www.example.com/\r\n\r\n"
    );
    let body = "x".repeat(900);
    let response = format!(
        "HTTP/1.1 200 OK\r\nDate: Mon, 01 Jan 2001 00:00:00 GMT\r\nServer: Apache\r\n\
         Content-Type: application/octet-stream\r\nContent-Length: 900\r\n\r\n{body}"
    );
    for connection in 0..frames / 20 {
        let port = 1025 + u16::try_from(connection).expect("a small capture");
        let client = ([192, 0, 2, 1].into(), port);
        let tcp = capture.connect(client, ([198, 51, 100, 1].into(), 8080));
        for _ in 0..10 {
            capture.send(tcp, Side::Client, get.as_bytes());
            capture.send(tcp, Side::Server, response.as_bytes());
        }
    }
    capture
}

/// The worst case of other traffic: only small HTTP messages, each through the front.
/// Without the start of the program, which costs the same for any capture.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn other_http_costs_next_to_nothing() {
    let wireshark = wireshark();
    let all = wireshark.write("http.pcap", &http_capture(FRAMES / 2));
    let ratio = frames_ratio(wireshark, &all);
    assert!(ratio <= 1.0105, "{ratio:.4}");
}

/// Contact lists of MSNP13 and later, of the size at which clients split them.
fn contact_lists(lists: usize) -> Capture {
    let mut capture = Capture::new();
    for list in 0..lists {
        let port = 1025 + u16::try_from(list).expect("a small capture");
        let client = ([192, 0, 2, 1].into(), port);
        let tcp = capture.connect(client, ([198, 51, 100, 1].into(), 1863));
        let contacts: String = (0..200)
            .map(|n| format!("<c n=\"user{n}.{list}\" l=\"3\" t=\"1\"/>"))
            .collect();
        let list = format!("<ml l=\"1\"><d n=\"example.com\">{contacts}</d></ml>");
        let adl = format!("ADL 5 {}\r\n{list}", list.len());
        capture.send_cut(tcp, Side::Client, adl.as_bytes(), 1400);
        capture.send(tcp, Side::Server, b"ADL 5 OK\r\n");
    }
    capture
}

/// Nobody looks at the contacts, so Wireshark's dissector of XML is not called: with it, the ratio
/// is 12. What remains is to put the segments together, which the built-in does not, and to parse
/// the list for its summary.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn contact_lists_that_nobody_looks_at_are_only_summed_up() {
    let wireshark = wireshark();
    let path = wireshark.write("lists.pcap", &contact_lists(150));
    let ratio = frames_ratio(wireshark, &path);
    assert!(ratio <= 6.0, "{ratio:.4}");
}
