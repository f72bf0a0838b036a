//! Hostile bodies: for any type, and for the types of the hand-offs.

use test_support::samples::SplitMix64;

/// Maximum number of levels tried.
const LEVELS: usize = 300_000;
/// imshark accepts MSN payloads of up to 1,000,000 bytes, including their heads.
const LONGEST: usize = 999_000;

/// Bodies for every type.
pub fn small() -> Vec<Vec<u8>> {
    let mut random = SplitMix64::new(1);
    let mut bodies = vec![Vec::new(), vec![0], b"<".to_vec(), vec![0xff]];
    bodies.extend((0..2).map(|_| random.bytes(40)));
    bodies
}

/// Every form of nesting with its name, as deep as a payload has room for.
pub fn deep() -> Vec<(&'static str, Vec<u8>)> {
    let forms = [
        ("xml", b"<a>".to_vec()),
        ("json", b"[".to_vec()),
        ("json objects", b"{\"a\":".to_vec()),
        ("cbor", b"\x81".to_vec()),
        ("cbor tags", b"\xc1".to_vec()),
        ("cbor of any length", b"\x9f".to_vec()),
        ("msgpack", b"\x91".to_vec()),
        ("ber", b"\x30\x80".to_vec()),
        ("amf", b"\x0a\0\0\0\x01".to_vec()),
        ("amf objects", b"\x03\0\x01a".to_vec()),
        ("groups of protobuf", b"\x0b".to_vec()),
        ("multipart", part("multipart/mixed; boundary=b")),
        ("messages", part("message/rfc822")),
        (
            "sip",
            b"INVITE sip:a SIP/2.0\r\nContent-Type: message/sip\r\n\r\n".to_vec(),
        ),
        (
            "http",
            b"HTTP/1.1 200 OK\r\nContent-Type: message/http\r\n\r\n".to_vec(),
        ),
    ];
    let mut bodies: Vec<_> = forms
        .into_iter()
        .map(|(name, form)| (name, form.repeat(LEVELS.min(LONGEST / form.len()))))
        .collect();
    bodies.push(("protobuf", nested_protobuf(LONGEST)));
    bodies
}

fn part(media: &str) -> Vec<u8> {
    format!("--b\r\nContent-Type: {media}\r\n\r\n").into_bytes()
}

