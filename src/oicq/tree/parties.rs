//! Who sends a message to whom.

use crate::oicq::body::name::Name;
use crate::oicq::body::value::BodyValue;
use crate::oicq::body::DecodedBody;
use crate::oicq::fields::Field;
use crate::oicq::wire::direction::Direction;
use crate::plan::Plan;

/// Whether the body is what one user sends to others: a text, a nudge, a step of a file
/// transfer. Notices and news are the server's.
fn is_message(body: &DecodedBody) -> bool {
    let is_content = |name| {
        matches!(
            name,
            Name::MessageText
                | Name::MessageEmoticon
                | Name::MessageXml
                | Name::MessageBlock
                | Name::ImageName
                | Name::FileName
                | Name::ImType
        )
    };
    let is_servers = |name| matches!(name, Name::SystemKind | Name::NewsKind);
    let mut names = body.entries.iter().map(|entry| entry.name);
    names.clone().any(is_content) && !names.any(is_servers)
}

/// The numbers of this name, in order.
fn numbers(body: &DecodedBody, name: Name) -> impl Iterator<Item = u32> + '_ {
    let entries = body.entries.iter().filter(move |entry| entry.name == name);
    entries.filter_map(|entry| match entry.value {
        BodyValue::Number(number) => Some(number),
        _ => None,
    })
}

/// Shows sender and recipients of a message as generated items. `own` is the account of the
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
    let to_group = group.or_else(|| body.number(Name::GroupId));
    let mut to: Vec<u32> = numbers(body, Name::To).collect();
    to.dedup();
    let from = match direction {
        Direction::ToServer => own,
        // In a push from a group, the sender's place has the group's internal number.
        Direction::ToClient if group.is_some() => body.number(Name::MemberUin),
        // Sent from a phone, whose number is not a QQ number.
        Direction::ToClient if body.find(Name::Phone).is_some() => None,
        // A number inside of the message is more exact than that of the push.
        Direction::ToClient => numbers(body, Name::From).last(),
        Direction::Unknown => return,
    };
    if to.is_empty() && direction == Direction::ToClient {
        to.extend(own);
    }
    if let Some(from) = from {
        plan.generated(1, Field::Sender, from);
    }
    for number in &to {
        plan.generated(1, Field::Recipient, *number);
    }
    if let (Some(group), true) = (to_group, to.is_empty()) {
        let item = plan.generated(1, Field::Recipient, group);
        if plan.shows_tree() {
            plan.label_args(item, format_args!("Recipient: group {group}"));
        }
    }
}
