//! Files and other objects that go from one user to another.

use core::fmt;

use crate::event::conversation::Picture;

/// What is transferred.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A file that a user has chosen.
    File,
    /// Something else, such as "display picture" or "webcam".
    Other(String),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "file",
            Self::Other(name) => name,
        })
    }
}

/// Steps of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransferStep {
    /// The sender offers it, or the receiver asks for it.
    Offered,
    /// The receiver accepts.
    Accepted,
    /// The receiver declines.
    Refused,
    /// One of them gives up.
    Cancelled,
    /// The first bytes of it.
    Started,
    /// All of it has been sent.
    Completed,
    /// It broke off.
    Failed,
}

impl TransferStep {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
            Self::Started => "started",
            Self::Completed => "complete",
            Self::Failed => "failed",
        }
    }
}

/// A step of a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The step.
    pub step: TransferStep,
    /// What is transferred.
    pub what: Subject,
    /// Its name; empty if not said.
    pub name: String,
    /// Its size in bytes, if said.
    pub size: Option<u64>,
    /// Identifies the transfer within the conversation; empty if nothing does.
    pub id: String,
    /// Why it was refused, cancelled or failed, in words; empty if not said.
    pub reason: String,
    /// The whole object, if it is a picture and complete in this packet.
    pub picture: Option<Picture>,
}
