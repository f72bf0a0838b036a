//! The fields of an msnobj: `<msnobj …/>`.

use crate::msn::common::msnobj::{decode_friendly, Attribute, MsnObject, TYPES};
use crate::msn::common::number::decimal;
use crate::msn::msnp::fields::{Field, Note};
use crate::plan::{ItemId, Plan};

/// Attributes that are texts, in lower case.
const TEXTS: &[(&str, Field)] = &[
    ("avatarid", Field::ObjectAvatar),
    ("contenttype", Field::ObjectContent),
    ("creator", Field::ObjectCreator),
    ("location", Field::ObjectLocation),
    ("partnerid", Field::ObjectPartner),
    ("sha1c", Field::ObjectSha1c),
    ("sha1d", Field::ObjectSha1d),
    ("stamp", Field::ObjectStamp),
];

/// Shows an unencoded msnobj in `data`: the element, and its attributes.
pub fn show_element(plan: &mut Plan<'_>, depth: u8, data: &[u8], object: &MsnObject) {
    let text = String::from_utf8_lossy(object.span.of(data)).into_owned();
    let item = plan.derived(depth, Field::MsnObject, object.span, &text);
    show(plan, depth, item, object);
}

/// Shows the attributes of an msnobj below its own item, `item`, which is at `depth`.
pub fn show(plan: &mut Plan<'_>, depth: u8, item: ItemId, object: &MsnObject) {
    let kind = object.value("Type").and_then(|t| decimal(t.as_bytes()));
    if let Some(name) = kind.and_then(|kind| TYPES.name(kind)) {
        let creator = object.value("Creator").unwrap_or("?");
        plan.label_args(item, format_args!("MSN object: {name} of {creator}"));
    }
    if !object.whole {
        plan.note(Note::BadObject, item);
    }
    for attribute in &object.attributes {
        show_attribute(plan, depth + 1, attribute);
    }
}

fn show_attribute(plan: &mut Plan<'_>, depth: u8, attribute: &Attribute) {
    let (value, span) = (attribute.value.as_str(), attribute.span);
    let name = attribute.name.to_ascii_lowercase();
    let numbered = match name.as_str() {
        "size" => Some(Field::ObjectSize),
        "type" => Some(Field::ObjectType),
        _ => None,
    };
    if let Some(field) = numbered {
        match decimal(value.as_bytes()) {
            Some(number) => {
                plan.number(depth, field, span, number);
            }
            None => {
                let item = plan.derived(depth, Field::ObjectOther, span, value);
                let text = format!("MSN object attribute {} is not a number", attribute.name);
                plan.note_text(Note::BadValue, item, &text);
            }
        }
        return;
    }
    if name == "friendly" {
        match decode_friendly(value) {
            Some(text) => {
                plan.derived(depth, Field::ObjectName, span, &text);
            }
            None => {
                let item = plan.derived(depth, Field::ObjectOther, span, value);
                plan.note(Note::BadBase64, item);
            }
        }
        return;
    }
    match TEXTS.iter().find(|(known, _)| *known == name) {
        Some((_, field)) => {
            plan.derived(depth, *field, span, value);
        }
        None => {
            let item = plan.derived(depth, Field::ObjectOther, span, value);
            plan.label_args(item, format_args!("{}: {value}", attribute.name));
        }
    }
}
