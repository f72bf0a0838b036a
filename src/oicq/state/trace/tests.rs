//! What frames of one conversation have in common, and the same with one thing other.

use super::*;
use Direction::{ToClient, ToServer, Unknown};

/// A frame of a known client, of which nothing else is known.
pub(crate) const FRAME: FrameTrace = FrameTrace {
    from_lower: true,
    direction: ToServer,
    header: OicqHeader::Classic,
    version: 0x0f5f,
    command: 0x0017,
    sequence: 1000,
    account: 0,
    fingerprint: 1,
    cipher: None,
    is_known: true,
};

/// The reply to it.
pub(crate) const REPLY: FrameTrace = FrameTrace {
    from_lower: false,
    direction: ToClient,
    fingerprint: 2,
    ..FRAME
};

impl FrameTrace {
    /// The same frame of this account.
    pub(crate) const fn of_account(self, account: u32) -> Self {
        Self { account, ..self }
    }

    /// The next frame of its counter, with another command if this is not 0.
    pub(crate) const fn after(self, steps: u16, command_steps: u16) -> Self {
        Self {
            sequence: self.sequence.wrapping_add(steps),
            command: self.command.wrapping_add(command_steps),
            fingerprint: self.fingerprint + 0x100,
            ..self
        }
    }

    pub(crate) const fn with_version(self, version: u16) -> Self {
        Self { version, ..self }
    }

    pub(crate) const fn with_fingerprint(self, fingerprint: u32) -> Self {
        Self {
            fingerprint,
            ..self
        }
    }

    pub(crate) const fn with_cipher(self, cipher: [u8; SAMPLE_LEN]) -> Self {
        Self {
            cipher: Some(cipher),
            ..self
        }
    }

    pub(crate) const fn with_command(self, command: u16) -> Self {
        Self { command, ..self }
    }

    /// The same frame from the other endpoint.
    pub(crate) const fn of_other_endpoint(self) -> Self {
        Self {
            from_lower: !self.from_lower,
            ..self
        }
    }

    pub(crate) const fn of_unknown_client(self) -> Self {
        Self {
            is_known: false,
            ..self
        }
    }
}

const fn with_sequence(sequence: u16) -> FrameTrace {
    FrameTrace { sequence, ..FRAME }
}

#[test]
fn sequences_of_one_counter_are_near_in_either_direction_and_not_equal() {
    for near in [999, 1001, 1000 - NEAR, 1000 + NEAR] {
        assert!(with_sequence(near).is_near(&FRAME), "{near}");
    }
    for far in [1000, 999 - NEAR, 1001 + NEAR] {
        assert!(!with_sequence(far).is_near(&FRAME), "{far}");
    }
    assert!(with_sequence(2).is_near(&with_sequence(u16::MAX)));
}

#[test]
fn frames_of_one_side_agree_if_one_counter_has_numbered_them() {
    let other = |sequence| FrameTrace {
        account: 10_001,
        fingerprint: 2,
        ..with_sequence(sequence)
    };
    let frame = FrameTrace {
        account: 10_001,
        ..FRAME
    };
    assert!(other(1003).agrees(&frame));
    assert!(!other(5000).agrees(&frame));
    // Long headers have one counter for each command.
    let long = |command, frame| FrameTrace {
        header: OicqHeader::Long,
        command,
        ..frame
    };
    assert!(long(0x00ce, other(5000)).agrees(&long(0x0017, frame)));
    assert!(!long(0x0017, other(5000)).agrees(&long(0x0017, frame)));
}

#[test]
fn a_reply_has_the_command_and_the_sequence_of_its_request() {
    assert!(REPLY.pairs(&FRAME) && FRAME.pairs(&REPLY));
    for (other, what) in [
        (REPLY.after(1, 0), "another sequence"),
        (REPLY.after(0, 1), "another command"),
        (REPLY.of_other_endpoint(), "from the same endpoint"),
        (
            FrameTrace {
                direction: ToServer,
                ..REPLY
            },
            "in the same direction",
        ),
    ] {
        assert!(!other.pairs(&FRAME), "{what}");
    }
}

