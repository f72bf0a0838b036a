//! Recognition of QQ over UDP: frames that prove themselves, and frames that confirm each
//! other.

use imshark::oicq::dissect::dissect;
use imshark::oicq::keystore::keyring::Keyring;
use imshark::oicq::state::recognise::recognise;
use imshark::oicq::state::session::OicqShared;
use imshark::packet::{Answer, Packet, Transport};
use imshark::plan::Verdict;
use test_support::conversation::{Conversation, PORTS};
use test_support::samples::SplitMix64;

fn unhex(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    let pair = |pair| core::str::from_utf8(pair).expect("digits");
    pairs
        .map(|digits| u8::from_str_radix(pair(digits), 16).expect("a byte"))
        .collect()
}

/// A keep-alive of QQ2006 and the reply to it; session key `0123456789abcdef`
/// (docs/protocol/oicq.md §10.2, G06 and G07).
const KEEP_ALIVE: &str = "020f5f00021a0300bc614ed6e5fcee8be2b79d2aa72270cb657d709fb4d264f260ce5f03";
const KEEP_ALIVE_REPLY: &str =
    "02010000021a039041f089ac176eef1f0e66ac64929257655cf817828429da6c03549e536ec79203";
/// The same from QQ2009 SP6 (G19 and G20).
const KEEP_ALIVE_2009: &str = "021a3500583c0100bc614e0200000001010100006400\
                     d6e5fcee8be2b79d2aa72270cb657d709fb4d264f260ce5f03";
const KEEP_ALIVE_REPLY_2009: &str = "021a3500583c0100bc614e000000\
                           7013cff8d9c7aa229f797e549fd037c1ba30dc8d9d50fabb7b0b3a34f0cf209703";

/// The frame with the version of an unknown client.
fn of_unknown_client(frame: &str) -> Vec<u8> {
    let mut frame = unhex(frame);
    frame[1..3].copy_from_slice(&[0x10, 0x0b]);
    frame
}

fn with_sequence(mut frame: Vec<u8>, sequence: u16) -> Vec<u8> {
    frame[5..7].copy_from_slice(&sequence.to_be_bytes());
    frame
}

#[test]
fn one_frame_that_proves_itself_is_enough() {
    let shared = OicqShared::default();
    for port in PORTS {
        for (frame, up) in [
            (KEEP_ALIVE, true),
            (KEEP_ALIVE_REPLY, false),
            (KEEP_ALIVE_2009, true),
            (KEEP_ALIVE_REPLY_2009, false),
        ] {
            let claimed = Conversation::new(port).offer(&unhex(frame), up, &shared);
            assert!(claimed, "{frame} on port {port}");
        }
        // A later version than any known one, with a client block.
        let mut later = unhex(KEEP_ALIVE_2009);
        later[1..3].copy_from_slice(&[0x4a, 0x11]);
        assert!(Conversation::new(port).offer(&later, true, &shared));
        // The first frame of QQ2006, of any client: 13 bytes, not encrypted.
        let token = unhex("02100b00621a0100bc614e0003");
        assert!(Conversation::new(port).offer(&token, true, &shared));
    }
}

#[test]
fn two_frames_of_an_unknown_client_confirm_each_other() {
    let shared = OicqShared::default();
    for port in PORTS {
        let mut conversation = Conversation::new(port);
        let mut offer = |bytes: &[u8], up| conversation.offer(bytes, up, &shared);
        assert!(!offer(&of_unknown_client(KEEP_ALIVE), true));
        assert!(offer(&unhex(KEEP_ALIVE_REPLY), false));
        assert!(offer(
            &with_sequence(of_unknown_client(KEEP_ALIVE), 0x1a04),
            true
        ));
        assert!(offer(
            &with_sequence(unhex(KEEP_ALIVE_REPLY), 0x1a04),
            false
        ));
        // Another account, and a reply without a request, are not claimed.
        let mut other = with_sequence(of_unknown_client(KEEP_ALIVE), 0x1a05);
        other[9] ^= 1;
        assert!(!offer(&other, true));
    }
}

#[test]
fn a_key_proves_a_frame() {
    let mut keyring = Keyring::default();
    assert_eq!(
        keyring.add_keylog("12345678 30313233343536373839616263646566"),
        []
    );
    let shared = OicqShared::new(keyring, false);
    for port in PORTS {
        let claimed = Conversation::new(port).offer(&of_unknown_client(KEEP_ALIVE), true, &shared);
        assert!(claimed, "on port {port}");
    }
}

#[test]
fn a_conversation_is_released_and_claimed_again() {
    let shared = OicqShared::default();
    let mut random = SplitMix64::new(1);
    let mut conversation = Conversation::new(18_000);
    let mut offer = |bytes: &[u8]| conversation.offer(bytes, true, &shared);
    for sequence in 0x1a00..0x1a08 {
        assert!(offer(&with_sequence(unhex(KEEP_ALIVE), sequence)));
    }
    for _ in 0..9 {
        let other = [&[0x02, 0x0f, 0x5f, 0, 0x16][..], &random.bytes(38), &[0x03]].concat();
        assert!(!offer(&other));
    }
    // A known client alone is no longer proof; the account seen before is.
    let mut stranger = with_sequence(unhex(KEEP_ALIVE), 0x1a10);
    stranger[9] ^= 1;
    assert!(!offer(&stranger));
    assert!(offer(&with_sequence(unhex(KEEP_ALIVE), 0x1a11)));
}

