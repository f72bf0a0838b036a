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
    let room = plan.unpack_room();
    if room == 0 {
        return;
    }
    let mut xml = Vec::new();
    let unpacked = ZlibDecoder::new(packed)
        .take(room as u64)
        .read_to_end(&mut xml);
    plan.count_unpacked(xml.len());
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

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::write::ZlibEncoder;
    use flate2::Compression;

    use super::*;
    use crate::oicq::fields::OICQ;
    use crate::packet::Detail;

    /// Lengths of the sources of a packet with this card `times` times.
    fn unpacked(card: &[u8], times: usize) -> Vec<usize> {
        let mut plan = Plan::new(&OICQ, card, Detail::Tree);
        for _ in 0..times {
            show_xml(&mut plan, card, 0);
        }
        let sources = plan.sources().iter();
        sources.map(|source| source.bytes.len()).collect()
    }

    fn packed(len: usize) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![b' '; len]).unwrap();
        encoder.finish().unwrap()
    }

    /// 64 kB of them would be 60 MB.
    #[test]
    fn the_cards_of_a_packet_have_a_common_limit() {
        let card = packed(200 * 1024);
        assert!(card.len() < 300, "{}", card.len());
        assert_eq!(unpacked(&card, 200), [200 * 1024, 56 * 1024]);
        let small = packed(10);
        assert_eq!(unpacked(&small, 200), [10; 64]);
        // A card whose checksum is wrong counts, too: all but the last piece of it.
        let mut plan = Plan::new(&OICQ, b"", Detail::Tree);
        let mut broken = card.clone();
        *broken.last_mut().unwrap() ^= 1;
        show_xml(&mut plan, &broken, 0);
        assert!(plan.sources().is_empty());
        assert!(plan.unpack_room() <= 128 * 1024, "{}", plan.unpack_room());
    }
}
