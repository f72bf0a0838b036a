//! The headers of Passport 1.4, the login of MSNP8 to 14.
//!
//! Source: docs/protocol/msnp.md §6.2. The client's header repeats the parameters
//! received in `USR … TWN S`; `from-PP` is the ticket for the next `USR … TWN S`.

#[cfg(test)]
mod tests;

use crate::msn::common::mime;
use crate::msn::http::wire::head::HttpHead;
use crate::span::Span;

/// Maximum pairs decoded per header; real headers have about twelve.
const MAX_PAIRS: usize = 64;
/// Maximum Passport headers decoded per message.
const MAX_HEADERS: usize = 8;

/// A Passport header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassportHeader {
    /// The type of header.
    pub kind: PassportHeaderKind,
    /// The line without its line end.
    pub line: Span,
    /// The version after `Passport` in the scheme: `1.4`.
    pub version: Option<Span>,
    /// The pairs, in order.
    pub pairs: Vec<PassportPair>,
}

/// The type of a Passport header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassportHeaderKind {
    /// `Authorization`: the client logs in.
    Authorization,
    /// `Authentication-Info`: the login succeeded, or is redirected.
    Info,
    /// `WWW-Authenticate`: the login failed, or is required.
    Challenge,
    /// `PassportURLs`: the login servers.
    Urls,
    /// `Location` together with another one: the login server to use.
    Location,
}

/// One pair: `sign-in=alice%40example.com`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassportPair {
    /// The type of the pair.
    pub key: PassportKey,
    /// The whole pair.
    pub span: Span,
    /// The value, without quotes.
    pub value: Span,
}

/// The type of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassportKey {
    /// `OrgVerb`: the method of the request that needs the login.
    Verb,
    /// `OrgURL`: the address that needs the login.
    Url,
    /// `sign-in`: the account.
    SignIn,
    /// `pwd`: the password.
    Password,
    /// `da-status`: `success`, `redir` or `failed`.
    Status,
    /// `tname`: the name of the ticket's cookie.
    TicketName,
    /// `from-PP`: the ticket.
    Ticket,
    /// `ru`: the address to return to.
    ReturnUrl,
    /// `DARealm` or `srealm`.
    Realm,
    /// `DALogin`, or the value of `Location`.
    Login,
    /// `DAReg`: the address to create an account.
    Registration,
    /// `cburl`: the address to go to after a failed login.
    CallbackUrl,
    /// `cbtxt`: a message for the user.
    CallbackText,
    /// Any other, such as the TWN parameters.
    Other,
}

/// Names in lower case, sorted.
const KEYS: [(&str, PassportKey); 14] = [
    ("cbtxt", PassportKey::CallbackText),
    ("cburl", PassportKey::CallbackUrl),
    ("da-status", PassportKey::Status),
    ("dalogin", PassportKey::Login),
    ("darealm", PassportKey::Realm),
    ("dareg", PassportKey::Registration),
    ("from-pp", PassportKey::Ticket),
    ("orgurl", PassportKey::Url),
    ("orgverb", PassportKey::Verb),
    ("pwd", PassportKey::Password),
    ("ru", PassportKey::ReturnUrl),
    ("sign-in", PassportKey::SignIn),
    ("srealm", PassportKey::Realm),
    ("tname", PassportKey::TicketName),
];

impl PassportHeader {
    /// The value of the first pair with this key.
    pub fn value(&self, key: PassportKey) -> Option<Span> {
        let pair = self.pairs.iter().find(|pair| pair.key == key)?;
        Some(pair.value)
    }
}

/// Decodes the Passport headers of an HTTP header in `data`.
pub fn headers(data: &[u8], head: &HttpHead) -> Vec<PassportHeader> {
    let lines = head.fields.lines.iter();
    let mut found: Vec<PassportHeader> = lines
        .filter_map(|line| header(data, line))
        .take(MAX_HEADERS)
        .collect();
    if !found.is_empty() {
        found.extend(location(data, head));
    }
    found
}

