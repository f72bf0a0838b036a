//! Forms of commands that only some dialects or servers use.

use base64::engine::general_purpose::STANDARD;
use base64::Engine as _;

use super::lines::{c, c_with, play, s, s_lines, s_with, SentSegment};
use super::{client, msn_server};
use crate::capture::Capture;

const BOB: &str = "7d4f5204-322a-47a2-90a8-77e72f9711c2";
const CHESS: &str = "2d4b8b8f-1a0e-4c9b-8f51-7d3c6a5e0f21";
const ENDPOINT: &str = "{44bfd5a4-7450-4bda-ba3a-c51b3031126d}";

/// Adds one connection for each group.
pub fn add(capture: &mut Capture) {
    for (number, turns) in [
        first(),
        refused(),
        versions(),
        guids(),
        networks(),
        endpoints(),
    ]
    .into_iter()
    .enumerate()
    {
        let port = 2000 + number as u16;
        let tcp = capture.connect(client(27, port), msn_server(2, 1863));
        play(capture, tcp, turns);
    }
}

/// The password in clear, in MSNP2 only.
fn first() -> Vec<SentSegment> {
    vec![
        c("VER 0 MSNP2"),
        s("VER 0 MSNP2"),
        c("INF 1"),
        s("INF 1 MD5,CTP"),
        c("USR 2 CTP I alice@example.com"),
        s("USR 2 CTP S"),
        c("USR 3 CTP S invented"),
        s("USR 3 OK alice@example.com Alice"),
        c("SYN 4 0"),
        s("SYN 4 1"),
        // A draft's error, with the reason in words.
        c("FND 5 fname=Bob"),
        s("300 5 Required fields missing"),
        c("OUT"),
    ]
}

/// No dialect in common.
fn refused() -> Vec<SentSegment> {
    vec![
        c("VER 1 MSNP1 CVR0"),
        s("VER 1 0"),
        c("VER 2 MSNP1 CVR0"),
        s("VER 2 0 MSNP9 MSNP8 CVR0"),
    ]
}

/// Versions of the list at unusual places (docs/protocol/msnp.md §2.4, §11).
fn versions() -> Vec<SentSegment> {
    let list = [
        "SYN 4 1",
        "PRP 1 PHW 1%20555%200100",
        "PRP MFN Alice",
        "BPR 4 PHM +1%20(555)%200100",
        "BPR 4 bob@example.net PHH",
        "LST 4 AL 1 1 1 bob@example.net Bob ",
    ];
    vec![
        c("VER 1 MSNP7 MSNP6 CVR0"),
        s("VER 1 MSNP7"),
        c("SYN 4 0"),
        s_lines(&list),
        c("ADD 5 FL bob@example.net Bob 2"),
        s("ADD 5 825 FL bob@example.net Bob 2"),
        c("ADD 9 FL bob@example.net 7"),
        s("224 9"),
        c("REG 6 2 Games 0"),
        s("REG 6 826 Games 0"),
        c("RMG 7 2"),
        s("RMG 7 827 2"),
        c("URL 8 COMPOSE bob@example.net"),
        s("URL 8 /compose https://login.example.com"),
        s("XFR 0 NS 0"),
    ]
}

/// Contacts and groups by GUID, and the number 1 where it is no version.
fn guids() -> Vec<SentSegment> {
    vec![
        c("VER 1 MSNP11 MSNP10 CVR0"),
        s("VER 1 MSNP11"),
        c("CVR 2 0x0804 winnt 5.1 i386 MSNMSGR 7.0.0777 msmsgs alice@example.com"),
        s("CVR 2 7.0.0777 7.0.0777 7.0.0777"),
        c("USR 3 TWN I alice@example.com"),
        s("XFR 3 NS 198.51.100.2:1863 0 198.51.100.1:1863"),
        c("SYN 4 14 3"),
        s("SYN 4 14 3"),
        s(&format!("LST N=bob@example.net C={BOB} 3 {CHESS}")),
        s("BPR bob@example.net MOB Y"),
        s("PRP 5 PHH 555%200100"),
        c("BLP 6 BL"),
        s("BLP 6 BL"),
        c("GTC 7 N"),
        s("GTC 7 N"),
        c(&format!("REG 8 {CHESS} Chess%20club 0")),
        s(&format!("REG 8 {CHESS} Chess%20club 0")),
        // MSN 7.0 sends the group's name instead of its id.
        c("RMG 9 Chess%20club"),
        s(&format!("RMG 9 {CHESS}")),
        c(&format!("REM 10 FL {BOB} {CHESS}")),
        s(&format!("REM 10 FL {BOB} {CHESS}")),
        c("SBP 11 bob@example.net MFN Bobby%20B"),
        s("REM 0 RL bob@example.net"),
        s("OUT"),
    ]
}

/// Other networks, and parameters that MSNP13 to MSNP15 add after a name.
fn networks() -> Vec<SentSegment> {
    vec![
        c("VER 1 MSNP15 MSNP14 CVR0"),
        s("VER 1 MSNP15"),
        s("ILN 2 NLN dave@example.com 2 Dave 0 0 http://www.example.com/dave.png"),
        s("FLN dave@example.com 2 0 http://www.example.com/dave.png"),
        s("NLN BSY bob@example.net 1 Bob 1342558252 %3Cmsnobj%2F%3E"),
        c("XFR 3 SB"),
        s("XFR 3 SB 198.51.100.3 CKI 1000000800.17693 U messenger.example.com"),
        s("RNG 0c07a5b1 198.51.100.3 CKI f5683c79 bob@example.net Bob U messenger.example.com"),
        c_with("PGD 4 bob@example.net 2", "Lunch?"),
        s("800 4"),
    ]
}

/// Several endpoints for one account (MSNP16 to MSNP18), and the encrypted response to a
/// nonce.
fn endpoints() -> Vec<SentSegment> {
    let ticket = format!(
        "<SignedTicket xmlns=\"urn:invented\">{}</SignedTicket>",
        "QUJD".repeat(240)
    );
    vec![
        c("VER 1 MSNP18 MSNP16 CVR0"),
        s("VER 1 MSNP18"),
        s("USR 2 SSO S MBI_KEY_OLD SW52ZW50ZWQgbm9uY2U="),
        c(&format!(
            "USR 3 SSO S t=5INVENTEDticket&p= {} {ENDPOINT}",
            STANDARD.encode(response())
        )),
        c(&format!("USR 4 SHA A {}", STANDARD.encode(ticket))),
        s("ILN 5 NLN 1:bob@example.net Bob 2789003300:48 0"),
        s("FLN 1:bob@example.net;via=9:00000000-0000-0000-0009-000000000001@example.com 0:0"),
        s_with(
            "UBM 32:carol@example.org 32 1:alice@example.com 1 2",
            "\r\n",
        ),
        s("GSB 0 x"),
    ]
}

/// A single sign-on response: the header of §6.3, and invented parts.
fn response() -> Vec<u8> {
    let numbers = [28_u32, 1, 0x6603, 0x8004, 8, 20, 72];
    let header = numbers.iter().flat_map(|number| number.to_le_bytes());
    header.chain(0..100).collect()
}
