//! The documents agree with the code: tables are generated from it, and all names in them
//! exist.
//!
//! `IMSHARK_BLESS=1 cargo test --no-default-features --test readme` regenerates the pages
//! made from the code. With `-- --ignored` it also updates the output of tshark;
//! `IMSHARK_PLUGIN_DIR` is the folder of the plugin.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use imshark::entries::ENTRIES;
use imshark::protocols::PROTOCOLS;
use imshark::report::REPORTS;

use test_support::pages::text;
use test_support::{database, elastic, pages};

const ENGLISH: &str = "README.md";
const CHINESE: &str = "README.zh-CN.md";
/// Instructions for building and testing.
const BUILDING: &str = "docs/building.md";
/// What each of the sample captures shows.
const SAMPLES: &str = "docs/captures.md";
/// Maximum size of the READMEs in bytes: anything longer has a page in `docs/`.
const MAX_README: usize = 12 * 1024;
/// All documents for readers.
const DOCUMENTS: [&str; 30] = [
    ENGLISH,
    CHINESE,
    "BENCHMARKS.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SAFETY.md",
    "docs/ARCHITECTURE.md",
    "docs/adding-a-command.md",
    "docs/batch.md",
    BUILDING,
    SAMPLES,
    "docs/commands.md",
    "docs/debugging-a-server.md",
    "docs/decoded.md",
    "docs/decrypting-qq.md",
    "docs/fields.md",
    "docs/filters.md",
    "docs/fuzzing.md",
    "docs/other-tools.md",
    "docs/preferences.md",
    "docs/profile.md",
    "docs/protocol/msnp.md",
    "docs/protocol/oicq.md",
    "docs/reading-old-conversations.md",
    "docs/reports.md",
    "docs/wiki/msnms.md",
    "docs/wiki/oicq.md",
    "docs/writing-a-dissector.md",
    "docs/zh/lab-qq.md",
    "wireshark-headers/README.md",
];
/// Has names of fields of former releases.
const HISTORY: &str = "CHANGELOG.md";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    let path = root().join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn blessing() -> bool {
    std::env::var_os("IMSHARK_BLESS").is_some_and(|value| value == "1")
}

fn write(file: &str, document: &str) {
    std::fs::write(root().join(file), document).expect("the document can be written");
}

// ---- pages generated from the code ----

fn assert_generated(file: &str, made: &str) {
    if blessing() {
        write(file, made);
        return;
    }
    let shown = read(file);
    if shown == made {
        return;
    }
    let changed: Vec<_> = made.lines().filter(|row| !shown.contains(row)).collect();
    let gone: Vec<_> = shown.lines().filter(|row| !made.contains(row)).collect();
    panic!(
        "{file} is not what the code makes.\nin the code only:\n{}\n\
         in the page only:\n{}\nIMSHARK_BLESS=1 writes the page anew",
        changed.join("\n"),
        gone.join("\n")
    );
}

#[test]
fn the_fields_are_those_of_the_code() {
    assert_generated("docs/fields.md", &pages::fields());
}

#[test]
fn the_database_has_the_fields_and_reports_of_the_code() {
    assert_generated("batch/imshark.sql", &database::sql());
}

#[test]
fn the_index_template_has_the_fields_of_the_code() {
    assert_generated("batch/imshark-template.json", &elastic::template());
}

#[test]
fn the_commands_are_those_of_the_code() {
    assert_generated("docs/commands.md", &pages::commands());
}

#[test]
fn the_manual_page_has_all_reports_and_preferences() {
    let page = read("docs/imshark.7");
    let words: BTreeSet<&str> = page.split_whitespace().collect();
    for spec in REPORTS {
        assert!(words.contains(text(spec.name)), "{:?}", spec.name);
    }
    for entry in &ENTRIES {
        for name in entry.preferences() {
            let name = format!("{}.{}", text(entry.protocol.filter), text(name));
            assert!(words.contains(&*name), "{name}");
        }
    }
}

