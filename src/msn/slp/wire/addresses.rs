//! Addresses and ports in MSNSLP bodies.
//!
//! Source: docs/protocol/msnp.md §5.9.

use std::net::{IpAddr, Ipv4Addr};

use crate::msn::common::number::decimal;
use crate::msn::msnp::wire::invitation;
use crate::span::{Span, Spanned};

/// Maximum addresses decoded per value.
const MAX_ADDRESSES: usize = 32;

/// An address, with a port if the value has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlpEndpoint {
    /// The address.
    pub address: IpAddr,
    /// The port.
    pub port: Option<u16>,
}

/// Decodes `NetID`: an IPv4 address as a signed decimal number, the first byte least
/// significant. Returns `None` for 0, which means no address, and for invalid numbers.
pub fn net_id(text: &[u8]) -> Option<Ipv4Addr> {
    let text = core::str::from_utf8(text).ok()?;
    let number: i64 = text.parse().ok()?;
    // Some clients send it as unsigned.
    let number = u32::try_from(number)
        .or_else(|_| i32::try_from(number).map(|number| number as u32))
        .ok()?;
    (number != 0).then(|| Ipv4Addr::from(number.to_le_bytes()))
}

/// Decodes `true` and `false`, ignoring case, and 1 and 0.
pub fn flag(text: &[u8]) -> Option<bool> {
    match text {
        b"1" => Some(true),
        b"0" => Some(false),
        _ if text.eq_ignore_ascii_case(b"true") => Some(true),
        _ if text.eq_ignore_ascii_case(b"false") => Some(false),
        _ => None,
    }
}

/// The bytes in reverse order.
pub fn reversed(text: &[u8]) -> Vec<u8> {
    text.iter().rev().copied().collect()
}

/// The addresses in `text`, separated by spaces, commas or semicolons, each with or
/// without a port. Invalid words are skipped. Spans refer to `text`.
pub fn endpoints(text: &[u8]) -> Vec<Spanned<SlpEndpoint>> {
    Span::new(0, text.len())
        .split(text, |rest| memchr::memchr3(b' ', b',', b';', rest))
        .filter_map(|word| Some(Spanned::new(endpoint(word.of(text))?, word)))
        .take(MAX_ADDRESSES)
        .collect()
}

/// The addresses in a value in reverse byte order. Spans refer to `text` as received.
pub fn reversed_endpoints(text: &[u8]) -> Vec<Spanned<SlpEndpoint>> {
    let mut found = endpoints(&reversed(text));
    for endpoint in &mut found {
        endpoint.span.start = text.len().saturating_sub(endpoint.span.end());
    }
    found
}

fn endpoint(word: &[u8]) -> Option<SlpEndpoint> {
    // IPv6 addresses have `#` before the port.
    let hash = memchr::memrchr(b'#', word);
    let (host, digits) = match hash {
        Some(at) => (word.get(..at)?, word.get(at + 1..)),
        None => (word, None),
    };
    let (address, own) = invitation::address(host)?;
    let port = match digits {
        Some(digits) => Some(u16::try_from(decimal(digits)?).ok()?),
        None => own,
    };
    Some(SlpEndpoint { address, port })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(endpoints: &[Spanned<SlpEndpoint>]) -> Vec<(String, Option<u16>, usize, usize)> {
        endpoints
            .iter()
            .map(|e| {
                let address = e.value.address.to_string();
                (address, e.value.port, e.span.start, e.span.len)
            })
            .collect()
    }

    #[test]
    fn a_net_id_has_the_first_byte_least_significant() {
        let address = Ipv4Addr::new(192, 0, 2, 10);
        assert_eq!(net_id(b"167903424"), Some(address));
        assert_eq!(net_id(b"-905838400"), Some(Ipv4Addr::new(192, 0, 2, 202)));
        assert_eq!(net_id(b"3389128896"), Some(Ipv4Addr::new(192, 0, 2, 202)));
        assert_eq!(net_id(b"0"), None);
        for text in [&b""[..], b"x", b"99999999999", b"-2147483649"] {
            assert_eq!(net_id(text), None);
        }
    }

    #[test]
    fn lists_of_addresses() {
        let list = endpoints(b"192.0.2.10 198.51.100.4:6891 what 1.2.3 2001:db8::a");
        assert_eq!(
            found(&list),
            [
                ("192.0.2.10".to_owned(), None, 0, 10),
                ("198.51.100.4".to_owned(), Some(6891), 11, 17),
                ("2001:db8::a".to_owned(), None, 40, 11)
            ]
        );
        let odd = endpoints(b"192.0.2.10:0 fe80::1%4");
        assert_eq!(
            found(&odd),
            [
                ("192.0.2.10".to_owned(), Some(0), 0, 12),
                ("fe80::1".to_owned(), None, 13, 9)
            ]
        );
        let ipv6 = endpoints(b"2001:db8::10#3313");
        assert_eq!(
            found(&ipv6),
            [("2001:db8::10".to_owned(), Some(3313), 0, 17)]
        );
        assert!(endpoints(b"2001:db8::10#x").is_empty());
        assert!(endpoints(b"").is_empty());
        assert!(endpoints(b"192.0.2.10:65536").is_empty());
        assert_eq!(endpoints(&b"192.0.2.1 ".repeat(100)).len(), MAX_ADDRESSES);
    }

    #[test]
    fn reversed_lists() {
        let list = reversed_endpoints(b"1986:4.001.15.891 01.2.0.291");
        assert_eq!(
            found(&list),
            [
                ("192.0.2.10".to_owned(), None, 18, 10),
                ("198.51.100.4".to_owned(), Some(6891), 0, 17)
            ]
        );
    }

    #[test]
    fn flags() {
        assert_eq!(flag(b"TRUE"), Some(true));
        assert_eq!(flag(b"false"), Some(false));
        assert_eq!(flag(b"yes"), None);
    }
}
