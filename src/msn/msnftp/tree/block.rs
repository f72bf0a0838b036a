//! Tree items of MSNFTP blocks and the reassembled file.
//!
//! Source: docs/protocol/msnp.md §5.11 and §11, item 21.

use crate::digest::sha256;
use crate::msn::msnftp::dissect::FtpWalk;
use crate::msn::msnftp::fields::{Field, Note, MSNFTP};
use crate::msn::msnftp::state::session::FtpProgress;
use crate::msn::msnftp::wire::block::{FileBlock, FULL_DATA_LENGTH};
use crate::msn::msnftp::wire::codes::DATA;
use crate::msn::msnp::tree::payload::quote::quoted;
use crate::packet::PduKey;
use crate::plan::{ItemId, ObjectId, ObjectPart};
use crate::span::Span;

impl FtpWalk<'_, '_> {
    pub(crate) fn block(&mut self, block: &FileBlock, stage: FtpProgress) {
        let key = self.key();
        let is_data = block.block_type.value == DATA;
        let title = if is_data {
            format!("{} bytes of data", block.length.value)
        } else {
            "end of data".to_owned()
        };
        let root = self.root(block.span, &title);
        self.plan.info(&title);
        self.session.gaps.mark_in_sync(self.packet);
        self.head_of_block(block);
        let item = self.data(block.data, stage, is_data);
        self.context();
        let file = &mut self.session.file;
        if self.packet.first_pass {
            if is_data {
                let data = block.data.of(self.packet.bytes);
                file.add(key, data, true, &self.budget);
            }
            if !is_data || file.is_complete() {
                file.ended.get_or_insert(key);
            }
        }
        self.surplus(stage, block.data.len, item);
        self.file_at(key, root);
        self.at = block.span.end();
    }

    fn head_of_block(&mut self, block: &FileBlock) {
        let kind = block.block_type;
        self.plan.number(1, Field::Block, kind.span, kind.value);
        let length = block.length;
        let item = self
            .plan
            .number(1, Field::Length, length.span, length.value);
        if length.value > FULL_DATA_LENGTH {
            self.plan.note(Note::LongBlock, item);
        }
    }

    fn data(&mut self, span: Span, stage: FtpProgress, is_data: bool) -> ItemId {
        let mut item = ItemId::NONE;
        if span.len > 0 {
            item = self.plan.bytes(1, Field::Data, span);
            let label = format!("File data: {} bytes", span.len);
            self.plan.label(item, &label);
        }
        if is_data && !stage.has_holes {
            self.plan.generated(1, Field::Offset, stage.received);
        }
        if stage.encrypted {
            self.plan.generated(1, Field::Encrypted, true);
        }
        item
    }

    /// Notes that more data is received than announced.
    fn surplus(&mut self, stage: FtpProgress, len: usize, item: ItemId) {
        let end = stage.received.saturating_add(len as u64);
        let announced = self.session.file.announced;
        if len > 0 && announced.is_some_and(|announced| end > announced) {
            let text = format!("Received {end} of {} bytes", announced.unwrap_or_default());
            self.plan.note_text(Note::SizeDiffers, item, &text);
        }
    }

    /// Shows a block that continues in later segments, without reassembly.
    pub(crate) fn part_of_block(&mut self, block: &FileBlock, stage: FtpProgress) {
        let (captured, key) = (self.packet.bytes, self.key());
        let here = Span::between(block.span.start, captured.len());
        let root = self.root(here, "block fragment");
        self.plan.info("[block fragment]");
        self.head_of_block(block);
        let data = Span::between(block.data.start, captured.len());
        let is_data = block.block_type.value == DATA;
        let item = self.data(data, stage, is_data);
        let left = block.span.end().saturating_sub(self.packet.reported);
        if !self.packet.is_cut() {
            self.plan.note(Note::Partial, item);
        }
        self.context();
        if is_data && self.packet.first_pass {
            let file = &mut self.session.file;
            file.add(key, data.of(captured), true, &self.budget);
            if self.packet.is_cut() {
                file.lose();
            }
        }
        self.object(key, root);
        self.session.unfinished.leave(self.packet, left);
        self.at = captured.len();
    }

