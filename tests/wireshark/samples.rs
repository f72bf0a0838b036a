//! The project's own captures through real tshark, the same on every version.

use std::path::Path;

use imshark::protocols::PROTOCOLS;

use crate::harness::{sample, samples, wireshark, Wireshark};
use crate::keys;
use crate::support::capture::Secrets;

/// A line as every version writes it.
fn in_any_version(line: &str) -> String {
    // Long lines are cut, and said to be, in different ways.
    let mut line = line.replace(" [truncated]: ", ": ").replace(" […]: ", ": ");
    line = line.replace(" [truncated]", "").replace("[…] ", "");
    // Version 3.4 marks this one date.
    line = line.replace("(0)Jan  1, 1970", "Jan  1, 1970");
    line = line.replace("<UNKNOWN> Message Type", "<UNKNOWN>");
    // Version 4.6 takes the unit that suits a time.
    let units = [
        (" milliseconds", 1e-3),
        (" microseconds", 1e-6),
        (" minute, ", 60.0),
    ];
    for (unit, seconds) in units {
        let Some((before, behind)) = line.split_once(unit) else {
            continue;
        };
        let start = before.rfind(' ').map_or(0, |space| space + 1);
        let Ok(number) = before[start..].parse::<f64>() else {
            continue;
        };
        let rest = behind.split_once(" seconds").unwrap_or(("0", behind));
        let seconds = number * seconds + rest.0.parse::<f64>().unwrap_or_default();
        line = format!("{}{seconds:.9} seconds{}", &before[..start], rest.1);
    }
    line
}

/// Trees of other dissectors, which versions word in different ways.
const OF_OTHERS: [&str; 3] = [
    "[Expert Info (Warning/Protocol): Call ID is mandatory]",
    "Portable Network Graphics",
    "Real-Time Transport Protocol",
];

/// Our part of `tshark -V`, frame by frame.
fn shown(wireshark: &Wireshark, path: &Path, secrets: &Secrets) -> String {
    let mut arguments = keys::options(wireshark, secrets);
    let name = path.to_string_lossy();
    let names: Vec<_> = PROTOCOLS
        .iter()
        .map(|protocol| protocol.filter.to_str().expect("a filter name"))
        .collect();
    let (ours, filter) = (names.join(","), names.join(" or "));
    // In two passes: only the second one knows what came of a request.
    let read = ["-2", "-r", &name, "-O", &ours, "-Y", &filter];
    arguments.extend(read.map(str::to_owned));
    let text = wireshark.tshark(&arguments);
    let mut ours = String::new();
    let mut inside = false;
    let mut left_out = usize::MAX;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("Frame ") {
            let number = rest.split([':', ' ']).next().unwrap_or_default();
            ours.push_str(&format!("Frame {number}\n"));
        }
        if !line.starts_with(' ') {
            inside = ["MSN", "OICQ", "QQ"]
                .iter()
                .any(|name| line.starts_with(name));
        }
        let depth = line.len() - line.trim_start().len();
        if left_out >= depth && OF_OTHERS.contains(&line.trim_start()) {
            left_out = depth;
        } else if depth <= left_out {
            left_out = usize::MAX;
        }
        if inside && !line.is_empty() && left_out == usize::MAX {
            ours.extend(in_any_version(line).chars().take(80));
            ours.push('\n');
        }
    }
    ours
}

