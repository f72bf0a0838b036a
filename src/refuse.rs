//! Compile-time errors that name the offending row of a table.

/// Panics with the concatenated parts as the message. A `const fn` can print only a
/// single string.
///
/// # Panics
///
/// Always.
pub(crate) const fn refuse(parts: &[&[u8]]) -> ! {
    let mut text = [0; 256];
    let mut len = 0;
    let mut part = 0;
    while part < parts.len() {
        let mut i = 0;
        while i < parts[part].len() && len < text.len() {
            text[len] = parts[part][i];
            len += 1;
            i += 1;
        }
        part += 1;
    }
    match core::str::from_utf8(text.split_at(len).0) {
        Ok(text) => panic!("{}", text),
        Err(_) => panic!("a row of a table is wrong"),
    }
}

/// Whether `a` is sorted before `b`.
pub(crate) const fn is_less(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if a[i] != b[i] {
            return a[i] < b[i];
        }
        i += 1;
    }
    a.len() < b.len()
}

/// Formats as `0x` and four hexadecimal digits.
pub(crate) const fn hex16(number: u16) -> [u8; 6] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = *b"0x0000";
    let mut i = 0;
    while i < 4 {
        text[5 - i] = DIGITS[(number >> (4 * i) & 0xf) as usize];
        i += 1;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{hex16, is_less, refuse};

    #[test]
    fn numbers_are_hexadecimal() {
        assert_eq!(hex16(0x00cd), *b"0x00cd");
        assert_eq!(hex16(0xf123), *b"0xf123");
    }

    #[test]
    fn texts_are_sorted_by_their_bytes() {
        let sorted: [&[u8]; 5] = [b"", b"a", b"aa", b"ab", b"b"];
        for (i, a) in sorted.iter().enumerate() {
            for (j, b) in sorted.iter().enumerate() {
                assert_eq!(is_less(a, b), i < j, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn parts_are_concatenated() {
        let panic = std::panic::catch_unwind(|| refuse(&[b"a row", b": ", b"is wrong"]));
        let text = panic.expect_err("a panic").downcast::<String>();
        assert_eq!(*text.expect("a text"), "a row: is wrong");
    }
}