#[test]
fn the_readmes_are_short() {
    for file in [ENGLISH, CHINESE] {
        let length = read(file).len();
        assert!(length <= MAX_README, "{file} has {length} bytes");
    }
}

// ---- names of fields and preferences ----

/// One name such as `msnms.cmd`, and how it is used.
#[derive(Debug, PartialEq, Eq)]
struct Name<'a> {
    line: usize,
    name: &'a str,
    /// Within a block of commands or filters to copy.
    fenced: bool,
    /// Followed by a colon: `-o msnms.tcp.port:1863`.
    set: bool,
}

fn names(document: &str) -> Vec<Name<'_>> {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.".contains(c);
    let mut found = Vec::new();
    let mut fenced = false;
    for (index, line) in document.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        for prefix in ["msnms.", "oicq."] {
            for (at, _) in line.match_indices(prefix) {
                if line[..at].ends_with(is_part) {
                    continue;
                }
                let rest = &line[at..];
                let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                let name = rest[..end].trim_end_matches('.');
                // Not the end of a sentence ("the protocol oicq."), nor a file ("oicq.md").
                if name.contains('.') && !name.ends_with(".md") {
                    found.push(Name {
                        line: index + 1,
                        name,
                        fenced,
                        set: rest[end..].starts_with(':'),
                    });
                }
            }
        }
    }
    found
}

fn filters() -> BTreeSet<&'static str> {
    let rows = PROTOCOLS.iter().flat_map(|protocol| {
        let fields = protocol.fields.iter().map(|spec| text(spec.filter));
        fields.chain(protocol.experts.iter().map(|expert| text(expert.filter)))
    });
    rows.collect()
}

/// Whether a protocol has this preference, or gets it with its port.
fn is_preference(name: &str) -> bool {
    let (protocol, preference) = name.split_once('.').expect("names have a dot");
    let entry = ENTRIES
        .iter()
        .find(|entry| text(entry.protocol.filter) == protocol);
    entry.is_some_and(|entry| entry.preferences().any(|name| text(name) == preference))
}

