//! State of one QQ conversation.

use crate::first_bytes::FirstBytes;
use crate::first_pass::Unfinished;
use crate::oicq::keystore::keyring::Keyring;
use crate::oicq::keystore::store::KeyStore;
use crate::oicq::state::behaviour::redirect::Redirects;
use crate::oicq::state::behaviour::tracker::FrameTracker;
use crate::oicq::state::files::FileTransfers;
use crate::oicq::state::messages::FragmentedMessages;
use crate::oicq::state::repeats::RepeatedFrames;
use crate::oicq::state::request_values::RequestValues;
use crate::oicq::state::stream_ownership::StreamOwnership;
use crate::oicq::state::watch::ConversationWatch;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::era::SERVER_VERSION;
use crate::oicq::wire::frame::{Frame, OicqHeader};
use crate::oicq::wire::tunnel::Tunnel;
use crate::packet::{Address, Packet};
use crate::pieces::Budget;

/// Maximum changes of the account kept per conversation.
const MAX_ACCOUNTS: usize = 64;

/// One conversation.
#[derive(Debug, Default)]
pub struct OicqSession {
    /// Frame of the capture with the first frame of the client, and the version in it.
    client: Option<(u32, u16)>,
    /// Frame of the capture with the first QQ frame.
    confirmed: Option<u32>,
    /// The QQ numbers sent by clients, each with the frame from which on it is in use.
    accounts: Vec<(u32, u32)>,
    /// The number of the conversation in the key store.
    key_store_number: u32,
    /// Number of bytes of a frame that follow in later segments.
    pub unfinished: Unfinished<usize>,
    /// Whether a stream is still QQ.
    pub ownership: StreamOwnership,
    /// Whether a conversation over UDP is QQ.
    pub(crate) watch: ConversationWatch,
    /// Relations between the frames of the basic family.
    pub tracker: FrameTracker,
    /// What requests say and their replies do not repeat.
    pub(crate) request_values: RequestValues,
    /// Messages in fragments.
    pub(crate) messages: FragmentedMessages,
    /// Files that the other families transfer.
    pub(crate) files: FileTransfers,
    /// Repetitions of frames of the other families.
    pub(crate) repeats: RepeatedFrames,
    /// The first bytes of a stream, before it is recognised.
    pub first_bytes: FirstBytes,
    /// Setup of a tunnel through a proxy.
    pub tunnel: Tunnel,
}

/// State shared by all conversations of a capture.
#[derive(Debug, Default)]
pub struct OicqShared {
    /// Logins redirected to another server.
    pub redirects: Redirects<Address>,
    /// All keys.
    pub key_store: KeyStore,
    /// Whether keys are shown.
    pub shows_keys: bool,
    /// The memory for the bytes of files.
    pub budget: Budget,
}

impl OicqShared {
    /// State with the user's secrets and settings.
    pub fn new(keyring: Keyring, shows_keys: bool) -> Self {
        Self {
            key_store: KeyStore::new(keyring),
            shows_keys,
            ..Self::default()
        }
    }
}

impl OicqSession {
    /// Whether the packet was recognised, or a QQ frame was seen in it or earlier.
    pub fn is_confirmed(&self, packet: &Packet<'_>) -> bool {
        packet.recognised || self.confirmed.is_some_and(|frame| frame <= packet.frame)
    }

    /// Learns from a frame, in the first pass.
    pub fn learn(&mut self, packet: &Packet<'_>, frame: &Frame) {
        if !packet.first_pass {
            return;
        }
        self.confirmed.get_or_insert(packet.frame);
        if frame.direction == Direction::ToServer && frame.header != OicqHeader::QqSpeed {
            self.client
                .get_or_insert((packet.frame, frame.version.value));
            if let Some(uin) = frame.uin.filter(|uin| uin.value != 0) {
                let is_new = self
                    .accounts
                    .last()
                    .is_none_or(|(_, last)| *last != uin.value);
                if is_new && self.accounts.len() < MAX_ACCOUNTS {
                    self.accounts.push((packet.frame, uin.value));
                }
            }
        }
    }

    /// The account that a client has used last, at this packet. Returns `None` if none is
    /// known, or no more are kept.
    pub(crate) fn account_at(&self, packet: &Packet<'_>) -> Option<u32> {
        let before = self
            .accounts
            .partition_point(|(since, _)| *since <= packet.frame);
        let is_full = before == MAX_ACCOUNTS;
        let last = before.checked_sub(1).filter(|_| !is_full)?;
        self.accounts.get(last).map(|(_, account)| *account)
    }

    /// The account of the conversation, which old servers do not send.
    pub fn account(&self) -> Option<u32> {
        self.accounts.first().map(|(_, account)| *account)
    }

    /// The number of this conversation in the key store.
    pub fn key_store_number(&mut self, packet: &Packet<'_>, key_store: &mut KeyStore) -> u32 {
        if self.key_store_number == 0 && packet.first_pass {
            self.key_store_number = key_store.new_conversation();
        }
        self.key_store_number
    }

    /// The client version that determines the meaning of a command number. A server's
    /// 0x0100 and the build number in replies to 0x00b9 (docs/protocol/oicq.md §2.3) are
    /// replaced by the version sent by the client, if seen.
    pub fn client_version(&self, packet: &Packet<'_>, frame: &Frame) -> u16 {
        let own = frame.version.value;
        let is_client_version = own != SERVER_VERSION && own < 0x4000;
        match self.client {
            Some((since, version)) if !is_client_version && since <= packet.frame => version,
            _ => own,
        }
    }
}
