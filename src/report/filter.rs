//! Display filters that lead from a report to the packets.

use crate::event::{key, Family};
use crate::report::conversation::Section;

/// Maximum parties of a conversation without number or name that a filter names.
const MAX_PARTIES: usize = 16;
/// Maximum bytes of a filter.
const MAX_FILTER: usize = 4096;

/// Names of the QQ commands of logins, as a regular expression.
const QQ_LOGINS: &str = "log ?in|log out|touch|^verify|session key";

/// What the packets of a conversation without number or name have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Traits {
    /// They spell all accounts in lower case.
    pub(crate) is_lower: bool,
    /// All carry messages, so that they have a sender and recipients.
    pub(crate) is_said: bool,
}

/// A display filter that finds a conversation. `None` if there is none.
pub(crate) fn conversation(family: Family, section: &Section, traits: Traits) -> Option<String> {
    let filter = match (family, section) {
        (Family::Msn, Section::Number(number)) => format!("msnms.chat == {number}"),
        (Family::Msn, Section::Group(name)) => format!("msnms.account == {}", quoted(name)?),
        (Family::Msn, Section::Parties(parties)) => {
            let names: Option<Vec<_>> = parties.iter().map(|name| quoted(name)).collect();
            match traits.is_lower {
                true => between("msnms.from", "msnms.to", &names?)?,
                false => between("lower(msnms.from)", "lower(msnms.to)", &names?)?,
            }
        }
        (Family::Qq, Section::Group(name)) => {
            let number = number(name)?;
            // A push has the group's internal number in the sender's place.
            format!(
                "oicq.group.id == {number} || (oicq.group.number && \
                 oicq.message.from == {number}) || oicq.agent.group == {number}"
            )
        }
        (Family::Qq, Section::Parties(parties)) => {
            let numbers: Option<Vec<_>> = parties.iter().map(|name| number(name)).collect();
            match numbers.filter(|_| traits.is_said) {
                Some(numbers) => between("oicq.from", "oicq.to", &numbers)?,
                None => anywhere(parties)?,
            }
        }
        (Family::Qq, Section::Number(_)) | (_, Section::Account(_)) => return None,
    };
    (filter.len() <= MAX_FILTER).then_some(filter)
}

/// Fields of MSN with the account that a packet is from, to or about.
const ACCOUNTS: &[&str] = &[
    "msnms.session.account",
    "msnms.account",
    "msnms.passport.sign_in",
    "msnp2p.inviter",
    "msnp2p.invitee",
    "msnftp.from",
    "msnftp.to",
];

/// The same of QQ.
const NUMBERS: &[&str] = &[
    "oicq.account",
    "oicq.qqid",
    "oicq.p2p.sender",
    "oicq.p2p.receiver",
    "oicq.head.friend",
];

/// A display filter that finds what is from, to or about an account.
pub(crate) fn account(family: Family, account: &str) -> Option<String> {
    let filter = match family {
        Family::Msn => anyone(ACCOUNTS, account)?,
        Family::Qq => {
            let number = number(account)?;
            let parts = NUMBERS.iter().map(|field| format!("{field} == {number}"));
            parts.collect::<Vec<_>>().join(" || ")
        }
    };
    (filter.len() <= MAX_FILTER).then_some(filter)
}

/// A display filter that finds the logins of an account, on all servers.
pub(crate) fn logins(family: Family, account: &str) -> Option<String> {
    let filter = match family {
        Family::Msn => {
            let client = anyone(&["msnms.session.account"], account)?;
            let passport = anyone(&["msnms.passport.sign_in"], account)?;
            format!(
                "({client} && (msnms.cmd matches \"^(VER|CVR|INF|USR|ANS|XFR|OUT)$\" || \
                 msnms.error.command matches \"^(VER|CVR|INF|USR|ANS)$\")) || {passport}"
            )
        }
        Family::Qq => format!(
            "oicq.account == {} && oicq.command.name matches \"{QQ_LOGINS}\"",
            number(account)?
        ),
    };
    (filter.len() <= MAX_FILTER).then_some(filter)
}

/// One of the fields has the account, in this or, if it is not in lower case, any spelling.
fn anyone(fields: &[&str], account: &str) -> Option<String> {
    let key = key(account);
    let value = quoted(&key)?;
    let parts = fields.iter().map(|field| match key == account {
        true => format!("{field} == {value}"),
        false => format!("lower({field}) == {value}"),
    });
    Some(parts.collect::<Vec<_>>().join(" || "))
}

/// Each of the values is the sender or a recipient.
pub(crate) fn between(from: &str, to: &str, values: &[String]) -> Option<String> {
    match values {
        [] => None,
        [a, b] => Some(format!(
            "({from} == {a} && {to} == {b}) || ({from} == {b} && {to} == {a})"
        )),
        values if values.len() <= MAX_PARTIES => {
            let parts = values
                .iter()
                .map(|it| format!("({from} == {it} || {to} == {it})"));
            Some(parts.collect::<Vec<_>>().join(" && "))
        }
        _ => None,
    }
}

