//! Bodies of docs/protocol/oicq.md §10, and what each must say.

use crate::oicq::body::decode::{decode, Body};
use crate::oicq::body::name::Name;
use crate::oicq::body::value::Value;
use crate::oicq::crypto::key_role::{Layer, Place};
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

pub(crate) fn place(command: u16, version: u16, to_server: bool) -> Place {
    let direction = if to_server {
        Direction::ToServer
    } else {
        Direction::ToClient
    };
    Place {
        command,
        direction,
        version,
        layer: Layer::Frame,
    }
}

pub(crate) fn decode_at(place: &Place, plain: &[u8]) -> Body {
    decode(place, Some(12_345_678), plain)
}

fn read(command: u16, version: u16, to_server: bool, hex: &str) -> Body {
    let plain = bytes(hex);
    let body = decode_at(&place(command, version, to_server), &plain);
    assert!(!body.short, "{body:#?}");
    assert!(body.find(Name::Trailing).is_none(), "{body:#?}");
    body
}

fn up(command: u16, version: u16, hex: &str) -> Body {
    read(command, version, true, hex)
}

fn down(command: u16, version: u16, hex: &str) -> Body {
    read(command, version, false, hex)
}

fn address(body: &Body, name: Name) -> Option<String> {
    match body.find(name)?.value {
        Value::Address(address) => Some(address.to_string()),
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
fn login_of_2005() {
    let request = format!(
        "045bf7bed83e8792be459f85bfaa9f34 {} {} 0a {} 18 {} {} {}",
        "00".repeat(7),
        "11".repeat(29),
        "22".repeat(16),
        "41".repeat(24),
        "33".repeat(100),
        "00".repeat(222)
    );
    let request = up(0x0022, QQ2005, &request);
    let mode = request.find(Name::LoginMode).unwrap();
    assert_eq!(mode.span, Span::new(52, 1));
    assert_eq!(mode.meaning, Some("Normal"));
    let tickets: Vec<_> = request.spans(Name::Ticket).collect();
    assert_eq!(tickets, [Span::new(70, 24)]);
}

#[test]
fn login_reply_of_2005() {
    let reply = format!(
        "00 30313233343536373839616263646566 00bc614e c000020a 0fa0 c6336407 1f40 44444444
         0000 {} 000000000000 000000000000 0000000000000000 {} {} c0000209 44440000 {}",
        "54".repeat(24),
        "43".repeat(32),
        "00".repeat(12),
        "00".repeat(8)
    );
    let reply = down(0x0022, QQ2005, &reply);
    let key: Vec<_> = reply.spans(Name::SessionKey).collect();
    assert_eq!(key, [Span::new(1, 16)]);
    assert_eq!(reply.number(Name::OwnUin), Some(12_345_678));
    assert_eq!(address(&reply, Name::ClientAddress).unwrap(), "192.0.2.10");
    assert_eq!(reply.number(Name::ClientPort), Some(4000));
    let server = address(&reply, Name::ServerAddress);
    assert_eq!(server.as_deref(), Some("198.51.100.7"));
    assert_eq!(reply.number(Name::ServerTime), Some(0x4444_4444));
    assert_eq!(
        address(&reply, Name::LastLoginAddress).unwrap(),
        "192.0.2.9"
    );
    let redirect = down(0x0022, QQ2005, "01 00bc614e cb007105 1f40");
    assert_eq!(
        address(&redirect, Name::RedirectAddress).unwrap(),
        "203.0.113.5"
    );
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
    let reply = decode_at(&place(0x0002, QQ2005, false), text);
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
    let reply = decode_at(&place(0x00cd, TM2013, false), &[0, 0]);
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
fn touch_of_2010_and_2013() {
    let touch = up(
        0x0091,
        QQ2010,
        "00010000080401e0000003300000000100000c73000000000000000000000000000000",
    );
    assert_eq!(touch.number(Name::SsoVersion), Some(0x0330));
    assert_eq!(touch.number(Name::ClientBuild), Some(0x0c73));
    assert_eq!(touch.number(Name::TimeZone), Some(480));
    let touch = up(
        0x0825,
        TM2013,
        "00180016000100000436000000010000149b00bc614e00000000030900080001b73c30ae0002
         003600120002000100000000000000000000000000000114001d01020019026d2841d2a56fd2
         fc3e2a1f0375de6e288fa8193e5f1649d3",
    );
    let types: Vec<_> = touch.spans(Name::TlvType).map(|span| span.start).collect();
    assert_eq!(types, [0, 26, 38, 60]);
    assert_eq!(touch.number(Name::OwnUin), Some(12_345_678));
    let key: Vec<_> = touch.spans(Name::PublicKey).collect();
    assert_eq!(key, [Span::new(68, 25)]);
}

#[test]
fn answers_to_a_touch_of_2013() {
    let token = "54".repeat(0x38);
    let ok = format!("00 01120038{token} 0017000e000153800000c000020a0fa00000 03100004b73c30a5");
    let ok = down(0x0825, TM2013, &ok);
    assert_eq!(ok.find(Name::LoginResult).unwrap().meaning, Some("OK"));
    assert_eq!(address(&ok, Name::ClientAddress).unwrap(), "192.0.2.10");
    assert_eq!(ok.number(Name::ClientPort), Some(4000));
    assert_eq!(address(&ok, Name::ServerAddress).unwrap(), "183.60.48.165");
    let redirect = format!(
        "fe 01120038{token} 0017000e000153800000c000020a0fa00000
         000c0016000200000000000500000000b73c30a51f4000000000"
    );
    let redirect = down(0x0825, TM2013, &redirect);
    let result = redirect.find(Name::LoginResult).unwrap();
    assert_eq!(result.meaning, Some("Redirect (重定向)"));
    let server = address(&redirect, Name::RedirectAddress);
    assert_eq!(server.as_deref(), Some("183.60.48.165"));
    assert_eq!(redirect.number(Name::RedirectPort), Some(8000));
}

#[test]
fn blob_of_a_login() {
    let mut blob = vec![7; 104];
    blob[6..10].copy_from_slice(&12_345_678_u32.to_be_bytes());
    blob[70..72].copy_from_slice(&[0, 16]);
    let layer = Layer::Proof;
    let body = decode_at(
        &Place {
            layer,
            ..place(0x0826, TM2013, true)
        },
        &blob,
    );
    let start = |name| body.find(name).unwrap().span.start;
    assert!(!body.short);
    assert_eq!(start(Name::PasswordHash), 25);
    assert_eq!(start(Name::ServerTime), 41);
    assert_eq!(start(Name::ClientAddress), 58);
    assert_eq!(start(Name::ComputerId), 72);
    assert_eq!(start(Name::NextKey), 88);
}

#[test]
fn wrong_password_of_2013() {
    let text = "密码错误".as_bytes();
    let mut plain = vec![0x34, 0x01, 0x00, 0x00, 0x16, 0x00, 0x05, 0x00, 0x01];
    plain.extend([0, 0, 0, 0x0d, 0, 12]);
    plain.extend(text);
    let body = decode_at(&place(0x0836, TM2013, false), &plain);
    assert!(!body.short, "{body:#?}");
    let result = body.find(Name::LoginResult).unwrap();
    assert_eq!(result.meaning, Some("Wrong password (密码错误)"));
    assert_eq!(body.text(Name::LoginMessage), Some("密码错误"));
}

#[test]
fn session_key_of_2013() {
    let mut plain = bytes("00 010c 0034 0001");
    plain.extend(b"0123456789abcdef");
    plain.extend(bytes(
        "00bc614e c000020a 0fa0 53800000 00000000 01 cb007105 cb007106",
    ));
    plain.extend([0; 7]);
    let body = decode_at(&place(0x0828, TM2013, false), &plain);
    assert_eq!(body.find(Name::SessionKey).unwrap().span, Span::new(7, 16));
    assert_eq!(address(&body, Name::ServerAddress).unwrap(), "203.0.113.5");
}

#[test]
fn a_length_that_lies_ends_its_tlv_alone() {
    let body = decode_at(
        &place(0x0825, TM2013, true),
        &bytes("0310 0004 cb007105 0310 0009 01"),
    );
    assert!(body.short);
    assert_eq!(address(&body, Name::ServerAddress).unwrap(), "203.0.113.5");
    assert_eq!(body.find(Name::Trailing).unwrap().span, Span::new(12, 1));
}

#[test]
fn what_one_direction_of_one_era_has_is_read_there_alone() {
    for (command, right, wrong) in [(0x005f, QQ2006, TM2013), (0x00d8, TM2013, QQ2006)] {
        let request = up(command, right, "0701");
        assert_eq!(request.number(Name::SubCommand), Some(7));
        for other in [down(command, right, "0701"), up(command, wrong, "0701")] {
            assert_eq!(other.number(Name::SubCommand), None, "{command:#x}");
            assert_eq!(other.spans(Name::Unexplained).count(), 1);
        }
    }
}

#[test]
fn of_days_only_those_that_exist_are_shown() {
    let profile = |value: &str| bytes(&format!("000100 00002711 0000000000 01 4e3f 0004 {value}"));
    let place = place(0x003c, 0x3803, false);
    let read = |value| decode_at(&place, &profile(value));
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
        decode_at(&place(0x0126, 0x3803, false), &plain).number(Name::Next)
    };
    assert_eq!(read("ffffffff"), Some(u32::MAX));
    assert_eq!(read("00000002"), None);
}

/// The client's own number is that of the header, or the layout is another one.
#[test]
fn the_own_number_is_that_of_the_header() {
    let place = place(0x01c0, 0x3037, true);
    let own = decode_at(&place, &bytes("01 00bc614e 0000"));
    assert_eq!(own.number(Name::OwnUin), Some(12_345_678));
    let other = decode_at(&place, &bytes("01 00002711 0000"));
    assert!(other.find(Name::OwnUin).is_none());
    assert!(other.find(Name::Unexplained).is_some());
}

/// What of a login's reply no layout reads may be a key.
#[test]
fn what_is_not_read_of_a_reply_with_keys_is_hidden() {
    let key = "4b6579206f6620746865207365737369";
    for (command, version, plain) in [
        (0x0828, 0x3713, format!("00 010c 0040 0001 {key} 00bc614e")),
        (0x0828, 0x3713, format!("00 010c 0012 0001 {key} 01 {key}")),
        (0x0836, 0x3713, format!("00 0109 ffff 0001 {key}")),
        (0x00dd, 0x2227, format!("0040 00 0000 {key} {key} {key}")),
        (0x00e5, 0x2f59, format!("0040 0100 {key} {key}")),
        (0x0030, 0x3037, format!("00 {key} 00bc614e 01")),
        (0x0022, 0x0f5f, format!("00 {key} 0000 01")),
    ] {
        let plain = bytes(&plain);
        let body = decode_at(&place(command, version, false), &plain);
        let key = bytes(key);
        for entry in &body.entries {
            let shown = matches!(entry.name, Name::Trailing | Name::Unexplained);
            let has_key = entry.span.of(&plain).windows(16).any(|part| part == key);
            assert!(!(shown && has_key), "{command:x} {body:#?}");
        }
        assert!(body.find(Name::KeyBytes).is_some(), "{command:x} {body:#?}");
    }
}

/// A push that is for somebody else has another layout.
#[test]
fn a_push_is_for_the_account_of_the_header() {
    for (version, to, is_read) in [
        (0x3037, "00bc614e", true),
        (0x3037, "00002712", false),
        (0x2227, "00002712", false),
    ] {
        let hex = format!("00002711 {to} 00000007 cb007105 1f40 1234 0000");
        let body = decode_at(&place(0x0017, version, false), &bytes(&hex));
        assert_eq!(body.find(Name::From).is_some(), is_read, "{version:x} {to}");
        assert_eq!(body.find(Name::PeerPort).is_some(), is_read);
        let end = body.entries.last().map(|entry| entry.span.end());
        assert_eq!(end, Some(22));
    }
}
