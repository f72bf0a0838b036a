//! Texts of payloads in the Info column.

use crate::field::FieldId;
use crate::msn::msnp::tree::payload::keys::{find, LineKey, INVITATION, MESSAGE, PROFILE};

/// Text for the Info column: in quotes, of at most [`MAX_QUOTED`] characters.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len().min(MAX_QUOTED) + 8);
    quoted.push('"');
    push_shortened(&mut quoted, text);
    quoted.push('"');
    quoted
}

/// As [`quoted`], for bytes without headers or without known ones: lines in it can still
/// contain a ticket or cookie, which is masked.
pub(crate) fn quoted_lines(text: &str) -> String {
    const TABLES: [&[LineKey]; 3] = [MESSAGE, PROFILE, INVITATION];
    let secret = |line: &str| {
        let (name, value) = line.split_once(':')?;
        let field = find(&TABLES, name.trim().as_bytes())?.field;
        let mark = FieldId::from(field).spec()?.secret?;
        let end = value.get(value.trim_end().len()..)?;
        Some(format!("{name}: <{mark}>{end}"))
    };
    let mut shown = String::new();
    for line in text.split_inclusive('\n') {
        shown.push_str(secret(line).as_deref().unwrap_or(line));
        if shown.len() > MAX_QUOTED * 4 {
            break;
        }
    }
    quoted(&shown)
}

/// Maximum characters of a text in the Info column.
const MAX_QUOTED: usize = 80;

/// The first [`MAX_QUOTED`] characters of a text, without line ends and NULs at its end.
pub(crate) fn shortened(text: &str) -> String {
    let mut short = String::new();
    push_shortened(&mut short, text);
    short
}

fn push_shortened(to: &mut String, text: &str) {
    let text = text.trim_end_matches(['\r', '\n', '\0']);
    let longer = |text: &str| text.char_indices().nth(MAX_QUOTED);
    // A text of no more bytes has no more characters.
    let cut = match text.len() <= MAX_QUOTED {
        true => None,
        false => longer(text),
    };
    match cut {
        Some((at, _)) => {
            to.push_str(text.get(..at).unwrap_or_default());
            to.push('…');
        }
        None => to.push_str(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_lines_without_headers_are_masked() {
        for (text, quote) in [
            (
                "MSPAuth: 5INVENTED\r\nkv: 2\r\n",
                "\"MSPAuth: <ticket>\r\nkv: 2\"",
            ),
            (
                "Invitation-Command: ACCEPT\r\nauthcookie:123456",
                "\"Invitation-Command: ACCEPT\r\nauthcookie: <cookie>\"",
            ),
            ("see you at 8:30\r\n", "\"see you at 8:30\""),
            ("", "\"\""),
        ] {
            assert_eq!(quoted_lines(text), quote);
        }
        let long = quoted_lines(&"a\n".repeat(1000));
        assert_eq!(long.chars().count(), MAX_QUOTED + 3);
    }
}
