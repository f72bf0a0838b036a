//! Frames of QQ whose plaintexts are mutated: they are encrypted here, and the dissector
//! decrypts them with the user's key.

use imshark::oicq::body::decode::{decode, DecodedBody};
use imshark::oicq::crypto::encrypted::encrypted_part;
use imshark::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer};
use imshark::oicq::keystore::keyring::Keyring;
use imshark::oicq::keystore::store::{DecryptTarget, KeyStore};
use imshark::oicq::wire::direction::Direction;
use imshark::oicq::wire::frame::frame;
use imshark::packet::{Packet, PduKey, Transport};
use imshark::plan::Verdict;
use imshark::span::Span;
use test_support::qq_tea;

use crate::bodies;
use crate::invariants::{bounded, fingerprint, held, within};
use crate::play::{self, Dissector, State, SESSION_KEY};

/// The first version with the long header.
const FIRST_LONG: u16 = 0x1957;

/// A byte each of command, of client, of direction, and of what is before the ciphertext (3f:
/// how many bytes follow; 40: a client block of type 3; 80: a token follows the block); those
/// bytes; then the plaintext.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let Some(sealed) = Sealed::of(data) else {
            return;
        };
        stored(&sealed);
        let bytes = sealed.frame(sealed.plain);
        let packet = sealed.packet(&bytes);
        let mut state = State::new(1, true);
        state.dissect(&packet, Dissector::Oicq, 0);
        let later = Packet {
            first_pass: false,
            ..packet
        };
        let plan = state.dissect(&later, Dissector::Oicq, 0);
        if plan.verdict == Verdict::Accept && sealed.is_encrypted_part(&bytes) {
            let source = plan.sources().first().expect("a decrypted frame");
            assert!(source.decrypted);
            assert_eq!(source.bytes, sealed.plain);
            held(|| "what was encrypted is decrypted".into());
            if !sealed.before.is_empty() {
                held(|| "what was encrypted is decrypted after cleartext".into());
            }
            if sealed.is_type_3 {
                held(|| "what was encrypted is decrypted after a block of type 3".into());
            }
        }
        let shown = fingerprint(&plan);
        drop(plan);
        let again = state.dissect(&later, Dissector::Oicq, 0);
        assert_eq!(fingerprint(&again), shown);
    });
}

/// The key store alone: what it decrypts is what was encrypted, and the same in later passes.
fn stored(sealed: &Sealed<'_>) {
    let context = CiphertextContext {
        command: sealed.command,
        direction: sealed.direction,
        version: sealed.version,
        layer: CiphertextLayer::Frame,
    };
    let mut keyring = Keyring::default();
    keyring.add_keylog(play::KEYLOG);
    let mut store = KeyStore::new(keyring);
    let target = DecryptTarget {
        pdu: PduKey { frame: 1, index: 0 },
        index: 0,
        conversation: store.new_conversation(),
        uin: Some(12_345_678),
        roles: context.roles(),
        request: None,
        carried_key: None,
        share: None,
    };
    let ciphertext = qq_tea::encrypt(&SESSION_KEY, sealed.plain);
    let first = store.decrypt_frame(&target, &context, true, &ciphertext);
    let (by, plaintext, inside) = first.expect("a key of the user");
    assert_eq!(by.key.bytes(), &SESSION_KEY);
    assert_eq!(plaintext, sealed.plain);
    for inner in &inside {
        within(inner.ciphertext, &plaintext);
        assert!(inner.plaintext.len() < inner.ciphertext.len);
    }
    let later = store.decrypt_frame(&target, &context, false, &ciphertext);
    let (same, plaintext, again) = later.expect("the same key");
    assert_eq!((same, &plaintext[..]), (by, sealed.plain));
    assert_eq!(again.len(), inside.len());
    // Without a key there is nothing.
    let mut empty = KeyStore::new(Keyring::default());
    for first_pass in [true, false] {
        let found = empty.decrypt_frame(&target, &context, first_pass, &ciphertext);
        assert!(found.is_none(), "by {:?}", found.map(|found| found.0));
    }
}

