//! The user's keys, with real tshark.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::Command;

use imshark::oicq::keystore::keyring::SecretKind;

use crate::harness::{sample, wireshark, Wireshark};
use test_support::capture::Secrets;
use test_support::samples;

/// The user that `tests/in-root` becomes if started by root.
const TOOLS: u32 = 65534;

/// The options with the user's keys.
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

fn row((uin, kind, value): &(u32, SecretKind, String)) -> String {
    let kind = match kind {
        SecretKind::Password => "Password",
        SecretKind::PasswordMd5 => "MD5 of the password",
        SecretKind::SessionKey => "Session key",
        SecretKind::ShareKey => "Share key",
    };
    format!("uat:oicq_keys:\"{uin}\",\"{kind}\",\"{value}\"")
}

pub fn keylog(wireshark: &Wireshark, text: &str) -> String {
    let file = wireshark.file("keylog.txt");
    std::fs::write(&file, text).expect("a keylog file");
    keep_private(&file);
    format!("oicq.keylog_file:{}", file.display())
}

/// Makes a file readable for the tools only.
fn keep_private(file: &Path) {
    let owner = std::fs::metadata(file).expect("a file").uid();
    if owner == 0 {
        std::os::unix::fs::chown(file, Some(TOOLS), Some(TOOLS)).expect("an owner");
    }
    set_mode(file, 0o600);
}

fn set_mode(file: &Path, mode: u32) {
    let mode = std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(file, mode).expect("permissions set");
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn more_is_decrypted_with_the_users_keys() {
    let wireshark = wireshark();
    for name in ["qq-logins", "qq-keys"] {
        let path = sample(&format!("{name}.pcap"));
        let frames = |keys: &[String]| {
            let mut arguments = keys.to_vec();
            let read = ["-r", &path.to_string_lossy(), "-Y", "oicq.decrypted"];
            arguments.extend(read.map(str::to_owned));
            wireshark.tshark(&arguments).lines().count()
        };
        let keys = options(wireshark, &samples::sample(name).secrets);
        let (alone, with_keys) = (frames(&[]), frames(&keys));
        println!("{name}: {alone} frames are decrypted without keys, {with_keys} with keys");
        assert!(alone > 10 && with_keys > alone + 10, "{name}");
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn keys_are_shown_only_on_request() {
    let wireshark = wireshark();
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
#[ignore = "needs Wireshark with the plugin"]
fn useless_keys_are_noted_once() {
    let wireshark = wireshark();
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
#[ignore = "needs Wireshark with the plugin"]
fn a_bad_row_and_a_bad_line_are_reported() {
    let wireshark = wireshark();
    let path = sample("qq-keys.pcap").to_string_lossy().into_owned();
    let bad = row(&(10_003, SecretKind::SessionKey, "abc".to_owned()));
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

/// Standard error of tshark with these options.
fn complaints(wireshark: &Wireshark, options: &[&str]) -> String {
    let path = sample("qq-keys.pcap").to_string_lossy().into_owned();
    let mut arguments = vec!["-r", &path, "-c", "1"];
    arguments.extend(options);
    let run = wireshark.tool("tshark", &arguments);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run.stderr
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_keylog_that_others_can_read_is_reported() {
    let wireshark = wireshark();
    let option = keylog(wireshark, "10002 30313233343536373839616263646566\n");
    assert_eq!(complaints(wireshark, &["-o", &option]), "");
    let file = option.split_once(':').expect("a name and a value").1;
    set_mode(Path::new(file), 0o644);
    let printed = complaints(wireshark, &["-o", &option]);
    assert_eq!(printed.lines().count(), 1, "{printed}");
    assert!(
        printed.contains(file) && printed.contains("mode 0644"),
        "{printed}"
    );
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_key_table_that_others_can_read_is_reported() {
    let wireshark = wireshark();
    let folder = wireshark.file("profile");
    std::fs::create_dir(&folder).expect("a folder");
    let table = folder.join("oicq_keys");
    let row = "\"12345678\",\"Session key\",\"30313233343536373839616263646566\"\n";
    std::fs::write(&table, row).expect("a key table");
    keep_private(&table);
    let path = sample("qq-keys.pcap");
    let printed = || {
        let mut command = wireshark.command("tshark");
        command.env("WIRESHARK_CONFIG_DIR", &folder);
        command.arg("-r").arg(&path).args(["-c", "1"]);
        let output = command.output().expect("tests/in-root runs");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert_eq!(printed(), "");
    set_mode(&table, 0o640);
    let printed = printed();
    assert_eq!(printed.lines().count(), 1, "{printed}");
    assert!(
        printed.contains("key table") && printed.contains("mode 0640"),
        "{printed}"
    );
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn only_a_regular_file_is_read() {
    let wireshark = wireshark();
    let fifo = wireshark.file("fifo");
    let made = Command::new("mkfifo").arg(&fifo).status();
    assert!(made.expect("mkfifo runs").success());
    let folder = fifo.parent().expect("a folder").to_path_buf();
    for (path, kind) in [
        (fifo.as_path(), "a FIFO"),
        (Path::new("/dev/zero"), "a device"),
        (folder.as_path(), "a directory"),
    ] {
        let option = format!("oicq.keylog_file:{}", path.display());
        let printed = complaints(wireshark, &["-o", &option]);
        assert_eq!(printed.lines().count(), 1, "{printed}");
        assert!(printed.contains(kind), "{printed}");
    }
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn a_truncated_keylog_is_reported() {
    let wireshark = wireshark();
    let line = "10002 30313233343536373839616263646566\n";
    let text = line.repeat((32 << 20) / line.len() + 3);
    let printed = complaints(wireshark, &["-o", &keylog(wireshark, &text)]);
    assert_eq!(printed.lines().count(), 1, "{printed}");
    let within = (32 << 20) / line.len();
    let left_out = format!("the {} bytes after line {within}", 3 * line.len());
    assert!(printed.contains(&left_out), "{printed}");
}
