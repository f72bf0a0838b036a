//! How the installer places and removes the configuration profile.

use std::path::{Path, PathBuf};

use test_support::profile::{place, remove, source, NAME};

/// A configuration folder of Wireshark, which does not exist yet.
struct Configuration(PathBuf);

impl Configuration {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("imshark-{name}-{}", std::process::id()));
        Self(folder.join("it is my own"))
    }

    fn profile(&self) -> PathBuf {
        self.0.join("profiles").join(NAME)
    }

    fn read(&self, file: &str) -> Option<String> {
        std::fs::read_to_string(self.profile().join(file)).ok()
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::create_dir_all(self.profile()).expect("a folder");
        std::fs::write(self.profile().join(file), text).expect("a file");
    }

    fn remove_file(&self, file: &str) {
        std::fs::remove_file(self.profile().join(file)).expect("the file");
    }
}

impl Drop for Configuration {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().expect("a parent"));
    }
}

const FILES: [&str; 5] = [
    "colorfilters",
    "dfilter_buttons",
    "io_graphs",
    "preferences",
    "recent",
];

fn shipped(file: &str) -> Option<String> {
    std::fs::read_to_string(source().join(file)).ok()
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

#[test]
fn a_profile_comes_and_goes() {
    let configuration = Configuration::new("comes");
    for _ in 0..2 {
        let said = place(&configuration.0);
        assert!(
            said.text.contains(NAME) && said.complaints.is_empty(),
            "{said:?}"
        );
        for file in FILES {
            let placed = configuration.read(file);
            assert!(placed.is_some() && placed == shipped(file), "{file}");
        }
    }
    configuration.write("recent", "# written by Wireshark\n");
    assert!(remove(&configuration.0).complaints.is_empty());
    assert!(is_empty(&configuration.0));
    let said = remove(&configuration.0);
    assert!(
        said.text.is_empty() && said.complaints.is_empty(),
        "{said:?}"
    );
}

#[test]
fn other_files_of_the_user_stay() {
    let configuration = Configuration::new("others");
    std::fs::create_dir_all(configuration.0.join("profiles/Mine")).expect("a profile");
    std::fs::write(configuration.0.join("preferences"), "mine\n").expect("preferences");
    place(&configuration.0);
    remove(&configuration.0);
    assert!(configuration.0.join("profiles/Mine").is_dir());
    assert!(configuration.0.join("preferences").is_file());
    assert!(!configuration.profile().exists());
}

#[test]
fn an_upgrade_replaces_what_is_unchanged() {
    let configuration = Configuration::new("upgrade");
    place(&configuration.0);
    // As if the list were of an older version of one file.
    configuration.write("colorfilters", "# older\n");
    let list = configuration.read(".imshark").expect("a list");
    let older = list
        .lines()
        .map(|line| match line.ends_with(" colorfilters") {
            true => "2845595917 8 colorfilters\n".to_owned(),
            false => format!("{line}\n"),
        });
    configuration.write(".imshark", &older.collect::<String>());
    configuration.write("recent", "# written by Wireshark\n");
    let said = place(&configuration.0);
    assert!(said.complaints.is_empty(), "{said:?}");
    assert_eq!(configuration.read("colorfilters"), shipped("colorfilters"));
    let recent = configuration.read("recent");
    assert_eq!(recent.as_deref(), Some("# written by Wireshark\n"));
}

#[test]
fn what_the_user_has_changed_stays() {
    let configuration = Configuration::new("changed");
    place(&configuration.0);
    configuration.write("preferences", "# mine\n");
    configuration.remove_file("io_graphs");
    for _ in 0..2 {
        let said = place(&configuration.0);
        assert!(
            said.complaints.contains("stays: io_graphs preferences;"),
            "{said:?}"
        );
        assert_eq!(
            configuration.read("preferences").as_deref(),
            Some("# mine\n")
        );
        assert_eq!(configuration.read("io_graphs"), None);
        assert_eq!(configuration.read("colorfilters"), shipped("colorfilters"));
    }
    let said = remove(&configuration.0);
    assert!(said.complaints.contains("stays"), "{said:?}");
    assert!(configuration.read("colorfilters").is_some());
    // A file that only the user has counts, too.
    configuration.write("preferences", &shipped("preferences").expect("preferences"));
    configuration.write("decode_as_entries", "# mine\n");
    assert!(remove(&configuration.0).complaints.contains("stays"));
    configuration.remove_file("decode_as_entries");
    assert!(remove(&configuration.0).complaints.is_empty());
    assert!(!configuration.profile().exists());
}

#[test]
fn a_profile_of_that_name_by_the_user_stays() {
    let configuration = Configuration::new("own");
    configuration.write("preferences", "# mine\n");
    for said in [place(&configuration.0), remove(&configuration.0)] {
        assert!(!said.text.contains("Removed"), "{said:?}");
    }
    assert_eq!(
        configuration.read("preferences").as_deref(),
        Some("# mine\n")
    );
    assert_eq!(configuration.read("colorfilters"), None);
}
