//! State of a connection, shown once for all PDUs of a packet that share it.

use crate::msn::msnp::fields::Field;
use crate::msn::msnp::tree::values::title;
use crate::msn::msnp::wire::parameter::ServerRole;
use crate::msn::msnp::wire::roles::{FROM_CLIENT, FROM_SERVER};
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// State of a connection as of one of its PDUs.
#[derive(Debug, Default)]
pub(crate) struct Connection {
    pub(crate) from_client: Option<bool>,
    pub(crate) role: Option<ServerRole>,
    /// The dialect in force.
    pub(crate) dialect: Option<u8>,
    /// The lowest dialect that has everything seen, if the negotiation was not seen.
    pub(crate) least_dialect: Option<u8>,
    pub(crate) account: Option<Vec<u8>>,
    pub(crate) setup_frame: Option<u32>,
    /// The number of the conversation, and its participants.
    pub(crate) chat: Option<(u64, Vec<Vec<u8>>)>,
}

/// Whether two values are equal or one of them is unknown.
fn agree<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
    a.zip(b).is_none_or(|(a, b)| a == b)
}

impl Connection {
    /// Whether all values known in both are equal.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        agree(self.from_client.as_ref(), other.from_client.as_ref())
            && agree(self.role.as_ref(), other.role.as_ref())
            && agree(self.dialect.as_ref(), other.dialect.as_ref())
            && agree(self.least_dialect.as_ref(), other.least_dialect.as_ref())
            && agree(self.account.as_ref(), other.account.as_ref())
            && agree(self.setup_frame.as_ref(), other.setup_frame.as_ref())
            && self.is_same_chat(other)
    }

    /// Whether the conversation is the same or unknown in one of them. One list of
    /// participants may be longer: they join one by one, and later passes list all from
    /// the beginning.
    fn is_same_chat(&self, other: &Self) -> bool {
        let Some((a, b)) = self.chat.as_ref().zip(other.chat.as_ref()) else {
            return true;
        };
        a.0 == b.0 && (a.1.starts_with(&b.1) || b.1.starts_with(&a.1))
    }

    /// Adopts the values of `other` that are unknown in `self`.
    pub(crate) fn complete(&mut self, other: Self) {
        self.from_client = self.from_client.or(other.from_client);
        self.role = self.role.or(other.role);
        self.dialect = self.dialect.or(other.dialect);
        self.least_dialect = self.least_dialect.or(other.least_dialect);
        self.account = self.account.take().or(other.account);
        self.setup_frame = self.setup_frame.or(other.setup_frame);
        self.chat = self.chat.take().or(other.chat);
    }

    /// Shows the state. Returns the item of its heading.
    pub(crate) fn show(&self, plan: &mut Plan<'_>) -> ItemId {
        let heading = plan.heading(1, Field::Session, Span::default());
        plan.mark_generated(heading);
        if let Some(from_client) = self.from_client {
            let direction = if from_client {
                FROM_CLIENT
            } else {
                FROM_SERVER
            };
            plan.generated(2, Field::Direction, direction);
        }
        if let Some(role) = self.role {
            let role: u64 = match role {
                ServerRole::Dispatch => 1,
                ServerRole::Notification => 2,
                ServerRole::Switchboard => 3,
            };
            plan.generated(2, Field::Role, role);
        }
        protocol(plan, Field::SessionDialect, self.dialect);
        protocol(plan, Field::LeastDialect, self.least_dialect);
        if let Some(account) = &self.account {
            text(plan, (2, Field::LocalAccount), account);
        }
        if let Some(frame) = self.setup_frame {
            plan.generated(2, Field::SetupFrame, frame);
        }
        if let Some((chat, participants)) = &self.chat {
            plan.generated(2, Field::Chat, *chat);
            for account in participants {
                text(plan, (2, Field::Participant), account);
            }
        }
        heading
    }
}

/// Shows the number of a dialect, labelled with its name.
fn protocol(plan: &mut Plan<'_>, field: Field, version: Option<u8>) {
    let Some(version) = version else {
        return;
    };
    let item = plan.generated(2, field, version);
    if plan.shows_tree() {
        plan.label_args(item, format_args!("{}: MSNP{version}", title(field)));
    }
}

/// Shows a generated text.
pub(crate) fn text(plan: &mut Plan<'_>, (depth, field): (u8, Field), value: &[u8]) {
    let value = String::from_utf8_lossy(value);
    let item = plan.derived(depth, field, Span::default(), &value);
    plan.mark_generated(item);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chat(participants: &[&[u8]]) -> Connection {
        let participants = participants.iter().map(|account| account.to_vec());
        Connection {
            chat: Some((1, participants.collect())),
            ..Connection::default()
        }
    }

    #[test]
    fn unknown_values_agree() {
        let nothing = Connection::default();
        let client = Connection {
            from_client: Some(true),
            ..Connection::default()
        };
        let server = Connection {
            from_client: Some(false),
            ..Connection::default()
        };
        assert!(nothing.agrees_with(&client) && client.agrees_with(&nothing));
        assert!(!client.agrees_with(&server));
        let mut known = nothing;
        known.complete(client);
        assert!(!known.agrees_with(&server));
    }

    #[test]
    fn participants_can_be_added() {
        let (one, two, other) = (chat(&[b"a"]), chat(&[b"a", b"b"]), chat(&[b"c"]));
        assert!(one.agrees_with(&two) && two.agrees_with(&one));
        assert!(!two.agrees_with(&other));
    }
}
