//! A host in place of Wireshark, for the dissectors alone: ports, heuristics,
//! conversations, reassembly, passes.

use std::fmt::Write as _;

use imshark::first_bytes::complete;
use imshark::packet::Detail;
use imshark::packet::{Address, Answer, Packet, Transport};
use imshark::pieces::Budget;
use imshark::plan::{ExpectedConnection, Plan, Verdict};
use imshark::protocols::PROTOCOLS;
use imshark::{msn, oicq};

use super::http;
use super::packets::{packet, Captured, Carrier, Endpoint};
use super::reassembly::{Flow, Request};
use crate::capture::Capture;

/// One of the dissectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DissectorId {
    Msn,
    Oicq,
    P2pDirect,
    Msnftp,
}

/// All of them, in the order of their heuristics.
const DISSECTORS: [DissectorId; 4] = [
    DissectorId::Msn,
    DissectorId::Oicq,
    DissectorId::P2pDirect,
    DissectorId::Msnftp,
];

impl DissectorId {
    fn protocol(self) -> &'static std::ffi::CStr {
        match self {
            Self::Msn => c"msnms",
            Self::Oicq => c"oicq",
            Self::P2pDirect => c"msnp2p",
            Self::Msnftp => c"msnftp",
        }
    }
}

/// One call of a dissector, so that it can be repeated.
#[derive(Debug, Clone)]
pub struct Call {
    pub which: DissectorId,
    /// Leaked, so that Plans can be stored beside their calls.
    pub bytes: &'static [u8],
    /// The HTTP header before a body.
    heading: &'static [u8],
    /// Whether the bytes come from several segments.
    pub reassembled: bool,
    pub frame: u32,
    time: i64,
    reported: usize,
    first_pdu: u32,
    can_reassemble: bool,
    transport: Transport,
    from: Endpoint,
    to: Endpoint,
    recognised: bool,
    is_stream_start: bool,
    sequence: Option<u32>,
    pub conversation: usize,
}

impl Call {
    pub fn packet(&self, first_pass: bool, detail: Detail) -> Packet<'static> {
        Packet {
            bytes: self.bytes,
            reported: self.reported,
            frame: self.frame,
            first_pdu: self.first_pdu,
            first_pass,
            can_reassemble: self.can_reassemble,
            transport: self.transport,
            heading: self.heading,
            time: self.time,
            source: Address::from(self.from.0),
            destination: Address::from(self.to.0),
            source_port: self.from.1,
            destination_port: self.to.1,
            from_lower: self.from < self.to,
            tunnelled: false,
            recognised: self.recognised,
            is_stream_start: self.is_stream_start && self.bytes.len() <= 4,
            sequence: self.sequence,
            detail,
            has_listeners: true,
            shows_parties: detail >= Detail::Fields,
            hides_info: false,
            stream: None,
        }
    }
}

/// Whether the first bytes of a connection to a port are examined for QQ, or for MSN's HTTP.
fn is_shared(transport: Transport, port: u16) -> bool {
    transport == Transport::Tcp && matches!(port, 80 | 443)
}

fn leaked(bytes: &[u8]) -> &'static [u8] {
    Box::leak(bytes.into())
}

#[derive(Debug, Default)]
struct Conversation {
    ends: Vec<Endpoint>,
    msn: imshark::msn::msnp::state::session::MsnpSession,
    oicq: imshark::oicq::state::session::OicqSession,
    p2p_direct: imshark::msn::p2p::state::direct::DirectSession,
    msnftp: imshark::msn::msnftp::state::session::FtpSession,
    claimed: Option<DissectorId>,
    /// The first bytes have decided that the stream belongs to the owner of the port.
    is_released: bool,
    /// The first sequence number of each direction.
    opening: [Option<u32>; 2],
    flows: [Flow; 2],
    http: [http::Stream; 2],
}

/// An opened capture: the calls of the first pass, and the resulting state.
#[derive(Debug, Default)]
pub struct Host {
    conversations: Vec<Conversation>,
    /// Announced connections.
    expected: Vec<ExpectedConnection>,
    msn: imshark::msn::state::capture::MsnCapture,
    oicq: imshark::oicq::state::session::OicqShared,
    pub calls: Vec<Call>,
    /// The plan of each call in a later pass, after every frame has been seen.
    pub plans: Vec<Plan<'static>>,
    /// The plans of the first pass, as text.
    pub first: Vec<String>,
    /// Frames of which Wireshark shows something in the first pass only.
    pub lost_later: Vec<u32>,
    /// The frames with a payload: number and header line.
    frames: Vec<(u32, String)>,
    desegments: bool,
    /// Number of PDUs shown so far in the current frame.
    pdus: u32,
}