/// Other datagrams count the same whether look-alikes come between them or not.
#[test]
fn look_alikes_do_not_keep_a_conversation() {
    let shared = OicqShared::default();
    let mut random = SplitMix64::new(3);
    let mut conversation = Conversation::new(18_000);
    let mut offer = |bytes: &[u8]| conversation.offer(bytes, true, &shared);
    for sequence in 0x1a00..0x1a10 {
        assert!(offer(&with_sequence(unhex(KEEP_ALIVE), sequence)));
    }
    for number in 0..8 {
        assert!(!offer(b"something else"));
        if number % 2 == 0 {
            let like = [&[0x02, 0x0f, 0x5f, 0, 0x16][..], &random.bytes(38), &[0x03]].concat();
            assert!(!offer(&like));
        }
    }
    // The conversation is released: another account is not examined any more.
    assert!(
        offer(&with_sequence(unhex(KEEP_ALIVE), 0x1a11)),
        "the old account is"
    );
    for sequence in 0x1a12..0x1a16 {
        let mut other = with_sequence(unhex(KEEP_ALIVE), sequence);
        other[9] ^= 1;
        assert!(!offer(&other));
    }
}

/// Neither a known command nor one account makes a client of a device with a counter in
/// place of the command; a key does.
#[test]
fn a_counter_is_not_a_command() {
    let mut keyring = Keyring::default();
    assert_eq!(
        keyring.add_keylog("12345678 30313233343536373839616263646566"),
        []
    );
    let counted = |shared: &OicqShared, port| {
        let mut conversation = Conversation::new(port);
        let commands = [0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d];
        let frames = commands.map(|command| {
            let mut frame = with_sequence(unhex(KEEP_ALIVE), 0x1a00 + u16::from(command));
            frame[4] = command;
            frame
        });
        let claimed = frames.map(|frame| conversation.offer(&frame, true, shared));
        claimed.into_iter().filter(|claimed| *claimed).count()
    };
    for port in PORTS {
        assert_eq!(counted(&OicqShared::default(), port), 2);
    }
    let keys = OicqShared::new(keyring, false);
    assert_eq!(counted(&keys, 8000), 10);
}

#[test]
fn versions_of_no_client_are_not_claimed() {
    let shared = OicqShared::default();
    for start in ["02000100", "02000000", "0200010001"] {
        let mut frame = unhex(KEEP_ALIVE);
        let start = unhex(start);
        frame[..start.len()].copy_from_slice(&start);
        let mut conversation = Conversation::new(8000);
        for sequence in 0x1a00..0x1a04 {
            let frame = with_sequence(frame.clone(), sequence);
            assert!(!conversation.offer(&frame, true, &shared), "{start:x?}");
        }
    }
}

/// Only the first byte of the protocol for QQ Show pictures is known: that is no proof,
/// on QQ's port neither.
#[test]
fn a_first_byte_alone_proves_nothing() {
    let shared = OicqShared::default();
    let mut random = SplitMix64::new(6);
    for last in [0, 3] {
        let ask = [&[6, 1, 0][..], &random.bytes(29), &[last]].concat();
        let reply = [&[1][..], &random.bytes(400), &[last]].concat();
        let mut conversation = Conversation::new(8000);
        for _ in 0..4 {
            assert!(!conversation.offer(&ask, true, &shared));
            assert!(!conversation.offer(&reply, false, &shared));
        }
        for (bytes, up) in [(&ask, true), (&reply, false)] {
            let packet = Packet {
                bytes,
                reported: bytes.len(),
                is_stream_start: true,
                first_pass: true,
                transport: Transport::Tcp,
                source_port: if up { 4101 } else { 8000 },
                destination_port: if up { 8000 } else { 4101 },
                ..Packet::default()
            };
            assert_eq!(recognise(&packet, None), Answer::No);
        }
    }
}

#[test]
fn later_passes_decide_the_same_in_any_order() {
    let mut shared = OicqShared::default();
    let mut conversation = Conversation::new(18_000);
    let frames = [
        of_unknown_client(KEEP_ALIVE),
        unhex(KEEP_ALIVE),
        vec![2; 40],
        unhex(KEEP_ALIVE),
    ];
    let packet = |number: usize, first_pass: bool| Packet {
        bytes: &frames[number],
        reported: frames[number].len(),
        frame: number as u32 + 1,
        first_pass,
        transport: Transport::Udp,
        recognised: true,
        ..Packet::default()
    };
    let mut offer = |number: usize, first_pass: bool| {
        let packet = packet(number, first_pass);
        let known = Some((&mut conversation.session, &shared));
        // As the host does: recognised once, in the first pass.
        if first_pass && recognise(&packet, known) != Answer::Yes {
            return false;
        }
        let plan = dissect(&packet, &mut conversation.session, &mut shared);
        plan.verdict == Verdict::Accept
    };
    let first: Vec<bool> = (0..frames.len())
        .map(|number| offer(number, true))
        .collect();
    for number in [3, 1, 0, 2, 1] {
        assert_eq!(offer(number, false), first[number], "{number}");
    }
    assert_eq!(first, [false, true, false, true]);
}