#[test]
fn every_filter_and_preference_exists() {
    let filters = filters();
    let mut wrong = Vec::new();
    for file in DOCUMENTS.into_iter().filter(|file| *file != HISTORY) {
        let document = read(file);
        for name in names(&document) {
            let good = match (name.fenced, name.set) {
                (true, false) => filters.contains(name.name),
                (true, true) => is_preference(name.name),
                (false, _) => filters.contains(name.name) || is_preference(name.name),
            };
            if !good {
                wrong.push(format!("{file}:{}: {}", name.line, name.name));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "no such field or preference:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn names_are_located() {
    let document =
        "see `msnms.cmd`, oicq.\n```sh\n-o oicq.share_ports:FALSE -Y msnms.cmd==\"A\"\n```\n";
    let found: Vec<_> = names(document)
        .into_iter()
        .map(|name| (name.line, name.name, name.fenced, name.set))
        .collect();
    assert_eq!(
        found,
        [
            (1, "msnms.cmd", false, false),
            (3, "msnms.cmd", true, false),
            (3, "oicq.share_ports", true, true),
        ]
    );
    assert!(is_preference("oicq.share_ports"));
    assert!(!is_preference("oicq.share_port"));
}

// ---- links and files ----

/// The targets of links, in `](...)`.
fn links(document: &str) -> Vec<&str> {
    let parts = document.split("](").skip(1);
    parts.filter_map(|rest| rest.split(')').next()).collect()
}

/// Words that are a file or folder of this repository.
fn paths(document: &str) -> Vec<&str> {
    let ends = |c: char| c.is_whitespace() || "`'\"()[]|<>,;:#，。；：、（）“”".contains(c);
    let words = document.split(ends).map(|word| word.trim_end_matches('.'));
    words.filter(|word| is_path(word)).collect()
}

fn is_path(word: &str) -> bool {
    let folders = [
        "./",
        "src/",
        "tests/",
        "docs/",
        "plugin-install/",
        "wireshark-headers/",
        ".ci/",
    ];
    let files = [".rs", ".toml", ".sh", ".c", ".h", ".md", ".pcap", ".pcapng"];
    let is_file = files
        .iter()
        .any(|end| word.len() > end.len() && word.ends_with(end));
    // Not a pattern, nor a file of the example protocol.
    let is_example = word.contains(['*', '$']) || word.starts_with("src/exmp/");
    !is_example
        && (folders.iter().any(|folder| word.starts_with(folder))
            || (is_file && !word.starts_with(['/', '~'])))
}

/// The anchors that GitHub gives the headings.
fn anchors(document: &str) -> BTreeSet<String> {
    let mut fenced = false;
    let mut found = BTreeSet::new();
    for line in document.lines() {
        fenced ^= line.trim_start().starts_with("```");
        let title = line.trim_start_matches('#');
        if fenced || title == line || !title.starts_with(' ') {
            continue;
        }
        let kept = title.trim().to_lowercase();
        let kept = kept
            .chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        found.insert(kept.map(|c| if c == ' ' { '-' } else { c }).collect());
    }
    found
}

/// The names of all files below a folder.
fn file_names(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("its entries too").path();
        if path.is_dir() && !path.ends_with("target") && !path.ends_with(".git") {
            file_names(&path, names);
        } else if let Some(name) = path.file_name() {
            names.insert(name.to_string_lossy().into_owned());
        }
    }
}

/// Whether a file exists: beside the document, below the root, or, if named without its
/// folder, anywhere.
fn exists(from: &Path, target: &str, names: &BTreeSet<String>) -> bool {
    let beside = from.parent().unwrap_or(from).join(target);
    beside.exists() || root().join(target).exists() || names.contains(target)
}

#[test]
fn every_link_and_file_exists() {
    let mut names = BTreeSet::new();
    file_names(root(), &mut names);
    let mut wrong = Vec::new();
    for file in DOCUMENTS {
        let document = read(file);
        let from: PathBuf = root().join(file);
        for link in links(&document) {
            if link.starts_with("https://") {
                continue;
            }
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let there = target.is_empty() || from.with_file_name(target).exists();
            let page = match target {
                "" => document.clone(),
                _ if there && target.ends_with(".md") => {
                    std::fs::read_to_string(from.with_file_name(target)).unwrap_or_default()
                }
                _ => String::new(),
            };
            if !there || !(anchor.is_empty() || anchors(&page).contains(anchor)) {
                wrong.push(format!("{file}: link to {link}"));
            }
        }
        for path in paths(&document) {
            if !exists(&from, path, &names) {
                wrong.push(format!("{file}: {path}"));
            }
        }
    }
    assert!(wrong.is_empty(), "missing:\n{}", wrong.join("\n"));
}

/// Words that are the name of a test: `a_panic_is_a_bug_of_that_packet_alone`.
fn test_names(document: &str) -> impl Iterator<Item = &str> {
    let words = document.split('`').skip(1).step_by(2);
    words.filter(|word| {
        let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
        // Not a type or a function of the shim.
        let is_other = word.ends_with("_t") || word.starts_with("imshark_");
        word.chars().all(is_name) && word.matches('_').count() >= 3 && !is_other
    })
}

/// The text of all tests and sources.
fn code(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("its entries too").path();
        if path.is_dir() {
            code(&path, text);
        } else if path.extension().is_some_and(|end| end == "rs") {
            text.push_str(&std::fs::read_to_string(&path).expect("the file can be read"));
        }
    }
}

#[test]
fn every_test_that_holds_an_invariant_exists() {
    let mut text = String::new();
    for folder in ["src", "tests"] {
        code(&root().join(folder), &mut text);
    }
    let document = read("SAFETY.md");
    let names: Vec<_> = test_names(&document).collect();
    assert!(names.len() > 5, "only {names:?}");
    for name in names {
        assert!(text.contains(&format!("fn {name}(")), "no test {name}");
    }
}

#[test]
fn paths_are_distinguished_from_other_words() {
    let document =
        "run `./plugin-install/install.sh --dest DIR`, see (src/lib.rs). Not ~/a/imshark.so, 3.4.10, *.pcap or /x/y.c";
    assert_eq!(
        paths(document),
        ["./plugin-install/install.sh", "src/lib.rs"]
    );
    assert_eq!(
        links("[a](b.md#c) and [d](https://e)"),
        ["b.md#c", "https://e"]
    );
    assert!(anchors("## Is it loaded?\n```\n# no\n```\n").contains("is-it-loaded"));
    assert_eq!(anchors("```\n# no\n```\n").len(), 0);
}

/// The rows of the list of captures: the file, and a filter for what it is about.
fn captures(document: &str) -> Vec<(&str, &str)> {
    let rows = document.lines().filter_map(|row| {
        let (file, rest) = row.strip_prefix("| `")?.split_once("` |")?;
        let (_, filter) = rest.strip_suffix("` |")?.rsplit_once(" | `")?;
        file.ends_with(".pcap").then_some((file, filter))
    });
    rows.collect()
}

#[test]
fn every_capture_is_described() {
    let document = read(SAMPLES);
    let described: Vec<_> = captures(&document)
        .iter()
        .map(|row| row.0.to_owned())
        .collect();
    let folder = std::fs::read_dir(root().join("tests/captures")).expect("the folder of captures");
    let mut there: Vec<_> = folder
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    there.sort();
    let mut sorted = described.clone();
    sorted.sort();
    assert_eq!(sorted, there);
}

// ---- versions and packages ----

#[test]
fn the_minimum_rust_is_that_of_the_manifest() {
    let manifest = read("Cargo.toml");
    let line = manifest
        .lines()
        .find_map(|line| line.strip_prefix("rust-version = "));
    let version = line
        .expect("Cargo.toml has a rust-version")
        .trim_matches('"');
    for file in [ENGLISH, CHINESE] {
        assert!(
            read(file).contains(&format!("Rust {version}")),
            "{file} does not say Rust {version}"
        );
    }
}

/// The table of packages agrees with the installer.
#[test]
fn the_packages_are_those_of_the_installer() {
    let script = r#"
        set -eu
        here=plugin-install && . plugin-install/lib.sh
        for manager in apt-get dnf pacman apk brew; do
            for need in tshark headers glib libclang pkgconfig compiler; do
                echo "$manager" $(packages_of "$need")
            done
        done"#;
    let output = Command::new("sh")
        .args(["-c", script])
        .current_dir(root())
        .output()
        .expect("sh runs");
    assert!(output.status.success(), "{output:?}");
    let page = read(BUILDING);
    let mut count = 0;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let (manager, packages) = line.split_once(' ').unwrap_or((line, ""));
        let row = page
            .lines()
            .find(|row| row.contains(&format!("`{manager}`")))
            .unwrap_or_else(|| panic!("{BUILDING} has no row for {manager}"));
        let shown: Vec<_> = row.split([' ', '`', '|']).collect();
        for package in packages.split_whitespace() {
            assert!(
                shown.contains(&package),
                "{manager}: {package} is not in {row}"
            );
            count += 1;
        }
    }
    assert!(count > 30, "the installer names only {count} packages");
}

