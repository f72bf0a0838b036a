//! Parses the accounts in parameters and headers.
//!
//! Forms: `alice@example.com`; with the endpoint of MSNP16 `alice@example.com;{guid}` or
//! `;epid={guid}`; with the network `1:alice@example.com`; through a circle or another
//! network `1:alice@example.com;via=9:guid@live.com`; a phone `tel:+15550100`; with a path
//! `;path=IM`; and URL-encoded by some clients `alice%40example.com`.
//!
//! Source: docs/protocol/msnp.md §2.3 to §2.6, §5.13, §7.6 (item 3).

use memchr::{memchr, memchr2, memchr3, memchr_iter};

use crate::msn::common::number::decimal;
use crate::msn::common::percent;
use crate::span::{Span, Spanned};

/// Maximum parts parsed after the account; usually there is at most one of each type.
const MAX_PARTS: usize = 8;

/// An account and its qualifiers. Spans count from the first byte of the word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Account {
    /// The network id before the first colon.
    pub network: Option<Spanned<u32>>,
    /// The account itself: a mail address, `tel:` and a number, or any other text.
    pub address: Span,
    /// The GUID of the endpoint, with its braces.
    pub endpoint: Option<Span>,
    /// The circle or network through which the account is reached.
    pub via: Option<Via>,
    /// The value of `path=`: the type of the endpoints.
    pub path: Option<Span>,
}

/// The value of `via=`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Via {
    /// The whole value.
    pub span: Span,
    /// The network id.
    pub network: Option<Spanned<u32>>,
    /// The account of the circle, or the name of the network.
    pub address: Span,
}

/// The address in a word, without its qualifiers, URL-decoded.
pub(crate) fn address(word: &[u8]) -> Vec<u8> {
    let address = account(word).address.of(word);
    percent::text(address).into_owned().into_bytes()
}

/// Parses an account. Accepts any word: without a known form, all of it is the address.
pub fn account(word: &[u8]) -> Account {
    if memchr3(b':', b';', b'{', word).is_none() {
        return Account {
            address: Span::new(0, word.len()),
            ..Account::default()
        };
    }
    let head = memchr(b';', word).unwrap_or(word.len());
    let (network, mut address) = network_and_address(word, Span::new(0, head));
    let mut account = Account {
        network,
        ..Account::default()
    };
    // An early description of the protocol has the GUID after a colon.
    let text = address.of(word);
    let mut braces = memchr_iter(b'{', text).filter_map(|brace| brace.checked_sub(1));
    if let Some(at) = braces.find(|before| text.get(*before) == Some(&b':')) {
        let guid = Span::between(address.start + at + 1, address.end());
        account.endpoint = is_braced(guid.of(word)).then_some(guid);
        if account.endpoint.is_some() {
            address.len = at;
        }
    }
    account.address = address;
    let parts = Span::between(head + 1, word.len());
    let semicolon = |rest: &[u8]| memchr(b';', rest);
    for part in parts.split(word, semicolon).take(MAX_PARTS) {
        account.add(word, part);
    }
    account
}

impl Account {
    /// Adds one part, which follows a semicolon.
    fn add(&mut self, word: &[u8], part: Span) {
        let text = part.of(word);
        let after = |prefix: &[u8]| {
            text.strip_prefix(prefix)
                .map(|value| Span::new(part.start + prefix.len(), value.len()))
        };
        if is_braced(text) {
            self.endpoint = Some(part);
        } else if let Some(guid) = after(b"epid=") {
            self.endpoint = Some(guid);
        } else if let Some(span) = after(b"via=") {
            let (network, address) = network_and_address(word, span);
            self.via = Some(Via {
                span,
                network,
                address,
            });
        } else if let Some(path) = after(b"path=") {
            self.path = Some(path);
        }
    }
}

/// Whether a word looks like an account: an address with `@`, raw or encoded, or a
/// telephone number. For words where one is expected; to detect MSNP, see
/// [`is_full_address`].
pub fn is_account(word: &[u8]) -> bool {
    let head = match memchr2(b'@', b';', word) {
        Some(at) if word[at] == b'@' => return true,
        Some(at) => &word[..at],
        None => word,
    };
    let address = network_and_address(head, Span::new(0, head.len())).1;
    address.of(head).starts_with(b"tel:") || memchr::memmem::find(head, b"%40").is_some()
}

/// Whether a word is unambiguously an address: `local@domain.tld`, optionally with a
/// network before it or an endpoint after it.
pub fn is_full_address(word: &[u8]) -> bool {
    let Some(at) = memchr(b'@', word) else {
        return false;
    };
    let (local, domain) = (&word[..at], &word[at + 1..]);
    !local.is_empty()
        && word.iter().all(u8::is_ascii_graphic)
        && matches!(domain, [_, middle @ .., _] if middle.contains(&b'.'))
}

/// Whether the word begins with a network id and a colon.
pub fn has_network(word: &[u8]) -> bool {
    let is_numbered = word.first().is_some_and(u8::is_ascii_digit);
    is_numbered
        && network_and_address(word, Span::new(0, word.len()))
            .0
            .is_some()
}

