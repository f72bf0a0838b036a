//! Every command in its documented forms: dialects MSNP2 to MSNP12.

use super::lines::{c, c_with, play, profile, s, s_lines, s_with, PICTURE};
use super::{client, msn_commands_calls, msn_commands_late, msn_commands_rare, msn_server};
use crate::capture::Capture;

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    msnp3(&mut capture);
    msnp7(&mut capture);
    msnp7_lists(&mut capture);
    msnp9(&mut capture);
    msnp12(&mut capture);
    msn_commands_late::add(&mut capture);
    msn_commands_calls::add(&mut capture);
    msn_commands_rare::add(&mut capture);
    unknown(&mut capture);
    capture
}

/// The first dialects send less about the client.
fn msnp3(capture: &mut Capture) {
    let tcp = capture.connect(client(20, 1023), msn_server(1, 1863));
    let turns = [
        c("VER 0 MSNP3 MSNP2 CVR0"),
        s("VER 0 MSNP3"),
        c("CVR 1 0x0409 win 4.10 i386 MSMSGS 2.0.0083"),
        s("CVR 1 2.0.0083 2.0.0083 1.0.0863 http://download.example.com/mm.exe http://messenger.example.com"),
        c("SND 2 grace@example.org 0x0409 MSMSGS"),
        s("SND 2 OK"),
    ];
    play(capture, tcp, turns);
    let tcp = capture.connect(client(20, 1024), msn_server(1, 1863));
    let turns = [
        c("VER 0 MSNP5 MSNP4 CVR0"),
        s("VER 0 MSNP5"),
        c("CVR 1 0x0409 win 4.10 i386 MSMSGS 3.0.0283 MSMSGS"),
        s("CVR 1 3.0.0283 3.0.0283 1.0.0863 http://download.example.com/mm.exe http://messenger.example.com"),
        s("XFR 0 NS 0"),
    ];
    play(capture, tcp, turns);
}

/// The login of MSNP2 to MSNP7, and commands of these dialects only.
fn msnp7(capture: &mut Capture) {
    let tcp = capture.connect(client(20, 1025), msn_server(1, 1863));
    let invitation = "Get MSN Messenger: http://messenger.example.com\r\n";
    let page = "<TEXT xml:space=\"preserve\" enc=\"utf-8\">Call me</TEXT>";
    let turns = [
        c("VER 0 MSNP7 MSNP6 MSNP5 MSNP4 CVR0"),
        s("VER 0 CVR0"),
        // The seventh parameter is empty.
        c("CVQ 1 0x0409 win 4.10 i386 MSMSGS 4.5.0121 "),
        s("CVQ 1 4.6.0073 4.6.0073 1.0.0863 http://download.example.com/mm.exe http://messenger.example.com"),
        c("VER 2 MSNP7 MSNP6 MSNP5 MSNP4 CVR0"),
        s("VER 2 MSNP7"),
        c("INF 3"),
        s("INF 3 MD5"),
        c("USR 4 MD5 I alice@example.com"),
        s("USR 4 MD5 S 1013928519.693957190"),
        c("USR 5 MD5 S 00112233445566778899aabbccddeeff"),
        s("USR 5 OK alice@example.com Alice 1"),
        s_with("MSG Hotmail Hotmail", profile("alice@example.com", false)),
        c("IMS 6 OFF"),
        s("IMS 6 0 OFF"),
        c("FND 7 fname=Bob lname=* city=* state=* country=US"),
        s_lines(&[
            "FND 7 1 2 fname=Bob lname=Builder city=Springfield state=XX country=US",
            "FND 7 2 2 fname=Bob lname=Baker city=Springfield state=XX country=US",
        ]),
        c("FND 8 fname=Nobody lname=* city=* state=* country=US"),
        s("FND 8 0 0"),
        c("SND 9 grace@example.org"),
        s("SND 9 OK"),
        c("SND 10 grace@example.org 0x0409 MSMSGS MSMSGS"),
        s("SND 10 OK"),
        c_with("SDC 11 grace@example.org 0x0409 MSMSGS MSMSGS X X Alice", invitation),
        s("SDC 11 OK"),
        c_with("SDC 12 1 0x0409 MSMSGS MSMSGS X X Alice", ""),
        s("SDC 12 OK"),
        c_with("PAG 13 bob@example.net", page),
        s_with("IPG", notification(page)),
        c("URL 14 INBOX 0x0409"),
        s("URL 14 /cgi-bin/inbox https://login.example.com/ppsecure 2"),
        c("URL 15 PASSWORD"),
        s("URL 15 /cgi-bin/password https://login.example.com/ppsecure 2"),
        c("PNG"),
        s("QNG"),
        s("OUT OTH"),
    ];
    play(capture, tcp, turns);
}

