//! What is taken for QQ over UDP and is not, counted; and that QQ is.

mod support;

use imshark::context::{Address, Answer, Packet, Transport};
use imshark::oicq::keyring::Keyring;
use imshark::oicq::recognise::judge_udp;
use imshark::oicq::session::{Session, Shared};
use support::samples::SplitMix64;

/// One conversation over UDP, as Wireshark brings it.
struct Conversation {
    server_port: u16,
    session: Session,
    remembered: bool,
    frame: u32,
}

impl Conversation {
    fn new(server_port: u16) -> Self {
        Self {
            server_port,
            session: Session::default(),
            // On the port of QQ the dissector is called, and has a session.
            remembered: server_port == 8000,
            frame: 0,
        }
    }

    /// Whether a datagram is taken.
    fn offer(&mut self, bytes: &[u8], up: bool, shared: &Shared) -> bool {
        self.frame += 1;
        let (source_port, destination_port) = match up {
            true => (4101, self.server_port),
            false => (self.server_port, 4101),
        };
        let packet = Packet {
            bytes,
            reported: bytes.len(),
            frame: self.frame,
            first_pass: true,
            transport: Transport::Udp,
            source: Address::V4([192, 0, 2, 1 + u8::from(up)]),
            destination: Address::V4([192, 0, 2, 2 - u8::from(up)]),
            source_port,
            destination_port,
            from_lower: !up,
            ..Packet::default()
        };
        if !self.remembered {
            match judge_udp(&packet, None) {
                Answer::No => return false,
                // The dissector asks again, with a session.
                Answer::Yes | Answer::Remember => self.remembered = true,
            }
        }
        judge_udp(&packet, Some((&mut self.session, shared))) == Answer::Yes
    }
}

fn unhex(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    let pair = |pair| core::str::from_utf8(pair).expect("digits");
    pairs
        .map(|digits| u8::from_str_radix(pair(digits), 16).expect("a byte"))
        .collect()
}

/// A keep-alive of QQ2006 and the reply to it; session key `0123456789abcdef` (protocol
/// reference, OICQ §10.2, G06 and G07).
const ALIVE: &str = "020f5f00021a0300bc614ed6e5fcee8be2b79d2aa72270cb657d709fb4d264f260ce5f03";
const ALIVE_REPLY: &str =
    "02010000021a039041f089ac176eef1f0e66ac64929257655cf817828429da6c03549e536ec79203";
/// The same of QQ2009 SP6 (G19 and G20).
const LATER: &str = "021a3500583c0100bc614e0200000001010100006400\
                     d6e5fcee8be2b79d2aa72270cb657d709fb4d264f260ce5f03";
const LATER_REPLY: &str = "021a3500583c0100bc614e000000\
                           7013cff8d9c7aa229f797e549fd037c1ba30dc8d9d50fabb7b0b3a34f0cf209703";

/// The frame of a client that nobody knows.
fn of_nobody(frame: &str) -> Vec<u8> {
    let mut frame = unhex(frame);
    frame[1..3].copy_from_slice(&[0x10, 0x0b]);
    frame
}

fn with_sequence(mut frame: Vec<u8>, sequence: u16) -> Vec<u8> {
    frame[5..7].copy_from_slice(&sequence.to_be_bytes());
    frame
}

#[test]
fn one_frame_with_proof_of_its_own_is_enough() {
    let shared = Shared::default();
    for port in PORTS {
        for (frame, up) in [
            (ALIVE, true),
            (ALIVE_REPLY, false),
            (LATER, true),
            (LATER_REPLY, false),
        ] {
            let taken = Conversation::new(port).offer(&unhex(frame), up, &shared);
            assert!(taken, "{frame} on port {port}");
        }
        // A later version than any that is known, with a client block.
        let mut later = unhex(LATER);
        later[1..3].copy_from_slice(&[0x4a, 0x11]);
        assert!(Conversation::new(port).offer(&later, true, &shared));
        // The first frame of QQ2006, of whichever client: 13 bytes, in clear.
        let token = unhex("02100b00621a0100bc614e0003");
        assert!(Conversation::new(port).offer(&token, true, &shared));
    }
}

