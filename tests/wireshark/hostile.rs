//! A packet never chooses what code runs: whatever content type a message claims and
//! whatever its body is, tshark exits as without the plugin. See SAFETY.md.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Stdio;

use imshark::handoff::ROWS;

use crate::bodies;
use crate::harness::{probe, wireshark, Wireshark};
use crate::helper::Helper;
use test_support::capture::{Capture, Side, Tcp};
use test_support::samples::lines::{s, s_with, with};
use test_support::samples::p2p_packets::{to_alice, PNG, V1};

/// Bytes per segment: large, so that there are few.
const SEGMENT: usize = 60_000;
/// Data bytes per peer-to-peer packet, which is at most 65,536 bytes.
const PACKET: usize = 60_000;
/// Maximum bytes of messages in one capture.
const MOST_BYTES: usize = 48 << 20;
/// Makes dissector bugs and oversized trees end tshark, so that they cannot be overlooked.
const ABORTS: [(&str, &str); 2] = [
    ("WIRESHARK_ABORT_ON_DISSECTOR_BUG", "1"),
    ("WIRESHARK_ABORT_ON_TOO_MANY_ITEMS", "1"),
];

/// A row of the table of media types: the type and its protocol.
type Media = (String, String);

/// Runs tshark over `capture`; returns its exit code and standard error.
fn exit_of(mut command: std::process::Command, capture: &Path, options: &[&str]) -> String {
    let output = command
        .envs(ABORTS)
        .arg("-r")
        .arg(capture)
        .args(options)
        .stdout(Stdio::null())
        .output()
        .expect("tshark runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    format!("{:?} {errors}", output.status.code())
}

/// Asserts that tshark exits as without the plugin, in one pass and two, with the tree shown.
fn assert_exits_as_without_plugin(wireshark: &Wireshark, capture: &Path, what: &str) {
    let bare = exit_of(wireshark.bare_command("tshark"), capture, &["-V"]);
    assert_eq!(bare, "Some(0) ", "without the plugin: {what}");
    for options in [&["-V"][..], &["-2", "-V"]] {
        let ours = exit_of(wireshark.command("tshark"), capture, options);
        assert_eq!(ours, bare, "{options:?}: {what}");
    }
}

/// The media types that this Wireshark has dissectors for.
fn media_types(wireshark: &Wireshark) -> Vec<Media> {
    let plugins = Helper::build(wireshark, "hand_offs").alone;
    let sample = crate::harness::sample("msn.pcap");
    let output = wireshark
        .command("tshark")
        .env("WIRESHARK_PLUGIN_DIR", plugins)
        .env("IMSHARK_LIST", "1")
        .args(["-r", &sample.to_string_lossy()])
        .output()
        .expect("tshark runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let rows = text.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next()?))
    });
    let mut types = Vec::new();
    for (table, name, protocol) in rows {
        // SIP and RTCP get parts of packets that may contain keys of these tables.
        assert_eq!(table, "media_type", "{name} leads on to {protocol}");
        types.push((name.to_owned(), protocol.to_owned()));
    }
    assert!(types.len() > 250, "{} types: {text}", types.len());
    types.sort();
    types
}

/// Builds the server's message with a body of a media type; the number is the message's id.
type Way = fn(&str, &[u8], u32) -> Vec<u8>;