#[test]
fn frames_agree_in_version_account_side_and_bytes() {
    let frame = FRAME.of_account(10_001);
    let next = frame.after(1, 0);
    assert!(next.agrees(&frame) && REPLY.agrees(&frame));
    // A server of that time has a version of its own, as has the reply with a build.
    let of_server = REPLY.with_version(SERVER_VERSION);
    assert!(of_server.agrees(&frame) && frame.agrees(&of_server));
    let asked = frame.with_command(BUILD_FOR_VERSION);
    let build = REPLY.with_version(0x6792).with_command(BUILD_FOR_VERSION);
    assert!(build.agrees(&asked) && asked.agrees(&build));
    for (other, what) in [
        (next.with_version(0x0f60), "another version"),
        (
            next.with_version(SERVER_VERSION),
            "of a server, from the client",
        ),
        (REPLY.with_version(0x0f60), "another version"),
        (next.of_account(10_002), "another account"),
        (next.of_account(0), "no account, and no reply"),
        (next.of_other_endpoint(), "from the other endpoint"),
        (REPLY.of_other_endpoint(), "from the same endpoint"),
        (next.after(NEAR, 0), "far in the counter"),
        (next.with_fingerprint(1), "the same bytes"),
        (of_server.after(1, 0), "no reply"),
        (of_server.after(1, 0).of_account(10_001), "no reply"),
    ] {
        assert!(!other.agrees(&frame), "{what}");
    }
    let other_build = build.with_command(0x0017);
    assert!(!other_build.agrees(&frame), "a build in another reply");
}

#[test]
fn unknown_clients_are_confirmed_by_replies_alone() {
    let frame = FRAME.of_account(10_001);
    let next = frame.after(1, 0);
    let unknown = frame.of_unknown_client();
    assert!(next.is_confirmed_by(&frame));
    assert!(next.is_confirmed_by(&unknown), "this one is known");
    assert!(
        next.of_unknown_client().is_confirmed_by(&frame),
        "the other one is known"
    );
    assert!(!next.of_unknown_client().is_confirmed_by(&unknown));
    assert!(REPLY.of_unknown_client().is_confirmed_by(&unknown));
    let other = next.of_account(10_002);
    assert!(
        !other.is_confirmed_by(&frame),
        "a known client of another account"
    );
}

#[test]
fn a_classic_counter_numbers_one_command_once() {
    let other = FRAME.after(0, 1);
    assert!(other.clashes(&FRAME));
    let long = FrameTrace {
        header: OicqHeader::Long,
        ..other
    };
    for (other, what) in [
        (long, "with a counter for each command"),
        (other.after(1, 0), "another sequence"),
        (FRAME, "the same command"),
        (REPLY.after(0, 1), "of the other side"),
    ] {
        assert!(!other.clashes(&FRAME), "{what}");
    }
}

#[test]
fn an_echo_has_the_same_bytes_with_another_command() {
    let other = FRAME.with_command(0x0018);
    assert!(other.echoes(&FRAME));
    assert!(!FRAME.echoes(&FRAME), "the same command");
    assert!(!other.with_fingerprint(2).echoes(&FRAME), "other bytes");
    let nothing = FRAME.with_fingerprint(0);
    let other = nothing.with_command(0x0018);
    assert!(!other.echoes(&nothing), "bytes that were not captured");
}

/// The third frame of a counter, after steps of the command and of the sequence.
fn continues(command: [u16; 2], sequence: [u16; 2]) -> bool {
    let earlier = FRAME;
    let last = earlier.after(sequence[0], command[0]);
    last.after(sequence[1], command[1])
        .continues(&last, &earlier)
}

