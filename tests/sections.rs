//! Every section of `docs/protocol/` names the tests that hold what it says.
//!
//! Its last paragraph is such as "Tests: `oicq::wire::era::tests::ranges_of_versions`; samples
//! `qq`, `qq-eras`." A test has the path that `cargo test` prints, in `tests/` after the name of
//! its file. A sample is one whose plan `samples::plans_are_as_expected` compares. A section
//! with subsections leaves it to them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use syn::{Attribute, Item};

const DOCUMENTS: [&str; 2] = ["msnp.md", "oicq.md"];
/// The sections that state nothing imshark relies on; each gives the reason itself.
const WITHOUT_TESTS: [(&str, &str); 5] = [
    ("msnp.md", "10"),
    ("oicq.md", "1"),
    ("oicq.md", "9.1"),
    ("oicq.md", "10.1"),
    ("oicq.md", "13"),
];
/// Maximum names in one line, to keep it readable.
const MAX_NAMES: usize = 6;

/// All that a line may name.
struct Known {
    tests: BTreeSet<String>,
    samples: BTreeSet<String>,
}

/// The number of each section without subsections, and its last paragraph in one line.
fn sections(document: &str) -> Vec<(&str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    let mut is_new = true;
    for line in document.lines() {
        let title = line.trim_start_matches('#').trim_start();
        let number = title.split(' ').next().unwrap_or_default();
        let number = number.trim_end_matches('.');
        if line.starts_with("##") && number.starts_with(|c: char| c.is_ascii_digit()) {
            found.push((number, String::new()));
            is_new = true;
        } else if let Some((_, last)) = found.last_mut() {
            if line.is_empty() {
                is_new = true;
                continue;
            }
            if is_new {
                last.clear();
            } else {
                last.push(' ');
            }
            last.push_str(line.trim());
            is_new = false;
        }
    }
    let numbers: Vec<&str> = found.iter().map(|(number, _)| *number).collect();
    let is_parent = |number: &str| {
        let start = format!("{number}.");
        numbers.iter().any(|other| other.starts_with(&start))
    };
    found.retain(|(number, _)| !is_parent(number));
    found
}

/// The names between backticks: of tests, and of samples.
fn names(line: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut tests, mut samples) = (Vec::new(), Vec::new());
    let mut of_samples = false;
    for (at, part) in line.split('`').enumerate() {
        match (at % 2 == 1, of_samples) {
            (true, false) => tests.push(part),
            (true, true) => samples.push(part),
            (false, _) => of_samples |= part.contains("sample"),
        }
    }
    (tests, samples)
}

/// The line that has these names, as all sections write it.
fn written(tests: &[&str], samples: &[&str]) -> String {
    let list = |names: &[&str]| format!("`{}`", names.join("`, `"));
    let samples = match samples {
        [] => None,
        [one] => Some(format!("sample `{one}`")),
        several => Some(format!("samples {}", list(several))),
    };
    let tests = (!tests.is_empty()).then(|| list(tests));
    let parts: Vec<String> = tests.into_iter().chain(samples).collect();
    format!("Tests: {}.", parts.join("; "))
}

/// What is wrong with the last paragraph of a section; `untested`: it is among those that may
/// have no test.
fn fault(line: &str, untested: bool, known: &Known) -> Option<String> {
    let Some(rest) = line.strip_prefix("Tests: ") else {
        return Some("does not end with its tests".to_owned());
    };
    if rest.starts_with("none") {
        let has_reason = rest.starts_with("none, as ") && rest.ends_with('.');
        return match (untested, has_reason) {
            (false, _) => Some("has no test".to_owned()),
            (true, false) => Some("gives no reason".to_owned()),
            (true, true) => None,
        };
    }
    let (tests, samples) = names(line);
    let unknown = |names: &[&str], known: &BTreeSet<String>| {
        let mut names = names.iter().filter(|name| !known.contains(**name));
        names
            .next()
            .map(|name| format!("names {name}, which is not there"))
    };
    let all: BTreeSet<&str> = tests.iter().chain(&samples).copied().collect();
    let count = tests.len() + samples.len();
    if untested {
        Some("has tests, but is listed as having none".to_owned())
    } else if line != written(&tests, &samples) {
        Some(format!(
            "should have the form {}",
            written(&tests, &samples)
        ))
    } else if all.len() < count {
        Some("names a test twice".to_owned())
    } else if !(1..=MAX_NAMES).contains(&count) {
        Some(format!("names {count} tests"))
    } else {
        unknown(&tests, &known.tests).or_else(|| unknown(&samples, &known.samples))
    }
}

