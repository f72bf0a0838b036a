//! No input ends Wireshark, and a panic of ours is shown as a dissector bug.

use std::path::Path;

use crate::harness::{probe, run, sample, samples, wireshark, Wireshark};
use test_support::capture::{frames_of, Capture, Endpoint, Frame, Side};
use test_support::random::SplitMix64;

/// Length of the headers in the samples: Ethernet, IPv4 and TCP.
const HEADERS: usize = 54;

/// Dissects `capture` with the whole tree in two passes, with dissector bugs made fatal.
fn assert_survives(wireshark: &Wireshark, capture: &Capture, options: &[&str]) {
    let path = wireshark.write("survived.pcap", capture);
    let path = path.to_string_lossy();
    let mut command = wireshark.command("tshark");
    command
        .env("WIRESHARK_ABORT_ON_DISSECTOR_BUG", "1")
        .args(["-2", "-r", &path])
        // The whole tree of every protocol is built; only ours are printed.
        .args(["-O", "msnms,msnp2p,msnslp,msnftp,oicq"])
        // Of version 3.4, it fails an assertion where TCP does not reassemble.
        .args(["--disable-protocol", "scop"])
        .args(options);
    let run = run(&mut command);
    assert_eq!(run.code, Some(0), "{path}: {}", run.stderr);
    assert_eq!(run.stderr, "", "{path}");
    assert!(!run.stdout.contains("panicked"), "{path}");
    assert!(!run.stdout.contains("Dissector bug"), "{path}");
    let lines = run.stdout.lines();
    let frames = lines.filter(|line| line.starts_with("Frame "));
    assert!(frames.count() >= capture.frames.len(), "{path}");
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
                    test_support::capture::Side::Server
                } else {
                    test_support::capture::Side::Client
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
    assert_survives(wireshark, &all, &[]);
    assert_survives(wireshark, &all, &["-o", "tcp.desegment_tcp_streams:FALSE"]);
}

/// All samples, cut at many lengths, one after the other.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn snapped_captures() {
    let wireshark = wireshark();
    let mut all = Capture::new();
    for path in samples() {
        let frames = frames_of(&path);
        for step in 0..20_usize {
            let mut snapped = frames.clone();
            for frame in &mut snapped {
                frame.bytes.truncate(HEADERS - 12 + step * step);
            }
            all.frames.extend(snapped);
        }
    }
    assert_survives(wireshark, &all, &[]);
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

/// The samples again and again until there are enough packets, with other mutations and at
/// another rate each time.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn mutated_packets() {
    let wireshark = wireshark();
    let samples: Vec<_> = samples().iter().map(|path| frames_of(path)).collect();
    let mut random = SplitMix64::new(1);
    let mut all = Capture::new();
    for rate in [100, 20, 5, 1000].into_iter().cycle() {
        if all.frames.len() > 10_000 {
            break;
        }
        for frame in samples.iter().flatten() {
            let mut frame = frame.clone();
            mutate(&mut frame.bytes, rate, &mut random);
            all.frames.push(frame);
        }
    }
    assert_survives(wireshark, &all, &[]);
}

/// Changes one in `rate` of the bytes after the headers: a bit, the whole byte, a letter or
/// two instead of it, or all bytes up to the end.
fn mutate(bytes: &mut [u8], rate: usize, random: &mut SplitMix64) {
    for at in HEADERS..bytes.len() {
        if random.below(rate) > 0 {
            continue;
        }
        match random.below(18) {
            0..=4 => bytes[at] ^= 1 << random.below(8),
            5..=9 => bytes[at] = random.next() as u8,
            10..=14 => bytes[at] = b"0123456789ABCXYZabcxyz"[random.below(22)],
            15..=16 => {
                for (byte, format) in bytes[at..].iter_mut().zip(b"%s") {
                    *byte = *format;
                }
            }
            _ => {
                bytes[at..].fill(0xaa);
                return;
            }
        }
    }
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
    use test_support::capture::Side::Client;
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
