//! What a frame says together with others of its conversation.

use crate::oicq::body::DecodedBody;
use crate::oicq::dissect::walk::OicqWalk;
use crate::oicq::fields::Field;
use crate::oicq::tree::links::{FrameView, LinkedFrames};
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
}
