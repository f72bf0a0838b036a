//! Opens what is encrypted in the families beside the basic one, and shows it.
//! Source: docs/protocol/oicq.md §2.7, §2.9, §6.6.

use crate::input::Input;
use crate::oicq::crypto::key_role::Role;
use crate::oicq::crypto::tea;
use crate::oicq::fields::Field;
use crate::oicq::keystore::vault::{Candidate, Sought};
use crate::oicq::state::frame_like::hint;
use crate::oicq::state::session::{Session, Shared};
use crate::oicq::tree::decrypt::{complain, show_key};
use crate::oicq::tree::family::direction;
use crate::oicq::tree::family_part::show_part;
use crate::oicq::wire::families::decode::opened;
use crate::oicq::wire::families::message::{Family, Message, What};
use crate::oicq::wire::families::{agent, p2p};
use crate::packet::{Packet, PduKey};
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// A frame that is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) packet: &'a Packet<'a>,
    /// What it is called.
    pub(crate) pdu: PduKey,
    pub(crate) message: &'a Message,
    /// Its item.
    pub(crate) root: ItemId,
}

/// Tries the ciphertext of a frame, and shows what comes out.
pub(crate) fn open(
    asked: &Asked<'_>,
    session: &mut Session,
    shared: &mut Shared,
    plan: &mut Plan<'_>,
) {
    let Asked {
        packet, message, ..
    } = *asked;
    let Some(span) = message.find(What::Ciphertext) else {
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
    let Some(source) = plan.add_decrypted(c"Decrypted QQ", plaintext.clone()) else {
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
struct Tried {
    opened: Option<(Candidate, Vec<u8>)>,
    /// The QQ numbers whose keys have opened nothing in this conversation so far, if this is
    /// the place to say it.
    useless_keys_of: Vec<u32>,
}

/// The keys of the sender come first: mostly it is the sender who makes the key.
fn try_keys(asked: &Asked<'_>, span: Span, session: &mut Session, shared: &mut Shared) -> Tried {
    let Asked {
        packet, message, ..
    } = *asked;
    let roles: &[Role] = match message.family {
        Family::P2pControl => &[Role::Peer],
        Family::Agent => &[Role::FileAgent],
        _ => return Tried::default(),
    };
    let vault = &mut shared.vault;
    let conversation = session.vault_number(packet, vault);
    let mut ends: Vec<u32> = [message.account, message.receiver]
        .into_iter()
        .flatten()
        .map(|number| number.value)
        .collect();
    ends.dedup();
    let sought = |(step, uin)| Sought {
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
        .map(sought)
        .find_map(|sought| vault.open(&sought, packet.first_pass, ciphertext, &mut plaintext));
    // Of both, whatever opened it now: it was said in the first pass.
    let complains = |(step, uin): &(u8, u32)| vault.complains(&sought((*step, *uin)));
    let useless = (0..).zip(ends).filter(complains).map(|(_, uin)| uin);
    Tried {
        useless_keys_of: useless.collect(),
        opened: by.map(|by| (by, plaintext)),
    }
}

/// What a part adds to the Info column.
fn outcome((what, span): (What, Span), plaintext: &[u8]) -> Option<&'static str> {
    let code = Input::of(plaintext, span).be_u16()?.value;
    match what {
        What::ControlType => p2p::CONTROL_TYPES.name(u32::from(code)),
        What::Result => agent::RESULTS.name(u32::from(code)),
        _ => None,
    }
}
