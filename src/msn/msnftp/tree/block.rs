//! Tree items of MSNFTP blocks and the reassembled file.
//!
//! Source: docs/protocol/msnp.md §5.11 and §11, item 21.

use core::fmt::Write;

use crate::digest::sha256;
use crate::field::FieldId;
use crate::msn::msnftp::dissect::FtpWalk;
use crate::msn::msnftp::fields::{Field, Note, MSNFTP};
use crate::msn::msnftp::state::file::BlockPart;
use crate::msn::msnftp::state::progress::OpenBlock;
use crate::msn::msnftp::wire::block::{FileBlock, FULL_DATA_LENGTH};
use crate::msn::msnftp::wire::codes::DATA;
use crate::msn::msnp::tree::payload::quote::quoted;
use crate::packet::PduKey;
use crate::plan::{ItemId, ObjectId, ObjectPart};
use crate::span::Span;

impl FtpWalk<'_, '_> {
    /// Shows a block, or the part of it that this segment has.
    pub(crate) fn block(&mut self, block: &FileBlock) {
        let (captured, key) = (self.packet.bytes.len(), self.key());
        let data = Span::between(block.data.start, block.data.end().min(captured));
        let is_data = block.block_type.value == DATA;
        let mut title = match is_data {
            true => format!("{} bytes of data", block.length.value),
            false => "end of data".to_owned(),
        };
        if data.len < block.data.len {
            let _ = write!(title, " ({} here)", data.len);
        }
        let root = self.root(Span::between(block.span.start, data.end()), &title);
        self.plan.info(&title);
        self.session.gaps.mark_in_sync(self.packet);
        self.head_of_block(block);
        let item = self.data(Field::Data, data);
        self.offset(is_data);
        self.context();
        let open = OpenBlock {
            left: self.left_of(block.span.end()),
            start: self.packet.frame,
            is_end: !is_data,
        };
        self.receive(key, (data, block.data.end()), open, true);
        if !is_data && self.packet.first_pass {
            self.session.file.ended.get_or_insert(key);
        }
        self.surplus(item);
        self.file_at(key, root);
        self.at = data.end();
    }

    /// Shows the continuation of a block that began in an earlier segment.
    pub(crate) fn continuation(&mut self) {
        let open = core::mem::take(&mut self.now.open);
        let end = self.at.saturating_add(open.left.into());
        if self.packet.first_pass {
            self.leave(OpenBlock::default());
        }
        if open.left == 0 {
            return;
        }
        if self.is_after_gap() {
            self.lose();
            return;
        }
        let key = self.key();
        let span = Span::between(self.at, end.min(self.packet.bytes.len()));
        let title = match open.is_end {
            true => "end of data (continuation)".to_owned(),
            false => format!("{} bytes of data (continuation)", span.len),
        };
        let root = self.root(span, &title);
        self.plan.info(&title);
        let item = self.data(Field::Rest, span);
        self.plan.generated(1, Field::BlockFrame, open.start);
        self.offset(!open.is_end);
        self.context();
        let left = self.left_of(end);
        self.receive(key, (span, end), OpenBlock { left, ..open }, false);
        self.surplus(item);
        self.file_at(key, root);
        self.at = span.end();
    }

    /// Number of bytes before `end` that come in later segments.
    fn left_of(&self, end: usize) -> u16 {
        u16::try_from(end.saturating_sub(self.packet.reported)).unwrap_or(u16::MAX)
    }

    fn leave(&mut self, open: OpenBlock) {
        if let Some(place) = self.session.open.get_mut(self.packet.side()) {
            *place = open;
        }
    }

    /// Takes the data of a block that ends at `end`, maybe in a later segment; `open` is what
    /// remains of it.
    fn receive(&mut self, key: PduKey, (data, end): (Span, usize), open: OpenBlock, begins: bool) {
        if !open.is_end {
            self.now.received = self.now.received.saturating_add(data.len as u64);
        }
        if !self.packet.first_pass {
            return;
        }
        let is_cut = data.end() < end.min(self.packet.reported);
        let file = &mut self.session.file;
        if !open.is_end {
            let ends = open.left == 0 && !is_cut;
            let part = BlockPart { begins, ends };
            file.add(key, data.of(self.packet.bytes), part, &self.budget);
            if is_cut {
                file.lose();
            }
            if file.is_complete() {
                file.ended.get_or_insert(key);
            }
        }
        if open.left > 0 {
            self.leave(open);
        }
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

    fn data(&mut self, field: Field, span: Span) -> ItemId {
        let mut item = ItemId::NONE;
        if span.len > 0 {
            item = self.plan.bytes(1, field, span);
            if self.plan.shows_tree() {
                let title = FieldId::from(field).spec().map_or(c"", |spec| spec.title);
                let label = format!("{}: {} bytes", title.to_string_lossy(), span.len);
                self.plan.label(item, &label);
            }
        }
        item
    }

    /// Shows where the next data belongs.
    fn offset(&mut self, is_data: bool) {
        if is_data && !self.now.has_holes {
            self.plan.generated(1, Field::Offset, self.now.received);
        }
        if self.now.encrypted {
            self.plan.generated(1, Field::Encrypted, true);
        }
    }

    /// Notes that more data is received than announced.
    fn surplus(&mut self, item: ItemId) {
        let end = self.now.received;
        let announced = self.session.file.announced;
        if item != ItemId::NONE && announced.is_some_and(|announced| end > announced) {
            let text = format!("Received {end} of {} bytes", announced.unwrap_or_default());
            self.plan.note_text(Note::SizeDiffers, item, &text);
        }
    }

    /// Shows the frames of the file, and the file itself in the PDU that ends it.
    pub(crate) fn file_at(&mut self, key: PduKey, root: ItemId) {
        self.file_pdu = Some((key, root));
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
                .label_args(item, format_args!("Reassembled file: {len} bytes"));
            self.plan.leave(view);
        }
        if let Some(digest) = digest {
            let item = self
                .plan
                .derived(1, Field::Sha256, Span::default(), &digest);
            self.plan.mark_generated(item);
        }
    }

    /// Adds the file, as far as it is received, as an object of the last PDU with it: once per
    /// call, because the bytes are copied if they grow while they are an object.
    pub(crate) fn object(&mut self) {
        let Some((key, root)) = self.file_pdu else {
            return;
        };
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
