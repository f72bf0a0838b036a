//! The HTTP gateway: the same commands as bodies of requests and responses.

use super::lines::{line, text, with};
use super::{client, msn_server};
use crate::support::capture::{Capture, Side, Tcp};

const SESSION: &str = "954547325.13160";

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    notification(&mut capture);
    switchboard(&mut capture);
    capture
}

fn notification(capture: &mut Capture) {
    let tcp = capture.connect(client(50, 1025), msn_server(8, 80));
    let open = "Action=open&Server=NS&IP=messenger.example.com";
    post(capture, tcp, open, &line("VER 5 MSNP8 CVR0"));
    respond(capture, tcp, "", &line("VER 5 MSNP8 CVR0"));
    let id = format!("SessionID={SESSION}");
    let two = [
        line("CVR 6 0x0409 winnt 5.1 i386 MSNMSGR 5.0.0537 MSMSGS alice@example.com"),
        line("USR 7 TWN I alice@example.com"),
    ];
    post(capture, tcp, &id, &two.concat());
    let two = [
        line("CVR 6 5.0.0537 5.0.0537 1.0.0863 http://download.example.com/mm.exe http://messenger.example.com"),
        line("USR 7 TWN S lc=1033,id=507,tw=40"),
    ];
    respond(capture, tcp, "", &two.concat());
    let poll = format!("Action=poll&{id}");
    post(capture, tcp, &poll, b"");
    respond(capture, tcp, "", b"");
    post(capture, tcp, &poll, b"");
    // Commands and payloads that go on in the next response.
    let message = with("MSG bob@example.net Bob", text("In two responses"));
    let (first, second) = message.split_at(100);
    respond(capture, tcp, "", first);
    post(capture, tcp, &poll, b"");
    let (half, other_half) = (&b"FLN bob@exam"[..], &b"ple.net\r\nQNG 50\r\n"[..]);
    respond(capture, tcp, "", &[second, &line("QNG 60"), half].concat());
    post(capture, tcp, &poll, b"");
    respond(capture, tcp, "", other_half);
    post(capture, tcp, &id, &line("OUT"));
    respond(capture, tcp, "; Session=close", b"");
    capture.close(tcp);
}

/// Request and response in several segments.
fn switchboard(capture: &mut Capture) {
    let tcp = capture.connect(client(50, 1026), msn_server(8, 80));
    let login = line("USR 3 alice@example.com 214963.1047973248.28908");
    post(
        capture,
        tcp,
        "Action=open&Server=SB&IP=198.51.100.3",
        &login,
    );
    respond(capture, tcp, "", &line("USR 3 OK alice@example.com Alice"));
    let message = with("MSG 4 A", text("Through the gateway, in many segments"));
    let request = request(&format!("SessionID={SESSION}"), &message);
    capture.send_cut(tcp, Side::Client, &request, 100);
    respond(capture, tcp, "", &line("ACK 4"));
}

fn request(query: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST http://gateway.example.com/gateway/gateway.dll?{query} HTTP/1.1\r\n\
         Accept: */*\r\nUser-Agent: MSMSGS\r\nHost: gateway.example.com\r\n\
         Proxy-Connection: Keep-Alive\r\nConnection: Keep-Alive\r\nPragma: no-cache\r\n\
         Content-Type: application/x-msn-messenger\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn post(capture: &mut Capture, tcp: Tcp, query: &str, body: &[u8]) {
    capture.send(tcp, Side::Client, &request(query, body));
}

fn respond(capture: &mut Capture, tcp: Tcp, session_end: &str, body: &[u8]) {
    let head = format!(
        "HTTP/1.0 200 OK\r\nServer: Microsoft-IIS/5.0\r\n\
         X-MSN-Messenger: SessionID={SESSION}; GW-IP=198.51.100.8{session_end}\r\n\
         Content-Length: {}\r\nContent-Type: application/x-msn-messenger\r\n\
         Proxy-Connection: keep-alive\r\n\r\n",
        body.len()
    );
    capture.send(tcp, Side::Server, &[head.as_bytes(), body].concat());
}
