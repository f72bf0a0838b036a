//! Every dependency has a reason in CONTRIBUTING.md and a licence that `deny.toml` allows.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

/// What cargo says of the packages of a manifest.
fn metadata(manifest: &str) -> Value {
    let mut cargo = Command::new(std::env::var_os("CARGO").expect("cargo runs this test"));
    cargo.args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--all-features",
    ]);
    cargo.args([
        "--filter-platform",
        "x86_64-unknown-linux-gnu",
        "--manifest-path",
        manifest,
    ]);
    let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let output = output.expect("cargo runs");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    serde_json::from_slice(&output.stdout).expect("JSON of cargo")
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().expect("packages").iter()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Names of what the packages of the project depend on.
fn direct(metadata: &Value) -> BTreeSet<&str> {
    let ours = packages(metadata).filter(|package| package["source"].is_null());
    let all = ours.flat_map(|package| package["dependencies"].as_array().expect("a list"));
    all.map(|dependency| text(&dependency["name"])).collect()
}

#[test]
fn every_dependency_has_a_reason() {
    let page = include_str!("../CONTRIBUTING.md");
    let (_, page) = page.split_once("## Dependencies").expect("the section");
    let (page, _) = page.split_once("\n## ").expect("the end of the section");
    let rows = page
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let rows = rows.filter(|(crates, _)| *crates != "crate");
    let mut explained = BTreeSet::new();
    for (crates, reason) in rows {
        assert!(reason.len() > 4, "{crates}");
        for name in crates.split(", ") {
            assert!(explained.insert(name), "{name} twice");
        }
    }
    let [main, fuzz] = ["Cargo.toml", "fuzz/Cargo.toml"].map(metadata);
    let mut used = direct(&main);
    used.extend(direct(&fuzz));
    assert!(used.len() > 20, "{used:?}");
    assert_eq!(explained, used);
}

/// The licences that the list `allow` of `deny.toml` has.
fn allowed() -> BTreeSet<&'static str> {
    let rules = include_str!("../deny.toml");
    let (_, list) = rules.split_once("allow = [").expect("a list");
    let (list, _) = list.split_once(']').expect("its end");
    let names = list.split(',').map(|name| name.trim().trim_matches('"'));
    names.filter(|name| !name.is_empty()).collect()
}

/// Whether a choice of licences, `A OR (B AND C)`, can be met.
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let expression = expression.trim();
    for (word, all) in [(" OR ", false), ("/", false), (" AND ", true)] {
        let parts = outer_parts(expression, word);
        if parts.len() > 1 {
            let mut met = parts.into_iter().map(|part| is_allowed(part, allowed));
            return if all {
                met.all(|met| met)
            } else {
                met.any(|met| met)
            };
        }
    }
    match expression
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        Some(inner) => is_allowed(inner, allowed),
        None => allowed.contains(expression),
    }
}

/// The parts between words that are in no parentheses.
fn outer_parts<'a>(expression: &'a str, word: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, byte) in expression.bytes().enumerate() {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        if depth == 0 && at >= start && expression[at..].starts_with(word) {
            parts.push(&expression[start..at]);
            start = at + word.len();
        }
    }
    parts.push(&expression[start..]);
    parts
}

#[test]
fn every_licence_is_allowed() {
    let allowed = allowed();
    assert!(!is_allowed("GPL-3.0-only", &allowed));
    assert!(!is_allowed("MIT AND OpenSSL", &allowed));
    assert!(!is_allowed("(MIT OR ISC) AND OpenSSL", &allowed));
    assert!(is_allowed("(OpenSSL OR MIT) AND Unicode-3.0", &allowed));
    assert!(is_allowed("MIT OR OpenSSL AND ISC", &allowed));
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        let metadata = metadata(manifest);
        let mut count = 0;
        for package in packages(&metadata) {
            let licence = text(&package["license"]);
            let name = text(&package["name"]);
            assert!(is_allowed(licence, &allowed), "{name}: {licence:?}");
            count += 1;
        }
        assert!(count > 40, "{count}");
    }
}
