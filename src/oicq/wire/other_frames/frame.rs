//! Decoded frames of the families other than the basic one.

use crate::oicq::wire::client_table::CLIENTS;
use crate::oicq::wire::direction::Direction;
use crate::span::{Span, Spanned};

/// The lowest QQ number.
pub(crate) const FIRST_NUMBER: u32 = 10_000;
/// Upper bound, exclusive, of the versions of clients with these families.
const LAST_VERSION: u16 = 0x2000;
/// Version sent by the agent's servers.
pub const AGENT_SERVER: u16 = 0x04d1;

/// A frame family other than the basic one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameFamily {
    /// 00: connection setup between two clients.
    P2pControl,
    /// 03 and a version: file transfer between two clients.
    P2pData,
    /// 03 and a command: custom avatars.
    CustomAvatar,
    /// 04: files relayed by a server.
    Relay,
    /// 05: group pictures relayed by a server.
    Agent,
}

/// Type of a byte range in one of these families. Numbers are big-endian unless noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FamilyPart {
    /// 1 byte: XOR mask of each byte of the two QQ numbers.
    Seed,
    /// 2 bytes: length of the whole frame.
    Length,
    /// 2 bytes: type of a packet between two clients.
    PacketType,
    /// 2 bytes: sequence of a packet between two clients.
    PacketSequence,
    /// 1 byte: type of a file operation.
    Operation,
    /// 1 byte: protocol carried by a voice or video packet.
    MediaType,
    /// A packet of SIP, RTP or RTCP.
    RealTime,
    /// 4 bytes: size of a file or picture.
    FileSize,
    /// 4 bytes: number of fragments of the file.
    FragmentCount,
    /// 4 bytes: length of a fragment.
    FragmentLength,
    /// 4 bytes: index of the fragment, from 0.
    FragmentIndex,
    /// 4 bytes: offset of the data in the file.
    Offset,
    /// 16 bytes: MD5 of the file.
    FileMd5,
    /// 16 bytes: MD5 of the file name.
    NameMd5,
    /// 2 bytes: length of the name.
    NameLength,
    /// The name, in GBK.
    Name,
    /// 2 or 4 bytes: length of the data.
    DataLength,
    /// Bytes of a file or picture.
    Data,
    /// 4 bytes: serial number of an avatar request.
    Serial,
    /// 1 byte: number of parts of a reply.
    PartCount,
    /// 1 byte: index of the part, from 0.
    PartIndex,
    /// 2 bytes: length of the content.
    ContentLength,
    /// 2 bytes: 0100 in a request for avatar information, 0002 in the reply.
    InfoType,
    /// 2 bytes: number of avatars requested or described.
    AvatarCount,
    /// 4 bytes: a friend's QQ number.
    Friend,
    /// 4 bytes: creation time of an avatar, seconds since 1970.
    Time,
    /// 4 bytes: the agent's session.
    Session,
    /// 2 bytes: length of a token.
    TokenLength,
    /// A token for the agent.
    Token,
    /// QQ-TEA ciphertext.
    Ciphertext,
    /// 1 byte: 02, data received.
    Received,
    /// 16 bytes: MD5 of the sender's number and session key.
    Proof,
    /// 2 bytes: type of a decrypted control packet.
    ControlType,
    /// 4 bytes: send time of a control packet, seconds since 1970.
    SentAt,
    /// 1 byte: the sender's avatar.
    AvatarNumber,
    /// 1 byte: 65 for a file, 6b for a custom emoticon.
    Transfer,
    /// 4 bytes: the sender's IPv4 address as the server sees it.
    OuterAddress,
    /// 2 bytes: port of that address.
    OuterPort,
    /// 2 bytes: another port.
    SecondPort,
    /// 4 bytes: the sender's local IPv4 address.
    InnerAddress,
    /// 2 bytes: port of that address.
    InnerPort,
    /// 2 bytes: type of the requested picture.
    PictureType,
    /// 4 bytes: the group's number, internal or external.
    Group,
    /// 2 bytes: result of a request for an agent.
    Result,
    /// 4 bytes, little-endian: IPv4 address of the agent.
    AgentAddress,
    /// 2 bytes: its port.
    AgentPort,
    /// 4 bytes, little-endian: IPv4 address of another agent.
    OtherAddress,
    /// 2 bytes: its port.
    OtherPort,
    /// 2 bytes: length of the text.
    TextLength,
    /// Message of the agent to the user, in GBK.
    Text,
    /// Bytes of unknown meaning.
    Unknown,
}

/// One frame of these families. Spans refer to the decoded slice; in a truncated frame
/// they can extend past its end.
#[derive(Debug, Clone)]
pub struct FamilyFrame {
    /// The family.
    pub family: FrameFamily,
    /// The whole frame.
    pub span: Span,
    /// Direction, as far as the bytes determine it.
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
    /// All other fields, in the order on the wire.
    pub parts: Vec<(FamilyPart, Span)>,
    /// The last byte, in families that have a trailer.
    pub trailer: Option<Span>,
}

impl FamilyFrame {
    /// Moves all spans `by` bytes further.
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

    /// Range of the first part of this type.
    pub fn find(&self, what: FamilyPart) -> Option<Span> {
        self.parts
            .iter()
            .find_map(|(kind, span)| (*kind == what).then_some(*span))
    }

    /// Value of the first part of this type as a big-endian number. Returns `None` if
    /// there is no such part, or 0 or more than 8 of its bytes were captured.
    pub fn value(&self, what: FamilyPart, data: &[u8]) -> Option<u64> {
        let bytes = self.find(what)?.of(data);
        (!bytes.is_empty() && bytes.len() <= 8)
            .then(|| bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
    }
}

/// Whether a known client with these families has this version.
pub(crate) fn is_version(version: u16) -> bool {
    (0x0600..LAST_VERSION).contains(&version) && CLIENTS.name(u32::from(version)).is_some()
}
