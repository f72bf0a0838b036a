//! A packet never chooses what code runs: see SAFETY.md.

use std::path::Path;

use imshark::handoff::{HandOff, ROWS};
use imshark::packet::Detail;
use imshark::packet::Packet;
use imshark::plan::{Plan, Value};
use imshark::span::Span;

/// What in Wireshark finds a dissector by a name or a number.
const LOOKUPS: [&str; 12] = [
    "find_dissector",
    "find_dissector_add_dependency",
    "find_dissector_table",
    "find_heur_dissector_by_unique_short_name",
    "dissector_get_string_handle",
    "dissector_get_default_string_handle",
    "dissector_get_uint_handle",
    "dissector_get_default_uint_handle",
    "dissector_try_string",
    "dissector_try_uint",
    "dissector_try_heuristic",
    "dissector_try_payload",
];

/// What a packet's bytes and texts are reached by in the shim.
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

/// The shim that lays plans on the tree looks up the names of the list and no others.
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

/// A plan says which row and nothing else: one byte, in which no text has room.
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

/// However many parts a packet has, what is handed off of it stays below what Wireshark
/// takes for a bug.
#[test]
fn one_call_hands_off_so_many_items_only() {
    let document = format!("<r>{}</r>", "<a b=\"c\"/>".repeat(1_000));
    let bytes = document.as_bytes().repeat(100);
    let mut plan = Plan::new(imshark::protocols::PROTOCOLS[0], &bytes, Detail::Tree);
    let mut handed = 0;
    for index in 0..100 {
        let span = Span::new(index * document.len(), document.len());
        handed += usize::from(plan.hand_off(1, HandOff::Xml, span).len > 0);
    }
    // A document of 1,000 elements is taken for 5,000 items.
    assert!((5..=10).contains(&handed), "{handed}");
}

/// SAFETY.md lists what is on the list.
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
