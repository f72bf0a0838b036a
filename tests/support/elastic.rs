//! `batch/imshark-template.json`, which is generated from the tables of fields.

use imshark::field::{Spec, Type};
use imshark::protocols::PROTOCOLS;
use serde_json::{json, Map, Value};

use super::pages::text;

/// Texts of more characters are kept but not indexed: Lucene takes 32,766 bytes.
const MAX_KEYWORD: u32 = 8191;
/// The index template.
pub fn template() -> String {
    let layers = PROTOCOLS.iter().map(|protocol| {
        let layer = text(protocol.filter);
        let fields = protocol.fields.iter();
        let fields: Map<_, _> = fields
            .map(|spec| (key(layer, spec), mapping(spec)))
            .collect();
        (layer.to_owned(), json!({ "properties": fields }))
    });
    let layers: Map<_, _> = layers.collect();
    let strings = json!({
        "match_mapping_type": "string",
        "mapping": { "type": "keyword", "ignore_above": MAX_KEYWORD },
    });
    let template = json!({
        "index_patterns": ["packets-*"],
        "priority": 200,
        "_meta": {
            "description": "MSN Messenger and QQ in the documents of tshark -T ek, by imshark. Generated from the \
                            tables of the code: IMSHARK_BLESS=1 cargo test --no-default-features --test readme",
        },
        "template": {
            "settings": { "index.mapping.total_fields.limit": 20_000 },
            "mappings": {
                "dynamic_templates": [{ "strings": strings }],
                "properties": {
                    "timestamp": { "type": "date" },
                    "layers": { "properties": layers },
                },
            },
        },
    });
    let mut text = serde_json::to_string_pretty(&template).expect("JSON");
    text.push('\n');
    text
}

/// The name of a field in a document: `msnms_msnms_cmd`.
fn key(layer: &str, spec: &Spec) -> String {
    format!("{layer}_{}", text(spec.filter).replace('.', "_"))
}

fn mapping(spec: &Spec) -> Value {
    match spec.kind {
        // A field without a value is null.
        Type::None | Type::Bool => json!({ "type": "boolean" }),
        Type::U8 | Type::I16 => json!({ "type": "short" }),
        Type::U16 => json!({ "type": "integer" }),
        Type::U32 | Type::Frame | Type::RequestFrame | Type::ResponseFrame => {
            json!({ "type": "long" })
        }
        Type::U64 => json!({ "type": "unsigned_long" }),
        // Bytes are hexadecimal digits with colons.
        Type::Text | Type::Bytes => json!({ "type": "keyword", "ignore_above": MAX_KEYWORD }),
        Type::Ipv4 | Type::Ipv6 => json!({ "type": "ip" }),
        Type::Duration => json!({ "type": "double" }),
        Type::Moment => json!({ "type": "date" }),
    }
}