/// A frame to be encrypted.
pub struct Sealed<'a> {
    command: u16,
    version: u16,
    direction: Direction,
    is_type_3: bool,
    has_token: bool,
    before: &'a [u8],
    pub plain: &'a [u8],
}

impl<'a> Sealed<'a> {
    /// The frame that bytes describe.
    pub fn of(data: &'a [u8]) -> Option<Self> {
        let [command, client, which, flags, data @ ..] = data else {
            return None;
        };
        let context = bodies::context(*command, *client, *which);
        let (before, plain) = data.split_at(usize::from(flags & 0x3f).min(data.len()));
        Some(Self {
            command: context.command,
            version: context.version,
            direction: context.direction,
            is_type_3: flags & 0x40 != 0,
            has_token: flags & 0x80 != 0,
            before,
            plain,
        })
    }

    /// Whether its header has a number and the version of the client, as all have but short
    /// ones of the server.
    fn names_client(&self) -> bool {
        self.version >= FIRST_LONG || self.direction != Direction::ToClient
    }

    /// The version in its header.
    fn sent_version(&self) -> u16 {
        match self.names_client() {
            true => self.version,
            false => 0x0100,
        }
    }

    /// Another plaintext, as it is decoded in this frame.
    pub fn decoded(&self, plain: &[u8]) -> DecodedBody {
        let context = CiphertextContext {
            command: self.command,
            direction: match self.direction {
                Direction::ToClient => Direction::ToClient,
                _ => Direction::ToServer,
            },
            version: self.sent_version(),
            layer: CiphertextLayer::Frame,
        };
        decode(&context, self.names_client().then_some(12_345_678), plain)
    }

    /// Its bytes, with another plaintext.
    pub fn frame(&self, plain: &[u8]) -> Vec<u8> {
        let is_long = self.version >= FIRST_LONG;
        let to_server = self.direction != Direction::ToClient;
        let mut bytes = vec![2];
        bytes.extend(self.sent_version().to_be_bytes());
        bytes.extend(self.command.to_be_bytes());
        bytes.extend([0x12, 0x34]);
        if self.names_client() {
            bytes.extend(12_345_678_u32.to_be_bytes());
        }
        match (is_long, to_server) {
            (true, true) => {
                let token = self.has_token.into();
                bytes.extend([2, token, 0, 0, 1, 1, 1, 0, 0, 0x64, 0]);
                if self.is_type_3 {
                    bytes[11] = 3;
                    bytes.extend([0; 4]);
                }
            }
            (true, false) => bytes.extend([0; 3]),
            (false, _) => {}
        }
        bytes.extend(self.before);
        bytes.extend(qq_tea::encrypt(&SESSION_KEY, plain));
        bytes.push(3);
        bytes
    }

    /// A datagram of it.
    pub fn packet<'p>(&self, bytes: &'p [u8]) -> Packet<'p> {
        let packet = Packet {
            transport: Transport::Udp,
            ..play::packet(bytes)
        };
        match self.direction {
            Direction::ToClient => Packet {
                source: packet.destination,
                source_port: packet.destination_port,
                destination: packet.source,
                destination_port: packet.source_port,
                from_lower: false,
                ..packet
            },
            _ => packet,
        }
    }

    /// Whether the decoder takes for the ciphertext what is one.
    fn is_encrypted_part(&self, bytes: &[u8]) -> bool {
        let ciphertext = qq_tea::encrypt(&SESSION_KEY, self.plain);
        let hint = match self.direction {
            Direction::ToClient => Direction::ToClient,
            _ => Direction::ToServer,
        };
        let Ok(frame) = frame(bytes, Span::new(0, bytes.len()), hint) else {
            return false;
        };
        let encrypted = encrypted_part(&frame, bytes);
        encrypted.is_some_and(|part| part.ciphertext.of(bytes) == ciphertext)
    }
}