// ---- output of tshark: these tests need one with the plugin ----

/// Runs a shell command; its tshark is the one that tests/run.sh selects.
fn shell(line: &str) -> String {
    let plugins = std::env::var("IMSHARK_PLUGIN_DIR").expect("IMSHARK_PLUGIN_DIR is set");
    let version = std::env::var("IMSHARK_WIRESHARK").unwrap_or("installed".to_owned());
    let scratch = std::env::temp_dir();
    let function = format!(r#"tshark() {{ tests/in-root {version} tshark "$@"; }}"#);
    let output = Command::new("sh")
        .args(["-c", &format!("set -eu; {function}; {line}")])
        .current_dir(root())
        .envs([("HOME", &scratch), ("XDG_CONFIG_HOME", &scratch)])
        .env("WIRESHARK_PLUGIN_DIR", plugins)
        .env("LC_ALL", "C.UTF-8")
        .env_remove("WIRESHARK_CONFIG_DIR")
        .output()
        .expect("sh runs");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && error.is_empty(),
        "{line}\n{error}"
    );
    String::from_utf8(output.stdout).expect("tshark prints UTF-8")
}

/// The document with the output of `run` below each `$ ` line of its console blocks.
fn with_output(document: &str, run: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut console = false;
    for line in document.lines() {
        if line.starts_with("```") {
            console = line == "```console";
        } else if console && !line.starts_with("$ ") {
            continue;
        }
        out.push_str(line);
        out.push('\n');
        if let Some(command) = line.strip_prefix("$ ").filter(|_| console) {
            out.push_str(&run(command));
        }
    }
    out
}

