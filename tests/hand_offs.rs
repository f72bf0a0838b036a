//! A packet never chooses what code runs: see SAFETY.md.

use std::collections::BTreeSet;
use std::path::Path;

use imshark::handoff::{HandOff, ROWS};
use imshark::packet::Detail;
use imshark::packet::Packet;
use imshark::plan::{Plan, Value};
use imshark::span::Span;

/// Functions of Wireshark that find a dissector by a name or a number and are used in the
/// shim.
const LOOKUPS: [&str; 7] = [
    "find_dissector",
    "find_dissector_table",
    "dissector_get_string_handle",
    "dissector_get_uint_handle",
    "dissector_get_default_uint_handle",
    "dissector_table_get_dissector_handle",
    "dissector_table_get_dissector_handles",
];

/// Functions of Wireshark that concern dissectors without finding one: they create,
/// register or call one that is already known.
const OTHERS: [&str; 18] = [
    "call_data_dissector",
    "call_dissector_only",
    "conversation_get_dissector",
    "conversation_set_dissector",
    "conversation_set_dissector_from_frame_number",
    "create_dissector_handle",
    "create_dissector_handle_with_name_and_description",
    "dissector_add_for_decode_as",
    "dissector_add_string",
    "dissector_add_uint",
    "dissector_add_uint_with_preference",
    "dissector_change_string",
    "dissector_change_uint",
    "dissector_handle_get_protocol_index",
    "dissector_table_foreach",
    "dtbl_entry_get_handle",
    "heur_dissector_add",
    "register_postdissector",
];

/// Parts of the names of Wireshark functions that may find or call a dissector.
const NAME_PARTS: [&str; 3] = ["dissector", "heur", "dtbl_entry"];

/// Names by which the shim refers to the bytes and texts of a packet.
const OF_A_PACKET: [&str; 7] = ["tvb", "plan", "item", "text", "bytes", "info", "part"];

/// The calls of `function` in C source: the text of their arguments.
fn calls<'s>(source: &'s str, function: &str) -> Vec<&'s str> {
    let mut found = Vec::new();
    for (at, _) in source.match_indices(function) {
        let before = source[..at].chars().next_back();
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let Some(rest) = source[at + function.len()..].strip_prefix('(') else {
            continue;
        };
        if before.is_some_and(is_word) {
            continue;
        }
        let mut open = 1;
        let end = rest.find(|c| {
            open += i32::from(c == '(') - i32::from(c == ')');
            open == 0
        });
        found.push(&rest[..end.expect("a closed call")]);
    }
    found
}

/// The functions that C source calls, except the shim's own.
fn called(source: &str) -> BTreeSet<&str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let before = source.match_indices('(').map(|(at, _)| &source[..at]);
    before
        .filter(|text| !text.trim_end_matches(is_word).ends_with("imshark_rust->"))
        .filter_map(|text| text.rsplit(|c| !is_word(c)).next())
        .filter(|name| !name.is_empty() && !name.starts_with("imshark_"))
        .collect()
}

fn shim() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/epan");
    let files = std::fs::read_dir(folder).expect("the shim");
    let files = files.map(|entry| entry.expect("an entry").path());
    let sources: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|e| e == "c"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            let source = std::fs::read_to_string(&path).expect("a source");
            (name.into_owned(), source)
        })
        .collect();
    assert!(sources.len() >= 5, "{}", sources.len());
    sources
}

/// The shim looks up the names of the list and no text of a packet.
#[test]
fn no_lookup_takes_text_of_a_packet() {
    let mut seen = 0;
    for (file, source) in shim() {
        for function in LOOKUPS {
            for arguments in calls(&source, function) {
                seen += 1;
                let place = format!("{file}: {function}({arguments})");
                match file.as_str() {
                    "handoff.c" => assert_eq!(arguments, "list[i].name", "{place}"),
                    "apply.c" | "detail.c" | "dissect.c" => panic!("{place}"),
                    _ => {
                        let literals: String = arguments.split('"').step_by(2).collect();
                        let of_a_packet = |word: &&&str| literals.contains(**word);
                        let word = OF_A_PACKET.iter().find(of_a_packet);
                        assert_eq!(word, None, "{place}");
                    }
                }
            }
        }
    }
    assert!(seen > 5, "{seen} lookups were found");
    assert_eq!(calls("a(b, c(d)) ba(x) a (y)", "a"), ["b, c(d)"]);
}

/// Every call that may find a dissector, whatever its name, is in one of the lists above.
#[test]
fn every_call_for_a_dissector_is_known() {
    let sources = shim();
    let mut all = BTreeSet::new();
    for (file, source) in &sources {
        for name in called(source) {
            let may_find = NAME_PARTS.iter().any(|part| name.contains(part));
            let is_own = source.contains(&format!("static void {name}("))
                || source.contains(&format!("static ws_bool {name}("))
                || source.contains(&format!("static int {name}("));
            if may_find && !is_own {
                let known = LOOKUPS.contains(&name) || OTHERS.contains(&name);
                assert!(known, "{file} calls {name}");
                all.insert(name);
            }
        }
    }
    let known: BTreeSet<_> = LOOKUPS.into_iter().chain(OTHERS).collect();
    assert_eq!(all, known);
    let source = "x = dissector_try_string_new(a, b(c));";
    let found: Vec<_> = called(source).into_iter().collect();
    assert_eq!(found, ["b", "dissector_try_string_new"]);
}

/// A plan holds only the number of a row: one byte, which has no room for text.
#[test]
fn a_plan_holds_the_number_of_a_row() {
    assert_eq!(core::mem::size_of::<HandOff>(), 1);
    let packet = Packet {
        bytes: b"<a/>",
        ..Packet::default()
    };
    let protocol = imshark::protocols::PROTOCOLS[0];
    let mut plan = Plan::new(protocol, packet.bytes, Detail::Tree);
    let whole = Span::new(0, 4);
    assert_eq!(plan.hand_off(1, HandOff::Xml, whole), whole);
    assert_eq!(plan.hand_off(1, HandOff::Png, whole).len, 0);
    let values: Vec<_> = plan.items().iter().map(|item| item.value).collect();
    assert_eq!(values, [Value::HandOff(HandOff::Xml)]);
}

/// However many parts a packet has, the items handed off for it stay below the limit at
/// which Wireshark reports a bug.
#[test]
fn items_handed_off_per_call_are_bounded() {
    let document = format!("<r>{}</r>", "<a b=\"c\"/>".repeat(1_000));
    let bytes = document.as_bytes().repeat(100);
    let mut plan = Plan::new(imshark::protocols::PROTOCOLS[0], &bytes, Detail::Tree);
    let mut handed = 0;
    for index in 0..100 {
        let span = Span::new(index * document.len(), document.len());
        handed += usize::from(plan.hand_off(1, HandOff::Xml, span).len > 0);
    }
    // A document of 1,000 elements counts as 5,000 items.
    assert!((5..=10).contains(&handed), "{handed}");
}

/// SAFETY.md lists every row.
#[test]
fn the_documents_name_every_row() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let safety = std::fs::read_to_string(root.join("SAFETY.md")).expect("SAFETY.md");
    let named: Vec<_> = safety
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let listed = ROWS.iter().map(|row| row.dissector.to_str());
    let listed: Vec<_> = listed.map(|name| name.expect("ASCII")).collect();
    assert_eq!(named, listed);
}
