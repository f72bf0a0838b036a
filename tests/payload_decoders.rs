//! The payload decoders of MSN on hostile bytes: every prefix of valid payloads, and many
//! mutations of them. Every span must lie within the bytes.

use imshark::error::Fault;
use imshark::msn::common::{charset, encoded_word, mime, msnobj, percent};
use imshark::msn::msnp::wire::{
    blocks, contact_xml, content, current_media, im_format, invitation,
};
use imshark::span::Span;
use imshark::xml;
use test_support::random::SplitMix64;

const PAYLOADS: &[&[u8]] = &[
    b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\
      X-MMS-IM-Format: FN=%E5%AE%8B; EF=BI; CO=ff80; CS=86; PF=22; RL=1\r\n\r\nHello",
    b"Invitation-Command: ACCEPT\r\nIP-Address: 192.0.2.10:6891\r\nPort: 6891\r\n\r\n",
    b"[a]\t<msnobj Creator=\"alice@example.com\" Size=\"1\" Type='2' Friendly=\"YQBiAAAA\"/>\t",
    b"%3Cmsnobj%20Creator%3D%22bob%40example.net%22%20Size%3D%2218309%22%2F%3E",
    b"<ml l=\"1\"><d n=\"example.com\"><c n=\"alice\" l=\"3\" t=\"1\" f=\"A%20B\"><s n=\"IM\" l=\"3\"/>\
      </c></d><t><c n=\"tel:+15551111222\" l=\"3\"/></t></ml>",
    b"<Data><PSM>a&#x26;b</PSM><CurrentMedia>\\0Music\\01\\0{0} - {1}\\0Song\\0Artist\\0\
      </CurrentMedia></Data>",
    b"Routing: 1.0\r\nTo: 1:bob@example.net;epid={1};path=IM;via=14:fb\r\n\r\nReliability: 1.0\r\n\r\n\
      Messaging: 2.0\r\nContent-Length: 4\r\nBridging-Offsets: 0,2\r\n\
      Uri: /circle/roster(IM)/user(1:a@b.c)\r\n\r\nabcd",
    b"base64:R0lGODlh",
    "=?utf-8?B?5L2g5aW9?= =?iso-8859-1?Q?a=F8_?= caf\u{e9}".as_bytes(),
];

fn read_all(data: &[u8]) {
    let whole = Span::new(0, data.len());
    let assert_inside = |span: Span| assert!(span.end() <= data.len(), "{span:?} of {data:?}");
    let headers = mime::headers(data, 0);
    assert_inside(headers.span);
    for header in &headers.lines {
        assert_inside(header.line);
        assert_inside(header.name);
        assert_inside(header.value);
        assert_inside(mime::content_type(data, header.value).media);
        im_format::parts(data, header.value).for_each(|part| assert_inside(part.span));
        blocks::user_in_uri(data, header.value)
            .into_iter()
            .for_each(assert_inside);
        invitation::address(header.value.of(data));
        im_format::colour(header.value.of(data));
    }
    if let Ok(envelope) = blocks::decode(data) {
        assert_inside(envelope.body);
        assert_inside(envelope.surplus);
    }
    for object in [msnobj::find(data, whole), msnobj::find_encoded(data, whole)] {
        let Some(object) = object else { continue };
        assert_inside(object.span);
        object.attributes.iter().for_each(|a| assert_inside(a.span));
        object.value("Friendly").and_then(msnobj::decode_friendly);
    }
    let source = xml::source(data);
    match source
        .as_ref()
        .map_err(|fault| *fault)
        .and_then(|source| source.parse())
    {
        Ok(document) => {
            document.items().iter().for_each(|item| {
                assert_inside(item.span);
                assert_inside(item.whole);
            });
            contact_xml::contacts(&document)
                .iter()
                .for_each(|c| assert_inside(c.account.span));
        }
        Err(Fault::Malformed { at, .. }) => assert_inside(at),
        Err(Fault::Incomplete(_)) => panic!("a payload is whole"),
    }
    current_media::fields(data, whole)
        .into_iter()
        .for_each(assert_inside);
    content::emoticons(data, whole)
        .iter()
        .for_each(|(shortcut, _)| assert_inside(*shortcut));
    content::base64_body(data, whole);
    percent::bad_escape(data);
    let text = charset::decode(charset::named(data), data);
    encoded_word::decode(&text);
    xml::unescape(&text);
    current_media::fill_placeholders(&text, &["a", "b"]);
}

#[test]
fn prefixes_and_mutations_are_survived() {
    for payload in PAYLOADS {
        for len in 0..=payload.len() {
            read_all(&payload[..len]);
            read_all(&payload[len..]);
        }
    }
    let mut generator = SplitMix64::new(0x1863);
    let mut random = |limit| generator.below(limit);
    for _ in 0..20_000 {
        let mut data = PAYLOADS[random(PAYLOADS.len())].to_vec();
        for _ in 0..=random(4) {
            let at = random(data.len());
            match random(4) {
                0 => data[at] = random(256) as u8,
                1 => data[at] = b"<>&;:%\r\n\t\0=\"/{\\0"[random(16)],
                2 => drop(data.drain(at..(at + 1 + random(9)).min(data.len()))),
                _ => {
                    let other = PAYLOADS[random(PAYLOADS.len())];
                    let from = random(other.len());
                    data.splice(at..at, other[from..].iter().copied().take(20));
                }
            }
            if data.is_empty() {
                data.push(b'<');
            }
        }
        read_all(&data);
    }
}