/// Protocol Buffers messages, each the only field of the next outer one.
fn nested_protobuf(len: usize) -> Vec<u8> {
    // Built backwards, from the innermost message on.
    let mut bytes = Vec::new();
    while bytes.len() < len {
        let mut head = vec![0x0a];
        let mut rest = bytes.len();
        while rest >= 0x80 {
            head.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        head.push(rest as u8);
        head.reverse();
        bytes.extend(head);
    }
    bytes.reverse();
    bytes
}

/// Bodies for a row of the hand-offs, by the name of its dissector: the beginning of its
/// format, followed by repetition, nesting, back references and missing ends; and random
/// mutations.
pub fn of_row(dissector: &str) -> Vec<Vec<u8>> {
    /// Maximum length that fits into one packet.
    const LONGEST: usize = 60_000;
    let repeated = |head: &[u8], form: &[u8], tail: &[u8]| {
        let times = (LONGEST - head.len() - tail.len()) / form.len();
        [head, &form.repeat(times), tail].concat()
    };
    let around = |head: &[u8], times: usize, form: &[u8], tail: &[u8]| {
        [head, &form.repeat(times), tail].concat()
    };
    let mut bodies: Vec<Vec<u8>> = match dissector {
        "image-gif" => {
            let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
            let image = b",\0\0\0\0\x01\0\x01\0\0\x02";
            vec![
                [&head[..], b"!\xf9\x04\0\0\0\0\0", image, b"\x02D\x01\0;"].concat(),
                repeated(head, b"\0", b""),
                repeated(head, b"!", b""),
                repeated(head, b"!\xf9\0", b";"),
                repeated(&[&head[..], image].concat(), b"\x01a", b""),
                repeated(head, &[&image[..], b"\0"].concat(), b";"),
            ]
        }
        "image-jfif" => {
            let head = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0";
            let frame = around(
                b"\xff\xc0\x03\x05\x08\0\x01\0\x01\xff",
                255,
                b"\x01\x11\0",
                b"",
            );
            let circle = b"\xff\xe1\0\x40Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\0\0\0\0";
            let many = b"\xff\xe1\xff\xf0Exif\0\0II*\0\x08\0\0\0\xff\x0f";
            vec![
                [&head[..], b"\xff\xda\0\x08\x01\x01\0\0\x3f\0abc\xff\xd9"].concat(),
                repeated(head, b"\xff\xd0", b""),
                repeated(head, b"\xff", b""),
                repeated(head, b"\xff\0", b""),
                repeated(head, &frame, b""),
                repeated(head, b"\xff\xfe\0\x02", b""),
                repeated(head, b"\xff\xe1\0\x08Exif\0\0", b""),
                repeated(&[&head[..], circle].concat(), b"\0", b""),
                repeated(&circle.map(|b| b), b"\0", b""),
                repeated(many, b"\x01\0\x01\0\xff\xff\0\0\x08\0\0\0", b""),
            ]
        }
        "png" => {
            let head = b"\x89PNG\r\n\x1a\n";
            let mut bodies = vec![repeated(head, b"\xff\xff\xff\xffIHDR", b"")];
            for kind in [
                "IHDR", "PLTE", "IDAT", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "tEXt", "zTXt",
                "iTXt", "bKGD", "pHYs", "sBIT", "sPLT", "hIST", "tIME", "acTL", "fcTL", "eXIf",
            ] {
                for len in [0_u8, 1, 9, 200] {
                    let chunk = [0, 0, 0, len].into_iter().chain(kind.bytes());
                    let chunk: Vec<u8> = chunk.chain(vec![7; usize::from(len) + 4]).collect();
                    bodies.push(repeated(head, &chunk, b""));
                }
            }
            bodies
        }
        "xml" => {
            let mut bodies: Vec<Vec<u8>> = [
                "<a>",
                "<a b=\"c\">",
                "<a:b>",
                "<\u{e9}>",
                "<a.b></a.b>",
                "<a></a.b>",
                "<a><\u{e9}/>",
                "<a b='\\'/>",
                "</a>",
                "< ",
                "</ ",
                "<!-- ",
                "<![CDATA[",
                "<?a ",
                "<?a?>",
                "<!DOCTYPE a [",
                "<!DOCTYPE a SYSTEM \"b\">",
                "<!a>",
                "]>",
                "<a/>",
                "<a b='c' d=\"e\"/>",
                "a=b ",
                "&amp;",
            ]
            .iter()
            .flat_map(|form| {
                let form = form.as_bytes();
                [
                    repeated(b"", form, b""),
                    repeated(b"<r>", form, b"</r>"),
                    repeated(b"<r ", form, b">"),
                    around(b"<r>", 90, form, b"</r>"),
                    around(b"<r>", 90, &form.repeat(40), b"-->]]>?></r>"),
                ]
            })
            .collect();
            for encoding in ["UTF-16", "IBM037", "UTF-7", "UTF-8", "", "GBK"] {
                let head = format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>");
                bodies.push(repeated(head.as_bytes(), b"<\0a\0>\0", b""));
                bodies.push(repeated(head.as_bytes(), b"\x4c\x81\x6e", b""));
            }
            const KERBEROS: &str = "http://docs.oasis-open.org/wss/\
                oasis-wss-kerberos-token-profile-1.1#GSS_Kerberosv5_AP_REQ";
            for token in ["YIIBBQYJKoZIhvcSAQICAQBugfUwgfI=", "YA==", "", "YIICAA=="] {
                let token = format!(
                    "<BinarySecurityToken ValueType=\"{KERBEROS}\">{token}</BinarySecurityToken>"
                );
                bodies.push(token.into_bytes());
            }
            for name in ["CipherValue", "DerivedKeyToken", "BinarySecurityToken"] {
                for around in ["", "<a>", "<a><b>"] {
                    bodies.push(format!("{around}<{name}>YQ==</{name}>").into_bytes());
                }
            }
            bodies.push(repeated(b"\xff\xfe", b"<\0a\0>\0", b""));
            bodies.push(repeated(b"\xfe\xff", b"\0<\0a\0>", b""));
            bodies
        }
        "sip" => {
            let line = b"INVITE sip:alice@example.com SIP/2.0\r\n";
            let reply = b"SIP/2.0 200 OK\r\nCSeq: 1 REGISTER\r\n";
            let body = b"\r\n\x81\x81\x81\x81";
            let mut bodies = vec![
                repeated(line, b"a: b\r\n", body),
                repeated(line, b" folded\r\n", body),
                repeated(line, b"\r\r", body),
                repeated(b"\xf8", b"\xff", b""),
                repeated(b"\xff", b"\0", b""),
            ];
            for name in [
                "Via",
                "From",
                "To",
                "Contact",
                "Route",
                "Record-Route",
                "CSeq",
                "Call-ID",
                "Authorization",
                "Proxy-Authenticate",
                "WWW-Authenticate",
                "Content-Type",
                "Content-Length",
                "Content-Encoding",
                "Reason",
                "Diversion",
                "RAck",
                "Event",
                "Session-ID",
                "P-Access-Network-Info",
                "P-Charging-Vector",
                "Feature-Caps",
                "Security-Client",
                "History-Info",
                "User-to-User",
                "Geolocation",
                "Identity",
                "Target-Dialog",
                "Replaces",
                "Refer-To",
                "Expires",
                "P-Asserted-Identity",
                "m",
            ] {
                for value in [
                    "",
                    "99999999999999999999",
                    "-1",
                    "application/cose",
                    "multipart/mixed; boundary=b",
                    "gzip",
                    "SIP/2.0/UDP 192.0.2.1;branch=",
                    "<sip:a@b:c;d=e?f=g>;tag=1;q=;expires=9",
                    "\"a <sip:b>, <sip:",
                    "Digest a=\"b\", c=\"d, e=f",
                    ";;;;====,,,,<<<<>>>>\"\"\"\"",
                ] {
                    for head in [&line[..], reply] {
                        let header = format!("{name}: {value}\r\n");
                        bodies.push([head, header.as_bytes(), body].concat());
                        let long = format!("{name}: {}\r\n", value.repeat(200));
                        bodies.push([head, long.as_bytes(), body].concat());
                        bodies.push(around(head, 60, header.as_bytes(), body));
                    }
                }
            }
            bodies
        }
        "rtp" => (0..=255_u8)
            .flat_map(|second| {
                [0x80, 0x82, 0x8f, 0x90, 0xa0, 0xb0, 0x00, 0x40].map(|first| {
                    let head = [first, second, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3];
                    around(&head, 60, b"\x81\xff\0", b"")
                })
            })
            .collect(),
        _ => {
            let mut random = SplitMix64::new(2);
            (192..=223_u8)
                .flat_map(|kind| {
                    let mut bodies = Vec::new();
                    for words in [0, 1, 2, 6, 60, 400] {
                        for count in [0, 1, 31] {
                            let head = [0x80 | count, kind, (words >> 8) as u8, words as u8];
                            let one = [&head[..], &random.bytes(4 * words)].concat();
                            bodies.push(one.repeat(2));
                            bodies.push(around(&head, words, b"\0\0\0\0", b""));
                            bodies.push(around(&head, words, b"\x01\xff\x01\x01", b""));
                            bodies.push(one);
                        }
                    }
                    bodies
                })
                .collect()
        }
    };
    // The guards refuse many of the long bodies.
    let shorter = |len| {
        bodies
            .iter()
            .filter(move |body| body.len() > len)
            .map(move |body| body[..len].to_vec())
    };
    let shorter: Vec<_> = [200, 2_000].into_iter().flat_map(shorter).collect();
    bodies.extend(shorter);
    bodies.extend(mutated(&bodies));
    bodies
}

/// Bodies with some bytes changed, or truncated.
fn mutated(bodies: &[Vec<u8>]) -> Vec<Vec<u8>> {
    const MOST: usize = 300;
    let mut random = SplitMix64::new(3);
    let short = bodies
        .iter()
        .filter(|body| (1..3_000).contains(&body.len()));
    let short: Vec<_> = short.collect();
    let one = |_| {
        let mut body = short[random.below(short.len())].clone();
        for _ in 0..1 + random.below(4) {
            let at = random.below(body.len());
            body[at] = random.next() as u8;
        }
        let kept = if random.below(3) == 0 {
            random.below(body.len())
        } else {
            body.len()
        };
        body.truncate(kept);
        body
    };
    (0..MOST.min(40 * short.len())).map(one).collect()
}
