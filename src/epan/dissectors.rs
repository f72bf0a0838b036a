//! The dissectors: one row for each protocol that has one, and how rows are called.

use crate::entries::ENTRIES;
use crate::epan::state::{with_capture, Capture, Sessions};
use crate::event::Event;
use crate::field::Protocol;
use crate::first_bytes::{complete, FirstBytes};
use crate::msn::event::events as events_of_msn;
use crate::msn::msnftp::fields::MSNFTP;
use crate::msn::msnftp::state::session::{FtpSession, Transfers};
use crate::msn::msnp::fields::MSNMS;
use crate::msn::msnp::state::session::MsnpSession;
use crate::msn::p2p::fields::MSNP2P;
use crate::msn::p2p::state::direct::DirectSession;
use crate::msn::p2p::state::sessions::P2pShared;
use crate::msn::state::capture::MsnCapture;
use crate::msn::{dissect as msn, http, msnftp, msnp, p2p};
use crate::oicq;
use crate::oicq::fields::OICQ;
use crate::oicq::state::session::{OicqSession, OicqShared};
use crate::packet::{Answer, Packet, Transport};
use crate::plan::Plan;
use crate::protocols::PROTOCOLS;
use crate::refuse::refuse;

/// In the order of [`PROTOCOLS`]; `None` for a protocol that other dissectors show.
static DISSECTORS: [Option<Dissector>; PROTOCOLS.len()] = checked([
    Some(Dissector {
        may_be_http: http::may_be_http,
        ..Dissector::of::<MsnpSession>(&MSNMS)
    }),
    Some(Dissector::of::<OicqSession>(&OICQ)),
    Some(Dissector::of::<DirectSession>(&MSNP2P)),
    None,
    Some(Dissector::of::<FtpSession>(&MSNFTP)),
]);

/// Returns the dissector of the protocol with index `which`.
pub(super) fn at(which: u32) -> Option<&'static Dissector> {
    DISSECTORS.get(which as usize)?.as_ref()
}

/// The functions that the shim calls for one protocol.
pub(super) struct Dissector {
    protocol: &'static Protocol,
    /// Makes a new session and returns its number, from 1.
    pub(super) open: fn() -> u32,
    /// Dissects a packet of a session.
    pub(super) dissect: fn(u32, &Packet<'_>, Finish<'_>),
    /// The events of a packet.
    pub(super) events: fn(&Plan<'_>, &Packet<'_>) -> Vec<Event>,
    /// Decides whether an unclaimed packet is the protocol's. Session 0 means none.
    pub(super) recognise: fn(u32, &Packet<'_>) -> Answer,
    /// Whether HTTP messages that begin with these bytes may be the protocol's.
    pub(super) may_be_http: fn(&[u8]) -> bool,
}

/// Takes a plan, its packet, and how many bytes of the packet came before this segment.
pub(super) type Finish<'f> = &'f mut dyn FnMut(&mut Plan<'_>, &Packet<'_>, usize);

impl Dissector {
    const fn of<C: Conversation>(protocol: &'static Protocol) -> Self {
        Self {
            protocol,
            open: open::<C>,
            dissect: dissect::<C>,
            events: C::events,
            recognise: recognise::<C>,
            may_be_http: |_| false,
        }
    }
}

/// Fails the compilation if the rows do not match [`ENTRIES`].
const fn checked<const N: usize>(rows: [Option<Dissector>; N]) -> [Option<Dissector>; N] {
    let mut i = 0;
    while i < rows.len() {
        let name = PROTOCOLS[i].filter.to_bytes();
        match &rows[i] {
            Some(row) if row.protocol.index as usize != i => {
                refuse(&[name, b": a dissector of another protocol is at its place"]);
            }
            Some(_) if !ENTRIES[i].dissects => refuse(&[name, b": it has no dissector"]),
            None if ENTRIES[i].dissects => refuse(&[name, b": its dissector is missing"]),
            _ => {}
        }
        i += 1;
    }
    rows
}

/// A session of one dissector.
trait Conversation: Default {
    /// State shared by all sessions of the family.
    type Shared;

    /// The sessions of this type in the capture, and the shared state.
    fn kept(capture: &mut Capture) -> (&mut Sessions<Self>, &mut Self::Shared);

    /// The bytes that came before the conversation was claimed, if any are kept.
    fn first(&self) -> Option<&FirstBytes>;

    /// Remembers what a packet adds to a conversation that may still be another
    /// protocol's.
    fn remember(&mut self, _packet: &Packet<'_>, _shared: &Self::Shared) {}

    /// Dissects a packet.
    fn dissect<'p>(&mut self, packet: &Packet<'p>, shared: &mut Self::Shared) -> Plan<'p>;

    /// The events of a packet.
    fn events(plan: &Plan<'_>, packet: &Packet<'_>) -> Vec<Event> {
        events_of_msn(plan, packet)
    }

