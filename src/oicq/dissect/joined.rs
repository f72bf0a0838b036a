//! What a frame says together with others of its conversation.

use crate::oicq::body::fragment::fragment;
use crate::oicq::body::DecodedBody;
use crate::oicq::dissect::walk::OicqWalk;
use crate::oicq::fields::Field;
use crate::oicq::tree::links::{FrameView, LinkedFrames};
use crate::oicq::tree::message;
use crate::oicq::wire::commands::table::{DELETE_FRIEND, REMOVE_SELF};
use crate::oicq::wire::direction::Direction;

impl OicqWalk<'_, '_> {
    /// Adds the items that other frames determine, too.
    pub(crate) fn show_joined(
        &mut self,
        pdu: &FrameView<'_>,
        linked: &LinkedFrames,
        bodies: &[DecodedBody],
    ) {
        self.show_requested(pdu, linked, bodies);
        if let (Some(plain), Some(body)) = (pdu.plaintext, bodies.first()) {
            self.show_message(pdu, linked, (plain, body));
        }
    }

    /// Shows whom a reply is about that does not say it itself.
    fn show_requested(
        &mut self,
        pdu: &FrameView<'_>,
        linked: &LinkedFrames,
        bodies: &[DecodedBody],
    ) {
        let command = pdu.frame.command.value;
        let values = &mut self.session.request_values;
        if pdu.frame.direction == Direction::ToServer {
            for body in bodies {
                values.learn(self.packet, pdu.key, command, body);
            }
        }
        let value = linked.request().and_then(|request| values.get(request));
        if let (Some(user), DELETE_FRIEND | REMOVE_SELF) = (value, command) {
            self.plan.generated(1, Field::FriendUin, user);
        }
    }

    /// Shows the message that a frame has a fragment of.
    fn show_message(
        &mut self,
        pdu: &FrameView<'_>,
        linked: &LinkedFrames,
        (plain, body): (&[u8], &DecodedBody),
    ) {
        let own = pdu.frame.uin.map(|uin| uin.value).filter(|uin| *uin != 0);
        let own = own.or(self.session.account());
        let command = pdu.frame.command.value;
        let fragment = fragment(body, command, pdu.frame.direction, own);
        let is_repeated = linked.is_repeated();
        let messages = &mut self.session.messages;
        let place = messages.learn(self.packet, pdu.key, (fragment, plain), is_repeated);
        let Some(place) = place else {
            return;
        };
        message::show(&mut self.plan, pdu.key, (messages, place));
        // The same fragment in another frame.
        if place.is_repeated && !is_repeated {
            self.plan.generated(1, Field::Repeated, 1_u8);
        }
    }
}
