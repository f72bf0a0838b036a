//! Dissects MSNFTP into a Plan.
//!
//! Both sides send lines; after the receiver's TFR, the sender sends blocks.
//! Source: docs/protocol/msnp.md §5.11 and §11, item 21.

use crate::error::{Fault, Missing};
use crate::field::FieldId;
use crate::msn::event::show_parties;
use crate::msn::msnftp::fields::{Field, Note, MSNFTP};
use crate::msn::msnftp::state::claim::is_ours;
use crate::msn::msnftp::state::session::{FileInvitation, FtpProgress, FtpSession, Transfers};
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
        plan: Plan::new(&MSNFTP, packet.bytes, packet.detail),
        at: 0,
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
        walk.session.gaps.begin(packet);
        walk.run();
        let used = match walk.plan.verdict {
            Verdict::Reassemble(at, _) => at,
            _ => packet.reported,
        };
        walk.session.gaps.end(packet, used);
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
    /// The memory for the bytes of files.
    pub(crate) budget: Budget,
}

impl FtpWalk<'_, '_> {
    fn run(&mut self) {
        let data = self.packet.bytes;
        let open = self.session.unfinished.take(self.packet);
        self.finish_open(open);
        while self.at < data.len() {
            let stage = self.stage();
            if stage.blocks && self.is_lost() {
                self.lost();
                continue;
            }
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
        self.plan.uncaptured = self.packet.uncaptured();
    }

    pub(crate) fn key(&self) -> PduKey {
        self.packet.key(self.plan.pdus)
    }

    /// The state of the transfer at the beginning of the next PDU.
    pub(crate) fn stage(&mut self) -> FtpProgress {
        let blocks = self.session.blocks.get(self.packet.side());
        let now = FtpProgress {
            blocks: blocks.copied().unwrap_or_default(),
            received: self.session.file.offset,
            encrypted: self.session.encrypted,
            has_holes: self.session.file.has_lost,
        };
        let key = self.key();
        self.session
            .progress_by_pdu
            .record_or_get(self.packet, key, || now)
    }

    /// Adds the top-level item of a PDU.
    pub(crate) fn root(&mut self, span: Span, title: &str) -> ItemId {
        let root = self.plan.heading(0, &MSNFTP, span);
        self.plan.pdus += 1;
        self.plan
            .label(root, &format!("MSN File Transfer, {title}"));
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
        let after_gap = self.session.gaps.is_after_gap(self.packet, self.key());
        let note = if after_gap {
            Note::Lost
        } else {
            Note::Undecoded
        };
        self.unknown(self.packet.bytes.len(), note);
    }

    /// Whether the bytes follow a gap and do not certainly begin with a block, in a
    /// direction of blocks. Any bytes could be a block.
    fn is_lost(&mut self) -> bool {
        let after_gap = self.session.gaps.is_after_gap(self.packet, self.key());
        if after_gap && self.packet.first_pass {
            self.session.file.lose();
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
