//! The plugin is loaded, prints nothing, and registers its tables.

use std::collections::HashMap;
use std::path::Path;

use imshark::field::{Base, Protocol, Type};

use crate::harness::{run, sample, wireshark, Wireshark};
use crate::helper::Helper;

fn text(text: &core::ffi::CStr) -> &str {
    text.to_str().expect("a table text in UTF-8")
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn is_loaded_and_prints_nothing() {
    let wireshark = wireshark();
    // `tshark` asserts an empty standard error.
    let plugins = wireshark.tshark(&["-G", "plugins"]);
    let ours = plugins.lines().find(|line| line.contains("imshark"));
    assert!(
        ours.is_some_and(|line| line.contains("dissector")),
        "{plugins}"
    );
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn exports_only_what_wireshark_looks_for() {
    let wireshark = wireshark();
    let library = std::fs::read_dir(wireshark.plugins())
        .expect("the plugin folder")
        .map(|entry| entry.expect("an entry").path().join("epan/imshark.so"))
        .find(|path| path.exists())
        .expect("the plugin");
    let output = std::process::Command::new("nm")
        .args(["-D", "--defined-only"])
        .arg(library)
        .output()
        .expect("nm runs");
    let symbols = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut names: Vec<_> = symbols
        .lines()
        .filter_map(|line| line.split_whitespace().nth(2))
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "plugin_describe",
            "plugin_register",
            "plugin_version",
            "plugin_want_major",
            "plugin_want_minor"
        ]
    );
}

/// The first line of `tshark -G plugins` about a plugin; all that it calls must be there.
fn loaded_at_once(wireshark: &Wireshark, plugins: &Path, name: &str) -> Option<String> {
    let mut command = wireshark.command("tshark");
    command.env("WIRESHARK_PLUGIN_DIR", plugins);
    // Otherwise a symbol that is missing ends Wireshark when it is called.
    command.env("LD_BIND_NOW", "1");
    let run = run(command.args(["-G", "plugins"]));
    let mut lines = run.stdout.lines();
    let line = lines.find(|line| line.starts_with(name));
    line.map(str::to_owned)
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn this_wireshark_exports_all_that_is_called() {
    let wireshark = wireshark();
    let ours = loaded_at_once(wireshark, wireshark.plugins(), wireshark.plugin_file());
    assert!(ours.is_some());
    // One that calls what nobody exports is not loaded.
    let missing = Helper::build(wireshark, "missing");
    assert_eq!(loaded_at_once(wireshark, &missing.alone, "missing"), None);
    assert!(loaded_at_once(wireshark, &missing.with, wireshark.plugin_file()).is_some());
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn every_field_is_registered_as_its_table_says() {
    let wireshark = wireshark();
    let fields = wireshark.tshark(&["-G", "fields"]);
    let mut rows: HashMap<&str, Vec<&str>> = HashMap::new();
    for line in fields.lines().filter(|line| line.starts_with("F\t")) {
        let row: Vec<_> = line.split('\t').collect();
        rows.entry(row[2]).or_insert(row);
    }
    for protocol in imshark::protocols::PROTOCOLS {
        for spec in protocol.fields {
            let row = rows
                .get(text(spec.filter))
                .unwrap_or_else(|| panic!("{:?} is not registered", spec.filter));
            assert_eq!(row[3], wireshark_type(spec.kind), "{:?}", spec.filter);
            assert_eq!(row[4], text(protocol.filter), "{:?}", spec.filter);
            if !is_builtin(protocol, spec.filter) {
                assert_eq!(row[1], text(spec.title));
                assert_eq!(row[7], text(spec.blurb));
                if spec.base == Base::Hex {
                    assert_eq!(row[5], "BASE_HEX", "{:?}", spec.filter);
                }
            }
        }
        for expert in protocol.experts {
            let filter = format!("\t{}\t", text(expert.filter));
            assert!(fields.contains(&filter), "{:?} is missing", expert.filter);
        }
    }
}

fn wireshark_type(kind: Type) -> &'static str {
    match kind {
        Type::None => "FT_NONE",
        Type::U8 => "FT_UINT8",
        Type::U16 => "FT_UINT16",
        Type::I16 => "FT_INT16",
        Type::U32 => "FT_UINT32",
        Type::U64 => "FT_UINT64",
        Type::Bool => "FT_BOOLEAN",
        Type::Ipv4 => "FT_IPv4",
        Type::Ipv6 => "FT_IPv6",
        Type::Frame | Type::RequestFrame | Type::ResponseFrame => "FT_FRAMENUM",
        Type::Duration => "FT_RELATIVE_TIME",
        Type::Moment => "FT_ABSOLUTE_TIME",
        Type::Text => "FT_STRING",
        Type::Bytes => "FT_BYTES",
    }
}

/// The six fields that Wireshark's built-in dissector registers.
fn is_builtin(protocol: &Protocol, filter: &core::ffi::CStr) -> bool {
    let own = ["flag", "version", "command", "seq", "qqid", "data"];
    protocol.filter == c"oicq" && own.iter().any(|f| text(filter) == format!("oicq.{f}"))
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn named_values_reach_wireshark() {
    let wireshark = wireshark();
    let values = wireshark.tshark(&["-G", "values"]);
    for line in [
        "V\tmsnms.error.code\t911\t",
        "V\toicq.direction\t1\tClient to server",
        "V\toicq.block.type\t2\t",
    ] {
        let line = line.to_owned();
        let hex = line
            .replace("\t2\t", "\t0x2\t")
            .replace("\t911\t", "\t0x38f\t");
        assert!(
            values.contains(&line) || values.contains(&hex),
            "{line} is missing"
        );
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn heuristics_are_registered_and_enabled() {
    let wireshark = wireshark();
    let heuristics = wireshark.tshark(&["-G", "heuristic-decodes"]);
    for (list, protocol, name) in [
        ("tcp", "msnms", "msnms_tcp"),
        ("udp", "oicq", "oicq_udp"),
        ("tcp", "oicq", "oicq_tcp"),
    ] {
        let row = heuristics
            .lines()
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .find(|row| row[0] == list && row[1] == protocol && row.contains(&"T"));
        assert!(row.is_some(), "{name}: {heuristics}");
    }
}

/// A copy under another name, for instance of a manual build.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_second_copy_does_no_harm() {
    let wireshark = wireshark();
    let folder = wireshark.file("two-copies");
    let minor = std::fs::read_dir(wireshark.plugins())
        .expect("the plugin folder")
        .map(|entry| entry.expect("an entry"))
        .find(|entry| {
            let epan = entry.path().join("epan");
            epan.join(wireshark.plugin_file()).exists()
        })
        .expect("the plugin");
    let epan = folder.join(minor.file_name()).join("epan");
    std::fs::create_dir_all(&epan).expect("a plugin folder");
    let name = wireshark.plugin_file();
    for copy in [name.to_owned(), format!("lib{name}")] {
        let original = minor.path().join("epan").join(name);
        std::fs::copy(original, epan.join(copy)).expect("a copy");
    }
    let output = wireshark
        .command("tshark")
        .env("WIRESHARK_PLUGIN_DIR", &folder)
        .args([
            "-r",
            &sample("msn.pcap").to_string_lossy(),
            "-Y",
            "msnms.cmd == \"USR\"",
        ])
        .output()
        .expect("tshark runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.len() > 100);
}
