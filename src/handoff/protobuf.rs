//! Protocol Buffers: a message that is one up to the last byte.
//!
//! Wireshark's dissector takes a length of 2 GB and more for a negative one, which ends 4.4.
//! So what is given to it has fields that fit, nothing but fields, and few levels: any field
//! with a length may be a message, and is measured as if it were.

use super::Admitted;

/// Longer ones are not given away; the notices of QQ have some hundred bytes.
const MOST_BYTES: usize = 64 * 1024;
/// Nor are deeper ones.
const MOST_LEVELS: usize = 32;
/// Items of each byte: a field has two bytes at least, and up to eight items.
const ITEMS_OF_BYTE: usize = 4;

pub(super) fn guard(part: &[u8]) -> Option<Admitted> {
    if part.len() > MOST_BYTES {
        return None;
    }
    let mut level = inner(part)?;
    for _ in 1..MOST_LEVELS {
        if level.is_empty() {
            break;
        }
        level = level.into_iter().filter_map(inner).flatten().collect();
    }
    level.is_empty().then_some(Admitted {
        len: part.len(),
        items: 16 + part.len() * ITEMS_OF_BYTE,
    })
}

/// The fields of a message that have a length, and so may be messages; `None` if the bytes
/// are no message.
fn inner(message: &[u8]) -> Option<Vec<&[u8]>> {
    const HIGHEST_FIELD: u64 = (1 << 29) - 1;
    let mut found = Vec::new();
    let mut rest = message;
    while !rest.is_empty() {
        let (tag, behind) = number(rest)?;
        if !(1..=HIGHEST_FIELD).contains(&(tag >> 3)) {
            return None;
        }
        rest = match tag & 7 {
            0 => number(behind)?.1,
            1 => behind.get(8..)?,
            2 => {
                let (len, behind) = number(behind)?;
                let (field, behind) = behind.split_at_checked(usize::try_from(len).ok()?)?;
                if !field.is_empty() {
                    found.push(field);
                }
                behind
            }
            5 => behind.get(4..)?,
            // Groups, which nobody uses, and what is reserved.
            _ => return None,
        };
    }
    Some(found)
}

/// A number of seven bits a byte, the lowest first, and what is behind it.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    const LONGEST: usize = 10;
    let end = bytes.iter().take(LONGEST).position(|b| b & 0x80 == 0)?;
    let (digits, behind) = bytes.split_at_checked(end + 1)?;
    let value = digits.iter().rev().try_fold(0_u64, |value, byte| {
        let value = value.checked_mul(1 << 7)?;
        Some(value | u64::from(byte & 0x7f))
    })?;
    Some((value, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `levels` messages, each the only field of the one around it.
    fn nested(levels: usize) -> Vec<u8> {
        let mut inside = b"\x08\x01".to_vec();
        for _ in 0..levels {
            let mut around = vec![0x0a];
            let mut len = inside.len();
            while len >= 0x80 {
                around.push(len as u8 | 0x80);
                len >>= 7;
            }
            around.push(len as u8);
            around.append(&mut inside);
            inside = around;
        }
        inside
    }

    #[test]
    fn depth_is_bounded() {
        assert!(guard(&nested(0)).is_some());
        assert!(guard(&nested(MOST_LEVELS - 1)).is_some());
        assert!(guard(&nested(MOST_LEVELS)).is_none());
        assert!(guard(&nested(9_000)).is_none());
    }

    #[test]
    fn messages_fit_to_the_last_byte() {
        let message = b"\x08\x96\x01\x12\x04text\x1d\0\0\0\0\x21\0\0\0\0\0\0\0\0\x2a\0";
        assert!(guard(message).is_some());
        // Ends of fields before the last.
        let ends = [0, 3, 9, 14, 23, 25];
        for len in 0..message.len() {
            let fits = ends.contains(&len);
            assert_eq!(guard(&message[..len]).is_some(), fits, "{len}");
        }
        for broken in [
            &b"\xff"[..],
            &[0xff; 40],
            // A length of 2 GB, and one that has no end.
            b"\x0a\xff\xff\xff\xff\x0fab",
            b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01ab",
            b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01ab",
            // Field 0, groups, reserved.
            b"\0\x01",
            b"\x0b\x0c",
            b"\x0f",
        ] {
            assert!(guard(broken).is_none(), "{broken:?}");
        }
        assert!(guard(&b"\x08\x01".repeat(MOST_BYTES)).is_none());
    }

    /// Text that is read as nested fields by chance is not refused for it.
    #[test]
    fn text_is_no_nesting() {
        let text = "The quick brown fox jumps over the lazy dog. ".repeat(200);
        let mut message = vec![0x12, 0xa8, 0x46];
        message.extend_from_slice(text.as_bytes());
        assert!(guard(&message).is_some());
    }
}
