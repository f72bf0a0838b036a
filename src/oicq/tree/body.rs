//! A plain or opened body, as it is shown.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use crate::handoff::HandOff;
use crate::oicq::body::name::Name;
use crate::oicq::body::value::{BodyEntry, BodyValue};
use crate::oicq::body::{decode, is_account, DecodedBody};
use crate::oicq::crypto::key_role::CiphertextContext;
use crate::oicq::crypto::keys::Key;
use crate::oicq::fields::{Field, Note};
use crate::oicq::tree::shown::{digits, extended, spec, title};
use crate::oicq::tree::summary::{is_refusal, summary};
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// No card or shared link is longer.
const LONGEST_XML: u64 = 256 * 1024;
const SECOND: u64 = 1_000_000_000;

/// Shows a plaintext of `place`, whose items begin at `depth`, and adds to the Info column
/// what it says. Spans count from the first byte of `plain` in the Plan's present view: of
/// what was decrypted, [`Plan::enter`] its source before. `uin` is the QQ number of the
/// header, where it has one.
pub(crate) fn show(
    plan: &mut Plan<'_>,
    place: &CiphertextContext,
    uin: Option<u32>,
    plain: &[u8],
    depth: u8,
) {
    let body = decode(place, uin, plain);
    if let Some(words) = summary(&body, place) {
        plan.info(&words);
    }
    if plan.wants_items() {
        for (index, entry) in body.entries.iter().enumerate() {
            let behind = body.entries.get(index + 1..).unwrap_or_default();
            show_entry(plan, entry, behind, plain, depth);
            if holds_account(&body, entry) {
                show_account(plan, entry, depth);
            }
        }
        hide_learnt_keys(plan, place, &body, plain);
    }
    if is_refusal(&body) {
        let item = find(plan, &body, Name::LoginResult);
        plan.note(Note::LoginRefused, item);
    }
    if body.short {
        let item = match find(plan, &body, Name::Trailing) {
            ItemId::NONE => plan.item_at(Span::new(0, plain.len())),
            item => item,
        };
        plan.note(Note::BodyShort, item);
    }
}

/// Hides the keys that later packets are opened with, where they stand in bytes that no layout
/// explains.
fn hide_learnt_keys(
    plan: &mut Plan<'_>,
    place: &CiphertextContext,
    body: &DecodedBody,
    plain: &[u8],
) {
    let is_unexplained = |entry: &&BodyEntry| {
        let unexplained = [Name::Trailing, Name::TlvValue, Name::Unexplained];
        entry.value == BodyValue::Bytes && unexplained.contains(&entry.name)
    };
    let unexplained: Vec<Span> = body
        .entries
        .iter()
        .filter(is_unexplained)
        .map(|entry| entry.span)
        .collect();
    if unexplained.is_empty() {
        return;
    }
    let learnt = place.learn(plain).into_iter().map(|found| found.key);
    let sender = place.key_of_sender(plain).map(|(_, key)| key);
    for key in learnt.chain(sender) {
        for span in &unexplained {
            hide_key(plan, plain, *span, &key);
        }
    }
}

/// Hides a key wherever it stands in a part of a plaintext.
pub(crate) fn hide_key(plan: &mut Plan<'_>, plain: &[u8], part: Span, key: &Key) {
    for at in memmem::find_iter(part.of(plain), key.bytes()) {
        plan.hide(Span::new(part.start.saturating_add(at), key.bytes().len()));
    }
}

/// The item of the first entry of this field.
fn find(plan: &Plan<'_>, body: &DecodedBody, name: Name) -> ItemId {
    let entry = body.find(name);
    entry.map_or(ItemId::NONE, |entry| plan.item_at(entry.span))
}

