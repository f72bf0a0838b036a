use super::*;
use crate::msn::msnp::wire::command::Verb;
use crate::packet::Address;

const KEY: PduKey = PduKey { frame: 1, index: 0 };

/// The participants of a conversation after these lines.
fn participants(lines: &[(&Verb, &str)], from_client: Option<bool>) -> Vec<String> {
    let mut chats = Chats::default();
    let id = chats.start();
    for (verb, text) in lines {
        let line = TrackedLine::of_text(**verb, text.as_bytes());
        learn(
            &mut chats,
            id,
            (&Packet::default(), KEY),
            &line,
            from_client,
        );
    }
    let accounts = chats.participants(id, KEY).into_iter();
    accounts.map(|it| String::from_utf8(it).unwrap()).collect()
}

#[test]
fn servers_name_who_takes_part() {
    let message = [(b"MSG", "bob@example.net Bob 133")];
    assert_eq!(participants(&message, Some(false)), ["bob@example.net"]);
    for from_client in [None, Some(true)] {
        assert_eq!(participants(&message, from_client), [""; 0]);
    }
    // Whoever joins has an account, of any form.
    let join = [(b"JOI", "bob Bob"), (b"IRO", "1 1 1 carol Carol")];
    assert_eq!(participants(&join, Some(false)), ["bob", "carol"]);
    let system = [(b"MSG", "Hotmail Hotmail 133")];
    assert_eq!(participants(&system, Some(false)), [""; 0]);
}

#[test]
fn participants_beyond_the_limit_are_left_out() {
    let names: Vec<_> = (0..=MAX_PARTICIPANTS)
        .map(|number| format!("user{number}@example.net User"))
        .collect();
    let lines: Vec<_> = names.iter().map(|name| (b"JOI", &**name)).collect();
    let all = participants(&lines[..MAX_PARTICIPANTS], Some(false));
    assert_eq!(all.len(), MAX_PARTICIPANTS);
    assert_eq!(participants(&lines, Some(false)), all);
}

#[test]
fn a_server_is_known_by_its_end_of_a_connection() {
    let direct = Packet {
        transport: Transport::Tcp,
        source: Address::V4([192, 0, 2, 1]),
        source_port: 1025,
        destination: Address::V4([192, 0, 2, 2]),
        destination_port: 1863,
        ..Packet::default()
    };
    let line = TrackedLine::of_text(*b"OUT", b"");
    let unknown = SessionTraits::at(0);
    let of = |packet: &Packet<'_>, from_client| traits(packet, &line, from_client);
    let to = unknown.on(Some((direct.destination, 1863)));
    let from = unknown.on(Some((direct.source, 1025)));
    assert_eq!(of(&direct, Some(true)), to);
    assert_eq!(of(&direct, Some(false)), from);
    assert_eq!(of(&direct, None), unknown);
    for other in [
        Packet {
            tunnelled: true,
            ..direct
        },
        Packet {
            transport: Transport::Http,
            ..direct
        },
    ] {
        assert_eq!(of(&other, Some(true)), unknown, "{other:?}");
    }
}
