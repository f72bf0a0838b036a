use super::*;
use crate::msn::msnp::wire::pdu;

/// The relations of these lines, each of the client or not.
fn links(lines: &[(bool, String)]) -> Vec<LineLinks> {
    let mut requests = Requests::default();
    let keys = (1..).map(|frame| PduKey { frame, index: 0 });
    for ((from_client, line), key) in lines.iter().zip(keys.clone()) {
        let data = format!("{line}\r\n");
        let packet = Packet {
            frame: key.frame,
            first_pass: true,
            ..Packet::default()
        };
        let pdu = pdu::head(data.as_bytes(), 0).unwrap();
        let line = TrackedLine::of(&pdu, data.as_bytes());
        requests.learn(&packet, key, &line, Some(*from_client), None);
    }
    let found = lines.iter().zip(keys);
    found
        .map(|(_, key)| requests.link(key).unwrap_or_default())
        .collect()
}

fn client(line: impl Into<String>) -> (bool, String) {
    (true, line.into())
}

fn server(line: impl Into<String>) -> (bool, String) {
    (false, line.into())
}

#[test]
fn an_open_request_with_the_same_number_and_command_is_repeated() {
    let last = |lines: &[_]| links(lines).last().unwrap().duplicate_of;
    let (busy, away) = (client("CHG 7 BSY 0"), client("CHG 7 AWY 0"));
    assert_eq!(last(&[busy.clone(), away.clone()]), Some(1));
    assert_eq!(last(&[client("UUX 7 0"), away.clone()]), None);
    let answered = [busy, server("CHG 7 BSY 0"), away];
    assert_eq!(last(&answered), None);
}

#[test]
fn a_response_is_an_orphan_unless_its_request_may_have_been_dropped() {
    let is_orphan = |requests: usize, trid: usize| {
        let mut lines = vec![client("VER 1 MSNP8 CVR0")];
        let numbers = (1..=requests).map(|number| 2 * number);
        lines.extend(numbers.map(|number| client(format!("CHG {number} BSY 0"))));
        lines.push(server(format!("CHG {trid} BSY 0")));
        links(&lines).last().unwrap().is_orphan
    };
    // Clients can leave out numbers.
    assert!(!is_orphan(3, 4) && is_orphan(3, 3) && is_orphan(3, 7));
    let many = 2 * MAX_OPEN + 1;
    assert!(!is_orphan(many, 3) && !is_orphan(many, 2 * many - 1));
    assert!(is_orphan(many, 2 * many + 1));
}