#[test]
fn output_is_put_under_its_command() {
    let document = "$ a\n```console\n$ b\nold\n$ c\n```\n```sh\n$ d\n```\n";
    assert_eq!(
        with_output(document, |command| format!("new {command}\n")),
        "$ a\n```console\n$ b\nnew b\n$ c\nnew c\n```\n```sh\n$ d\n```\n"
    );
}

#[test]
#[ignore = "needs tshark with the plugin"]
fn the_output_is_that_of_tshark() {
    for file in DOCUMENTS {
        let document = read(file);
        let real = with_output(&document, shell);
        if real != document && blessing() {
            write(file, &real);
            continue;
        }
        let lines = document.lines().zip(real.lines()).enumerate();
        for (index, (shown, real)) in lines {
            assert_eq!(shown, real, "{file}:{}", index + 1);
        }
        assert_eq!(document.lines().count(), real.lines().count(), "{file}");
    }
}

/// The last cells of the filter tables.
fn copied_filters(document: &str) -> impl Iterator<Item = &str> {
    let cells = document.lines().filter_map(|row| {
        let row = row.strip_prefix("| ")?.strip_suffix("` |")?;
        Some(row.rsplit_once(" | `")?.1)
    });
    cells.filter(|cell| cell.starts_with("msn") || cell.starts_with("oicq"))
}

#[test]
#[ignore = "needs tshark with the plugin"]
fn every_filter_to_copy_finds_something() {
    let mut filters = BTreeSet::new();
    for file in DOCUMENTS {
        let document = read(file);
        filters.extend(copied_filters(&document).map(str::to_owned));
    }
    assert!(filters.len() > 20, "only {} filters", filters.len());
    for filter in filters {
        let samples = if filter.starts_with("msn") {
            "msn"
        } else {
            "qq"
        };
        let search = format!(
            "for file in tests/captures/{samples}*.pcap; do
                 found=$(tshark -2 -r \"$file\" -Y '{filter}')
                 if [ -n \"$found\" ]; then echo found; break; fi
             done"
        );
        assert!(!shell(&search).is_empty(), "no sample has {filter}");
    }
}

#[test]
#[ignore = "needs tshark with the plugin"]
fn every_capture_shows_what_it_is_said_to() {
    let document = read(SAMPLES);
    let rows = captures(&document);
    assert!(rows.len() > 30, "only {} captures", rows.len());
    for (file, filter) in rows {
        let found = shell(&format!(
            "tshark -2 -n -r tests/captures/{file} -Y '{filter}'"
        ));
        assert!(!found.is_empty(), "{file} has no {filter}");
    }
}