fn faults(name: &str, document: &str, without: &[(&str, &str)], known: &Known) -> Vec<String> {
    let sections = sections(document);
    let listed = without.iter().filter(|(document, _)| *document == name);
    let gone = listed.filter(|(_, listed)| sections.iter().all(|(number, _)| number != listed));
    let mut wrong: Vec<String> = gone
        .map(|(_, number)| format!("{name} §{number} is listed, but not there"))
        .collect();
    for (number, line) in &sections {
        let untested = without.contains(&(name, number));
        if let Some(fault) = fault(line, untested, known) {
            wrong.push(format!("{name} §{number} {fault}"));
        }
    }
    wrong
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("its entries too").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// Adds the paths of the functions with `#[test]`, those of inline modules too.
fn tests(items: &[Item], module: &[String], found: &mut BTreeSet<String>) {
    let is_test = |attribute: &Attribute| attribute.path().is_ident("test");
    for item in items {
        match item {
            Item::Fn(function) if function.attrs.iter().any(is_test) => {
                let name = function.sig.ident.to_string();
                found.insert([module, &[name]].concat().join("::"));
            }
            Item::Mod(inner) => {
                if let Some((_, items)) = &inner.content {
                    let module = [module, &[inner.ident.to_string()]].concat();
                    tests(items, &module, found);
                }
            }
            _ => {}
        }
    }
}

/// The path of the module that a file of `src` or `tests` is.
fn module(file: &Path) -> Vec<String> {
    let parts = file.with_extension("");
    let parts = parts.iter().map(|part| part.to_string_lossy().into_owned());
    let mut parts: Vec<String> = parts.collect();
    if matches!(
        parts.last().map(String::as_str),
        Some("mod" | "main" | "lib")
    ) {
        parts.pop();
    }
    parts
}

fn known() -> Known {
    let mut all = BTreeSet::new();
    for folder in ["src", "tests"].map(|name| root().join(name)) {
        let mut found = Vec::new();
        files(&folder, &mut found);
        for path in found {
            let text = std::fs::read_to_string(&path).expect("the file can be read");
            let file = syn::parse_file(&text).expect("the file is Rust");
            let inside = path.strip_prefix(&folder).expect("it is in the folder");
            tests(&file.items, &module(inside), &mut all);
        }
    }
    assert!(all.contains("samples::plans_are_as_expected"));
    let expected = std::fs::read_dir(root().join("tests/expected")).expect("the folder");
    let samples = expected.filter_map(|entry| {
        let name = entry.expect("an entry").file_name();
        let stem = name.to_str()?.strip_suffix(".plan.txt")?;
        (!stem.contains('.')).then(|| stem.to_owned())
    });
    Known {
        samples: samples.collect(),
        tests: all,
    }
}

#[test]
fn every_section_names_its_tests() {
    let known = known();
    let mut wrong = Vec::new();
    let mut count = 0;
    for name in DOCUMENTS {
        let path = root().join("docs/protocol").join(name);
        let document = std::fs::read_to_string(path).expect("the document can be read");
        count += sections(&document).len();
        wrong.extend(faults(name, &document, &WITHOUT_TESTS, &known));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 120, "only {count} sections were found");
}

#[test]
fn wrong_lines_are_found() {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let known = Known {
        tests: set(&["a::tests::b", "samples::c"]),
        samples: set(&["msn", "qq"]),
    };
    let of = |body: &str, without: &[(&str, &str)]| {
        let page = format!("# A page\n\n## 1. One\n\nWords.\n\n### 1.1 Part\n\n{body}\n");
        faults("msnp.md", &page, without, &known)
    };
    for good in [
        "Tests: `a::tests::b`.",
        "Text.\n\nTests: `samples::c`,\n`a::tests::b`; sample `msn`.",
        "Tests: samples `msn`, `qq`.",
    ] {
        assert_eq!(of(good, &[]), [""; 0], "{good}");
    }
    for (body, fault) in [
        ("Text.", "does not end with its tests"),
        (
            "Tests: `a::tests::b`.\n\nText.",
            "does not end with its tests",
        ),
        (
            "Tests: `a::tests::x`.",
            "names a::tests::x, which is not there",
        ),
        ("Tests: `b`.", "names b, which is not there"),
        (
            "Tests: sample `a::tests::b`.",
            "names a::tests::b, which is not there",
        ),
        ("Tests: `a::tests::b`, `a::tests::b`.", "names a test twice"),
        (
            "Tests: `a::tests::b` `samples::c`",
            "should have the form Tests: `a::tests::b`, `samples::c`.",
        ),
        (
            "Tests: samples `qq`.",
            "should have the form Tests: sample `qq`.",
        ),
        ("Tests: none, as it is of no use.", "has no test"),
    ] {
        assert_eq!(of(body, &[]), [format!("msnp.md §1.1 {fault}")], "{body}");
    }
    let listed = [("msnp.md", "1.1"), ("oicq.md", "7")];
    assert_eq!(of("Tests: none, as nobody knows.", &listed), [""; 0]);
    assert_eq!(
        of("Tests: none.", &listed),
        ["msnp.md §1.1 gives no reason"]
    );
    assert_eq!(of("Tests: `samples::c`.", &listed).len(), 1);
    let gone = [("msnp.md", "2")];
    let found = of("Tests: `samples::c`.", &gone);
    assert_eq!(found, ["msnp.md §2 is listed, but not there"]);
}