fn header(data: &[u8], line: &mime::MimeHeader) -> Option<PassportHeader> {
    let kinds = [
        ("Authorization", PassportHeaderKind::Authorization),
        ("Authentication-Info", PassportHeaderKind::Info),
        ("WWW-Authenticate", PassportHeaderKind::Challenge),
        ("PassportURLs", PassportHeaderKind::Urls),
    ];
    let (_, kind) = kinds
        .into_iter()
        .find(|(name, _)| line.has_name(data, name))?;
    let (version, rest) = match kind {
        PassportHeaderKind::Urls => (None, line.value),
        _ => {
            let (version, rest) = scheme(data, line.value)?;
            (Some(version), rest)
        }
    };
    Some(PassportHeader {
        kind,
        line: line.line,
        version,
        pairs: pairs(data, rest),
    })
}

/// Splits off the scheme: the version in `Passport1.4`, and the rest of the value.
/// Returns `None` for other schemes.
fn scheme(data: &[u8], value: Span) -> Option<(Span, Span)> {
    const NAME: &[u8] = b"Passport";
    let text = value.of(data);
    let name = text.get(..NAME.len())?;
    let word = memchr::memchr2(b' ', b'\t', text).unwrap_or(text.len());
    let version = text.get(NAME.len()..word)?;
    let is_number = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
    if !name.eq_ignore_ascii_case(NAME) || !version.iter().all(is_number) {
        return None;
    }
    let version = Span::new(value.start + NAME.len(), version.len());
    Some((version, Span::between(version.end(), value.end())))
}

fn location(data: &[u8], head: &HttpHead) -> Option<PassportHeader> {
    let line = head.fields.find(data, "Location")?;
    Some(PassportHeader {
        kind: PassportHeaderKind::Location,
        line: line.line,
        version: None,
        pairs: vec![PassportPair {
            key: PassportKey::Login,
            span: line.line,
            value: line.value,
        }],
    })
}

/// Splits at commas; a comma inside quotes is part of the value.
fn pairs(data: &[u8], span: Span) -> Vec<PassportPair> {
    let mut found = Vec::new();
    let mut at = span.start;
    while at < span.end() && found.len() < MAX_PAIRS {
        let rest = Span::between(at, span.end());
        let len = pair_len(rest.of(data));
        let part = mime::trimmed(data, Span::new(at, len));
        if part.len > 0 {
            found.push(pair(data, part));
        }
        at += len + 1;
    }
    found
}

fn pair_len(text: &[u8]) -> usize {
    let mut quote = None;
    for (at, byte) in text.iter().enumerate() {
        match (quote, byte) {
            (None, b',') => return at,
            // A quote counts only at the beginning of a value: not in `it's`.
            (None, b'\'' | b'"') if at > 0 && text.get(at - 1) == Some(&b'=') => {
                quote = Some(*byte);
            }
            (Some(open), close) if open == *close => quote = None,
            _ => {}
        }
    }
    match quote {
        // An unterminated quote does not count.
        Some(_) => memchr::memchr(b',', text).unwrap_or(text.len()),
        None => text.len(),
    }
}

fn pair(data: &[u8], part: Span) -> PassportPair {
    let (name, value) = mime::assignment(data, part).unwrap_or((part, Span::new(part.end(), 0)));
    let name = name.of(data).to_ascii_lowercase();
    let known = KEYS.iter().find(|(known, _)| known.as_bytes() == name);
    PassportPair {
        key: known.map_or(PassportKey::Other, |(_, key)| *key),
        span: part,
        value: unquoted(data, value),
    }
}

fn unquoted(data: &[u8], value: Span) -> Span {
    match value.of(data) {
        [b'\'', .., b'\''] | [b'"', .., b'"'] => Span::new(value.start + 1, value.len - 2),
        _ => value,
    }
}
