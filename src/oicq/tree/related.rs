//! What a frame has to do with other frames, as it is shown.

use core::time::Duration;

use crate::oicq::fields::{Field, Note};
use crate::oicq::state::behaviour::redirect::{Redirect, Redirects};
use crate::oicq::state::behaviour::tracker::{acknowledged_sequence, Relation};
use crate::oicq::state::behaviour::Event;
use crate::oicq::state::session::{Session, Shared};
use crate::oicq::wire::commands::meaning::{names_server, Meaning};
use crate::oicq::wire::commands::row::Exchange;
use crate::oicq::wire::commands::table::SYSTEM_MESSAGE_ACK;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::Frame;
use crate::packet::{Address, Packet, PduKey};
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// What the other frames of the capture say about one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Related {
    relation: Relation,
    redirect: Redirect,
    meaning: Meaning,
}

/// One frame and what is known of it by itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pdu<'a> {
    pub(crate) packet: &'a Packet<'a>,
    pub(crate) key: PduKey,
    pub(crate) frame: &'a Frame,
    pub(crate) meaning: Meaning,
    /// What is in its ciphertext, if it could be opened.
    pub(crate) plaintext: Option<&'a [u8]>,
}

/// Feeds the frame to the state machines, in the first pass, and asks them.
pub(crate) fn relate(pdu: &Pdu<'_>, session: &mut Session, shared: &mut Shared) -> Related {
    let packet = pdu.packet;
    if packet.first_pass {
        let time = Duration::from_nanos(u64::try_from(packet.time).unwrap_or_default());
        let event = Event::new(pdu.key, time, pdu.frame, pdu.meaning, packet.bytes);
        let event = event.opened(pdu.plaintext);
        session.tracker.observe(&event);
        observe_redirect(pdu, &event, &mut shared.redirects);
        if pdu.frame.command.value == SYSTEM_MESSAGE_ACK {
            if let Some(sequence) = pdu.plaintext.and_then(acknowledged_sequence) {
                session.tracker.acknowledge_system_message(&event, sequence);
            }
        }
    }
    let relation = session.tracker.relation(pdu.key);
    Related {
        relation: match packet.first_pass {
            true => relation.so_far(),
            false => relation,
        },
        redirect: shared.redirects.redirect(pdu.key),
        meaning: pdu.meaning,
    }
}

fn observe_redirect(pdu: &Pdu<'_>, event: &Event, redirects: &mut Redirects<Address>) {
    let Pdu { packet, frame, .. } = pdu;
    let (client, server) = match frame.direction {
        Direction::ToServer => (packet.source, packet.destination),
        Direction::ToClient => (packet.destination, packet.source),
        Direction::Unknown => return,
    };
    redirects.observe(event, client, server, frame.uin.map(|uin| uin.value));
    let opened = pdu
        .plaintext
        .and_then(|plain| names_server(event.command, plain));
    if frame.direction == Direction::ToClient && opened == Some(false) {
        redirects.no_redirect(event, client, server);
    }
}

impl Related {
    /// What the Info column says of it.
    pub(crate) fn info(&self) -> String {
        let mut text = String::new();
        if let Some(frame) = self.relation.response_to {
            text.push_str(&format!(" (reply to frame {frame})"));
        } else if let Some(frame) = self.relation.ack_to {
            text.push_str(&format!(" (push in frame {frame})"));
        } else if let Some(frame) = self.redirect.from {
            text.push_str(&format!(" (redirected by frame {frame})"));
        }
        if self.relation.retransmission > 0 {
            let count = self.relation.retransmission;
            text.push_str(&format!(" [retransmission {count}]"));
        }
        // What only the end of the capture tells is in the tree alone.
        if let Some(frame) = self.relation.so_far().duplicate_of {
            text.push_str(&format!(" [frame {frame} again]"));
        }
        text
    }

    /// Adds the generated fields below the frame's item.
    pub(crate) fn show(&self, plan: &mut Plan<'_>, root: ItemId) {
        let relation = &self.relation;
        let mut frame = |field: Field, number: Option<u32>| {
            if let Some(number) = number {
                plan.generated(1, field, number);
            }
        };
        frame(Field::ResponseIn, relation.response_in);
        frame(Field::ResponseTo, relation.response_to);
        frame(Field::AckIn, relation.ack_in);
        frame(Field::AckTo, relation.ack_to);
        frame(Field::DuplicateOf, relation.duplicate_of);
        frame(Field::RedirectTo, self.redirect.to);
        frame(Field::RedirectFrom, self.redirect.from);
        let mut span = |field: Field, span: Option<Duration>| {
            if let Some(span) = span.and_then(|span| u64::try_from(span.as_nanos()).ok()) {
                plan.generated(1, field, span);
            }
        };
        span(Field::Time, relation.delay);
        span(Field::KeepAliveInterval, relation.interval);
        if relation.push {
            plan.generated(1, Field::Push, 1_u8);
        }
        if let Some(gap) = relation.gap {
            plan.generated(1, Field::Gap, gap);
        }
        self.show_repetition(plan, root);
        if relation.unanswered {
            plan.note(Note::Unanswered, root);
        }
    }

    fn show_repetition(&self, plan: &mut Plan<'_>, root: ItemId) {
        let relation = &self.relation;
        if relation.retransmission == 0 {
            return;
        }
        let item = plan.generated(1, Field::Retransmission, relation.retransmission);
        if let Some(number) = relation.retransmission_of {
            plan.generated(2, Field::RetransmissionOf, number);
        }
        // What is never answered is sent several times on purpose: four times
        // (docs/protocol/oicq.md §4.1).
        if self.meaning.exchange != Exchange::ClientOnly {
            let item = if item == ItemId::NONE { root } else { item };
            plan.note(Note::Retransmission, item);
        }
    }
}

/// Adds the names of the command below its item.
pub(crate) fn show_names(plan: &mut Plan<'_>, span: Span, meaning: &Meaning) {
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