fn network_and_address(word: &[u8], span: Span) -> (Option<Spanned<u32>>, Span) {
    let text = span.of(word);
    let colon = memchr(b':', text);
    let number = colon.and_then(|at| decimal(&text[..at]));
    match (colon, number) {
        (Some(at), Some(network)) => (
            Some(Spanned::new(network, Span::new(span.start, at))),
            Span::between(span.start + at + 1, span.end()),
        ),
        _ => (None, span),
    }
}

fn is_braced(text: &[u8]) -> bool {
    text.len() > 2 && text.starts_with(b"{") && text.ends_with(b"}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUID: &str = "{d9fd161b-d4d8-4ca7-8a68-c70feb39a330}";

    /// The parts of an account as one text.
    fn parts(word: &str) -> String {
        let found = account(word.as_bytes());
        let text = |span: Span| String::from_utf8_lossy(span.of(word.as_bytes())).into_owned();
        let number = |network: Option<Spanned<u32>>| match network {
            Some(network) => format!("{}:", network.value),
            None => String::new(),
        };
        let mut parts = format!("{}<{}>", number(found.network), text(found.address));
        if let Some(endpoint) = found.endpoint {
            parts += &format!(" endpoint {}", text(endpoint));
        }
        if let Some(via) = found.via {
            parts += &format!(" via {}<{}>", number(via.network), text(via.address));
        }
        if let Some(path) = found.path {
            parts += &format!(" path {}", text(path));
        }
        parts
    }

    #[test]
    fn every_form_is_parsed() {
        for (word, expected) in [
            ("bob@example.net", "<bob@example.net>"),
            (
                "bob@example.net;{d9fd}",
                "<bob@example.net> endpoint {d9fd}",
            ),
            (
                "bob@example.net:{d9fd}",
                "<bob@example.net> endpoint {d9fd}",
            ),
            ("1:bob@example.net", "1:<bob@example.net>"),
            (
                "1:bob@example.net;epid={d9fd};path=IM",
                "1:<bob@example.net> endpoint {d9fd} path IM",
            ),
            (
                "1:bob@example.net;via=9:00@live.com",
                "1:<bob@example.net> via 9:<00@live.com>",
            ),
            ("13:1065663773;via=14:fb", "13:<1065663773> via 14:<fb>"),
            ("tel:+15550100", "<tel:+15550100>"),
            ("4:tel:+15550100", "4:<tel:+15550100>"),
            ("Hotmail", "<Hotmail>"),
            ("", "<>"),
            (";;{", "<>"),
            ("bob@example.net;{}", "<bob@example.net>"),
            (
                "bob@example.net;;;;;;;;path=IM",
                "<bob@example.net> path IM",
            ),
            ("bob@example.net;;;;;;;;;path=IM", "<bob@example.net>"),
        ] {
            assert_eq!(parts(word), expected, "{word}");
        }
    }

    #[test]
    fn spans_cover_exactly_their_bytes() {
        let word = format!("1:bob@example.net;via=9:0000@live.com;{GUID}");
        let found = account(word.as_bytes());
        let via = found.via.unwrap();
        assert_eq!(found.network.unwrap().span, Span::new(0, 1));
        assert_eq!(found.address, Span::new(2, 15));
        assert_eq!(via.span, Span::new(22, 15));
        assert_eq!(via.address, Span::new(24, 13));
        assert_eq!(found.endpoint, Some(Span::new(38, 38)));
    }

    #[test]
    fn words_that_look_like_accounts() {
        for word in [
            "a@b",
            "1:a@b;via=9:x@y",
            "tel:+1",
            "4:tel:+1",
            "a%40b",
            "a@b;{x}",
        ] {
            assert!(is_account(word.as_bytes()), "{word}");
        }
        for word in ["Hotmail", "0", "", ";a@b", "bob"] {
            assert!(!is_account(word.as_bytes()), "{word}");
        }
    }

    #[test]
    fn a_network_is_a_number_before_a_colon() {
        for (word, expected) in [
            ("1:bob@example.net", true),
            ("32:", true),
            ("1", false),
            ("1bob@example.net", false),
            ("1b:ob@example.net", false),
            (":bob@example.net", false),
            ("tel:+15550100", false),
        ] {
            assert_eq!(has_network(word.as_bytes()), expected, "{word}");
        }
    }

    #[test]
    fn a_full_address_has_a_local_part_and_a_domain_of_two_labels() {
        for (word, is_full) in [
            ("alice@example.com", true),
            ("1:alice@example.com;{d9fd}", true),
            ("a@b.c", true),
            ("@b.c", false),
            ("a@.c", false),
            ("a@b.", false),
            ("a@bc.", false),
            ("a@.", false),
            ("a@", false),
            ("a@bcd", false),
            ("a.b.c", false),
            ("a@b.c d", false),
            ("a\u{e9}@b.c", false),
        ] {
            assert_eq!(is_full_address(word.as_bytes()), is_full, "{word}");
        }
    }
}
