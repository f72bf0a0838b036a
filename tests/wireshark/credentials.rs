//! `-z credentials`, and Tools ▸ Credentials: who sends which secret, never the secret.

use crate::harness::{sample, samples, wireshark, Wireshark};
use crate::keys;
use test_support::samples;

/// The rows of ours that tshark prints for a capture.
fn rows(wireshark: &Wireshark, stem: &str, options: &[&str]) -> Vec<String> {
    let path = sample(&format!("{stem}.pcap")).display().to_string();
    let mut arguments: Vec<String> = ["-q", "-z", "credentials", "-r", &path]
        .map(str::to_owned)
        .to_vec();
    arguments.extend(options.iter().map(|&option| option.to_owned()));
    arguments.extend(keys::options(wireshark, &samples::sample(stem).secrets));
    let text = wireshark.tshark(&arguments);
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
            rows(wireshark, "msn", options),
            [
                "22 MSNMS alice@example.com ticket; notification server; Tweener (Passport)",
                "46 MSNMS alice@example.com switchboard cookie; switchboard",
                "66 MSNMS alice@example.com switchboard cookie; switchboard",
            ]
        );
    }
    let qq = rows(wireshark, "qq-logins", &[]);
    assert_eq!(
        qq.first().map(String::as_str),
        Some("1 OICQ 12345678 empty text, QQ-TEA with MD5(MD5(password)); QQ; password (until QQ2006)")
    );
}

/// No sample has a credential without account, and no secret is told.
#[test]
#[ignore = "needs Wireshark with the plugin"]
fn no_secret_is_told() {
    let wireshark = wireshark();
    let mut count = 0;
    for path in samples() {
        let stem = path.file_stem().expect("a name").to_string_lossy();
        let rows = rows(wireshark, &stem, &[]);
        count += rows.len();
        if rows.is_empty() {
            continue;
        }
        let secrets = wireshark.rows(
            &path,
            "msnms",
            &["msnms.auth.ticket", "msnms.cookie", "msnms.auth.password"],
            &[],
        );
        for secret in secrets.iter().flatten().flatten() {
            let told = rows.iter().find(|row| row.contains(secret.as_str()));
            assert_eq!(told, None, "{stem}");
        }
        assert!(rows.iter().all(|row| !row.contains(" n.a. ")), "{rows:?}");
    }
    assert!(count > 20, "only {count}");
}
