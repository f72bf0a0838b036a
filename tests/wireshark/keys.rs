//! The user's keys, as real tshark takes them.

use imshark::oicq::keyring::Kind;

use crate::harness::{sample, wireshark, Wireshark};
use crate::support::capture::Secrets;
use crate::support::samples;

/// The options that say what the user knows.
pub fn options(wireshark: &Wireshark, secrets: &Secrets) -> Vec<String> {
    let mut settings: Vec<String> = secrets.rows.iter().map(row).collect();
    if !secrets.keylog.is_empty() {
        settings.push(keylog(wireshark, &secrets.keylog));
    }
    if secrets.shows_keys {
        settings.push("oicq.show_keys:TRUE".to_owned());
    }
    let options = settings.into_iter();
    options.flat_map(|set| ["-o".to_owned(), set]).collect()
}

fn row((uin, kind, value): &(u32, Kind, String)) -> String {
    let kind = match kind {
        Kind::Password => "Password",
        Kind::PasswordMd5 => "MD5 of the password",
        Kind::SessionKey => "Session key",
        Kind::ShareKey => "Share key",
    };
    format!("uat:oicq_keys:\"{uin}\",\"{kind}\",\"{value}\"")
}

fn keylog(wireshark: &Wireshark, text: &str) -> String {
    let file = wireshark.file("keylog.txt");
    std::fs::write(&file, text).expect("a keylog file");
    format!("oicq.keylog_file:{}", file.display())
}

#[test]
fn more_opens_with_the_users_keys() {
    let Some(wireshark) = wireshark() else { return };
    for name in ["qq-logins", "qq-keys"] {
        let path = sample(&format!("{name}.pcap"));
        let frames = |keys: &[String]| {
            let mut arguments = keys.to_vec();
            let read = ["-r", &path.to_string_lossy(), "-Y", "oicq.decrypted"];
            arguments.extend(read.map(str::to_owned));
            wireshark.tshark(&arguments).lines().count()
        };
        let keys = options(wireshark, &samples::sample(name).secrets);
        let (alone, helped) = (frames(&[]), frames(&keys));
        println!("{name}: {alone} frames open alone, {helped} with keys");
        assert!(alone > 10 && helped > alone + 10, "{name}");
    }
}

#[test]
fn keys_are_shown_only_if_asked_for() {
    let Some(wireshark) = wireshark() else { return };
    let path = sample("qq-keys.pcap");
    let mut secrets = samples::sample("qq-keys").secrets;
    let mut found = Vec::new();
    for shows_keys in [false, true] {
        secrets.shows_keys = shows_keys;
        let mut arguments = options(wireshark, &secrets);
        let read = [
            "-r",
            &path.to_string_lossy(),
            "-Y",
            "oicq.decryption.key.value",
        ];
        arguments.extend(read.map(str::to_owned));
        found.push(wireshark.tshark(&arguments).lines().count());
    }
    assert_eq!(found[0], 0);
    assert!(found[1] > 20, "{found:?}");
}

#[test]
fn useless_keys_are_said_once() {
    let Some(wireshark) = wireshark() else { return };
    let path = sample("qq-keys.pcap");
    for passes in [&[][..], &["-2"]] {
        let mut arguments = options(wireshark, &samples::sample("qq-keys").secrets);
        arguments.extend(passes.iter().map(|pass| (*pass).to_owned()));
        let read = ["-r", &path.to_string_lossy(), "-Y", "oicq.keys.useless"];
        arguments.extend(read.map(str::to_owned));
        let text = wireshark.tshark(&arguments);
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.contains("QQ 10003"), "{text}");
    }
}

#[test]
fn a_bad_row_and_a_bad_line_are_named() {
    let Some(wireshark) = wireshark() else { return };
    let path = sample("qq-keys.pcap").to_string_lossy().into_owned();
    let bad = row(&(10_003, Kind::SessionKey, "abc".to_owned()));
    let run = wireshark.tool("tshark", &["-r", &path, "-o", &bad]);
    assert_ne!(run.code, Some(0));
    assert!(
        run.stderr.contains("32 hexadecimal digits"),
        "{}",
        run.stderr
    );
    let bad = keylog(wireshark, "10002 6b\n\n# nothing\nabc\n");
    let run = wireshark.tool("tshark", &["-r", &path, "-o", &bad, "-c", "1"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for part in ["Line 1:", "line 4:"] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    assert!(!run.stderr.contains("6b"), "{}", run.stderr);
    let missing = "oicq.keylog_file:/nowhere/keylog";
    let run = wireshark.tool("tshark", &["-r", &path, "-o", missing, "-c", "1"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("cannot be read"), "{}", run.stderr);
}