impl Host {
    /// Opens a capture, with or without reassembly of TCP.
    pub fn open(capture: &Capture, desegments: bool) -> Self {
        let secrets = &capture.secrets;
        let budget = Budget::default();
        let mut host = Self {
            desegments,
            msn: imshark::msn::state::capture::MsnCapture::new(&budget),
            oicq: imshark::oicq::state::session::OicqShared::new(
                secrets.keyring(),
                secrets.shows_keys,
            ),
            ..Self::default()
        };
        host.oicq.budget = budget;
        for (index, frame) in capture.frames.iter().enumerate() {
            let captured = packet(frame);
            host.pdus = 0;
            host.frame(index as u32 + 1, &captured);
        }
        host.first = host.plans.iter().map(Plan::to_string).collect();
        for index in 0..host.calls.len() {
            host.plans[index] = host.again(index, Detail::Tree);
        }
        host
    }

    fn frame(&mut self, number: u32, captured: &Captured<'_>) {
        if let (Carrier::Tcp(sequence, true), 0) = (captured.carrier, captured.reported) {
            let conversation = self.conversation(captured);
            let side = usize::from(captured.from < captured.to);
            self.conversations[conversation].opening[side] = Some(sequence + 1);
        }
        if captured.reported == 0 && captured.carrier != Carrier::Udp {
            return;
        }
        let (from, to) = (captured.from, captured.to);
        let line = format!(
            "frame {number}: {}:{} -> {}:{}, {} bytes",
            from.0, from.1, to.0, to.1, captured.reported
        );
        self.frames.push((number, line));
        let conversation = self.conversation(captured);
        let side = usize::from(captured.from < captured.to);
        let mut call = Call {
            which: DissectorId::Msn,
            bytes: leaked(captured.payload),
            heading: b"",
            reassembled: false,
            frame: number,
            time: captured.time,
            reported: captured.reported,
            first_pdu: 0,
            can_reassemble: false,
            transport: Transport::Udp,
            from: captured.from,
            to: captured.to,
            recognised: false,
            is_stream_start: false,
            sequence: None,
            conversation,
        };
        let Carrier::Tcp(sequence, _) = captured.carrier else {
            self.offer(&call);
            return;
        };
        call.transport = Transport::Tcp;
        call.sequence = Some(sequence);
        call.is_stream_start = self.conversations[conversation].opening[side] == Some(sequence);
        call.can_reassemble = self.desegments && captured.payload.len() == captured.reported;
        if !call.can_reassemble {
            self.offer(&call);
            return;
        }
        let mut flow = std::mem::take(&mut self.conversations[conversation].flows[side]);
        flow.segment(
            sequence,
            captured.payload,
            |bytes, sequence, reassembled| {
                call.bytes = leaked(bytes);
                call.sequence = Some(sequence);
                call.reported = bytes.len();
                call.reassembled = reassembled;
                self.offer(&call)
            },
        );
        if std::mem::take(&mut flow.lost_later) {
            self.lost_later.push(number);
        }
        self.conversations[conversation].flows[side] = flow;
    }

    fn conversation(&mut self, captured: &Captured<'_>) -> usize {
        let mut ends = vec![captured.from, captured.to];
        ends.sort_unstable();
        let known = self.conversations.iter().position(|c| c.ends == ends);
        known.unwrap_or_else(|| {
            self.conversations.push(Conversation {
                ends,
                ..Conversation::default()
            });
            self.conversations.len() - 1
        })
    }

