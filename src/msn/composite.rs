//! Parameters that are made of parts: addresses with ports, lists of pairs, times, and the
//! sealed answer of single sign-on.
//!
//! Source: protocol reference, MSNP §2.3 (XFR, SYN, USR), §6.3 (response blob).

use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::Engine as _;
use nom::number::complete::le_u32;
use nom::Parser;

use super::line::decimal;
use crate::codes::Codes;
use crate::span::{Span, Spanned};

/// A host and, if it is there, its port: `198.51.100.2:1863`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostPort {
    /// The address or name.
    pub host: Span,
    /// The port behind the last colon; without one it is 1863.
    pub port: Option<Spanned<u16>>,
}

/// Takes an address apart. What is not followed by a port is all host.
pub fn host_port(word: &[u8]) -> HostPort {
    let colon = memchr::memrchr(b':', word);
    let port = colon.and_then(|at| {
        let digits = word.get(at + 1..)?;
        let port = u16::try_from(decimal(digits)?).ok()?;
        Some(Spanned::new(port, Span::new(at + 1, digits.len())))
    });
    let host = match (colon, port) {
        (Some(at), Some(_)) => at,
        _ => word.len(),
    };
    HostPort {
        host: Span::new(0, host),
        port,
    }
}

/// One item of a list such as `lc=1033,id=507` or `t=ticket&p=profile`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The name before the equals sign; empty when there is none.
    pub name: Span,
    /// What is behind it.
    pub value: Span,
}

impl Pair {
    /// The name, the equals sign and the value.
    pub fn span(&self) -> Span {
        let start = if self.name.len == 0 {
            self.value.start
        } else {
            self.name.start
        };
        Span::between(start, self.value.end())
    }
}

/// The items of a list, separated by `separator`. Empty ones are left out.
pub fn pairs(word: &[u8], separator: u8) -> impl Iterator<Item = Pair> + '_ {
    let mut at = 0;
    word.split(move |byte| *byte == separator)
        .map(move |item| {
            let span = Span::new(at, item.len());
            at += item.len() + 1;
            pair(item, span.start)
        })
        .filter(|pair| pair.span().len > 0)
}

/// Splits `name=value`, which stands at `start`.
pub fn pair(item: &[u8], start: usize) -> Pair {
    match memchr::memchr(b'=', item) {
        Some(at) => Pair {
            name: Span::new(start, at),
            value: Span::between(start + at + 1, start + item.len()),
        },
        None => Pair {
            name: Span::new(start, 0),
            value: Span::new(start, item.len()),
        },
    }
}

/// The moment that a list version names, in nanoseconds since 1970, UTC:
/// `2005-04-23T18:57:44.8130000-07:00`, with any number of digits behind the point.
pub fn moment(word: &[u8]) -> Option<i64> {
    let text = core::str::from_utf8(word).ok()?;
    let (date, time) = text.split_once('T')?;
    let mut date = date.splitn(3, '-').map(digits);
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let zone = time.find(['+', '-', 'Z'])?;
    let (time, zone) = (time.get(..zone)?, time.get(zone..)?);
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let mut time = time.splitn(3, ':').map(digits);
    let (hour, minute, second) = (time.next()??, time.next()??, time.next()??);
    let is_real = (1970..2200).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 61;
    if !is_real {
        return None;
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    let seconds = seconds - offset(zone)?;
    Some(seconds * 1_000_000_000 + nanoseconds(fraction)?)
}

fn digits(text: &str) -> Option<i64> {
    decimal(text.as_bytes())
        .filter(|_| text.len() <= 4)
        .map(i64::from)
}

/// Seconds that a zone such as `-07:00` is before UTC's clock.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let seconds = digits(hours)? * 3_600 + digits(minutes)? * 60;
    Some(if zone.starts_with('-') {
        -seconds
    } else {
        seconds
    })
}

fn nanoseconds(fraction: &str) -> Option<i64> {
    let kept = fraction.get(..fraction.len().min(9))?;
    if kept.is_empty() {
        return Some(0);
    }
    let value = i64::from(decimal(kept.as_bytes())?);
    Some((kept.len()..9).fold(value, |value, _| value * 10))
}

/// Days from 1970-01-01 in the Gregorian calendar; years count from March, so that the
/// leap day is the last of its year.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year / 4 - year / 100 + year / 400;
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 1 - 719_468
}

/// The decoded bytes of a base64 parameter, with or without its padding.
pub fn base64(word: &[u8]) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    LENIENT.decode(word).ok()
}

/// The answer to the nonce of single sign-on, decoded from base64.
///
/// Layout, little-endian: header length (28), mode (1 = CBC), cipher (0x6603 = triple DES),
/// hash (0x8004 = SHA-1), lengths of the three parts; then the initialisation vector, the
/// hash of the nonce and the encrypted nonce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResponseBlob {
    /// The first seven numbers, in order, each [`BLOB_NUMBER`] bytes long.
    pub numbers: [u32; 7],
    /// The initialisation vector.
    pub vector: Span,
    /// The keyed hash of the nonce.
    pub hash: Span,
    /// The encrypted nonce.
    pub cipher: Span,
}

