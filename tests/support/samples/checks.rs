//! Checks that every Plan must pass, whatever the packet.

use std::net::Ipv6Addr;

use imshark::error::Missing;
use imshark::field::FieldId;
use imshark::field::Type;
use imshark::packet::Packet;
use imshark::plan::{Item, ItemId, Plan, Value, Verdict, MAX_DEPTH};
use imshark::protocols::PROTOCOLS;

/// Panics if the host could not apply `plan` to `packet`.
pub fn check(plan: &Plan<'_>, packet: &Packet<'_>) {
    let mut depth = None;
    for item in plan.items() {
        let there = plan.bytes_of(item.source).len();
        assert!(item.span.end() <= there, "{:?} of {there}", item.span);
        let deepest = depth.map_or(0, |depth| depth + 1);
        assert!(item.depth <= deepest.min(MAX_DEPTH), "depth {}", item.depth);
        depth = Some(item.depth);
        check_value(plan, item);
    }
    for note in plan.notes() {
        let exists = (note.item.0 as usize) < plan.items().len();
        assert!(exists || note.item == ItemId::NONE, "{note:?}");
        assert!(note.expert.row().is_some());
    }
    assert!(!plan.info_text().chars().any(char::is_control));
    check_verdict(plan, packet);
}

fn check_value(plan: &Plan<'_>, item: &Item) {
    let Some(spec) = item.field.spec() else {
        if matches!(item.value, Value::HandOff(_)) {
            return;
        }
        assert_eq!(item.field.row, FieldId::PROTOCOL_ITEM);
        assert!(usize::from(item.field.protocol) < PROTOCOLS.len());
        assert_eq!(item.value, Value::None);
        return;
    };
    let fits = match (spec.kind, item.value) {
        (Type::U8, Value::Number(number)) => number <= 0xff,
        (Type::U16, Value::Number(number)) => number <= 0xffff,
        (Type::I16, Value::Number(number)) => i16::try_from(number as i64).is_ok(),
        (Type::U32, Value::Number(number)) => number <= u64::from(u32::MAX),
        (Type::Ipv4, Value::Number(number)) => number <= u64::from(u32::MAX),
        (Type::U64 | Type::Bool | Type::Duration | Type::Moment, Value::Number(_)) => true,
        (Type::Frame | Type::RequestFrame | Type::ResponseFrame, Value::Number(number)) => {
            (1..=u64::from(u32::MAX)).contains(&number)
        }
        (Type::None, Value::None) | (Type::Bytes, Value::Bytes) => true,
        (Type::Ipv6, Value::Text(address)) => plan.text_of(address).parse::<Ipv6Addr>().is_ok(),
        (Type::Text, Value::Text(_) | Value::Utf8 | Value::Latin1) => true,
        (Type::Text | Type::Bytes, Value::Withheld) => spec.secret.is_some(),
        _ => false,
    };
    assert!(fits, "{:?} = {:?}", spec.filter, item.value);
}

fn check_verdict(plan: &Plan<'_>, packet: &Packet<'_>) {
    let captured = packet.bytes.len();
    match plan.verdict {
        Verdict::Reject => {
            assert!(plan.items().is_empty() && plan.notes().is_empty());
        }
        Verdict::Accept => {}
        Verdict::Reassemble(at, missing) => {
            assert!(packet.can_reassemble && at < captured, "{at} of {captured}");
            assert_ne!(missing, Missing::Bytes(0));
        }
    }
    if let Some(touch) = plan.uncaptured {
        assert_eq!((touch.start, touch.end()), (captured, packet.reported));
        assert!(touch.len > 0);
    }
}

/// An item with its text but without its label, for comparisons.
pub fn spelt(plan: &Plan<'_>, item: &Item) -> String {
    let number = match item.value {
        Value::Number(number) => Some(number),
        _ => None,
    };
    format!(
        "{:?} {} {:?} {:?} {number:?} {:?} {} {}",
        item.field,
        item.depth,
        item.source,
        item.span,
        plan.value_of(item),
        item.generated,
        item.hidden
    )
}
