//! Names that are in use: no two files of a list have the same, also where upper and lower
//! case, or the forms of Unicode, are the same.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use crate::event::Object;
use crate::report::export::name::FileName;

/// What marks the name of a file of which parts are missing.
const INCOMPLETE: &str = " (incomplete)";

/// A name of one file of a list. The extension of an unnamed file depends on its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UniqueName {
    stem: String,
    extension: Option<String>,
}

impl UniqueName {
    /// The name in the folder.
    pub(crate) fn file_name(&self, is_whole: bool, extension: &str) -> String {
        let mark = if is_whole { "" } else { INCOMPLETE };
        match (&self.extension, extension) {
            (Some(extension), _) => format!("{}{mark}{extension}", self.stem),
            (None, "") => format!("{}{mark}", self.stem),
            (None, extension) => format!("{}{mark}.{extension}", self.stem),
        }
    }
}

/// The names of a list.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The keys of whole names.
    whole: HashSet<String>,
    /// The keys of all stems, and whether a file with any extension may have it.
    stems: HashMap<String, bool>,
    /// How often a name was asked for.
    counts: HashMap<String, u32>,
}

impl Names {
    /// A name that no other file has. Without `extension` it is unique with every extension.
    pub(crate) fn unique(&mut self, stem: &str, extension: Option<&str>) -> UniqueName {
        let asked = key(&format!("{stem}{}", extension.unwrap_or("/")));
        let mut count = self.counts.get(&asked).copied().unwrap_or_default();
        loop {
            count += 1;
            let stem = match count {
                1 => stem.to_owned(),
                count => format!("{stem} ({count})"),
            };
            let marked = format!("{stem}{INCOMPLETE}");
            if self.is_free(&stem, extension) && self.is_free(&marked, extension) {
                self.take(&stem, extension);
                self.take(&marked, extension);
                self.counts.insert(asked, count);
                return UniqueName {
                    stem,
                    extension: extension.map(str::to_owned),
                };
            }
        }
    }

    fn is_free(&self, stem: &str, extension: Option<&str>) -> bool {
        let of_stem = self.stems.get(&key(stem));
        match extension {
            Some(extension) => {
                let name = key(&format!("{stem}{extension}"));
                !self.whole.contains(&name) && of_stem != Some(&true)
            }
            None => of_stem.is_none(),
        }
    }

    fn take(&mut self, stem: &str, extension: Option<&str>) {
        if let Some(extension) = extension {
            self.whole.insert(key(&format!("{stem}{extension}")));
        }
        let is_any = extension.is_none();
        *self.stems.entry(key(stem)).or_default() |= is_any;
    }
}

impl Names {
    /// A name for an object.
    pub(crate) fn of_object(&mut self, object: &Object, owner: &str) -> UniqueName {
        self.of(&object.name, &object.what, owner, object.is_file())
    }

    /// A name for a file or object that its sender calls `name`, else for an object that is
    /// `what` of `owner`. Names of files stay as they are.
    fn of(&mut self, name: &str, what: &str, owner: &str, is_file: bool) -> UniqueName {
        if let Some(FileName { stem, extension }) = FileName::safe(name) {
            // Names of objects are words, without an extension.
            let extension = Some(extension).filter(|it| is_file || !it.is_empty());
            return self.unique(&stem, extension.as_deref());
        }
        let words = match owner {
            "" => what.to_owned(),
            owner => format!("{what} of {owner}"),
        };
        let name = FileName::safe(&words.replace(['/', '\\'], "_"));
        let stem = name.map_or("object".to_owned(), |name| name.stem + &name.extension);
        self.unique(&stem, None)
    }
}

/// The key of a name. Names that some file system does not tell apart have the same one: APFS
/// and ext4 with case folding ignore canonical equivalence and case, NTFS the case.
fn key(name: &str) -> String {
    let folded: String = name
        .nfd()
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .collect();
    folded.nfd().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(names: &mut Names, name: &str) -> String {
        names.of(name, "file", "", true).file_name(true, "png")
    }

    #[test]
    fn no_two_files_have_the_same_name() {
        let mut names = Names::default();
        assert_eq!(file(&mut names, "a.txt"), "a.txt");
        assert_eq!(file(&mut names, "A.TXT"), "A (2).TXT");
        assert_eq!(file(&mut names, "x/a.txt"), "a (3).txt");
        assert_eq!(file(&mut names, "a.jpg"), "a.jpg");
        assert_eq!(file(&mut names, "Makefile"), "Makefile");
        assert_eq!(
            file(&mut names, "a (incomplete).txt"),
            "a (incomplete) (2).txt"
        );
        let part = names.of("a (4).txt", "file", "", true);
        assert_eq!(part.file_name(false, ""), "a (4) (incomplete).txt");
        assert_eq!(file(&mut names, "a.txt"), "a (5).txt");
    }

    #[test]
    fn names_that_a_file_system_takes_for_the_same_differ() {
        for same in [
            &["stra\u{df}e", "STRASSE", "stra\u{1e9e}e"][..],
            &["\u{3b1}\u{3c3}", "\u{3b1}\u{3c2}", "\u{391}\u{3a3}"],
            &["caf\u{e9}", "cafe\u{301}", "CAF\u{c9}"],
            &["\u{130}", "i\u{307}", "I\u{307}"],
            &["\u{212a}", "k", "K"],
            &["\u{17f}", "s", "S"],
            &["\u{b5}", "\u{3bc}", "\u{39c}"],
            &["\u{fb03}", "ffi", "FFI"],
            &["\u{1f80}", "\u{1f00}\u{345}", "\u{1f88}"],
            &["\u{ac00}", "\u{1100}\u{1161}"],
        ] {
            let mut names = Names::default();
            for (number, name) in (1..).zip(same) {
                let expected = match number {
                    1 => format!("{name}.txt"),
                    number => format!("{name} ({number}).txt"),
                };
                assert_eq!(file(&mut names, &format!("{name}.txt")), expected);
            }
        }
        assert_ne!(key("a"), key("\u{e0}"));
    }

    #[test]
    fn unnamed_objects_have_the_extension_of_their_type() {
        let mut names = Names::default();
        let picture = names.of("", "display picture", "bob@example.net", false);
        assert_eq!(
            picture.file_name(true, "png"),
            "display picture of bob@example.net.png"
        );
        assert_eq!(
            picture.file_name(false, ""),
            "display picture of bob@example.net (incomplete)"
        );
        let same = file(&mut names, "display picture of bob@example.net.png");
        assert_eq!(same, "display picture of bob@example.net (2).png");
        let other = names.of("..", "wink", "../x", false);
        assert_eq!(other.file_name(true, "cab"), "wink of._x.cab");
        assert_eq!(names.of("", "", "", true).file_name(true, ""), "object");
    }
}
