//! Objects saved by `tshark --export-objects`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use imshark::report::EXPORTS;

use super::harness::{sample, samples, wireshark};
use super::keys;
use super::state::{answers, has_old_protocol, load, request};
use test_support::exports::{exports, Files};
use test_support::samples;
use test_support::samples::host::Host;
use test_support::samples::owners::is_of_others;

/// Names and contents.
pub(super) type Saved = BTreeMap<String, Vec<u8>>;

/// The files in a folder, which must have nothing else.
fn read(folder: &Path) -> Saved {
    let entries = std::fs::read_dir(folder).expect("the folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let files = paths.map(|path| {
        let name = path.file_name().expect("a name").to_string_lossy();
        (name.into_owned(), std::fs::read(&path).expect("a file"))
    });
    files.collect()
}

/// What tshark saves of all lists in one run.
pub(super) fn saved(path: &Path, options: &[String]) -> BTreeMap<&'static str, Saved> {
    let folders: Vec<(&str, PathBuf)> = EXPORTS
        .iter()
        .map(|spec| {
            let name = spec.protocol.filter.to_str().expect("a name in ASCII");
            (name, wireshark().file(name))
        })
        .collect();
    let mut arguments = vec!["-q".to_owned(), "-r".to_owned(), path.display().to_string()];
    arguments.extend(options.iter().cloned());
    for (name, folder) in &folders {
        let list = format!("{name},{}", folder.display());
        arguments.extend(["--export-objects".to_owned(), list]);
    }
    wireshark().tshark(&arguments);
    let folders = folders.into_iter();
    folders
        .map(|(name, folder)| (name, read(&folder)))
        .collect()
}

/// What is to be saved of all lists.
fn expected(lists: &[Files]) -> BTreeMap<&'static str, Saved> {
    let lists = lists.iter().map(|list| {
        let files = list.files.iter();
        let files = files.map(|file| (file.name.clone(), file.bytes.to_vec()));
        (list.name(), files.collect())
    });
    lists.collect()
}

#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn samples_are_exported_as_without_wireshark() {
    let mut count = 0;
    for path in samples() {
        let stem = path.file_stem().expect("a name").to_string_lossy();
        let capture = samples::sample(&stem);
        let host = Host::open(&capture, true);
        let expected = expected(&exports(&host, |frame| !is_of_others(&stem, frame)));
        count += expected.values().map(BTreeMap::len).sum::<usize>();
        let options = keys::options(wireshark(), &capture.secrets);
        assert_eq!(saved(&path, &options), expected, "{stem}");
        if expected.values().any(|files| !files.is_empty()) {
            let more = ["-2", "-V", "-Y", "frame.number < 20"].map(str::to_owned);
            let options = [&options[..], &more].concat();
            assert_eq!(
                saved(&path, &options),
                expected,
                "{stem}, two passes, a tree"
            );
        }
    }
    assert!(count > 20, "{count}");
}

/// Memory for files of MSN and QQ is one preference.
#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn without_memory_no_file_is_whole() {
    for name in ["msn-ftp.pcap", "msn-p2p.pcap", "qq-pieces.pcap"] {
        let options = ["-o", "msnms.object_memory:0"].map(str::to_owned);
        let lists = saved(&sample(name), &options).into_values();
        let files = lists.flatten().collect::<Saved>();
        let is_part = |name: &str| name.contains("(incomplete)");
        assert!(files.keys().any(|name| is_part(name)), "{name}");
        let mut kept = files.iter().filter(|(_, bytes)| !bytes.is_empty());
        assert_eq!(kept.next(), None, "{name}");
    }
}

/// A list that is filled twice, as when its window is opened again, is the same.
#[test]
#[ignore = "needs a Wireshark with the plugin"]
fn a_list_is_the_same_when_it_is_filled_again() {
    let path = sample("msn-p2p.pcap");
    let old = has_old_protocol(wireshark(), &path);
    let list = request("tap", "\"tap0\":\"eo:msnms\"", old);
    let found = answers(
        wireshark(),
        [load(&path, old).as_str(), &list, &list].concat(),
        old,
    );
    let rows: Vec<_> = found
        .iter()
        .filter_map(|answer| answer["taps"][0]["objects"].as_array())
        .collect();
    assert_eq!(rows.len(), 2, "{found:?}");
    assert!(rows[0].len() > 3);
    let without_handle = |rows: &[serde_json::Value]| -> Vec<String> {
        let rows = rows.iter();
        let fields = ["pkt", "hostname", "type", "filename", "len"];
        rows.map(|row| fields.map(|field| row[field].to_string()).join(" "))
            .collect()
    };
    assert_eq!(without_handle(rows[0]), without_handle(rows[1]));
}
