//! Builds what MSN clients and servers send: lines, payloads with their length, turns.

use crate::capture::{Capture, Side, Tcp};

/// The sender, and the bytes of one segment.
pub type SentSegment = (Side, Vec<u8>);

/// A command line.
pub fn line(text: &str) -> Vec<u8> {
    [text.as_bytes(), b"\r\n"].concat()
}

/// A command line that ends with the length of `payload`, and the payload.
pub fn with(command: &str, payload: impl AsRef<[u8]>) -> Vec<u8> {
    let payload = payload.as_ref();
    let line = format!("{command} {}\r\n", payload.len());
    [line.as_bytes(), payload].concat()
}

/// The client's command line.
pub fn c(text: &str) -> SentSegment {
    (Side::Client, line(text))
}

/// The client's command with a payload.
pub fn c_with(command: &str, payload: impl AsRef<[u8]>) -> SentSegment {
    (Side::Client, with(command, payload))
}

/// The server's command line.
pub fn s(text: &str) -> SentSegment {
    (Side::Server, line(text))
}

/// The server's command with a payload.
pub fn s_with(command: &str, payload: impl AsRef<[u8]>) -> SentSegment {
    (Side::Server, with(command, payload))
}

/// Several command lines of the server in one segment.
pub fn s_lines(lines: &[&str]) -> SentSegment {
    (Side::Server, lines.iter().flat_map(|l| line(l)).collect())
}

/// Sends the turns on a connection.
pub fn play(capture: &mut Capture, tcp: Tcp, turns: impl IntoIterator<Item = SentSegment>) {
    for (side, data) in turns {
        capture.send(tcp, side, &data);
    }
}

/// A message with MIME headers.
pub fn mime(content_type: &str, headers: &[&str], body: &str) -> String {
    let mut text = format!("MIME-Version: 1.0\r\nContent-Type: {content_type}\r\n");
    for header in headers {
        text.push_str(header);
        text.push_str("\r\n");
    }
    text + "\r\n" + body
}

/// A typing notification.
pub fn typing(account: &str) -> String {
    let user = format!("TypingUser: {account}");
    mime("text/x-msmsgscontrol", &[&user], "\r\n")
}

/// A text message.
pub fn text(words: &str) -> String {
    let format = "X-MMS-IM-Format: FN=MS%20Shell%20Dlg; EF=; CO=0; CS=0; PF=0";
    mime("text/plain; charset=UTF-8", &[format], words)
}

/// The profile that a server sends after the login.
pub fn profile(account: &str, dialect_10: bool) -> String {
    let preferred = format!("preferredEmail: {account}");
    let mut headers = vec![
        "LoginTime: 1000000000",
        "EmailEnabled: 1",
        "MemberIdHigh: 65536",
        "MemberIdLow: 123456789",
        "lang_preference: 1033",
        &preferred,
        "country: US",
        "PostalCode: ",
        "Gender: ",
        "Kid: 0",
        "Age: ",
        "BDayPre: ",
        "Birthday: ",
        "Wallet: ",
        "Flags: 1073742915",
        "sid: 507",
        "kv: 5",
        "MSPAuth: 5INVENTEDticketINVENTEDticketINVENTEDticket$$",
        "ClientIP: 192.0.2.10",
        "ClientPort: 260",
    ];
    if dialect_10 {
        headers.push("ABCHMigrated: 1");
    }
    mime("text/x-msmsgsprofile; charset=UTF-8", &headers, "")
}

/// A display picture, as in CHG and NLN.
pub const PICTURE: &str = "%3Cmsnobj%20Creator%3D%22bob%40example.net%22%20Size%3D%2218309%22%20\
    Type%3D%223%22%20Location%3D%22TFR2C2.tmp%22%20Friendly%3D%22AAA%3D%22%20\
    SHA1D%3D%22u7vpx1b5%2BVdE5Jg%2FmuJ5nO5tO8U%3D%22%20\
    SHA1C%3D%22cO3WQ2mO%2FhV7ZZ8kzTtr1cU3Y3w%3D%22%2F%3E";
