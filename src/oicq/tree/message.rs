//! Tree items of a message in fragments, and of the whole message.

use crate::oicq::body::fragment::decode_whole;
use crate::oicq::fields::Field;
use crate::oicq::state::messages::{FragmentPlace, FragmentedMessage, FragmentedMessages};
use crate::oicq::tree::body::show_entries;
use crate::oicq::tree::summary::{quote, words};
use crate::packet::PduKey;
use crate::plan::Plan;
use crate::span::Span;

/// Shows the message that the PDU has a fragment of. In the PDU that completes it, shows the
/// message.
pub(crate) fn show(
    plan: &mut Plan<'_>,
    pdu: PduKey,
    (messages, place): (&FragmentedMessages, FragmentPlace),
) {
    let Some(message) = messages.get(place) else {
        return;
    };
    if let Some(first) = message.first() {
        plan.generated(1, Field::MessageFirst, first.frame);
    }
    if let Some(completed) = message.completed {
        plan.generated(1, Field::MessageLast, completed.frame);
    }
    if message.completed == Some(pdu) {
        show_whole(plan, message);
    }
}

/// Shows a complete message, in a source of its own.
fn show_whole(plan: &mut Plan<'_>, message: &FragmentedMessage) {
    let bytes = message.bytes();
    let body = decode_whole(bytes, message.content);
    let text = words(&body);
    plan.append_info(&format!(", message complete: {}", quote(&text)));
    if !plan.wants_items() {
        return;
    }
    let Some(source) = plan.add_decrypted(c"Reassembled QQ message", bytes.to_vec()) else {
        return;
    };
    let back = plan.enter(source, 0);
    let item = plan.derived(1, Field::MessageWhole, Span::new(0, bytes.len()), &text);
    plan.mark_generated(item);
    show_entries(plan, &body, bytes, 2);
    plan.leave(back);
    for fragment in message.in_order() {
        plan.generated(2, Field::MessageFragmentFrame, fragment.frame);
    }
}
