//! Tree items of a frame of the basic family.
//!
//! Source: docs/protocol/oicq.md §2.2 to §2.4.

use crate::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer};
use crate::oicq::dissect::walk::OicqWalk;
use crate::oicq::fields::Field;
use crate::oicq::tree::body as show_body;
use crate::oicq::tree::links::show_names;
use crate::oicq::wire::basic::FLAG;
use crate::oicq::wire::client_table::{BUILDS, CLIENTS};
use crate::oicq::wire::commands::meaning::CommandMeaning;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::Frame;
use crate::oicq::wire::prefix::BodyPart;
use crate::span::Span;

impl OicqWalk<'_, '_> {
    pub(crate) fn show_header(&mut self, frame: &Frame, meaning: &CommandMeaning) {
        let plan = &mut self.plan;
        plan.number(1, Field::Flag, Span::new(frame.span.start, 1), FLAG);
        let version = frame.version;
        let client = CLIENTS.name(u32::from(version.value));
        let item = plan.number(1, Field::Version, version.span, version.value);
        if plan.shows_tree() {
            // A reply to 0x00b9 has a build in place of the version (§2.3).
            let client = client
                .or_else(|| BUILDS.name(u32::from(version.value)))
                .unwrap_or("unknown client");
            plan.label_args(
                item,
                format_args!("Version: 0x{:04x} ({client})", version.value),
            );
        }
        if let Some(client) = client {
            let item = plan.derived(2, Field::Client, version.span, client);
            plan.mark_generated(item);
        }
        let command = frame.command;
        let item = plan.number(1, Field::Command, command.span, command.value);
        if plan.shows_tree() {
            let name = meaning.name.unwrap_or("Unknown command");
            plan.label_args(
                item,
                format_args!("Command: {name} (0x{:04x})", command.value),
            );
        }
        show_names(plan, command.span, meaning);
        let sequence = frame.sequence;
        let item = plan.number(1, Field::Sequence, sequence.span, sequence.value);
        if plan.shows_tree() {
            let value = sequence.value;
            plan.label_args(item, format_args!("Sequence: {value} (0x{value:04x})"));
        }
        if let Some(uin) = frame.uin {
            let item = plan.number(1, Field::Uin, uin.span, uin.value);
            if plan.shows_tree() {
                plan.label_args(item, format_args!("QQ number: {}", uin.value));
            }
        }
        match frame.uin.filter(|uin| uin.value != 0) {
            Some(uin) => {
                let item = plan.number(1, Field::Account, uin.span, uin.value);
                plan.mark_hidden(item);
            }
            // Servers up to 2008 send no number, and newer ones 0 before the login.
            None if frame.direction == Direction::ToClient => {
                if let Some(account) = self.session.account_at(self.packet) {
                    plan.generated(1, Field::Account, account);
                }
            }
            None => {}
        }
        let item = plan.number(
            1,
            Field::Direction,
            Span::new(frame.span.start, 0),
            frame.direction as u8,
        );
        plan.mark_generated(item);
    }

    pub(crate) fn show_block(&mut self, frame: &Frame) {
        if let Some(span) = frame.server_flags.map(|span| self.captured(span)) {
            self.plan.bytes(1, Field::ServerFlags, span);
        }
        if let Some(span) = frame.probe.map(|span| self.captured(span)) {
            self.plan.bytes(1, Field::Probe, span);
        }
        let Some(block) = frame.block else {
            return;
        };
        let span = self.captured(block.span);
        let plan = &mut self.plan;
        plan.heading(1, Field::Block, span);
        plan.number(2, Field::BlockType, block.kind.span, block.kind.value);
        plan.number(2, Field::BlockFlag, block.flag.span, block.flag.value);
        plan.number(2, Field::Repeat, block.repeat.span, block.repeat.value);
        plan.number(
            2,
            Field::ClientType,
            block.client_type.span,
            block.client_type.value,
        );
        let build = block.build;
        let item = plan.number(2, Field::Build, build.span, build.value);
        if plan.shows_tree() {
            let name = BUILDS.name(build.value).unwrap_or("unknown build");
            plan.label_args(item, format_args!("Build: 0x{:04x} ({name})", build.value));
        }
        if let Some(padding) = block.padding {
            let padding = self.captured(padding);
            self.plan.bytes(2, Field::Padding, padding);
        }
    }

    pub(crate) fn show_body(&mut self, frame: &Frame) {
        for (part, span) in frame.body.iter() {
            let span = self.captured(span);
            if span.len == 0 {
                continue;
            }
            let (field, is_number) = match part {
                BodyPart::Plain => {
                    self.plan.bytes(1, Field::Body, span);
                    self.show_plain(frame);
                    continue;
                }
                BodyPart::Key => (Field::Key, false),
                BodyPart::TokenTag => (Field::TokenTag, false),
                BodyPart::Token => (Field::Token, false),
                BodyPart::PublicKey => (Field::PublicKey, false),
                BodyPart::Salt => (Field::Salt, false),
                BodyPart::MediaId => (Field::MediaId, false),
                BodyPart::MediaLength => (Field::MediaLength, true),
                BodyPart::Media => (Field::Media, false),
                BodyPart::Ciphertext => (Field::Ciphertext, false),
                BodyPart::Unknown => (Field::Body, false),
                BodyPart::SaltLength => (Field::SaltLength, true),
                BodyPart::TokenLength => (Field::TokenLength, true),
                BodyPart::BodyVersion => (Field::BodyVersion, true),
                BodyPart::KeyExchangeVersion => (Field::KeyExchangeVersion, true),
                BodyPart::PublicKeyLength => (Field::PublicKeyLength, true),
            };
            if is_number {
                self.show_number(field, span);
            } else {
                self.plan.bytes(1, field, span);
            }
        }
        let rest = self.captured(Span::between(frame.span.start + 11, frame.end()));
        if rest.len > 0 {
            let item = self.plan.latin1(1, Field::Data, rest);
            self.plan.mark_hidden(item);
        }
    }

    /// Adds the items of a body, and its summary in the Info column, if it is unencrypted.
    pub(crate) fn show_plain(&mut self, frame: &Frame) {
        let span = frame.body.find(BodyPart::Plain);
        let span = span.map(|span| self.captured(span));
        let Some(span) = span.filter(|span| span.len > 0) else {
            return;
        };
        let context = CiphertextContext {
            command: frame.command.value,
            direction: frame.direction,
            version: self.session.client_version(self.packet, frame),
            layer: CiphertextLayer::Frame,
        };
        let uin = frame.uin.map(|uin| uin.value);
        let back = self.plan.enter_here(span.start);
        let plain = span.of(self.packet.bytes);
        show_body::show(&mut self.plan, &context, uin, plain, 2);
        self.plan.leave(back);
    }

    /// Adds a big-endian number of two or four bytes.
    fn show_number(&mut self, field: Field, span: Span) {
        let bytes = span.of(self.packet.bytes);
        let value = bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b));
        self.plan.number(1, field, span, value);
    }
}
