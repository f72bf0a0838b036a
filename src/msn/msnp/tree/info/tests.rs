use super::*;
use crate::msn::msnp::wire::parameter::LineContext;
use crate::msn::msnp::wire::pdu;
use crate::packet::Detail;

/// The Info of a line, sent by the client, by the server, or by an unknown sender.
fn info(text: &str, from_client: Option<bool>) -> String {
    let data = text.as_bytes();
    let pdu = pdu::head(data, 0).or_else(|_| pdu::truncated_pdu(data, 0).ok_or(()));
    let known = LineContext {
        from_client,
        ..LineContext::default()
    };
    let pdu = pdu.expect("a line");
    let mut plan = Plan::new(&MSNMS, data, Detail::Columns);
    show(&mut plan, &pdu, data, &Parameters::of(&pdu, data, &known));
    plan.info_text().to_owned()
}

#[test]
fn commands_with_secrets_are_those_of_the_forms() {
    assert_eq!(COMMANDS_WITH_SECRETS, [*b"ANS", *b"RNG", *b"USR", *b"XFR"]);
}

/// The Info of each form, with known and with unknown sender.
#[test]
fn secrets_of_every_form() {
    let hash = "0123456789abcdef0123456789abcdef";
    for (line, expected, from_client) in [
        (
            "USR 6 MD5 S 989048851.1851137130",
            "USR 6 MD5 S 989048851.1851137130",
            false,
        ),
        (&format!("USR 6 MD5 S {hash}"), "USR 6 MD5 S <hash>", true),
        ("USR 3 CTP S hunter2", "USR 3 CTP S <password>", true),
        (
            "USR 6 TWN S lc=1033,id=507",
            "USR 6 TWN S lc=1033,id=507",
            false,
        ),
        (
            "USR 7 TWN S t=1a2b3c4d5e6f&p=9f8e",
            "USR 7 TWN S <ticket>",
            true,
        ),
        ("USR 7 TWN S EwCIAgIAAAR", "USR 7 TWN S <ticket>", true),
        (
            "USR 7 TWN I alice@example.com",
            "USR 7 TWN I alice@example.com",
            true,
        ),
        (
            "USR 4 SSO S MBI_KEY_OLD bm9uY2U",
            "USR 4 SSO S MBI_KEY_OLD bm9uY2U",
            false,
        ),
        (
            "USR 5 SSO S t=1a2b&p= HAAAAAEAAAA {12345678-1234-1234-1234-123456789abc}",
            "USR 5 SSO S <ticket> <response> {12345678-1234-1234-1234-123456789abc}",
            true,
        ),
        (
            "USR 9 SHA A PFNpZ25lZFRpY2tldA==",
            "USR 9 SHA A <ticket>",
            true,
        ),
        (
            "USR 7 OK alice@example.com 1 0",
            "USR 7 OK alice@example.com 1 0",
            false,
        ),
        (
            "USR 1 alice@example.com 189597.1056411784.29994",
            "USR 1 alice@example.com <cookie>",
            true,
        ),
        (
            "ANS 1 alice@example.com 1056411141.26158 17342299",
            "ANS 1 alice@example.com <cookie> 17342299",
            true,
        ),
        (
            "XFR 15 SB 198.51.100.9:1863 CKI 17262740.1050826919.32308",
            "XFR 15 SB 198.51.100.9:1863 CKI <cookie>",
            false,
        ),
        (
            "XFR 15 SB 198.51.100.9:1863 CKI 1726.105.32 U messenger.msn.com 1",
            "XFR 15 SB 198.51.100.9:1863 CKI <cookie> U messenger.msn.com 1",
            false,
        ),
        (
            "RNG 11752013 198.51.100.9:1863 CKI 849102291.520491113 bob@example.com Bob",
            "RNG 11752013 198.51.100.9:1863 CKI <cookie> bob@example.com Bob",
            false,
        ),
        (
            "XFR 3 NS 198.51.100.1:1863 0 198.51.100.2:1863",
            "XFR 3 NS 198.51.100.1:1863 0 198.51.100.2:1863",
            false,
        ),
    ] {
        for sender in [Some(from_client), None] {
            assert_eq!(info(&format!("{line}\r\n"), sender), expected, "{sender:?}");
        }
    }
}

