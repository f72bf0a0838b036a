//! The dissectors as Wireshark calls them: sessions by conversation, and passes.

use imshark::first_bytes::{complete, FirstBytes};
use imshark::msn;
use imshark::msn::msnftp::state::session::FtpSession;
use imshark::msn::msnp::state::session::MsnpSession;
use imshark::msn::p2p::state::direct::DirectSession;
use imshark::msn::state::capture::MsnCapture;
use imshark::oicq;
use imshark::oicq::keystore::keyring::Keyring;
use imshark::oicq::state::session::{OicqSession, OicqShared};
use imshark::packet::{Address, Answer, Detail, Packet, Transport};
use imshark::plan::{Plan, Verdict};

use crate::invariants;

/// One of the dissectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dissector {
    Msn,
    Oicq,
    Direct,
    Msnftp,
}

impl Dissector {
    /// The dissector of a number.
    pub fn of(number: u8) -> Self {
        match number & 3 {
            0 => Self::Msn,
            1 => Self::Oicq,
            2 => Self::Direct,
            _ => Self::Msnftp,
        }
    }
}

/// The key that decrypts sessions of QQ in inputs.
pub const SESSION_KEY: [u8; 16] = [0x73; 16];
/// A table and a keylog with it.
pub const KEYLOG: &str = "0 73737373737373737373737373737373";

/// What is remembered of a conversation.
#[derive(Debug, Default)]
pub struct Sessions {
    msn: MsnpSession,
    oicq: OicqSession,
    direct: DirectSession,
    msnftp: FtpSession,
}

/// What is remembered of a capture.
#[derive(Debug)]
pub struct State {
    msn: MsnCapture,
    oicq: OicqShared,
    conversations: Vec<Sessions>,
}

impl State {
    /// That of a capture just opened, of so many conversations.
    pub fn new(conversations: usize, shows_keys: bool) -> Self {
        let mut keyring = Keyring::default();
        keyring.add_keylog(KEYLOG);
        Self {
            msn: MsnCapture::default(),
            oicq: OicqShared::new(keyring, shows_keys),
            conversations: (0..conversations).map(|_| Sessions::default()).collect(),
        }
    }

    /// Calls a dissector, and checks its Plan.
    pub fn dissect<'p>(
        &mut self,
        packet: &Packet<'p>,
        which: Dissector,
        conversation: usize,
    ) -> Plan<'p> {
        let sessions = &mut self.conversations[conversation];
        let plan = match which {
            Dissector::Msn => msn::dissect::dissect(packet, &mut sessions.msn, &mut self.msn),
            Dissector::Oicq => oicq::dissect::dissect(packet, &mut sessions.oicq, &mut self.oicq),
            Dissector::Direct => {
                msn::p2p::dissect::dissect(packet, &mut sessions.direct, &mut self.msn.p2p)
            }
            Dissector::Msnftp => {
                msn::msnftp::dissect::dissect(packet, &mut sessions.msnftp, &mut self.msn.msnftp)
            }
        };
        invariants::plan(&plan, packet);
        plan
    }

    /// Asks whether an unclaimed packet belongs to a protocol.
    pub fn recognise(
        &mut self,
        packet: &Packet<'_>,
        which: Dissector,
        conversation: usize,
    ) -> Answer {
        let sessions = &mut self.conversations[conversation];
        match which {
            Dissector::Msn => {
                let known = (&mut sessions.msn, &self.msn.msnp);
                msn::msnp::state::claim::recognise(packet, Some(known))
            }
            Dissector::Oicq => {
                let known = (&mut sessions.oicq, &self.oicq);
                oicq::state::recognise::recognise(packet, Some(known))
            }
            Dissector::Direct => {
                let known = (&mut sessions.direct, &self.msn.p2p);
                msn::p2p::state::claim::recognise(packet, Some(known))
            }
            Dissector::Msnftp => {
                let known = (&mut sessions.msnftp, &self.msn.msnftp);
                msn::msnftp::state::claim::recognise(packet, Some(known))
            }
        }
    }

    /// Keeps the first bytes of a connection that was only announced.
    pub fn remember(&mut self, packet: &Packet<'_>, which: Dissector, conversation: usize) {
        let sessions = &mut self.conversations[conversation];
        match which {
            Dissector::Msn => {
                msn::msnp::state::claim::remember(packet, &mut sessions.msn, &self.msn.msnp)
            }
            Dissector::Oicq => {}
            Dissector::Direct => {
                msn::p2p::state::claim::remember(packet, &mut sessions.direct, &self.msn.p2p)
            }
            Dissector::Msnftp => {
                msn::msnftp::state::claim::remember(packet, &mut sessions.msnftp, &self.msn.msnftp)
            }
        }
    }

    /// The first bytes that were kept of a connection.
    pub fn first_bytes(&self, which: Dissector, conversation: usize) -> Option<&FirstBytes> {
        let sessions = &self.conversations[conversation];
        match which {
            Dissector::Msn => Some(&sessions.msn.first_bytes),
            Dissector::Oicq => sessions.oicq.first_bytes(),
            Dissector::Direct => Some(&sessions.direct.first_bytes),
            Dissector::Msnftp => Some(&sessions.msnftp.first_bytes),
        }
    }
}

/// A packet of these bytes, in the first pass, in a recognised connection.
pub fn packet(bytes: &[u8]) -> Packet<'_> {
    Packet {
        bytes,
        reported: bytes.len(),
        frame: 1,
        first_pass: true,
        transport: Transport::Tcp,
        time: 1_000_000_000_000_000_000,
        source: Address::V4([192, 0, 2, 1]),
        source_port: 4000,
        destination: Address::V4([198, 51, 100, 1]),
        destination_port: 8000,
        from_lower: true,
        recognised: true,
        detail: Detail::Tree,
        has_listeners: true,
        shows_parties: true,
        ..Packet::default()
    }
}

/// Dissects a packet alone, in two passes. Returns how many PDUs and headers are shown.
pub fn alone(packet: &Packet<'_>, which: Dissector) -> u32 {
    let mut state = State::new(1, true);
    let first = state.dissect(packet, which, 0);
    let shown = first.pdus + first.http_headers;
    drop(first);
    let later = Packet {
        first_pass: false,
        ..*packet
    };
    let again = [0; 2].map(|_| invariants::fingerprint(&state.dissect(&later, which, 0)));
    assert_eq!(again[0], again[1]);
    shown
}

/// Dissects a packet of a stream that was just recognised, after the first bytes that were kept
/// of it: a frame recognised is a frame decoded.
pub fn claimed(state: &mut State, packet: &Packet<'_>, which: Dissector) {
    state.remember(packet, which, 0);
    let mut whole = Vec::new();
    let first = state.first_bytes(which, 0);
    let is_tcp = packet.transport == Transport::Tcp;
    let first = first.filter(|_| is_tcp);
    let whole = first.and_then(|first| complete(first, packet, &mut whole));
    let packet = whole.map_or(*packet, |(packet, _)| packet);
    let plan = state.dissect(&packet, which, 0);
    assert_ne!(plan.verdict, Verdict::Reject, "{which:?}: {packet:?}");
    invariants::held(|| format!("a frame of {which:?} recognised is decoded"));
}
