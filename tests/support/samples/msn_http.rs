//! The HTTP gateway: the same commands as bodies of requests and responses, and the
//! Passport login, which gives the ticket.

use super::lines::{line, text, with};
use super::{client, msn_server, passport};
use crate::capture::{Capture, Endpoint, Side, Tcp};

const GATEWAY: &str = "gateway.example.com";

pub fn capture() -> Capture {
    let mut capture = Capture::new();
    notification(&mut capture);
    switchboard(&mut capture);
    revival(&mut capture);
    capture
}

/// A gateway session: its id has a part that changes with every response.
struct Session {
    id: &'static str,
    turn: u32,
    host: String,
}

impl Session {
    fn new(id: &'static str) -> Self {
        Self {
            id,
            turn: 13_160,
            host: GATEWAY.to_owned(),
        }
    }

    fn id(&self) -> String {
        format!("SessionID={}.{}", self.id, self.turn)
    }

    fn open(&self, capture: &mut Capture, tcp: Tcp, query: &str, body: &[u8]) {
        let query = format!("Action=open&{query}");
        capture.send(tcp, Side::Client, &request(GATEWAY, &query, body));
    }

    fn post(&self, capture: &mut Capture, tcp: Tcp, body: &[u8]) {
        let request = request(&self.host, &self.id(), body);
        capture.send(tcp, Side::Client, &request);
    }

    fn poll(&self, capture: &mut Capture, tcp: Tcp) {
        let query = format!("Action=poll&{}", self.id());
        capture.send(tcp, Side::Client, &request(&self.host, &query, b""));
    }

    fn respond(&mut self, capture: &mut Capture, tcp: Tcp, end: &str, body: &[u8]) {
        self.turn += 7;
        self.host = "198.51.100.8".to_owned();
        let head = format!(
            "HTTP/1.0 200 OK\r\nServer: Microsoft-IIS/5.0\r\n\
             X-MSN-Messenger: {}; GW-IP={}{end}\r\n\
             Content-Length: {}\r\nContent-Type: application/x-msn-messenger\r\n\
             Proxy-Connection: keep-alive\r\n\r\n",
            self.id(),
            self.host,
            body.len()
        );
        capture.send(tcp, Side::Server, &[head.as_bytes(), body].concat());
    }
}

