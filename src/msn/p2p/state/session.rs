//! What an invitation says of its session.

use crate::msn::common::guid::Guid;
use crate::msn::slp::wire::codes::{use_of, SessionUse};

/// The data in an invitation about its session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct P2pSession {
    /// The frame of the invitation.
    pub frame: u32,
    /// Its number.
    pub number: u32,
    /// The account that invites.
    pub from: Option<String>,
    /// The account that is invited.
    pub to: Option<String>,
    /// The conversation in which it invites.
    pub chat: Option<u64>,
    /// The frame in which the file or object is complete.
    pub completed: Option<u32>,
    /// The EUF-GUID.
    pub application: Option<Guid>,
    /// The AppID.
    pub app_id: Option<u32>,
    /// Type of the transferred object.
    pub object: Option<&'static str>,
    /// Name that its owner has given to the object.
    pub object_name: Option<String>,
    /// SHA-1 of its data.
    pub object_hash: Option<[u8; 20]>,
    /// Name of the activity.
    pub activity: Option<String>,
    /// Name of the transferred file.
    pub file_name: Option<String>,
    /// Size of the file in bytes.
    pub file_size: Option<u64>,
}

impl P2pSession {
    /// Whether its application is to transfer a file or an object.
    pub(crate) fn is_transfer(&self) -> bool {
        match self.application.and_then(use_of) {
            Some(purpose) => matches!(purpose, SessionUse::Object | SessionUse::File),
            None => true,
        }
    }
}
