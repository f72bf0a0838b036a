//! Plaintexts of a login in every era, and the keys contained in them.
//!
//! Source: docs/protocol/oicq.md §6.3, §10.2.

use crate::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer, KeyRole};
use crate::oicq::crypto::keys::Key;
use crate::oicq::crypto::login_keys::FoundKey;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::hex::{counted, hex};

fn context(command: u16, version: u16, direction: Direction) -> CiphertextContext {
    let layer = CiphertextLayer::Frame;
    CiphertextContext {
        command,
        direction,
        version,
        layer,
    }
}

fn reply(command: u16, version: u16) -> CiphertextContext {
    context(command, version, Direction::ToClient)
}

fn found(role: KeyRole, letter: u8) -> FoundKey {
    let key = Key::new([letter; 16]);
    FoundKey { role, key }
}

#[test]
fn until_2008() {
    // The reply of §10.2, G04: key, number, addresses, time.
    let login = hex("003031323334353637383961626364656600bc614ec000020a0fa0c63364071f40");
    let key = Key::new(*b"0123456789abcdef");
    let role = KeyRole::Session;
    assert_eq!(
        reply(0x0022, 0x0e1b).extract_keys(&login),
        [FoundKey { role, key }]
    );
    assert_eq!(reply(0x0022, 0x0e1b).extract_keys(&login[..16]), []);
    assert_eq!(reply(0x0022, 0x0e1b).extract_keys(&[1; 33]), []);
    assert_eq!(reply(0x0022, 0x3420).extract_keys(&login), []);
    let verified = [
        &[0, 99, 0, 1, 2, 3, 4][..],
        &counted(&[1; 24]),
        &counted(&[2; 32]),
        &counted(&[3; 72]),
        &[b'L'; 16],
        &[0; 4],
    ]
    .concat();
    let expected = [found(KeyRole::Login, b'L')];
    assert_eq!(reply(0x00dd, 0x115b).extract_keys(&verified), expected);
}

#[test]
fn from_2009_to_2012() {
    let mut proof = vec![7; 72];
    proof.extend([b'x'; 16]);
    proof.extend([4; 16]);
    let dd = CiphertextContext {
        layer: CiphertextLayer::Proof,
        ..context(0x00dd, 0x2227, Direction::ToServer)
    };
    assert_eq!(dd.extract_keys(&proof), [found(KeyRole::Verify(4), 4)]);
    for token_between in [&[][..], &[5; 48]] {
        let verified = [
            &[0, 99, 0][..],
            &counted(&[1; 56]),
            &[0; 8],
            &counted(&[2; 120]),
            &counted(&[3; 56]),
            &[b'0'; 16],
            &counted(token_between),
            &[b'1'; 16],
            &[0; 2],
        ]
        .concat();
        let expected = [
            found(KeyRole::Verify(0), b'0'),
            found(KeyRole::Verify(1), b'1'),
        ];
        assert_eq!(reply(0x00dd, 0x2227).extract_keys(&verified), expected);
        let mut refused = verified;
        refused[2] = 0x34;
        assert_eq!(reply(0x00dd, 0x2227).extract_keys(&refused), []);
    }
    let info = [
        &[1, 0x66, 1, 0][..],
        &[b'2'; 16],
        &[0; 28],
        &counted(&[9; 136]),
        &[b'3'; 16],
        &counted(&[8; 56]),
    ]
    .concat();
    let expected = [
        found(KeyRole::Verify(2), b'2'),
        found(KeyRole::Verify(3), b'3'),
    ];
    assert_eq!(reply(0x00e5, 0x2227).extract_keys(&info), expected);
    assert_eq!(
        reply(0x00e5, 0x2227).extract_keys(&info[..100]),
        expected[..1]
    );
    let login = [&[0][..], &[b'S'; 16], &[0; 30]].concat();
    assert_eq!(
        reply(0x0030, 0x2227).extract_keys(&login),
        [found(KeyRole::Session, b'S')]
    );
    // A group command of older clients.
    assert_eq!(reply(0x0030, 0x0f5f).extract_keys(&login), []);
}

