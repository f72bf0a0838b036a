//! The families beside the basic one: what else clients and servers of QQ send each other.
//!
//! ```text
//! 00  two clients make a way to each other      (p2p)
//! 03  two clients transfer a file or a face      (p2p)
//! 03  custom heads, from and to their servers    (head)
//! 04  files by way of a server                   (relay)
//! 05  pictures of groups, by way of a server     (agent)
//! ```
//!
//! A first byte says little, so every decoder tests all that the reference says of a
//! family, and gives nothing when one test fails. Even then the ports or addresses should
//! be known as those of QQ before a frame is believed.
//!
//! Source: protocol reference, OICQ §2.1 and §2.7 to §2.10.

pub mod agent;
pub(crate) mod cursor;
pub mod head;
pub mod p2p;
pub mod relay;

use crate::oicq::wire::client_table::CLIENTS;
use crate::oicq::wire::direction::Direction;
use crate::span::{Span, Spanned};

/// Numbers below are no QQ numbers.
const FIRST_NUMBER: u32 = 10_000;
/// The last client with these families is older than this version.
const LAST_VERSION: u16 = 0x2000;
/// The version of the agent's servers.
pub const AGENT_SERVER: u16 = 0x04d1;

/// A family beside the basic one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
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
pub enum What {
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
pub struct Message {
    /// The family.
    pub family: Family,
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
    pub parts: Vec<(What, Span)>,
    /// The last byte, in families that have a trailer.
    pub trailer: Option<Span>,
}

impl Message {
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
    pub fn find(&self, what: What) -> Option<Span> {
        self.parts
            .iter()
            .find_map(|(kind, span)| (*kind == what).then_some(*span))
    }

