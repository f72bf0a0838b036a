//! XML entities and character references: `&amp;`, `&#x26;`.

use std::borrow::Cow;

/// Decodes the XML entities in a text. Unknown ones are left as they are.
pub fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, from) = rest.split_at(start);
        plain.push_str(before);
        match entity(from) {
            Some((char, len)) => {
                plain.push(char);
                rest = from.get(len..).unwrap_or_default();
            }
            None => {
                plain.push('&');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Decodes the entity at the beginning: its character, and its length in bytes.
fn entity(text: &str) -> Option<(char, usize)> {
    /// Maximum length, in bytes: `&#x10FFFF;` with some leading zeros.
    const LONGEST: usize = 16;
    let end = text.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    let char = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((char, end + 1))
}

/// Replaces every character that [`forbidden`] finds with `+`.
pub(super) fn without_forbidden(text: &str) -> Cow<'_, str> {
    let Some(first) = forbidden(text, 0) else {
        return Cow::Borrowed(text);
    };
    let mut patched = String::with_capacity(text.len());
    let mut from = 0;
    let mut next = Some(first);
    while let Some(at) = next {
        patched.push_str(text.get(from..at).unwrap_or_default());
        patched.push('+');
        from = at + 1;
        next = forbidden(text, from);
    }
    patched.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(patched)
}

/// Offset of the first character from `start` on that XML forbids: an `&` that is not
/// part of a valid entity, or a control character. All of them are one byte long.
pub(super) fn forbidden(text: &str, start: usize) -> Option<usize> {
    const OPENING: &str = "<![CDATA[";
    const CLOSING: &str = "]]>";
    let mut at = start;
    loop {
        let rest = text.get(at..)?;
        let found = rest.find(|char| matches!(char, '&' | '<') || is_forbidden(char))?;
        let rest = rest.get(found..)?;
        at += found;
        if rest.starts_with('&') {
            match entity(rest) {
                Some((char, len)) if !is_forbidden(char) => at += len,
                _ => return Some(at),
            }
        } else if rest.starts_with(OPENING) {
            at += rest.find(CLOSING)?;
        } else if rest.starts_with('<') {
            at += 1;
        } else {
            return Some(at);
        }
    }
}

/// Whether XML forbids the character, even as a character reference.
fn is_forbidden(char: char) -> bool {
    char < ' ' && !matches!(char, '\t' | '\r' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_and_the_rest_stays() {
        assert_eq!(unescape("a&lt;b&gt;&#x26;&#233;&amp;lt;"), "a<b>&é&lt;");
        assert_eq!(unescape("&quot;a&quot; &apos;b&apos;"), "\"a\" 'b'");
        assert_eq!(
            unescape("R&D & &nope; &#xd800; &"),
            "R&D & &nope; &#xd800; &"
        );
    }

    #[test]
    fn forbidden_characters_are_found_and_replaced() {
        assert_eq!(forbidden("a &amp; b & c", 0), Some(10));
        assert_eq!(forbidden("<a><![CDATA[R&D]]> & b", 0), Some(19));
        assert_eq!(without_forbidden("a & b &amp; c &"), "a + b &amp; c +");
        assert_eq!(without_forbidden("<a>\u{3}4 &#3;</a>"), "<a>+4 +#3;</a>");
        for good in ["a &lt; b", "<a><![CDATA[R&D]]></a>", "<a>\t</a>"] {
            assert!(
                matches!(without_forbidden(good), Cow::Borrowed(_)),
                "{good}"
            );
        }
    }
}