/// The ways for a body to arrive: in a switchboard message, in MSNP21, from user to user,
/// in a SIP message from user to user, between clients.
const WAYS: [Way; 5] = [
    |media, body, _| with("MSG bob@example.net Bob", mime(media, body)),
    |media, body, _| {
        let head = format!(
            "Routing: 1.0\r\nTo: 1:alice@example.com\r\nFrom: 1:bob@example.net\r\n\r\n\
             Reliability: 1.0\r\n\r\nMessaging: 2.0\r\nMessage-Type: Text\r\n\
             Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        with("SDG 0", [head.as_bytes(), body].concat())
    },
    |media, body, _| with("UBN bob@example.net 1", mime(media, body)),
    |media, body, _| {
        let head = format!(
            "INVITE sip:alice@example.com SIP/2.0\r\nContent-Type: {media}\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        with("UBN bob@example.net 2", [head.as_bytes(), body].concat())
    },
    |media, body, id| {
        let head = format!(
            "INVITE MSNMSGR:alice@example.com MSNSLP/1.0\r\nTo: <msnmsgr:alice@example.com>\r\n\
             From: <msnmsgr:bob@example.net>\r\nCSeq: 0 \r\nContent-Type: {media}\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        packets(&[head.as_bytes(), body].concat(), id)
    },
];

/// The fields with the content type, for each way.
const SHOWN: [&[&str]; 5] = [
    &["msnms.content_type"],
    &["msnms.content_type"],
    &["msnms.content_type"],
    &["msnms.content_type", "sip.Content-Type"],
    &["msnslp.content_type"],
];

/// A field, and its value in the last command of a capture.
const LAST: (&str, &str) = ("msnms.cmd", "bye");

/// Number of occurrences of each value of the fields of `SHOWN`, and of that of `LAST`.
fn content_types(wireshark: &Wireshark, capture: &Path) -> BTreeMap<(&'static str, String), usize> {
    let mut fields: Vec<_> = SHOWN.concat();
    fields.push(LAST.0);
    fields.sort_unstable();
    fields.dedup();
    let path = capture.to_string_lossy();
    let mut arguments = vec!["-r", &*path, "-Y", "msnms", "-T", "fields"];
    arguments.extend(["-E", "aggregator=\u{1}"]);
    arguments.extend(fields.iter().flat_map(|field| ["-e", field]));
    let text = wireshark.tshark(&arguments);
    let mut seen = BTreeMap::new();
    for line in text.lines() {
        for (field, values) in fields.iter().zip(line.split('\t')) {
            for value in values.split('\u{1}').filter(|value| !value.is_empty()) {
                let name = name_of(value).to_ascii_lowercase();
                *seen.entry((*field, name)).or_default() += 1;
            }
        }
    }
    seen
}

/// A peer-to-peer message in as many packets as it takes, each in a message of its own.
fn packets(message: &[u8], id: u32) -> Vec<u8> {
    let pieces = (0_u64..).step_by(PACKET).zip(message.chunks(PACKET));
    let packets = pieces.map(|(offset, data)| {
        let packet = V1 {
            id,
            offset,
            total: message.len() as u64,
            data,
            ..V1::default()
        };
        to_alice(&packet.with_footer(0)).1
    });
    packets.collect::<Vec<_>>().concat()
}

fn mime(media: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("MIME-Version: 1.0\r\nContent-Type: {media}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

/// A media type without its parameters.
fn name_of(media: &str) -> &str {
    media.split(';').next().unwrap_or(media).trim()
}

/// A connection for both chat messages and notifications.
fn connection(capture: &mut Capture) -> Tcp {
    let port = 1025 + capture.frames.len() as u16 % 50_000;
    let server = ([198, 51, 100, 9].into(), 1863);
    let tcp = capture.connect(([192, 0, 2, 7].into(), port), server);
    capture.send(tcp, Side::Client, b"VER 1 MSNP21 CVR0\r\n");
    capture.send(tcp, Side::Server, b"VER 1 MSNP21\r\n");
    tcp
}

/// Distributes messages over as many captures as it takes, and runs each.
#[derive(Debug)]
struct Trial<'w> {
    wireshark: &'w Wireshark,
    capture: Capture,
    tcp: Option<Tcp>,
    bytes: usize,
    messages: u32,
    /// Number of bodies of each type, by field.
    types: BTreeMap<&'static str, BTreeMap<String, usize>>,
}

impl<'w> Trial<'w> {
    fn new(wireshark: &'w Wireshark) -> Self {
        Self {
            wireshark,
            capture: Capture::new(),
            tcp: None,
            bytes: 0,
            messages: 0,
            types: BTreeMap::new(),
        }
    }

    fn add(&mut self, way: usize, media: &str, body: &[u8]) {
        let tcp = match self.tcp {
            Some(tcp) => tcp,
            None => *self.tcp.insert(connection(&mut self.capture)),
        };
        self.messages += 1;
        let data = WAYS[way](media, body, self.messages);
        self.capture.send_cut(tcp, Side::Server, &data, SEGMENT);
        let name = name_of(media).to_ascii_lowercase();
        for field in SHOWN[way] {
            // A SIP message without a body does not show a type for it.
            if way != 3 || *field != "msnms.content_type" || !body.is_empty() {
                let types = self.types.entry(field).or_default();
                *types.entry(name.clone()).or_default() += 1;
            }
        }
        self.bytes += data.len();
        if self.bytes > MOST_BYTES {
            self.run();
        }
    }

    fn run(&mut self) {
        let Some(tcp) = self.tcp.take() else { return };
        let (side, data) = s("BYE bob@example.net");
        self.capture.send(tcp, side, &data);
        let path = self.wireshark.write("hostile.pcap", &self.capture);
        assert_exits_as_without_plugin(self.wireshark, &path, &format!("{:?}", self.types));
        println!("{} bodies in {} bytes", self.messages, self.bytes);
        // Asserts that everything was read, up to the last command, and every body in its way.
        let seen = content_types(self.wireshark, &path);
        for (field, expected) in &self.types {
            // Bodies of SIP can be SIP messages themselves.
            for (name, count) in expected {
                let found = seen.get(&(*field, name.clone())).copied().unwrap_or(0);
                assert!(found >= *count, "{field} {name}: {found} of {count}");
            }
        }
        assert_eq!(seen.get(&(LAST.0, LAST.1.to_owned())), Some(&1));
        std::fs::remove_file(path).expect("a capture to remove");
        *self = Self::new(self.wireshark);
    }
}

/// Every media type with small bodies, in every way.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn every_media_type_with_small_bodies() {
    let wireshark = wireshark();
    let mut trial = Trial::new(wireshark);
    for (media, _) in media_types(wireshark) {
        for body in bodies::small() {
            for way in 0..WAYS.len() {
                trial.add(way, &media, &body);
            }
        }
    }
    trial.run();
}

/// The same in the HTTP gateway.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn every_media_type_in_the_gateway() {
    let wireshark = wireshark();
    let mut capture = Capture::new();
    let tcp = capture.connect(
        ([192, 0, 2, 7].into(), 1025),
        ([198, 51, 100, 9].into(), 80),
    );
    let mut bodies = bodies::small();
    bodies.push(b"\x81".repeat(2_000));
    let mut types = BTreeSet::new();
    for (media, _) in media_types(wireshark) {
        let messages = bodies.iter().map(|body| WAYS[0](&media, body, 0));
        let messages = messages.collect::<Vec<_>>().concat();
        let head = format!(
            "HTTP/1.1 200 OK\r\nX-MSN-Messenger: SessionID=1.2; GW-IP=198.51.100.8\r\n\
             Content-Type: application/x-msn-messenger\r\nContent-Length: {}\r\n\r\n",
            messages.len()
        );
        capture.send(tcp, Side::Server, &[head.as_bytes(), &messages].concat());
        types.insert(name_of(&media).to_owned());
    }
    let path = wireshark.write("gateway.pcap", &capture);
    assert_exits_as_without_plugin(wireshark, &path, "gateway");
    let seen = wireshark.values(&path, "msnms", "msnms.content_type", &[]);
    let seen: BTreeSet<String> = seen.into_iter().collect();
    let missing: Vec<_> = types.difference(&seen).collect();
    assert!(missing.is_empty(), "not seen: {missing:?}");
}

/// One media type of every protocol, each with another form of nesting and in another
/// way. With IMSHARK_HOSTILE=all, every type with every form.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn media_types_with_deep_bodies() {
    let wireshark = wireshark();
    let types = media_types(wireshark);
    let deep = bodies::deep();
    let by_protocol: BTreeMap<&str, &str> = types
        .iter()
        .map(|(media, protocol)| (protocol.as_str(), media.as_str()))
        .collect();
    let mut trial = Trial::new(wireshark);
    for (index, media) in by_protocol.values().enumerate() {
        trial.add(index % WAYS.len(), media, &deep[index % deep.len()].1);
    }
    // Every form of nesting with its own media type, in every way.
    for (name, body) in &deep {
        let word = name.split(' ').next().unwrap_or(name);
        let media = by_protocol.values().find(|media| media.contains(word));
        for way in 0..WAYS.len() {
            trial.add(way, media.unwrap_or(&"text/xml"), body);
        }
    }
    if std::env::var_os("IMSHARK_HOSTILE").is_some_and(|which| which == "all") {
        for (index, (media, _)) in types.iter().enumerate() {
            for (number, (_, body)) in deep.iter().enumerate() {
                trial.add((index + number) % WAYS.len(), media, body);
            }
        }
    }
    trial.run();
}

/// Invalid pictures with the first bytes of a valid one, as objects and as bodies.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn invalid_pictures() {
    let wireshark = wireshark();
    let mut trial = Trial::new(wireshark);
    for (row, media) in [
        ("image-gif", "image/gif"),
        ("image-jfif", "image/jpeg"),
        ("png", "image/png"),
    ] {
        for body in bodies::of_row(row) {
            for way in 0..WAYS.len() {
                trial.add(way, media, &body);
            }
            let object = V1 {
                session: 7,
                id: 1,
                flags: 0x20,
                data: &body,
                ..V1::default()
            };
            if let Some(tcp) = trial.tcp {
                let (side, data) = to_alice(&object.with_footer(1));
                trial.capture.send_cut(tcp, side, &data, SEGMENT);
            }
        }
    }
    trial.run();
}

