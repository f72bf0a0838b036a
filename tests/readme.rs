//! The READMEs say what is so: their tables are made from the code, and what they name exists.
//!
//! `IMSHARK_BLESS=1 cargo test --no-default-features --test readme` writes the tables anew.
//! With `-- --ignored` it writes what tshark prints; `IMSHARK_PLUGIN_DIR` is the plugin's.

use std::collections::BTreeSet;
use std::ffi::CStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use imshark::entries::ENTRIES;
use imshark::field::{Base, Severity, Spec, Type};
use imshark::oicq::wire::commands::table::COMMANDS;
use imshark::oicq::wire::era::Era;
use imshark::protocols::PROTOCOLS;

const ENGLISH: &str = "README.md";
const CHINESE: &str = "README.zh-CN.md";
const DOCUMENTS: [&str; 3] = [ENGLISH, CHINESE, "wireshark-headers/README.md"];
const BEGIN: &str = "<!-- Fields: made by tests/readme.rs from the code -->\n";
const END: &str = "<!-- End of fields -->\n";
/// Longer lists of named values are only counted.
const VALUES_SHOWN: usize = 4;

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

/// Writes a README anew. Two tests do so, perhaps at the same time.
fn rewrite(file: &str, change: impl FnOnce(&str) -> String) {
    static WRITING: Mutex<()> = Mutex::new(());
    let _guard = WRITING.lock().expect("no other test failed here");
    let document = change(&read(file));
    std::fs::write(root().join(file), document).expect("the README can be written");
}

