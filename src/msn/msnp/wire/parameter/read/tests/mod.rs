pub(crate) mod forms;

use crate::msn::msnp::wire::commands::COMMANDS;
use crate::msn::msnp::wire::line::{line, LineHead};
use crate::msn::msnp::wire::parameter::read::*;
use crate::msn::msnp::wire::pdu;
use test_support::random::{rounds, SplitMix64};

const NO_CONTEXT: LineContext = LineContext {
    dialect: None,
    is_presumed: false,
    from_client: None,
    role: None,
};

fn client(dialect: u8) -> LineContext {
    LineContext {
        dialect: Some(dialect),
        is_presumed: false,
        from_client: Some(true),
        role: None,
    }
}

fn server(dialect: u8) -> LineContext {
    LineContext {
        from_client: Some(false),
        ..client(dialect)
    }
}

/// The reading of a line, and its meanings as one text for the tables.
fn read_line(known: &LineContext, text: &str) -> (LineReading, String) {
    let data = format!("{text}\r\n");
    let line = line(data.as_bytes(), 0).expect("a line");
    let words: Vec<&[u8]> = line.parameters(data.as_bytes()).map(|w| w.value).collect();
    let reading = match line.head {
        LineHead::Command(verb) => read(verb, known, &words),
        LineHead::Error(_) => {
            let payload = pdu::head(data.as_bytes(), 0).expect("a PDU").payload;
            read_error(&words, payload.is_some())
        }
    };
    let names: Vec<String> = reading.meanings.iter().map(|m| format!("{m:?}")).collect();
    (reading, names.join(" "))
}

fn clean(known: &LineContext, text: &str, expected: &str) {
    let (reading, names) = read_line(known, text);
    assert_eq!(names, expected, "{text}");
    assert_eq!(reading.missing, [], "{text}");
    assert_eq!(reading.surplus(), 0, "{text}");
}

/// Without context, as in a capture that begins in the middle of a session.
#[test]
fn words_alone_choose_the_form() {
    for (text, expected) in [
        (
            "ADD 9 AL b@example.net bob",
            "TrId List Account FriendlyName",
        ),
        (
            "ADD 9 AL 3 b@example.net bob",
            "TrId List ListVersion Account FriendlyName",
        ),
        (
            "NLN NLN b@example.net 1 Bob 44 0",
            "Status Account Network FriendlyName Capabilities MsnObject",
        ),
        ("FLN 1:b@example.net 0", "NetworkAccount Capabilities"),
        ("FLN b@example.net 1", "Account Network"),
        (
            "USR 7 OK a@example.com 1 0",
            "TrId Outcome Account Verified Restricted",
        ),
        (
            "USR 7 OK a@example.com Bob 0",
            "TrId Outcome Account FriendlyName Verified",
        ),
        (
            "USR 6 MD5 S 1013928519.693957190",
            "TrId AuthPackage AuthStage AuthSalt",
        ),
        ("GCF 0 1187", "TrId PayloadLength"),
        (
            "XFR 3 NS 198.51.100.2:1863 U D",
            "TrId ServerType Server TransferFlag TransferFlag",
        ),
        ("UBX b@example.net 53", "Account PayloadLength"),
    ] {
        clean(&NO_CONTEXT, text, expected);
    }
}

#[test]
fn surplus_and_missing_words_are_reported() {
    for (known, text, surplus, missing) in [
        (client(2), "CHG 5 NLN 268435456", 1, &[][..]),
        (client(9), "PNG 1 2", 2, &[]),
        (client(2), "MSG 4 N", 0, &[Meaning::PayloadLength]),
        (
            client(9),
            "ADD 8 AL b@example.net",
            0,
            &[Meaning::FriendlyName],
        ),
        (server(9), "USR 7 TWN S", 0, &[Meaning::AuthParameters]),
        (client(9), "USR TWN I a@example.com", 0, &[Meaning::TrId]),
        (client(9), "CAL 2", 0, &[Meaning::Account]),
        (server(9), "QNG 45 x", 1, &[]),
        (server(9), "ACK", 0, &[Meaning::TrId]),
    ] {
        let (reading, names) = read_line(&known, text);
        assert_eq!(reading.surplus(), surplus, "{text}: {names}");
        assert_eq!(reading.missing, missing, "{text}: {names}");
    }
}

/// Two spaces enclose an empty parameter (CVQ) or separate words (the draft).
#[test]
fn double_spaces() {
    clean(
        &client(7),
        "CVQ 1 0x0409 win 4.10 i386 MSMSGS 4.5.0121  a@example.com",
        "TrId Locale ClientOs ClientOsVersion ClientCpu ClientName ClientVersion ClientBrand Account",
    );
    clean(
        &client(9),
        "USR 3  TWN I  a@example.com",
        "TrId Filler AuthPackage AuthStage Filler Account",
    );
}

/// Several meanings are found at once where each is found alone, and a form fits what it describes in full.
#[test]
fn empty_words_neither_hide_others_nor_keep_a_form_from_fitting() {
    let meanings = [Meaning::TrId, Meaning::AuthPackage, Meaning::AuthTicket];
    for (text, fits, places) in [
        ("7 TWN S t=1", true, [Some(0), Some(1), Some(3)]),
        ("7  TWN  S  t=1", true, [Some(0), Some(2), Some(6)]),
        ("7  TWN  S  t=1  more", false, [Some(0), Some(2), Some(6)]),
        ("7  TWN  S", false, [Some(0), Some(2), None]),
    ] {
        let words: Vec<&[u8]> = text.split(' ').map(str::as_bytes).collect();
        let chosen = choose(forms_of(*b"USR"), &client(8), &words);
        assert_eq!(chosen.fits(&words), fits, "{text}");
        assert_eq!(chosen.places(meanings, &words), places, "{text}");
        let alone = meanings.map(|meaning| chosen.place(meaning, &words));
        assert_eq!(alone, places, "{text}");
    }
}

#[test]
fn errors_and_unknown_commands() {
    clean(&NO_CONTEXT, "911 0", "TrId");
    clean(&NO_CONTEXT, "241 3 0", "TrId PayloadLength");
    clean(
        &NO_CONTEXT,
        "500 4 Internal error",
        "TrId ErrorDetail ErrorDetail",
    );
    clean(&NO_CONTEXT, "ABC 18 x", "TrId Unknown");
    clean(&NO_CONTEXT, "ABC x 18", "Unknown Unknown");
}

#[test]
fn random_words_do_not_panic() {
    let words: [&[u8]; 12] = [
        b"",
        b"0",
        b"1",
        b"OK",
        b"FL",
        b"NLN",
        b"a@b",
        b"1:a@b",
        b"4294967296",
        b"\xff\xfe",
        b"N=",
        b"U",
    ];
    let mut random = SplitMix64::new(0x9e37_79b9_7f4a_7c15);
    let mut next = |limit| random.below(limit);
    for _ in 0..rounds(20_000) {
        let command = &COMMANDS[next(COMMANDS.len())];
        let line: Vec<&[u8]> = (0..next(12)).map(|_| words[next(words.len())]).collect();
        let known = [NO_CONTEXT, client(9), server(18)][next(3)];
        let reading = read(command.verb, &known, &line);
        assert_eq!(reading.meanings.len(), line.len());
        assert_eq!(read_error(&line, next(2) == 0).meanings.len(), line.len());
    }
}
