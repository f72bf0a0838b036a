//! Lines of MSNFTP: three letters and parameters.
//!
//! Source: docs/protocol/msnp.md §5.11.

use memchr::memchr;

use crate::error::{Decoded, Fault, Missing};
use crate::span::{Span, Spanned};

/// Maximum length of a line, in bytes: at most it has an account and a number.
pub const MAX_LINE: usize = 1024;

/// One line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FtpLine {
    /// The three letters of the command.
    pub word: [u8; 3],
    /// The line without its line end, and without the NUL that MAC has before it.
    pub span: Span,
    /// Offset after the line feed.
    pub end: usize,
}

impl FtpLine {
    /// Span of the three letters.
    pub fn word_span(&self) -> Span {
        Span::new(self.span.start, 3)
    }

    /// The parameters, in order.
    pub fn parameters<'a>(&self, data: &'a [u8]) -> impl Iterator<Item = Spanned<&'a [u8]>> {
        let text = Span::between(self.span.start.saturating_add(4), self.span.end());
        text.split(data, |rest| memchr(b' ', rest))
            .filter(|word| word.len > 0)
            .map(|word| Spanned::new(word.of(data), word))
    }
}

/// Decodes the line at `start`.
///
/// Returns `Incomplete` if the line feed is missing but the bytes so far can begin a
/// line, `Malformed` if they cannot.
pub fn line(data: &[u8], start: usize) -> Decoded<FtpLine> {
    let rest = data.get(start..).unwrap_or_default();
    let window = rest.get(..MAX_LINE).unwrap_or(rest);
    let feed = memchr(b'\n', window);
    let text = window.get(..feed.unwrap_or(window.len()));
    let text = text.unwrap_or_default();
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    let text = text.strip_suffix(b"\0").unwrap_or(text);
    let letters = text.iter().take(3).all(u8::is_ascii_uppercase);
    let divided = matches!(text.get(3), None | Some(b' '));
    let is_text = text.iter().all(|byte| *byte >= b' ' && *byte != 0x7f);
    let malformed = Fault::Malformed {
        what: "Not a line of MSNFTP",
        at: Span::new(start, feed.map_or(window.len(), |feed| feed + 1)),
    };
    if !letters || !divided || !is_text {
        return Err(malformed);
    }
    let Some(feed) = feed else {
        let fault = Fault::Incomplete(Missing::Unknown);
        return Err(if window.len() == MAX_LINE {
            malformed
        } else {
            fault
        });
    };
    let word = text.get(..3).and_then(|word| word.try_into().ok());
    Ok(FtpLine {
        word: word.ok_or(malformed)?,
        span: Span::new(start, text.len()),
        end: start.saturating_add(feed).saturating_add(1),
    })
}

/// Whether an unclaimed segment begins a transfer: VER with one of its protocols.
fn is_msnftp(data: &[u8]) -> bool {
    line(data, 0).is_ok_and(|line| {
        &line.word == b"VER"
            && line
                .parameters(data)
                .any(|word| matches!(word.value, b"MSNFTP" | b"MSN_SECURE_FTP"))
    })
}

/// Whether the bytes begin a transfer: both sides begin with VER.
///
/// Returns `Incomplete` if the line is incomplete but may be VER.
pub fn greeting(data: &[u8]) -> Decoded<()> {
    match line(data, 0) {
        Err(Fault::Incomplete(missing)) if agrees(data, b"VER ") => Err(Fault::Incomplete(missing)),
        _ if is_msnftp(data) => Ok(()),
        _ => Err(Fault::Malformed {
            what: "Not the beginning of a transfer",
            at: Span::new(0, data.len()),
        }),
    }
}

fn agrees(data: &[u8], beginning: &[u8]) -> bool {
    data.iter().zip(beginning).all(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_parameters() {
        let data = b"USR alice@example.com 123456\r\nFIL";
        let line = line(data, 0).unwrap();
        assert_eq!(&line.word, b"USR");
        assert_eq!(line.word_span(), Span::new(0, 3));
        assert_eq!(&data[line.end..], b"FIL");
        let words: Vec<_> = line.parameters(data).collect();
        assert_eq!(words[0].value, b"alice@example.com");
        assert_eq!(words[1], Spanned::new(&b"123456"[..], Span::new(22, 6)));
        assert_eq!(words.len(), 2);
    }

    #[test]
    fn nul_before_the_line_end_and_bare_line_feeds_are_accepted() {
        let mac = line(b"MAC c2VjcmV0\0\r\n", 0).unwrap();
        assert_eq!(mac.span, Span::new(0, 12));
        assert_eq!(line(b"TFR\n", 0).unwrap().end, 4);
    }

    #[test]
    fn malformed_lines_are_rejected() {
        for data in [
            &b"\0\x0b\0hello"[..],
            b"GETS / HTTP",
            b"USR\x01\r\n",
            b"USR alice\x1f 1\r\n",
            b"USR alice\x7f 1\r\n",
            b"vER \r\n",
        ] {
            assert!(matches!(line(data, 0), Err(Fault::Malformed { .. })));
        }
        assert!(matches!(
            line(&[b'A'; MAX_LINE], 0),
            Err(Fault::Malformed { .. })
        ));
        let whole = b"BYE 16777989\r\n";
        for cut in 0..whole.len() {
            assert_eq!(
                line(&whole[..cut], 0),
                Err(Fault::Incomplete(Missing::Unknown)),
                "{cut}"
            );
        }
    }

    #[test]
    fn a_greeting_is_incomplete_until_its_line_end() {
        let whole = b"VER MSNFTP\r\n";
        for cut in 0..whole.len() {
            let fault = Fault::Incomplete(Missing::Unknown);
            assert_eq!(greeting(&whole[..cut]), Err(fault), "{cut}");
        }
        assert_eq!(greeting(whole), Ok(()));
        for data in [
            &b"V1"[..],
            b"USR alice",
            b"USR alice@example.com 123456\r\n",
            b"VER 1 MSNP8 CVR0\r\n",
            b"\0\0\0\x85\xffSMB",
        ] {
            assert!(matches!(greeting(data), Err(Fault::Malformed { .. })));
        }
    }

    #[test]
    fn a_transfer_is_recognised_by_its_first_line() {
        assert!(is_msnftp(b"VER MSNFTP\r\n"));
        assert!(is_msnftp(b"VER MSN_SECURE_FTP\r\n"));
        assert!(is_msnftp(b"VER MSNFTP XMSNFTP\r\nUSR"));
        for data in [
            &b"VER 1 MSNP8 CVR0\r\n"[..],
            b"VER MSNFTP",
            b"USR MSNFTP\r\n",
        ] {
            assert!(!is_msnftp(data));
        }
    }
}
