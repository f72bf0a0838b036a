//! The accounts of contacts that lines name by an ID, or not at all.
//!
//! Source: docs/protocol/msnp.md §2.4 (LST, ADC, REM, SBP and BPR, since MSNP8 and MSNP10).

use crate::hash_map::HashMap;

use crate::first_pass::PduMap;
use crate::msn::common::account::{address, is_account};
use crate::msn::msnp::state::tracker::line::{TrackedLine, MAX_ACCOUNT};
use crate::msn::msnp::wire::parameter::Meaning;
use crate::packet::{Packet, PduKey};

/// Maximum contacts kept per connection; others remain unknown. Lists had at most 600, later
/// 1,000 (docs/protocol/msnp.md §3.2, error 210).
const MAX_CONTACTS: usize = 2_048;

/// The contacts of a connection.
#[derive(Debug, Default)]
pub(crate) struct Contacts {
    accounts: Vec<Vec<u8>>,
    /// Indices of accounts, by contact ID in lower case.
    by_id: HashMap<Vec<u8>, usize>,
    /// The account that was listed last.
    listed: Option<usize>,
    /// The contact that a line means without naming it, by PDU.
    meant: PduMap<Option<usize>>,
}

impl Contacts {
    /// Learns from a line, in the first pass.
    pub(crate) fn learn(&mut self, packet: &Packet<'_>, key: PduKey, line: &TrackedLine<'_>) {
        let Some(verb @ (b"LST" | b"ADC" | b"BPR" | b"REM" | b"SBP")) = line.verb() else {
            return;
        };
        let (account, id) = contact(line);
        let meant = match (verb, account, &id) {
            (b"LST", Some(account), _) => {
                self.listed = self.add(account, id);
                None
            }
            (b"ADC", Some(account), Some(_)) => {
                self.add(account, id);
                None
            }
            (_, Some(_), _) => None,
            (_, None, Some(id)) => self.by_id.get(id).copied(),
            (b"BPR", None, None) => self.listed,
            (_, None, None) => None,
        };
        if let (Some(_), Some(entry)) = (meant, self.meant.entry(packet, key)) {
            *entry = meant;
        }
    }

    fn add(&mut self, account: Vec<u8>, id: Option<Vec<u8>>) -> Option<usize> {
        let known = id.as_ref().and_then(|id| self.by_id.get(id)).copied();
        let is_same = |index: &usize| self.accounts.get(*index) == Some(&account);
        if let Some(index) = known.filter(is_same) {
            return Some(index);
        }
        if self.accounts.len() >= MAX_CONTACTS {
            return None;
        }
        let index = self.accounts.len();
        self.accounts.push(account);
        if let Some(id) = id {
            self.by_id.insert(id, index);
        }
        Some(index)
    }

    /// The account of the contact that the line `key` means without naming it.
    pub(crate) fn account(&self, key: PduKey) -> Option<&[u8]> {
        let index = (*self.meant.get(key)?)?;
        self.accounts.get(index).map(Vec::as_slice)
    }
}

/// The account in a line, without its network, and the contact ID.
fn contact(line: &TrackedLine<'_>) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
    use Meaning::{Account, ContactAccount, ContactGuid, ContactId, NetworkAccount};
    let meanings = [
        ContactAccount,
        Account,
        NetworkAccount,
        ContactId,
        ContactGuid,
    ];
    let [named, account, network, id, guid] = line.parameters(meanings);
    let named = named.and_then(|word| word.strip_prefix(b"N="));
    let account = named.or(account).or(network);
    let account = account.filter(|word| is_account(word) && word.len() <= MAX_ACCOUNT);
    let id = id.and_then(|word| word.strip_prefix(b"C=")).or(guid);
    let id = id.filter(|word| word.len() <= MAX_ACCOUNT);
    (account.map(address), id.map(<[u8]>::to_ascii_lowercase))
}
