//! Bodies of docs/protocol/oicq.md §10, and the values expected of each.

mod hostile;
mod layouts;
mod login;
mod values;

use crate::oicq::body::decode::{decode, DecodedBody};
use crate::oicq::body::name::Name;
use crate::oicq::body::value::BodyValue;
use crate::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer};
use crate::oicq::wire::direction::Direction;
use crate::span::Span;

pub(crate) const QQ2005: u16 = 0x0e1b;
pub(crate) const QQ2006: u16 = 0x0f5f;
pub(crate) const QQ2008: u16 = 0x115b;
pub(crate) const QQ2010: u16 = 0x1f57;
pub(crate) const TM2013: u16 = 0x3420;

pub(crate) fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16);
    digits.chunks(2).map(|pair| byte(pair).unwrap()).collect()
}

pub(crate) fn context(command: u16, version: u16, to_server: bool) -> CiphertextContext {
    let direction = if to_server {
        Direction::ToServer
    } else {
        Direction::ToClient
    };
    CiphertextContext {
        command,
        direction,
        version,
        layer: CiphertextLayer::Frame,
    }
}

pub(crate) fn decode_at(context: &CiphertextContext, plain: &[u8]) -> DecodedBody {
    decode(context, Some(12_345_678), plain)
}

fn read(command: u16, version: u16, to_server: bool, hex: &str) -> DecodedBody {
    let plain = bytes(hex);
    let body = decode_at(&context(command, version, to_server), &plain);
    assert!(!body.short, "{body:#?}");
    assert!(body.find(Name::Trailing).is_none(), "{body:#?}");
    body
}

pub(crate) fn up(command: u16, version: u16, hex: &str) -> DecodedBody {
    read(command, version, true, hex)
}

pub(crate) fn down(command: u16, version: u16, hex: &str) -> DecodedBody {
    read(command, version, false, hex)
}

pub(crate) fn address(body: &DecodedBody, name: Name) -> Option<String> {
    match body.find(name)?.value {
        BodyValue::Address(address) => Some(address.to_string()),
        _ => None,
    }
}

#[test]
fn tokens_and_servers_of_2008() {
    let request = up(0x0091, QQ2008, "0001010000000200000000db8531a9");
    assert_eq!(request.number(Name::RedirectCount), Some(1));
    assert_eq!(request.number(Name::Isp), Some(2));
    let server = address(&request, Name::PreviousServer);
    assert_eq!(server.as_deref(), Some("219.133.49.169"));
    let reply = down(0x0091, QQ2008, "0000");
    assert_eq!(reply.number(Name::RedirectCount), Some(0));
    let token = "0018d3194557281f56dda6ddbec1672e3292b9eeea816503688d";
    let token = down(0x0062, QQ2008, token);
    let spans: Vec<_> = token.spans(Name::Ticket).collect();
    assert_eq!(spans, [Span::new(2, 24)]);
}

#[test]
fn keep_alive_of_both_forms() {
    let request = up(0x0002, QQ2006, "3132333435363738");
    assert_eq!(request.number(Name::OwnUin), Some(12_345_678));
    let reply = "00000f4240c000020a0fa0003c444444800000000000";
    let reply = down(0x0002, QQ2006, reply);
    assert_eq!(reply.number(Name::OnlineCount), Some(1_000_000));
    assert_eq!(address(&reply, Name::ClientAddress).unwrap(), "192.0.2.10");
    assert_eq!(reply.number(Name::KeepAliveSeconds), Some(60));
    let text = b"0\x1f0\x1f1000000\x1f192.0.2.10\x1f4000\x1f60";
    let reply = decode_at(&context(0x0002, QQ2005, false), text);
    assert!(!reply.short);
    assert_eq!(reply.number(Name::OnlineCount), Some(1_000_000));
    assert_eq!(reply.number(Name::ClientPort), Some(4000));
    assert_eq!(address(&reply, Name::ClientAddress).unwrap(), "192.0.2.10");
    let modern = up(0x0058, TM2013, "3132333435363738");
    assert_eq!(modern.number(Name::OwnUin), Some(12_345_678));
}

#[test]
fn message_of_2006() {
    let sent = up(
        0x0016,
        QQ2006,
        "00bc614e000027110f5f00bc614e000027113d31a5af0a48e33dafeb398486fe0507000b0007
         44444490003300000001010000420168656c6c6f20000a000000008602cbcecce50d",
    );
    assert_eq!(sent.number(Name::To), Some(10_001));
    assert_eq!(sent.text(Name::MessageText), Some("hello"));
    assert_eq!(sent.text(Name::FontName), Some("宋体"));
    assert_eq!(sent.number(Name::FontSize), Some(10));
    let charset = sent.find(Name::FontCharset).unwrap();
    assert_eq!(charset.meaning, Some("GBK"));
    let received = down(
        0x0017,
        QQ2006,
        "0000271100bc614e01020304c63364071f4000090f5f0000271100bc614e4d4d4d4d4d4d4d4d
         4d4d4d4d4d4d4d4d000b0009444444940033000000010100004301686920000a000000008602
         cbcecce50d",
    );
    assert_eq!(received.number(Name::From), Some(10_001));
    assert_eq!(received.number(Name::MessageSequence), Some(0x0102_0304));
    assert_eq!(received.text(Name::MessageText), Some("hi"));
    let kind = received.find(Name::MessageType).unwrap();
    assert_eq!(kind.meaning, Some("Friend message (好友消息)"));
    let receipt = up(0x0017, QQ2006, "0000271100bc614e01020304c6336407");
    assert_eq!(receipt.number(Name::MessageSequence), Some(0x0102_0304));
}

