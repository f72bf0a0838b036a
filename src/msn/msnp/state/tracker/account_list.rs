//! A short list of accounts, in one piece of memory.

/// Each account is preceded by its length, in two bytes.
const LENGTH: usize = 2;

/// A list of accounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AccountList(Box<[u8]>);

impl AccountList {
    /// Adds an account; of a longer one than any, only the beginning.
    pub(crate) fn add(&mut self, account: &[u8]) {
        let length = u16::try_from(account.len()).unwrap_or(u16::MAX);
        let account = account.get(..length.into()).unwrap_or_default();
        self.0 = [&*self.0, &length.to_le_bytes(), account].concat().into();
    }

    /// The accounts, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = &*self.0;
        core::iter::from_fn(move || {
            let (length, after) = rest.split_first_chunk::<LENGTH>()?;
            let (account, after) = after.split_at_checked(u16::from_le_bytes(*length).into())?;
            rest = after;
            Some(account)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_kept_in_order() {
        let mut list = AccountList::default();
        assert_eq!(list.iter().next(), None);
        for account in [
            &b"alice@example.com"[..],
            b"",
            b"bob@example.net",
            &[7; 300],
        ] {
            list.add(account);
        }
        let lengths: Vec<_> = list.iter().map(<[u8]>::len).collect();
        assert_eq!(lengths, [17, 0, 15, 300]);
        assert_eq!(list.iter().nth(2), Some(&b"bob@example.net"[..]));
    }
}
