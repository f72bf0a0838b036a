//! Opens what is encrypted in the families beside the basic one, and shows it.
//! Source: docs/protocol/oicq.md §2.7, §2.9, §6.6.

use crate::input::Input;
use crate::oicq::crypto::key_role::KeyRole;
use crate::oicq::crypto::tea;
use crate::oicq::fields::Field;
use crate::oicq::keystore::store::{Candidate, DecryptTarget};
use crate::oicq::state::frame_like::hint;
use crate::oicq::state::session::{OicqSession, OicqShared};
use crate::oicq::tree::decrypt::{complain, show_key};
use crate::oicq::tree::other_frame::direction;
use crate::oicq::tree::other_frame_part::show_part;
use crate::oicq::wire::other_frames::decode::opened;
use crate::oicq::wire::other_frames::frame::{FamilyFrame, FamilyPart, FrameFamily};
use crate::oicq::wire::other_frames::{agent, p2p};
use crate::packet::{Packet, PduKey};
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// A frame that is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ShownFrame<'a> {
    pub(crate) packet: &'a Packet<'a>,
    /// What it is called.
    pub(crate) pdu: PduKey,
    pub(crate) message: &'a FamilyFrame,
    /// Its item.
    pub(crate) root: ItemId,
}

/// Tries the ciphertext of a frame, and shows what comes out.
pub(crate) fn open(
    asked: &ShownFrame<'_>,
    session: &mut OicqSession,
    shared: &mut OicqShared,
    plan: &mut Plan<'_>,
) {
    let ShownFrame {
        packet, message, ..
    } = *asked;
    let Some(span) = message.find(FamilyPart::Ciphertext) else {
        return;
    };
    if span.end() > packet.bytes.len() || !tea::is_length(span.len) {
        return;
    }
    let tried = try_keys(asked, span, session, shared);
    for uin in tried.useless_keys_of {
        complain(plan, asked.root, uin);
    }
    let Some((by, plaintext)) = tried.opened else {
        return;
    };
    let parts = opened(message, direction(message, hint(packet)), &plaintext);
    if let Some(name) = parts.iter().find_map(|part| outcome(*part, &plaintext)) {
        plan.info(name);
    }
    if !plan.wants_items() {
        return;
    }
    let item = plan.generated(1, Field::Decrypted, true);
    plan.label(item, &format!("Decrypted with the {}", by.words()));
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

/// What came of the keys.
#[derive(Debug, Default)]
struct DecryptResult {
    opened: Option<(Candidate, Vec<u8>)>,
    /// The QQ numbers whose keys have opened nothing in this conversation so far, if this is
    /// the place to say it.
    useless_keys_of: Vec<u32>,
}

/// The keys of the sender come first: mostly it is the sender who makes the key.
fn try_keys(
    asked: &ShownFrame<'_>,
    span: Span,
    session: &mut OicqSession,
    shared: &mut OicqShared,
) -> DecryptResult {
    let ShownFrame {
        packet, message, ..
    } = *asked;
    let roles: &[KeyRole] = match message.family {
        FrameFamily::P2pControl => &[KeyRole::Peer],
        FrameFamily::Agent => &[KeyRole::FileAgent],
        _ => return DecryptResult::default(),
    };
    let key_store = &mut shared.key_store;
    let conversation = session.key_store_number(packet, key_store);
    let mut ends: Vec<u32> = [message.account, message.receiver]
        .into_iter()
        .flatten()
        .map(|number| number.value)
        .collect();
    ends.dedup();
    let target = |(step, uin)| DecryptTarget {
        pdu: asked.pdu,
        step,
        conversation,
        uin: Some(uin),
        roles,
        request: None,
        own: None,
        share: None,
    };
    let ciphertext = span.of(packet.bytes);
    let mut plaintext = Vec::new();
    let by = (0..)
        .zip(ends.iter().copied())
        .map(target)
        .find_map(|target| key_store.open(&target, packet.first_pass, ciphertext, &mut plaintext));
    // Of both, whatever opened it now: it was said in the first pass.
    let complains = |(step, uin): &(u8, u32)| key_store.complains(&target((*step, *uin)));
    let useless = (0..).zip(ends).filter(complains).map(|(_, uin)| uin);
    DecryptResult {
        useless_keys_of: useless.collect(),
        opened: by.map(|by| (by, plaintext)),
    }
}

/// What a part adds to the Info column.
fn outcome((what, span): (FamilyPart, Span), plaintext: &[u8]) -> Option<&'static str> {
    let code = Input::of(plaintext, span).be_u16()?.value;
    match what {
        FamilyPart::ControlType => p2p::CONTROL_TYPES.name(u32::from(code)),
        FamilyPart::Result => agent::RESULTS.name(u32::from(code)),
        _ => None,
    }
}
