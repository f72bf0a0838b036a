//! MSNFTP bytes to a Plan.
//!
//! Both sides speak in lines; once the receiver has said TFR, the sender sends blocks.
//! Source: protocol reference, MSNP §5.11 and §11, item 21.

use super::block::{are_blocks, block};
use super::codes::{command, DATA, END};
use super::fields::{Field, Note, MSNFTP};
use super::line::{greeting, line};
use super::session::{Session, Stage};
use crate::error::{Fault, Missing};
use crate::first_bytes::{self, Told};
use crate::msn::ends::Claim;
use crate::msn::session::Shared;
use crate::packet::{Answer, Packet, PduKey};
use crate::plan::{ItemId, Plan, Verdict};
use crate::span::Span;

/// Whether a segment that nobody claims begins a transfer, with what its stream brought
/// before: the first line, which names the protocol.
pub fn recognise(packet: &Packet<'_>, session: Option<&mut Session>) -> Answer {
    let first = session.map(|session| &mut session.first);
    first_bytes::judge(first, packet, |data, opens| match greeting(data) {
        Ok(()) => Told::Yes,
        Err(Fault::Incomplete(_)) if data.len() > 3 || (opens && !data.is_empty()) => {
            Told::Unfinished
        }
        Err(_) => Told::No,
    })
}

/// Dissects one segment or reassembled stretch.
pub fn dissect<'p>(packet: &Packet<'p>, session: &mut Session, shared: &mut Shared) -> Plan<'p> {
    let mut walk = Walk {
        packet,
        session,
        plan: Plan::new(&MSNFTP, packet.bytes, packet.detail),
        at: 0,
    };
    match walk.claim(shared) {
        Claim::No => {}
        Claim::Wait(missing) => walk.plan.verdict = Verdict::Reassemble(0, missing),
        Claim::Yes => {
            if packet.first_pass && walk.session.confirmed.is_none() {
                walk.session.confirmed = Some(packet.frame);
                if let Some((frame, offer)) = shared.msnftp.begins(packet) {
                    walk.session.set_up = Some(frame);
                    walk.session.offer = offer;
                }
            }
            walk.plan.verdict = Verdict::Accept;
            walk.run();
        }
    }
    walk.plan
}

pub(super) struct Walk<'a, 'p> {
    pub(super) packet: &'a Packet<'p>,
    pub(super) session: &'a mut Session,
    pub(super) plan: Plan<'p>,
    /// Everything before this offset is dissected.
    pub(super) at: usize,
}

impl Walk<'_, '_> {
    /// Where an invitation has announced it, a transfer begins with its first line, or the
    /// capture in the middle of its blocks. The user is believed more.
    fn claim(&self, shared: &Shared) -> Claim {
        let packet = self.packet;
        let confirmed = self.session.confirmed;
        if confirmed.is_some_and(|frame| frame <= packet.frame) {
            return Claim::Yes;
        }
        let data = packet.bytes;
        let is_announced = shared.msnftp.ends.of(packet).is_some();
        match greeting(data) {
            Ok(()) => Claim::Yes,
            Err(_) if !is_announced && may_belong(data) => Claim::Yes,
            Err(Fault::Incomplete(missing)) if packet.can_wait() => Claim::Wait(missing),
            Err(Fault::Incomplete(_)) if data.starts_with(b"VER MSN") => Claim::Yes,
            Err(_) if are_blocks(data) => Claim::Yes,
            Err(_) => Claim::No,
        }
    }

    fn run(&mut self) {
        let data = self.packet.bytes;
        let open = self.session.ends.take(self.packet);
        self.finish_open(open);
        while self.at < data.len() {
            let stage = self.stage();
            let is_block = data
                .get(self.at)
                .is_some_and(|kind| matches!(*kind, DATA | END));
            let blocks = is_block && (stage.blocks || line(data, self.at).is_err());
            let missing = if blocks {
                match block(data, self.at) {
                    Ok(block) if block.missing(data) == 0 => {
                        self.block(&block, stage);
                        continue;
                    }
                    Ok(block) if !self.packet.can_wait() => {
                        self.part_of_block(&block, stage);
                        break;
                    }
                    Ok(block) => Missing::Bytes(block.missing(data)),
                    Err(Fault::Incomplete(missing)) => missing,
                    Err(Fault::Malformed { .. }) => {
                        self.undecoded();
                        continue;
                    }
                }
            } else {
                match line(data, self.at) {
                    Ok(line) => {
                        self.line(&line);
                        continue;
                    }
                    Err(Fault::Incomplete(missing)) => missing,
                    Err(Fault::Malformed { .. }) => {
                        self.undecoded();
                        continue;
                    }
                }
            };
            if self.packet.can_wait() {
                self.plan.verdict = Verdict::Reassemble(self.at, missing);
                return;
            }
            self.unfinished();
        }
        self.plan.touch = self.packet.uncaptured();
    }

