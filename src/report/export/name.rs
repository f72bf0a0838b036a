//! Names of files that are safe on every system, from names that strangers have chosen.

/// Maximum bytes of a name, without what makes it unique or marks it.
const MAX_NAME: usize = 120;
/// Maximum bytes of an extension, with its dot.
const MAX_EXTENSION: usize = 16;

/// A file name in two parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FileName {
    /// All before the extension.
    pub(crate) stem: String,
    /// The extension with its dot; empty if there is none.
    pub(crate) extension: String,
}

impl FileName {
    /// A name that neither leaves its folder, nor is that of a device, nor hides anything,
    /// nor is taken for an option of a command. Of a path, the last part remains. `None` if
    /// nothing remains.
    pub(crate) fn safe(name: &str) -> Option<Self> {
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let clean: String = last.chars().map(safe_char).collect();
        let clean = clean.trim_matches(|c: char| c == '.' || c.is_whitespace());
        let (stem, extension) = match clean.rfind('.') {
            Some(dot) if dot > 0 && clean.len() - dot <= MAX_EXTENSION => clean.split_at(dot),
            _ => (clean, ""),
        };
        let stem = cut(stem, MAX_NAME - extension.len());
        let stem = stem.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
        let prefix = match stem.chars().next()? {
            '-' | '~' => "_",
            _ if is_device(stem) => "_",
            _ => "",
        };
        Some(Self {
            stem: format!("{prefix}{stem}"),
            extension: extension.to_owned(),
        })
    }
}

/// The character, or `_` for one that a file system refuses, that a terminal or a file
/// manager obeys, or that cannot be seen.
fn safe_char(c: char) -> char {
    let is_format = matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e01ef}'
    );
    let is_refused = matches!(
        c,
        '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' | '%'
    );
    match c {
        _ if c.is_control() || is_format || is_refused => '_',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// The first `max` bytes of a text, or less: only whole characters.
fn cut(text: &str, max: usize) -> &str {
    let end = (0..=max.min(text.len())).rev();
    let end = end.into_iter().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// Whether Windows takes a name for a device, whatever its extension.
fn is_device(stem: &str) -> bool {
    const DEVICES: [&str; 7] = ["con", "prn", "aux", "nul", "clock$", "conin$", "conout$"];
    let first = stem.split('.').next().unwrap_or_default();
    let name = first.trim_end().to_ascii_lowercase();
    let numbered = name
        .strip_prefix("com")
        .or_else(|| name.strip_prefix("lpt"));
    let is_digit = |rest: &str| {
        let mut chars = rest.chars();
        let digit = chars.next();
        digit.is_some_and(|c| c.is_ascii_digit() || "\u{b9}\u{b2}\u{b3}".contains(c))
            && chars.next().is_none()
    };
    DEVICES.contains(&name.as_str()) || numbered.is_some_and(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn safe(name: &str) -> String {
        FileName::safe(name).map_or(String::new(), |name| name.stem + &name.extension)
    }

    #[test]
    fn ordinary_names_stay() {
        for name in [
            "photo.jpg",
            "a.tar.gz",
            "caf\u{e9} 1.txt",
            "\u{7167}\u{7247}.png",
            "README",
        ] {
            assert_eq!(safe(name), name);
        }
        let name = FileName::safe("a.tar.gz").unwrap();
        assert_eq!(
            (name.stem.as_str(), name.extension.as_str()),
            ("a.tar", ".gz")
        );
    }

    #[test]
    fn names_stay_in_their_folder() {
        for (name, expected) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Windows\\system.ini", "system.ini"),
            ("C:evil.exe", "C_evil.exe"),
            ("..", ""),
            (".", ""),
            ("a/", ""),
            ("a/..\\..", ""),
            (".bashrc", "bashrc"),
            ("%2e%2e%2fetc", "_2e_2e_2fetc"),
            ("nul\0.txt", "nul_.txt"),
            ("", ""),
            (" . . ", ""),
        ] {
            assert_eq!(safe(name), expected, "{name:?}");
        }
    }

    #[test]
    fn names_are_no_devices_or_options() {
        for (name, expected) in [
            ("CON", "_CON"),
            ("con.txt", "_con.txt"),
            ("Com1.tar.gz", "_Com1.tar.gz"),
            ("lpt\u{b9}.x", "_lpt\u{b9}.x"),
            ("nul .txt", "_nul.txt"),
            ("conin$", "_conin$"),
            ("Clock$.txt", "_Clock$.txt"),
            ("com10.txt", "com10.txt"),
            ("console.txt", "console.txt"),
            ("-rf", "_-rf"),
            ("~", "_~"),
        ] {
            assert_eq!(safe(name), expected, "{name:?}");
        }
    }

    #[test]
    fn names_hide_nothing() {
        assert_eq!(safe("photo\u{202e}gpj.exe"), "photo_gpj.exe");
        assert_eq!(safe("a\u{1b}[2Jb\n.txt"), "a_[2Jb_.txt");
        assert_eq!(safe("a\u{200b}\u{feff}.txt"), "a__.txt");
        assert_eq!(safe("a.txt   .exe"), "a.txt.exe");
    }

    #[test]
    fn long_names_are_cut_before_their_extension() {
        let long = safe(&format!("{}.jpg", "\u{597d}".repeat(1000)));
        assert!(
            long.len() <= MAX_NAME && long.ends_with("\u{597d}.jpg"),
            "{long}"
        );
        let long = safe(&format!("a.{}", "b".repeat(1000)));
        assert_eq!(long.len(), MAX_NAME);
    }
}
