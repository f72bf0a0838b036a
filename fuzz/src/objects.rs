//! Small values of MSN: objects, accounts, GUIDs, URL encoding, numbers.

use imshark::msn::common::guid::Guid;
use imshark::msn::common::{account, charset, encoded_word, msnobj, number, percent};
use imshark::msn::msnp::wire::{capabilities, composite, content, list_time, values};
use imshark::span::Span;
use imshark::xml::unescape;

use crate::invariants::{bounded, in_order, inside, within};

/// A value.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let whole = Span::new(0, data.len());
        for object in [msnobj::find(data, whole), msnobj::find_encoded(data, whole)] {
            object.iter().for_each(|object| check(object, data));
        }
        encoded_type(data);
        url_encoding(data);
        words(data);
        let text = String::from_utf8_lossy(data);
        if let Some(object) = msnobj::of_text(&text, whole) {
            assert!(object.attributes.iter().all(|part| part.span == whole));
        }
        encoded_word::decode(&unescape(&text));
        charsets(data);
    });
}

fn check(object: &msnobj::MsnObject, data: &[u8]) {
    within(object.span, data);
    in_order(object.attributes.iter().map(|attribute| attribute.span));
    for attribute in &object.attributes {
        inside(attribute.span, object.span);
        assert!(object.value(&attribute.name).is_some());
        msnobj::decode_friendly(&attribute.value);
        msnobj::decode_hash(&attribute.value);
    }
}

/// The short way to the type of an object finds what the long way finds.
fn encoded_type(data: &[u8]) {
    let Some(short) = msnobj::encoded_type(data) else {
        return;
    };
    let object = msnobj::find_encoded(data, Span::new(0, data.len()));
    let long = object.as_ref().and_then(|object| object.value("Type"));
    let long = long.and_then(|digits| number::decimal(digits.as_bytes()));
    assert_eq!(long, Some(short));
}

fn url_encoding(data: &[u8]) {
    let decoded = percent::decode(data);
    let offsets: Vec<usize> = (0..=decoded.bytes.len())
        .map(|at| decoded.encoded_offset(at))
        .collect();
    assert!(offsets.is_sorted() && offsets.last() == Some(&data.len()));
    assert_eq!(percent::text(data), String::from_utf8_lossy(&decoded.bytes));
    if let Some(at) = percent::bad_escape(data) {
        assert_eq!(data.get(at), Some(&b'%'));
    }
}

/// What counts as UTF-8 is decoded as such.
fn charsets(data: &[u8]) {
    for declared in [None, charset::named(data), charset::named(b"utf-8")] {
        let text = charset::decode(declared, data);
        if charset::is_utf8(declared, data) {
            assert_eq!(text, String::from_utf8_lossy(data));
        }
    }
}

/// A dialect has a number, and a number the name of a dialect.
fn dialect(word: &[u8]) {
    let number = values::dialect_number(word);
    assert_eq!(
        values::is_dialect(word),
        number.is_some() || word == b"CVR0"
    );
    assert!(values::dialect_client(word).is_none() || number.is_some());
    if let Some(number) = number {
        let name = format!("MSNP{number}");
        assert_eq!(values::dialect_number(name.as_bytes()), Some(number));
    }
}

/// The two bytes of a port are swapped back.
fn port(written: u32) {
    let port = content::client_port(written);
    let back = port.and_then(|port| content::client_port(port.into()));
    assert_eq!(back.map(u32::from), port.map(|_| written & 0xffff));
}

fn words(data: &[u8]) {
    let account::Account {
        network,
        address,
        endpoint,
        via,
        path,
    } = account::account(data);
    within(address, data);
    let network = network.map(|network| network.span);
    let via = via.map(|via| via.span);
    for part in [network, endpoint, via, path].into_iter().flatten() {
        within(part, data);
    }
    dialect(data);
    account::is_account(data);
    account::is_full_address(data);
    account::has_network(data);
    number::decimal(data);
    if let Some(number) = number::decimal_or_signed(data) {
        port(number);
    }
    number::long_or_signed(data);
    list_time::parse_timestamp(data);
    capabilities::capabilities(data);
    let ends = composite::host_port(data);
    within(ends.host, data);
    for pair in composite::pairs(data, b'&') {
        within(pair.span(), data);
    }
    if let Some(guid) = Guid::parse(data) {
        assert_eq!(Guid::parse(guid.to_string().as_bytes()), Some(guid));
        let _ = guid.hashed();
    }
    if let Some(guid) = Guid::from_wire(data) {
        assert_eq!(data.len(), 16);
        assert_eq!(Guid::parse(guid.to_string().as_bytes()), Some(guid));
    }
}
