//! Entries of bodies that end early, of windows, texts and lists.

use core::net::Ipv4Addr;

use crate::oicq::body::name::Name;
use crate::oicq::body::reader::Reader;
use crate::oicq::body::text::Charset;
use crate::oicq::body::value::BodyValue;
use crate::span::Span;

#[test]
fn entries_survive_when_bytes_run_out() {
    let mut r = Reader::new(&[0, 0, 0x27, 0x11, 9], Charset::Utf8);
    let done = r.u32(Name::FriendUin).and_then(|_| r.u16(Name::Age));
    assert_eq!(done, None);
    let (entries, short) = r.finish();
    assert!(short);
    assert_eq!(entries[0].value, BodyValue::Number(10001));
    assert_eq!(entries[1].name, Name::Trailing);
    assert_eq!(entries[1].span, Span::new(4, 1));
}

#[test]
fn a_window_keeps_its_faults_inside() {
    let mut r = Reader::new(&[0, 1, 5, 7], Charset::Utf8);
    r.window2(|r| r.u16(Name::Age).map(drop)).unwrap();
    assert_eq!(r.u8(Name::Avatar), Some(7));
    let (entries, short) = r.finish();
    assert!(short);
    assert_eq!(entries[0].name, Name::Trailing);
}

#[test]
fn texts_of_numbers_and_addresses() {
    let text = b"12345678\x1f192.0.2.1\x1fno\x1f65536\x1f";
    let mut r = Reader::new(text, Charset::Gbk);
    assert_eq!(r.number_until::<u32>(Name::OwnUin, 0x1f), Some(12_345_678));
    r.address_until(Name::ClientAddress, 0x1f).unwrap();
    assert_eq!(r.number_until::<u16>(Name::ClientPort, 0x1f), Some(0));
    assert_eq!(r.number_until::<u16>(Name::ClientPort, 0x1f), Some(0));
    let (entries, short) = r.finish();
    assert!(!short);
    assert_eq!(
        entries[1].value,
        BodyValue::Address(Ipv4Addr::new(192, 0, 2, 1))
    );
    assert_eq!(entries[2].name, Name::UnknownData);
    assert_eq!(entries[3].name, Name::UnknownData);
    assert_eq!(entries.len(), 4);
}

#[test]
fn a_list_without_progress_ends() {
    let mut r = Reader::new(&[0; 8], Charset::Utf8);
    r.rows(Name::Friend, |_| Some(())).unwrap();
    assert_eq!(r.finish().0.len(), 2);
}
