//! Whether a word can have a meaning.

#[cfg(test)]
mod tests;

use crate::msn::common::account::{has_network, is_account};
use crate::msn::common::guid::is_bare;
use crate::msn::common::number::decimal;
use crate::msn::msnp::wire::capabilities::capabilities;
use crate::msn::msnp::wire::parameter::meaning::{meanings, reduce, Meaning};

macro_rules! declare {
    ($($(#[$about:meta])* $name:ident: ($fits:ident, $shown:expr, $example:literal) = $field:ident;)*) => {
        /// Whether a word can have this meaning.
        pub(crate) fn fits(meaning: Meaning, word: &[u8]) -> bool {
            match meaning {
                $(Meaning::$name => $fits(word),)*
            }
        }
    };
}
meanings!(declare);

/// Texts can be anything.
fn any(_: &[u8]) -> bool {
    true
}

fn number(word: &[u8]) -> bool {
    decimal(word).is_some()
}

fn not_number(word: &[u8]) -> bool {
    !number(word)
}

/// A number below 256.
fn byte(word: &[u8]) -> bool {
    decimal(word).is_some_and(|number| number < 256)
}

/// `0` or `1`.
fn bit(word: &[u8]) -> bool {
    matches!(word, b"0" | b"1")
}

fn zero(word: &[u8]) -> bool {
    word == b"0"
}

fn account(word: &[u8]) -> bool {
    is_account(word) && !has_network(word) && !contact_account(word)
}

fn network_account(word: &[u8]) -> bool {
    has_network(word)
}

fn contact_account(word: &[u8]) -> bool {
    word.starts_with(b"N=")
}

fn contact_name(word: &[u8]) -> bool {
    word.starts_with(b"F=")
}

fn contact_id(word: &[u8]) -> bool {
    word.starts_with(b"C=")
}

fn one_capital(word: &[u8]) -> bool {
    capitals(word, 1)
}

fn two_capitals(word: &[u8]) -> bool {
    capitals(word, 2)
}

fn three_capitals(word: &[u8]) -> bool {
    capitals(word, 3)
}

/// A code of this length, whether a table has it or not.
fn capitals(word: &[u8], count: usize) -> bool {
    word.len() == count && word.iter().all(u8::is_ascii_uppercase)
}

/// One letter of either case.
fn letter(word: &[u8]) -> bool {
    matches!(word, [b'A'..=b'Z' | b'a'..=b'z'])
}

fn capability_numbers(word: &[u8]) -> bool {
    capabilities(word).is_some()
}

fn msn_object(word: &[u8]) -> bool {
    zero(word) || word.starts_with(b"<") || begins_like(word, b"%3cmsnobj")
}

fn url(word: &[u8]) -> bool {
    begins_like(word, b"http")
        || word.starts_with(b"/")
        || memchr::memmem::find(word, b"://").is_some()
}

fn dialect(word: &[u8]) -> bool {
    word.starts_with(b"MSNP") || word.starts_with(b"CVR")
}

fn package(word: &[u8]) -> bool {
    word.len() == 3 && service(word)
}

fn policy(word: &[u8]) -> bool {
    word.starts_with(b"MBI")
}

fn ticket(word: &[u8]) -> bool {
    !policy(word)
}

fn login_parameters(word: &[u8]) -> bool {
    pair(word) && !word.starts_with(b"t=")
}

/// 32 hexadecimal digits.
fn md5(word: &[u8]) -> bool {
    word.len() == 32 && word.iter().all(u8::is_ascii_hexdigit)
}

fn no_brace(word: &[u8]) -> bool {
    !word.starts_with(b"{")
}

fn in_braces(word: &[u8]) -> bool {
    word.starts_with(b"{") && word.ends_with(b"}")
}

fn server(word: &[u8]) -> bool {
    word.len() > 1
}

fn list_version(word: &[u8]) -> bool {
    word.first().is_some_and(u8::is_ascii_digit)
}

fn version(word: &[u8]) -> bool {
    list_version(word) && memchr::memchr(b'.', word).is_some()
}

/// A number, or a GUID without braces.
fn group(word: &[u8]) -> bool {
    number(word) || guid(word)
}

/// Groups, separated by commas.
fn groups(word: &[u8]) -> bool {
    // Nearly all contacts are in one.
    group(word) || word.split(|b| *b == b',').all(group)
}

/// A GUID without braces.
fn guid(word: &[u8]) -> bool {
    is_bare(word)
}

/// Since MSNP10 the id, a GUID, is after the name, and before it until then: a GUID is never
/// taken for the name.
fn not_guid(word: &[u8]) -> bool {
    !guid(word)
}

/// Hexadecimal after `0x`, or decimal.
fn locale(word: &[u8]) -> bool {
    begins_like(word, b"0x") || number(word)
}

/// Capital letters and digits.
fn service(word: &[u8]) -> bool {
    let is_known = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    !word.is_empty() && word.iter().all(is_known)
}

fn switch(word: &[u8]) -> bool {
    matches!(word, b"ON" | b"OFF")
}

/// `name=value`.
fn pair(word: &[u8]) -> bool {
    memchr::memchr(b'=', word).is_some()
}

fn begins_like(word: &[u8], prefix: &[u8]) -> bool {
    let head = word.get(..prefix.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}
