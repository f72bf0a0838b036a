//! Dissects MSNFTP into a Plan.
//!
//! Both sides send lines; after the receiver's TFR, the sender sends blocks. TCP reassembles
//! lines and the headers of blocks, but not their data: each segment shows its part of it.
//! Source: docs/protocol/msnp.md §5.11 and §11, item 21.

use crate::error::Fault;
use crate::field::FieldId;
use crate::msn::event::show_parties;
use crate::msn::msnftp::fields::{Field, Note, MSNFTP};
use crate::msn::msnftp::state::claim::is_ours;
use crate::msn::msnftp::state::progress::FtpProgress;
use crate::msn::msnftp::state::session::{FileInvitation, FtpSession, Transfers};
use crate::msn::msnftp::wire::block::{are_blocks, block, FULL_BLOCK_HEADER};
use crate::msn::msnftp::wire::codes::{DATA, END};
use crate::msn::msnftp::wire::line::line;
use crate::msn::msnp::fields::Field as MsnpField;
use crate::packet::{Packet, PduKey};
use crate::pieces::Budget;
use crate::plan::{ItemId, Plan, Verdict};
use crate::span::Span;

/// Dissects one segment or reassembled buffer.
pub fn dissect<'p>(
    packet: &Packet<'p>,
    session: &mut FtpSession,
    shared: &mut Transfers,
) -> Plan<'p> {
    let mut walk = FtpWalk {
        packet,
        session,
        plan: Plan::new(&MSNFTP, packet.bytes, packet.detail).hiding_info(packet.hides_info),
        at: 0,
        now: FtpProgress::default(),
        file_pdu: None,
        budget: shared.budget.clone(),
    };
    if is_ours(packet, walk.session, shared) {
        if packet.first_pass && walk.session.confirmed.is_none() {
            walk.session.confirmed = Some(packet.frame);
            if let Some((frame, offer)) = shared.begin_connection(packet) {
                walk.session.announced_in = Some(frame);
                walk.session.offer = offer;
            }
        }
        walk.plan.verdict = Verdict::Accept;
        walk.stream();
        walk.object();
    }
    show_parties(&mut walk.plan, packet);
    walk.plan
}

pub(crate) struct FtpWalk<'a, 'p> {
    pub(crate) packet: &'a Packet<'p>,
    pub(crate) session: &'a mut FtpSession,
    pub(crate) plan: Plan<'p>,
    /// Offset up to which the bytes are dissected.
    pub(crate) at: usize,
    /// The state of the transfer there.
    pub(crate) now: FtpProgress,
    /// The last PDU with the file or what ends it, and its item.
    pub(crate) file_pdu: Option<(PduKey, ItemId)>,
    /// The memory for the bytes of files.
    pub(crate) budget: Budget,
}

impl FtpWalk<'_, '_> {
    /// Shows a segment. What its direction has sent before, in blocks, changes nothing.
    fn stream(&mut self) {
        let packet = *self.packet;
        let repeated = self.session.repeated(&packet);
        let shown = repeated.min(packet.bytes.len());
        if shown > 0 {
            self.unknown(shown, Note::Lost);
        }
        if repeated > 0 && repeated >= packet.reported {
            self.plan.uncaptured = packet.uncaptured();
            return;
        }
        let rest = Packet {
            sequence: packet.sequence.map(|it| it.wrapping_add(repeated as u32)),
            ..packet
        };
        self.session.gaps.begin(&rest);
        self.run();
        let used = match self.plan.verdict {
            Verdict::Reassemble(at, _) => at,
            _ => packet.reported,
        };
        self.session.gaps.end(&packet, used);
    }

