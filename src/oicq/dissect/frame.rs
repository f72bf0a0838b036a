//! Dissection of one frame into a Plan.

use crate::oicq::dissect::walk::OicqWalk;
use crate::oicq::fields::{Field, Note};
use crate::oicq::state::decryption;
use crate::oicq::tree::links::{link_frame, FrameView};
use crate::oicq::tree::sentence::push_sentence;
use crate::oicq::tree::{file, other_frame as show_family, other_frame_body};
use crate::oicq::wire::basic::TRAILER;
use crate::oicq::wire::commands::meaning::{meaning, CommandMeaning};
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::{Frame, OicqHeader};
use crate::oicq::wire::other_frames::file_part::file_part;
use crate::oicq::wire::other_frames::frame::FamilyFrame;
use crate::plan::ItemId;
use crate::span::Span;

impl OicqWalk<'_, '_> {
    pub(crate) fn show_family(
        &mut self,
        message: &FamilyFrame,
        length: Option<Span>,
        hint: Direction,
    ) -> ItemId {
        let pdu = self.packet.key(self.plan.pdus);
        self.frames += 1;
        let (packet, plan) = (self.packet, &mut self.plan);
        let root = show_family::show(plan, packet.bytes, message, length, hint);
        let shown = other_frame_body::ShownFrame {
            packet,
            pdu,
            message,
            root,
        };
        other_frame_body::open(&shown, self.session, self.shared, plan);
        let Some(contents) = self.session.contents_mut(packet.first_pass) else {
            return root;
        };
        let is_repeated = contents.repeats.is_repeated(packet, pdu, message.span);
        if is_repeated {
            plan.generated(1, Field::Repeated, 1_u8);
        }
        let part = file_part(message, packet.bytes);
        let (files, budget) = (&mut contents.files, &self.shared.budget);
        if let Some(index) = files.learn((packet, pdu), (part, packet.bytes), is_repeated, budget) {
            file::show(plan, packet, pdu, root, (files, index));
        }
        root
    }

    pub(crate) fn show(&mut self, frame: &Frame, length: Option<Span>) -> ItemId {
        self.session.learn(self.packet, frame);
        self.frames += 1;
        let key = self.packet.key(self.plan.pdus);
        let start = length.map_or(frame.span.start, |l| l.start);
        let root = self.root(self.captured(Span::between(start, frame.end())));
        let meaning = self.meaning(frame);
        let chinese = meaning.chinese.filter(|_| self.shared.chinese_names);
        let name = chinese.or(meaning.name);
        let outcome = decryption::decrypt(self.packet, key, frame, self.session, self.shared);
        let plaintext = outcome.decrypted.as_ref().map(|frame| &frame.plaintext[..]);
        let pdu = FrameView {
            packet: self.packet,
            key,
            frame,
            meaning,
            plaintext,
        };
        let linked = link_frame(&pdu, self.session, self.shared);
        let mut text = self.plan.spare_text();
        push_sentence(&mut text, frame, name);
        self.plan.label_args(root, format_args!("OICQ, {text}"));
        linked.push_info(&mut text);
        self.plan.info(&text);
        self.plan.keep_spare(text);
        if let Some(span) = length {
            let value = frame.span.len + 2;
            self.plan.number(1, Field::Length, span, value as u64);
        }
        if self.plan.wants_items() {
            self.show_header(frame, &meaning);
            self.show_block(frame);
            self.show_body(frame);
        } else {
            self.show_plain(frame);
        }
        let bodies = outcome.show(&mut self.plan, root);
        self.show_joined((&pdu, root), &linked, &bodies);
        // In a truncated frame the bytes that determine the layout may be missing.
        let odd = !frame.fits && frame.end() <= self.packet.bytes.len();
        match frame.trailer {
            Some(span) if span.end() <= self.packet.bytes.len() => {
                self.plan.number(1, Field::Trailer, span, TRAILER);
            }
            Some(_) => {}
            None => self.plan.note(Note::NoTrailer, root),
        }
        if odd {
            self.plan.note(Note::OddLength, root);
        }
        linked.show(&mut self.plan, root);
        root
    }

    fn meaning(&self, frame: &Frame) -> CommandMeaning {
        if frame.header == OicqHeader::QqSpeed {
            return CommandMeaning::NONE;
        }
        if frame.is_probe() {
            return CommandMeaning::PROBE;
        }
        let era = self.session.client_version(self.packet, frame);
        meaning(frame.command.value, era, frame.direction)
    }
}