/// A request for a gateway, to a proxy.
pub(crate) fn request(host: &str, query: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST http://{host}/gateway/gateway.dll?{query} HTTP/1.1\r\n\
         Accept: */*\r\nUser-Agent: MSMSGS\r\nHost: {host}\r\n\
         Proxy-Connection: Keep-Alive\r\nConnection: Keep-Alive\r\nPragma: no-cache\r\n\
         Content-Type: application/x-msn-messenger\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn proxy() -> Endpoint {
    msn_server(8, 80)
}

fn notification(capture: &mut Capture) {
    let mut session = Session::new("954547325");
    let tcp = capture.connect(client(50, 1025), proxy());
    let open = "Server=NS&IP=messenger.example.com";
    session.open(capture, tcp, open, &line("VER 5 MSNP8 CVR0"));
    session.respond(capture, tcp, "", &line("VER 5 MSNP8 CVR0"));
    let two = [
        line("CVR 6 0x0409 winnt 5.1 i386 MSNMSGR 5.0.0537 MSMSGS alice@example.com"),
        line("USR 7 TWN I alice@example.com"),
    ];
    session.post(capture, tcp, &two.concat());
    let two = [
        line("CVR 6 5.0.0537 5.0.0537 1.0.0863 http://download.example.com/mm.exe http://messenger.example.com"),
        line(&format!("USR 7 TWN S {}", passport::CHALLENGE)),
    ];
    session.respond(capture, tcp, "", &two.concat());
    passport::login(capture);
    let ticket = line(&format!("USR 8 TWN S {}", passport::TICKET));
    session.post(capture, tcp, &ticket);
    session.respond(capture, tcp, "", b"");
    session.poll(capture, tcp);
    let welcome = line("USR 8 OK alice@example.com Alice 1 0");
    session.respond(capture, tcp, "", &welcome);
    session.poll(capture, tcp);
    // Commands and payloads that continue in the next response.
    let message = with("MSG bob@example.net Bob", text("In two responses"));
    let (first, second) = message.split_at(100);
    session.respond(capture, tcp, "", first);
    session.poll(capture, tcp);
    let (half, other_half) = (&b"FLN bob@exam"[..], &b"ple.net\r\nQNG 50\r\n"[..]);
    let parts = [second, &line("QNG 60"), half].concat();
    session.respond(capture, tcp, "", &parts);
    capture.close(tcp);
    // The proxy has closed the connection: the session continues in the next one.
    let tcp = capture.connect(client(50, 1027), proxy());
    session.poll(capture, tcp);
    session.respond(capture, tcp, "", other_half);
    session.post(capture, tcp, &line("OUT"));
    session.respond(capture, tcp, "; Session=close", b"");
    capture.close(tcp);
}

/// Request and response in several segments, and a chunked body.
fn switchboard(capture: &mut Capture) {
    let mut session = Session::new("954547411");
    let tcp = capture.connect(client(50, 1026), proxy());
    let login = line("USR 3 alice@example.com 214963.1047973248.28908");
    session.open(capture, tcp, "Server=SB&IP=198.51.100.3", &login);
    session.respond(capture, tcp, "", &line("USR 3 OK alice@example.com Alice"));
    let message = with("MSG 4 A", text("Through the gateway, in many segments"));
    let message = request(&session.host, &session.id(), &message);
    capture.send_cut(tcp, Side::Client, &message, 100);
    session.respond(capture, tcp, "", &line("ACK 4"));
    session.poll(capture, tcp);
    session.turn += 7;
    let head = format!(
        "HTTP/1.1 200 OK\r\nX-MSN-Messenger: {}; GW-IP=198.51.100.8\r\n\
         Content-Type: application/x-msn-messenger\r\n\
         Transfer-Encoding: chunked\r\n\r\n15\r\nBYE bob@example.net\r\n\r\n0\r\n\r\n",
        session.id()
    );
    capture.send(tcp, Side::Server, head.as_bytes());
}

/// A later client and server: long polls, ids of one part, another host, another type.
fn revival(capture: &mut Capture) {
    const ID: &str = "6b1a0c52-7d1e-4e0c-9a3f-3d0d5f6f2c11";
    let tcp = capture.connect(client(51, 1025), proxy());
    let post = |query: &str, body: &[u8]| {
        let head = format!(
            "POST /gateway/gateway.dll?{query} HTTP/1.1\r\nHost: {GATEWAY}\r\n\
             Content-Type: text/xml; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    };
    let respond = |body: &[u8]| {
        let head = format!(
            "HTTP/1.1 200 OK\r\nX-MSN-Host: gateway2.example.com\r\n\
             X-MSN-Messenger: SessionID={ID};GW-IP=gateway.example.com;Session=open\r\n\
             Content-Type: application/x-msn-messenger\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    };
    let version = line("VER 1 MSNP15 CVR0");
    capture.send(tcp, Side::Client, &post("Action=open&Server=NS", &version));
    capture.send(tcp, Side::Server, &respond(&version));
    let poll = format!("SessionID={ID}&Action=poll&Lifespan=60");
    capture.send(tcp, Side::Client, &post(&poll, b""));
    capture.send(tcp, Side::Server, &respond(b""));
    capture.send(
        tcp,
        Side::Client,
        &post(&format!("SessionID={ID}"), &line("PNG")),
    );
    capture.send(tcp, Side::Server, &respond(&line("QNG 60")));
    let odd = format!("SessionID={ID}&Action=poll&Lifespan=long");
    // Two messages in one segment, one of which is not the gateway's.
    let other = b"GET /passport.html HTTP/1.1\r\nHost: www.example.com\r\n\r\n";
    let both = [&other[..], &post(&odd, b"")].concat();
    capture.send(tcp, Side::Client, &both);
}