/// List commands with the transaction ID and the version of the list.
fn msnp7_lists(capture: &mut Capture) {
    let tcp = capture.connect(client(20, 1026), msn_server(2, 1863));
    let synchronised = [
        "SYN 4 14",
        "GTC 4 14 A",
        "BLP 4 14 AL",
        "PRP 4 14 PHH 555%200100",
        "PRP 4 14 PHW",
        "LSG 4 14 1 2 0 Friends 0",
        "LSG 4 14 2 2 1 At%20work 0",
        "LST 4 FL 14 1 2 bob@example.net Bob 0",
        "BPR 14 bob@example.net PHM 555%200101",
        "BPR 14 bob@example.net PHW",
        "LST 4 FL 14 2 2 carol@example.org Carol 0,1",
        "LST 4 AL 14 1 1 bob@example.net Bob ",
        "LST 4 BL 14 0 0",
        "LST 4 RL 14 1 1 bob@example.net Bob",
    ];
    let turns = [
        c("VER 1 MSNP7 CVR0"),
        s("VER 1 MSNP7 CVR0"),
        c("SYN 4 8"),
        s_lines(&synchronised),
        c("CHG 5 NLN"),
        s("CHG 5 NLN"),
        s("ILN 5 NLN bob@example.net Bob"),
        s("NLN IDL bob@example.net Bob"),
        s("FLN bob@example.net"),
        c("LST 6 RL"),
        s("LST 6 RL 14 1 1 bob@example.net Bob"),
        c("LSG 7"),
        s_lines(&["LSG 7 14 1 2 0 Friends 0", "LSG 7 14 2 2 1 At%20work 0"]),
        c("CHL 8"),
        s("CHL 0 99651059718100445121"),
        c_with(
            "QRY 9 msmsgs@msnmsgr.com",
            "00112233445566778899aabbccddeeff",
        ),
        s("540 9"),
        c("ADD 10 FL frank@example.net frank@example.net 0"),
        s("ADD 10 FL 15 frank@example.net frank@example.net 0"),
        c("REA 11 frank@example.net Frankie"),
        s("REA 11 16 frank@example.net Frankie"),
        c("REM 12 FL frank@example.net 0"),
        s("REM 12 FL 17 frank@example.net 0"),
        c("ADG 13 New%20group 0"),
        s("ADG 13 18 New%20group 2 0"),
        c("REG 14 2 Семья 0"),
        s("REG 14 19 2 Семья 0"),
        c("RMG 15 2"),
        s("RMG 15 20 2"),
        c("BLP 16 BL"),
        s("BLP 16 21 BL"),
        c("GTC 17 N"),
        s("GTC 17 22 N"),
        c("PRP 18 PHM 555%200102"),
        s("PRP 18 23 PHM 555%200102"),
        s("BPR 24 bob@example.net MOB Y"),
        c("XFR 19 SB"),
        s("XFR 19 SB 198.51.100.3 CKI 1000000300.17693"),
        s("XFR 0 NS 198.51.100.4:1863 0"),
        s("OUT SSD"),
    ];
    play(capture, tcp, turns);
}

/// MSNP8 and MSNP9: tickets, the short SYN block, pages.
fn msnp9(capture: &mut Capture) {
    let tcp = capture.connect(client(21, 1025), msn_server(2, 1863));
    let page = "<TEXT xml:space=\"preserve\" enc=\"utf-8\">Lunch?</TEXT>";
    let list = [
        "SYN 5 15 2 1",
        "GTC A",
        "BLP AL",
        "PRP PHH 555%200100",
        "LSG 0 Other%20Contacts 0",
        "LST bob@example.net Bob 11 0",
        "BPR PHH 555%200101",
        "LST carol@example.org Carol 8",
    ];
    let turns = [
        c("VER 1 MSNP9 MSNP8 CVR0"),
        s("VER 1 MSNP9 CVR0"),
        c("CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 6.0.0602 MSMSGS alice@example.com"),
        s("CVR 2 6.0.0602 6.0.0602 1.0.0863 http://download.example.com/mm.exe http://messenger.example.com"),
        c("USR 3 TWN I alice@example.com"),
        s("USR 3 TWN S lc=1033,id=507,tw=40,fs=1,kpp=1,kv=5"),
        c("USR 4 TWN S t=5INVENTEDticket$$&p="),
        s("USR 4 OK alice@example.com Alice 1 0"),
        c("SYN 5 14"),
        s_lines(&list),
        c(&format!("CHG 6 BSY 268435456 {PICTURE}")),
        s(&format!("CHG 6 BSY 268435456 {PICTURE}")),
        s("ILN 6 NLN bob@example.net B%20[b]☃[/b] 268435500 0"),
        s("NLN IDL bob@example.net Bob 0"),
        c_with("PGD 7 bob@example.net 1", page),
        c_with("PGD 8 tel:+15550100 2", page),
        s_with("NOT", notification(page)),
        s("ADD 0 RL 16 frank@example.net Frank"),
        s("REM 0 RL 17 frank@example.net"),
        s("CHG 0 FLN"),
        c("PNG"),
        s("QNG 45"),
        c("OUT"),
    ];
    play(capture, tcp, turns);
}