    pub(super) fn key(&self) -> PduKey {
        self.packet.key(self.plan.pdus)
    }

    /// What holds where the next PDU begins.
    pub(super) fn stage(&mut self) -> Stage {
        let blocks = self.session.blocks.get(self.packet.side());
        let now = Stage {
            blocks: blocks.copied().unwrap_or_default(),
            received: self.session.file.received,
            encrypted: self.session.encrypted,
        };
        let key = self.key();
        self.session.stages.settle(self.packet, key, || now)
    }

    /// The item of one PDU, and the frame that announced the transfer.
    pub(super) fn root(&mut self, span: Span, title: &str) -> ItemId {
        let root = self.plan.heading(0, &MSNFTP, span);
        self.plan.pdus += 1;
        self.plan
            .label(root, &format!("MSN File Transfer, {title}"));
        root
    }

    /// What every PDU shows of its connection.
    pub(super) fn context(&mut self) {
        if let Some(frame) = self.session.set_up {
            self.plan.generated(1, Field::SetUp, frame);
        }
    }

    /// Bytes at the end that are not whole and are not put together.
    fn unfinished(&mut self) {
        let span = Span::between(self.at, self.packet.bytes.len());
        self.root(span, "part of a line or block");
        self.plan.info("part of a line or block");
        let item = self.plan.bytes(1, Field::Undecoded, span);
        if !self.packet.is_cut() {
            self.plan.note(Note::Partial, item);
        }
        self.at = span.end();
    }

    fn undecoded(&mut self) {
        let span = Span::between(self.at, self.packet.bytes.len());
        self.root(span, "unknown bytes");
        self.plan.info("unknown bytes");
        let item = self.plan.bytes(1, Field::Undecoded, span);
        self.plan.note(Note::Undecoded, item);
        self.at = span.end();
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
    use crate::msn::ends::begin;
    use crate::msn::msnftp::session::Offer;
    use crate::packet::Address;

    const END: (Address, u16) = (Address::V4([192, 0, 2, 30]), 445);

    fn packet(frame: u32, bytes: &[u8]) -> Packet<'_> {
        begin(frame, END, bytes)
    }

    #[test]
    fn an_announced_connection_must_show_that_it_is_a_transfer() {
        let mut shared = Shared::default();
        let by = packet(1, b"").key(0);
        let ends = &mut shared.msnftp.ends;
        ends.announce(&packet(1, b""), by, Some(END), Offer::default());
        for other in [
            &b"\0\0\0\x85\xffSMBr\0\0\0\0\x18\x53\xc8"[..],
            b"\0",
            b"\x01\0\0\0",
            b"USR",
            b"BYE\r\n",
            b"VERSION",
        ] {
            let mut session = Session::default();
            let plan = dissect(&packet(2, other), &mut session, &mut shared);
            assert_eq!(plan.verdict, Verdict::Reject, "{}", other.escape_ascii());
        }
        assert_eq!(shared.msnftp.ends.connection_of(by), None);
        let mut session = Session::default();
        let plan = dissect(&packet(3, b"VER M"), &mut session, &mut shared);
        assert_eq!(plan.verdict, Verdict::Reassemble(0, Missing::Unknown));
        assert_eq!(session.confirmed, None);
        let plan = dissect(&packet(4, b"VER MSNFTP\r\n"), &mut session, &mut shared);
        assert_eq!(plan.verdict, Verdict::Accept);
        assert_eq!(shared.msnftp.ends.connection_of(by), Some(4));
    }
}
