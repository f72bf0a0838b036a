//! What is remembered of one conversation of QQ.

use crate::first_bytes::FirstBytes;
use crate::first_pass::Unfinished;
use crate::oicq::keystore::keyring::Keyring;
use crate::oicq::keystore::store::KeyStore;
use crate::oicq::state::behaviour::redirect::Redirects;
use crate::oicq::state::behaviour::tracker::FrameTracker;
use crate::oicq::state::stream_ownership::StreamOwnership;
use crate::oicq::state::watch::ConversationWatch;
use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::era::SERVER_VERSION;
use crate::oicq::wire::frame::{Frame, OicqHeader};
use crate::oicq::wire::tunnel::Tunnel;
use crate::packet::{Address, Packet};

/// One conversation.
#[derive(Debug, Default)]
pub struct OicqSession {
    /// The client's version, and the frame that told it.
    client: Option<(u32, u16)>,
    /// The frame with the first frame of QQ.
    confirmed: Option<u32>,
    /// The QQ number of the first client.
    account: Option<u32>,
    /// The number of the conversation in the key store.
    key_store_number: u32,
    /// Bytes of a frame that segments leave open.
    pub ends: Unfinished<usize>,
    /// Whether a stream is still QQ's.
    pub ownership: StreamOwnership,
    /// Whether a conversation over UDP is QQ's.
    pub(crate) watch: ConversationWatch,
    /// Who answers whom.
    pub tracker: FrameTracker,
    /// What came before the stream was recognised.
    pub first: FirstBytes,
    /// The way through a proxy that was opened before.
    pub tunnel: Tunnel,
}

/// What all conversations of a capture share.
#[derive(Debug, Default)]
pub struct OicqShared {
    /// Logins that go on at another server.
    pub redirects: Redirects<Address>,
    /// All keys.
    pub key_store: KeyStore,
    /// Keys are shown, not only used.
    pub shows_keys: bool,
}

impl OicqShared {
    /// With what the user knows and wants.
    pub fn new(keyring: Keyring, shows_keys: bool) -> Self {
        Self {
            key_store: KeyStore::new(keyring),
            shows_keys,
            ..Self::default()
        }
    }
}

impl OicqSession {
    /// Whether a frame of QQ was seen in this frame or earlier.
    pub fn is_confirmed(&self, packet: &Packet<'_>) -> bool {
        packet.recognised || self.confirmed.is_some_and(|frame| frame <= packet.frame)
    }

    /// Learns from a frame, in the first pass.
    pub fn learn(&mut self, packet: &Packet<'_>, frame: &Frame) {
        if !packet.first_pass {
            return;
        }
        self.confirmed.get_or_insert(packet.frame);
        if frame.direction == Direction::ToServer && frame.header != OicqHeader::Sister {
            self.client
                .get_or_insert((packet.frame, frame.version.value));
            if let Some(uin) = frame.uin.filter(|uin| uin.value != 0) {
                self.account.get_or_insert(uin.value);
            }
        }
    }

    /// The account whose frames these are: old servers name none.
    pub fn account(&self) -> Option<u32> {
        self.account
    }

    /// The number of this conversation in the key store.
    pub fn key_store_number(&mut self, packet: &Packet<'_>, key_store: &mut KeyStore) -> u32 {
        if self.key_store_number == 0 && packet.first_pass {
            self.key_store_number = key_store.new_conversation();
        }
        self.key_store_number
    }

    /// The version that decides what a command number means. A server's 0x0100 and the
    /// build number in replies to 0x00b9 (docs/protocol/oicq.md §2.3) are no client versions:
    /// then the client's own, if it was seen.
    pub fn era(&self, packet: &Packet<'_>, frame: &Frame) -> u16 {
        let own = frame.version.value;
        let stands_for_itself = own != SERVER_VERSION && own < 0x4000;
        match self.client {
            Some((since, version)) if !stands_for_itself && since <= packet.frame => version,
            _ => own,
        }
    }
}
