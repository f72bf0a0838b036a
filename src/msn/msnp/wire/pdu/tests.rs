use super::*;

fn payload_of(data: &[u8]) -> Option<u32> {
    head(data, 0).unwrap().payload.map(|p| p.length.value)
}

/// One line per rule of docs/protocol/msnp.md §2.1 and per oddity of §11.
#[test]
fn payload_rules() {
    for (line, length) in [
        ("MSG 4 N 133", Some(133)),
        ("MSG Hotmail Hotmail 1441", Some(1441)),
        ("NOT 600", Some(600)),
        ("UBN alice@example.com 4", None),
        ("UBN alice@example.com 3 64", Some(64)),
        ("UUN 6 bob@example.com 4", None),
        ("UUN 6 bob@example.com 4 0", Some(0)),
        ("UUN 4 OK", None),
        ("GCF 12 Shields.xml", None),
        ("GCF 12 Shields.xml 151", Some(151)),
        ("GCF 0 1187", Some(1187)),
        ("ADL 8 OK", None),
        ("ADL 0 123", Some(123)),
        ("PUT 35 OK 165", Some(165)),
        ("PUT 7 OK 0", Some(0)),
        ("UBX 1:alice@example.com 0", Some(0)),
        ("QRY 9 PROD0090YUAUV{2B 32", Some(32)),
        ("QRY 9", None),
        ("SDC 4 OK", None),
        ("CHG 9 NLN 268435456", None),
        ("QNG 60", None),
        ("SYN 8 15 1 1", None),
        ("OUT RCT 5", None),
        ("241 5", None),
        ("241 3 0", Some(0)),
        ("509 11 64", Some(64)),
        ("ABC 18 5", None),
    ] {
        let data = format!("{line}\r\n");
        assert_eq!(payload_of(data.as_bytes()), length, "{line}");
    }
}

#[test]
fn transaction_ids() {
    for (line, trid) in [
        ("USR 0 OK alice@example.com Alice 1 0", Some(0)),
        ("MSG 4 N 0", Some(4)),
        ("MSG 4 Four 0", None),
        ("LSG 0 Other%20Contacts 0", None),
        ("LSG 5", Some(5)),
        ("LSG 5 12 1 1 0 Other 0", Some(5)),
        ("LST alice@example.com Alice 11 0", None),
        ("BPR 4 PHM 555", None),
        ("QNG 60", None),
        ("911 0", Some(0)),
        ("PRP MFN x", None),
        ("VER 4294967296 MSNP9", None),
        ("OUT", None),
    ] {
        let data = format!("{line}\r\n");
        let pdu = head(data.as_bytes(), 0).unwrap();
        assert_eq!(pdu.trid.map(|t| t.value), trid, "{line}");
    }
}

#[test]
fn missing_payload_bytes_are_counted() {
    let data = b"MSG 4 N 5\r\nhel";
    let pdu = head(data, 0).unwrap();
    assert_eq!((pdu.end(), pdu.missing(data)), (16, 2));
}

#[test]
fn unknown_commands_have_a_payload_only_if_confirmed() {
    assert_eq!(payload_of(b"XYZ 1 5\r\nhello"), Some(5));
    assert_eq!(payload_of(b"XYZ 1 5\r\nhelloPNG\r\n"), Some(5));
    assert_eq!(payload_of(b"XYZ 1 5\r\nPNG\r\n"), None);
    assert_eq!(payload_of(b"XYZ 1 5\r\nhelloworld"), None);
    assert_eq!(payload_of(b"XYZ 1 6\r\nhello"), None);
    for after in ["", "PNG\r\n", "hello"] {
        let data = format!("XYZ 1 0\r\n{after}");
        assert_eq!(payload_of(data.as_bytes()), None, "{after}");
    }
}

#[test]
fn invalid_lengths_are_reported_and_ignored() {
    for (line, fault) in [
        (
            "MSG 4 N 99999999",
            Some((LengthFault::TooLong, Span::new(8, 8))),
        ),
        (
            "MSG 4 N 4294967296",
            Some((LengthFault::NoNumber, Span::new(8, 10))),
        ),
        ("MSG 4 N -5", Some((LengthFault::NoNumber, Span::new(8, 2)))),
        ("ADL 8 OK", None),
        ("GCF 12 Shields.xml", None),
        // The last word of an unknown command may be no length.
        ("XYZ 1 99999999", None),
        (
            "911 1 99999999",
            Some((LengthFault::TooLong, Span::new(6, 8))),
        ),
    ] {
        let pdu = head(format!("{line}\r\n").as_bytes(), 0).unwrap();
        assert_eq!(pdu.fault, fault, "{line}");
        assert_eq!(pdu.payload, None, "{line}");
    }
}
