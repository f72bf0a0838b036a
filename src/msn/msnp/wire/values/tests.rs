//! The values of docs/protocol/msnp.md §1.5 and §4, listed a second time.

use super::*;

/// Whether the table has exactly these words, with names that contain these texts.
fn assert_words(table: &WordCodes, expected: &[(&str, &str)]) {
    let words: Vec<&str> = table.rows().iter().map(|row| row.0).collect();
    let mut listed: Vec<&str> = expected.iter().map(|row| row.0).collect();
    listed.sort_unstable();
    assert_eq!(words, listed);
    for (word, text) in expected {
        let name = table.name(word.as_bytes()).unwrap();
        assert!(name.contains(text), "{word}: {name}");
    }
}

/// The same of a table of numbers.
fn assert_numbers(table: &Codes, expected: &[(u32, &str)]) {
    let numbers: Vec<u32> = table.rows().iter().map(|row| row.0).collect();
    let listed: Vec<u32> = expected.iter().map(|row| row.0).collect();
    assert_eq!(numbers, listed);
    for (number, text) in expected {
        let name = table.name(*number).unwrap();
        assert!(name.contains(text), "{number}: {name}");
    }
}

#[test]
fn states() {
    assert_words(
        &STATUSES,
        &[
            ("NLN", "Online"),
            ("BSY", "Busy"),
            ("IDL", "Idle"),
            ("BRB", "right back"),
            ("AWY", "Away"),
            ("PHN", "phone"),
            ("LUN", "lunch"),
            ("HDN", "Appear offline"),
            ("FLN", "Offline"),
        ],
    );
    assert_eq!(STATUSES.name(b"brb"), None);
}

#[test]
fn lists() {
    assert_words(
        &LISTS,
        &[
            ("FL", "Forward"),
            ("AL", "Allow"),
            ("BL", "Block"),
            ("RL", "Reverse"),
            ("PL", "Pending"),
        ],
    );
}

#[test]
fn networks() {
    assert_numbers(
        &NETWORKS,
        &[
            (0, "None"),
            (1, "Windows Live"),
            (2, "Office Communicator"),
            (4, "Telephone"),
            (8, "Mobile"),
            (9, "Circle"),
            (10, "Temporary group"),
            (11, "Contact ID"),
            (13, "Connect"),
            (14, "Remote network gateway"),
            (16, "Email"),
            (32, "Yahoo!"),
        ],
    );
}

#[test]
fn reasons_of_out() {
    assert_words(
        &OUT_REASONS,
        &[
            ("OTH", "another location"),
            ("SSD", "shutting down"),
            ("MIG", "migrated"),
            ("TOU", "Terms of use"),
            ("RCT", "Reconnect later"),
        ],
    );
}

#[test]
fn properties() {
    assert_words(
        &PROPERTIES,
        &[
            ("MFN", "Friendly name"),
            ("PHH", "Home phone"),
            ("PHW", "Work phone"),
            ("PHM", "Mobile phone"),
            ("MOB", "Paging"),
            ("MBE", "Mobile device"),
            ("WWE", "paging"),
            ("HSB", "blog"),
            ("CID", "ID"),
        ],
    );
}

#[test]
fn types_of_notifications_and_messages() {
    assert_numbers(
        &NOTIFICATION_TYPES,
        &[
            (1, "XML"),
            (2, "SIP"),
            (3, "Peer-to-peer"),
            (4, "Sign out"),
            (5, "window closed"),
            (6, "Resynchronize"),
            (7, "reverse list"),
            (8, "other endpoints"),
            (9, "Reserved"),
            (10, "TURN"),
            (11, "metadata"),
            (12, "SIP"),
        ],
    );
    let messages = [(1, "Text"), (2, "Typing"), (3, "Nudge")];
    assert_numbers(&MESSAGE_TYPES, &messages);
}

#[test]
fn services() {
    for word in [
        "INBOX", "FOLDERS", "COMPOSE", "PERSON", "CHGMOB", "PROFILE", "ADDRBOOK",
    ] {
        assert!(SERVICES.name(word.as_bytes()).is_some(), "{word}");
    }
    assert_eq!(SERVICES.name(b"inbox"), None);
}

#[test]
fn modes_of_messages() {
    assert_words(
        &MESSAGE_MODES,
        &[
            ("U", "Not acknowledged"),
            ("N", "NAK only"),
            ("A", "ACK or NAK"),
            ("D", "data"),
            ("S", "ACK only"),
        ],
    );
    assert_eq!(MESSAGE_MODES.name(b"n"), None);
}

#[test]
fn authentication() {
    assert_words(
        &PACKAGES,
        &[
            ("CTP", "Cleartext"),
            ("MD5", "MD5"),
            ("TWN", "Passport"),
            ("SSO", "Single sign-on"),
            ("SHA", "Circle"),
            ("CKI", "Cookie"),
        ],
    );
    assert_words(
        &STAGES,
        &[("I", "Initial"), ("S", "Subsequent"), ("A", "Circle")],
    );
    assert_words(
        &POLICIES,
        &[
            ("MBI_KEY_OLD", "older"),
            ("MBI_KEY", "key"),
            ("MBI", "HTTP"),
            ("MBI_SSL", "TLS"),
        ],
    );
}

#[test]
fn small_enumerations() {
    assert_words(
        &SERVER_TYPES,
        &[("NS", "Notification"), ("SB", "Switchboard")],
    );
    assert_words(&PROMPTS, &[("A", "Ask"), ("N", "Never")]);
    assert_words(
        &PRIVACY,
        &[("AL", "Allow everyone"), ("BL", "Block everyone")],
    );
    assert_words(&ACTIONS, &[("PUT", "Published"), ("DEL", "Deleted")]);
    // §2.4 and §7.6, item 9.
    assert_numbers(&PAGE_TYPES, &[(1, "Mobile"), (2, "MSN Direct")]);
    assert_numbers(&BYE_REASONS, &[(1, "timeout")]);
    assert_eq!(LOCALES.name(0x0409), Some("English (United States)"));
}

#[test]
fn dialects() {
    assert_eq!(dialect_number(b"MSNP21"), Some(21));
    for (word, client) in [
        ("MSNP2", "1.0"),
        ("MSNP4", "2.2"),
        ("MSNP7", "4.5"),
        ("MSNP8", "5.0"),
        ("MSNP9", "6.0"),
        ("MSNP12", "7.5"),
        ("MSNP13", "8.0"),
        ("MSNP15", "8.1"),
        ("MSNP18", "2009"),
        ("MSNP21", "2011"),
        ("MSNP24", "Skype"),
    ] {
        let name = dialect_client(word.as_bytes()).unwrap();
        assert!(name.contains(client), "{word}: {name}");
        assert!(is_dialect(word.as_bytes()));
    }
    for word in ["MSNP1", "MSNP22"] {
        assert_eq!(dialect_client(word.as_bytes()), None, "{word}");
    }
    assert!(is_dialect(b"CVR0"));
    for word in [
        &b"CVR0"[..],
        b"MSNP",
        b"MSNP300",
        b"MSNP0",
        b"msnp8",
        b"MSNP8x",
    ] {
        assert_eq!(dialect_number(word), None, "{word:?}");
    }
}
