use super::*;
use crate::msn::command::{self, TrId};
use crate::msn::line::{line, Head};
use crate::msn::pdu;

const NOBODY: Circumstances = Circumstances {
    dialect: None,
    from_client: None,
    role: None,
};

fn client(dialect: u8) -> Circumstances {
    Circumstances {
        dialect: Some(dialect),
        from_client: Some(true),
        role: None,
    }
}

fn server(dialect: u8) -> Circumstances {
    Circumstances {
        from_client: Some(false),
        ..client(dialect)
    }
}

/// The reading of a line, and its meanings as one text, for short tables below.
fn read_line(known: &Circumstances, text: &str) -> (Reading, String) {
    let data = format!("{text}\r\n");
    let line = line(data.as_bytes(), 0).expect("a line");
    let words: Vec<&[u8]> = line.parameters(data.as_bytes()).map(|w| w.value).collect();
    let reading = match line.head {
        Head::Command(verb) => read(verb, known, &words),
        Head::Error(_) => {
            let payload = pdu::head(data.as_bytes(), 0).expect("a PDU").payload;
            read_error(&words, payload.is_some())
        }
    };
    let names: Vec<String> = reading.meanings.iter().map(|m| format!("{m:?}")).collect();
    (reading, names.join(" "))
}

fn clean(known: &Circumstances, text: &str, expected: &str) {
    let (reading, names) = read_line(known, text);
    assert_eq!(names, expected, "{text}");
    assert_eq!(reading.missing, [], "{text}");
    assert_eq!(reading.surplus(), 0, "{text}");
}

#[test]
fn login() {
    for (known, text, expected) in [
        (client(9), "VER 4 MSNP10 MSNP9 CVR0", "TrId Dialect Dialect Dialect"),
        (server(9), "VER 1 0", "TrId NoDialect"),
        (server(9), "VER 1 0 MSNP9 CVR0", "TrId NoDialect Dialect Dialect"),
        (client(7), "INF 3", "TrId"),
        (server(2), "INF 3 MD5,CTP", "TrId AuthPackages"),
        (
            client(3),
            "CVR 5 0x0409 win 4.10 i386 MSMSGS 2.0.0083",
            "TrId Locale OsType OsVersion Cpu ClientName ClientVersion",
        ),
        (
            client(21),
            "CVR 2 0x0409 winnt 6.1.0 i386 MSNMSGR 15.4.3502.0922 MSNMSGR a@example.com VmVy",
            "TrId Locale OsType OsVersion Cpu ClientName ClientVersion ClientBrand Account HopCounter",
        ),
        (
            server(9),
            "CVR 5 6.0.0602 6.0.0602 5.0.0527 http://a.example.com/x http://b.example.com",
            "TrId RecommendedVersion RecommendedVersion MinimumVersion DownloadUrl InfoUrl",
        ),
        (client(2), "USR 3 CTP I a@example.com", "TrId AuthPackage AuthStage Account"),
        (client(2), "USR 4 CTP S secret", "TrId AuthPackage AuthStage Password"),
        (server(7), "USR 6 MD5 S 1013928519.693957190", "TrId AuthPackage AuthStage AuthSalt"),
        (
            client(7),
            "USR 7 MD5 S 23e54a439a6a17d15025f4c6cbd0f6b5",
            "TrId AuthPackage AuthStage PasswordHash",
        ),
        (server(9), "USR 6 TWN S lc=1033,id=507", "TrId AuthPackage AuthStage AuthParameters"),
        (client(9), "USR 7 TWN S t=4m1w&p=4QXN", "TrId AuthPackage AuthStage AuthTicket"),
        (
            server(15),
            "USR 3 SSO S MBI_KEY_OLD SW52ZW50ZWQ=",
            "TrId AuthPackage AuthStage AuthPolicy AuthNonce",
        ),
        (
            client(16),
            "USR 4 SSO S t=x&p= HAAAAA== {44bfd5a4-7450-4bda-ba3a-c51b3031126d}",
            "TrId AuthPackage AuthStage AuthTicket ResponseBlob MachineGuid",
        ),
        (client(18), "USR 4 SHA A QUJD", "TrId AuthPackage AuthStage CircleTicket"),
        (server(5), "USR 5 OK a@example.com Alice", "TrId Outcome Account FriendlyName"),
        (server(7), "USR 5 OK a@example.com 1 0", "TrId Outcome Account FriendlyName Verified"),
        (
            server(9),
            "USR 5 OK a@example.com Alice 1 0",
            "TrId Outcome Account FriendlyName Verified Restricted",
        ),
        (server(10), "USR 5 OK a@example.com 1 0", "TrId Outcome Account Verified Restricted"),
        (server(9), "XFR 3 NS 0", "TrId ServerType Constant"),
        (
            server(11),
            "XFR 3 NS 198.51.100.2:1863 0 198.51.100.1:1863",
            "TrId ServerType Server Constant CurrentServer",
        ),
        (
            server(21),
            "XFR 3 NS 198.51.100.2:1863 U D VmVy",
            "TrId ServerType Server TransferFlag TransferFlag HopCounter",
        ),
        (client(9), "XFR 19 SB", "TrId ServerType"),
        (
            server(15),
            "XFR 14 SB 198.51.100.3:1863 CKI 1.2.3 U messenger.example.com 1",
            "TrId ServerType Server AuthPackage Cookie TransferFlag ServerDomain DirectConnection",
        ),
        (server(13), "GCF 0 1187", "TrId PayloadLength"),
        (server(11), "GCF 12 Shields.xml 151", "TrId FileName PayloadLength"),
        (server(11), "SBS 0 null", "TrId Constant"),
        (server(9), "QNG 45", "Seconds"),
        (server(6), "CHL 0 11111111111111111111", "TrId Challenge"),
        (client(6), "CHL 8", "TrId"),
        (client(11), "QRY 10 PROD0090YUAUV{2B 32", "TrId ProductId PayloadLength"),
        (server(11), "OUT RCT 5", "OutReason Minutes"),
        (client(5), "URL 14 INBOX 0x0409", "TrId Service ServiceParameter"),
        (server(5), "URL 14 /cgi-bin/x https://login.example.com 2", "TrId ServicePath LoginUrl SiteId"),
        (server(3), "IMS 6 0 OFF", "TrId Constant Switch"),
        (client(7), "FND 7 fname=Bob lname=*", "TrId DirectoryField DirectoryField"),
        (server(7), "FND 8 0 0", "TrId Index Total"),
        (
            client(5),
            "SDC 11 b@example.org 0x0409 MSMSGS MSMSGS X X Alice 46",
            "TrId Account Locale ClientName ClientBrand Constant Constant Inviter PayloadLength",
        ),
    ] {
        clean(&known, text, expected);
    }
}

