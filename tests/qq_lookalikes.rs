//! UDP datagrams that look like QQ and are not: how many of them are claimed.

use imshark::oicq::state::session::OicqShared;
use test_support::conversation::{Conversation, PORTS};
use test_support::samples::SplitMix64;

/// A length that QQ frames have, with either header and in either direction.
fn usual_length(random: &mut SplitMix64) -> usize {
    8 * (2 + random.below(60)) + [0, 4, 7][random.below(3)]
}

fn framed(inner: &[u8]) -> Vec<u8> {
    [&[0x02], inner, &[0x03]].concat()
}

/// Returns how many of `count` random `02 ... 03` datagrams, each in its own
/// conversation, are claimed.
fn random_claimed(server_port: u16, count: usize) -> usize {
    let mut random = SplitMix64::new(u64::from(server_port));
    let shared = OicqShared::default();
    let mut claimed = 0;
    for _ in 0..count {
        let length = usual_length(&mut random);
        let datagram = framed(&random.bytes(length - 2));
        let up = random.below(2) == 0;
        claimed += usize::from(Conversation::new(server_port).offer(&datagram, up, &shared));
    }
    claimed
}

#[test]
fn random_datagrams_are_hardly_ever_claimed() {
    let anywhere = random_claimed(18_000, 1_000_000);
    let own_port = random_claimed(8000, 1_000_000);
    println!("random datagrams: {anywhere} and on port 8000 {own_port} of 1000000");
    assert!(anywhere <= 5, "{anywhere}");
    assert!(own_port <= 100, "{own_port}");
}

/// The content of a two-byte field of a telegram.
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

/// The data of a telegram after its counters.
#[derive(Debug, Clone, Copy)]
enum Data {
    Text,
    Steps,
    Same,
    /// Four bytes that are the same in all telegrams, then random ones.
    Named,
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
            Self::Named => {
                let name = SplitMix64::new(7).bytes(4.min(len));
                [name, random.bytes(len.saturating_sub(4))].concat()
            }
            Self::Random => random.bytes(len),
        }
    }
}

const fn counts(modulo: u32, swapped: bool) -> Fill {
    Fill::Counts { modulo, swapped }
}

/// The format of one device's telegrams.
#[derive(Debug, Clone, Copy)]
struct Telegrams {
    /// In place of QQ's version: from 0x0500 to 0x3eff.
    head: Fill,
    /// In place of QQ's command.
    second: Fill,
    /// In place of QQ's sequence.
    third: Fill,
    data: Data,
    /// `None` for a random length in each telegram.
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
        framed(&inner)
    }

    /// Returns how many of `count` telegrams of one conversation are claimed.
    fn claimed_together(&self, port: u16, count: u32) -> usize {
        let mut random = SplitMix64::new(0x5354_5845);
        let shared = OicqShared::default();
        let mut conversation = Conversation::new(port);
        let mut offer = |number| {
            let telegram = self.telegram(number, &mut random);
            conversation.offer(&telegram, true, &shared)
        };
        (0..count).filter(|number| offer(*number)).count()
    }

    /// Returns how many of `count` telegrams, each in its own conversation, are claimed.
    fn claimed_alone(&self, port: u16, count: u32) -> usize {
        let mut random = SplitMix64::new(0x5354_5845);
        let shared = OicqShared::default();
        let mut offer = |number| {
            let telegram = self.telegram(number, &mut random);
            Conversation::new(port).offer(&telegram, true, &shared)
        };
        (0..count).filter(|number| offer(*number)).count()
    }
}

const DATA: [Data; 5] = [
    Data::Text,
    Data::Steps,
    Data::Same,
    Data::Named,
    Data::Random,
];

