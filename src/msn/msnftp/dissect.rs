//! MSNFTP bytes to a Plan.
//!
//! Both sides speak in lines; once the receiver has said TFR, the sender sends blocks.
//! Source: protocol reference, MSNP §5.11 and §11, item 21.

use super::block::{block, Block, USUAL};
use super::codes::{command, CANCELLED, DATA, END, RESULTS, SUCCESS};
use super::fields::{Field, Note, MSNFTP};
use super::line::{is_msnftp, line, Line};
use super::session::{Session, Stage};
use crate::context::{Packet, PduKey};
use crate::error::{Fault, Missing};
use crate::msn::line::decimal;
use crate::msn::session::Shared;
use crate::plan::{ItemId, Plan, Verdict};
use crate::span::{Span, Spanned};

/// The ports on which clients wait for a receiver.
const PORTS: core::ops::RangeInclusive<u16> = 6891..=6900;

/// Whether a segment that nobody claims begins a transfer: the first line, on a port of it.
pub fn recognises(packet: &Packet<'_>) -> bool {
    let on_port = PORTS.contains(&packet.source_port) || PORTS.contains(&packet.destination_port);
    on_port && is_msnftp(packet.bytes)
}

/// Dissects one segment or reassembled stretch.
pub fn dissect<'p>(packet: &Packet<'p>, session: &mut Session, shared: &mut Shared) -> Plan<'p> {
    let mut walk = Walk {
        packet,
        session,
        plan: Plan::new(&MSNFTP, packet.bytes, packet.detail),
        at: 0,
    };
    if walk.is_ours() {
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
    walk.plan
}

struct Walk<'a, 'p> {
    packet: &'a Packet<'p>,
    session: &'a mut Session,
    plan: Plan<'p>,
    /// Everything before this offset is dissected.
    at: usize,
}

impl Walk<'_, '_> {
    fn is_ours(&self) -> bool {
        let confirmed = self.session.confirmed;
        if confirmed.is_some_and(|frame| frame <= self.packet.frame) {
            return true;
        }
        let data = self.packet.bytes;
        let begins = match line(data, 0) {
            Ok(line) => command(&line.word).is_some(),
            Err(Fault::Incomplete(_)) => true,
            Err(Fault::Malformed { .. }) => block(data, 0).is_ok(),
        };
        is_msnftp(data) || (self.packet.recognised && begins)
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
                    Ok(block) if !self.can_wait() => {
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
            if self.can_wait() {
                self.plan.verdict = Verdict::Reassemble(self.at, missing);
                return;
            }
            self.unfinished();
        }
        if self.packet.is_cut() {
            self.plan.touch = Some(Span::between(data.len(), self.packet.reported));
        }
    }

    fn can_wait(&self) -> bool {
        self.packet.can_reassemble && !self.packet.is_cut()
    }

    fn key(&self) -> PduKey {
        PduKey {
            frame: self.packet.frame,
            index: self.packet.first_pdu.saturating_add(self.plan.pdus),
        }
    }