/// MSNP10 to MSNP12: contacts and groups with GUIDs; extended data.
fn msnp12(capture: &mut Capture) {
    let tcp = capture.connect(client(22, 1025), msn_server(2, 1863));
    let bob = "7d4f5204-322a-47a2-90a8-77e72f9711c2";
    let friends = "d35fe492-0a6e-43d3-97ae-64b3a45919dd";
    let data = "<Data><PSM>Très occupé ☆</PSM><CurrentMedia></CurrentMedia></Data>";
    let list = [
        "SYN 4 2005-04-23T18:57:44.8130000-07:00 2005-04-23T18:57:54.207-07:00 3 1",
        "GTC A",
        "BLP AL",
        "PRP MFN Alice",
        "PRP MBE N",
        &format!("LSG Friends {friends}"),
        &format!("LST N=bob@example.net F=Bob C={bob} 11 {friends}"),
        "BPR HSB 1",
        "LST N=carol@example.org 10",
        "LST N=dave@example.com F=Dave 19 1 ",
    ];
    let turns = [
        c("VER 1 MSNP12 MSNP11 MSNP10 CVR0"),
        s("VER 1 MSNP12 MSNP11 MSNP10 CVR0"),
        c("USR 2 TWN S t=5INVENTEDticket$$&p="),
        s("USR 2 OK alice@example.com 1 0"),
        s("SBS 0 null"),
        s_with("MSG Hotmail Hotmail", profile("alice@example.com", true)),
        c("SYN 4 2005-04-23T18:57:44.8130000-07:00 2005-04-23T18:57:54.2070000-07:00"),
        s_lines(&list),
        c("GCF 5 Shields.xml"),
        s_with(
            "GCF 5 Shields.xml",
            "<config><shield><cli maj=\"7\" min=\"0\" deny=\" \"/></shield></config>",
        ),
        c("CHG 6 NLN 1073791084"),
        s("CHG 6 NLN 1073791084"),
        c_with("UUX 7", data),
        s_with("UUX 7", ""),
        s("ILN 6 NLN bob@example.net Bob 1073791084 0"),
        s_with("UBX bob@example.net", data),
        s_with("UBX carol@example.org", ""),
        c("ADC 8 FL N=grace@example.org F=grace@example.org"),
        s("ADC 8 FL N=grace@example.org F=grace@example.org C=a20c22fe-aa65-42de-b55b-a39bbc0e6e5f"),
        c(&format!("ADC 9 FL C={bob} {friends}")),
        s(&format!("ADC 9 FL C={bob} {friends}")),
        c("ADC 10 AL N=tel:+15550100"),
        s("ADC 10 AL N=tel:+15550100"),
        s("ADC 0 RL N=frank@example.net F=Frank"),
        c(&format!("SBP 11 {bob} MFN Bobby")),
        s(&format!("SBP 11 {bob} MFN Bobby")),
        c("ADG 12 Chess 0"),
        s("ADG 12 Chess 2d4b8b8f-1a0e-4c9b-8f51-7d3c6a5e0f21 0"),
        c("REG 13 2d4b8b8f-1a0e-4c9b-8f51-7d3c6a5e0f21 Go 0"),
        s("REG 13 1 Go 2d4b8b8f-1a0e-4c9b-8f51-7d3c6a5e0f21 0"),
        c("RMG 14 2d4b8b8f-1a0e-4c9b-8f51-7d3c6a5e0f21"),
        s("RMG 14 1 2d4b8b8f-1a0e-4c9b-8f51-7d3c6a5e0f21"),
        c(&format!("REM 15 FL {bob}")),
        s(&format!("REM 15 FL {bob}")),
        // Only the names of these are known.
        c("GSB 16"),
        c("LKP 17"),
        s("OUT MIG"),
        s("OUT TOU"),
        s("OUT RCT 5"),
    ];
    play(capture, tcp, turns);
}

/// Commands of no known version, without and with a payload.
fn unknown(capture: &mut Capture) {
    let tcp = capture.connect(client(29, 1025), msn_server(2, 1863));
    let turns = [
        c("VER 1 MSNP9 CVR0"),
        s("VER 1 MSNP9 CVR0"),
        c("ABC 18"),
        s("200 18"),
        c_with("XYZ 19", "<data>12345</data>"),
        s("XYZ 19 OK"),
        c("XYZ 20 5"),
        c("PNG"),
        s("QNG 50"),
    ];
    play(capture, tcp, turns);
}

/// The wrapper of alerts and of pages from phones.
fn notification(body: &str) -> String {
    format!(
        "<NOTIFICATION ver=\"2\" id=\"1342902633\" siteid=\"199999999\" \
         siteurl=\"http://alerts.example.com\"><TO pid=\"0x06bde6d9:0x00000001\" \
         name=\"alice@example.com\"/><MSG pri=\"1\" id=\"1342902633\">\
         <BODY lang=\"1033\" icon=\"\">{body}</BODY></MSG></NOTIFICATION>"
    )
}