    /// Calls the dissector whose turn it is, if there is one.
    fn offer(&mut self, call: &Call) -> Request {
        let announced = self.announced(call);
        if let Some(which) = self.conversations[call.conversation].claimed.or(announced) {
            if let (true, request) = self.call(call, which) {
                return request;
            }
        }
        let mut ports = [call.from.1, call.to.1];
        ports.sort_unstable();
        for port in ports {
            let usual = match (call.transport, port) {
                (Transport::Tcp, 1863) => Some(DissectorId::Msn),
                (Transport::Udp, 8000) => Some(DissectorId::Oicq),
                _ => None,
            };
            if let Some((true, request)) = usual.map(|which| self.call(call, which)) {
                return request;
            }
            if is_shared(call.transport, port) && self.look_at_shared_port(call) {
                return self.claim(call, DissectorId::Oicq);
            }
            if self.offer_to_owner(call, port) {
                return None;
            }
        }
        let found = DISSECTORS
            .into_iter()
            .find(|which| self.recognise(call, *which) == Answer::Yes);
        found.and_then(|which| self.claim(call, which))
    }

    /// Whether the first bytes of a connection on a shared port are QQ's.
    fn look_at_shared_port(&mut self, call: &Call) -> bool {
        if self.conversations[call.conversation].is_released {
            return false;
        }
        let answer = self.recognise(call, DissectorId::Oicq);
        let conversation = &mut self.conversations[call.conversation];
        let has_beginning = conversation.opening.iter().any(Option::is_some);
        conversation.is_released = answer == Answer::No && has_beginning;
        answer == Answer::Yes
    }

    /// The dissector of the connection if an earlier packet announced it.
    fn announced(&self, call: &Call) -> Option<DissectorId> {
        let is_end = |end: Endpoint, expected: &ExpectedConnection| {
            expected.address == Address::from(end.0) && expected.port == end.1
        };
        let expected = self.expected.iter().find(|expected| {
            expected.transport == call.transport
                && (is_end(call.from, expected) || is_end(call.to, expected))
        })?;
        DISSECTORS
            .into_iter()
            .find(|which| which.protocol() == PROTOCOLS[usize::from(expected.protocol)].filter)
    }

    /// Gives the bytes to the port's own dissector in Wireshark: ICQ takes packets that
    /// begin with a version of its own, HTTP and TLS take everything.
    fn offer_to_owner(&mut self, call: &Call, port: u16) -> bool {
        match (call.transport, port) {
            (Transport::Udp, 4000) => matches!(call.bytes[..], [2..=5, 0, ..]),
            (Transport::Tcp, 80) => {
                let side = usize::from(call.from < call.to);
                let stream = &mut self.conversations[call.conversation].http[side];
                for message in stream.add(call.bytes) {
                    self.message(call, &message);
                }
                true
            }
            (Transport::Tcp, 443) => true,
            _ => false,
        }
    }

    /// Dissects a message after HTTP has shown it: its body, then the whole of it.
    fn message(&mut self, call: &Call, message: &http::Message) {
        let part = Call {
            can_reassemble: false,
            ..call.clone()
        };
        if message.has_msn_body() {
            let heading = if message.is_chunked {
                b""
            } else {
                leaked(&message.head)
            };
            let body = Call {
                reported: message.body.len(),
                bytes: leaked(&message.body),
                heading,
                transport: Transport::Http,
                ..part.clone()
            };
            self.call(&body, DissectorId::Msn);
        }
        if msn::http::may_be_http(&message.whole) {
            let whole = Call {
                reported: message.whole.len(),
                bytes: leaked(&message.whole),
                transport: Transport::HttpMessages,
                ..part
            };
            self.call(&whole, DissectorId::Msn);
        }
    }

    fn recognise(&mut self, call: &Call, which: DissectorId) -> Answer {
        let packet = call.packet(true, Detail::Tree);
        let conversation = &mut self.conversations[call.conversation];
        let is_tcp = call.transport == Transport::Tcp;
        match which {
            _ if call.bytes.is_empty() => Answer::No,
            DissectorId::Oicq => {
                let known = (&mut conversation.oicq, &self.oicq);
                imshark::oicq::state::recognise::recognise(&packet, Some(known))
            }
            _ if !is_tcp => Answer::No,
            DissectorId::Msn => {
                let known = (&mut conversation.msn, &self.msn.msnp);
                imshark::msn::msnp::state::claim::recognise(&packet, Some(known))
            }
            DissectorId::P2pDirect => {
                let known = (&mut conversation.p2p_direct, &self.msn.p2p);
                imshark::msn::p2p::state::claim::recognise(&packet, Some(known))
            }
            DissectorId::Msnftp => {
                let known = (&mut conversation.msnftp, &self.msn.msnftp);
                imshark::msn::msnftp::state::claim::recognise(&packet, Some(known))
            }
        }
    }

