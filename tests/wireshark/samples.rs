//! The project's own captures through real tshark, with the same results in every version.

use std::collections::BTreeMap;

use crate::harness::{sample, wireshark};
use crate::state::{counted, has_old_protocol};

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn filters_of_every_type() {
    let wireshark = wireshark();
    let old = has_old_protocol(wireshark, &sample("msn.pcap"));
    let mut by_sample: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, filter) in [
        ("msn.pcap", "msnms.cmd == \"USR\""),
        ("msn.pcap", "msnms.trid == 1"),
        ("msn.pcap", "msnms.param == \"alice@example.com\""),
        ("msn.pcap", "msnms.payload.length > 100"),
        ("msn.pcap", "msnms.payload contains \"MIME-Version\""),
        ("msn-errors.pcap", "msnms.error.code == 911"),
        ("msn-errors.pcap", "msnms.error"),
        ("msn-p2p.pcap", "msnp2p.flags.object == 1"),
        ("msn-p2p.pcap", "msnp2p.flags.ack == 0"),
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
        by_sample.entry(name).or_default().push(filter);
    }
    for (name, filters) in by_sample {
        let counts = counted(wireshark, &sample(name), &filters, old);
        for (count, filter) in counts.into_iter().zip(filters) {
            assert!(count > 0, "{name}: {filter}");
        }
    }
}

/// Another dissector that shows a part of a message does not call ours for it, either.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn commands_in_a_message_are_not_dissected() {
    let wireshark = wireshark();
    let path = sample("msn-edges.pcap");
    let inner = "frame contains \"application/x-msn-messenger\" && frame contains \"QNG 50\"";
    assert_eq!(wireshark.count(&path, inner), 2);
    let dissected = format!("{inner} && msnms.cmd == \"QNG\"");
    assert_eq!(wireshark.count(&path, &dissected), 0);
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn other_protocols_on_our_ports_are_left_to_their_dissectors() {
    let wireshark = wireshark();
    let path = sample("msn-edges.pcap");
    let other = "tcp.port == 1863 && (tls || http)";
    assert_eq!(wireshark.count(&path, &format!("{other} && msnms")), 0);
    let info = wireshark.values(&path, "msnms", "_ws.col.Info", &[]);
    assert!(
        !info.iter().any(|line| line.contains("HTTP/1.1")),
        "{info:?}"
    );
}

/// The dissectors of media types are called only if somebody asks: for one of them, or for the
/// list of protocols.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn protocols_of_media_are_listed_where_they_are_asked_for() {
    let wireshark = wireshark();
    let path = sample("msn-documents.pcap");
    let stacks = wireshark.values(&path, "msnms", "frame.protocols", &[]);
    let with_xml = stacks.iter().filter(|stack| stack.contains(":xml")).count();
    assert_eq!(with_xml, wireshark.count(&path, "xml"));
    assert!(with_xml > 10, "{stacks:?}");
    let shown = wireshark.tshark(&["-V", "-r", &path.to_string_lossy()]);
    let headings = shown
        .lines()
        .filter(|line| line.trim() == "eXtensible Markup Language");
    assert!(headings.count() >= with_xml);
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn commands_have_chinese_names_if_asked_for() {
    let path = sample("qq.pcap");
    let path = path.to_string_lossy();
    for (setting, name) in [("TRUE", "心跳 (0x0058)"), ("FALSE", "Keep-alive (0x0058)")] {
        let setting = format!("oicq.chinese_names:{setting}");
        let filter = "oicq.command == 0x58";
        let listed = wireshark().tshark(&["-r", &path, "-Y", filter, "-o", &setting]);
        assert_eq!(listed.lines().count(), 4);
        assert!(listed.lines().all(|line| line.contains(name)), "{listed}");
    }
}
