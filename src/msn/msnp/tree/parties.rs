//! Sender and recipients of what one user sends to others.

use memchr::memmem;

use crate::msn::common::account::{account, is_account};
use crate::msn::common::{mime, percent};
use crate::msn::msnp::fields::Field;
use crate::msn::msnp::state::tracker::LineTracker;
use crate::msn::msnp::tree::connection::text;
use crate::msn::msnp::wire::blocks::{decode, BlockKind};
use crate::msn::msnp::wire::parameter::{Meaning, Parameters, Sender};
use crate::packet::PduKey;
use crate::plan::Plan;

/// Sender and recipients of a message, without networks and endpoints.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Parties {
    /// The sender; `None` if unknown.
    pub(crate) from: Option<Vec<u8>>,
    /// The known recipients, each once.
    pub(crate) to: Vec<Vec<u8>>,
}

impl Parties {
    /// The parties of a PDU with this payload whose command carries messages.
    pub(crate) fn of(
        tracker: &LineTracker,
        key: PduKey,
        words: &Parameters<'_>,
        payload: &[u8],
    ) -> Self {
        if let Some(routed) = routed(payload) {
            return routed;
        }
        let own = tracker.account(key);
        let from_client = match words.form().map(|form| form.from) {
            Some(Sender::Client) => Some(true),
            Some(Sender::Server) => Some(false),
            _ => words.context().from_client,
        };
        let meanings = words.read().meanings;
        let is_user =
            |meaning: &Meaning| matches!(meaning, Meaning::Account | Meaning::NetworkAccount);
        let mut named = words
            .words()
            .iter()
            .zip(&meanings)
            .filter(|(_, meaning)| is_user(meaning))
            .map(|(word, _)| *word);
        let sender = match from_client {
            Some(true) => own,
            Some(false) => named.next().filter(|word| is_account(word)),
            None => None,
        };
        let Some(sender) = sender else {
            return Self::default();
        };
        let mut parties = Self {
            from: Some(address(sender)),
            to: Vec::new(),
        };
        if let Some(recipient) = named.next().or_else(|| destination(payload)) {
            parties.add(recipient);
            return parties;
        }
        if from_client == Some(false) {
            own.into_iter().for_each(|own| parties.add(own));
        }
        let others = tracker.attendance.accounts(key);
        let is_own = |who: &&&[u8]| own.is_some_and(|own| address(own).eq_ignore_ascii_case(who));
        others
            .iter()
            .filter(|who| !is_own(who))
            .for_each(|who| parties.add(who));
        parties
    }

    fn add(&mut self, word: &[u8]) {
        let address = address(word);
        let is_it = |known: &Vec<u8>| known.eq_ignore_ascii_case(&address);
        if !self.from.as_ref().is_some_and(is_it) && !self.to.iter().any(is_it) {
            self.to.push(address);
        }
    }

    /// Shows them as generated items.
    pub(crate) fn show(&self, plan: &mut Plan<'_>) {
        if let Some(from) = &self.from {
            text(plan, (1, Field::From), from);
        }
        for to in &self.to {
            text(plan, (1, Field::To), to);
        }
    }
}

/// The account in a word, decoded.
fn address(word: &[u8]) -> Vec<u8> {
    let address = account(word).address.of(word);
    percent::text(address).into_owned().into_bytes()
}

/// The parties of a payload with a Routing block, since MSNP21.
fn routed(payload: &[u8]) -> Option<Parties> {
    if !payload.starts_with(b"Routing") {
        return None;
    }
    let envelope = decode(payload).ok()?;
    let routing = envelope.block(BlockKind::Routing)?;
    let value = |name| routing.headers.value(payload, name);
    let mut parties = Parties {
        from: value("From").map(address),
        to: Vec::new(),
    };
    value("To").into_iter().for_each(|to| parties.add(to));
    Some(parties)
}

/// The recipient of the MSNP2P packet in a message.
fn destination(payload: &[u8]) -> Option<&[u8]> {
    memmem::find(payload, b"P2P-Dest")?;
    mime::headers(payload, 0).value(payload, "P2P-Dest")
}
