//! Opens what is encrypted in the families beside the basic one, and shows it.
//! Source: protocol reference, OICQ §2.7, §2.9, §6.6.

use super::decrypt::show_key;
use super::families::{agent, p2p, Family, Message, What};
use super::fields::Field;
use super::key_role::Role;
use super::recognise::hint;
use super::session::{Session, Shared};
use super::show_family::{direction, show_part};
use super::tea;
use super::vault::{Candidate, Sought};
use crate::context::{Packet, PduKey};
use crate::plan::Plan;
use crate::span::Span;

/// Tries the ciphertext of `message`, which is the PDU `pdu`, and shows what comes out.
pub(super) fn open(
    packet: &Packet<'_>,
    pdu: PduKey,
    message: &Message,
    session: &mut Session,
    shared: &mut Shared,
    plan: &mut Plan<'_>,
) {
    let Some(span) = message.find(What::Ciphertext) else {
        return;
    };
    if span.end() > packet.bytes.len() || !tea::is_length(span.len) {
        return;
    }
    let Some((by, plaintext)) = try_keys(packet, pdu, message, span, session, shared) else {
        return;
    };
    let parts = message.opened(direction(message, hint(packet)), &plaintext);
    if let Some(name) = parts.iter().find_map(|part| outcome(*part, &plaintext)) {
        plan.info(name);
    }
    if !plan.wants_items() {
        return;
    }
    let item = plan.generated(1, Field::Decrypted, true);
    plan.label(item, &format!("Decrypted with the {}", by.words()));
    show_key(plan, &by, shared.shows_keys);
    let Some(source) = plan.add_source(c"Decrypted QQ", plaintext.clone()) else {
        return;
    };
    let back = plan.enter(source, 0);
    plan.bytes(1, Field::Plaintext, Span::new(0, plaintext.len()));
    for (what, span) in parts {
        show_part(plan, &plaintext, what, span, 2);
    }
    plan.leave(back);
}

/// The keys of the sender come first: mostly it is the sender who makes the key.
fn try_keys(
    packet: &Packet<'_>,
    pdu: PduKey,
    message: &Message,
    span: Span,
    session: &mut Session,
    shared: &mut Shared,
) -> Option<(Candidate, Vec<u8>)> {
    let roles: &[Role] = match message.family {
        Family::P2pControl => &[Role::Peer],
        Family::Agent => &[Role::FileAgent],
        _ => return None,
    };
    let conversation = session.vault_number(packet, &mut shared.vault);
    let ends = [message.account, message.receiver];
    let mut plaintext = Vec::new();
    for (step, end) in (0..).zip(ends.into_iter().flatten()) {
        let sought = Sought {
            pdu,
            step,
            conversation,
            uin: Some(end.value),
            roles,
            request: None,
            own: None,
            share: None,
        };
        let ciphertext = span.of(packet.bytes);
        let vault = &mut shared.vault;
        if let Some(by) = vault.open(&sought, packet.first_pass, ciphertext, &mut plaintext) {
            return Some((by, plaintext));
        }
    }
    None
}

/// What a part adds to the Info column.
fn outcome((what, span): (What, Span), plaintext: &[u8]) -> Option<&'static str> {
    let code = u16::from_be_bytes(span.of(plaintext).try_into().ok()?);
    match what {
        What::ControlType => p2p::CONTROL_TYPES.name(u32::from(code)),
        What::Result => agent::RESULTS.name(u32::from(code)),
        _ => None,
    }
}
