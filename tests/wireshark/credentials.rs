//! `-z credentials`, and Tools ▸ Credentials: who sends which secret, never the secret.

use crate::each::samples_with;
use crate::harness::{sample, wireshark, Wireshark};
use crate::keys;
use test_support::samples;

/// What tshark prints for a capture, its credentials at the end.
fn printed(wireshark: &Wireshark, stem: &str, options: &[&str]) -> String {
    let path = sample(&format!("{stem}.pcap")).display().to_string();
    let mut arguments: Vec<String> = ["-z", "credentials", "-r", &path]
        .map(str::to_owned)
        .to_vec();
    arguments.extend(options.iter().map(|&option| option.to_owned()));
    arguments.extend(keys::options(wireshark, &samples::sample(stem).secrets));
    wireshark.tshark(&arguments)
}

/// The rows of ours among the credentials.
fn rows(text: &str) -> Vec<String> {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = text.lines().map(words);
    let ours = |line: &String| [" MSNMS ", " OICQ "].iter().any(|name| line.contains(name));
    lines.filter(ours).collect()
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn accounts_are_named_with_the_form_of_their_secrets() {
    let wireshark = wireshark();
    for options in [&[][..], &["-2"]] {
        assert_eq!(
            rows(&printed(wireshark, "msn", &[&["-q"], options].concat())),
            [
                "22 MSNMS alice@example.com ticket; notification server; Tweener (Passport)",
                "46 MSNMS alice@example.com switchboard cookie; switchboard",
                "66 MSNMS alice@example.com switchboard cookie; switchboard",
            ]
        );
    }
    let qq = rows(&printed(wireshark, "qq-logins", &["-q"]));
    assert_eq!(
        qq.first().map(String::as_str),
        Some("1 OICQ 12345678 empty text, QQ-TEA with MD5(MD5(password)); QQ; password (until QQ2006)")
    );
}

/// No sample has a credential without account, and no secret is told.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn no_secret_is_told() {
    let (mut count, mut secret_count) = (0, 0);
    let mut options = vec!["-z", "credentials", "-Y", "msnms", "-T", "fields"];
    for field in ["msnms.auth.ticket", "msnms.cookie", "msnms.auth.password"] {
        options.extend(["-e", field]);
    }
    options.extend(["-E", "aggregator=\u{1}"]);
    let jobs = samples_with(&options);
    for ((path, _), text) in jobs.iter().zip(wireshark().tshark_each(&jobs)) {
        let (values, credentials) = text.split_once("====").expect("a table");
        let rows = rows(credentials);
        count += rows.len();
        let secrets = values.split(['\n', '\t', '\u{1}']);
        for secret in secrets.filter(|secret| !secret.is_empty()) {
            secret_count += 1;
            let told = rows.iter().find(|row| row.contains(secret));
            assert_eq!(told, None, "{path:?}");
        }
        assert!(rows.iter().all(|row| !row.contains(" n.a. ")), "{rows:?}");
    }
    assert!(count > 20 && secret_count > 10, "{count} of {secret_count}");
}
