//! Entries of bodies that end early, of windows, texts and lists.

use core::net::Ipv4Addr;

use crate::codes::Codes;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::{Reader, MAX_ENTRIES};
use crate::oicq::body::text::Charset;
use crate::oicq::body::value::BodyValue;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::era::FIRST_OF_2009;
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

#[test]
fn a_number_without_digits_adds_no_entry() {
    let mut r = Reader::new(b"\x1f\x1f7", Charset::Gbk);
    assert_eq!(r.number_until::<u16>(Name::ClientPort, 0x1f), Some(0));
    assert_eq!(r.number_until::<u16>(Name::ClientPort, 0x1f), Some(0));
    assert!(!r.faults.invalid_value);
    assert_eq!(r.number_until::<u16>(Name::ClientPort, 0x1f), Some(7));
    assert_eq!(r.finish().0.len(), 1);
}

#[test]
fn entries_are_bounded() {
    let mut r = Reader::new(&[0], Charset::Utf8);
    for _ in 0..MAX_ENTRIES + 1 {
        assert_eq!(r.bits(Name::Age, 0xff, None), Some(0));
    }
    assert_eq!(r.finish().0.len(), MAX_ENTRIES);
}

/// A sub-command without a name is of another layout since QQ2009.
#[test]
fn unknown_sub_commands() {
    const NAMED: Codes = Codes::new(&[(0x01, c"Named")]);
    for (version, code, value) in [
        (FIRST_OF_2009 - 1, 1, Some(1)),
        (FIRST_OF_2009 - 1, 2, Some(2)),
        (FIRST_OF_2009, 1, Some(1)),
        (FIRST_OF_2009, 2, None),
    ] {
        let data = [code];
        let reader = Reader::new(&data, Charset::Utf8);
        let mut r = reader.with_context(version, Direction::ToServer, None);
        assert_eq!(r.sub_command(&NAMED), value, "{version:#x} {code}");
    }
}

#[test]
fn no_bytes_are_no_entry_and_no_fault() {
    let mut r = Reader::new(&[1, 2], Charset::Utf8);
    assert_eq!(r.unknown(0), Some(&[][..]));
    assert_eq!(r.bytes(Name::Ticket, 0), Some(&[][..]));
    assert!(!r.faults.unknown_bytes && r.entries.is_empty());
    assert_eq!(r.unknown(2), Some(&[1, 2][..]));
    assert!(r.faults.unknown_bytes);
}

#[test]
fn bytes_left_in_a_window_are_an_invalid_value() {
    let mut r = Reader::new(&[1, 2, 3, 4], Charset::Utf8);
    r.window(1, |r| r.u8(Name::Age).map(drop)).unwrap();
    assert!(!r.faults.invalid_value);
    r.window(2, |r| r.u8(Name::Age).map(drop)).unwrap();
    assert!(r.faults.invalid_value);
    r.window(1, |r| r.u8(Name::Age).map(drop)).unwrap();
    assert!(r.faults.invalid_value);
}