    /// What holds where the next PDU begins.
    fn stage(&mut self) -> Stage {
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
    fn root(&mut self, span: Span, title: &str) -> ItemId {
        let root = self.plan.heading(0, &MSNFTP, span);
        self.plan.pdus += 1;
        self.plan
            .label(root, &format!("MSN File Transfer, {title}"));
        root
    }

    /// What every PDU shows of its connection.
    fn context(&mut self) {
        if let Some(frame) = self.session.set_up {
            self.plan.generated(1, Field::SetUp, frame);
        }
    }

    fn line(&mut self, line: &Line) {
        let data = self.packet.bytes;
        let key = self.key();
        let text = String::from_utf8_lossy(line.span.of(data)).into_owned();
        let name = command(&line.word);
        let span = Span::between(line.span.start, line.end);
        let title = name.unwrap_or("unknown command");
        let word = String::from_utf8_lossy(&line.word).into_owned();
        self.root(span, &format!("{word} ({title})"));
        self.plan.info(&text);
        self.plan.text(1, Field::Line, line.span);
        let item = self.plan.text(2, Field::Command, line.word_span());
        self.plan.label(item, &format!("Command: {word} ({title})"));
        if name.is_none() {
            self.plan.note(Note::UnknownCommand, item);
        }
        let words: Vec<Spanned<&[u8]>> = line.parameters(data).collect();
        match &line.word {
            b"VER" => self.version(&words),
            b"USR" => self.user(&words),
            b"FIL" => self.file_size(&words),
            b"BYE" => self.bye(&words),
            b"MAC" => self.code(line, &words),
            b"TFR" | b"CCL" => self.rest(&words, 0),
            _ => self.rest(&words, 0),
        }
        self.context();
        if self.packet.first_pass {
            match &line.word {
                b"TFR" => {
                    let other = self.packet.side() ^ 1;
                    if let Some(blocks) = self.session.blocks.get_mut(other) {
                        *blocks = true;
                    }
                }
                b"BYE" | b"CCL" if self.session.file.announced.is_some() => {
                    self.session.file.ended.get_or_insert(key);
                }
                _ => {}
            }
        }
        if &line.word == b"CCL" {
            self.plan.note(Note::Failed, item);
        }
        self.file_at(key);
        self.at = line.end;
    }

    /// The words from `from` on, for which the command has no meaning.
    fn rest(&mut self, words: &[Spanned<&[u8]>], from: usize) {
        for word in words.iter().skip(from) {
            self.plan.text(2, Field::Parameter, word.span);
        }
    }

    fn version(&mut self, words: &[Spanned<&[u8]>]) {
        for word in words {
            self.plan.text(2, Field::Protocol, word.span);
        }
        // A sender that answers with one protocol has chosen it.
        if let (true, [only]) = (self.packet.first_pass, words) {
            self.session.encrypted = only.value == b"MSN_SECURE_FTP";
        }
    }

    fn user(&mut self, words: &[Spanned<&[u8]>]) {
        if let Some(account) = words.first() {
            self.plan.text(2, Field::Account, account.span);
        }
        if let Some(cookie) = words.get(1) {
            match decimal(cookie.value) {
                Some(number) => {
                    let item = self.plan.number(2, Field::Cookie, cookie.span, number);
                    if let Some(announced) = self.session.offer.cookie {
                        let good = announced == number;
                        self.plan.generated(3, Field::CookieGood, good);
                        if !good {
                            self.plan.note(Note::BadCookie, item);
                        }
                    }
                }
                None => self.bad_value(cookie.span),
            }
        }
        self.rest(words, 2);
    }

    fn file_size(&mut self, words: &[Spanned<&[u8]>]) {
        if let Some(word) = words.first() {
            let size = core::str::from_utf8(word.value);
            match size.ok().and_then(|size| size.parse::<u64>().ok()) {
                Some(size) => {
                    let item = self.plan.number(2, Field::FileSize, word.span, size);
                    if self.packet.first_pass {
                        self.session.file.announced.get_or_insert(size);
                    }
                    if size > crate::msn::p2p::blobs::MAX_BLOB {
                        self.plan.note(Note::TooLong, item);
                    }
                }
                None => self.bad_value(word.span),
            }
        }
        self.rest(words, 1);
    }

    fn bye(&mut self, words: &[Spanned<&[u8]>]) {
        if let Some(word) = words.first() {
            match decimal(word.value) {
                Some(result) => {
                    let item = self.plan.number(2, Field::Result, word.span, result);
                    match RESULTS.name(result) {
                        None => self.plan.note(Note::UnknownResult, item),
                        // The highest bit of an HRESULT marks a failure.
                        Some(name) if result >> 31 == 1 => {
                            self.plan.note_text(Note::Failed, item, name);
                        }
                        Some(_) => {}
                    }
                }
                None => self.bad_value(word.span),
            }
        }
        self.rest(words, 1);
    }

    fn code(&mut self, line: &Line, words: &[Spanned<&[u8]>]) {
        if let Some(word) = words.first() {
            self.plan.text(2, Field::Code, word.span);
        }
        self.rest(words, 1);
        let behind = Span::new(line.span.end(), 1);
        if behind.of(self.packet.bytes) == [0] {
            self.plan.heading(2, Field::Nul, behind);
        }
    }

    fn bad_value(&mut self, span: Span) {
        let item = self.plan.text(2, Field::Parameter, span);
        self.plan.note(Note::BadValue, item);
    }

    fn block(&mut self, block: &Block, stage: Stage) {
        let key = self.key();
        let is_data = block.kind.value == DATA;
        let title = if is_data {
            format!("{} bytes of data", block.length.value)
        } else {
            "end of data".to_owned()
        };
        self.root(block.span, &title);
        self.plan.info(&title);
        self.head_of_block(block);
        let item = self.data(block.data, stage, is_data);
        self.context();
        let file = &mut self.session.file;
        if self.packet.first_pass {
            if is_data {
                let data = block.data.of(self.packet.bytes);
                file.add(self.packet.frame, data, true);
            }
            if !is_data || file.is_complete() {
                file.ended.get_or_insert(key);
            }
        }
        self.surplus(stage, block.data.len, item);
        self.file_at(key);
        self.at = block.span.end();
    }

    fn head_of_block(&mut self, block: &Block) {
        let kind = block.kind;
        self.plan.number(1, Field::Block, kind.span, kind.value);
        let length = block.length;
        let item = self
            .plan
            .number(1, Field::Length, length.span, length.value);
        if length.value > USUAL {
            self.plan.note(Note::LongBlock, item);
        }
    }

    fn data(&mut self, span: Span, stage: Stage, is_data: bool) -> ItemId {
        let mut item = ItemId::NONE;
        if span.len > 0 {
            item = self.plan.bytes(1, Field::Data, span);
            let label = format!("Data: {} bytes", span.len);
            self.plan.label(item, &label);
        }
        if is_data {
            self.plan.generated(1, Field::Offset, stage.received);
        }
        if stage.encrypted {
            self.plan.generated(1, Field::Encrypted, true);
        }
        item
    }

    /// More data than were announced.
    fn surplus(&mut self, stage: Stage, len: usize, item: ItemId) {
        let end = stage.received.saturating_add(len as u64);
        let announced = self.session.file.announced;
        if len > 0 && announced.is_some_and(|announced| end > announced) {
            let text = format!("{end} bytes have come of {}", announced.unwrap_or_default());
            self.plan.note_text(Note::SizeDiffers, item, &text);
        }
    }

    /// A block whose rest is in later segments, which are not put together.
    fn part_of_block(&mut self, block: &Block, stage: Stage) {
        let captured = self.packet.bytes;
        let here = Span::between(block.span.start, captured.len());
        self.root(here, "part of a block");
        self.plan.info("part of a block");
        self.head_of_block(block);
        let data = Span::between(block.data.start, captured.len());
        let is_data = block.kind.value == DATA;
        let item = self.data(data, stage, is_data);
        let left = block.span.end().saturating_sub(self.packet.reported);
        if !self.packet.is_cut() {
            self.plan.note(Note::Partial, item);
        }
        self.context();
        if is_data && self.packet.first_pass {
            let file = &mut self.session.file;
            file.add(self.packet.frame, data.of(captured), true);
        }
        self.session.ends.leave(self.packet, left);
        self.at = captured.len();
    }

    /// Shows the rest of a block that an earlier segment began.
    fn finish_open(&mut self, open: usize) {
        if open == 0 {
            return;
        }
        let (stage, key) = (self.stage(), self.key());
        let span = Span::new(0, open.min(self.packet.bytes.len()));
        let left = open.saturating_sub(self.packet.reported);
        self.root(span, "continuation");
        self.plan.info("continuation");
        let item = self.plan.bytes(1, Field::Rest, span);
        self.plan.generated(1, Field::Offset, stage.received);
        if left > 0 {
            self.plan.note(Note::Partial, item);
        }
        self.context();
        if self.packet.first_pass {
            let data = span.of(self.packet.bytes);
            let file = &mut self.session.file;
            file.add(self.packet.frame, data, false);
            if file.is_complete() {
                file.ended.get_or_insert(key);
            }
        }
        self.session.ends.leave(self.packet, left);
        self.file_at(key);
        self.at = span.len;
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

    /// Shows the file with the PDU that ends it.
    fn file_at(&mut self, key: PduKey) {
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
        if let Some(name) = &self.session.offer.name {
            let item = self.plan.derived(1, Field::FileName, Span::default(), name);
            self.plan.mark_generated(item);
        }
        let (size, announced) = (file.bytes.len() as u64, file.announced);
        self.plan.generated(1, Field::Size, size);
        self.plan.generated(1, Field::Blocks, file.blocks);
        let complete = announced == Some(size);
        let item = self.plan.generated(1, Field::Complete, complete);
        if !complete && !file.is_too_long() {
            let announced = announced.map_or("an unknown number".to_owned(), |n| n.to_string());
            let text = format!("{size} bytes have come of {announced}");
            self.plan.note_text(Note::SizeDiffers, item, &text);
        }
        if size == 0 || !self.plan.wants_items() {
            return;
        }
        let bytes = file.bytes.clone();
        if let Some(source) = self.plan.add_source(c"MSNFTP file", bytes) {
            let view = self.plan.enter(source, 0);
            let all = Span::new(0, usize::try_from(size).unwrap_or(usize::MAX));
            let item = self.plan.bytes(1, Field::Content, all);
            self.plan.label(item, &format!("File: {size} bytes"));
            self.plan.leave(view);
        }
    }
}

/// CCL says what BYE says with this result.
const _: () = assert!(CANCELLED >> 31 == 1 && SUCCESS >> 31 == 0);
