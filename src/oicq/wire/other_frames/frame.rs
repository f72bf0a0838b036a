//! A frame of the families beside the basic one, decoded.

use crate::oicq::wire::client_table::CLIENTS;
use crate::oicq::wire::direction::Direction;
use crate::span::{Span, Spanned};

/// Numbers below are no QQ numbers.
pub(crate) const FIRST_NUMBER: u32 = 10_000;
/// The last client with these families is older than this version.
const LAST_VERSION: u16 = 0x2000;
/// The version of the agent's servers.
pub const AGENT_SERVER: u16 = 0x04d1;

/// A family beside the basic one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameFamily {
    /// 00: two clients make a way to each other.
    P2pControl,
    /// 03 and a version: two clients transfer a file.
    P2pData,
    /// 03 and a command: custom heads.
    Head,
    /// 04: files by way of a server.
    Relay,
    /// 05: pictures of groups by way of a server.
    Agent,
}

/// What a run of bytes in one of these families is. Numbers are big-endian unless said
/// otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FamilyPart {
    /// 1 byte: what the two QQ numbers are XORed with.
    Seed,
    /// 1 or 2 bytes: length of the whole frame.
    Length,
    /// 2 bytes: type of a packet between two clients.
    PacketType,
    /// 2 bytes: sequence of a packet between two clients.
    PacketSequence,
    /// 1 byte: what a file operation does.
    Operation,
    /// 1 byte: what a packet of voice and video carries.
    MediaType,
    /// A packet of SIP, RTP or RTCP.
    RealTime,
    /// 4 bytes: size of a file or picture.
    FileSize,
    /// 4 bytes: how many fragments a file has.
    FragmentCount,
    /// 4 bytes: how long each of them is.
    FragmentLength,
    /// 4 bytes: which fragment this is, from 0.
    FragmentIndex,
    /// 4 bytes: where its data belongs in the file.
    Offset,
    /// 16 bytes: MD5 of the file.
    FileMd5,
    /// 16 bytes: MD5 of its name.
    NameMd5,
    /// 2 bytes: length of the name.
    NameLength,
    /// The name, in GBK.
    Name,
    /// 2 or 4 bytes: how many bytes of data follow.
    DataLength,
    /// Bytes of a file or picture.
    Data,
    /// 4 bytes: counts the requests for heads.
    Serial,
    /// 1 byte: how many parts an answer has.
    PartCount,
    /// 1 byte: which of them this is, from 0.
    PartIndex,
    /// 2 bytes: length of the content.
    ContentLength,
    /// 2 bytes: 0100 in a question about heads, 0002 in the answer.
    InfoType,
    /// 2 bytes: how many heads are asked for or described.
    HeadCount,
    /// 4 bytes: a friend's QQ number.
    Friend,
    /// 4 bytes: when a head was made, seconds since 1970.
    Time,
    /// 4 bytes: the agent's session.
    Session,
    /// 2 bytes: length of a token.
    TokenLength,
    /// A token for the agent.
    Token,
    /// Ciphertext of QQ-TEA.
    Ciphertext,
    /// 1 byte: 02, data has come.
    Received,
    /// 16 bytes: MD5 of the sender's number and session key.
    Proof,
    /// 2 bytes: type of an opened control packet.
    ControlType,
    /// 4 bytes: when a control packet was sent, seconds since 1970.
    SentAt,
    /// 1 byte: the sender's picture.
    Face,
    /// 1 byte: 65 for a file, 6b for a face.
    Transfer,
    /// 4 bytes: the sender's IPv4 address as the server sees it.
    OuterAddress,
    /// 2 bytes: the port that belongs to it.
    OuterPort,
    /// 2 bytes: another port.
    SecondPort,
    /// 4 bytes: the sender's own IPv4 address.
    InnerAddress,
    /// 2 bytes: the port that belongs to it.
    InnerPort,
    /// 2 bytes: what kind of picture the agent is asked for.
    PictureType,
    /// 4 bytes: the group's number, inside or outside.
    Group,
    /// 2 bytes: what came of the request for an agent.
    Result,
    /// 4 bytes, the lowest first: IPv4 address of the agent.
    AgentAddress,
    /// 2 bytes: its port.
    AgentPort,
    /// 4 bytes, the lowest first: IPv4 address of another agent.
    OtherAddress,
    /// 2 bytes: its port.
    OtherPort,
    /// 2 bytes: length of the text.
    TextLength,
    /// What the agent says to the user, in GBK.
    Text,
    /// Bytes that nobody has explained.
    Unknown,
}

/// One frame of these families. Spans refer to the slice that was decoded; of a frame that
/// the capture cut they can reach past its end.
#[derive(Debug, Clone)]
pub struct FamilyFrame {
    /// The family.
    pub family: FrameFamily,
    /// All of it.
    pub span: Span,
    /// Who sent it, as far as the bytes say.
    pub direction: Direction,
    /// The client's version, 0 or [`AGENT_SERVER`] from servers.
    pub version: Spanned<u16>,
    /// The command, where the family has one.
    pub command: Option<Spanned<u16>>,
    /// The sequence in the header, where the family has one.
    pub sequence: Option<Spanned<u16>>,
    /// The account that the frame belongs to; between clients the sender.
    pub account: Option<Spanned<u32>>,
    /// Between clients: the receiver.
    pub receiver: Option<Spanned<u32>>,
    /// Everything else, in the order of the bytes.
    pub parts: Vec<(FamilyPart, Span)>,
    /// The last byte, in families that have a trailer.
    pub trailer: Option<Span>,
}

impl FamilyFrame {
    /// The same with all spans `by` bytes later.
    pub fn shifted(mut self, by: usize) -> Self {
        let shift = |span: &mut Span| span.start = span.start.saturating_add(by);
        shift(&mut self.span);
        shift(&mut self.version.span);
        for number in [&mut self.command, &mut self.sequence]
            .into_iter()
            .flatten()
        {
            shift(&mut number.span);
        }
        for number in [&mut self.account, &mut self.receiver]
            .into_iter()
            .flatten()
        {
            shift(&mut number.span);
        }
        for (_, span) in &mut self.parts {
            shift(span);
        }
        self.trailer.iter_mut().for_each(shift);
        self
    }

    /// The first part of this kind.
    pub fn find(&self, what: FamilyPart) -> Option<Span> {
        self.parts
            .iter()
            .find_map(|(kind, span)| (*kind == what).then_some(*span))
    }

    /// What the first part of this kind is as a big-endian number.
    pub fn value(&self, what: FamilyPart, data: &[u8]) -> Option<u64> {
        let bytes = self.find(what)?.of(data);
        (!bytes.is_empty() && bytes.len() <= 8)
            .then(|| bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
    }
}

/// Whether a client of these families has this version.
pub(crate) fn is_version(version: u16) -> bool {
    (0x0600..LAST_VERSION).contains(&version) && CLIENTS.name(u32::from(version)).is_some()
}