#[test]
fn lists_and_groups() {
    let guid = "7d4f5204-322a-47a2-90a8-77e72f9711c2";
    for (known, text, expected) in [
        (server(7), "SYN 4 14", "TrId ListVersion"),
        (
            server(8),
            "SYN 8 15 1 1",
            "TrId ListVersion ContactCount GroupCount",
        ),
        (client(10), "SYN 5 0 0", "TrId ListVersion SettingsVersion"),
        (
            server(7),
            "LST 4 FL 14 2 2 c@example.org Carol 0,1",
            "TrId List ListVersion Index Total Account FriendlyName GroupIds",
        ),
        // A space behind the name is no parameter (§11, item 13).
        (
            server(5),
            "LST 9 AL 1 1 1 bob@example.net bob@example.net ",
            "TrId List ListVersion Index Total Account FriendlyName",
        ),
        (
            server(7),
            "LST 4 BL 14 0 0",
            "TrId List ListVersion Index Total",
        ),
        (
            server(9),
            "LST b@example.net Bob 11 0",
            "Account FriendlyName Lists GroupIds",
        ),
        (server(10), "LST N=b@example.net 10", "ContactAccount Lists"),
        (
            server(12),
            "LST N=b@example.net F=Bob 19 1 ",
            "ContactAccount ContactName Lists Network",
        ),
        (
            server(7),
            "LSG 4 14 1 2 0 Friends 0",
            "TrId ListVersion Index Total GroupId GroupName Constant",
        ),
        (
            server(9),
            "LSG 0 Other%20Contacts 0",
            "GroupId GroupName Constant",
        ),
        (server(7), "GTC 6 1 A", "TrId ListVersion Prompt"),
        (server(9), "GTC A", "Prompt"),
        (server(13), "BLP 5 AL", "TrId Privacy"),
        // The first number is the version of the list, not a transaction id (§11, item 8).
        (
            server(5),
            "PRP 1 PHW 1%20555",
            "ListVersion PropertyName PropertyValue",
        ),
        (
            server(10),
            "PRP 1 PHW 1%20555",
            "TrId PropertyName PropertyValue",
        ),
        (server(5), "PRP 23 14 PHH", "TrId ListVersion PropertyName"),
        (server(9), "PRP MFN x", "PropertyName PropertyValue"),
        (
            server(5),
            "BPR 4 PHM +1",
            "ListVersion PropertyName PropertyValue",
        ),
        (
            server(5),
            "BPR 8 b@example.net PHH",
            "ListVersion Account PropertyName",
        ),
        (
            server(10),
            "BPR b@example.net MOB N",
            "Account PropertyName PropertyValue",
        ),
        (server(11), "BPR HSB 1", "PropertyName PropertyValue"),
        (
            client(9),
            "ADD 8 FL b@example.net Bob 0",
            "TrId List Account FriendlyName GroupId",
        ),
        // Into a group, without a name.
        (
            client(9),
            "ADD 25 FL b@example.net 3",
            "TrId List Account GroupId",
        ),
        (
            client(5),
            "ADD 25 FL b@example.net 3",
            "TrId List Account FriendlyName",
        ),
        (
            server(9),
            "ADD 8 FL 2 b@example.net Bob 0",
            "TrId List ListVersion Account FriendlyName GroupId",
        ),
        (
            server(9),
            "ADD 36 825 FL b@example.net Bob 2",
            "TrId ListVersion List Account FriendlyName GroupId",
        ),
        (
            server(10),
            "ADC 0 RL N=b@example.net F=Bob",
            "TrId List ContactAccount ContactName",
        ),
        (
            client(9),
            "REM 14 FL b@example.net 3",
            "TrId List Account GroupId",
        ),
        (
            server(9),
            "REM 14 FL 11 b@example.net 3",
            "TrId List ListVersion Account GroupId",
        ),
        (
            server(9),
            "ADG 25 15 Co-Workers 1 0",
            "TrId ListVersion GroupName GroupId Constant",
        ),
        (
            server(9),
            "REG 14 19 2 Name 0",
            "TrId ListVersion GroupId GroupName Constant",
        ),
        (server(7), "RMG 15 20 2", "TrId ListVersion GroupId"),
        // MSN 7.0 names the group.
        (client(11), "RMG 15 New%20group", "TrId GroupName"),
        (server(13), "ADL 8 OK", "TrId Outcome"),
        (server(13), "ADL 0 82", "TrId PayloadLength"),
        (
            client(9),
            "PGD 8 tel:+15550100 2 40",
            "TrId Account PageType PayloadLength",
        ),
    ] {
        clean(&known, text, expected);
    }
    // No versions any more, but a 1 in their place (§11, item 14).
    for (text, expected) in [
        (
            format!("ADG 10 Work {guid} 0"),
            "TrId GroupName GroupId Constant",
        ),
        (
            format!("REG 11 1 Семья {guid} 0"),
            "TrId Constant GroupName GroupId Constant",
        ),
        (format!("RMG 14 1 {guid}"), "TrId Constant GroupId"),
        (
            format!("REM 13 FL {guid} {guid}"),
            "TrId List ContactGuid GroupId",
        ),
        (
            format!("SBP 15 {guid} MFN Bobby"),
            "TrId ContactGuid PropertyName PropertyValue",
        ),
        (
            format!("ADC 12 FL C={guid} {guid}"),
            "TrId List ContactId GroupId",
        ),
    ] {
        clean(&server(11), &text, expected);
    }
}