fn show_entry(
    plan: &mut Plan<'_>,
    entry: &BodyEntry,
    behind: &[BodyEntry],
    plain: &[u8],
    depth: u8,
) {
    let (name, span) = (entry.name, entry.span);
    let field = Field::of(name);
    let depth = depth.saturating_add(entry.depth);
    match &entry.value {
        BodyValue::Heading => {
            let item = plan.heading(depth, field, span);
            if plan.shows_tree() {
                plan.label(item, &heading(entry, behind));
            }
        }
        BodyValue::Number(number) => {
            let item = plan.masked(depth, field, span, extended(name, *number));
            if let (Some(meaning), true) = (entry.meaning, plan.shows_tree()) {
                let label = format!("{}: {meaning} ({})", title(name), digits(name, *number));
                plan.label(item, &label);
            }
        }
        BodyValue::Long(number) => {
            plan.masked(depth, field, span, *number);
        }
        BodyValue::Address(address) => {
            plan.number(depth, field, span, u32::from(*address));
        }
        BodyValue::Time(seconds) => {
            plan.number(depth, field, span, u64::from(*seconds) * SECOND);
        }
        BodyValue::Text(text) => {
            plan.derived(depth, field, span, text);
        }
        BodyValue::Secret => {
            let is_secret = spec(name).is_some_and(|spec| spec.secret.is_some());
            debug_assert!(is_secret, "{name:?} is shown as if it were no secret");
            plan.bytes(depth, field, span);
        }
        BodyValue::Bytes => {
            plan.bytes(depth, field, span);
            if name == Name::MessageXml {
                show_xml(plan, span.of(plain), depth);
            }
        }
    }
}

/// Whether it is a QQ number. In a push about a group, the group's internal number stands where
/// the sender's would.
fn holds_account(body: &DecodedBody, entry: &BodyEntry) -> bool {
    let is_group = entry.name == Name::From && body.find(Name::GroupNumber).is_some();
    is_account(entry.name) && !is_group
}

/// Finds a QQ number, whatever its field is.
fn show_account(plan: &mut Plan<'_>, entry: &BodyEntry, depth: u8) {
    if let BodyValue::Number(number) = entry.value {
        let depth = depth.saturating_add(entry.depth);
        let item = plan.number(depth, Field::Account, entry.span, number);
        plan.mark_hidden(item);
    }
}

/// The title of a heading, and up to two values below it that tell it from others.
fn heading(entry: &BodyEntry, behind: &[BodyEntry]) -> String {
    let below = behind.iter().take_while(|below| below.depth > entry.depth);
    let (telling, most): (fn(&BodyEntry) -> bool, _) = match entry.name {
        Name::Tlv => (|below| below.name == Name::TlvType, 1),
        Name::Font => (
            |below| matches!(below.name, Name::FontName | Name::FontSize),
            2,
        ),
        Name::MessageBlock => (|below| below.name != Name::MessageTagType, 2),
        _ => (
            |below| below.meaning.is_some() || below.name != Name::MessageTagType,
            2,
        ),
    };
    let values = below.filter(|below| telling(below));
    let values = values.filter_map(|below| match (&below.value, below.meaning) {
        (_, Some(meaning)) => Some(meaning.to_owned()),
        (BodyValue::Number(number), None) => Some(digits(below.name, *number)),
        (BodyValue::Long(number), None) => Some(number.to_string()),
        (BodyValue::Text(text), None) if !text.is_empty() => Some(text.clone()),
        (BodyValue::Address(address), None) => Some(address.to_string()),
        (BodyValue::Time(_) | BodyValue::Text(_), None) => None,
        (BodyValue::Heading | BodyValue::Bytes | BodyValue::Secret, None) => None,
    });
    let values: Vec<String> = values.take(most).collect();
    let title = title(entry.name);
    if values.is_empty() {
        title.to_owned()
    } else {
        format!("{title}: {}", values.join(", "))
    }
}

/// A card or shared link, unpacked.
fn show_xml(plan: &mut Plan<'_>, packed: &[u8], depth: u8) {
    let mut xml = Vec::new();
    let unpacked = ZlibDecoder::new(packed)
        .take(LONGEST_XML)
        .read_to_end(&mut xml);
    if unpacked.is_err() || xml.is_empty() {
        return;
    }
    let whole = Span::new(0, xml.len());
    let Some(source) = plan.add_source(c"QQ message XML", xml) else {
        return;
    };
    let back = plan.enter(source, 0);
    plan.hand_off(depth.saturating_add(1), HandOff::Xml, whole);
    plan.leave(back);
}
