//! Calls to conversations whose session id is not known yet.
//!
//! Source: docs/protocol/msnp.md §2.6 (CAL, RNG).

use crate::hash_map::HashMap;

/// Maximum calls kept per caller; older ones are dropped.
const MAX_CALLS: usize = 8;

/// A call to a conversation.
#[derive(Debug)]
struct Call<T> {
    callee: Vec<u8>,
    chat: T,
    time: i64,
}

/// Calls by caller, oldest first.
#[derive(Debug)]
pub(crate) struct Calls<T>(HashMap<Vec<u8>, Vec<Call<T>>>);

impl<T> Default for Calls<T> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<T: PartialEq> Calls<T> {
    /// Records a call. `caller` is in lower case.
    pub(crate) fn add(&mut self, caller: &[u8], callee: &[u8], chat: T, time: i64) {
        let calls = self.0.entry(caller.to_vec()).or_default();
        // No line reports that a call has finally failed.
        if calls.len() >= MAX_CALLS {
            calls.remove(0);
        }
        calls.push(Call {
            callee: callee.to_ascii_lowercase(),
            chat,
            time,
        });
    }

    /// Takes the conversation to which the callee was called last, since then; if the callee is
    /// unknown, that of the caller's only call.
    pub(crate) fn take(&mut self, caller: &[u8], callee: Option<&[u8]>, since: i64) -> Option<T> {
        let calls = self.0.get_mut(&caller.to_ascii_lowercase())?;
        if callee.is_none() && calls.len() != 1 {
            return None;
        }
        let is_it = |call: &Call<T>| {
            let is_callee = callee.is_none_or(|callee| call.callee.eq_ignore_ascii_case(callee));
            is_callee && call.time >= since
        };
        let at = calls.iter().rposition(is_it)?;
        Some(calls.remove(at).chat)
    }

    /// Removes the calls to a conversation, whose session id is known now.
    pub(crate) fn forget(&mut self, caller: &[u8], chat: T) {
        if let Some(calls) = self.0.get_mut(caller) {
            calls.retain(|call| call.chat != chat);
        }
    }
}