#[test]
fn presence_and_conversations() {
    for (known, text, expected) in [
        (client(7), "CHG 9 NLN", "TrId Status"),
        (server(9), "CHG 0 FLN", "TrId Status"),
        (
            client(16),
            "CHG 9 NLN 2789003300:48 0",
            "TrId Status Capabilities MsnObject",
        ),
        (
            server(7),
            "ILN 9 NLN b@example.net Bob",
            "TrId Status Account FriendlyName",
        ),
        (
            server(9),
            "NLN IDL b@example.net nick 0",
            "Status Account FriendlyName Capabilities",
        ),
        (
            server(15),
            "NLN AWY b@example.net 1 0 44 0 http://www.example.net/x.png",
            "Status Account Network FriendlyName Capabilities MsnObject IconUrl",
        ),
        (
            server(18),
            "NLN NLN 1:b@example.net Bob 44:48 %3Cmsnobj%2F%3E",
            "Status NetworkAccount FriendlyName Capabilities MsnObject",
        ),
        (
            server(15),
            "FLN b@example.net 1 0",
            "Account Network Capabilities",
        ),
        (
            server(18),
            "FLN 1:b@example.net 0:0",
            "NetworkAccount Capabilities",
        ),
        (
            server(15),
            "UBX b@example.net 1 53",
            "Account Network PayloadLength",
        ),
        (
            server(18),
            "UBX 1:b@example.net 53",
            "NetworkAccount PayloadLength",
        ),
        (
            client(15),
            "UUN 14 b@example.net 5 78",
            "TrId Account NotificationType PayloadLength",
        ),
        (
            server(15),
            "UBN b@example.net 4",
            "Account NotificationType",
        ),
        (
            client(15),
            "UUM 3 b@example.org 32 1 9",
            "TrId Account Network MessageType PayloadLength",
        ),
        (
            server(15),
            "UBM b@example.org 32 a@example.com 1 2 9",
            "Account Network Account Network MessageType PayloadLength",
        ),
        (
            server(14),
            "UBM b@example.org 32 2 9",
            "Account Network MessageType PayloadLength",
        ),
        (server(21), "NFY PUT 293", "Action PayloadLength"),
        (server(21), "PUT 35 OK 165", "TrId Outcome PayloadLength"),
        (
            client(2),
            "USR 1 a@example.com 83ca9d8f1ee7c9776a39",
            "TrId Account Cookie",
        ),
        (
            client(2),
            "ANS 1 a@example.com 1.2.3 11752099",
            "TrId Account Cookie SessionId",
        ),
        (
            server(2),
            "RNG 0c07 127.0.0.1:1864 CKI f5683c79 b@example.net Bob",
            "SessionId Server AuthPackage Cookie Account FriendlyName",
        ),
        (
            server(13),
            "RNG 0c07 127.0.0.1 CKI f5683c79 b@example.net Bob U messenger.example.com",
            "SessionId Server AuthPackage Cookie Account FriendlyName TransferFlag ServerDomain",
        ),
        (client(2), "CAL 2 b@example.net", "TrId Account"),
        (
            server(2),
            "CAL 2 RINGING 120c666b04fec31173cba5a47a5fc15",
            "TrId Outcome SessionId",
        ),
        (
            server(12),
            "IRO 1 1 2 b@example.net Bob 44",
            "TrId Index Total Account FriendlyName Capabilities",
        ),
        (server(2), "JOI b@example.net Bob", "Account FriendlyName"),
        (server(2), "BYE b@example.net 1", "Account ByeReason"),
        (client(2), "MSG 4 N 133", "TrId MessageMode PayloadLength"),
        (
            server(2),
            "MSG Hotmail Hotmail 1441",
            "Account FriendlyName PayloadLength",
        ),
        (server(2), "NAK 283", "TrId"),
        (client(2), "OUT", ""),
    ] {
        clean(&known, text, expected);
    }
}

