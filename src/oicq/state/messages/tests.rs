use super::*;
use crate::oicq::body::text::Charset;
use crate::span::Span;

/// A fragment of the message `id` from `from`: its number, their count, text.
type Row<'a> = (u32, u32, u8, u8, &'a [u8]);

/// Feeds the fragments, one a frame and a second, from frame 1 on. Checks that a later pass, in
/// reverse order, finds the same.
fn run(rows: &[(i64, Row<'_>)]) -> (FragmentedMessages, Vec<Option<FragmentPlace>>) {
    let mut messages = FragmentedMessages::default();
    let packets = (1..).zip(rows).map(|(frame, (seconds, row))| Packet {
        bytes: row.4,
        frame,
        time: seconds * 1_000_000_000,
        first_pass: true,
        ..Packet::default()
    });
    let packets: Vec<_> = packets.collect();
    let mut places = Vec::new();
    for (packet, (_, row)) in packets.iter().zip(rows) {
        let (from, id, number, count, text) = *row;
        let fragment = Fragment {
            name: MessageName {
                command: 0x0016,
                parties: [Some(from), Some(10_002), None],
                id,
                count,
            },
            number,
            span: Span::new(0, text.len()),
            content: Content::Text((number + 1 == count).then_some(Charset::Big5)),
        };
        let at = (packet, packet.key(0));
        let budget = Budget::default();
        places.push(messages.learn(at, (Some(fragment), text), false, &budget));
    }
    for (packet, place) in packets.iter().zip(&places).rev() {
        let later = Packet {
            first_pass: false,
            ..*packet
        };
        assert_eq!(
            messages.learn(
                (&later, packet.key(0)),
                (None, b""),
                false,
                &Budget::default()
            ),
            *place
        );
    }
    (messages, places)
}

fn texts(messages: &FragmentedMessages) -> Vec<(bool, &str)> {
    let messages = messages.messages.iter();
    let texts = messages.map(|it| {
        let text = core::str::from_utf8(it.pieces.bytes().as_slice());
        (it.completed.is_some(), text.expect("a text"))
    });
    texts.collect()
}

#[test]
fn fragments_come_in_any_order_and_twice() {
    let (messages, places) = run(&[
        (0, (1, 7, 2, 3, b"c")),
        (0, (1, 7, 0, 3, b"a")),
        (0, (1, 7, 0, 3, b"a")),
        (1, (1, 7, 1, 3, b"b")),
        (2, (1, 7, 2, 3, b"c")),
    ]);
    assert_eq!(texts(&messages), [(true, "abc")]);
    let message = messages.get(places[0].unwrap()).unwrap();
    assert_eq!(message.first().map(|pdu| pdu.frame), Some(1));
    assert_eq!(message.completed.map(|pdu| pdu.frame), Some(4));
    let frames: Vec<_> = message.in_order().iter().map(|pdu| pdu.frame).collect();
    assert_eq!(frames, [2, 4, 1]);
    assert_eq!(message.content, Content::Text(Some(Charset::Big5)));
    let repeated = places.iter().map(|place| place.unwrap().is_repeated);
    assert_eq!(
        repeated.collect::<Vec<_>>(),
        [false, false, true, false, true]
    );
}

#[test]
fn messages_of_others_with_the_same_id_are_others() {
    let (messages, _) = run(&[
        (0, (1, 7, 0, 2, b"a")),
        (0, (2, 7, 1, 2, b"y")),
        (0, (1, 7, 1, 2, b"b")),
        (0, (2, 7, 0, 2, b"x")),
    ]);
    assert_eq!(texts(&messages), [(true, "ab"), (true, "xy")]);
}

#[test]
fn an_id_is_used_again() {
    // After a whole message, within a message whose other fragment is lost, and much later.
    let (messages, _) = run(&[
        (0, (1, 7, 0, 2, b"a")),
        (0, (1, 7, 1, 2, b"b")),
        (1, (1, 7, 0, 2, b"c")),
        (2, (1, 7, 0, 2, b"d")),
        (3, (1, 7, 1, 2, b"e")),
        (4, (1, 8, 0, 2, b"f")),
        (99, (1, 8, 1, 2, b"g")),
    ]);
    assert_eq!(
        texts(&messages),
        [
            (true, "ab"),
            (false, "c"),
            (true, "de"),
            (false, "f"),
            (false, "")
        ]
    );
}

#[test]
fn a_message_is_bounded() {
    let large = vec![b'a'; 200_000];
    let (messages, places) = run(&[(0, (1, 7, 0, 2, &large)), (0, (1, 7, 1, 2, &large))]);
    let message = messages.get(places[1].unwrap()).unwrap();
    assert_eq!((message.completed, message.bytes().len()), (None, 200_000));
    let half = vec![b'a'; MAX_MESSAGE as usize / 2];
    let (messages, places) = run(&[(0, (1, 7, 0, 2, &half)), (0, (1, 7, 1, 2, &half))]);
    let message = messages.get(places[1].unwrap()).unwrap();
    assert!(message.completed.is_some(), "the longest");
}

#[test]
fn fragments_of_one_message_come_within_a_minute() {
    for (seconds, expected) in [
        (60, &[(true, "ab")][..]),
        (61, &[(false, "a"), (false, "")]),
    ] {
        let (messages, _) = run(&[(0, (1, 7, 0, 2, b"a")), (seconds, (1, 7, 1, 2, b"b"))]);
        assert_eq!(texts(&messages), expected, "{seconds}");
    }
}

#[test]
fn a_repeated_frame_begins_no_message() {
    let mut messages = FragmentedMessages::default();
    let fragment = Fragment {
        name: MessageName {
            command: 0x0016,
            parties: [Some(1), None, None],
            id: 7,
            count: 2,
        },
        number: 0,
        span: Span::new(0, 1),
        content: Content::Blocks,
    };
    let packet = Packet {
        frame: 1,
        first_pass: true,
        ..Packet::default()
    };
    let at = (&packet, packet.key(0));
    let place = messages.learn(at, (Some(fragment), b"a"), true, &Budget::default());
    assert_eq!((place, messages.messages.len()), (None, 0));
}
