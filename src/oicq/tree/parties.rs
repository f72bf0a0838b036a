//! Sender and recipient of a message.

use crate::oicq::body::name::Name;
use crate::oicq::body::DecodedBody;
use crate::oicq::fields::Field;
use crate::oicq::wire::direction::Direction;
use crate::plan::Plan;

/// Whether the body is what one user sends to others: a text, a nudge, a file offer.
fn is_message(body: &DecodedBody) -> bool {
    let is_content = |name| {
        matches!(
            name,
            Name::MessageText
                | Name::MessageEmoticon
                | Name::MessageXml
                | Name::ImageName
                | Name::FileName
                | Name::ImType
        )
    };
    body.find(Name::SystemKind).is_none() && body.entries.iter().any(|entry| is_content(entry.name))
}

/// Shows sender and recipient of a message as generated items. `own` is the account of the
/// client.
pub(crate) fn show(
    plan: &mut Plan<'_>,
    body: &DecodedBody,
    direction: Direction,
    own: Option<u32>,
) {
    if !is_message(body) {
        return;
    }
    let group = body.number(Name::GroupNumber);
    let (from, to) = match direction {
        Direction::ToServer => (own, group.or_else(|| body.number(Name::To))),
        // In a push from a group, the sender's place has the group's internal number.
        Direction::ToClient if group.is_some() => (body.number(Name::MemberUin), own),
        Direction::ToClient => (
            body.number(Name::From),
            own.or_else(|| body.number(Name::To)),
        ),
        Direction::Unknown => return,
    };
    if let Some(from) = from {
        plan.generated(1, Field::Sender, from);
    }
    if let Some(to) = to {
        let item = plan.generated(1, Field::Recipient, to);
        if group == Some(to) && plan.shows_tree() {
            plan.label(item, &format!("Recipient: group {to}"));
        }
    }
}