/// A capture that begins in the middle says nothing of dialect and direction.
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
        clean(&NOBODY, text, expected);
    }
}

#[test]
fn what_is_left_or_lacking_is_told() {
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

/// Two spaces enclose an empty parameter (CVQ), or separate (the draft).
#[test]
fn double_spaces() {
    clean(
        &client(7),
        "CVQ 1 0x0409 win 4.10 i386 MSMSGS 4.5.0121  a@example.com",
        "TrId Locale OsType OsVersion Cpu ClientName ClientVersion ClientBrand Account",
    );
    clean(
        &client(9),
        "USR 3  TWN I  a@example.com",
        "TrId Filler AuthPackage AuthStage Filler Account",
    );
}

#[test]
fn errors_and_unknown_commands() {
    clean(&NOBODY, "911 0", "TrId");
    clean(&NOBODY, "241 3 0", "TrId PayloadLength");
    clean(
        &NOBODY,
        "500 4 Internal error",
        "TrId ErrorDetail ErrorDetail",
    );
    clean(&NOBODY, "ABC 18 x", "TrId Unknown");
    clean(&NOBODY, "ABC x 18", "Unknown Unknown");
}

/// Forms and the command table agree on commands, transaction ids and payloads.
#[test]
fn the_tables_agree() {
    for command in command::COMMANDS {
        let forms = forms_of(command.verb);
        let verb = String::from_utf8_lossy(&command.verb);
        assert!(!forms.is_empty(), "{verb}");
        let is_trid = |slot: Option<&Slot>| match slot {
            Some(Slot::One(m) | Slot::Maybe(m) | Slot::Word(_, m)) => *m == Meaning::TrId,
            _ => false,
        };
        let with_trid = forms.iter().any(|form| is_trid(form.slots.first()));
        assert_eq!(with_trid, command.trid != TrId::Never, "{verb}");
        let has_length = |form: &Form| {
            form.slots.iter().any(|slot| match slot {
                Slot::One(m) | Slot::Maybe(m) => *m == Meaning::PayloadLength,
                Slot::Many(m) => *m == Meaning::Unknown,
                _ => false,
            })
        };
        if command.payload != command::Payload::Never {
            assert!(forms.iter().any(has_length), "{verb}");
        }
    }
    for form in FORMS {
        assert!(command::find(form.verb).is_some(), "{form:?}");
    }
}

#[test]
fn any_words_are_survived() {
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
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % 1_000_003).unwrap_or(0) % below
    };
    for _ in 0..20_000 {
        let command = &command::COMMANDS[next(command::COMMANDS.len())];
        let line: Vec<&[u8]> = (0..next(12)).map(|_| words[next(words.len())]).collect();
        let known = [NOBODY, client(9), server(18)][next(3)];
        let reading = read(command.verb, &known, &line);
        assert_eq!(reading.meanings.len(), line.len());
        assert_eq!(read_error(&line, next(2) == 0).meanings.len(), line.len());
    }
}
