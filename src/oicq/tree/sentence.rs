//! The sentence that says what a frame is, in the Info column and in the tree.
//!
//! It is made for every frame that is listed, so it is written without [`core::fmt`].

use crate::oicq::wire::direction::Direction;
use crate::oicq::wire::frame::Frame;

/// Appends `QQ 12345678 → server: Send message (0x00cd), seq 0x1bdb`.
pub(crate) fn push_sentence(to: &mut String, frame: &Frame, name: Option<&str>) {
    match frame.direction {
        Direction::ToServer => {
            push_client(to, frame);
            to.push_str(" → server");
        }
        Direction::ToClient => {
            to.push_str("server → ");
            push_client(to, frame);
        }
        Direction::Unknown => push_client(to, frame),
    }
    to.push_str(": ");
    to.push_str(name.unwrap_or("Unknown command"));
    to.push_str(" (0x");
    push_hex(to, frame.command.value);
    to.push_str("), seq 0x");
    push_hex(to, frame.sequence.value);
}

fn push_client(to: &mut String, frame: &Frame) {
    match frame.uin {
        Some(uin) => {
            to.push_str("QQ ");
            push_decimal(to, uin.value);
        }
        None => to.push_str("client"),
    }
}

/// Appends a number in decimal digits.
pub(crate) fn push_decimal(to: &mut String, number: u32) {
    let mut digits = [0; 10];
    let mut start = digits.len();
    let mut rest = number;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        start -= 1;
        if rest == 0 {
            break;
        }
    }
    let digits = digits.get(start..).unwrap_or_default();
    to.push_str(core::str::from_utf8(digits).unwrap_or_default());
}

/// Appends a number in four hexadecimal digits.
fn push_hex(to: &mut String, number: u16) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = [12, 8, 4, 0].map(|shift| DIGITS[usize::from(number >> shift & 0xf)]);
    to.push_str(core::str::from_utf8(&digits).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_by_format() {
        let mut text = String::new();
        for number in [0, 9, 10, 10_001, 4_000_000_001, u32::MAX] {
            text.clear();
            push_decimal(&mut text, number);
            assert_eq!(text, number.to_string());
        }
        for number in [0, 0x00cd, 0xfedc] {
            text.clear();
            push_hex(&mut text, number);
            assert_eq!(text, format!("{number:04x}"));
        }
    }
}