#[test]
fn two_frames_of_an_unknown_client_confirm_each_other() {
    let shared = Shared::default();
    for port in PORTS {
        let mut conversation = Conversation::new(port);
        let mut offer = |bytes: &[u8], up| conversation.offer(bytes, up, &shared);
        assert!(!offer(&of_nobody(ALIVE), true));
        assert!(offer(&unhex(ALIVE_REPLY), false));
        assert!(offer(&with_sequence(of_nobody(ALIVE), 0x1a04), true));
        assert!(offer(&with_sequence(unhex(ALIVE_REPLY), 0x1a04), false));
        // Another account, and a reply to nothing, are something else.
        let mut other = with_sequence(of_nobody(ALIVE), 0x1a05);
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
    let shared = Shared::new(keyring, false);
    for port in PORTS {
        let taken = Conversation::new(port).offer(&of_nobody(ALIVE), true, &shared);
        assert!(taken, "on port {port}");
    }
}

#[test]
fn a_conversation_is_given_back_and_taken_again() {
    let shared = Shared::default();
    let mut random = SplitMix64::new(1);
    let mut conversation = Conversation::new(18_000);
    let mut offer = |bytes: &[u8]| conversation.offer(bytes, true, &shared);
    for sequence in 0x1a00..0x1a08 {
        assert!(offer(&with_sequence(unhex(ALIVE), sequence)));
    }
    for _ in 0..9 {
        let other = [&[0x02, 0x0f, 0x5f, 0, 0x16][..], &random.bytes(38), &[0x03]].concat();
        assert!(!offer(&other));
    }
    // A known client alone is no proof any more; the account that was there before is.
    let mut stranger = with_sequence(unhex(ALIVE), 0x1a10);
    stranger[9] ^= 1;
    assert!(!offer(&stranger));
    assert!(offer(&with_sequence(unhex(ALIVE), 0x1a11)));
}

#[test]
fn versions_that_no_client_has_are_no_qq() {
    let shared = Shared::default();
    for start in ["02000100", "02000000", "0200010001"] {
        let mut frame = unhex(ALIVE);
        let start = unhex(start);
        frame[..start.len()].copy_from_slice(&start);
        let mut conversation = Conversation::new(8000);
        for sequence in 0x1a00..0x1a04 {
            let frame = with_sequence(frame.clone(), sequence);
            assert!(!conversation.offer(&frame, true, &shared), "{start:x?}");
        }
    }
}

#[test]
fn later_passes_say_the_same_in_any_order() {
    let shared = Shared::default();
    let mut conversation = Conversation::new(18_000);
    let frames = [of_nobody(ALIVE), unhex(ALIVE), vec![2; 40], unhex(ALIVE)];
    let first: Vec<bool> = frames
        .iter()
        .map(|frame| conversation.offer(frame, true, &shared))
        .collect();
    for number in [3, 1, 0, 2, 1] {
        let packet = Packet {
            bytes: &frames[number],
            reported: frames[number].len(),
            frame: number as u32 + 1,
            transport: Transport::Udp,
            ..Packet::default()
        };
        let later = judge_udp(&packet, Some((&mut conversation.session, &shared)));
        assert_eq!(later == Answer::Yes, first[number], "{number}");
    }
    assert_eq!(first, [false, true, false, true]);
}

/// Lengths that frames of QQ have, with either header and in either direction.
fn usual_length(random: &mut SplitMix64) -> usize {
    8 * (2 + random.below(60)) + [0, 4, 7][random.below(3)]
}

fn between(inner: &[u8]) -> Vec<u8> {
    [&[0x02], inner, &[0x03]].concat()
}

/// Random `02 ... 03` datagrams, each in a conversation of its own: so many are taken.
fn random_taken(server_port: u16, count: usize) -> usize {
    let mut random = SplitMix64::new(u64::from(server_port));
    let shared = Shared::default();
    let mut taken = 0;
    for _ in 0..count {
        let length = usual_length(&mut random);
        let datagram = between(&random.bytes(length - 2));
        let up = random.below(2) == 0;
        taken += usize::from(Conversation::new(server_port).offer(&datagram, up, &shared));
    }
    taken
}

#[test]
fn of_a_million_random_datagrams_hardly_one_is_taken() {
    let anywhere = random_taken(18_000, 1_000_000);
    let own_port = random_taken(8000, 1_000_000);
    println!("random datagrams: {anywhere} and on port 8000 {own_port} of 1000000");
    assert!(anywhere <= 5, "{anywhere}");
    assert!(own_port <= 100, "{own_port}");
}

/// What stands in one place of a telegram.
#[derive(Debug, Clone, Copy)]
enum Fill {
    Fixed(u16),
    Counts { modulo: u32, swapped: bool },
    Random,
}

impl Fill {
    fn value(self, first: u16, range: u32, number: u32, random: &mut SplitMix64) -> [u8; 2] {
        let value = match self {
            Self::Fixed(value) => value,
            Self::Counts { modulo, swapped } => {
                let value = first + (number % modulo.min(range)) as u16;
                if swapped {
                    value.swap_bytes()
                } else {
                    value
                }
            }
            Self::Random => first + random.below(range as usize) as u16,
        };
        value.to_be_bytes()
    }
}

/// What a telegram carries behind its counters.
#[derive(Debug, Clone, Copy)]
enum Data {
    Text,
    Steps,
    Same,
    Random,
}

impl Data {
    fn bytes(self, len: usize, random: &mut SplitMix64) -> Vec<u8> {
        match self {
            Self::Text => b"TEMP=+21.5;RH=40;"
                .iter()
                .copied()
                .cycle()
                .take(len)
                .collect(),
            Self::Steps => (0..len).map(|at| at as u8).collect(),
            Self::Same => SplitMix64::new(7).bytes(len),
            Self::Random => random.bytes(len),
        }
    }
}

const fn counts(modulo: u32, swapped: bool) -> Fill {
    Fill::Counts { modulo, swapped }
}

/// How the telegrams of one device are made.
#[derive(Debug, Clone, Copy)]
struct Telegrams {
    /// Where QQ has the version: from 0x0500 to 0x3eff.
    head: Fill,
    /// Where QQ has the command.
    second: Fill,
    /// Where QQ has the sequence.
    third: Fill,
    data: Data,
    /// None when every telegram has another.
    length: Option<usize>,
}

impl Telegrams {
    fn telegram(&self, number: u32, random: &mut SplitMix64) -> Vec<u8> {
        let length = self.length.unwrap_or_else(|| 12 + random.below(90));
        let mut inner = Vec::new();
        inner.extend(self.head.value(0x0500, 0x3a00, number, random));
        inner.extend(self.second.value(0, 0x1_0000, number, random));
        inner.extend(self.third.value(0, 0x1_0000, number, random));
        inner.extend(self.data.bytes(length - 8, random));
        between(&inner)
    }

    /// Of so many telegrams of one conversation so many are taken.
    fn taken_together(&self, port: u16, count: u32) -> usize {
        let mut random = SplitMix64::new(0x5354_5845);
        let shared = Shared::default();
        let mut conversation = Conversation::new(port);
        let mut offer = |number| {
            let telegram = self.telegram(number, &mut random);
            conversation.offer(&telegram, true, &shared)
        };
        (0..count).filter(|number| offer(*number)).count()
    }

    /// Of so many telegrams, each in a conversation of its own, so many are taken.
    fn taken_alone(&self, port: u16, count: u32) -> usize {
        let mut random = SplitMix64::new(0x5354_5845);
        let shared = Shared::default();
        let mut offer = |number| {
            let telegram = self.telegram(number, &mut random);
            Conversation::new(port).offer(&telegram, true, &shared)
        };
        (0..count).filter(|number| offer(*number)).count()
    }
}

/// All ways to count in the place of the version, or not to, with these in the place of the
/// command.
fn every_way(heads: &[Fill], seconds: &[Fill], mut each: impl FnMut(&Telegrams)) {
    let lengths = [None, Some(40), Some(44), Some(47)];
    for head in heads.iter().copied() {
        for second in seconds.iter().copied() {
            for third in [counts(0x1_0000, false), Fill::Fixed(0), Fill::Random] {
                for data in [Data::Text, Data::Steps, Data::Same, Data::Random] {
                    for length in lengths {
                        let telegrams = Telegrams {
                            head,
                            second,
                            third,
                            data,
                            length,
                        };
                        each(&telegrams);
                    }
                }
            }
        }
    }
}

const PORTS: [u16; 2] = [8000, 18_000];
/// No client has these versions.
const HEADS: [Fill; 4] = [
    Fill::Fixed(0x0540),
    Fill::Fixed(0x2a00),
    Fill::Random,
    counts(0x1_0000, false),
];
const SECONDS: [Fill; 4] = [
    counts(256, false),
    counts(0x1_0000, true),
    Fill::Fixed(0x0002),
    Fill::Random,
];

#[test]
fn telegrams_of_one_device_are_not_taken() {
    let mut most = 0;
    for port in PORTS {
        every_way(&HEADS, &SECONDS, |telegrams| {
            let taken = telegrams.taken_together(port, 2000);
            assert!(taken <= 3, "{taken} on port {port}: {telegrams:?}");
            most = most.max(taken);
        });
    }
    println!("of 2000 telegrams of one device at most {most} are taken");
    for head in HEADS {
        let telegrams = Telegrams {
            head,
            second: counts(4096, false),
            third: Fill::Random,
            data: Data::Random,
            length: None,
        };
        for port in PORTS {
            let taken = telegrams.taken_together(port, 20_000);
            assert!(taken <= 3, "{taken} on port {port}: {telegrams:?}");
        }
    }
}

/// The worst that can be: the telegrams begin with the version of a client, and what counts
/// comes by its commands.
#[test]
fn telegrams_that_begin_like_a_client_are_soon_given_back() {
    let counting = [counts(256, false), counts(0x1_0000, false)];
    for port in PORTS {
        every_way(&[Fill::Fixed(0x0f5f)], &counting, |telegrams| {
            // With one account and one version nothing tells them from a client.
            if matches!(telegrams.data, Data::Same) {
                return;
            }
            let taken = telegrams.taken_together(port, 2000);
            assert!(taken <= 8, "{taken} on port {port}: {telegrams:?}");
        });
    }
}

#[test]
fn of_telegrams_of_many_devices_few_are_taken() {
    let mut most = 0;
    for port in PORTS {
        every_way(&HEADS, &SECONDS, |telegrams| {
            let taken = telegrams.taken_alone(port, 1000);
            assert!(taken <= 12, "{taken} on port {port}: {telegrams:?}");
            most = most.max(taken);
        });
    }
    println!("of 1000 telegrams of as many devices at most {most} are taken");
}
