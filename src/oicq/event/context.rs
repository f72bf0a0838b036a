//! The frame that events are read from, and what they have in common.

use std::borrow::Cow;

use crate::event::{Conversation, Event, EventKind, Family, Origin, PduItems};
use crate::oicq::fields::Field;
use crate::oicq::wire::direction::Direction;
use crate::packet::Packet;
use crate::plan::Item;

/// A frame with its packet.
#[derive(Debug, Clone)]
pub(crate) struct Context<'a> {
    pub(crate) pdu: PduItems<'a>,
    /// The command, in frames of the basic family.
    pub(crate) command: Option<u16>,
    pub(crate) origin: Origin,
    /// Whether the packet is not captured to its end.
    pub(crate) is_cut: bool,
    /// Whether the rest of the capture is not known yet.
    pub(crate) first_pass: bool,
}

impl<'a> Context<'a> {
    /// The context of a frame.
    pub(crate) fn of(packet: &Packet<'_>, pdu: PduItems<'a>) -> Self {
        let direction = pdu.number(Field::Direction);
        let is = |it: Direction| direction == Some(it as u64);
        let from_client = match (is(Direction::ToServer), is(Direction::ToClient)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
        let command = pdu.number(Field::Command);
        let mut origin = Origin::of(Family::Qq, packet);
        origin.connection.account = account(&pdu);
        origin.connection.from_client = from_client;
        Self {
            pdu,
            command: command.and_then(|command| u16::try_from(command).ok()),
            origin,
            is_cut: packet.is_cut(),
            first_pass: packet.first_pass,
        }
    }

    /// Whether the client has sent it.
    pub(crate) fn is_to_server(&self) -> bool {
        self.origin.connection.from_client == Some(true)
    }

    /// Whether the server has sent it.
    pub(crate) fn is_to_client(&self) -> bool {
        self.origin.connection.from_client == Some(false)
    }

    /// Whether the same frame came before: sent again, or captured twice. A retransmission
    /// whose first transmission is not in the capture stands for it.
    pub(crate) fn is_repeated(&self) -> bool {
        self.pdu.has(Field::Repeated)
    }

    /// The account of the client.
    pub(crate) fn own(&self) -> Option<String> {
        self.origin.connection.account.clone()
    }

    /// The account of the client as a recipient.
    pub(crate) fn to_own(&self) -> Vec<String> {
        self.own().into_iter().collect()
    }

    /// The internal number of the group that the frame is about. In a push from a group it is
    /// in the sender's place.
    pub(crate) fn group(&self) -> Option<String> {
        let is_push = self.pdu.has(Field::MessageType) && self.pdu.has(Field::GroupNumber);
        match is_push {
            true => self.pdu.text(Field::From),
            false => self.pdu.text(Field::GroupId),
        }
    }

    /// The result of a request, if the reply has one.
    pub(crate) fn is_ok(&self) -> bool {
        /// The digit 0, in replies of old commands.
        const DIGIT: u64 = 0x30;
        matches!(self.pdu.number(Field::Reply), Some(0 | DIGIT))
    }

    /// An event in this conversation.
    pub(crate) fn event(
        &self,
        conversation: Conversation,
        from: Option<String>,
        to: Vec<String>,
        kind: EventKind,
    ) -> Event {
        self.origin.event(conversation, from, to, kind)
    }

    /// An event of the account `who`.
    pub(crate) fn by(&self, who: Option<String>, kind: EventKind) -> Event {
        self.event(Conversation::None, who, Vec::new(), kind)
    }

    /// An event of the account `who` that its contact, the client's account, learns.
    pub(crate) fn of_contact(&self, who: Option<String>, kind: EventKind) -> Event {
        self.event(Conversation::None, who, self.to_own(), kind)
    }
}

/// The account of the client: that of the header, or the one worked out, or else the number
/// that a body gives as the client's own.
fn account(pdu: &PduItems<'_>) -> Option<String> {
    // Frames between two clients have no account of a server's client, and those of custom
    // avatars have other users' numbers only.
    if pdu.has(Field::P2pSender) || pdu.has(Field::CustomAvatarCommand) {
        return None;
    }
    let is_derived = |item: &&Item| item.field == Field::Account.into() && item.generated;
    let derived = pdu.items().iter().find(is_derived);
    let header = pdu.numbers(Field::Uin);
    let header = header.iter().find(|number| **number != 0);
    header
        .map(u64::to_string)
        .or_else(|| pdu.value(derived?).map(Cow::into_owned))
        .or_else(|| pdu.text(Field::OwnUin))
}