#[test]
fn from_2013() {
    let tlv = |tag: u16, value: &[u8]| [&tag.to_be_bytes()[..], &counted(value)].concat();
    let mut proof = vec![7; 88];
    proof.extend([b'T'; 16]);
    let request = CiphertextContext {
        layer: CiphertextLayer::Proof,
        ..context(0x0836, 0x3420, Direction::ToServer)
    };
    assert_eq!(request.extract_keys(&proof), [found(KeyRole::Tgtgt, b'T')]);
    let first = [&[0, 1][..], &[b'q'; 16], &counted(&[1; 56])].concat();
    let second = [
        &[0, 2][..],
        &counted(&[2; 22]),
        &[b'r'; 16],
        &counted(&[3; 136]),
    ]
    .concat();
    let body = [vec![0], tlv(0x0109, &first), tlv(0x0107, &second)].concat();
    // ZN's offsets (§6.3): 7 in the reply to 0x0826.
    assert_eq!(body[7..23], [b'q'; 16]);
    let expected = [
        found(KeyRole::SessionRequest, b'q'),
        found(KeyRole::SessionReply, b'r'),
    ];
    assert_eq!(reply(0x0826, 0x3241).extract_keys(&body), expected);
    let twice = CiphertextContext {
        layer: CiphertextLayer::Second,
        ..reply(0x0836, 0x3420)
    };
    assert_eq!(twice.extract_keys(&body), expected);
    let refused = [&[0x34][..], &body[1..]].concat();
    assert_eq!(twice.extract_keys(&refused), []);
    let session = [&[0, 1][..], &[b'S'; 16], &[0; 20]].concat();
    let body = [vec![0], tlv(0x0105, &[5; 40]), tlv(0x010c, &session)].concat();
    assert_eq!(
        reply(0x0828, 0x3420).extract_keys(&body),
        [found(KeyRole::Session, b'S')]
    );
}

#[test]
fn by_qr_code_and_by_published_keys() {
    let code = [&[0, 0, 9, 0, 18, 0, 1][..], &[b'P'; 16], &[0; 90]].concat();
    assert_eq!(
        reply(0x0818, 0x3639).extract_keys(&code),
        [found(KeyRole::Poll, b'P')]
    );
    assert_eq!(reply(0x0818, 0x3639).extract_keys(&[1; 60]), []);
    let scanned = [
        &[0, 3, 3][..],
        &counted(&[6; 0x60]),
        &[3, 4],
        &counted(&[b'T'; 16]),
    ]
    .concat();
    assert_eq!(
        reply(0x0819, 0x3639).extract_keys(&scanned),
        [found(KeyRole::Tgtgt, b'T')]
    );
    assert_eq!(reply(0x0819, 0x3639).extract_keys(&[2]), []);
    let touch = hex("0114001d01020019026d2841d2a56fd2fc3e2a1f0375de6e288fa8193e5f1649d3");
    let [share] = context(0x0825, 0x3713, Direction::ToServer).extract_keys(&touch)[..] else {
        panic!("no share key");
    };
    assert_eq!(share.role, KeyRole::Share);
    assert_eq!(
        share.key.bytes()[..],
        hex("1ae97f7dc9737598ac02e0805fa9c6af")
    );
    let agent = [&[4, 0][..], &[b'A'; 16], &[0; 30]].concat();
    assert_eq!(
        reply(0x001d, 0x0f5f).extract_keys(&agent),
        [found(KeyRole::FileAgent, b'A')]
    );
    let request = context(0x001d, 0x0f5f, Direction::ToServer);
    assert_eq!(request.extract_keys(&agent), []);
    let refused = [&[4, 1][..], &agent[2..]].concat();
    assert_eq!(reply(0x001d, 0x0f5f).extract_keys(&refused), []);
}

/// Each of these has a key in another direction, layer or result.
#[test]
fn only_steps_that_succeed_have_keys() {
    let session = [&[0, 1, 12][..], &counted(&[b'S'; 18])].concat();
    let touch = hex("0114001d01020019026d2841d2a56fd2fc3e2a1f0375de6e288fa8193e5f1649d3");
    let scanned = [&[0, 3, 4][..], &counted(&[b'T'; 16])].concat();
    let proof = [0x77; 104];
    let failed = |plaintext: &[u8]| [&[1][..], &plaintext[1..]].concat();
    let (up, down) = (Direction::ToServer, Direction::ToClient);
    let (frame, second) = (CiphertextLayer::Frame, CiphertextLayer::Second);
    for (command, version, direction, layer, plaintext, has_key) in [
        (0x0828, 0x3420, down, frame, session.clone(), true),
        (0x0828, 0x3420, up, frame, session.clone(), false),
        (0x0828, 0x3420, down, second, session.clone(), false),
        (0x0828, 0x3420, down, frame, failed(&session), false),
        (0x0825, 0x3713, up, frame, touch.clone(), true),
        (0x0825, 0x3713, down, frame, touch.clone(), false),
        (0x0825, 0x3713, up, second, touch, false),
        (0x0819, 0x3639, down, frame, scanned.clone(), true),
        (0x0819, 0x3639, up, frame, scanned.clone(), false),
        (0x0819, 0x3639, down, frame, failed(&scanned), false),
        (
            0x00dd,
            0x2227,
            up,
            CiphertextLayer::Proof,
            proof.to_vec(),
            true,
        ),
        (
            0x00dd,
            0x115b,
            up,
            CiphertextLayer::Proof,
            proof.to_vec(),
            false,
        ),
        (0x00dd, 0x2227, up, frame, proof.to_vec(), false),
    ] {
        let context = CiphertextContext {
            layer,
            ..context(command, version, direction)
        };
        let found = context.extract_keys(&plaintext);
        assert_eq!(!found.is_empty(), has_key, "{context:?} {plaintext:?}");
    }
}