/// Calls `each` for all combinations of these fields with the other ones.
fn every_combination(heads: &[Fill], seconds: &[Fill], mut each: impl FnMut(&Telegrams)) {
    let lengths = [None, Some(40), Some(44), Some(47)];
    for head in heads.iter().copied() {
        for second in seconds.iter().copied() {
            for third in [counts(0x1_0000, false), Fill::Fixed(0), Fill::Random] {
                for data in DATA {
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

/// Versions that no client has.
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
fn telegrams_of_one_device_are_not_claimed() {
    let mut most = 0;
    for port in PORTS {
        every_combination(&HEADS, &SECONDS, |telegrams| {
            let claimed = telegrams.claimed_together(port, 2000);
            assert!(claimed <= 3, "{claimed} on port {port}: {telegrams:?}");
            most = most.max(claimed);
        });
    }
    println!("of 2000 telegrams of one device at most {most} are claimed");
    for head in HEADS {
        for data in [Data::Text, Data::Same, Data::Random] {
            for (port, length) in PORTS.into_iter().zip([None, Some(44)]) {
                let telegrams = Telegrams {
                    head,
                    second: counts(4096, false),
                    third: Fill::Random,
                    data,
                    length,
                };
                let claimed = telegrams.claimed_together(port, 20_000);
                assert!(claimed <= 3, "{claimed} on port {port}: {telegrams:?}");
            }
        }
    }
}

/// Telegrams of a device that counts them and has a serial number in place of the QQ number.
#[derive(Debug, Clone, Copy)]
struct Numbered {
    head: u16,
    second: Fill,
    serial: u32,
    /// Number of zeroes before the data, as servers have in the long header.
    zeroes: usize,
    floats: bool,
    answers: bool,
}

impl Numbered {
    fn telegram(&self, number: u32, random: &mut SplitMix64) -> Vec<u8> {
        let mut inner = self.head.to_be_bytes().to_vec();
        inner.extend(self.second.value(0, 0x1000, number, random));
        inner.extend((number as u16).to_be_bytes());
        inner.extend(self.serial.to_be_bytes());
        inner.resize(inner.len() + self.zeroes, 0);
        if self.floats {
            let value = |place: u8| 21.5 + f32::from(place) * 7.7 + (number % 97) as f32 * 0.13;
            inner.extend((0..6).flat_map(|place| value(place).to_be_bytes()));
        } else {
            inner.extend(random.bytes(24));
        }
        framed(&inner)
    }

    fn claimed(&self, port: u16, count: u32) -> usize {
        let mut random = SplitMix64::new(0x4e55_4d42);
        let shared = OicqShared::default();
        let mut conversation = Conversation::new(port);
        let mut claimed = 0;
        for number in 0..count {
            for up in [true, false]
                .into_iter()
                .take(1 + usize::from(self.answers))
            {
                let telegram = self.telegram(number, &mut random);
                claimed += usize::from(conversation.offer(&telegram, up, &shared));
            }
        }
        claimed
    }
}

#[test]
fn a_serial_number_is_not_an_account() {
    let seconds = [Fill::Fixed(0x0002), counts(0x1000, false), Fill::Random];
    for port in PORTS {
        for head in [0x0540, 0x2a00] {
            for second in seconds {
                for (zeroes, floats, answers) in [
                    (0, false, false),
                    (0, true, false),
                    (0, false, true),
                    (3, false, false),
                    (3, true, true),
                ] {
                    let telegrams = Numbered {
                        head,
                        second,
                        serial: 20_011_025,
                        zeroes,
                        floats,
                        answers,
                    };
                    let claimed = telegrams.claimed(port, 2000);
                    assert!(claimed <= 3, "{claimed} on port {port}: {telegrams:?}");
                }
            }
        }
        // Measured values are not ciphertext, whatever version the device seems to have.
        for (head, zeroes) in [(0x0f5f, 0), (0x1105, 0), (0x3037, 3)] {
            let telegrams = Numbered {
                head,
                second: Fill::Fixed(0x0002),
                serial: 20_011_025,
                zeroes,
                floats: true,
                answers: true,
            };
            let claimed = telegrams.claimed(port, 2000);
            assert!(claimed <= 3, "{claimed} on port {port}: {telegrams:?}");
        }
    }
}

/// The worst case: telegrams that begin with the version of a client, with a counter that
/// takes the values of its commands. The data of some look encrypted, and name one account.
#[test]
fn telegrams_that_begin_like_a_client_are_soon_released() {
    let counting = [counts(256, false), counts(0x1_0000, false)];
    for count in [2000, 20_000] {
        let mut most = 0;
        for port in PORTS {
            every_combination(&[Fill::Fixed(0x0f5f)], &counting, |telegrams| {
                // The longer run only with a counted sequence.
                if count > 2000 && !matches!(telegrams.third, Fill::Counts { .. }) {
                    return;
                }
                let claimed = telegrams.claimed_together(port, count);
                assert!(claimed <= 3, "{claimed} on port {port}: {telegrams:?}");
                most = most.max(claimed);
            });
        }
        println!("of {count} telegrams that begin like a client at most {most} are claimed");
    }
}

#[test]
fn few_telegrams_of_many_devices_are_claimed() {
    let mut most = 0;
    for port in PORTS {
        every_combination(&HEADS, &SECONDS, |telegrams| {
            let claimed = telegrams.claimed_alone(port, 1000);
            assert!(claimed <= 12, "{claimed} on port {port}: {telegrams:?}");
            most = most.max(claimed);
        });
    }
    println!("of 1000 telegrams of as many devices at most {most} are claimed");
}