/// Every row of the list with every body of its own format and all shared ones, in a
/// plugin built with the feature `panic-probe`, in which a packet can select a row.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn every_row_with_every_body() {
    let wireshark = wireshark();
    let probe = probe();
    let mut capture = Capture::new();
    let mut shared = bodies::small();
    shared.extend(bodies::deep().into_iter().map(|(_, body)| body));
    for (row, dissector) in (0_u8..).zip(&ROWS) {
        let dissector = dissector.dissector.to_str().expect("ASCII");
        for body in bodies::of_row(dissector).iter().chain(&shared) {
            let body = &body[..body.len().min(SEGMENT)];
            let packet = [b"hand-off-probe", &[row][..], body].concat();
            let port = 1025 + (capture.frames.len() % 60_000) as u16;
            let host = [192, 0, 2, 1 + (capture.frames.len() / 60_000) as u8];
            let tcp = capture.midstream((host.into(), port), ([198, 51, 100, 9].into(), 1863));
            capture.send_cut(tcp, Side::Client, &packet, packet.len());
        }
    }
    let path = wireshark.write("rows.pcap", &capture);
    for options in [&["-V"][..], &["-2", "-V"]] {
        let mut command = wireshark.command("tshark");
        command.env("WIRESHARK_PLUGIN_DIR", &probe);
        let ended = exit_of(command, &path, options);
        // SIP of 3.4 reports headers without a value on standard error.
        assert!(ended.starts_with("Some(0) "), "{options:?}: {ended}");
    }
    // Each dissector of the list is really called.
    let mut command = wireshark.command("tshark");
    command.env("WIRESHARK_PLUGIN_DIR", &probe);
    let fields = ["-T", "fields", "-e", "frame.protocols"];
    let output = command.arg("-r").arg(&path).args(fields).output();
    let output = output.expect("tshark runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    for name in [
        "image-gif",
        "image-jfif",
        "png",
        "xml",
        "sip",
        "rtp",
        "rtcp",
    ] {
        let layer = format!(":{name}");
        let times = text.lines().filter(|line| line.ends_with(&layer)).count();
        assert!(times > 5, "{name}: {times} times");
    }
}

