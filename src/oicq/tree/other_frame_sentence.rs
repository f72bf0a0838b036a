//! Text of a frame of another family for the Info column.

use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::other_frames::frame::{FamilyFrame, FamilyPart, FrameFamily};
use crate::oicq::wire::other_frames::{agent, custom_avatar, p2p};

/// `QQ 12345678 → QQ 10001: File operation, Data`
pub(crate) fn sentence(message: &FamilyFrame, direction: Direction, data: &[u8]) -> String {
    let value = |what| {
        let value = message.value(what, data)?;
        u32::try_from(value).ok()
    };
    let command = message
        .command
        .map_or(0, |command| u32::from(command.value));
    let what = match message.family {
        FrameFamily::P2pControl => "P2P control".to_owned(),
        FrameFamily::P2pData => {
            let kind = value(FamilyPart::PacketType).and_then(|kind| p2p::DATA_TYPES.name(kind));
            let operation = value(FamilyPart::Operation).and_then(|op| p2p::OPERATIONS.name(op));
            let media = value(FamilyPart::MediaType).and_then(|kind| p2p::MEDIA_TYPES.name(kind));
            let kind = kind.unwrap_or("P2P data").to_owned();
            let detail = operation.or(media);
            detail.map_or(kind.clone(), |detail| format!("{kind}, {detail}"))
        }
        FrameFamily::CustomAvatar => custom_avatar::COMMANDS
            .name(command)
            .unwrap_or("Custom avatar")
            .to_owned(),
        FrameFamily::Relay => "File relay".to_owned(),
        FrameFamily::Agent => {
            let name = agent::COMMANDS.name(command).unwrap_or("Agent");
            format!("{name} (0x{command:04x})")
        }
    };
    let sequence = message
        .sequence
        .map(|sequence| format!(", seq 0x{:04x}", sequence.value))
        .unwrap_or_default();
    format!("{}: {what}{sequence}", endpoints(message, direction))
}

/// Sender and receiver.
fn endpoints(message: &FamilyFrame, direction: Direction) -> String {
    let account = match message.account {
        Some(number) => format!("QQ {}", number.value),
        None => "client".to_owned(),
    };
    if let Some(receiver) = message.receiver {
        return format!("{account} → QQ {}", receiver.value);
    }
    let server = match message.family {
        FrameFamily::Agent => "agent",
        _ => "server",
    };
    match direction {
        Direction::ToServer => format!("{account} → {server}"),
        Direction::ToClient => format!("{server} → {account}"),
        Direction::Unknown => account,
    }
}
