//! Parameters with several parts: addresses with ports, and lists of pairs.
//!
//! Source: docs/protocol/msnp.md §2.3 (XFR, USR, FND).

use crate::msn::common::number::decimal;
use crate::span::{Span, Spanned};

/// A host and an optional port: `198.51.100.2:1863`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostPort {
    /// The address or name.
    pub host: Span,
    /// The port after the last colon; 1863 by default.
    pub port: Option<Spanned<u16>>,
}

/// Splits an address. Without a valid port, the whole word is the host, as is an IPv6
/// address without brackets.
pub fn host_port(word: &[u8]) -> HostPort {
    let last = memchr::memrchr(b':', word);
    let colon = last.filter(|at| {
        let host = word.get(..*at).unwrap_or_default();
        host.ends_with(b"]") || memchr::memchr(b':', host).is_none()
    });
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
pub struct CompositePair {
    /// The name before the equals sign; empty when there is none.
    pub name: Span,
    /// The value after it.
    pub value: Span,
}

impl CompositePair {
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

/// The items of a list, separated by `separator`. Empty ones are skipped.
pub fn pairs(word: &[u8], separator: u8) -> impl Iterator<Item = CompositePair> + '_ {
    Span::new(0, word.len())
        .split(word, move |rest| memchr::memchr(separator, rest))
        .map(|item| pair(item.of(word), item.start))
        .filter(|pair| pair.span().len > 0)
}

/// Splits `name=value`, which begins at offset `start`.
pub fn pair(item: &[u8], start: usize) -> CompositePair {
    match memchr::memchr(b'=', item) {
        Some(at) => CompositePair {
            name: Span::new(start, at),
            value: Span::between(start + at + 1, start + item.len()),
        },
        None => CompositePair {
            name: Span::new(start, 0),
            value: Span::new(start, item.len()),
        },
    }
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
            ("2001:db8::1", "2001:db8::1", None),
            ("[2001:db8::1]", "[2001:db8::1]", None),
            ("[2001:db8::1]:1864", "[2001:db8::1]", Some(1864)),
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
}
