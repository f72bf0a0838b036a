//! Who is the client, what the server does, and which dialect it must at least be, as a
//! single line tells.
//!
//! Source: protocol reference, MSNP §2.3 to §2.6 (who sends what, since when), §7.2.

use super::Line;
use crate::context::{Packet, Transport};
use crate::msn::account::is_account;
use crate::msn::line::Head;
use crate::msn::parameter::Role;

/// The port of MSNP's servers.
const PORT: u16 = 1863;

/// The direction that is the client's, if ports or the line tell.
pub(super) fn client_side(packet: &Packet<'_>, line: &Line<'_>) -> Option<usize> {
    let (here, there) = (packet.side(), 1 - packet.side());
    if packet.transport != Transport::Http {
        match (packet.source_port == PORT, packet.destination_port == PORT) {
            (false, true) => return Some(here),
            (true, false) => return Some(there),
            _ => {}
        }
    }
    Some(if client_sends(line)? { here } else { there })
}

/// Whether only a client, or only a server, sends such a line.
fn client_sends(line: &Line<'_>) -> Option<bool> {
    let Some(verb) = line.verb() else {
        return Some(false);
    };
    let words = line.words();
    match (verb, &*words) {
        (
            b"QNG" | b"NLN" | b"ILN" | b"FLN" | b"RNG" | b"JOI" | b"IRO" | b"BYE" | b"ACK" | b"NAK"
            | b"UBX" | b"UBN" | b"UBM" | b"NOT" | b"IPG" | b"NFY" | b"SBS" | b"BPR" | b"LSG",
            _,
        ) => Some(false),
        (b"PNG" | b"UUM" | b"UUN" | b"PGD" | b"PAG" | b"SDC", words) => {
            Some(!matches!(words, [b"OK", ..]))
        }
        (b"VER", [_, _, ..]) => Some(true),
        (b"CVR" | b"CVQ", [locale, ..]) => Some(locale.starts_with(b"0x")),
        (b"USR", [b"OK", ..]) => Some(false),
        (b"USR", [_, b"I", ..]) => Some(true),
        (b"USR", [who, _]) => is_account(who).then_some(true),
        (b"ANS", [b"OK"]) => Some(false),
        (b"ANS", [_, _, _]) => Some(true),
        (b"XFR", [b"SB"]) => Some(true),
        (b"XFR", [_, _, ..]) => Some(false),
        (b"CAL", [b"RINGING", _]) => Some(false),
        (b"CAL", [who]) => is_account(who).then_some(true),
        (b"CHL", [_]) => Some(false),
        (b"MSG", [_]) => None,
        (b"MSG", [b"U" | b"N" | b"A" | b"D" | b"S", _]) => Some(true),
        (b"MSG", [_, _, _]) => Some(false),
        (b"QRY", [_, _]) => Some(true),
        (b"QRY", []) => Some(false),
        (b"ADL" | b"RML", [b"OK"]) => Some(false),
        (b"OUT", [_, ..]) => Some(false),
        _ => None,
    }
}

/// What the server does on whose connections alone such a line is sent. The first line that
/// tells decides: a notification server, too, can send its clients elsewhere. The first lines of
/// a login are the same for dispatch and notification servers.
pub(super) fn role_of(line: &Line<'_>) -> Option<Role> {
    let verb = match &line.head {
        Head::Command(verb) => verb,
        Head::Error(_) => return None,
    };
    match (verb, &*line.words()) {
        (b"XFR", [b"NS", ..]) => Some(Role::Dispatch),
        (b"XFR", [b"SB", ..]) => Some(Role::Notification),
        (b"CAL" | b"IRO" | b"JOI" | b"BYE" | b"ANS" | b"ACK" | b"NAK", _) => {
            Some(Role::Switchboard)
        }
        (b"USR", [b"OK", _, _, second, ..]) if is_flag(second) => Some(Role::Notification),
        (b"USR", [who, _]) if is_account(who) => Some(Role::Switchboard),
        (b"USR", [b"MD5" | b"CTP" | b"TWN" | b"SSO" | b"SHA", b"S" | b"A", ..]) => {
            Some(Role::Notification)
        }
        (b"MSG", [b"U" | b"N" | b"A" | b"D" | b"S", _]) => Some(Role::Switchboard),
        (b"MSG", [b"Hotmail", ..]) => Some(Role::Notification),
        (
            b"NLN" | b"ILN" | b"FLN" | b"QNG" | b"PNG" | b"UBX" | b"UBN" | b"UUX" | b"UUN" | b"UBM"
            | b"UUM" | b"SYN" | b"LST" | b"LSG" | b"CHG" | b"CHL" | b"QRY" | b"RNG" | b"ADL"
            | b"RML" | b"ADC" | b"ADD" | b"REM" | b"NOT" | b"NFY" | b"SDG" | b"PUT" | b"GCF"
            | b"SBS" | b"BLP" | b"PRP" | b"BPR",
            _,
        ) => Some(Role::Notification),
        _ => None,
    }
}

fn is_flag(word: &[u8]) -> bool {
    matches!(word, b"0" | b"1")
}

/// The most that [`least_dialect`] can say of a line with this command.
pub(super) fn most(line: &Line<'_>) -> Option<u8> {
    match line.verb()? {
        b"NFY" | b"SDG" | b"PUT" | b"DEL" => Some(21),
        b"NLN" | b"UBX" | b"FLN" => Some(18),
        b"JOI" | b"BYE" | b"USR" | b"ANS" => Some(16),
        b"ACK" | b"NAK" | b"MSG" | b"CHG" | b"ILN" | b"PNG" => None,
        _ => Some(14),
    }
}

/// The first dialect that has such a line (§1.5).
pub(super) fn least_dialect(line: &Line<'_>) -> Option<u8> {
    let verb = line.verb()?;
    let least = match (verb, &*line.words()) {
        (b"NFY" | b"SDG" | b"PUT" | b"DEL", _) => 21,
        (b"NLN", [_, who, ..]) | (b"UBX" | b"FLN", [who, ..]) if has_network(who) => 18,
        (b"JOI" | b"BYE", [who, ..]) | (b"USR" | b"ANS", [who, _, ..]) if has_endpoint(who) => 16,
        (b"USR", [b"SSO", ..]) => 15,
        (b"UBM" | b"UUM" | b"FQY", _) => 14,
        (b"ADL" | b"RML" | b"UBN" | b"UUN", _) => 13,
        (b"UUX" | b"UBX" | b"GCF" | b"SBS", _) => 11,
        (b"ADC" | b"SBP", _) => 10,
        (b"QNG", [_]) | (b"PGD", _) => 9,
        (b"USR", [b"TWN", ..]) => 8,
        (b"ADG" | b"RMG" | b"REG" | b"LSG", _) => 7,
        (b"CHL" | b"QRY", _) => 6,
        _ => return None,
    };
    Some(least)
}

fn has_network(word: &[u8]) -> bool {
    word.first().is_some_and(u8::is_ascii_digit)
        && is_account(word)
        && crate::msn::account::account(word).network.is_some()
}

fn has_endpoint(word: &[u8]) -> bool {
    word.ends_with(b"}")
        && is_account(word)
        && crate::msn::account::account(word).endpoint.is_some()
}
