//! Texts of payloads in the Info column.

use crate::field::FieldId;
use crate::msn::msnp::tree::payload::keys::{find, LineKey, INVITATION, MESSAGE, PROFILE};

/// Text for the Info column: in quotes, and not longer than its neighbours bear.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", shortened(text))
}

/// As [`quoted`], of what has no headers or none that are known: lines in it can still name a
/// ticket or cookie, whose value the Info column does not hold.
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
        if shown.len() > MOST_QUOTED * 4 {
            break;
        }
    }
    quoted(&shown)
}

/// Characters of a text in the Info column.
const MOST_QUOTED: usize = 80;

/// The beginning of a text.
pub(crate) fn shortened(text: &str) -> String {
    let text = text.trim_end_matches(['\r', '\n', '\0']);
    match text.char_indices().nth(MOST_QUOTED) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_without_headers_give_no_secret_away() {
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
        assert_eq!(long.chars().count(), MOST_QUOTED + 3);
    }
}
