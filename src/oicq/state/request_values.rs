//! What requests say and their replies do not repeat.

use crate::first_pass::PduMap;
use crate::oicq::body::name::Name;
use crate::oicq::body::DecodedBody;
use crate::oicq::wire::commands::table::{CAPTCHA, DELETE_FRIEND, REMOVE_SELF};
use crate::packet::{Packet, PduKey};

/// The field of a request whose value its reply does not repeat.
fn name(command: u16) -> Option<Name> {
    match command {
        CAPTCHA => Some(Name::CaptchaPart),
        DELETE_FRIEND | REMOVE_SELF => Some(Name::FriendUin),
        _ => None,
    }
}

/// The values of the requests of one conversation.
#[derive(Debug, Default)]
pub(crate) struct RequestValues(PduMap<u32>);

impl RequestValues {
    /// Learns from the body of a request, in the first pass.
    pub(crate) fn learn(
        &mut self,
        packet: &Packet<'_>,
        pdu: PduKey,
        command: u16,
        body: &DecodedBody,
    ) {
        let value = name(command).and_then(|name| body.number(name));
        if let Some(value) = value {
            if let Some(entry) = self.0.entry(packet, pdu) {
                *entry = value;
            }
        }
    }

    /// The value of the request `pdu`.
    pub(crate) fn get(&self, pdu: PduKey) -> Option<u32> {
        self.0.get(pdu).copied()
    }
}
