//! Decrypts the bodies of the other families, and adds their items. Source:
//! docs/protocol/oicq.md §2.7, §2.9, §6.6.

use crate::input::Input;
use crate::oicq::crypto::key_role::KeyRole;
use crate::oicq::crypto::tea;
use crate::oicq::fields::Field;
use crate::oicq::keystore::store::{Candidate, DecryptTarget};
use crate::oicq::state::frame_like::direction_by_ports;
use crate::oicq::state::session::{OicqSession, OicqShared};
use crate::oicq::tree::decrypt::{note_useless_keys, show_key};
use crate::oicq::tree::other_frame::direction;
use crate::oicq::tree::other_frame_part::show_part;
use crate::oicq::wire::other_frames::decode::decrypted_parts;
use crate::oicq::wire::other_frames::frame::{FamilyFrame, FamilyPart, FrameFamily};
use crate::oicq::wire::other_frames::{agent, p2p};
use crate::packet::{Packet, PduKey};
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// A frame whose items are added.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ShownFrame<'a> {
    pub(crate) packet: &'a Packet<'a>,
    /// Its PDU.
    pub(crate) pdu: PduKey,
    pub(crate) message: &'a FamilyFrame,
    /// Its item.
    pub(crate) root: ItemId,
}

/// Decrypts the ciphertext of a frame, and adds the items of the plaintext.
pub(crate) fn open(
    shown: &ShownFrame<'_>,
    session: &mut OicqSession,
    shared: &mut OicqShared,
    plan: &mut Plan<'_>,
) {
    let ShownFrame {
        packet, message, ..
    } = *shown;
    let Some(span) = message.find(FamilyPart::Ciphertext) else {
        return;
    };
    if span.end() > packet.bytes.len() || !tea::is_ciphertext_len(span.len) {
        return;
    }
    let tried = try_keys(shown, span, session, shared);
    for uin in tried.useless_keys_of {
        note_useless_keys(plan, shown.root, uin);
    }
    let Some((by, plaintext)) = tried.decrypted else {
        return;
    };
    let parts = decrypted_parts(
        message,
        direction(message, direction_by_ports(packet)),
        &plaintext,
    );
    if let Some(name) = parts.iter().find_map(|part| info_text(*part, &plaintext)) {
        plan.info(name);
    }
    if !plan.wants_items() {
        return;
    }
    let item = plan.generated(1, Field::Decrypted, true);
    plan.label_args(item, format_args!("Decrypted with the {}", by.words()));
    show_key(plan, &by);
    let Some(source) = plan.add_decrypted(c"Decrypted QQ body", plaintext.clone()) else {
        return;
    };
    let back = plan.enter(source, 0);
    plan.bytes(1, Field::Plaintext, Span::new(0, plaintext.len()));
    for (what, span) in parts {
        show_part(plan, &plaintext, what, span, 2);
    }
    plan.leave(back);
}

/// Result of trying the keys.
#[derive(Debug, Default)]
struct DecryptResult {
    decrypted: Option<(Candidate, Vec<u8>)>,
    /// The QQ numbers for which to report here that the user's keys have decrypted
    /// nothing in this conversation so far.
    useless_keys_of: Vec<u32>,
}

/// Tries the keys of the sender first: the key is mostly the sender's.
fn try_keys(
    shown: &ShownFrame<'_>,
    span: Span,
    session: &mut OicqSession,
    shared: &mut OicqShared,
) -> DecryptResult {
    let ShownFrame {
        packet, message, ..
    } = *shown;
    let roles: &'static [KeyRole] = match message.family {
        FrameFamily::P2pControl => &[KeyRole::Peer],
        FrameFamily::Agent => &[KeyRole::FileAgent],
        _ => return DecryptResult::default(),
    };
    let key_store = &mut shared.key_store;
    let conversation = session.key_store_number(packet, key_store);
    let mut accounts: Vec<u32> = [message.account, message.receiver]
        .into_iter()
        .flatten()
        .map(|number| number.value)
        .collect();
    accounts.dedup();
    let target = |(step, uin)| DecryptTarget {
        pdu: shown.pdu,
        index: step,
        conversation,
        uin: Some(uin),
        roles,
        request: None,
        carried_key: None,
        share: None,
    };
    let ciphertext = span.of(packet.bytes);
    let mut plaintext = Vec::new();
    let by = (0..)
        .zip(accounts.iter().copied())
        .map(target)
        .find_map(|target| {
            key_store.decrypt(&target, packet.first_pass, ciphertext, &mut plaintext)
        });
    // For both accounts, whichever key decrypts it now: the first pass has reported it.
    let is_reported =
        |(step, uin): &(u8, u32)| key_store.reports_useless_keys(&target((*step, *uin)));
    let useless = (0..).zip(accounts).filter(is_reported).map(|(_, uin)| uin);
    DecryptResult {
        useless_keys_of: useless.collect(),
        decrypted: by.map(|by| (by, plaintext)),
    }
}

/// Text of a part for the Info column.
fn info_text((what, span): (FamilyPart, Span), plaintext: &[u8]) -> Option<&'static str> {
    let code = Input::of(plaintext, span).be_u16()?.value;
    match what {
        FamilyPart::ControlType => p2p::CONTROL_TYPES.name(u32::from(code)),
        FamilyPart::Result => agent::RESULTS.name(u32::from(code)),
        _ => None,
    }
}
