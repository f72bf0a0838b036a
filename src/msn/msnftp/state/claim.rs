//! Whether a connection is a transfer.
//!
//! Source: docs/protocol/msnp.md §5.11.

use crate::error::Fault;
use crate::first_bytes;
use crate::first_bytes::Recognition;
use crate::msn::msnftp::state::session::{FtpSession, Transfers};
use crate::msn::msnftp::wire::block::{are_blocks, block};
use crate::msn::msnftp::wire::codes::command;
use crate::msn::msnftp::wire::line::{greeting, line};
use crate::packet::{Answer, Packet};

/// Whether a segment that nobody claims is of a transfer, with what its stream brought before.
pub fn recognise(packet: &Packet<'_>, known: Option<(&mut FtpSession, &Transfers)>) -> Answer {
    match known {
        None => first_bytes::judge(None, packet, tell),
        Some((session, shared)) if is_only_announced(packet, session, shared) => {
            let tell = |data: &[u8], _| tell_announced(packet, data);
            session.first.judge(packet, tell)
        }
        Some((session, _)) => session.first.judge(packet, tell),
    }
}

/// Remembers what a segment brings of a connection that was announced and has not shown that it
/// is a transfer: another program may be at that end. Comes before
/// [`dissect`](crate::msn::msnftp::dissect::dissect).
pub fn remember(packet: &Packet<'_>, session: &mut FtpSession, shared: &Transfers) {
    if packet.first_pass && is_only_announced(packet, session, shared) {
        let tell = |data: &[u8], _| tell_announced(packet, data);
        session.first.judge(packet, tell);
    }
}

/// Whether the connection is a transfer. Where an invitation has announced it, it must show it;
/// the user is believed more.
pub(crate) fn is_ours(packet: &Packet<'_>, session: &FtpSession, shared: &Transfers) -> bool {
    if is_only_announced(packet, session, shared) {
        return packet.first_pass && tell_announced(packet, packet.bytes) == Recognition::Yes;
    }
    session.is_confirmed(packet)
        || greeting(packet.bytes).is_ok()
        || are_blocks(packet.bytes)
        || may_belong(packet.bytes)
}

/// Whether an announcement is all that says that the connection may be a transfer.
fn is_only_announced(packet: &Packet<'_>, session: &FtpSession, shared: &Transfers) -> bool {
    shared.ends.of(packet).is_some() && !session.is_confirmed(packet)
}

/// Whether bytes that begin a segment, or a direction of a stream (`opens`), begin a transfer:
/// the first line names the protocol.
fn tell(data: &[u8], opens: bool) -> Recognition {
    match greeting(data) {
        Ok(()) => Recognition::Yes,
        Err(Fault::Incomplete(_)) if data.len() > 3 || (opens && !data.is_empty()) => {
            Recognition::Unfinished
        }
        Err(_) => Recognition::No,
    }
}

/// Whether the first bytes of an announced connection are of a transfer: its first line, or the
/// capture begins in the middle of its blocks.
fn tell_announced(packet: &Packet<'_>, data: &[u8]) -> Recognition {
    match greeting(data) {
        Ok(()) => Recognition::Yes,
        Err(Fault::Incomplete(_)) if packet.is_cut() && data.starts_with(b"VER MSN") => {
            Recognition::Yes
        }
        Err(Fault::Incomplete(_)) if !packet.is_cut() => Recognition::Unfinished,
        Err(_) if are_blocks(data) => Recognition::Yes,
        Err(_) => Recognition::No,
    }
}

/// Whether the bytes may be of a transfer: a line, a part of one, or a block.
fn may_belong(data: &[u8]) -> bool {
    match line(data, 0) {
        Ok(line) => command(&line.word).is_some(),
        Err(Fault::Incomplete(_)) => true,
        Err(Fault::Malformed { .. }) => block(data, 0).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::msn::msnftp::dissect::dissect;
    use crate::msn::msnftp::state::session::Offer;
    use crate::msn::state::announced_endpoints::begin;
    use crate::packet::Address;
    use crate::plan::Verdict;

    const END: (Address, u16) = (Address::V4([192, 0, 2, 30]), 445);

    fn packet(frame: u32, bytes: &[u8]) -> Packet<'_> {
        begin(frame, END, bytes)
    }

    #[test]
    fn an_announced_connection_must_show_that_it_is_a_transfer() {
        let mut shared = Transfers::default();
        let by = packet(1, b"").key(0);
        let ends = &mut shared.ends;
        ends.announce(&packet(1, b""), by, Some(END), Offer::default());
        for other in [
            &b"\0\0\0\x85\xffSMBr\0\0\0\0\x18\x53\xc8"[..],
            b"\0",
            b"\x01\0\0\0",
            b"USR",
            b"BYE\r\n",
            b"VERSION",
        ] {
            let mut session = FtpSession::default();
            let plan = dissect(&packet(2, other), &mut session, &mut shared);
            assert_eq!(plan.verdict, Verdict::Reject, "{}", other.escape_ascii());
        }
        assert_eq!(shared.ends.connection_of(by), None);
        let mut session = FtpSession::default();
        let plan = dissect(&packet(3, b"VER M"), &mut session, &mut shared);
        assert_eq!(plan.verdict, Verdict::Reject);
        assert_eq!(session.confirmed, None);
        let plan = dissect(&packet(4, b"VER MSNFTP\r\n"), &mut session, &mut shared);
        assert_eq!(plan.verdict, Verdict::Accept);
        assert_eq!(shared.ends.connection_of(by), Some(4));
    }
}
