//! What the first lines of a connection tell of it.

use super::*;
use crate::msn::msnp::wire::command::Verb;

fn learn(tracker: &mut LineTracker, frame: u32, (verb, text): (&Verb, &str)) {
    let packet = Packet {
        frame,
        first_pass: true,
        ..Packet::default()
    };
    let line = TrackedLine::of_text(*verb, text.as_bytes());
    tracker.learn(&packet, &mut MsnpShared::default(), packet.key(0), &line);
}

#[test]
fn a_connection_to_a_server_by_name_begins_with_its_first_line() {
    let xfr = "XFR 3 NS messenger.example.com:1863 0\r\n";
    let announced = |line| {
        let capture = [
            ((1, 1863), (ALICE, 1025), xfr),
            ((ALICE, 1026), SERVER, line),
        ];
        shown(&capture, Field::SetupFrame, 1)
    };
    assert_eq!(announced("VER 1 MSNP8 CVR0\r\n"), both(&["1"]));
    // One that has begun before the capture was not announced in it.
    assert_eq!(announced("PNG\r\n"), both(&[]));
}

#[test]
fn the_carrier_tells_direction_and_role_where_no_line_has() {
    use ServerRole::{Notification, Switchboard};
    let packet = |from_lower, first_pass| Packet {
        from_lower,
        first_pass,
        ..Packet::default()
    };
    let mut tracker = LineTracker::default();
    let found = |tracker: &LineTracker| {
        let context = tracker.line_context(&packet(true, true), PduKey { frame: 1, index: 0 });
        (context.from_client, context.role)
    };
    tracker.set_direction_and_role(&packet(true, false), 1, Some(Switchboard));
    assert_eq!(found(&tracker), (None, None));
    tracker.set_direction_and_role(&packet(true, true), 1, None);
    assert_eq!(found(&tracker), (Some(true), None));
    tracker.set_direction_and_role(&packet(true, true), 0, Some(Switchboard));
    assert_eq!(found(&tracker), (Some(true), Some(Switchboard)));
    tracker.set_direction_and_role(&packet(true, true), 0, Some(Notification));
    assert_eq!(found(&tracker), (Some(true), Some(Switchboard)));
}

#[test]
fn the_forms_of_the_first_lines_tell_the_least_dialect() {
    // Since MSNP8 there are capabilities; a status alone is older.
    let (old, new) = ((b"CHG", "1 BSY"), (b"CHG", "1 BSY 0"));
    let least = |lines_before: u8| {
        let mut tracker = LineTracker::default();
        for number in 0..lines_before {
            learn(&mut tracker, 1 + u32::from(number), old);
        }
        assert_eq!(tracker.least_dialect(), None);
        learn(&mut tracker, 1000, new);
        tracker.least_dialect()
    };
    assert_eq!(least(0), Some(8));
    assert_eq!(least(MAX_COMPARED_LINES - 1), Some(8));
    assert_eq!(least(MAX_COMPARED_LINES), None);
    // Lines that cannot tell do not count.
    let mut tracker = LineTracker::default();
    for frame in 1..=100 {
        learn(&mut tracker, frame, (b"PNG", ""));
    }
    learn(&mut tracker, 1000, new);
    assert_eq!(tracker.least_dialect(), Some(8));
}
