//! What a frame says together with others of its conversation.

use crate::oicq::body::fragment::fragment;
use crate::oicq::body::picture_part::picture_part;
use crate::oicq::dissect::walk::OicqWalk;
use crate::oicq::fields::Field;
use crate::oicq::state::request_values::request_value;
use crate::oicq::tree::body::ShownBody;
use crate::oicq::tree::links::{FrameView, LinkedFrames};
use crate::oicq::tree::{file, message};
use crate::oicq::wire::commands::table::{CAPTCHA, DELETE_FRIEND, REMOVE_SELF};
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::other_frames::file_part::{FilePart, FileSource, PiecePlace};
use crate::plan::ItemId;

impl OicqWalk<'_, '_> {
    /// Adds the items that other frames determine, too. `root` is the frame's item.
    pub(crate) fn show_joined(
        &mut self,
        (pdu, root): (&FrameView<'_>, ItemId),
        linked: &LinkedFrames,
        bodies: &[ShownBody<'_>],
    ) {
        let command = pdu.frame.command.value;
        if pdu.frame.direction == Direction::ToServer {
            for shown in bodies {
                if let Some(value) = request_value(command, &shown.body) {
                    let contents = self.session.contents_mut(self.packet.first_pass);
                    if let Some(contents) = contents {
                        contents.request_values.learn(self.packet, pdu.key, value);
                    }
                }
            }
        }
        let request = linked.request().zip(self.session.contents());
        let requested = request.and_then(|(pdu, contents)| contents.request_values.get(pdu));
        if let (Some(user), DELETE_FRIEND | REMOVE_SELF) = (requested, command) {
            self.plan.generated(1, Field::FriendUin, user);
        }
        if let Some(shown) = bodies.first() {
            self.show_message(pdu, linked, shown);
        }
        let requested = requested.filter(|_| command == CAPTCHA);
        self.show_picture((pdu, root), linked, bodies, requested);
    }

    /// Shows the message that a frame has a fragment of.
    fn show_message(
        &mut self,
        pdu: &FrameView<'_>,
        linked: &LinkedFrames,
        ShownBody { plain, body }: &ShownBody<'_>,
    ) {
        let own = pdu.frame.uin.map(|uin| uin.value).filter(|uin| *uin != 0);
        let own = own.or(self.session.account());
        let command = pdu.frame.command.value;
        let fragment = fragment(body, command, pdu.frame.direction, own);
        let is_repeated = linked.is_repeated();
        let adds = self.packet.first_pass && fragment.is_some();
        let Some(contents) = self.session.contents_mut(adds) else {
            return;
        };
        let (messages, budget) = (&mut contents.messages, &self.shared.budget);
        let at = (self.packet, pdu.key);
        let place = messages.learn(at, (fragment, plain), is_repeated, budget);
        let Some(place) = place else {
            return;
        };
        message::show(&mut self.plan, pdu.key, (messages, place));
        // The same fragment in another frame.
        if place.is_repeated && !is_repeated {
            self.plan.generated(1, Field::Repeated, 1_u8);
        }
    }

    /// Shows the captcha that a frame has a part of, whose number the request says, too.
    fn show_picture(
        &mut self,
        (pdu, root): (&FrameView<'_>, ItemId),
        linked: &LinkedFrames,
        bodies: &[ShownBody<'_>],
        requested: Option<u32>,
    ) {
        let mut parts = bodies.iter().filter_map(|ShownBody { plain, body }| {
            let part = picture_part(body, plain, requested)?;
            let place = PiecePlace::Part {
                number: part.number.into(),
                is_last: part.is_last,
            };
            let part = FilePart {
                source: FileSource::Captcha,
                description: None,
                piece: Some((place, part.span)),
            };
            Some((Some(part), *plain))
        });
        let part = parts.next().unwrap_or_default();
        let adds = self.packet.first_pass && part.0.is_some();
        let Some(contents) = self.session.contents_mut(adds) else {
            return;
        };
        let (files, budget) = (&mut contents.files, &self.shared.budget);
        let at = (self.packet, pdu.key);
        let index = files.learn(at, part, linked.is_repeated(), budget);
        if let Some(index) = index {
            file::show(&mut self.plan, self.packet, pdu.key, root, (files, index));
        }
    }
}
