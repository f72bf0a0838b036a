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

#[cfg(test)]
mod tests {
    use super::*;

    /// Alice has called these at these times, to the conversations 0 and so on.
    fn called(callees: &[(&str, i64)]) -> Calls<usize> {
        let mut calls = Calls::default();
        for (chat, (callee, time)) in callees.iter().enumerate() {
            calls.add(b"alice", callee.as_bytes(), chat, *time);
        }
        calls
    }

    fn take(calls: &[(&str, i64)], callee: Option<&str>, since: i64) -> Option<usize> {
        called(calls).take(b"Alice", callee.map(str::as_bytes), since)
    }

    #[test]
    fn an_invitation_is_of_the_last_call_of_its_callee_since_then() {
        let calls = [("bob", 1), ("carol", 2), ("bob", 3), ("carol", 4)];
        assert_eq!(take(&calls, Some("Bob"), 0), Some(2));
        assert_eq!(take(&calls, Some("bob"), 3), Some(2));
        assert_eq!(take(&calls, Some("bob"), 4), None);
        assert_eq!(take(&calls, Some("dave"), 0), None);
        assert_eq!(called(&calls).take(b"bob", Some(b"bob"), 0), None);
    }

    #[test]
    fn an_invitation_of_an_unknown_callee_is_of_the_only_call() {
        assert_eq!(take(&[("bob", 1)], None, 0), Some(0));
        assert_eq!(take(&[("bob", 1)], None, 2), None);
        assert_eq!(take(&[("bob", 1), ("bob", 2)], None, 0), None);
    }

    #[test]
    fn calls_to_a_named_conversation_are_forgotten() {
        let mut calls = called(&[("bob", 1), ("carol", 2)]);
        calls.forget(b"alice", 0);
        assert_eq!(calls.take(b"alice", Some(b"bob"), 0), None);
        assert_eq!(calls.take(b"alice", Some(b"carol"), 0), Some(1));
    }

    #[test]
    fn the_latest_calls_are_kept() {
        let mut all = vec![("bob", 1)];
        all.extend(vec![("carol", 2); MAX_CALLS - 1]);
        assert_eq!(take(&all, Some("bob"), 0), Some(0));
        all.push(("carol", 3));
        assert_eq!(take(&all, Some("bob"), 0), None);
    }
}
