//! No input ends Wireshark, and a panic of ours is shown as a dissector bug.

use std::path::{Path, PathBuf};

use crate::harness::{probe, sample, samples, wireshark, Run, Wireshark};
use crate::support::capture::{frames_of, Capture, Endpoint, Frame, Side};

/// Length of the headers in the samples: Ethernet, IPv4 and TCP.
const HEADERS: usize = 54;

/// Dissects `capture` with the whole tree in two passes, with dissector bugs made fatal.
fn assert_survives(wireshark: &Wireshark, capture: &Path, options: &[&str]) {
    let path = capture.to_string_lossy();
    let mut command = wireshark.command("tshark");
    command
        .env("WIRESHARK_ABORT_ON_DISSECTOR_BUG", "1")
        .args(["-2", "-V", "-r", &path])
        .args(options);
    let output = command.output().expect("tshark runs");
    let run = Run {
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        code: output.status.code(),
    };
    assert_eq!(run.code, Some(0), "{path}: {}", run.stderr);
    assert_eq!(run.stderr, "", "{path}");
    assert!(!run.stdout.contains("panicked"), "{path}");
    assert!(!run.stdout.contains("Dissector bug"), "{path}");
}

fn payload(frame: &Frame) -> Option<(bool, Endpoint, Endpoint, &[u8])> {
    let sliced = etherparse::SlicedPacket::from_ethernet(&frame.bytes).ok()?;
    let Some(etherparse::NetSlice::Ipv4(ip)) = &sliced.net else {
        return None;
    };
    let (from, to) = (ip.header().source_addr(), ip.header().destination_addr());
    match sliced.transport? {
        etherparse::TransportSlice::Udp(udp) => Some((
            false,
            (from, udp.source_port()),
            (to, udp.destination_port()),
            udp.payload(),
        )),
        etherparse::TransportSlice::Tcp(tcp) => Some((
            true,
            (from, tcp.source_port()),
            (to, tcp.destination_port()),
            tcp.payload(),
        )),
        _ => None,
    }
}

/// Every prefix of every payload, each in a packet of its own.
fn prefixes(path: &Path) -> Capture {
    let mut capture = Capture::new();
    let mut port = 10_000;
    for frame in frames_of(path) {
        let Some((tcp, from, to, payload)) = payload(&frame) else {
            continue;
        };
        for len in 1..payload.len() {
            if tcp {
                // A connection of its own, so that no reassembly joins the prefixes.
                port = if port == 60_000 { 10_000 } else { port + 1 };
                let known = from.1 == 1863 || from.1 == 443 || from.1 == 80;
                let (client, server) = if known { (to, from) } else { (from, to) };
                let host = [192, 0, 2, (capture.frames.len() / 50_000) as u8 + 1];
                let stream = capture.midstream((host.into(), port), (server.0, server.1));
                let _ = client;
                let side = if known {
                    crate::support::capture::Side::Server
                } else {
                    crate::support::capture::Side::Client
                };
                capture.send(stream, side, &payload[..len]);
            } else {
                capture.udp(from, to, &payload[..len]);
            }
        }
    }
    capture
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn every_prefix_of_every_packet() {
    let wireshark = wireshark();
    let mut all = Capture::new();
    for path in samples() {
        all.frames.extend(prefixes(&path).frames);
    }
    assert!(all.frames.len() > 10_000, "{} prefixes", all.frames.len());
    let path = wireshark.write("prefixes.pcap", &all);
    assert_survives(wireshark, &path, &[]);
    assert_survives(wireshark, &path, &["-o", "tcp.desegment_tcp_streams:FALSE"]);
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn snapped_captures() {
    let wireshark = wireshark();
    for path in samples() {
        let mut all = Vec::new();
        for step in 0..20_usize {
            let out = wireshark.file("snapped.pcap");
            let length = (HEADERS - 12 + step * step).to_string();
            let (from, to) = (path.to_string_lossy(), out.to_string_lossy());
            let run = wireshark.tool("editcap", &["-s", &length, "-F", "pcap", &from, &to]);
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            all.push(out);
        }
        assert_survives(wireshark, &merge(wireshark, &all), &[]);
    }
}

/// Wireshark marks the packet as cut by the capture, not as malformed.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_cut_packet_is_marked_as_cut() {
    let wireshark = wireshark();
    for (name, protocol, title) in [("msn.pcap", "msnms", "MSNMS"), ("qq.pcap", "oicq", "OICQ")] {
        let path = sample(name);
        let out = wireshark.file("cut.pcap");
        let (from, to) = (path.to_string_lossy(), out.to_string_lossy());
        wireshark.tool("editcap", &["-s", "90", "-F", "pcap", &from, &to]);
        let text = wireshark.tshark(&["-r", &*to, "-O", protocol, "-Y", protocol]);
        let mark = format!("[Packet size limited during capture: {title} truncated]");
        assert!(text.contains(&mark), "{name}: {text}");
        assert_eq!(wireshark.count(&out, "_ws.malformed"), 0, "{name}");
    }
}

/// Seeds 1, 2, 3, … over every sample until there are enough packets.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn mutated_packets() {
    let wireshark = wireshark();
    let samples = samples();
    let per_round: usize = samples.iter().map(|path| frames_of(path).len()).sum();
    let rounds = 10_000_usize.div_ceil(per_round);
    for path in samples {
        let mut all = Vec::new();
        for seed in 1..=rounds {
            let out = wireshark.file("mutated.pcap");
            let (from, to) = (path.to_string_lossy(), out.to_string_lossy());
            let rate = ["0.001", "0.01", "0.05", "0.2"][seed % 4];
            let arguments = [
                "-E",
                rate,
                "--seed",
                &seed.to_string(),
                "-o",
                &HEADERS.to_string(),
                "-F",
                "pcap",
                &from,
                &to,
            ]
            .map(str::to_owned);
            let run = wireshark.tool("editcap", &arguments);
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            all.push(out);
        }
        assert_survives(wireshark, &merge(wireshark, &all), &[]);
    }
}

