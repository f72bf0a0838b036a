//! Display filters that lead from a report to the packets.

use crate::event::{key, Family};
use crate::report::conversation::Section;

/// Maximum parties of a conversation without number or name that a filter names.
const MAX_PARTIES: usize = 16;
/// Maximum bytes of a filter.
const MAX_FILTER: usize = 4096;

/// Names of the QQ commands of logins, as a regular expression.
const QQ_LOGINS: &str = "log ?in|log out|touch|^verify|session key";

/// A display filter that finds a conversation. `None` if there is none.
pub(crate) fn conversation(family: Family, section: &Section) -> Option<String> {
    let filter = match (family, section) {
        (Family::Msn, Section::Number(number)) => format!("msnms.chat == {number}"),
        (Family::Msn, Section::Group(name)) => format!("msnms.account == {}", quoted(name)?),
        (Family::Msn, Section::Parties(parties)) => among("msnms", parties)?,
        (Family::Qq, Section::Group(name)) => {
            let number = number(name)?;
            // A push has the group's internal number in the sender's place.
            format!(
                "oicq.group.id == {number} || (oicq.group.number && \
                 oicq.message.from == {number}) || oicq.agent.group == {number}"
            )
        }
        (Family::Qq, Section::Parties(parties)) => among("oicq", parties)?,
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

/// Each of the parties, given by their keys, sends something to others of them or receives it.
fn among(protocol: &str, parties: &[String]) -> Option<String> {
    // As texts of a Plan are.
    let shown = parties.iter().map(|key| key.replace('\0', "\u{2400}"));
    let values: Option<Vec<_>> = shown.map(|key| quoted(&key)).collect();
    let peer = format!("{protocol}.peer");
    match values?.as_slice() {
        [] => None,
        [one] => Some(format!("{protocol}.party == {one}")),
        [a, b] => Some(between(
            &format!("{peer}.from"),
            &format!("{peer}.to"),
            [a, b],
        )),
        values if values.len() <= MAX_PARTIES => {
            let parts = values.iter().map(|it| format!("{peer} == {it}"));
            Some(parts.collect::<Vec<_>>().join(" && "))
        }
        _ => None,
    }
}

/// One of the values is that of the field `from`, the other that of the field `to`.
pub(crate) fn between(from: &str, to: &str, [a, b]: [&str; 2]) -> String {
    format!("({from} == {a} && {to} == {b}) || ({from} == {b} && {to} == {a})")
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

    fn parties(names: &[&str]) -> Section {
        Section::Parties(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn hostile_names_stay_within_their_quotes() {
        let names = parties(&["a\" || tcp", "b\\\u{7}\u{597d}${m}\0"]);
        assert_eq!(
            conversation(Family::Msn, &names).unwrap(),
            "(msnms.peer.from == \"a\\\" || tcp\" && \
             msnms.peer.to == \"b\\\\\\x07\u{597d}\\x24{m}\u{2400}\") || \
             (msnms.peer.from == \"b\\\\\\x07\u{597d}\\x24{m}\u{2400}\" && \
             msnms.peer.to == \"a\\\" || tcp\")"
        );
        let long = "a".repeat(3000);
        assert_eq!(conversation(Family::Msn, &parties(&[&long, "b"])), None);
        assert_eq!(conversation(Family::Qq, &parties(&[])), None);
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
        assert_eq!(
            conversation(Family::Qq, &parties(&["1", "2", "3"])).unwrap(),
            "oicq.peer == \"1\" && oicq.peer == \"2\" && oicq.peer == \"3\""
        );
        assert_eq!(
            conversation(Family::Qq, &parties(&["1"])).unwrap(),
            "oicq.party == \"1\""
        );
        let many: Vec<String> = (0..17).map(|n| n.to_string()).collect();
        assert_eq!(conversation(Family::Qq, &Section::Parties(many)), None);
    }
}
