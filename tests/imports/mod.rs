//! The imports between the files of the crate, read from the source.
//!
//! An import is every path through a module of the crate: in a `use`, an expression, a
//! type or a macro. Code for tests does not count, and neither does the `mod` of a child.

mod paths;
pub(crate) mod public;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The files of a crate and the imports between them. Files are named as in `src/`:
/// `msn/common/guid.rs`.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    /// Every file.
    pub(crate) files: BTreeSet<String>,
    /// The importing and the imported file, and the line of one such import.
    pub(crate) arrows: BTreeMap<(String, String), usize>,
}

impl Imports {
    /// Reads the sources of a crate. `sources` has the file name and the text of each.
    ///
    /// # Panics
    /// If a text is not Rust.
    pub(crate) fn of(sources: &BTreeMap<String, String>) -> Self {
        let modules: BTreeMap<Vec<String>, String> = sources
            .keys()
            .map(|file| (module_of(file), file.clone()))
            .collect();
        let mut imports = Self::default();
        for (file, text) in sources {
            let parsed = syn::parse_file(text).unwrap_or_else(|fault| panic!("{file}: {fault}"));
            imports.files.insert(file.clone());
            for (path, line) in paths::of(&parsed, &module_of(file), &modules) {
                let target = &modules[&path];
                if target != file {
                    imports
                        .arrows
                        .entry((file.clone(), target.clone()))
                        .or_insert(line);
                }
            }
        }
        imports
    }

    /// The files that `file` imports.
    pub(crate) fn from<'a>(&'a self, file: &'a str) -> impl Iterator<Item = &'a str> {
        self.arrows
            .keys()
            .filter(move |(from, _)| from == file)
            .map(|(_, to)| to.as_str())
    }

    /// The files that import each other, one list for each cycle.
    pub(crate) fn cycles(&self) -> Vec<Vec<String>> {
        let reached: BTreeMap<&str, BTreeSet<&str>> = self
            .files
            .iter()
            .map(|file| (file.as_str(), self.reached(file)))
            .collect();
        let mut cycles = BTreeSet::new();
        for (file, to) in &reached {
            let cycle: Vec<String> = to
                .iter()
                .filter(|other| reached[*other].contains(file))
                .map(|other| (*other).to_owned())
                .collect();
            if !cycle.is_empty() {
                cycles.insert(cycle);
            }
        }
        cycles.into_iter().collect()
    }

    fn reached<'a>(&'a self, file: &'a str) -> BTreeSet<&'a str> {
        let mut reached = BTreeSet::new();
        let mut open = vec![file];
        while let Some(next) = open.pop() {
            for to in self.from(next) {
                if reached.insert(to) {
                    open.push(to);
                }
            }
        }
        reached
    }
}

/// `msn/common/guid.rs` is `msn::common::guid`.
fn module_of(file: &str) -> Vec<String> {
    let path = file.strip_suffix(".rs").unwrap_or(file);
    let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
    if matches!(parts.last().map(String::as_str), Some("mod")) || path == "lib" {
        parts.pop();
    }
    parts
}

/// Every Rust file below `root`, and its text.
pub(crate) fn all_sources(root: &Path) -> BTreeMap<String, String> {
    let mut sources = BTreeMap::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let file = path.strip_prefix(root).expect("below the root");
                let file = file.to_string_lossy().replace('\\', "/");
                sources.insert(file, std::fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    sources
}

/// Every Rust file below `root` that is not only for tests.
pub(crate) fn sources(root: &Path) -> BTreeMap<String, String> {
    let is_for_tests = |file: &str| {
        let mut names = file.trim_end_matches(".rs").split('/');
        names.any(|name| name == "tests")
    };
    let mut sources = all_sources(root);
    sources.retain(|file, _| !is_for_tests(file));
    sources
}