/// Whatever state a dissector changes, also when it throws: the following commands in the
/// segment, those that continue in the next one, columns and addresses are as without it.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn state_that_a_dissector_changes_is_restored() {
    let wireshark = wireshark();
    let mut capture = Capture::new();
    let tcp = connection(&mut capture);
    for header in ["X-Mess: 1", "X-Throw: 1", "X-Other: 1"] {
        let sip = format!("INVITE sip:alice@example.com SIP/2.0\r\n{header}\r\n\r\n");
        let (_, first) = s_with("UBN bob@example.net 2", sip);
        let typing = with(
            "MSG bob@example.net Bob",
            mime("text/plain", b"Hello, Alice"),
        );
        let (now, later) = typing.split_at(typing.len() / 2);
        let segment = [&first[..], b"CHL 0 15570131571988941333\r\n", now].concat();
        capture.send(tcp, Side::Server, &segment);
        capture.send(tcp, Side::Server, later);
        capture.send(tcp, Side::Client, b"PNG\r\n");
    }
    let path = wireshark.write("mess.pcap", &capture);
    let both = Helper::build(wireshark, "hand_offs").with;
    let rows = |plugins: &Path, options: &[&str]| {
        let mut command = wireshark.command("tshark");
        command.env("WIRESHARK_PLUGIN_DIR", plugins);
        command.arg("-r").arg(&path).args(options);
        command.args(["-T", "fields"]);
        for field in [
            "_ws.col.Protocol",
            "_ws.col.Info",
            "_ws.col.Source",
            "_ws.col.Destination",
            "msnms.cmd",
            "msnms.text",
            "tcp.reassembled.length",
            "frame.number",
        ] {
            command.args(["-e", field]);
        }
        let output = command.output().expect("tshark runs");
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    for options in [&[][..], &["-2"]] {
        let alone = rows(wireshark.plugins(), options);
        assert!(alone.contains("Hello, Alice"), "{alone}");
        assert_eq!(rows(&both, options), alone, "{options:?}");
        // The dissectors of the helper were called.
        let filter = [options, &["-Y", "imshark_helper"]].concat();
        let called = rows(&both, &filter);
        assert_eq!(called.lines().count(), 2, "{called}");
    }
}