    /// Decides whether an unclaimed packet is the protocol's.
    fn recognise(packet: &Packet<'_>, known: Option<(&mut Self, &Self::Shared)>) -> Answer;
}

impl Conversation for MsnpSession {
    type Shared = MsnCapture;

    fn kept(capture: &mut Capture) -> (&mut Sessions<Self>, &mut Self::Shared) {
        (&mut capture.msn, &mut capture.msn_shared)
    }

    fn first(&self) -> Option<&FirstBytes> {
        Some(&self.first_bytes)
    }

    fn remember(&mut self, packet: &Packet<'_>, shared: &Self::Shared) {
        msnp::state::claim::remember(packet, self, &shared.msnp);
    }

    fn dissect<'p>(&mut self, packet: &Packet<'p>, shared: &mut Self::Shared) -> Plan<'p> {
        msn::dissect(packet, self, shared)
    }

    fn recognise(packet: &Packet<'_>, known: Option<(&mut Self, &Self::Shared)>) -> Answer {
        match packet.transport {
            Transport::HttpMessages => http::recognise(packet, known.map(|(session, _)| session)),
            _ => {
                let known = known.map(|(session, shared)| (session, &shared.msnp));
                msnp::state::claim::recognise(packet, known)
            }
        }
    }
}

impl Conversation for DirectSession {
    type Shared = P2pShared;

    fn kept(capture: &mut Capture) -> (&mut Sessions<Self>, &mut Self::Shared) {
        (&mut capture.p2p_direct, &mut capture.msn_shared.p2p)
    }

    fn first(&self) -> Option<&FirstBytes> {
        Some(&self.first_bytes)
    }

    fn remember(&mut self, packet: &Packet<'_>, shared: &Self::Shared) {
        p2p::state::claim::remember(packet, self, shared);
    }

    fn dissect<'p>(&mut self, packet: &Packet<'p>, shared: &mut Self::Shared) -> Plan<'p> {
        p2p::dissect::dissect(packet, self, shared)
    }

    fn recognise(packet: &Packet<'_>, known: Option<(&mut Self, &Self::Shared)>) -> Answer {
        p2p::state::claim::recognise(packet, known)
    }
}

impl Conversation for FtpSession {
    type Shared = Transfers;

    fn kept(capture: &mut Capture) -> (&mut Sessions<Self>, &mut Self::Shared) {
        (&mut capture.msnftp, &mut capture.msn_shared.msnftp)
    }

    fn first(&self) -> Option<&FirstBytes> {
        Some(&self.first_bytes)
    }

    fn remember(&mut self, packet: &Packet<'_>, shared: &Self::Shared) {
        msnftp::state::claim::remember(packet, self, shared);
    }

    fn dissect<'p>(&mut self, packet: &Packet<'p>, shared: &mut Self::Shared) -> Plan<'p> {
        msnftp::dissect::dissect(packet, self, shared)
    }

    fn recognise(packet: &Packet<'_>, known: Option<(&mut Self, &Self::Shared)>) -> Answer {
        msnftp::state::claim::recognise(packet, known)
    }
}

impl Conversation for OicqSession {
    type Shared = OicqShared;

    fn kept(capture: &mut Capture) -> (&mut Sessions<Self>, &mut Self::Shared) {
        (&mut capture.oicq, &mut capture.oicq_shared)
    }

    fn first(&self) -> Option<&FirstBytes> {
        self.first_bytes()
    }

    fn dissect<'p>(&mut self, packet: &Packet<'p>, shared: &mut Self::Shared) -> Plan<'p> {
        oicq::dissect::dissect(packet, self, shared)
    }

    fn events(plan: &Plan<'_>, packet: &Packet<'_>) -> Vec<Event> {
        oicq::event::events(plan, packet)
    }

    fn recognise(packet: &Packet<'_>, known: Option<(&mut Self, &Self::Shared)>) -> Answer {
        oicq::state::recognise::recognise(packet, known)
    }
}

fn open<C: Conversation>() -> u32 {
    with_capture(|capture| C::kept(capture).0.open())
}

fn dissect<C: Conversation>(session: u32, packet: &Packet<'_>, finish: Finish<'_>) {
    with_capture(|capture| {
        let (sessions, shared) = C::kept(capture);
        sessions.with(session, |session| {
            session.remember(packet, shared);
            let mut whole = Vec::new();
            let first = session.first();
            let completed = first.and_then(|first| complete(first, packet, &mut whole));
            let (packet, before) = match &completed {
                Some((packet, before)) => (packet, *before),
                None => (packet, 0),
            };
            finish(&mut session.dissect(packet, shared), packet, before);
        });
    });
}

fn recognise<C: Conversation>(session: u32, packet: &Packet<'_>) -> Answer {
    if session == 0 {
        return C::recognise(packet, None);
    }
    with_capture(|capture| {
        let (sessions, shared) = C::kept(capture);
        sessions.with(session, |session| {
            C::recognise(packet, Some((session, shared)))
        })
    })
}