fn merge(wireshark: &Wireshark, files: &[PathBuf]) -> PathBuf {
    let out = wireshark.file("merged.pcap");
    let mut arguments = vec!["-a".to_owned(), "-F".to_owned(), "pcap".to_owned()];
    arguments.extend(["-w".to_owned(), out.display().to_string()]);
    arguments.extend(files.iter().map(|path| path.display().to_string()));
    let run = wireshark.tool("mergecap", &arguments);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for file in files {
        // There are many, and the folder for temporary files may be small.
        std::fs::remove_file(file).expect("a merged file");
    }
    out
}

/// A plugin built with the feature `panic-probe` panics on packets that request it.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_panic_is_a_bug_of_that_packet_alone() {
    let wireshark = wireshark();
    let probe = probe();
    let mut capture = Capture::new();
    let tcp = capture.connect(
        ([192, 0, 2, 1].into(), 1025),
        ([198, 51, 100, 1].into(), 1863),
    );
    use crate::support::capture::Side::Client;
    capture.send(tcp, Client, b"USR 1 TWN I alice@example.com\r\n");
    capture.send(tcp, Client, b"PRP 2 MFN panic-probe\r\n");
    capture.send(tcp, Client, b"CHG 3 NLN 0\r\n");
    let path = wireshark.write("panic.pcap", &capture);
    let output = wireshark
        .command("tshark")
        .env("WIRESHARK_PLUGIN_DIR", probe)
        .args(["-r", &path.to_string_lossy(), "-Y", "msnms"])
        .output()
        .expect("tshark runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(lines.len(), 3, "{text}");
    assert!(
        lines[0].contains("USR 1") && lines[2].contains("CHG 3"),
        "{text}"
    );
    assert!(
        lines[1].contains("Dissector bug, protocol MSNMS")
            && lines[1].contains("the packet asked for a panic"),
        "{text}"
    );
}

/// Wireshark reports a tree that is too deep as a bug, whichever dissector of its own
/// builds it.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn deep_xml_is_not_handed_off() {
    let wireshark = wireshark();
    let deep = format!("{}{}", "<a>".repeat(600), "</a>".repeat(600));
    let mut capture = Capture::new();
    let server = ([198, 51, 100, 9].into(), 1863);
    let tcp = capture.connect(([192, 0, 2, 7].into(), 1025), server);
    let types = [
        "text/xml",
        "application/vnd.wv.csp.xml",
        "multipart/mixed; boundary=b",
        "message/http",
    ];
    for (number, media) in types.into_iter().enumerate() {
        let body = match number {
            2 => format!("--b\r\nContent-Type: text/xml\r\n\r\n{deep}\r\n--b--\r\n"),
            3 => format!("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n{deep}"),
            _ => deep.clone(),
        };
        let payload = format!("MIME-Version: 1.0\r\nContent-Type: {media}\r\n\r\n{body}");
        let line = format!("MSG bob@example.net Bob {}\r\n", payload.len());
        capture.send(tcp, Side::Server, (line + &payload).as_bytes());
    }
    capture.send(tcp, Side::Server, b"BYE bob@example.net\r\n");
    let path = wireshark.write("deep.pcap", &capture);
    for options in [&[][..], &["-V"]] {
        let name = path.display().to_string();
        wireshark.tshark(&[&["-r", &name], options].concat());
        let commands = wireshark.values(&path, "msnms", "msnms.cmd", options);
        assert_eq!(
            commands.last().map(String::as_str),
            Some("BYE"),
            "{commands:?}"
        );
    }
    assert_eq!(wireshark.count(&path, "_ws.malformed"), 0);
}
