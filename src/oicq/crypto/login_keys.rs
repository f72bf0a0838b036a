//! Keys contained in the plaintexts of a login: each decrypts a later one, up to the
//! session key.
//!
//! ```text
//! until 2006     0022 -> key in clear            0022 <- P2: session key
//! 2007, 2008     00DD <- P2: login key           0022 <- P2 or login key: session key
//! 2009 to 2012   00DD -> proof under P2 or PS: key 4
//!                00DD <- key 4: keys 0, 1        00E5 <- key 1: keys 2, 3
//!                0030 <- key 2: session key
//! from 2013      0826, 0836 -> proof under PS: TGTGT key
//!                0826, 0836 <- TGTGT key: the two keys of 0828
//!                0828 <- session key
//! by QR code     0818 <- share key: key of 0819  0819 <- TGTGT key
//! ```
//!
//! Source: docs/protocol/oicq.md §4.3, §4.4, §6.3, §7.

#[cfg(test)]
mod tests;

use nom::bytes::complete::take;
use nom::number::complete::be_u16;
use nom::Parser;

use crate::oicq::crypto::key_role::{CiphertextContext, CiphertextLayer, KeyRole};
use crate::oicq::crypto::keys::{published_share_key, Key};
use crate::oicq::crypto::login_items::{items, key, token, Parsed};
use crate::oicq::wire::direction::Direction;

/// A key contained in a plaintext.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundKey {
    /// Its role.
    pub role: KeyRole,
    /// The key.
    pub key: Key,
}

/// Offset of the key in a proof: it is the second of the two random keys at the end.
const PROOF_KEY: usize = 88;
/// Offset of the key in item 0x0107 if its status has the usual length.
const REPLY_KEY: usize = 26;

/// Collects keys.
#[derive(Default)]
struct FoundKeys(Vec<FoundKey>);

impl FoundKeys {
    /// Adds the key at the start of the bytes, if they are long enough for one.
    fn add(&mut self, role: KeyRole, bytes: Option<&[u8]>) {
        if let Some(key) = bytes.and_then(Key::at_start) {
            self.0.push(FoundKey { role, key });
        }
    }
}

fn one(role: KeyRole, bytes: Option<&[u8]>) -> Vec<FoundKey> {
    let mut keys = FoundKeys::default();
    keys.add(role, bytes);
    keys.0
}

/// Whether this is the plaintext of a frame from the server.
fn is_reply(context: &CiphertextContext) -> bool {
    context.layer == CiphertextLayer::Frame && context.direction == Direction::ToClient
}

/// Whether the result at the start of a reply is success (0).
fn succeeded(plaintext: &[u8]) -> bool {
    plaintext.first() == Some(&0)
}

/// The session key after the result of a login.
pub(crate) fn session(context: &CiphertextContext, plaintext: &[u8]) -> Vec<FoundKey> {
    let holds = is_reply(context) && succeeded(plaintext);
    let key = plaintext.get(1..).filter(|_| holds);
    one(KeyRole::Session, key)
}

/// As [`session`], of clients until QQ2008.
pub(crate) fn session_until_2008(context: &CiphertextContext, plaintext: &[u8]) -> Vec<FoundKey> {
    if context.is_old() {
        session(context, plaintext)
    } else {
        Vec::new()
    }
}

/// Keys in a password check: the proof contains that of the reply, the reply those of the
/// next steps.
pub(crate) fn password(context: &CiphertextContext, plaintext: &[u8]) -> Vec<FoundKey> {
    let mut keys = FoundKeys::default();
    match context.layer {
        CiphertextLayer::Proof if !context.is_old() => {
            keys.add(KeyRole::Verify(4), plaintext.get(PROOF_KEY..))
        }
        CiphertextLayer::Frame if is_reply(context) && plaintext.get(2) == Some(&0) => {
            if context.is_old() {
                let key = old_login_key(plaintext).ok();
                keys.add(KeyRole::Login, key.map(|(_, key)| key));
            } else {
                let first = first_keys(plaintext).ok();
                keys.add(KeyRole::Verify(0), first.map(|(_, keys)| keys.0));
                keys.add(KeyRole::Verify(1), first.map(|(_, keys)| keys.1));
            }
        }
        _ => {}
    }
    keys.0
}

/// The keys of the last steps of a login of QQ2009 to QQ2012.
pub(crate) fn login_information(context: &CiphertextContext, plaintext: &[u8]) -> Vec<FoundKey> {
    let mut keys = FoundKeys::default();
    if is_reply(context) {
        keys.add(KeyRole::Verify(2), plaintext.get(4..));
        let key = fourth_key(plaintext).ok();
        keys.add(KeyRole::Verify(3), key.map(|(_, key)| key));
    }
    keys.0
}

