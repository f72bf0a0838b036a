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

/// One conversation. Most are short and in UDP, so what few have is made when it is needed.
#[derive(Debug, Default)]
pub struct OicqSession {
    /// Frame of the capture with the first frame of the client, and the version in it.
    client: Option<(u32, u16)>,
    /// Frame of the capture with the first QQ frame.
    confirmed: Option<u32>,
    /// The first QQ number sent by a client, with the frame from which on it is in use.
    account: Option<(u32, u32)>,
    /// The number of the conversation in the key store.
    key_store_number: u32,
    /// Whether a conversation over UDP is QQ.
    pub(crate) watch: ConversationWatch,
    /// Relations between the frames of the basic family.
    pub tracker: FrameTracker,
    stream: Option<Box<StreamState>>,
    contents: Option<Box<ContentState>>,
}

/// State of a conversation over TCP.
#[derive(Debug, Default)]
pub(crate) struct StreamState {
    /// Number of bytes of a frame that follow in later segments.
    pub(crate) unfinished: Unfinished<usize>,
    /// Whether a stream is still QQ.
    pub(crate) ownership: StreamOwnership,
    /// The first bytes of a stream, before it is recognised.
    pub(crate) first_bytes: FirstBytes,
    /// Setup of a tunnel through a proxy.
    pub(crate) tunnel: Tunnel,
}

/// What frames say together.
#[derive(Debug, Default)]
pub(crate) struct ContentState {
    /// The QQ numbers sent by clients after the first, each with the frame from which on it
    /// is in use.
    accounts: Vec<(u32, u32)>,
    /// What requests say and their replies do not repeat.
    pub(crate) request_values: RequestValues,
    /// Messages in fragments.
    pub(crate) messages: FragmentedMessages,
    /// Files that the other families transfer.
    pub(crate) files: FileTransfers,
    /// Repetitions of frames of the other families.
    pub(crate) repeats: RepeatedFrames,
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
    /// Whether commands are named in Chinese.
    pub chinese_names: bool,
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
                self.learn_account((packet.frame, uin.value));
            }
        }
    }

    fn learn_account(&mut self, now: (u32, u32)) {
        let others = self.other_accounts();
        let last = others.last().copied().or(self.account);
        if last.is_none() {
            self.account = Some(now);
        } else if last.is_some_and(|last| last.1 != now.1) && others.len() + 1 < MAX_ACCOUNTS {
            self.contents.get_or_insert_default().accounts.push(now);
        }
    }

    fn other_accounts(&self) -> &[(u32, u32)] {
        let contents = self.contents.as_deref();
        contents.map_or(&[], |contents| &contents.accounts)
    }

    /// State of a conversation over TCP.
    pub(crate) fn stream(&mut self) -> &mut StreamState {
        self.stream.get_or_insert_default()
    }

    /// Whether a segment of the setup of a tunnel was seen.
    pub(crate) fn is_tunnel(&self) -> bool {
        let stream = self.stream.as_ref();
        stream.is_some_and(|stream| stream.tunnel.is_open())
    }

    /// The first bytes of a stream, before it is recognised.
    pub fn first_bytes(&self) -> Option<&FirstBytes> {
        self.stream.as_ref().map(|stream| &stream.first_bytes)
    }

    /// What frames say together, if any does.
    pub(crate) fn contents(&self) -> Option<&ContentState> {
        self.contents.as_deref()
    }

    /// As [`OicqSession::contents`]. Made if the frame `adds` to it.
    pub(crate) fn contents_mut(&mut self, adds: bool) -> Option<&mut ContentState> {
        if adds {
            self.contents.get_or_insert_default();
        }
        self.contents.as_deref_mut()
    }

    /// The account that a client has used last, at this packet. Returns `None` if none is
    /// known, or no more are kept.
    pub(crate) fn account_at(&self, packet: &Packet<'_>) -> Option<u32> {
        let others = self.other_accounts();
        let before = others.partition_point(|(since, _)| *since <= packet.frame);
        let last = match before.checked_sub(1) {
            None => self.account.filter(|(since, _)| *since <= packet.frame),
            Some(_) if before + 1 == MAX_ACCOUNTS => None,
            Some(last) => others.get(last).copied(),
        };
        last.map(|(_, account)| account)
    }

    /// The account of the conversation, which old servers do not send.
    pub fn account(&self) -> Option<u32> {
        self.account.map(|(_, account)| account)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oicq::wire::frame::tests::{build, read};

    fn packet(frame: u32) -> Packet<'static> {
        Packet {
            frame,
            first_pass: true,
            ..Packet::default()
        }
    }

    /// A keep-alive of the client.
    fn of_client(account: u32) -> Frame {
        let header = [&[2, 0x0f, 0x5f, 0, 2, 0, 1][..], &account.to_be_bytes()].concat();
        read(&build(&header, 16))
    }

    /// A frame of the server, with the classic or the long header by its version.
    fn of_server(version: u16) -> Frame {
        let [high, low] = version.to_be_bytes();
        let header = [2, high, low, 0, 2, 0, 1, 0, 0xbc, 0x61, 0x4e, 0, 0, 0];
        let is_long = version >= 0x1957;
        read(&build(&header[..if is_long { 14 } else { 7 }], 16))
    }

    #[test]
    fn the_account_is_the_last_one_as_long_as_all_are_kept() {
        let mut session = OicqSession::default();
        let count = 2 * MAX_ACCOUNTS as u32;
        for number in 0..count {
            // Each sends two frames.
            for frame in [2 * number + 1, 2 * number + 2] {
                session.learn(&packet(frame), &of_client(10_000 + number));
            }
        }
        assert_eq!(session.account_at(&packet(0)), None);
        for number in 0..count {
            let is_kept = number + 1 < MAX_ACCOUNTS as u32;
            let expected = is_kept.then_some(10_000 + number);
            for frame in [2 * number + 1, 2 * number + 2] {
                assert_eq!(session.account_at(&packet(frame)), expected, "{frame}");
            }
        }
        assert_eq!(session.account(), Some(10_000));
        assert_eq!(session.other_accounts().len() + 1, MAX_ACCOUNTS);
    }

    #[test]
    fn later_passes_learn_no_account() {
        let mut session = OicqSession::default();
        let later = Packet {
            first_pass: false,
            ..packet(1)
        };
        session.learn(&later, &of_client(10_000));
        assert_eq!(session.account(), None);
        assert!(!session.is_confirmed(&packet(1)));
    }

    #[test]
    fn the_version_of_the_client_stands_for_those_of_servers() {
        let mut session = OicqSession::default();
        let version = |session: &OicqSession, frame, version| {
            session.client_version(&packet(frame), &of_server(version))
        };
        assert_eq!(version(&session, 1, SERVER_VERSION), SERVER_VERSION);
        session.learn(&packet(2), &of_client(10_000));
        for (frame, own, expected) in [
            (1, SERVER_VERSION, SERVER_VERSION),
            (2, SERVER_VERSION, 0x0f5f),
            (3, SERVER_VERSION, 0x0f5f),
            (3, 0x4000, 0x0f5f),
            (3, 0x6792, 0x0f5f),
            (3, 0x3fff, 0x3fff),
            (3, 0x0f60, 0x0f60),
        ] {
            assert_eq!(
                version(&session, frame, own),
                expected,
                "{frame} {own:#06x}"
            );
        }
    }
}
