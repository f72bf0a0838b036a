use super::*;
use crate::msn::slp::wire::message::message;
use crate::packet::Address;

/// A message of the call, without its first line: the port of the inviting client, its CSeq,
/// and its branch.
#[derive(Clone, Copy)]
struct Sent(u16, u32, &'static str);

fn text(start: &str, Sent(_, sequence, branch): Sent) -> String {
    let via = match branch {
        "" => String::new(),
        _ => format!("Via: MSNSLP/1.0/TLP ;branch={branch}\r\n"),
    };
    format!("{start}\r\n{via}CSeq: {sequence}\r\nCall-ID: {{9}}\r\n\r\n\0")
}

/// The request, by its place from 0, that a response answers.
fn answered(requests: &[Sent], response: Sent) -> Option<u32> {
    let mut calls = Calls::default();
    let client = |port| (Address::V4([192, 0, 2, 1]), port);
    let other = (Address::V4([198, 51, 100, 1]), 1863);
    for (frame, request) in (0..).zip(requests) {
        let from = client(request.0);
        let packet = packet(frame, (from, other));
        let text = text("INVITE MSNMSGR:bob@example.net MSNSLP/1.0", *request);
        let message = message(text.as_bytes()).unwrap();
        let learnt = calls.learn(&packet, frame, &message, text.as_bytes());
        assert_eq!(learnt.answers, None);
    }
    let packet = packet(99, (other, client(response.0)));
    let text = text("MSNSLP/1.0 200 OK", response);
    let message = message(text.as_bytes()).unwrap();
    let learnt = calls.learn(&packet, 99, &message, text.as_bytes());
    let frame = learnt.facts.response_to.map(|(frame, _)| frame);
    assert_eq!(learnt.answers, frame);
    learnt.answers
}

type End = (Address, u16);

fn packet(frame: u32, (from, to): (End, End)) -> Packet<'static> {
    Packet {
        frame,
        first_pass: true,
        source: from.0,
        source_port: from.1,
        destination: to.0,
        destination_port: to.1,
        ..Packet::default()
    }
}

#[test]
fn a_response_answers_the_latest_request_if_nothing_else_tells() {
    let same = Sent(1, 0, "{A}");
    assert_eq!(answered(&[same, same, same], Sent(1, 1, "{A}")), Some(2));
    assert_eq!(answered(&[], Sent(1, 1, "{A}")), None);
}

#[test]
fn a_response_answers_a_request_of_its_connection_branch_and_sequence() {
    let connections = [Sent(1, 0, "{A}"), Sent(2, 0, "{B}")];
    assert_eq!(answered(&connections, Sent(1, 1, "{B}")), Some(0));
    let branches = [Sent(1, 4, "{A}"), Sent(1, 0, "{B}")];
    assert_eq!(answered(&branches, Sent(1, 1, "{A}")), Some(0));
    let sequences = [Sent(1, 0, "{A}"), Sent(1, 4, "{A}")];
    assert_eq!(answered(&sequences, Sent(1, 1, "{A}")), Some(0));
    // No branch is not the same branch.
    let without = [Sent(1, 0, ""), Sent(1, 0, "{A}")];
    assert_eq!(answered(&without, Sent(1, 1, "")), Some(1));
}

#[test]
fn nobody_answers_its_own_request() {
    let mut calls = Calls::default();
    let ends = ((Address::Unknown, 1), (Address::Unknown, 2));
    let mut learn = |frame, start| {
        let text = text(start, Sent(1, 0, "{A}"));
        let message = message(text.as_bytes()).unwrap();
        let learnt = calls.learn(&packet(frame, ends), frame, &message, text.as_bytes());
        learnt.answers
    };
    assert_eq!(learn(1, "INVITE MSNMSGR:bob@example.net MSNSLP/1.0"), None);
    assert_eq!(learn(2, "MSNSLP/1.0 200 OK"), None);
}

#[test]
fn the_branch_ends_at_the_next_parameter() {
    for (via, expected) in [
        ("MSNSLP/1.0/TLP ;branch={A-B}", "{A-B}"),
        ("MSNSLP/1.0/TLP ;branch={A-B};ttl=1", "{A-B}"),
        ("MSNSLP/1.0/TLP ;branch=", ""),
        ("MSNSLP/1.0/TLP ", ""),
    ] {
        let text = format!("MSNSLP/1.0 200 OK\r\nVia: {via}\r\n\r\n\0");
        let message = message(text.as_bytes()).unwrap();
        let found = branch(&message, text.as_bytes());
        assert_eq!(found, expected.as_bytes(), "{via}");
    }
    let long = format!("MSNSLP/1.0 200 OK\r\nVia: branch={:090}\r\n\r\n\0", 0);
    let message = message(long.as_bytes()).unwrap();
    assert_eq!(branch(&message, long.as_bytes()).len(), MAX_ID);
}

#[test]
fn a_nonce_is_compared_with_those_of_its_call() {
    let mut calls = Calls::default();
    let text = text("MSNSLP/1.0 200 OK", Sent(1, 0, ""));
    let message = message(text.as_bytes()).unwrap();
    let learnt = calls.learn(&Packet::default(), 1, &message, text.as_bytes());
    let call = learnt.call.unwrap();
    let nonce = |byte| Guid([byte; 16]);
    assert_eq!(calls.check(call, nonce(1)), None);
    let plain = |frame| NonceOrigin {
        nonce: nonce(frame as u8),
        hashed: false,
        frame,
    };
    calls.record_nonce(call, plain(1));
    let hash = NonceOrigin {
        nonce: nonce(2).hashed(),
        hashed: true,
        frame: 2,
    };
    calls.record_nonce(call, hash);
    for (byte, expected) in [(1, Some(Ok(1))), (2, Some(Ok(2))), (3, Some(Err(())))] {
        assert_eq!(calls.check(call, nonce(byte)), expected);
    }
    // No more of them are kept than there is room for.
    let last = MAX_OPEN as u32;
    (3..=last + 1).for_each(|frame| calls.record_nonce(call, plain(frame)));
    assert_eq!(calls.check(call, nonce(last as u8)), Some(Ok(last)));
    assert_eq!(calls.check(call, nonce(last as u8 + 1)), Some(Err(())));
}