/// The share key of a request whose public key is a published one.
pub(crate) fn share(context: &CiphertextContext, plaintext: &[u8]) -> Vec<FoundKey> {
    let mut keys = FoundKeys::default();
    if context.layer == CiphertextLayer::Frame && context.direction == Direction::ToServer {
        for exchange in items(plaintext, 0).filter(|item| item.tag == 0x0114) {
            let public = public_key(exchange.span.of(plaintext)).ok();
            let share = public.and_then(|(_, public)| published_share_key(public));
            keys.add(KeyRole::Share, share.as_ref().map(|key| &key.bytes()[..]));
        }
    }
    keys.0
}

/// As [`share`], and the key of the polls for a QR code.
pub(crate) fn qr_code(context: &CiphertextContext, plaintext: &[u8]) -> Vec<FoundKey> {
    if is_reply(context) && succeeded(plaintext) {
        one(KeyRole::Poll, plaintext.get(7..))
    } else {
        share(context, plaintext)
    }
}

/// The TGTGT key in the poll reply for a scanned QR code.
pub(crate) fn qr_poll(context: &CiphertextContext, plaintext: &[u8]) -> Vec<FoundKey> {
    if !is_reply(context) || !succeeded(plaintext) {
        return Vec::new();
    }
    // The second item, whose tag no source documents, consists of the key.
    let mut keys = items(plaintext, 1).filter(|item| item.span.len == 16);
    let key = keys.next().map(|item| item.span.of(plaintext));
    one(KeyRole::Tgtgt, key)
}

/// Keys in a login from QQ2013 on: the proof contains the TGTGT key, the reply those of
/// the session request.
pub(crate) fn login_2013(context: &CiphertextContext, plaintext: &[u8]) -> Vec<FoundKey> {
    let mut keys = FoundKeys::default();
    match (context.layer, context.direction) {
        (CiphertextLayer::Proof, _) => keys.add(KeyRole::Tgtgt, plaintext.get(PROOF_KEY..)),
        (CiphertextLayer::Frame | CiphertextLayer::Second, Direction::ToClient)
            if succeeded(plaintext) =>
        {
            for item in items(plaintext, 1) {
                let value = item.span.of(plaintext);
                match item.tag {
                    0x0109 => keys.add(KeyRole::SessionRequest, value.get(2..)),
                    0x0107 => {
                        let counted = reply_key(value).ok().map(|(_, key)| key);
                        let usual = value.get(REPLY_KEY..);
                        if counted.and_then(Key::at_start) != usual.and_then(Key::at_start) {
                            keys.add(KeyRole::SessionReply, counted);
                        }
                        keys.add(KeyRole::SessionReply, usual);
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
    keys.0
}

/// The session key from QQ2013 on.
pub(crate) fn session_2013(context: &CiphertextContext, plaintext: &[u8]) -> Vec<FoundKey> {
    let mut keys = FoundKeys::default();
    if is_reply(context) && succeeded(plaintext) {
        for item in items(plaintext, 1).filter(|item| item.tag == 0x010c) {
            keys.add(KeyRole::Session, item.span.of(plaintext).get(2..));
        }
    }
    keys.0
}

/// The key for the servers of group pictures.
pub(crate) fn file_agent(context: &CiphertextContext, plaintext: &[u8]) -> Vec<FoundKey> {
    let holds = is_reply(context) && plaintext.starts_with(&[4, 0]);
    let key = plaintext.get(2..).filter(|_| holds);
    one(KeyRole::FileAgent, key)
}

/// Reply to 0x00dd until 2008: length2, code1, 4, two tokens, login token, login key.
fn old_login_key(plaintext: &[u8]) -> Parsed<'_, &[u8]> {
    (take(7_usize), token, token, token, key)
        .map(|(_, _, _, _, key)| key)
        .parse(plaintext)
}

/// Reply to 0x00dd from QQ2009 on: length2, code1, token, 4, time4, two tokens, key 0, a
/// token that may be empty, key 1.
fn first_keys(plaintext: &[u8]) -> Parsed<'_, (&[u8], &[u8])> {
    (
        take(3_usize),
        token,
        take(8_usize),
        token,
        token,
        key,
        token,
        key,
    )
        .map(|(_, _, _, _, _, zero, _, one)| (zero, one))
        .parse(plaintext)
}

/// Reply to 0x00e5: length2, 2, key 2, 8, 4, time4, address4, 8, token, key 3.
fn fourth_key(plaintext: &[u8]) -> Parsed<'_, &[u8]> {
    (take(48_usize), token, key)
        .map(|(_, _, key)| key)
        .parse(plaintext)
}

/// Item 0x0107: version2, counted status, key of the reply to 0x0828.
fn reply_key(value: &[u8]) -> Parsed<'_, &[u8]> {
    (be_u16, token, key).map(|(_, _, key)| key).parse(value)
}

/// Item 0x0114: version2, counted public key.
fn public_key(value: &[u8]) -> Parsed<'_, &[u8]> {
    (be_u16, token).map(|(_, public)| public).parse(value)
}