    /// Shows the continuation of a block that began in an earlier segment; `open` bytes
    /// of it are missing so far.
    pub(crate) fn finish_open(&mut self, open: usize) {
        if open == 0 {
            return;
        }
        let (stage, key) = (self.stage(), self.key());
        let span = Span::new(0, open.min(self.packet.bytes.len()));
        let left = open.saturating_sub(self.packet.reported);
        let root = self.root(span, "continuation");
        self.plan.info("[continuation]");
        let item = self.plan.bytes(1, Field::Rest, span);
        if !stage.has_holes {
            self.plan.generated(1, Field::Offset, stage.received);
        }
        if left > 0 {
            self.plan.note(Note::Partial, item);
        }
        self.context();
        if self.packet.first_pass {
            let data = span.of(self.packet.bytes);
            let file = &mut self.session.file;
            file.add(key, data, false, &self.budget);
            if open > self.packet.bytes.len() && self.packet.is_cut() {
                file.lose();
            }
            if file.is_complete() {
                file.ended.get_or_insert(key);
            }
        }
        self.session.unfinished.leave(self.packet, left);
        self.file_at(key, root);
        self.at = span.len;
    }

    /// Shows the frames of the file, and the file itself in the PDU that ends it.
    pub(crate) fn file_at(&mut self, key: PduKey, root: ItemId) {
        self.object(key, root);
        let file = &self.session.file;
        if let Some(first) = file.first.filter(|first| *first <= self.packet.frame) {
            self.plan.generated(1, Field::FirstFrame, first);
        }
        if let Some(last) = file.ended {
            self.plan.generated(1, Field::LastFrame, last.frame);
        }
        if file.ended != Some(key) {
            return;
        }
        let invitation = self.session.offer.invitation.as_ref();
        let name = invitation.map(|invitation| invitation.name.as_str());
        let (size, announced) = (file.received, file.announced);
        self.plan.generated(1, Field::Size, size);
        self.plan.generated(1, Field::Blocks, file.blocks);
        let complete = file.is_complete();
        if complete {
            let name = name.map_or(String::new(), |name| format!(" {}", quoted(name)));
            self.plan
                .append_info(&format!(", file{name} complete ({size} bytes)"));
        }
        let item = self.plan.generated(1, Field::Complete, complete);
        // With holes in the capture, the received size is unknown.
        let is_known = !file.has_holes && !file.is_cancelled && !file.is_too_long();
        if let (false, true, Some(announced)) = (complete, is_known, announced) {
            let text = format!("Received {size} of {announced} bytes");
            self.plan.note_text(Note::SizeDiffers, item, &text);
        }
        if file.pieces.bytes().is_empty() || !self.plan.wants_items() {
            return;
        }
        let (bytes, len) = (file.pieces.bytes().to_vec(), file.pieces.bytes().len());
        let digest = file.state().is_whole().then(|| sha256(&bytes));
        if let Some(source) = self.plan.add_source(c"Reassembled MSNFTP file", bytes) {
            let view = self.plan.enter(source, 0);
            let item = self.plan.bytes(1, Field::Content, Span::new(0, len));
            self.plan
                .label(item, &format!("Reassembled file: {len} bytes"));
            self.plan.leave(view);
        }
        if let Some(digest) = digest {
            let item = self
                .plan
                .derived(1, Field::Sha256, Span::default(), &digest);
            self.plan.mark_generated(item);
        }
    }

    /// Adds the file, as far as it is received, as an object of the PDU with the item `root`.
    fn object(&mut self, key: PduKey, root: ItemId) {
        let file = &self.session.file;
        let begun = file.begun.filter(|begun| *begun <= key);
        let (true, Some(begun)) = (self.packet.wants_events(), begun) else {
            return;
        };
        let invitation = self.session.offer.invitation.as_ref();
        let invited = invitation.and_then(|invitation| invitation.size);
        let is_other = |size: &u64| file.announced.is_some_and(|announced| announced != *size);
        self.plan.add_object(ObjectPart {
            id: ObjectId::Begun(MSNFTP.index, begun, 0),
            item: root,
            bytes: file.pieces.bytes().clone(),
            size: file.announced,
            other_size: invited.filter(is_other),
            state: file.state(),
            last: file.last.unwrap_or(begun.frame),
        });
    }
}
