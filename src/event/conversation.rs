//! Conversations and what is said in them.

/// The conversation of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Conversation {
    /// None: it concerns an account.
    #[default]
    None,
    /// A numbered conversation, as in the field `msnms.chat`.
    Number(u64),
    /// A group with this name or number.
    Group(String),
    /// That of the two parties of the event, where no number connects their messages.
    Direct,
}

/// Kinds of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageKind {
    /// Words of a person.
    Text,
    /// The sender is typing.
    Typing,
    /// A nudge or shake.
    Nudge,
    /// A wink: an animation.
    Wink,
    /// A voice clip.
    VoiceClip,
    /// An action in words.
    Action,
    /// Handwriting.
    Ink,
    /// Custom emoticons, which the next message uses.
    Emoticon,
    /// A picture within a message.
    Picture,
    /// A message to or from a phone.
    Sms,
    /// A message that the server stored for somebody who was offline.
    Offline,
    /// A message of the service, or of one endpoint of an account to the others.
    System,
    /// A card or shared link.
    Card,
    /// A report that a message was not delivered.
    NotDelivered,
    /// An answer that the program gives for its user.
    AutomaticReply,
}

impl MessageKind {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "message",
            Self::Typing => "typing",
            Self::Nudge => "nudge",
            Self::Wink => "wink",
            Self::VoiceClip => "voice clip",
            Self::Action => "action",
            Self::Ink => "ink",
            Self::Emoticon => "emoticon",
            Self::Picture => "picture",
            Self::Sms => "SMS",
            Self::Offline => "offline message",
            Self::System => "system message",
            Self::Card => "card",
            Self::NotDelivered => "not delivered",
            Self::AutomaticReply => "automatic reply",
        }
    }
}

/// A picture of the capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its media type, such as `image/png`, by its first bytes.
    pub media: &'static str,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// Place of an event in a message that is sent in several parts. Each part is an event; that of
/// the part which completes the message has all of its words, and stands for the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessagePart {
    /// Identifies the message within the capture.
    pub message: u64,
    /// Number of the part, from 1.
    pub number: u8,
    /// Number of parts.
    pub count: u8,
    /// Whether the event is that of the whole message.
    pub is_whole: bool,
}

/// A message of one user to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its kind.
    pub kind: MessageKind,
    /// Its words; empty if it has none.
    pub text: String,
    /// Its picture, if it is in the packet.
    pub picture: Option<Picture>,
    /// Which part of the message it is; `None` of a message in one part.
    pub part: Option<MessagePart>,
}
