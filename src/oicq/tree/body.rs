//! Tree items of a cleartext or decrypted body.

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
use crate::oicq::tree::parties;
use crate::oicq::tree::shown::{digits, sign_extended, spec, title};
use crate::oicq::tree::summary::{is_refusal, summary};
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// Maximum bytes of a decompressed card or shared link.
const LONGEST_XML: u64 = 256 * 1024;
const SECOND: u64 = 1_000_000_000;

/// A plaintext whose items are added.
#[derive(Debug)]
pub(crate) struct ShownBody<'a> {
    /// The plaintext.
    pub(crate) plain: &'a [u8],
    /// What it says.
    pub(crate) body: DecodedBody,
}

/// Adds the items of a plaintext of `context`, from `depth` on, and its summary in the Info
/// column. Returns what it says. Spans are relative to the first byte of `plain` in the Plan's current view:
/// for decrypted bytes, [`Plan::enter`] their source first. `uin` is the QQ number of the
/// header, if any.
pub(crate) fn show<'p>(
    plan: &mut Plan<'_>,
    context: &CiphertextContext,
    uin: Option<u32>,
    plain: &'p [u8],
    depth: u8,
) -> ShownBody<'p> {
    let body = decode(context, uin, plain);
    if let Some(words) = summary(&body, context) {
        plan.info(&words);
    }
    if plan.wants_items() {
        show_entries(plan, &body, plain, depth);
        hide_learnt_keys(plan, context, &body, plain);
        parties::show(plan, &body, context.direction, uin);
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
    ShownBody { plain, body }
}

/// Adds the items of a body, from `depth` on.
pub(crate) fn show_entries(plan: &mut Plan<'_>, body: &DecodedBody, plain: &[u8], depth: u8) {
    for (index, entry) in body.entries.iter().enumerate() {
        let following = body.entries.get(index + 1..).unwrap_or_default();
        show_entry(plan, entry, following, plain, depth);
        if holds_account(body, entry) {
            show_account(plan, entry, depth);
        }
    }
}

/// Hides the keys of later packets in bytes that no layout explains.
fn hide_learnt_keys(
    plan: &mut Plan<'_>,
    context: &CiphertextContext,
    body: &DecodedBody,
    plain: &[u8],
) {
    let is_unexplained = |entry: &&BodyEntry| {
        let unexplained = [Name::Trailing, Name::TlvValue, Name::UnknownData];
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
    let learnt = context
        .extract_keys(plain)
        .into_iter()
        .map(|found| found.key);
    let sender = context.key_of_sender(plain).map(|(_, key)| key);
    for key in learnt.chain(sender) {
        for span in &unexplained {
            hide_key(plan, plain, *span, &key);
        }
    }
}

/// Hides all occurrences of a key in a part of a plaintext.
pub(crate) fn hide_key(plan: &mut Plan<'_>, plain: &[u8], part: Span, key: &Key) {
    for at in memmem::find_iter(part.of(plain), key.bytes()) {
        plan.redact(Span::new(part.start.saturating_add(at), key.bytes().len()));
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
    following: &[BodyEntry],
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
                plan.label(item, &heading(entry, following));
            }
        }
        BodyValue::Number(number) => {
            let item = plan.masked(depth, field, span, sign_extended(name, *number));
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
            debug_assert!(is_secret, "the field of {name:?} is not marked as secret");
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

/// Whether the entry is a QQ number. In a push about a group, the group's internal number
/// is in the place of the sender's.
fn holds_account(body: &DecodedBody, entry: &BodyEntry) -> bool {
    let is_group = entry.name == Name::From && body.find(Name::GroupNumber).is_some();
    is_account(entry.name) && !is_group
}

/// Adds a QQ number as a hidden item, so that a filter matches it whatever its field.
fn show_account(plan: &mut Plan<'_>, entry: &BodyEntry, depth: u8) {
    if let BodyValue::Number(number) = entry.value {
        let depth = depth.saturating_add(entry.depth);
        let item = plan.number(depth, Field::Account, entry.span, number);
        plan.mark_hidden(item);
    }
}

/// Label of a heading: its title, and up to two values below it that identify it.
fn heading(entry: &BodyEntry, following: &[BodyEntry]) -> String {
    let below = following
        .iter()
        .take_while(|below| below.depth > entry.depth);
    let (identifies, most): (fn(&BodyEntry) -> bool, _) = match entry.name {
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
    let values = below.filter(|below| identifies(below));
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

/// Decompresses a card or shared link, and hands it to the XML dissector.
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