/// Modes of block ciphers, as Windows numbers them.
pub const CIPHER_MODES: Codes = Codes::new(&[(1, c"CBC"), (2, c"ECB")]);

/// Algorithms, as Windows numbers them.
pub const ALGORITHMS: Codes = Codes::new(&[(0x6603, c"Triple DES"), (0x8004, c"SHA-1")]);

/// Bytes of each number of the header.
pub const BLOB_NUMBER: usize = 4;

/// Reads the response blob. Parts that the bytes do not have in full are as long as the
/// bytes. `None` when the header is not that of a response blob.
pub fn response_blob(decoded: &[u8]) -> Option<ResponseBlob> {
    let mut numbers = [0; 7];
    let mut rest = decoded;
    for number in &mut numbers {
        let (behind, value) = le_u32::<_, nom::error::Error<_>>.parse(rest).ok()?;
        (rest, *number) = (behind, value);
    }
    let [header, _, _, _, lengths @ ..] = numbers;
    let header = usize::try_from(header).ok().filter(|len| *len == 28)?;
    let mut at = header;
    let mut parts = [Span::default(); 3];
    for (part, length) in parts.iter_mut().zip(lengths) {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let there = decoded.len().saturating_sub(at).min(length);
        *part = Span::new(at, there);
        at += there;
    }
    let [vector, hash, cipher] = parts;
    Some(ResponseBlob {
        numbers,
        vector,
        hash,
        cipher,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_ports() {
        for (word, host, port) in [
            ("198.51.100.2:1863", "198.51.100.2", Some(1863)),
            ("198.51.100.2", "198.51.100.2", None),
            ("sb.example.com:1864", "sb.example.com", Some(1864)),
            ("host:99999", "host:99999", None),
            ("host:", "host:", None),
            ("", "", None),
        ] {
            let found = host_port(word.as_bytes());
            assert_eq!(found.host.of(word.as_bytes()), host.as_bytes(), "{word}");
            assert_eq!(found.port.map(|p| p.value), port, "{word}");
        }
        let port = host_port(b"198.51.100.2:1863").port.unwrap();
        assert_eq!(port.span, Span::new(13, 4));
    }

    fn list(word: &str, separator: u8) -> Vec<(&str, &str)> {
        let text = |span: Span| core::str::from_utf8(span.of(word.as_bytes())).unwrap();
        pairs(word.as_bytes(), separator)
            .map(|pair| (text(pair.name), text(pair.value)))
            .collect()
    }

    #[test]
    fn lists_of_pairs() {
        assert_eq!(
            list("lc=1033,id=507,,odd,ru=http%3A", b','),
            [
                ("lc", "1033"),
                ("id", "507"),
                ("", "odd"),
                ("ru", "http%3A")
            ]
        );
        assert_eq!(list("t=5ab==$$&p=", b'&'), [("t", "5ab==$$"), ("p", "")]);
        assert_eq!(list("", b','), []);
        let second = pairs(b"a=1,bc=2", b',').nth(1).unwrap();
        assert_eq!(second.span(), Span::new(4, 4));
    }

    #[test]
    fn moments_of_list_versions() {
        for (word, nanoseconds) in [
            ("1970-01-01T00:00:00.0-00:00", 0),
            ("2000-02-29T12:00:00Z", 951_825_600_000_000_000),
            (
                "2005-04-23T18:57:44.8130000-07:00",
                1_114_307_864_813_000_000,
            ),
            ("2008-08-08T21:11:20.753-07:00", 1_218_255_080_753_000_000),
        ] {
            assert_eq!(moment(word.as_bytes()), Some(nanoseconds), "{word}");
        }
        for word in [
            "14",
            "",
            "T",
            "2005-13-23T18:57:44Z",
            "2005-04-23T18:57:44",
            "0-0-0T0:0:0Z",
        ] {
            assert_eq!(moment(word.as_bytes()), None, "{word}");
        }
    }

    /// The header of §6.3, parts of the right length, and what is left when bytes are missing.
    #[test]
    fn the_response_blob() {
        let mut blob = Vec::new();
        for number in [28_u32, 1, 0x6603, 0x8004, 8, 20, 72] {
            blob.extend(number.to_le_bytes());
        }
        blob.extend([7; 100]);
        let word = base64::engine::general_purpose::STANDARD.encode(&blob);
        let decoded = base64(word.as_bytes()).unwrap();
        let found = response_blob(&decoded).unwrap();
        assert_eq!(found.numbers[2..4], [0x6603, 0x8004]);
        assert_eq!(found.vector, Span::new(28, 8));
        assert_eq!(found.hash, Span::new(36, 20));
        assert_eq!(found.cipher, Span::new(56, 72));
        let short = response_blob(&decoded[..40]).unwrap();
        assert_eq!((short.hash.len, short.cipher.len), (4, 0));
        assert_eq!(response_blob(&decoded[..27]), None);
        assert_eq!(response_blob(&[0; 40]), None);
    }
}
