//! Invariants of SAFETY.md on the border to Wireshark that no run can show.

use std::collections::BTreeSet;
use std::path::Path;

use imshark::msn::msnp::fields::{Field, MSNMS};
use imshark::packet::Detail;
use imshark::plan::{Plan, MAX_DEPTH};
use imshark::span::Span;

/// The C functions that Rust calls: the first two once, when the plugin is loaded; the
/// others cannot throw.
const CALLED: [&str; 4] = [
    "imshark_plugin_description",
    "imshark_register_plugin",
    "imshark_pool_alloc",
    "imshark_pool_own_events",
];

/// C functions and macros with a format string, and the index of that argument.
const FORMATS: [(&str, usize); 10] = [
    ("col_add_fstr", 2),
    ("col_append_fstr", 2),
    ("expert_add_info_format", 3),
    ("fprintf", 1),
    ("g_strdup_printf", 0),
    ("proto_item_append_text", 1),
    ("proto_item_set_text", 1),
    ("REPORT_DISSECTOR_BUG", 0),
    ("snprintf", 2),
    ("wmem_strdup_printf", 1),
];

/// The path and text of every file of `src/epan` with this extension.
fn border(extension: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/epan");
    let entries = std::fs::read_dir(folder).expect("the folder can be read");
    let paths = entries.map(|entry| entry.expect("its entries too").path());
    let paths = paths.filter(|path| path.extension().is_some_and(|end| end == extension));
    let read = |path: &Path| std::fs::read_to_string(path).expect("the file can be read");
    paths
        .map(|path| (path.display().to_string(), read(&path)))
        .collect()
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The arguments of a call, given the text after its opening parenthesis.
fn arguments(call: &str) -> Vec<&str> {
    let (mut depth, mut start, mut quoted, mut found) = (0, 0, false, Vec::new());
    for (at, c) in call.char_indices() {
        match c {
            '"' if !call[..at].ends_with('\\') => quoted = !quoted,
            _ if quoted => {}
            '(' => depth += 1,
            ',' if depth == 0 => {
                found.push(call[start..at].trim());
                start = at + 1;
            }
            ')' if depth == 0 => {
                found.push(call[start..at].trim());
                break;
            }
            ')' => depth -= 1,
            _ => {}
        }
    }
    found
}

/// Every call in C source: the name, and the text after the parenthesis.
fn calls(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices('(').map(|(at, _)| {
        let name = text[..at]
            .rsplit(|c| !is_name(c))
            .next()
            .unwrap_or_default();
        (name, &text[at + 1..])
    })
}

/// The calls whose format is not a string literal.
fn formats_not_literal(text: &str) -> Vec<&str> {
    let takes = |name: &str| {
        ["_fstr", "_format", "_format_value", "printf"]
            .iter()
            .any(|end| name.ends_with(end))
    };
    let found = calls(text).filter(|(name, call)| {
        match FORMATS.iter().find(|(format, _)| format == name) {
            Some((_, place)) => !arguments(call)
                .get(*place)
                .is_some_and(|format| format.starts_with('"')),
            None => takes(name),
        }
    });
    found.map(|(name, _)| name).collect()
}

#[test]
fn no_packet_text_is_a_format() {
    let mut count = 0;
    for (file, text) in border("c") {
        assert_eq!(formats_not_literal(&text), [""; 0], "{file}");
        count += text.matches("\"%s\"").count();
    }
    assert!(count > 2, "only {count} formats were found");
    assert_eq!(
        formats_not_literal("col_add_fstr(a, B, \"%s\", f(x, y));"),
        [""; 0]
    );
    assert_eq!(
        formats_not_literal("proto_item_set_text(item, text);"),
        ["proto_item_set_text"]
    );
    assert_eq!(
        formats_not_literal("proto_tree_add_uint_format(a, \"x\");").len(),
        1
    );
}

#[test]
fn rust_calls_nothing_that_throws() {
    let mut called = BTreeSet::new();
    for (file, text) in border("rs") {
        assert!(!text.contains("extern \"C\" {"), "{file} declares more");
        for (at, _) in text.match_indices("sys::") {
            let rest = &text[at + "sys::".len()..];
            let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            // A structure is followed by a brace, a constant by anything else.
            if rest[end..].starts_with('(') {
                called.insert(rest[..end].to_owned());
            }
        }
    }
    assert_eq!(called, CALLED.map(str::to_owned).into());
}

#[test]
fn a_plan_is_bounded() {
    let bytes = [b'A'; 64];
    let mut plan = Plan::new(&MSNMS, &bytes, Detail::Tree);
    let all = Span::new(0, bytes.len());
    for depth in 0..=u8::MAX {
        plan.text(depth, Field::Line, all);
    }
    let deepest = plan.items().iter().map(|item| item.depth).max();
    assert_eq!(deepest, Some(MAX_DEPTH));
    let text = "B".repeat(1_000);
    for _ in 0..300_000 {
        plan.derived(1, Field::Param, all, &text);
        plan.info(&text);
    }
    assert_eq!(plan.items().len(), 200_000);
    assert!(plan.texts().len() < 17 << 20);
    assert!(plan.info_text().len() < 4_000);
    let sources = (0..1_000).filter(|_| plan.add_source(c"Test", vec![0]).is_some());
    assert_eq!(sources.count(), 64);
}
