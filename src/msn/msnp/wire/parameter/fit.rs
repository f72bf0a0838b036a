//! Whether a word can have a meaning.

use crate::msn::common::account::{has_network, is_account};
use crate::msn::common::guid::Guid;
use crate::msn::common::number::decimal;
use crate::msn::msnp::wire::capabilities::capabilities;
use crate::msn::msnp::wire::parameter::meaning::Meaning;

/// Whether a word can have this meaning. Texts can be anything.
pub(crate) fn fits(meaning: Meaning, word: &[u8]) -> bool {
    use Meaning as M;
    match meaning {
        M::TrId
        | M::ContactCount
        | M::GroupCount
        | M::Index
        | M::Total
        | M::Seconds
        | M::Minutes
        | M::ByeReason
        | M::PayloadLength
        | M::DirectoryIndex => decimal(word).is_some(),
        M::Lists | M::Network | M::NotificationType | M::MessageType | M::PageType => {
            decimal(word).is_some_and(|number| number < 256)
        }
        M::Verified | M::Restricted | M::DirectConnection => matches!(word, b"0" | b"1"),
        M::NoDialect => word == b"0",
        M::Account => is_account(word) && !has_network(word) && !word.starts_with(b"N="),
        M::NetworkAccount => has_network(word),
        M::ContactAccount => word.starts_with(b"N="),
        M::ContactName => word.starts_with(b"F="),
        M::ContactId => word.starts_with(b"C="),
        M::Status | M::Action | M::OutReason | M::PropertyName => is_upper(word, 3),
        M::List | M::ServerType | M::Privacy => is_upper(word, 2),
        M::Capabilities => capabilities(word).is_some(),
        M::MsnObject => word == b"0" || word.starts_with(b"<") || begins_like(word, b"%3cmsnobj"),
        M::IconUrl | M::LoginUrl | M::DownloadUrl | M::InfoUrl => is_url(word),
        M::Dialect => word.starts_with(b"MSNP") || word.starts_with(b"CVR"),
        M::AuthPackage => matches!(word, [_, _, _]) && word.iter().all(is_upper_or_digit),
        M::AuthStage | M::Prompt | M::TransferFlag => is_upper(word, 1),
        M::AuthPolicy => word.starts_with(b"MBI"),
        M::AuthTicket => !word.starts_with(b"MBI"),
        M::ResponseBlob => !word.starts_with(b"{"),
        M::AuthParameters => memchr::memchr(b'=', word).is_some() && !word.starts_with(b"t="),
        M::PasswordHash => word.len() == 32 && word.iter().all(u8::is_ascii_hexdigit),
        M::MachineGuid => word.starts_with(b"{") && word.ends_with(b"}"),
        M::Server | M::CurrentServer => word.len() > 1,
        M::ListVersion | M::SettingsVersion => word.first().is_some_and(u8::is_ascii_digit),
        M::GroupIds => word.split(|b| *b == b',').all(is_group),
        M::GroupId => is_group(word),
        // Names can be anything, but where the other word is no GUID, this one is the id.
        M::GroupName => !is_guid(word),
        M::ContactGuid => is_guid(word),
        M::Locale => begins_like(word, b"0x") || decimal(word).is_some(),
        M::RecommendedVersion | M::MinimumVersion => {
            word.first().is_some_and(u8::is_ascii_digit) && memchr::memchr(b'.', word).is_some()
        }
        M::Service => !word.is_empty() && word.iter().all(is_upper_or_digit),
        M::Switch => matches!(word, b"ON" | b"OFF"),
        M::DirectoryField => memchr::memchr(b'=', word).is_some(),
        M::FileName => decimal(word).is_none(),
        M::MessageMode => matches!(word, [b'A'..=b'Z' | b'a'..=b'z']),
        _ => true,
    }
}

/// So many capital letters. A word of this shape that no table has is still shown as what
/// it stands for.
fn is_upper(word: &[u8], count: usize) -> bool {
    word.len() == count && word.iter().all(u8::is_ascii_uppercase)
}

fn is_upper_or_digit(byte: &u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

fn begins_like(word: &[u8], prefix: &[u8]) -> bool {
    let head = word.get(..prefix.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

fn is_url(word: &[u8]) -> bool {
    begins_like(word, b"http")
        || word.starts_with(b"/")
        || memchr::memmem::find(word, b"://").is_some()
}

/// A number, or a GUID without braces.
fn is_group(word: &[u8]) -> bool {
    decimal(word).is_some() || is_guid(word)
}

fn is_guid(word: &[u8]) -> bool {
    !word.starts_with(b"{") && Guid::parse(word).is_some()
}
