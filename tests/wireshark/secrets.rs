//! Secrets that are nowhere unencrypted are in no output of real tshark, unless keys are
//! shown.

use std::path::Path;

use imshark::report::REPORTS;
use serde_json::Value;

use crate::harness::{sample, wireshark, Wireshark};
use crate::keys;
use test_support::samples;
use test_support::secrets::{hidden, spellings};

/// The options for each output, without the capture and the keys.
fn outputs(wireshark: &Wireshark) -> Vec<Vec<String>> {
    let mut outputs: Vec<Vec<String>> = [
        // Summary, tree and statistics.
        &["-2", "-P", "-V", "-z", "io,phs", "-z", "expert"][..],
        &["-P", "-O", "oicq"],
        &["-T", "pdml"],
        &["-T", "psml"],
        // Both values and bytes.
        &["-T", "json", "-x"],
        &["-T", "json", "--no-duplicate-keys"],
        &["-T", "ek", "-x"],
    ]
    .iter()
    .map(|output| output.iter().map(|word| (*word).to_owned()).collect())
    .collect();
    for report in every_report() {
        outputs[0].extend(["-z".to_owned(), report]);
    }
    outputs.push(every_field(wireshark));
    outputs
}

/// All reports, in the format that has most of their values.
fn every_report() -> impl Iterator<Item = String> {
    let names = REPORTS.iter().map(|spec| spec.name.to_string_lossy());
    names.map(|name| format!("{name},json"))
}

/// `-T fields` with every field of imshark.
fn every_field(wireshark: &Wireshark) -> Vec<String> {
    let mut output = vec!["-T".to_owned(), "fields".to_owned()];
    let fields = wireshark.tshark(&["-G", "fields"]);
    let names = fields.lines().filter_map(|line| line.split('\t').nth(2));
    let ours = names.filter(|name| name.starts_with("oicq."));
    for name in ours {
        output.extend(["-e".to_owned(), name.to_owned()]);
    }
    assert!(output.len() > 400, "{}", output.len());
    output
}

/// The output in lower case.
fn printed(wireshark: &Wireshark, path: &Path, output: &[String], keys: &[String]) -> String {
    let mut arguments = vec!["-r".to_owned(), path.display().to_string()];
    arguments.extend_from_slice(output);
    arguments.extend_from_slice(keys);
    wireshark.tshark(&arguments).to_lowercase()
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn no_output_has_a_secret_unless_keys_are_shown() {
    let wireshark = wireshark();
    let outputs = outputs(wireshark);
    let mut found = 0;
    for (name, build) in samples::SAMPLES {
        let path = sample(&format!("{name}.pcap"));
        let mut capture = build();
        let secrets = hidden(&capture);
        if secrets.is_empty() {
            continue;
        }
        capture.secrets.shows_keys = false;
        let keys = keys::options(wireshark, &capture.secrets);
        for output in &outputs {
            let text = printed(wireshark, &path, output, &keys);
            for spelling in secrets.iter().flat_map(|secret| spellings(secret)) {
                let at = text.find(&spelling);
                let near = at.map(|at| &text[text[..at].rfind('\n').unwrap_or(0)..at]);
                assert_eq!(near, None, "{name} {output:?}: {spelling}");
            }
        }
        // The same search finds the secrets if keys are shown.
        capture.secrets.shows_keys = true;
        let keys = keys::options(wireshark, &capture.secrets);
        let text = printed(wireshark, &path, &["-V".to_owned()], &keys);
        let is_there = |secret: &&Vec<u8>| {
            let mut spellings = spellings(secret).into_iter();
            spellings.any(|spelling| text.contains(&spelling))
        };
        found += secrets.iter().filter(is_there).count();
    }
    println!("{found} secrets are found when keys are shown");
    assert!(found > 20, "{found}");
}

/// A filter on the value of a key matches only if keys are shown; a filter on its
/// presence always does.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn filters_find_no_secret_unless_keys_are_shown() {
    let wireshark = wireshark();
    let path = sample("qq-bodies-2013.pcap");
    let key = "30:31:32:33:34:35:36:37:38:39:61:62:63:64:65:66";
    let mut secrets = samples::sample("qq-bodies-2013").secrets;
    for (shows_keys, expected) in [(false, [1, 0, 0]), (true, [1, 1, 1])] {
        secrets.shows_keys = shows_keys;
        let options = keys::options(wireshark, &secrets);
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let filters = [
            "oicq.login.session_key".to_owned(),
            format!("oicq.login.session_key == {key}"),
            format!("oicq.login.session_key && oicq.plaintext contains {key}"),
        ];
        let found = filters.map(|filter| {
            let frames = wireshark.values(&path, &filter, "frame.number", &options);
            frames.len()
        });
        assert_eq!(found, expected);
    }
}

/// Tree and fields keep unencrypted secrets; the Info column has a placeholder.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn unencrypted_secrets_are_in_the_tree_and_not_in_info() {
    let wireshark = wireshark();
    let path = sample("msn.pcap");
    let filter = "msnms.auth.ticket";
    let tickets = wireshark.values(&path, filter, "msnms.auth.ticket", &[]);
    let info = wireshark.values(&path, filter, "_ws.col.Info", &[]);
    assert!(tickets[0].starts_with("t="), "{tickets:?}");
    assert_eq!(info, ["USR 7 TWN S <ticket>"]);
    let text = wireshark.tshark(&["-r", &path.to_string_lossy(), "-T", "ek"]);
    let frames = text.lines().filter_map(|l| serde_json::from_str(l).ok());
    let has_ticket = |frame: &Value| frame.to_string().contains(&tickets[0]);
    assert!(frames.into_iter().any(|frame: Value| has_ticket(&frame)));
    // Reports say what was sent, not its value.
    let mut arguments = vec!["-q".to_owned(), "-r".to_owned(), path.display().to_string()];
    arguments.extend(every_report().flat_map(|report| ["-z".to_owned(), report]));
    let reports = wireshark.tshark(&arguments);
    assert!(reports.contains("alice@example.com"));
    assert!(!reports.contains(&tickets[0]), "{reports}");
}