    /// Prepends the bytes of the stream that came before it was claimed. Returns their number.
    fn complete(&mut self, call: &mut Call) -> usize {
        let conversation = &mut self.conversations[call.conversation];
        let (packet, shared) = (call.packet(true, Detail::Tree), &self.msn);
        match call.which {
            DissectorId::Msn => imshark::msn::msnp::state::claim::remember(
                &packet,
                &mut conversation.msn,
                &shared.msnp,
            ),
            DissectorId::P2pDirect => {
                imshark::msn::p2p::state::claim::remember(
                    &packet,
                    &mut conversation.p2p_direct,
                    &shared.p2p,
                );
            }
            DissectorId::Msnftp => {
                imshark::msn::msnftp::state::claim::remember(
                    &packet,
                    &mut conversation.msnftp,
                    &shared.msnftp,
                );
            }
            DissectorId::Oicq => {}
        }
        let first = match call.which {
            DissectorId::Msn => Some(&conversation.msn.first_bytes),
            DissectorId::Oicq => conversation.oicq.first_bytes(),
            DissectorId::P2pDirect => Some(&conversation.p2p_direct.first_bytes),
            DissectorId::Msnftp => Some(&conversation.msnftp.first_bytes),
        };
        let Some(first) = first.filter(|_| call.transport == Transport::Tcp) else {
            return 0;
        };
        let packet = call.packet(true, Detail::Tree);
        let mut whole = Vec::new();
        let Some((packet, before)) = complete(first, &packet, &mut whole) else {
            return 0;
        };
        call.bytes = leaked(packet.bytes);
        call.reported = packet.reported;
        call.sequence = None;
        before
    }

    fn claim(&mut self, call: &Call, which: DissectorId) -> Request {
        self.conversations[call.conversation].claimed = Some(which);
        self.call(call, which).1
    }

    /// Returns whether the dissector took the bytes, and its request for more.
    fn call(&mut self, call: &Call, which: DissectorId) -> (bool, Request) {
        let conversation = &self.conversations[call.conversation];
        let owner = conversation.claimed.or(self.announced(call));
        let mut call = Call {
            which,
            first_pdu: self.pdus,
            recognised: owner == Some(which),
            ..call.clone()
        };
        let before = self.complete(&mut call);
        let plan = self.dissect(&call, true, Detail::Tree);
        self.pdus += plan.pdus + plan.http_headers;
        let verdict = plan.verdict;
        self.expected.extend(plan.expected());
        self.calls.push(call);
        self.plans.push(plan);
        match verdict {
            Verdict::Reject => (false, None),
            Verdict::Accept => (true, None),
            Verdict::Reassemble(at, missing) => (true, Some((at.saturating_sub(before), missing))),
        }
    }

    fn dissect(&mut self, call: &Call, first_pass: bool, detail: Detail) -> Plan<'static> {
        let conversation = &mut self.conversations[call.conversation];
        let packet = call.packet(first_pass, detail);
        match call.which {
            DissectorId::Msn => {
                imshark::msn::dissect::dissect(&packet, &mut conversation.msn, &mut self.msn)
            }
            DissectorId::Oicq => {
                oicq::dissect::dissect(&packet, &mut conversation.oicq, &mut self.oicq)
            }
            DissectorId::P2pDirect => {
                let session = &mut conversation.p2p_direct;
                imshark::msn::p2p::dissect::dissect(&packet, session, &mut self.msn.p2p)
            }
            DissectorId::Msnftp => {
                let session = &mut conversation.msnftp;
                msn::msnftp::dissect::dissect(&packet, session, &mut self.msn.msnftp)
            }
        }
    }

    /// Repeats a call of the first pass in a later pass.
    pub fn again(&mut self, index: usize, detail: Detail) -> Plan<'static> {
        let call = self.calls[index].clone();
        self.dissect(&call, false, detail)
    }

    /// All plans after every frame has been seen, by frame.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (number, line) in &self.frames {
            let _ = writeln!(text, "{line}");
            for (call, plan) in self.calls.iter().zip(&self.plans) {
                if call.frame != *number {
                    continue;
                }
                if call.reassembled {
                    let _ = writeln!(text, "  reassembled: {} bytes", call.bytes.len());
                }
                for line in plan.to_string().lines() {
                    let _ = writeln!(text, "  {line}");
                }
            }
        }
        text
    }
}
