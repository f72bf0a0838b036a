//! Every section of `docs/protocol/` that a comment or a document cites exists.
//!
//! A citation is `§2.4` after the name of the document, `docs/protocol/oicq.md`. Further ones in
//! the same file need not name it again. `§11, item 3` is a numbered line of that section.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const DOCUMENTS: [&str; 2] = ["msnp.md", "oicq.md"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sections of a document, and the numbers of the numbered lines in each.
type Sections = BTreeMap<String, BTreeSet<String>>;

fn sections(document: &str) -> Sections {
    let mut sections = Sections::new();
    let mut current = String::new();
    for line in document.lines() {
        let word = line.trim_start_matches('#').split_whitespace().next();
        let number = word.unwrap_or_default().trim_end_matches('.');
        if number.is_empty() || number.contains(|c: char| !c.is_ascii_digit() && c != '.') {
            continue;
        }
        if line.starts_with('#') {
            current = number.to_owned();
            sections.insert(current.clone(), BTreeSet::new());
        } else if line.starts_with(&format!("{number}. ")) {
            let items = sections.get_mut(&current).expect("a heading is above");
            items.insert(number.to_owned());
        }
    }
    sections
}

/// The text with the lines of each comment joined.
fn joined(text: &str) -> String {
    let mut joined = String::new();
    for line in text.lines() {
        let bare = line.trim_start();
        let comment = bare.starts_with("//") || bare.starts_with("* ");
        let bare = bare.trim_start_matches(['/', '!']);
        joined.push(if comment { ' ' } else { '\n' });
        joined.push_str(bare.trim());
    }
    joined
}

/// The number at the beginning of a text: `2.4`.
fn number(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.');
    text[..end.unwrap_or(text.len())].trim_end_matches('.')
}

/// Returns the faulty citations in a text. `own` is the document that the text itself is.
fn faults(text: &str, own: Option<&str>, documents: &BTreeMap<&str, Sections>) -> Vec<String> {
    let text = joined(text);
    let mut faults = Vec::new();
    let mut document = own;
    for (at, _) in text.match_indices(['§', 'm', 'o']) {
        let here = &text[at..];
        if let Some(named) = DOCUMENTS.iter().find(|name| here.starts_with(**name)) {
            document = Some(named);
        }
        let Some(rest) = here.strip_prefix('§') else {
            continue;
        };
        let section = number(rest);
        let sentence = text[..at].rsplit(['\n', ';']).next().unwrap_or_default();
        if section.is_empty() || sentence.contains("RFC ") {
            continue;
        }
        let known = document.and_then(|name| documents[name].get(section));
        let Some(items) = known else {
            faults.push(format!("§{section} of {}", document.unwrap_or("nothing")));
            continue;
        };
        let rest = rest[section.len()..].trim_start_matches([',', ' ', '(']);
        if let Some(item) = rest.strip_prefix("item ").map(number) {
            if !items.contains(item) {
                faults.push(format!("§{section}, item {item}"));
            }
        }
    }
    faults
}

/// Every file below a folder that may have citations.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("its entries too").path();
        let extension = path.extension().and_then(|end| end.to_str());
        if path.is_dir() && !path.ends_with("target") {
            files(&path, found);
        } else if matches!(extension, Some("rs" | "c" | "h" | "md")) {
            found.push(path);
        }
    }
}

#[test]
fn every_cited_section_exists() {
    let read = |path: &Path| std::fs::read_to_string(path).expect("the file can be read");
    let protocol = root().join("docs/protocol");
    let documents = DOCUMENTS.map(|name| (name, sections(&read(&protocol.join(name)))));
    let documents = BTreeMap::from(documents);
    let mut found = Vec::new();
    for folder in [
        "src",
        "tests",
        "benches",
        "fuzz",
        "docs",
        "wireshark-headers",
    ] {
        files(&root().join(folder), &mut found);
    }
    let mut wrong = Vec::new();
    let mut count = 0;
    for path in found {
        if path.ends_with("tests/citations.rs") {
            continue;
        }
        let text = read(&path);
        count += text.matches("docs/protocol/").count();
        let own = DOCUMENTS
            .into_iter()
            .find(|name| path == protocol.join(name));
        for fault in faults(&text, own, &documents) {
            wrong.push(format!("{}: {fault}", path.display()));
        }
    }
    assert!(
        wrong.is_empty(),
        "sections that do not exist:\n{}",
        wrong.join("\n")
    );
    assert!(count > 100, "only {count} citations were found");
}

#[test]
fn missing_sections_are_found() {
    let document = "## 1. One\n\n### 1.2 Two\n\n1. first\n2. second\n";
    let documents = BTreeMap::from([
        ("msnp.md", sections(document)),
        ("oicq.md", Sections::new()),
    ]);
    let faults = |text| faults(text, None, &documents);
    assert_eq!(faults("// msnp.md §1, §1.2 to\n// §1.2, item 2"), [""; 0]);
    assert_eq!(faults("// RFC 9112 §2 to §6"), [""; 0]);
    assert_eq!(faults("// msnp.md §1.3."), ["§1.3 of msnp.md"]);
    assert_eq!(faults("// msnp.md §1.2 (item 3)"), ["§1.2, item 3"]);
    assert_eq!(faults("// oicq.md §1"), ["§1 of oicq.md"]);
    assert_eq!(faults("// §1"), ["§1 of nothing"]);
}
