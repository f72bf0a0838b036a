//! Whether a word can have a meaning.

use super::Meaning;
use crate::msn::account::is_account;
use crate::msn::capabilities::capabilities;
use crate::msn::guid::Guid;
use crate::msn::line::decimal;
use crate::msn::values;

/// Whether a word can have this meaning. Texts can be anything.
pub(super) fn fits(meaning: Meaning, word: &[u8]) -> bool {
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
        M::Status => values::STATUSES.name(word).is_some(),
        M::List => values::LISTS.name(word).is_some(),
        M::Capabilities => capabilities(word).is_some(),
        M::MsnObject => word == b"0" || word.starts_with(b"<") || begins_like(word, b"%3cmsnobj"),
        M::IconUrl | M::LoginUrl | M::DownloadUrl | M::InfoUrl => is_url(word),
        M::Dialect => word.starts_with(b"MSNP") || word.starts_with(b"CVR"),
        M::AuthPackage => values::PACKAGES.name(word).is_some(),
        M::AuthStage => values::STAGES.name(word).is_some(),
        M::AuthPolicy => word.starts_with(b"MBI"),
        M::AuthParameters => memchr::memchr(b'=', word).is_some() && !word.starts_with(b"t="),
        M::PasswordHash => word.len() == 32 && word.iter().all(u8::is_ascii_hexdigit),
        M::MachineGuid => word.starts_with(b"{") && word.ends_with(b"}"),
        M::ServerType => values::SERVER_TYPES.name(word).is_some(),
        M::Server | M::CurrentServer => word.len() > 1,
        M::TransferFlag => matches!(word, [b'A'..=b'Z']),
        M::ListVersion | M::SettingsVersion => word.first().is_some_and(u8::is_ascii_digit),
        M::GroupIds => word.split(|b| *b == b',').all(is_group),
        M::GroupId => is_group(word),
        M::ContactGuid => is_guid(word),
        M::PropertyName => matches!(word, [b'A'..=b'Z', b'A'..=b'Z', b'A'..=b'Z']),
        M::Prompt => values::PROMPTS.name(word).is_some(),
        M::Privacy => values::PRIVACY.name(word).is_some(),
        M::Locale => begins_like(word, b"0x") || decimal(word).is_some(),
        M::RecommendedVersion | M::MinimumVersion => {
            word.first().is_some_and(u8::is_ascii_digit) && memchr::memchr(b'.', word).is_some()
        }
        M::OutReason => matches!(word, [b'A'..=b'Z', b'A'..=b'Z', b'A'..=b'Z']),
        M::Service => {
            !word.is_empty()
                && word
                    .iter()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        }
        M::Switch => matches!(word, b"ON" | b"OFF"),
        M::DirectoryField => memchr::memchr(b'=', word).is_some(),
        M::FileName => decimal(word).is_none(),
        M::MessageMode => matches!(word, [b'A'..=b'Z' | b'a'..=b'z']),
        M::Action => values::ACTIONS.name(word).is_some(),
        _ => true,
    }
}

fn has_network(word: &[u8]) -> bool {
    let colon = memchr::memchr(b':', word);
    colon.is_some_and(|at| decimal(&word[..at]).is_some())
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