    fn run(&mut self) {
        let data = self.packet.bytes;
        self.now = self.session.progress(self.packet);
        self.continuation();
        while self.at < data.len() {
            if self.now.blocks && self.is_lost() {
                self.lost();
                continue;
            }
            let is_block = data
                .get(self.at)
                .is_some_and(|kind| matches!(*kind, DATA | END));
            let blocks = is_block && (self.now.blocks || line(data, self.at).is_err());
            let missing = if blocks {
                match block(data, self.at) {
                    Ok(block) => {
                        self.block(&block);
                        continue;
                    }
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
        self.plan.uncaptured = self.packet.uncaptured();
    }

    pub(crate) fn key(&self) -> PduKey {
        self.packet.key(self.plan.pdus)
    }

    /// Adds the top-level item of a PDU.
    pub(crate) fn root(&mut self, span: Span, title: &str) -> ItemId {
        let root = self.plan.heading(0, &MSNFTP, span);
        self.plan.pdus += 1;
        self.plan
            .label_args(root, format_args!("MSN File Transfer, {title}"));
        root
    }

    /// Adds the items about the connection, which every PDU has.
    pub(crate) fn context(&mut self) {
        if let Some(frame) = self.session.announced_in {
            self.plan.generated(1, Field::SetUp, frame);
        }
        let invitation = self.session.offer.invitation.as_ref();
        if let Some(invitation) = invitation {
            show_invitation(&mut self.plan, invitation);
        }
        if invitation.is_none_or(|invitation| invitation.to.is_none()) {
            let next = self.key();
            let receiver = self.session.receiver.as_ref();
            if let Some((_, to)) = receiver.filter(|(since, _)| *since < next) {
                generated_text(&mut self.plan, Field::To.into(), to);
            }
        }
    }

    /// Shows an incomplete PDU at the end, without reassembly.
    fn unfinished(&mut self) {
        let span = Span::between(self.at, self.packet.bytes.len());
        self.root(span, "line or block fragment");
        self.plan.info("[line or block fragment]");
        let item = self.plan.bytes(1, Field::Undecoded, span);
        if !self.packet.is_cut() {
            self.plan.note(Note::Partial, item);
        }
        self.at = span.end();
    }

    fn undecoded(&mut self) {
        let after_gap = self.is_after_gap();
        let note = if after_gap {
            Note::Lost
        } else {
            Note::Undecoded
        };
        self.unknown(self.packet.bytes.len(), note);
    }

    /// Whether segments are missing before the next PDU.
    pub(crate) fn is_after_gap(&mut self) -> bool {
        self.session.gaps.is_after_gap(self.packet, self.key())
    }

    /// Records that bytes of the file are missing before what follows.
    pub(crate) fn lose(&mut self) {
        self.now.has_holes = true;
        if self.packet.first_pass {
            self.session.file.lose();
        }
    }

    /// Whether the bytes follow a gap and do not certainly begin with a block, in a
    /// direction of blocks. Any bytes could be a block.
    fn is_lost(&mut self) -> bool {
        let after_gap = self.is_after_gap();
        if after_gap {
            self.lose();
        }
        after_gap && !begins_blocks(self.packet.bytes.get(self.at..).unwrap_or_default())
    }

    /// Shows the rest of a block whose beginning is missing, up to the next full block.
    fn lost(&mut self) {
        let data = self.packet.bytes;
        let rest = data.get(self.at + 1..).unwrap_or_default();
        let next = memchr::memmem::find(rest, &FULL_BLOCK_HEADER);
        let end = next.map_or(data.len(), |next| self.at + 1 + next);
        self.unknown(end, Note::Lost);
    }

    fn unknown(&mut self, end: usize, note: Note) {
        let span = Span::between(self.at, end);
        self.root(span, "unrecognized data");
        self.plan.info("[unrecognized data]");
        let item = self.plan.bytes(1, Field::Undecoded, span);
        self.plan.note(note, item);
        self.at = span.end();
    }
}

/// Shows which file goes to whom.
fn show_invitation(plan: &mut Plan<'_>, invitation: &FileInvitation) {
    let mut text = |field, value: &str| generated_text(plan, field, value);
    text(Field::FileName.into(), &invitation.name);
    if let Some(from) = &invitation.from {
        text(Field::From.into(), from);
    }
    if let Some(to) = &invitation.to {
        text(Field::To.into(), to);
    }
    let number = invitation.number.to_string();
    text(MsnpField::InvitationCookie.into(), &number);
    if let Some(chat) = invitation.chat {
        plan.generated(1, MsnpField::Chat, chat);
    }
}

fn generated_text(plan: &mut Plan<'_>, field: FieldId, value: &str) {
    let item = plan.derived(1, field, Span::default(), value);
    plan.mark_generated(item);
}

/// Whether bytes after a gap certainly begin with a block: they start with a full one,
/// consist of complete ones, or are the one that ends the file.
fn begins_blocks(data: &[u8]) -> bool {
    data.starts_with(&FULL_BLOCK_HEADER) || are_blocks(data) || data == [END, 0, 0]
}