    /// What the first part of this kind is as a big-endian number.
    pub fn value(&self, what: What, data: &[u8]) -> Option<u64> {
        let bytes = self.find(what)?.of(data);
        (!bytes.is_empty() && bytes.len() <= 8)
            .then(|| bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
    }
}

impl Message {
    /// The parts of its opened ciphertext, with spans in `plain`. `direction` says who sent
    /// the frame, where its bytes do not.
    pub fn opened(&self, direction: Direction, plain: &[u8]) -> Vec<(What, Span)> {
        match (self.family, self.command) {
            (Family::P2pControl, _) => crate::oicq::wire::families::p2p::control(plain),
            (Family::Agent, Some(command)) => {
                crate::oicq::wire::families::agent::opened(command.value, direction, plain)
            }
            _ => Vec::new(),
        }
    }
}

/// Decodes a frame that is `len` bytes long; `data` has all of them, or what the capture
/// kept. `None` when it belongs to none of these families.
pub fn message(data: &[u8], len: usize) -> Option<Message> {
    match data.first()? {
        0x00 | 0x03 => crate::oicq::wire::families::p2p::message(data, len)
            .or_else(|| crate::oicq::wire::families::head::message(data, len)),
        0x04 => crate::oicq::wire::families::relay::message(data, len),
        0x05 => crate::oicq::wire::families::agent::message(data, len),
        _ => None,
    }
}

/// Whether a client of these families has this version.
fn is_version(version: u16) -> bool {
    (0x0600..LAST_VERSION).contains(&version) && CLIENTS.name(u32::from(version)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frames of the reference (OICQ §10.2, G35 to G37).
    pub(crate) const G35: &[u8] = &[
        0x00, 0x0f, 0x5f, 0x5a, 0xa5, 0x19, 0xc4, 0xeb, 0xa5, 0xa5, 0x82, 0xb4, 0x71, 0x1b, 0xb8,
        0xf7, 0xfb, 0xb9, 0x62, 0x64, 0xcd, 0x8b, 0xea, 0x37, 0x8b, 0xb8, 0xdf, 0x8f, 0xb6, 0x8d,
        0x8f, 0xdf, 0x3f, 0x0f, 0xd6, 0xb3, 0x0e, 0x72, 0xe6, 0xe5, 0xed, 0x49, 0x90, 0x10, 0x0b,
        0x44, 0xe8, 0x7a, 0x16, 0xe3, 0x5a, 0x73, 0x12, 0x6f, 0x61, 0x7a, 0x88, 0xe9, 0xb8, 0x5f,
        0x69, 0x8f, 0x8a, 0x63, 0x8b, 0x83, 0x3d, 0x15, 0x64, 0x80, 0x72, 0x3b, 0xfc, 0x6f, 0x61,
        0x8f, 0xcd, 0x2a, 0xdb, 0x45, 0xed, 0x93, 0x40, 0xcd,
    ];
    pub(crate) const G36: &[u8] = b"\x03\x0f\x5f\x5a\xa5\x19\xc4\xeb\xa5\xa5\x82\xb4\
        \0\0\x07\0\x01\x02\0\0\0\0\0\0\0\0\0\x04DATA";
    pub(crate) const G37: &[u8] =
        b"\x05\x0f\x5f\0\x16\0\x21\0\x01\0\xbc\x61\x4e\x01\x02\x03\x04\x05\x06\x07\x08\x03";

    #[test]
    fn frames_of_the_reference_belong_to_their_families() {
        for (frame, family) in [
            (G35, Family::P2pControl),
            (G36, Family::P2pData),
            (G37, Family::Agent),
        ] {
            let found = message(frame, frame.len()).expect("a frame");
            assert_eq!(found.family, family);
            assert_eq!(found.version.value, 0x0f5f);
            assert_eq!(found.account.map(|n| n.value), Some(12_345_678));
        }
    }

    #[test]
    fn a_byte_more_or_less_is_no_frame() {
        for frame in [G35, G36, G37] {
            assert!(message(&frame[..frame.len() - 1], frame.len() - 1).is_none());
            let longer = [frame, &[0x03]].concat();
            assert!(message(&longer, longer.len()).is_none(), "{longer:x?}");
        }
    }

    #[test]
    fn neighbours_are_no_frames() {
        let neighbours: &[&[u8]] = &[
            b"",
            b"\0",
            // The 28 family, a hello of TCP, DNS, STUN, RTCP-like and zeroes.
            b"\x28\0\0\0\x10\0\0\0\x04abcd\x29",
            b"\x27\0\0\0\0\x14\0\0\0\0\0\0",
            b"\0\x01\x01\0\0\x01\0\0\0\0\0\0\x03www\x07example\x03com\0\0\x01\0\x01",
            b"\0\x01\0\x08\x21\x12\xa4\x420123456789ab\0\x03\0\x04\0\0\0\x06",
            &[0; 84],
            &[3; 84],
            &[4; 84],
            &[5; 84],
        ];
        for bytes in neighbours {
            assert!(message(bytes, bytes.len()).is_none(), "{bytes:x?}");
        }
    }

    #[test]
    fn prefixes_and_mutations_are_survived() {
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let mut random = |below: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed % below as u64) as usize
        };
        let samples: Vec<Vec<u8>> = vec![
            G35.to_vec(),
            G36.to_vec(),
            G37.to_vec(),
            crate::oicq::wire::families::head::tests::info_request(),
            crate::oicq::wire::families::head::tests::data_reply(),
            crate::oicq::wire::families::agent::tests::file_info(),
            crate::oicq::wire::families::p2p::tests::basic_info(),
            crate::oicq::wire::families::relay::tests::frame(),
        ];
        for sample in &samples {
            for cut in 0..=sample.len() {
                let _ = message(&sample[..cut], cut);
                let _ = message(&sample[..cut], sample.len());
            }
        }
        for round in 0..20_000 {
            let mut bytes = samples[round % samples.len()].clone();
            for _ in 0..=random(3) {
                let at = random(bytes.len());
                bytes[at] = random(256) as u8;
            }
            let reported = bytes.len() + [0, 1, 100][random(3)];
            if let Some(found) = message(&bytes, reported) {
                assert!(found.parts.iter().all(|(_, span)| span.end() <= reported));
            }
        }
    }
}