/// Golden text. `IMSHARK_BLESS=1` writes it anew; then read it.
#[test]
fn samples_look_as_expected() {
    let Some(wireshark) = wireshark() else { return };
    for path in samples() {
        let stem = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let golden = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/expected")
            .join(format!("{stem}.tshark.txt"));
        let secrets = crate::support::samples::sample(&stem).secrets;
        let text = shown(wireshark, &path, &secrets);
        assert!(text.lines().count() > 20, "{stem}: {text}");
        if std::env::var_os("IMSHARK_BLESS").is_some() {
            std::fs::write(&golden, &text).expect("the golden text written");
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        for (number, (now, then)) in text.lines().zip(expected.lines()).enumerate() {
            assert_eq!(now, then, "{stem}, line {}", number + 1);
        }
        assert_eq!(text.lines().count(), expected.lines().count(), "{stem}");
    }
}

#[test]
fn filters_of_every_kind() {
    let Some(wireshark) = wireshark() else { return };
    for (name, filter) in [
        ("msn.pcap", "msnms.cmd == \"USR\""),
        ("msn.pcap", "msnms.trid == 1"),
        ("msn.pcap", "msnms.param == \"alice@example.com\""),
        ("msn.pcap", "msnms.payload.length > 100"),
        ("msn.pcap", "msnms.payload contains \"MIME-Version\""),
        ("msn-errors.pcap", "msnms.error.code == 911"),
        ("msn-errors.pcap", "msnms.error"),
        ("msn-p2p.pcap", "msnp2p.flags.object == 1"),
        ("msn-p2p.pcap", "msnp2p.total == 69"),
        ("msn-p2p.pcap", "png"),
        ("msn-documents.pcap", "xml.attribute"),
        ("msn-p2p.pcap", "msnslp.session == 114543757"),
        ("msn-p2p.pcap", "msnslp.net_id == 192.0.2.10"),
        ("msn-p2p.pcap", "msnslp.external.address == 198.51.100.21"),
        ("msn-p2p.pcap", "msnp2p.direct.setup && tcp.port == 1200"),
        ("msn-ftp.pcap", "msnftp.file contains \"hello\""),
        ("msn-ftp.pcap", "msnftp.setup && tcp.port == 7000"),
        ("msn-ftp.pcap", "msnftp.result == 0x01000305"),
        ("msn.pcap", "msnms.text contains \"concert\""),
        ("msn.pcap", "msnms.profile.client_port == 1025"),
        ("msn-messages.pcap", "msnms.format.font == \"宋体\""),
        ("msn-messages.pcap", "msnms.text == \"你好\""),
        ("msn-messages.pcap", "msnms.datacast.id == 1"),
        ("msn-messages.pcap", "msnms.invitation.ip == 192.0.2.30"),
        (
            "msn-messages.pcap",
            "msnms.mail.subject == \"Café at noon\"",
        ),
        ("msn-messages.pcap", "msnms.msnobj.friendly == \"party\""),
        (
            "msn-messages.pcap",
            "msnms.text contains \"the second, and\"",
        ),
        (
            "msn-messages.pcap",
            "msnms.mime.header.name == \"P4-Context\"",
        ),
        (
            "msn-documents.pcap",
            "msnms.account == \"carol@example.org\"",
        ),
        (
            "msn-documents.pcap",
            "msnms.current_media.argument == \"A & B\"",
        ),
        (
            "msn-documents.pcap",
            "xml.tag contains \"NotificationData\"",
        ),
        ("msn-documents.pcap", "msnms.xml.malformed"),
        ("msn-blocks.pcap", "msnms.messaging.type == \"Nudge\""),
        ("msn-blocks.pcap", "msnms.guid && msnms.capabilities"),
        (
            "msn-blocks.pcap",
            "msnms.chat == 1 && msnms.text == \"Hello Alice\"",
        ),
        (
            "msn-blocks.pcap",
            "msnms.chat.participant == \"carol@example.org\"",
        ),
        ("msn-p2p.pcap", "msnslp.ipv6.address == 2001:db8::21"),
        ("msn-ftp.pcap", "msnms.invitation.ipv6 == 2001:db8::31"),
        ("qq.pcap", "oicq.command.name contains \"message\""),
        ("qq.pcap", "oicq.direction == 1"),
        ("qq.pcap", "oicq.client == \"TM2013\""),
        ("qq.pcap", "oicq.ciphertext && oicq.trailer == 3"),
        ("qq.pcap", "oicq.key"),
    ] {
        assert!(
            wireshark.count(&sample(name), filter) > 0,
            "{name}: {filter}"
        );
    }
}

/// Nor does another dissector that shows a part of a message call ours for it.
#[test]
fn commands_in_a_message_are_no_commands() {
    let Some(wireshark) = wireshark() else { return };
    let path = sample("msn-edges.pcap");
    let inner = "frame contains \"application/x-msn-messenger\" && frame contains \"QNG 50\"";
    assert_eq!(wireshark.count(&path, inner), 2);
    let taken = format!("{inner} && msnms.cmd == \"QNG\"");
    assert_eq!(wireshark.count(&path, &taken), 0);
}

#[test]
fn what_is_not_ours_on_our_ports_is_left_to_others() {
    let Some(wireshark) = wireshark() else { return };
    let path = sample("msn-edges.pcap");
    let other = "tcp.port == 1863 && (tls || http)";
    assert_eq!(wireshark.count(&path, &format!("{other} && msnms")), 0);
    let info = wireshark.values(&path, "msnms", "_ws.col.Info", &[]);
    assert!(
        !info.iter().any(|line| line.contains("HTTP/1.1")),
        "{info:?}"
    );
}