/// A picture of the list is shown by its dissector, whatever alias its type has; types
/// that are not on the list are shown as bytes.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn pictures_and_documents_are_shown_by_their_dissectors() {
    let wireshark = wireshark();
    let mut capture = Capture::new();
    let tcp = connection(&mut capture);
    for (media, body) in [
        ("image/png", PNG),
        ("image/x-png", PNG),
        ("application/xml", b"<a><b>c</b></a>"),
        ("application/vnd.wv.csp.xml", b"<a><b>c</b></a>"),
        ("application/cose", b"\x84\x40\xa0\x41\x00\x40"),
        ("application/json", b"[[[1]]]"),
        ("message/http", b"GET / HTTP/1.1\r\n\r\n"),
    ] {
        capture.send(tcp, Side::Server, &WAYS[0](media, body, 0));
    }
    let path = wireshark.write("pictures.pcap", &capture);
    assert_eq!(wireshark.count(&path, "png"), 2);
    assert_eq!(wireshark.count(&path, "xml"), 2);
    let layers = wireshark
        .values(&path, "msnms", "frame.protocols", &[])
        .concat();
    for other in ["cose", "json", "cbor", "http"] {
        assert!(!layers.contains(other), "{layers}");
    }
    let bytes = wireshark.values(&path, "msnms", "msnms.body", &[]);
    assert!(
        bytes
            .iter()
            .any(|value| value.replace(':', "") == "8440a0410040"),
        "{bytes:?}"
    );
}
