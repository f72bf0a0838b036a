//! The calls of the dissectors for a capture, again and again, without Wireshark: for what they
//! cost alone.

use imshark::msn;
use imshark::msn::msnftp::state::session::FtpSession;
use imshark::msn::msnp::state::session::MsnpSession;
use imshark::msn::p2p::state::direct::DirectSession;
use imshark::msn::state::capture::MsnCapture;
use imshark::oicq;
use imshark::oicq::state::session::{OicqSession, OicqShared};
use imshark::packet::Detail;
use imshark::pieces::Budget;
use imshark::plan::Plan;

use super::capture::Capture;
use super::samples::host::{Call, DissectorId, Host};

/// The calls for a capture, in order.
#[derive(Debug)]
pub struct Replay {
    pub calls: Vec<Call>,
}

/// What is remembered of the calls so far.
#[derive(Debug)]
pub struct State {
    msn: MsnCapture,
    oicq: OicqShared,
    conversations: Vec<Sessions>,
}

#[derive(Debug, Default)]
struct Sessions {
    msn: MsnpSession,
    oicq: OicqSession,
    p2p: DirectSession,
    msnftp: FtpSession,
}

impl Replay {
    pub fn of(capture: &Capture) -> Self {
        let calls = Host::open(capture, true).calls;
        Self { calls }
    }

    /// That of a capture just opened.
    pub fn state(&self) -> State {
        let budget = Budget::default();
        let last = self.calls.iter().map(|call| call.conversation).max();
        let count = last.map_or(0, |last| last + 1);
        let mut state = State {
            msn: MsnCapture::new(&budget),
            oicq: OicqShared::default(),
            conversations: (0..count).map(|_| Sessions::default()).collect(),
        };
        state.oicq.budget = budget;
        state
    }

    /// Makes a call in the first pass. Nobody listens for events.
    pub fn call(&self, number: usize, state: &mut State, detail: Detail) -> Plan<'static> {
        let call = &self.calls[number];
        let mut packet = call.packet(true, detail);
        packet.has_listeners = false;
        let sessions = &mut state.conversations[call.conversation];
        match call.which {
            DissectorId::Msn => msn::dissect::dissect(&packet, &mut sessions.msn, &mut state.msn),
            DissectorId::Oicq => {
                oicq::dissect::dissect(&packet, &mut sessions.oicq, &mut state.oicq)
            }
            DissectorId::P2pDirect => {
                msn::p2p::dissect::dissect(&packet, &mut sessions.p2p, &mut state.msn.p2p)
            }
            DissectorId::Msnftp => {
                let session = &mut sessions.msnftp;
                msn::msnftp::dissect::dissect(&packet, session, &mut state.msn.msnftp)
            }
        }
    }
}