#[test]
fn message_of_2013() {
    let sent = up(
        0x00cd,
        TM2013,
        "00bc614e00002711000000080001000400000000342000bc614e000027113d31a5af0a48e33d
         afeb398486fe0507000b4ab65380002002550000000101000000014d534700000000005380
         0020deadbeef00000000090086000006e5ae8be4bd93000001000801000568656c6c6f",
    );
    assert_eq!(sent.text(Name::MessageText), Some("hello"));
    assert_eq!(sent.text(Name::FontName), Some("宋体"));
    assert_eq!(sent.text(Name::FontColour), Some("#000000"));
    assert_eq!(sent.number(Name::MessageTime), Some(0x5380_0020));
    let reply = decode_at(&context(0x00cd, TM2013, false), &[0, 0]);
    assert_eq!(reply.find(Name::Reply).unwrap().meaning, Some("OK"));
}

#[test]
fn system_message_and_receipt() {
    let pushed = "34311f31303030311f31323334353637381f0568656c6c6f010000";
    let pushed = down(0x0080, QQ2006, pushed);
    let kind = pushed.find(Name::SystemType).unwrap();
    assert_eq!(kind.meaning, Some("Asks to be added"));
    assert_eq!(pushed.number(Name::From), Some(10_001));
    assert_eq!(pushed.text(Name::SystemText), Some("hello"));
    let receipt = up(0x0012, QQ2006, "34311e31303030311e3131303130");
    assert_eq!(receipt.number(Name::AcknowledgedSequence), Some(11_010));
}

#[test]
fn a_sub_command_is_read_in_its_direction_and_era_only() {
    for (command, right, wrong) in [(0x005f, QQ2006, TM2013), (0x00d8, TM2013, QQ2006)] {
        let request = up(command, right, "0701");
        assert_eq!(request.number(Name::SubCommand), Some(7));
        for other in [down(command, right, "0701"), up(command, wrong, "0701")] {
            assert_eq!(other.number(Name::SubCommand), None, "{command:#x}");
            assert_eq!(other.spans(Name::UnknownData).count(), 1);
        }
    }
}

#[test]
fn only_valid_dates_are_shown() {
    let profile = |value: &str| bytes(&format!("000100 00002711 0000000000 01 4e3f 0004 {value}"));
    let context = context(0x003c, 0x3803, false);
    let read = |value| decode_at(&context, &profile(value));
    assert_eq!(read("07c40506").text(Name::Birthday), Some("1988-05-06"));
    for value in ["07c40d06", "07c40520", "00000000", "ffff0506"] {
        let body = read(value);
        assert!(body.find(Name::Birthday).is_none(), "{value}");
        assert!(body.find(Name::ProfileValue).is_some(), "{value}");
    }
}

/// Only the last page of names can be empty.
#[test]
fn a_list_of_names_may_be_empty() {
    let read = |next: &str| {
        let plain = bytes(&format!("03 00000000000000000000 {next}"));
        decode_at(&context(0x0126, 0x3803, false), &plain).number(Name::Next)
    };
    assert_eq!(read("ffffffff"), Some(u32::MAX));
    assert_eq!(read("00000002"), None);
}

/// The client's own number is that of the header, or another layout applies.
#[test]
fn the_own_number_is_that_of_the_header() {
    let context = context(0x01c0, 0x3037, true);
    let own = decode_at(&context, &bytes("01 00bc614e 0000"));
    assert_eq!(own.number(Name::OwnUin), Some(12_345_678));
    let other = decode_at(&context, &bytes("01 00002711 0000"));
    assert!(other.find(Name::OwnUin).is_none());
    assert!(other.find(Name::UnknownData).is_some());
}

/// A push with another recipient has another layout.
#[test]
fn a_push_is_for_the_account_of_the_header() {
    for (version, to, is_read) in [
        (0x3037, "00bc614e", true),
        (0x3037, "00002712", false),
        (0x2227, "00002712", false),
    ] {
        let hex = format!("00002711 {to} 00000007 cb007105 1f40 1234 0000");
        let body = decode_at(&context(0x0017, version, false), &bytes(&hex));
        assert_eq!(body.find(Name::From).is_some(), is_read, "{version:x} {to}");
        assert_eq!(body.find(Name::PeerPort).is_some(), is_read);
        let end = body.entries.last().map(|entry| entry.span.end());
        assert_eq!(end, Some(22));
    }
}

/// Group number and group type, and what each kind of push has after them.
#[test]
fn pushes_of_memberships_until_2008() {
    let pushed = |kind: &str, rest: &str| {
        let start = format!("000004d2 00bc614e 00000001 00000000 0000 {kind} ");
        down(0x0017, QQ2006, &format!("{start} 00a8f4e1 01 {rest}"))
    };
    for kind in ["0021", "0022", "0023", "0024", "0025"] {
        let body = pushed(kind, "00003039");
        assert_eq!(body.number(Name::GroupNumber), Some(0x00a8_f4e1), "{kind}");
        assert_eq!(body.number(Name::MemberUin), Some(12345), "{kind}");
        assert_eq!(body.number(Name::LeftReason), None, "{kind}");
    }
    assert_eq!(
        pushed("0022", "00003039 01").number(Name::LeftReason),
        Some(1)
    );
    let role = pushed("002c", "01 00003039 01");
    assert_eq!(role.number(Name::GroupRole), Some(1));
    for kind in ["0026", "002d", "002f"] {
        let body = pushed(kind, "00003039");
        assert_eq!(body.number(Name::GroupNumber), Some(0x00a8_f4e1), "{kind}");
        assert_eq!(body.number(Name::MemberUin), None, "{kind}");
    }
}
