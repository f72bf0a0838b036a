//! Protocol Buffers: messages in messages.
//!
//! Wireshark's dissector goes into a field only where a description by the user says that it
//! is a message. Any field with a length may be one, and is measured as if it were.

use super::Admitted;

/// Longer ones are not given away; the notices of QQ have some hundred bytes.
const MOST_BYTES: usize = 64 * 1024;
/// Nor are deeper ones.
const MOST_LEVELS: usize = 32;
/// Items of each byte: a field has two bytes at least, and up to eight items.
const ITEMS_OF_BYTE: usize = 4;

pub(super) fn guard(part: &[u8]) -> Option<Admitted> {
    if part.len() > MOST_BYTES || levels(part) >= MOST_LEVELS {
        return None;
    }
    Some(Admitted {
        len: part.len(),
        items: 16 + part.len() * ITEMS_OF_BYTE,
    })
}

/// How deep fields nest, or [`MOST_LEVELS`] if it is deeper. Every byte is read once for
/// each level.
fn levels(part: &[u8]) -> usize {
    let mut level: Vec<&[u8]> = vec![part];
    for depth in 0..MOST_LEVELS {
        let mut next = Vec::new();
        for message in level {
            if inner(message, &mut next) {
                return MOST_LEVELS;
            }
        }
        if next.is_empty() {
            return depth;
        }
        level = next;
    }
    MOST_LEVELS
}

/// Collects the fields of a message that have a length. Gives whether groups, which nest
/// without one, nest too deeply.
fn inner<'p>(message: &'p [u8], found: &mut Vec<&'p [u8]>) -> bool {
    let mut rest = message;
    let mut groups = 0_usize;
    while let Some((tag, behind)) = number(rest) {
        rest = match tag & 7 {
            0 => match number(behind) {
                Some((_, behind)) => behind,
                None => return false,
            },
            1 => behind.get(8..).unwrap_or_default(),
            2 => {
                let Some((len, behind)) = number(behind) else {
                    return false;
                };
                let len = usize::try_from(len).unwrap_or(usize::MAX);
                let (field, behind) = behind.split_at(len.min(behind.len()));
                if field.len() > 1 {
                    found.push(field);
                }
                behind
            }
            3 => {
                groups += 1;
                behind
            }
            4 => {
                groups = groups.saturating_sub(1);
                behind
            }
            5 => behind.get(4..).unwrap_or_default(),
            _ => return false,
        };
        if groups >= MOST_LEVELS {
            return true;
        }
    }
    false
}

/// A number of seven bits a byte, the lowest first, and what is behind it.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    const LONGEST: usize = 10;
    let len = 1 + bytes
        .iter()
        .take(LONGEST)
        .position(|byte| byte & 0x80 == 0)?;
    let (digits, behind) = bytes.split_at(len);
    let value = digits.iter().rev().fold(0_u64, |value, byte| {
        value.wrapping_shl(7) | u64::from(byte & 0x7f)
    });
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
        assert_eq!(levels(&nested(0)), 0);
        assert_eq!(levels(&nested(5)), 5);
        assert!(guard(&nested(MOST_LEVELS - 1)).is_some());
        assert!(guard(&nested(MOST_LEVELS)).is_none());
        assert!(guard(&nested(9_000)).is_none());
        assert!(guard(&[0x0b; MOST_LEVELS - 1]).is_some());
        assert!(guard(&[0x0b; MOST_LEVELS]).is_none());
        assert!(guard(&[0x0b, 0x0c].repeat(99)).is_some());
    }

    #[test]
    fn broken_messages_end() {
        for message in [
            &b""[..],
            b"\xff",
            &[0xff; 40],
            b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01ab",
            b"\x09\x01",
            b"\x0d\x01",
            b"\x0f",
        ] {
            assert!(guard(message).is_some(), "{message:?}");
        }
        assert!(guard(&vec![0; MOST_BYTES + 1]).is_none());
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
