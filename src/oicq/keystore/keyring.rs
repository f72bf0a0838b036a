//! The user's secrets: rows of a table, and a keylog file.
//!
//! A row has a QQ number, a type and a value. A line of a keylog file has a QQ number and
//! a key of any type, as a debugger of the client gives it, or a key alone, as public
//! tools print it:
//!
//! ```text
//! # comment
//! 12345678 30313233343536373839616263646566
//! 30:31:32:33:34:35:36:37:38:39:61:62:63:64:65:66
//! ```
//!
//! Number 0, or no number, means every account. A key may in fact be the MD5 of the
//! password, and vice versa: each secret is tried as both.

use core::ffi::CStr;
use core::slice;
use std::collections::BTreeMap;

use encoding_rs::GBK;

use crate::oicq::crypto::keys::Key;

/// A secret of the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secret {
    /// MD5 of the password (P1), one for each encoding of the password.
    Password(Vec<Key>),
    /// The key of a session.
    Session(Key),
    /// Share key: decrypts the outer layer of 0x0836, from a Diffie-Hellman exchange.
    Share(Key),
    /// A key of any type, from a keylog file.
    Logged(Key),
}

impl Secret {
    /// The secret itself as a key: several if it is a password.
    pub fn keys(&self) -> &[Key] {
        match self {
            Self::Password(hashes) => hashes,
            Self::Session(key) | Self::Share(key) | Self::Logged(key) => slice::from_ref(key),
        }
    }
}

/// Type of a table row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// The password itself.
    Password,
    /// MD5 of the password, in hexadecimal digits.
    PasswordMd5,
    /// A session key, in hexadecimal digits.
    SessionKey,
    /// A share key, in hexadecimal digits.
    ShareKey,
}

/// A secret and the account that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyringEntry {
    /// The QQ number; 0 for every account.
    pub uin: u32,
    /// The secret.
    pub secret: Secret,
}

/// A malformed line of a keylog file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadLine {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

/// All secrets of the user.
#[derive(Debug, Clone, Default)]
pub struct Keyring {
    /// By QQ number, in the order given.
    entries: BTreeMap<u32, Vec<KeyringEntry>>,
}

impl Keyring {
    /// Adds a row of the table. Returns the reason as `Err` if the value is invalid.
    pub fn add_row(
        &mut self,
        uin: u32,
        kind: SecretKind,
        value: &str,
    ) -> Result<(), &'static CStr> {
        let key = || Key::from_hex(value).ok_or(c"A key has 32 hexadecimal digits");
        let secret = match kind {
            SecretKind::Password if value.is_empty() => return Err(c"The password is empty"),
            SecretKind::Password => Secret::Password(hashes(value)),
            SecretKind::PasswordMd5 => Secret::Password(vec![key()?]),
            SecretKind::SessionKey => Secret::Session(key()?),
            SecretKind::ShareKey => Secret::Share(key()?),
        };
        self.add(KeyringEntry { uin, secret });
        Ok(())
    }

    /// Adds the keys of a keylog file. Returns the malformed lines.
    pub fn add_keylog(&mut self, text: &str) -> Vec<BadLine> {
        let mut bad = Vec::new();
        for (index, line) in text.lines().enumerate() {
            match key_of_line(line) {
                Ok(Some(entry)) => self.add(entry),
                Ok(None) => {}
                Err(what) => bad.push(BadLine {
                    line: index + 1,
                    what,
                }),
            }
        }
        self.entries.values_mut().for_each(Vec::shrink_to_fit);
        bad
    }

    /// Adds the secrets of another keyring.
    pub fn append(&mut self, other: Self) {
        for (_, entries) in other.into_accounts() {
            entries.into_iter().for_each(|entry| self.add(entry));
        }
    }

    fn add(&mut self, entry: KeyringEntry) {
        self.entries.entry(entry.uin).or_default().push(entry);
    }

    /// The secrets of each account, in the order given. Those for every account come last,
    /// as number 0.
    pub fn into_accounts(mut self) -> impl Iterator<Item = (u32, Vec<KeyringEntry>)> {
        let every = self.entries.remove_entry(&0);
        self.entries.into_iter().chain(every)
    }
}

/// P1 of a password, for each encoding used by clients.
fn hashes(password: &str) -> Vec<Key> {
    let mut hashes = vec![Key::of_password(password.as_bytes())];
    let (gbk, _, unmappable) = GBK.encode(password);
    if !password.is_ascii() && !unmappable {
        // Clients on Chinese Windows used GBK, so it is tried first.
        hashes.insert(0, Key::of_password(&gbk));
    }
    hashes
}

