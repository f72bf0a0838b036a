//! What requests say and their replies do not repeat.

use crate::first_pass::PduMap;
use crate::oicq::body::name::Name;
use crate::oicq::body::DecodedBody;
use crate::oicq::wire::commands::table::{CAPTCHA, DELETE_FRIEND, REMOVE_SELF};
use crate::packet::{Packet, PduKey};

/// The value in the body of a request that its reply does not repeat.
pub(crate) fn request_value(command: u16, body: &DecodedBody) -> Option<u32> {
    let name = match command {
        CAPTCHA => Name::CaptchaPart,
        DELETE_FRIEND | REMOVE_SELF => Name::FriendUin,
        _ => return None,
    };
    body.number(name)
}

/// The values of the requests of one conversation.
#[derive(Debug, Default)]
pub(crate) struct RequestValues(PduMap<u32>);

impl RequestValues {
    /// Records the value of a request, in the first pass.
    pub(crate) fn learn(&mut self, packet: &Packet<'_>, pdu: PduKey, value: u32) {
        if let Some(entry) = self.0.entry(packet, pdu) {
            *entry = value;
        }
    }

    /// The value of the request `pdu`.
    pub(crate) fn get(&self, pdu: PduKey) -> Option<u32> {
        self.0.get(pdu).copied()
    }
}
