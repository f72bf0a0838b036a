//! What is remembered of one MSNP connection.
//!
//! State is built in the first pass, in which frames come in order. What a later pass
//! needs of it is kept by frame, so that any frame gives the same answer at any time.

use crate::context::{Facts, Packet, PduKey};

/// What an earlier segment of the same direction has left open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Carry {
    /// Nothing: the segment begins with a command.
    #[default]
    None,
    /// So many bytes of a payload.
    Payload(usize),
    /// The rest of a line, up to its line feed.
    Line,
}

/// One connection.
#[derive(Debug, Default)]
pub struct Session {
    /// The frame with the first command, whatever the direction.
    confirmed: Option<u32>,
    /// The frame with the first command of each direction.
    synchronised: [Option<u32>; 2],
    /// What is open in each direction, in the first pass.
    open: [Carry; 2],
    /// What was open when a call began, by the first PDU of the call.
    opened: Facts<Carry>,
}

impl Session {
    /// Whether a command was seen in this frame or earlier.
    pub fn is_confirmed(&self, packet: &Packet<'_>) -> bool {
        packet.recognised || self.confirmed.is_some_and(|frame| frame <= packet.frame)
    }

    /// Whether this direction had no command before this frame.
    pub fn begins_here(&self, packet: &Packet<'_>) -> bool {
        self.synchronised[packet.side()].is_none_or(|frame| packet.frame <= frame)
    }

    /// A command was found in this packet.
    pub fn found_command(&mut self, packet: &Packet<'_>) {
        if packet.first_pass {
            self.confirmed.get_or_insert(packet.frame);
            self.synchronised[packet.side()].get_or_insert(packet.frame);
        }
    }

    /// What is open at the beginning of this call. In the first pass it is taken: the call
    /// says with [`Session::leave_open`] what it leaves.
    pub fn take_open(&mut self, packet: &Packet<'_>) -> Carry {
        let key = PduKey {
            frame: packet.frame,
            index: packet.first_pdu,
        };
        let open = if packet.first_pass {
            core::mem::take(&mut self.open[packet.side()])
        } else {
            Carry::None
        };
        self.opened.settle(packet, key, || open)
    }

    /// What the next segment of this direction begins with.
    pub fn leave_open(&mut self, packet: &Packet<'_>, carry: Carry) {
        if packet.first_pass {
            self.open[packet.side()] = carry;
        }
    }
}
