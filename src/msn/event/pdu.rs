//! One PDU of MSNP, as events are read from it.

use crate::event::PduItems;
use crate::msn::msnp::fields::{Field, Note};
use crate::msn::msnp::wire::command::MsnpCommand;
use crate::msn::msnp::wire::commands::find;
use crate::msn::msnp::wire::roles::{FROM_CLIENT, FROM_SERVER, SWITCHBOARD};

/// A PDU of a command or of an error reply.
#[derive(Debug, Clone)]
pub(crate) struct MsnpPdu<'a> {
    /// All of its items.
    pub(crate) items: PduItems<'a>,
    /// Those of its command line.
    pub(crate) line: PduItems<'a>,
    /// The three letters of the command, or the number of the error.
    pub(crate) code: String,
    /// The row of a known command.
    pub(crate) command: Option<&'static MsnpCommand>,
    /// Whether the client has sent it; `None` if unknown.
    pub(crate) from_client: Option<bool>,
}

impl<'a> MsnpPdu<'a> {
    /// `None` for the items of an HTTP header, or of bytes that are no PDU.
    pub(crate) fn of(items: PduItems<'a>) -> Option<Self> {
        let line = items.parts(Field::Line).into_iter().next()?;
        let verb = line.text(Field::Cmd);
        let error = line.number(Field::ErrorCode);
        let letters = verb
            .as_deref()
            .and_then(|verb| verb.as_bytes().try_into().ok());
        Some(Self {
            items,
            line,
            command: letters.and_then(find),
            code: verb.or_else(|| error.map(|code| format!("{code:03}")))?,
            from_client: match items.number(Field::Direction) {
                Some(FROM_CLIENT) => Some(true),
                Some(FROM_SERVER) => Some(false),
                _ => None,
            },
        })
    }

    /// Whether the client has sent it.
    pub(crate) fn is_of_client(&self) -> bool {
        self.from_client == Some(true)
    }

    /// Whether the server has sent it.
    pub(crate) fn is_of_server(&self) -> bool {
        self.from_client == Some(false)
    }

    /// Whether its connection is one to a switchboard.
    pub(crate) fn is_on_switchboard(&self) -> bool {
        self.items.number(Field::Role) == Some(SWITCHBOARD)
    }

    /// Whether it admits the client to a server.
    pub(crate) fn is_admission(&self) -> bool {
        self.is_of_server() && self.line.text(Field::Outcome).as_deref() == Some("OK")
    }

    /// Whether it is an error reply.
    pub(crate) fn is_error(&self) -> bool {
        self.line.has(Field::ErrorCode)
    }

    /// Whether its command carries what one user sends to others.
    pub(crate) fn is_message(&self) -> bool {
        self.command.is_some_and(|command| command.is_message)
    }

    /// The account in the command line.
    pub(crate) fn account(&self) -> Option<String> {
        self.line.text(Field::Account)
    }

    /// The account of the contact that the command line is about: it can be named by its ID in
    /// the contact list, or be the one listed before.
    pub(crate) fn contact(&self) -> Option<String> {
        let meant = || self.items.text(Field::ContactAccount);
        self.account().or_else(meant)
    }

    /// Whether its command line breaks off, so that its last word may be part of one.
    pub(crate) fn is_line_cut(&self) -> bool {
        let end = |items: &PduItems<'_>| items.items().first().map(|item| item.span.end());
        end(&self.items) == end(&self.line)
    }

    /// Whether bytes of it are missing: its end was not captured or is in segments that are
    /// not reassembled.
    pub(crate) fn is_incomplete(&self) -> bool {
        let announced = self.line.number(Field::PayloadLength).unwrap_or_default();
        let payload = self.items.bytes(Field::Payload);
        let captured = payload.map_or(0, <[u8]>::len) as u64;
        self.is_line_cut() || announced > captured || self.items.has_note(Note::Incomplete)
    }
}
