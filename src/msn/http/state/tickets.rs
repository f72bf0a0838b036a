//! Passport tickets: the frames in which each was issued and used.

use crate::hash_map::HashMap;

use crate::msn::msnp::wire::composite;
use crate::packet::Packet;

/// The issued tickets, by their value without the profile.
#[derive(Debug, Default)]
pub struct Tickets(HashMap<Vec<u8>, Frames>);

#[derive(Debug, Clone, Copy)]
struct Frames {
    issued: u32,
    used: Option<u32>,
}

impl Tickets {
    /// Records that `ticket` is issued in this packet. Returns the frame in which it is
    /// first used, if known.
    pub fn record_issue(&mut self, packet: &Packet<'_>, ticket: &[u8]) -> Option<u32> {
        let ticket = value(ticket);
        if let Some(frames) = self.0.get(ticket) {
            return frames.used;
        }
        if packet.first_pass && !ticket.is_empty() {
            let frames = Frames {
                issued: packet.frame,
                used: None,
            };
            self.0.insert(ticket.to_vec(), frames);
        }
        None
    }

    /// Whether no ticket was issued.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Records that `ticket` is used in this packet. Returns the frame in which it was
    /// issued, if known.
    pub fn record_use(&mut self, packet: &Packet<'_>, ticket: &[u8]) -> Option<u32> {
        let frames = self.0.get_mut(value(ticket))?;
        if packet.frame < frames.issued {
            return None;
        }
        if packet.first_pass {
            frames.used.get_or_insert(packet.frame);
        }
        Some(frames.issued)
    }
}

/// The value of `t` in `t=ticket&p=profile`, or all of a bare ticket: Passport issues
/// both forms.
fn value(ticket: &[u8]) -> &[u8] {
    let mut pairs = composite::pairs(ticket, b'&');
    let named = pairs.find(|pair| pair.name.of(ticket) == b"t");
    named.map_or(ticket, |pair| pair.value.of(ticket))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(frame: u32, first_pass: bool) -> Packet<'static> {
        Packet {
            frame,
            first_pass,
            ..Packet::default()
        }
    }

    #[test]
    fn issue_and_use_of_a_ticket_are_linked() {
        let mut tickets = Tickets::default();
        assert!(tickets.is_empty());
        assert_eq!(tickets.record_use(&packet(3, true), b"t=1&p=2"), None);
        assert_eq!(tickets.record_issue(&packet(4, true), b"t=1&p=2"), None);
        assert!(!tickets.is_empty());
        assert_eq!(tickets.record_use(&packet(4, false), b"t=1&p=2"), Some(4));
        assert_eq!(tickets.record_use(&packet(6, true), b"t=1&p=2"), Some(4));
        assert_eq!(tickets.record_use(&packet(9, true), b"t=1&p=2"), Some(4));
        assert_eq!(tickets.record_use(&packet(9, true), b"t=2"), None);
        for _ in 0..2 {
            assert_eq!(tickets.record_issue(&packet(4, false), b"t=1&p=2"), Some(6));
            assert_eq!(tickets.record_use(&packet(9, false), b"t=1&p=2"), Some(4));
            assert_eq!(tickets.record_use(&packet(3, false), b"t=1&p=2"), None);
        }
    }

    #[test]
    fn a_ticket_is_identified_by_its_value() {
        for (issued, used) in [
            (&b"EwB4abc=="[..], &b"t=EwB4abc==&p="[..]),
            (b"t=EwB4abc==", b"t=EwB4abc==&p=profile"),
            (b"t=EwB4abc==&p=profile", b"EwB4abc=="),
            (b"p=profile&t=EwB4abc==", b"t=EwB4abc=="),
        ] {
            let mut tickets = Tickets::default();
            tickets.record_issue(&packet(4, true), issued);
            assert_eq!(tickets.record_use(&packet(6, true), used), Some(4));
            assert_eq!(tickets.record_issue(&packet(4, false), issued), Some(6));
            assert_eq!(
                tickets.record_use(&packet(6, true), b"t=other&p=profile"),
                None
            );
        }
        let mut tickets = Tickets::default();
        tickets.record_issue(&packet(4, true), b"t=&p=profile");
        assert_eq!(tickets.record_use(&packet(6, true), b"t=&p="), None);
    }
}