/// Each of the QQ numbers and telephone numbers is in the packet. QQ numbers of packets between
/// two clients have fields of their own.
fn anywhere(parties: &[String]) -> Option<String> {
    let is_short = (1..=MAX_PARTIES).contains(&parties.len());
    let part = |name: &String| match number(name) {
        Some(number) => Some(format!("oicq.account == {number}")),
        None => Some(format!("oicq.phone == {}", quoted(name)?)),
    };
    let parts: Option<Vec<_>> = parties.iter().map(part).collect();
    let parts = parts.filter(|_| is_short)?.join(" && ");
    let numbers: Option<Vec<_>> = parties.iter().map(|name| number(name)).collect();
    match numbers.filter(|numbers| numbers.len() == 2) {
        Some(numbers) => {
            let between = between("oicq.p2p.sender", "oicq.p2p.receiver", &numbers)?;
            Some(format!("({parts}) || {between}"))
        }
        None => Some(parts),
    }
}

fn number(name: &str) -> Option<String> {
    name.parse::<u32>().ok().map(|number| number.to_string())
}

/// The text as a string of a display filter. `None` if it cannot be one: strings end at a NUL.
fn quoted(text: &str) -> Option<String> {
    Some(format!("\"{}\"", between_quotes(text)?))
}

/// The text as it stands between the quotes of a string. `None` if it cannot be one.
pub(crate) fn between_quotes(text: &str) -> Option<String> {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\0' => return None,
            '"' | '\\' => escaped.extend(['\\', c]),
            // Wireshark expands macros, which begin with a dollar sign, within strings, too.
            c if c.is_ascii_control() || c == '$' => {
                escaped.push_str(&format!("\\x{:02x}", c as u32));
            }
            c => escaped.push(c),
        }
    }
    Some(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: Traits = Traits {
        is_lower: true,
        is_said: true,
    };

    fn parties(names: &[&str]) -> Section {
        Section::Parties(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn hostile_names_stay_within_their_quotes() {
        let names = parties(&["a\" || tcp", "b\\\u{7}\u{597d}${m}"]);
        assert_eq!(
            conversation(Family::Msn, &names, SAID).unwrap(),
            "(msnms.from == \"a\\\" || tcp\" && msnms.to == \"b\\\\\\x07\u{597d}\\x24{m}\") || \
             (msnms.from == \"b\\\\\\x07\u{597d}\\x24{m}\" && msnms.to == \"a\\\" || tcp\")"
        );
        assert_eq!(
            conversation(Family::Msn, &parties(&["a\0", "b"]), SAID),
            None
        );
        let long = "a".repeat(3000);
        assert_eq!(
            conversation(Family::Msn, &parties(&[&long, "b"]), SAID),
            None
        );
        assert_eq!(
            conversation(Family::Qq, &parties(&["1", "2 || \"tcp"]), SAID).unwrap(),
            "oicq.account == 1 && oicq.phone == \"2 || \\\"tcp\""
        );
        assert_eq!(conversation(Family::Qq, &parties(&[]), SAID), None);
    }

    #[test]
    fn case_is_folded_where_the_packets_do_not() {
        let traits = Traits {
            is_lower: false,
            ..SAID
        };
        let filter = conversation(Family::Msn, &parties(&["a@example.com"]), traits);
        assert_eq!(
            filter.unwrap(),
            "(lower(msnms.from) == \"a@example.com\" || lower(msnms.to) == \"a@example.com\")"
        );
    }

    #[test]
    fn what_is_no_message_has_its_accounts_somewhere() {
        let traits = Traits {
            is_said: false,
            ..SAID
        };
        assert_eq!(
            conversation(Family::Qq, &parties(&["1", "2"]), traits).unwrap(),
            "(oicq.account == 1 && oicq.account == 2) || \
             (oicq.p2p.sender == 1 && oicq.p2p.receiver == 2) || \
             (oicq.p2p.sender == 2 && oicq.p2p.receiver == 1)"
        );
    }

    #[test]
    fn an_account_is_found_in_any_spelling() {
        let exact = account(Family::Msn, "a\\@example.com").unwrap();
        assert!(exact.starts_with("msnms.session.account == \"a\\\\@example.com\" || "));
        let folded = account(Family::Msn, "A@example.com").unwrap();
        assert!(folded.ends_with(" || lower(msnftp.to) == \"a@example.com\""));
        assert_eq!(account(Family::Msn, &"a".repeat(3000)), None);
        assert_eq!(account(Family::Qq, "a@example.com"), None);
    }

    #[test]
    fn logins_are_those_of_the_account() {
        let filter = logins(Family::Qq, "12345678").unwrap();
        assert!(filter.starts_with("oicq.account == 12345678 && oicq.command.name matches "));
        let filter = logins(Family::Msn, "a@example.com").unwrap();
        assert!(filter.contains("msnms.passport.sign_in == \"a@example.com\""));
    }

    #[test]
    fn three_parties_are_each_at_one_end() {
        let filter = conversation(Family::Qq, &parties(&["1", "2", "3"]), SAID);
        assert_eq!(
            filter.unwrap(),
            "(oicq.from == 1 || oicq.to == 1) && (oicq.from == 2 || oicq.to == 2) && \
             (oicq.from == 3 || oicq.to == 3)"
        );
    }
}
