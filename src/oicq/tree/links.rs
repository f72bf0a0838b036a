//! Tree items of the relations of a frame to others.

use crate::oicq::fields::{Field, Note};
use crate::oicq::state::behaviour::redirect::{Redirect, Redirects};
use crate::oicq::state::behaviour::tracker::{acknowledged_sequence, FrameLinks};
use crate::oicq::state::behaviour::FrameEvent;
use crate::oicq::state::session::{OicqSession, OicqShared};
use crate::oicq::tree::sentence::push_decimal;
use crate::oicq::wire::commands::meaning::{names_server, CommandMeaning};
use crate::oicq::wire::commands::row::ReplyPattern;
use crate::oicq::wire::commands::table::SYSTEM_MESSAGE_ACK;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::Frame;
use crate::packet::{Address, Packet, PduKey};
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// Relations of one frame to the others of the capture.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LinkedFrames {
    links: FrameLinks,
    redirect: Redirect,
    meaning: CommandMeaning,
    direction: Direction,
}

/// One frame, its meaning and its plaintext.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FrameView<'a> {
    pub(crate) packet: &'a Packet<'a>,
    pub(crate) key: PduKey,
    pub(crate) frame: &'a Frame,
    pub(crate) meaning: CommandMeaning,
    /// Its plaintext, if decrypted.
    pub(crate) plaintext: Option<&'a [u8]>,
}

/// Feeds the frame to the state machines, in the first pass, and returns its relations.
pub(crate) fn link_frame(
    pdu: &FrameView<'_>,
    session: &mut OicqSession,
    shared: &mut OicqShared,
) -> LinkedFrames {
    let packet = pdu.packet;
    if packet.first_pass {
        let time = u64::try_from(packet.time).unwrap_or_default();
        let event = FrameEvent::new(pdu.key, time, pdu.frame, pdu.meaning, packet.bytes);
        let event = event.with_plaintext(pdu.plaintext);
        session.tracker.observe(&event);
        observe_redirect(pdu, &event, &mut shared.redirects);
        if pdu.frame.command.value == SYSTEM_MESSAGE_ACK {
            if let Some(sequence) = pdu.plaintext.and_then(acknowledged_sequence) {
                session.tracker.acknowledge_system_message(&event, sequence);
            }
        }
    }
    let links = session.tracker.links(pdu.key);
    LinkedFrames {
        links: match packet.first_pass {
            true => links.so_far(),
            false => links,
        },
        redirect: shared.redirects.redirect(pdu.key),
        meaning: pdu.meaning,
        direction: pdu.frame.direction,
    }
}

fn observe_redirect(pdu: &FrameView<'_>, event: &FrameEvent, redirects: &mut Redirects<Address>) {
    let FrameView { packet, frame, .. } = pdu;
    let (client, server) = match frame.direction {
        Direction::ToServer => (packet.source, packet.destination),
        Direction::ToClient => (packet.destination, packet.source),
        Direction::Unknown => return,
    };
    redirects.observe(event, client, server, frame.uin.map(|uin| uin.value));
    let is_redirect = pdu
        .plaintext
        .and_then(|plain| names_server(event.command, plain));
    if frame.direction == Direction::ToClient && is_redirect == Some(false) {
        redirects.no_redirect(event, client, server);
    }
}

impl LinkedFrames {
    /// Whether the server answers such frames, or has answered this one.
    fn is_request(&self) -> bool {
        let is_answered =
            self.meaning.reply_pattern == ReplyPattern::Request || self.links.response_in.is_some();
        is_answered && self.direction == Direction::ToServer
    }

    /// The request that this frame responds to.
    pub(crate) fn request(&self) -> Option<PduKey> {
        self.links.response_to
    }

    /// Whether the same frame came before: sent again, or captured twice.
    pub(crate) fn is_repeated(&self) -> bool {
        self.links.repeated
    }

    /// Appends to the Info column. Relations known only at the end of the capture are in the
    /// tree only.
    pub(crate) fn push_info(&self, to: &mut String) {
        let links = &self.links;
        let of_frame = |to: &mut String, before: &str, frame: u32, after: &str| {
            to.push_str(before);
            push_decimal(to, frame);
            to.push_str(after);
        };
        if let Some(request) = links.response_to {
            of_frame(to, " (response to frame ", request.frame, ")");
        } else if let Some(frame) = links.ack_to {
            of_frame(to, " (acknowledges frame ", frame, ")");
        } else if let Some(frame) = self.redirect.from {
            of_frame(to, " (redirected by frame ", frame, ")");
        }
        if links.retransmission > 0 {
            of_frame(to, " [retransmission ", links.retransmission.into(), "]");
        }
        if let Some(frame) = links.so_far().duplicate_of {
            of_frame(to, " [duplicate of frame ", frame, "]");
        }
    }

    /// Adds the generated fields below the frame's item.
    pub(crate) fn show(&self, plan: &mut Plan<'_>, root: ItemId) {
        let links = &self.links;
        let mut frame = |field: Field, number: Option<u32>| {
            if let Some(number) = number {
                plan.generated(1, field, number);
            }
        };
        frame(Field::ResponseIn, links.response_in);
        frame(Field::ResponseTo, links.response_to.map(|it| it.frame));
        frame(Field::AckIn, links.ack_in);
        frame(Field::AckTo, links.ack_to);
        frame(Field::DuplicateOf, links.duplicate_of);
        frame(Field::RedirectTo, self.redirect.to);
        frame(Field::RedirectFrom, self.redirect.from);
        let mut span = |field: Field, span: Option<u64>| {
            if let Some(span) = span {
                plan.generated(1, field, span);
            }
        };
        span(Field::Time, links.delay);
        span(Field::KeepAliveInterval, links.interval);
        if self.is_request() {
            plan.generated(1, Field::Request, 1_u8);
        }
        if links.push {
            plan.generated(1, Field::Push, 1_u8);
        }
        if let Some(gap) = links.gap {
            plan.generated(1, Field::Gap, gap);
        }
        if links.repeated {
            plan.generated(1, Field::Repeated, 1_u8);
        }
        self.show_repetition(plan, root);
        if links.unanswered {
            plan.note(Note::Unanswered, root);
        }
    }

    fn show_repetition(&self, plan: &mut Plan<'_>, root: ItemId) {
        let links = &self.links;
        if links.retransmission == 0 {
            return;
        }
        let item = plan.generated(1, Field::Retransmission, links.retransmission);
        if let Some(number) = links.retransmission_of {
            plan.generated(2, Field::RetransmissionOf, number);
        }
        // Commands without a reply are sent four times on purpose
        // (docs/protocol/oicq.md §4.1).
        if self.meaning.reply_pattern != ReplyPattern::ClientOnly {
            let item = if item == ItemId::NONE { root } else { item };
            plan.note(Note::Retransmission, item);
        }
    }
}

/// Adds the names of the command below its item.
pub(crate) fn show_names(plan: &mut Plan<'_>, span: Span, meaning: &CommandMeaning) {
    for (field, name) in [
        (Field::CommandName, meaning.name),
        (Field::CommandNameChinese, meaning.chinese),
    ] {
        if let Some(name) = name {
            let item = plan.derived(2, field, span, name);
            plan.mark_generated(item);
        }
    }
}