#[test]
fn a_command_that_steps_as_the_sequence_does_is_a_counter() {
    for (command, sequence, what) in [
        ([1, 1], [1, 1], "both count"),
        ([1, 2], [1, 2], "with a frame between"),
        ([1, 1], [2, 2], "the sequence in larger steps"),
        ([3, 3], [0, 0], "the command alone"),
        ([1, 1], [5000, 9000], "the sequence is something else"),
    ] {
        assert!(continues(command, sequence), "{what}");
    }
    for (command, sequence, what) in [
        ([1, 0], [1, 0], "one command twice"),
        ([0, 1], [0, 1], "one command twice"),
        ([0, 0], [1, 1], "one command alone"),
        ([1, 1], [1, 2], "steps of the sequence that differ"),
        (
            [1, 1],
            [5000, 1],
            "steps that differ, the last in a counter",
        ),
        (
            [1, 1],
            [1, 5000],
            "steps that differ, the first in a counter",
        ),
        ([1, 3], [1, 1], "steps of the command that differ"),
        ([1, 3], [5000, 9000], "steps of the command that differ"),
        ([1, 2], [1, 3], "the last step differs"),
        ([2, 1], [3, 1], "the first step differs"),
    ] {
        assert!(!continues(command, sequence), "{what}");
    }
}

#[test]
fn the_same_bytes_after_a_counter_are_of_one_device() {
    let earlier = FRAME.with_fingerprint(7);
    let last = earlier.after(1, 1).with_fingerprint(7);
    let frame = last.after(2, 1).with_fingerprint(7);
    assert!(frame.continues(&last, &earlier));
    let other = |frame: FrameTrace| frame.with_fingerprint(8);
    assert!(!frame.continues(&other(last), &earlier));
    assert!(!frame.continues(&last, &other(earlier)));
    assert!(!other(frame).continues(&last, &earlier));
}

#[test]
fn pushes_come_from_the_server() {
    let from = |direction, command| FrameTrace {
        direction,
        command,
        ..FRAME
    };
    // Acknowledged or not, or the reply to a keep-alive.
    for (command, is_push) in [
        (0x0017, true),
        (0x0080, true),
        (0x0002, false),
        (0x0ffe, false),
    ] {
        assert_eq!(from(ToClient, command).is_push(), is_push, "{command:#06x}");
        assert!(!from(ToServer, command).is_push(), "{command:#06x}");
    }
}

#[test]
fn a_client_is_the_endpoint_that_sends_to_the_server() {
    let mut client = ClientTrace::default();
    let unknown = FrameTrace {
        direction: Unknown,
        ..FRAME
    };
    client.learn(&unknown);
    for frame in [FRAME, REPLY, FRAME.of_other_endpoint()] {
        assert!(client.matches_direction(&frame), "no side is known");
    }
    for first in [FRAME, REPLY] {
        let mut client = ClientTrace::default();
        client.learn(&first);
        for frame in [FRAME, REPLY] {
            assert!(client.matches_direction(&frame));
            assert!(!client.matches_direction(&frame.of_other_endpoint()));
        }
        for frame in [unknown, unknown.of_other_endpoint()] {
            assert!(client.matches_direction(&frame), "a frame of any side");
        }
    }
}

#[test]
fn a_client_has_one_version_and_a_few_accounts() {
    let mut client = ClientTrace::default();
    client.learn(&REPLY.with_version(SERVER_VERSION));
    assert!(client.has_version(&FRAME) && client.has_no_account());
    client.learn(&FRAME.of_account(10_001));
    assert!(client.has_version(&FRAME) && !client.has_version(&FRAME.with_version(0x0f60)));
    assert!(client.has_version(&REPLY.with_version(SERVER_VERSION)));
    assert!(!client.has_version(&FRAME.with_version(SERVER_VERSION)));
    for account in 10_002..=10_005 {
        client.learn(&FRAME.of_account(account));
        client.learn(&FRAME.of_account(account));
    }
    let known: Vec<u32> = (10_001..=10_006).filter(|it| client.has(*it)).collect();
    assert_eq!(known, [10_002, 10_003, 10_004, 10_005]);
}