fn key_of_line(line: &str) -> Result<Option<KeyringEntry>, &'static str> {
    let content = line.split('#').next().unwrap_or_default();
    let content = content.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if content.is_empty() {
        return Ok(None);
    }
    if let Some(key) = Key::from_hex(content) {
        let secret = Secret::Logged(key);
        return Ok(Some(KeyringEntry { uin: 0, secret }));
    }
    let Some((number, key)) = content.split_once(char::is_whitespace) else {
        return Err("A key is expected, or a QQ number and a key");
    };
    let uin = number.parse().map_err(|_| "This is no QQ number")?;
    let key = Key::from_hex(key).ok_or("A key has 32 hexadecimal digits")?;
    Ok(Some(KeyringEntry {
        uin,
        secret: Secret::Logged(key),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGITS: &str = "30313233343536373839616263646566";

    fn key() -> Key {
        Key::new(*b"0123456789abcdef")
    }

    /// The secrets given for a number.
    fn of(ring: &Keyring, uin: u32) -> Vec<Secret> {
        let accounts = ring.clone().into_accounts();
        let accounts = accounts.filter(|(number, _)| *number == uin);
        let entries = accounts.flat_map(|(_, entries)| entries);
        entries.map(|entry| entry.secret).collect()
    }

    #[test]
    fn rows_of_the_table() {
        let mut ring = Keyring::default();
        assert_eq!(
            ring.add_row(12_345_678, SecretKind::SessionKey, DIGITS),
            Ok(())
        );
        assert_eq!(ring.add_row(0, SecretKind::ShareKey, DIGITS), Ok(()));
        assert_eq!(
            ring.add_row(10_001, SecretKind::PasswordMd5, DIGITS),
            Ok(())
        );
        assert_eq!(
            ring.add_row(10_001, SecretKind::Password, "password"),
            Ok(())
        );
        assert!(ring.add_row(10_001, SecretKind::Password, "").is_err());
        assert!(ring
            .add_row(10_001, SecretKind::SessionKey, "password")
            .is_err());
        assert_eq!(of(&ring, 12_345_678), [Secret::Session(key())]);
        let md5 = Key::of_password(b"password");
        assert_eq!(
            of(&ring, 10_001),
            [Secret::Password(vec![key()]), Secret::Password(vec![md5])]
        );
        assert_eq!(of(&ring, 0), [Secret::Share(key())]);
        assert_eq!(of(&ring, 10_002), []);
    }

    #[test]
    fn a_password_is_tried_as_the_clients_wrote_it() {
        assert_eq!(hashes("abc").len(), 1);
        let chinese = hashes("密码");
        let expected = [&b"\xc3\xdc\xc2\xeb"[..], "密码".as_bytes()].map(Key::of_password);
        assert_eq!(chinese, expected);
        assert_eq!(hashes("\u{1f511}").len(), 1);
    }

    #[test]
    fn lines_of_a_keylog_file() {
        let text = format!(
            "\u{feff}# made by a debugger\r\n\r\n12345678 {DIGITS}\r\n\
             \t10001\t{DIGITS} # the second login\n\
             10001\nabc {DIGITS}\n10001 {DIGITS}00\n4294967296 {DIGITS}\n0 {DIGITS}"
        );
        let mut ring = Keyring::default();
        let bad = ring.add_keylog(&text);
        let lines: Vec<usize> = bad.iter().map(|bad| bad.line).collect();
        assert_eq!(lines, [5, 6, 7, 8]);
        let uins: Vec<u32> = ring.clone().into_accounts().map(|(uin, _)| uin).collect();
        assert_eq!(uins, [10_001, 12_345_678, 0]);
        for uin in uins {
            assert_eq!(of(&ring, uin), [Secret::Logged(key())]);
        }
    }

    #[test]
    fn a_key_needs_no_number() {
        let bytes: Vec<String> = (0..16)
            .map(|at| DIGITS[2 * at..2 * at + 2].into())
            .collect();
        for text in [DIGITS.to_owned(), bytes.join(" "), bytes.join(":")] {
            let mut ring = Keyring::default();
            assert_eq!(ring.add_keylog(&text), [], "{text}");
            assert_eq!(ring.add_keylog(&format!("10001 {text}")), [], "{text}");
            for uin in [0, 10_001] {
                assert_eq!(of(&ring, uin), [Secret::Logged(key())], "{text}");
            }
        }
    }

    #[test]
    fn secrets_are_not_printed() {
        let mut ring = Keyring::default();
        ring.add_keylog(&format!("12345678 {DIGITS}"));
        ring.add_row(1, SecretKind::Password, "hunter2").unwrap();
        let text = format!("{ring:?}");
        assert!(
            !text.contains(DIGITS) && !text.contains("hunter2"),
            "{text}"
        );
    }
}
