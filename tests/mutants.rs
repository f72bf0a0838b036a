//! The patches of `tests/mutants.sh`: each applies to the tree, names what finds it, and each
//! invariant of the fuzz targets has one. That they are found, the script shows.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files below a folder whose names end so.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

/// A patch: its file, and what it says before the difference.
struct Patch {
    path: PathBuf,
    sentence: String,
    headers: Vec<(String, String)>,
}

impl Patch {
    fn read(path: PathBuf) -> Self {
        let whole = text(&path);
        let (head, _) = whole.split_once("\ndiff --git ").expect("a difference");
        let (sentence, headers) = head.split_once("\n\n").expect("a sentence and headers");
        let headers = headers.lines().filter(|line| !line.is_empty());
        let headers = headers.map(|line| {
            let (name, value) = line.split_once(": ").expect("a header");
            (name.to_owned(), value.to_owned())
        });
        Self {
            sentence: sentence.to_owned(),
            headers: headers.collect(),
            path,
        }
    }

    fn header(&self, wanted: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(name, _)| name == wanted)?;
        Some(value)
    }
}

fn patches() -> Vec<Patch> {
    let found: Vec<_> = files(&root().join("tests/mutants"), ".patch");
    assert!(found.len() >= 40, "{}", found.len());
    found.into_iter().map(Patch::read).collect()
}

#[test]
fn every_patch_applies() {
    for patch in patches() {
        let mut git = Command::new("git");
        git.current_dir(root())
            .args(["apply", "--check"])
            .arg(&patch.path);
        let output = match git.output() {
            Ok(output) => output,
            Err(error) => return println!("skipped: git does not run: {error}"),
        };
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {said}", patch.path.display());
    }
}

/// Whether `tests/wireshark` has a test of this path.
fn is_test_of_wireshark(path: &str) -> bool {
    let Some((module, name)) = path.rsplit_once("::") else {
        return false;
    };
    let text = text(format!("tests/wireshark/{}.rs", module.replace("::", "/")));
    let mut tests = text.split("#[test]\n#[ignore").skip(1);
    tests.any(|test| {
        let (_, test) = test.split_once("\nfn ").unwrap_or_default();
        test.starts_with(&format!("{name}()"))
    })
}

/// Whether a test has a name in which this filter of `cargo test` is.
fn is_test(arguments: &str) -> bool {
    let words: Vec<&str> = arguments.split_whitespace().collect();
    let (folder, filter) = match words[..] {
        ["--lib", filter] => ("src", filter),
        ["--test", name] => return root().join(format!("tests/{name}.rs")).exists(),
        ["--test", name, filter] => {
            return text(format!("tests/{name}.rs")).contains(&format!("fn {filter}"));
        }
        _ => return false,
    };
    // The path of a module, and then maybe the beginning of the name of a test.
    let is_of = |path: &Path| {
        let module = path.strip_prefix(root().join(folder)).expect("below");
        let module = module
            .with_extension("")
            .to_string_lossy()
            .replace('/', "::");
        let module = module.trim_end_matches("::mod").trim_end_matches("::tests");
        let text = text(path);
        let is_here = |name: &str| format!("{module}::tests::{name}").contains(filter);
        let mut tests = text.split("#[test]\n").skip(1);
        tests.any(|test| {
            let name = test.split_once("fn ").map_or("", |(_, name)| name);
            is_here(name.split('(').next().unwrap_or_default())
        })
    };
    files(&root().join(folder), ".rs")
        .iter()
        .any(|path| is_of(path))
}

#[test]
fn every_patch_says_what_finds_it() {
    for patch in patches() {
        let name = patch.path.display();
        let sentence = &patch.sentence;
        assert!(sentence.ends_with('.') && sentence.len() > 20, "{name}");
        for (header, _) in &patch.headers {
            let known = ["test", "fuzz", "wireshark", "says", "invariant"];
            assert!(known.contains(&header.as_str()), "{name}: {header}");
        }
        let finders = ["test", "fuzz", "wireshark"].map(|finder| patch.header(finder));
        match finders {
            [Some(test), None, None] => assert!(is_test(test), "{name}: {test}"),
            [None, None, Some(test)] => assert!(is_test_of_wireshark(test), "{name}: {test}"),
            [None, Some(targets), None] => {
                for target in targets.split_whitespace() {
                    let path = root().join(format!("fuzz/fuzz_targets/{target}.rs"));
                    assert!(path.exists(), "{name}: {target}");
                }
            }
            both => panic!("{name}: {both:?}"),
        }
    }
}

/// The names in `GUARDED`, and the functions that hold of every input.
fn invariants() -> BTreeSet<String> {
    let text = text("fuzz/src/invariants.rs");
    let (_, rows) = text.split_once("pub const GUARDED").expect("a table");
    let (rows, code) = rows.split_once("\n];").expect("its end");
    let rows = rows.split('"').skip(1).step_by(2);
    // The names are sentences, those of targets are words.
    let mut names: BTreeSet<_> = rows
        .filter(|name| name.contains(' '))
        .map(str::to_owned)
        .collect();
    let functions = code.split("\npub fn ").skip(1);
    for function in functions.filter(|function| {
        let body = function.split("\n}\n").next().unwrap_or_default();
        body.contains("assert")
    }) {
        let name = function.split(['(', '<']).next().unwrap_or_default();
        names.insert(name.to_owned());
    }
    names
}

#[test]
fn every_invariant_has_a_patch() {
    let names = invariants();
    assert!(names.len() > 24, "{names:?}");
    let patches = patches();
    let broken = patches.iter().filter_map(|patch| {
        let name = patch.header("invariant")?;
        assert!(patch.header("says").is_some(), "{}", patch.path.display());
        Some(name.to_owned())
    });
    let broken: BTreeSet<_> = broken.collect();
    assert_eq!(broken, names);
}
