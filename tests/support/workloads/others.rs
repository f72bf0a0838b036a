//! Traffic that is neither MSN nor QQ.

use super::{free_port, Site};
use crate::capture::{Capture, Side};

/// Downloads over TLS on port 443, from the first byte of each connection.
pub fn tls(site: Site, frames: usize) -> Capture {
    let mut capture = Capture::new();
    let mut random = site.random(22);
    for number in 0.. {
        if capture.frames.len() >= frames {
            break;
        }
        let tcp = capture.connect(
            site.client(number, free_port(&mut random)),
            site.server(number, 443),
        );
        let mut tls = crate::tls::Tls::open(&mut capture, tcp, None);
        let exchanges = 1 + random.below(6);
        for _ in 0..exchanges {
            let request = 300 + random.below(600);
            tls.send(&mut capture, Side::Client, &vec![0; request]);
            let mut rest = 2_000 + random.below(150_000);
            while rest > 0 {
                let size = rest.min(16_384 - 256);
                rest -= size;
                let record = tls.record(&vec![0; size]);
                capture.send_acknowledged(tcp, Side::Server, &record);
            }
        }
        capture.close(tcp);
    }
    capture
}

/// Pages over HTTP on port 80: requests of a browser, answers of all sizes.
pub fn http(site: Site, frames: usize) -> Capture {
    let mut capture = Capture::new();
    let mut random = site.random(23);
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0";
    let kinds = [
        ("text/html; charset=utf-8", 30_000),
        ("text/css", 8_000),
        ("application/octet-stream", 20_000),
        ("application/javascript", 12_000),
        ("text/plain", 400),
    ];
    for number in 0.. {
        if capture.frames.len() >= frames {
            break;
        }
        let tcp = capture.connect(
            site.client(number, free_port(&mut random)),
            site.server(number, 80),
        );
        for _ in 0..2 + random.below(10) {
            let get = format!(
                "GET /pages/{} HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: {agent}\r\n\
                 Accept: image/avif,image/webp,*/*\r\nAccept-Language: en-US,en;q=0.5\r\n\
                 Connection: keep-alive\r\nReferer: http://www.example.com/\r\n\r\n",
                random.below(100_000)
            );
            capture.send(tcp, Side::Client, get.as_bytes());
            let (kind, size) = kinds[random.below(kinds.len())];
            let size = random.below(size);
            let head = format!(
                "HTTP/1.1 200 OK\r\nDate: Mon, 01 Jan 2001 00:00:00 GMT\r\nServer: Apache\r\n\
                 Content-Type: {kind}\r\nContent-Length: {size}\r\n\r\n"
            );
            let page = b"Lorem ipsum dolor sit amet. ".iter().cycle().take(size);
            let response: Vec<u8> = head.bytes().chain(page.copied()).collect();
            capture.send_acknowledged(tcp, Side::Server, &response);
        }
        capture.close(tcp);
    }
    capture
}

/// Bytes of no protocol over TCP, between ports that none has.
pub fn tcp(site: Site, frames: usize) -> Capture {
    let mut capture = Capture::new();
    let mut random = site.random(24);
    for number in 0.. {
        if capture.frames.len() >= frames {
            break;
        }
        let port = free_port(&mut random);
        let to = site.server(number, free_port(&mut random));
        let tcp = capture.connect(site.client(number, port), to);
        for _ in 0..5 + random.below(40) {
            for side in [Side::Client, Side::Server] {
                let length = 1 + random.below(1400);
                let data = random.bytes(length);
                capture.send(tcp, side, &data);
            }
        }
        capture.close(tcp);
    }
    capture
}

/// Bytes of no protocol over UDP, between ports that none has.
pub fn udp(site: Site, frames: usize) -> Capture {
    let mut capture = Capture::new();
    let mut random = site.random(25);
    for number in 0.. {
        if capture.frames.len() >= frames {
            break;
        }
        let from = site.client(number, free_port(&mut random));
        let to = site.server(number, free_port(&mut random));
        for _ in 0..2 + random.below(30) {
            let lengths = [1 + random.below(1200), 1 + random.below(1200)];
            let [request, response] = lengths.map(|length| random.bytes(length));
            capture.udp(from, to, &request);
            capture.udp(to, from, &response);
        }
    }
    capture
}
