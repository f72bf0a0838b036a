//! Bodies of logins, and the values expected of each. Source: docs/protocol/oicq.md §10.

use crate::oicq::body::name::Name;
use crate::oicq::body::tests::{
    address, bytes, context, decode_at, down, up, QQ2005, QQ2010, TM2013,
};
use crate::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer};
use crate::span::Span;

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
fn replies_to_a_touch_of_2013() {
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
    let layer = CiphertextLayer::Proof;
    let body = decode_at(
        &CiphertextContext {
            layer,
            ..context(0x0826, TM2013, true)
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
    let body = decode_at(&context(0x0836, TM2013, false), &plain);
    assert!(!body.short, "{body:#?}");
    let result = body.find(Name::LoginResult).unwrap();
    assert_eq!(result.meaning, Some("Wrong password (密码错误)"));
    assert_eq!(body.text(Name::LoginMessage), Some("密码错误"));
}

/// An error has a length that a ciphertext can have, too.
#[test]
fn an_error_of_2013_is_not_encrypted_again() {
    let context = context(0x0836, TM2013, false);
    let plain = bytes("34 0100 000b 0001 0836 00000034 0001 41");
    assert_eq!(plain.len() % 8, 0);
    let body = decode_at(&context, &plain);
    assert_eq!(body.text(Name::LoginMessage), Some("A"));
    let body = decode_at(&context, &[0x77; 16]);
    assert!(body.find(Name::EncryptedTlvs).is_some());
}

#[test]
fn session_key_of_2013() {
    let mut plain = bytes("00 010c 0034 0001");
    plain.extend(b"0123456789abcdef");
    plain.extend(bytes(
        "00bc614e c000020a 0fa0 53800000 00000000 01 cb007105 cb007106",
    ));
    plain.extend([0; 7]);
    let body = decode_at(&context(0x0828, TM2013, false), &plain);
    assert_eq!(body.find(Name::SessionKey).unwrap().span, Span::new(7, 16));
    assert_eq!(address(&body, Name::ServerAddress).unwrap(), "203.0.113.5");
}

#[test]
fn an_invalid_length_ends_only_its_tlv() {
    let body = decode_at(
        &context(0x0825, TM2013, true),
        &bytes("0310 0004 cb007105 0310 0009 01"),
    );
    assert!(body.short);
    assert_eq!(address(&body, Name::ServerAddress).unwrap(), "203.0.113.5");
    assert_eq!(body.find(Name::Trailing).unwrap().span, Span::new(12, 1));
}

#[test]
fn unread_bytes_of_a_reply_with_keys_are_hidden() {
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
        let body = decode_at(&context(command, version, false), &plain);
        let key = bytes(key);
        for entry in &body.entries {
            let shown = matches!(entry.name, Name::Trailing | Name::UnknownData);
            let has_key = entry.span.of(&plain).windows(16).any(|part| part == key);
            assert!(!(shown && has_key), "{command:x} {body:#?}");
        }
        assert!(body.find(Name::KeyBytes).is_some(), "{command:x} {body:#?}");
    }
}