fn text(text: &'static CStr) -> &'static str {
    text.to_str().expect("the tables are UTF-8")
}

// ---- the tables ----

fn kind(spec: &Spec) -> &'static str {
    match spec.kind {
        Type::None => "heading",
        Type::U8 => "number, 1 byte",
        Type::U16 => "number, 2 bytes",
        Type::I16 => "signed number, 2 bytes",
        Type::U32 => "number, 4 bytes",
        Type::U64 => "number, 8 bytes",
        Type::Bool => "true or false",
        Type::Ipv4 => "IPv4 address",
        Type::Ipv6 => "IPv6 address",
        Type::Frame | Type::RequestFrame | Type::ResponseFrame => "frame number",
        Type::Duration => "duration",
        Type::Moment => "time",
        Type::Text => "text",
        Type::Bytes => "bytes",
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Chat => "chat",
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn meaning(spec: &Spec) -> String {
    let mut meaning = text(spec.blurb).to_owned();
    let Some(codes) = spec.values else {
        return meaning;
    };
    let rows = codes.rows();
    if rows.len() > VALUES_SHOWN {
        let _ = write!(meaning, " ({} values have names)", rows.len());
        return meaning;
    }
    let rows = rows.iter().map(|(value, name)| {
        let name = text(name);
        match (spec.base, spec.kind) {
            (Base::Dec, _) => format!("{value} {name}"),
            (_, Type::U8) => format!("{value:#04x} {name}"),
            (_, Type::U16) => format!("{value:#06x} {name}"),
            _ => format!("{value:#010x} {name}"),
        }
    });
    let _ = write!(meaning, " ({})", rows.collect::<Vec<_>>().join("; "));
    meaning
}

fn tables() -> String {
    let mut out = String::new();
    for protocol in PROTOCOLS {
        let name = text(protocol.filter);
        let _ = write!(out, "\n### `{name}`\n\n");
        out.push_str("| filter | title | type | meaning |\n|---|---|---|---|\n");
        for spec in protocol.fields {
            let cells = [text(spec.title), kind(spec), &meaning(spec)].map(cell);
            let _ = writeln!(out, "| `{}` | {} |", text(spec.filter), cells.join(" | "));
        }
        let _ = write!(out, "\nExpert notes of `{name}`:\n\n");
        out.push_str("| filter | severity | text |\n|---|---|---|\n");
        for expert in protocol.experts {
            let cells = [severity(expert.severity), text(expert.summary)].map(cell);
            let _ = writeln!(out, "| `{}` | {} |", text(expert.filter), cells.join(" | "));
        }
    }
    out.push('\n');
    out
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

#[test]
fn the_field_tables_are_those_of_the_code() {
    let readme = read(ENGLISH);
    let (_, rest) = readme.split_once(BEGIN).expect("the first marker is there");
    let (shown, _) = rest.split_once(END).expect("the second marker is there");
    let tables = tables();
    if shown == tables {
        return;
    }
    if blessing() {
        let old = [BEGIN, shown, END].concat();
        let new = [BEGIN, &tables, END].concat();
        rewrite(ENGLISH, |readme| readme.replace(&old, &new));
        return;
    }
    let changed: Vec<_> = tables.lines().filter(|row| !shown.contains(row)).collect();
    let gone: Vec<_> = shown.lines().filter(|row| !tables.contains(row)).collect();
    panic!(
        "{ENGLISH} does not show the fields of the code.\nin the code only:\n{}\n\
         in the README only:\n{}\nIMSHARK_BLESS=1 writes the table anew",
        changed.join("\n"),
        gone.join("\n")
    );
}

// ---- names of fields and preferences ----

/// One name such as `msnms.cmd`, and how it is used.
#[derive(Debug, PartialEq, Eq)]
struct Name<'a> {
    line: usize,
    name: &'a str,
    /// In a block of commands or filters to copy.
    fenced: bool,
    /// A colon follows: `-o msnms.tcp.port:1863`.
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
                // The end of a sentence: "the protocol oicq."
                if name.contains('.') {
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

/// Whether a protocol has this preference, or its port brings it along.
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
    for file in DOCUMENTS {
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
fn names_are_found_where_they_stand() {
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

/// What stands in `](...)`.
fn links(document: &str) -> Vec<&str> {
    let parts = document.split("](").skip(1);
    parts.filter_map(|rest| rest.split(')').next()).collect()
}

/// Words that name a file or folder of this repository.
fn paths(document: &str) -> Vec<&str> {
    let ends = |c: char| c.is_whitespace() || "`'\"()[]|<>,;:，。；：、（）“”".contains(c);
    let words = document.split(ends).map(|word| word.trim_end_matches('.'));
    words.filter(|word| is_path(word)).collect()
}

fn is_path(word: &str) -> bool {
    let folders = [
        "./",
        "src/",
        "tests/",
        "plugin-install/",
        "wireshark-headers/",
        ".ci/",
    ];
    let files = [".rs", ".toml", ".sh", ".c", ".h", ".md", ".pcap", ".pcapng"];
    let is_file = files
        .iter()
        .any(|end| word.len() > end.len() && word.ends_with(end));
    folders.iter().any(|folder| word.starts_with(folder))
        || (is_file && !word.contains(['*', '$']) && !word.starts_with(['/', '~']))
}

/// The anchor that GitHub gives a heading.
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

fn exists(from: &Path, target: &str) -> bool {
    let base = from.parent().unwrap_or(from);
    let near = base.join(target);
    near.exists() || (!target.starts_with("./") && root().join(target).exists())
}

#[test]
fn every_link_and_file_exists() {
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
            if !exists(&from, path) {
                wrong.push(format!("{file}: {path}"));
            }
        }
    }
    assert!(wrong.is_empty(), "not there:\n{}", wrong.join("\n"));
}

#[test]
fn paths_are_told_from_other_words() {
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

// ---- commands ----

/// The Chinese README names some commands.
#[test]
fn the_commands_are_those_of_the_table() {
    let readme = read(CHINESE);
    let rows = readme.lines().filter(|line| line.starts_with("| 0x"));
    let mut count = 0;
    for line in rows {
        let known = COMMANDS.iter().any(|row| {
            let era = match row.era {
                Era::All => "全部",
                Era::Until2008 => "2008 及以前",
                Era::From2009 => "2009 起",
                Era::From2009To2012 => "2009 到 2012",
                Era::From2013 => "2013 起",
            };
            row.names.is_some_and(|names| {
                let (name, chinese) = (names.english, names.chinese);
                line == format!("| {:#06x} | {era} | {name} | {chinese} |", row.code)
            })
        });
        assert!(known, "no such command: {line}");
        count += 1;
    }
    assert!(count > 10, "the table has only {count} rows");
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

/// The table of packages is the installer's.
#[test]
fn the_packages_are_those_of_the_installer() {
    let script = r#"
        set -eu
        root=. && . plugin-install/lib.sh
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
    let readme = read(ENGLISH);
    let mut count = 0;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let (manager, packages) = line.split_once(' ').unwrap_or((line, ""));
        let row = readme
            .lines()
            .find(|row| row.contains(&format!("`{manager}`")))
            .unwrap_or_else(|| panic!("{ENGLISH} has no row for {manager}"));
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

// ---- what tshark prints: these tests need one with the plugin ----

/// Runs a line of shell whose tshark is the one that tests/run.sh names.
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

/// The document with `run`'s answer under each `$ ` line of its console blocks.
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
    for file in [ENGLISH, CHINESE] {
        let document = read(file);
        let real = with_output(&document, shell);
        if real != document && blessing() {
            rewrite(file, |document| with_output(document, shell));
            continue;
        }
        let lines = document.lines().zip(real.lines()).enumerate();
        for (index, (shown, real)) in lines {
            assert_eq!(shown, real, "{file}:{}", index + 1);
        }
        assert_eq!(document.lines().count(), real.lines().count(), "{file}");
    }
}

/// The last cells of the tables of filters.
fn copied_filters(document: &str) -> impl Iterator<Item = &str> {
    let cells = document.lines().filter_map(|row| {
        let row = row.strip_prefix("| ")?.strip_suffix("` |")?;
        Some(row.rsplit_once(" | `")?.1)
    });
    cells.filter(|cell| cell.starts_with("msnms") || cell.starts_with("oicq"))
}

#[test]
#[ignore = "needs tshark with the plugin"]
fn every_filter_to_copy_finds_something() {
    let mut filters = BTreeSet::new();
    for file in [ENGLISH, CHINESE] {
        let document = read(file);
        filters.extend(copied_filters(&document).map(str::to_owned));
    }
    assert!(filters.len() > 20, "only {} filters", filters.len());
    for filter in filters {
        let samples = if filter.starts_with("msnms") {
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