#[test]
fn secrets_of_lines_that_fit_no_form() {
    for (line, expected) in [
        // More words, fewer words, other words.
        (
            "USR 7 TWN S t=1a2b3c4d5e6f&p=9f8e more",
            "USR 7 TWN S <ticket> <…>",
        ),
        ("USR TWN S t=1a2b3c4d5e6f&p=9f8e", "USR TWN S <ticket>"),
        (
            "USR 7  TWN  S  t=1a2b3c4d5e6f&p=9f8e",
            "USR 7  TWN  S  <ticket>",
        ),
        ("USR 7 TWN X t=1a2b3c4d5e6f&p=9f8e", "USR 7 TWN X <ticket>"),
        ("USR 7 XYZ S c2VjcmV0", "USR 7 XYZ S <…>"),
        ("USR 5 SSO S t=1a2b&p=", "USR 5 SSO S <ticket>"),
        ("USR 6 MD5 S 0123456789abcdef", "USR 6 MD5 S <hash>"),
        (
            "USR 1 alice 189597.1056411784.29994",
            "USR 1 alice <cookie>",
        ),
        (
            "ANS 1 alice@example.com 1056411141.26158",
            "ANS 1 alice@example.com <cookie>",
        ),
        (
            "ANS 1 alice 1056411141.26158 17342299 7",
            "ANS 1 alice <cookie> 17342299 7",
        ),
        (
            "XFR 15 SB 198.51.100.9:1863 CKI 1.2.3 U",
            "XFR 15 SB 198.51.100.9:1863 CKI <cookie> U",
        ),
        // Words that no form has.
        (
            "XFR 15 SB 198.51.100.9:1863 cki 17262740.1050826919",
            "XFR 15 SB 198.51.100.9:1863 cki <cookie>",
        ),
        (
            "XFR 15 SB 198.51.100.9:1863 17262740.1050826919",
            "XFR 15 SB 198.51.100.9:1863 <…>",
        ),
        (
            "XFR 15 SB 198.51.100.9:1863 CKI 1726.105 1 2 3 4 2740.1050",
            "XFR 15 SB 198.51.100.9:1863 CKI <cookie> 1 2 3 4 <…>",
        ),
        (
            "RNG 11 198.51.100.9:1863 849102291.520491113 bob@example.com Bob",
            "RNG 11 198.51.100.9:1863 <…> <cookie> Bob",
        ),
        // Commands and error replies that are not known to have secrets.
        ("TKT 9 t=1a2b3c4d5e6f&p=9f8e", "TKT 9 <ticket>"),
        ("911 7 t=1a2b3c4d5e6f&p=9f8e", "911 7 <ticket>"),
        ("QRY 9 msmsgs@msnmsgr.com 32", "QRY 9 msmsgs@msnmsgr.com 32"),
    ] {
        let server = ["XFR", "RNG", "911"];
        let from_client = !server.iter().any(|word| line.starts_with(word));
        let found = info(&format!("{line}\r\n"), Some(from_client));
        assert_eq!(found, expected);
    }
}

/// Wherever a line is truncated, at most the first letters of a secret are shown.
#[test]
fn secrets_of_cut_lines() {
    for (line, at) in [
        ("USR 7 TWN S t=1a2b3c4d5e6f&p=9f8e\r\n", 12),
        ("USR 6 MD5 S 0123456789abcdef0123456789abcdef\r\n", 12),
        ("USR 1 alice@example.com 189597.1056411784.29994\r\n", 24),
        (
            "XFR 15 SB 198.51.100.9:1863 CKI 17262740.1050826919.32308\r\n",
            32,
        ),
        (
            "RNG 11 198.51.100.9:1863 CKI 849102291.520 bob@example.com Bob\r\n",
            29,
        ),
    ] {
        let end = line[at..].find([' ', '\r']).unwrap() + at;
        for cut in at + SHORT + 1..line.len() {
            let shown = info(&line[..cut], None);
            let secret = &line[at..cut.min(end)];
            assert!(!shown.contains(secret), "{shown}");
            assert!(shown.contains('<'), "{shown}");
        }
    }
}

/// A command of the server that the client seems to send is masked like any other.
#[test]
fn secrets_of_the_other_side() {
    for (line, secret) in [
        (
            "XFR 15 SB 198.51.100.9:1863 CKI 17262740.1050826919",
            "17262740",
        ),
        ("RNG 11 198.51.100.9:1863 CKI 849102291.520", "849102291"),
        (
            "RNG 11 198.51.100.9:1863 849102291.520 bob@example.com Bob\r\n",
            "849102291",
        ),
        (
            "XFR 15 SB 198.51.100.9:1863 17262740.1050826919 1 2\r\n",
            "17262740",
        ),
        ("RNG 11 CKI 849102291.520 849102291.521\r\n", "849102291"),
    ] {
        let shown = [None, Some(true), Some(false)].map(|from| info(line, from));
        let is_hidden = |shown: &String| !shown.contains(secret) && shown.contains('<');
        assert!(shown.iter().all(is_hidden), "{shown:?}");
    }
}

/// Spaces that are doubled, and words that are left out, do not make a cookie another word.
#[test]
fn secrets_behind_other_spaces() {
    for (line, secret) in [
        (
            "RNG 11  CKI  849102291.520 bob@example.com Bob",
            "849102291",
        ),
        (
            "RNG 11 198.51.100.9:1863 CKI  849102291.520 Bob",
            "849102291",
        ),
        ("ANS 1 189597.1056411784.29994 11752013", "189597"),
        ("ANS 1 189597.1056411784.29994  11752013", "189597"),
        ("ANS 1 bob@example.com  189597.1056411784.29994", "189597"),
    ] {
        let shown = info(&format!("{line}\r\n"), None);
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn objects_are_named() {
    let object = |kind| format!("%3Cmsnobj%20Creator%3D%22a@b.c%22%20Type%3D%22{kind}%22/%3E");
    for (kind, name) in [
        (3, "display picture"),
        (2, "custom emoticon"),
        (99, "MSN object"),
    ] {
        let line = format!("CHG 9 NLN 268435492 {}\r\n", object(kind));
        assert_eq!(info(&line, None), format!("CHG 9 NLN 268435492 <{name}>"));
    }
    for line in ["CHG 9 NLN 268435492 0", "NLN NLN a@b.c My%20%3Cmsnobj%20 0"] {
        assert_eq!(info(&format!("{line}\r\n"), None), line);
    }
}

#[test]
fn long_lines_are_cut() {
    let line = format!("CHG 9 NLN {}\r\n", "x".repeat(400));
    let shown = info(&line, None);
    assert_eq!(shown.len(), MAX_LINE + "…".len());
    let line = format!("USR 7 TWN S t={} \r\n", "x".repeat(4000));
    assert_eq!(info(&line, Some(true)), "USR 7 TWN S <ticket> ");
}
