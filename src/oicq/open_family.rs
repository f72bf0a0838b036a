//! Opens what is encrypted in the families beside the basic one, and shows it.
//! Source: protocol reference, OICQ §2.7, §2.9, §6.6.

use super::decrypt::show_key;
use super::families::{p2p, Family, Message, What};
use super::fields::Field;
use super::key_role::Role;
use super::session::{Session, Shared};
use super::tea;
use super::vault::{Candidate, Sought};
use crate::context::{Packet, PduKey};
use crate::plan::Plan;
use crate::span::{Span, Spanned};

/// Nanoseconds.
const SECOND: u64 = 1_000_000_000;

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
    let control = match message.family {
        Family::P2pControl => p2p::control(&plaintext),
        _ => None,
    };
    let kind = control.map(|control| u32::from(control.kind.value));
    if let Some(name) = kind.and_then(|kind| p2p::CONTROL_TYPES.name(kind)) {
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
    if let Some(control) = control {
        show_control(plan, &control, &plaintext);
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

fn show_control(plan: &mut Plan<'_>, control: &p2p::Control, plaintext: &[u8]) {
    plan.bytes(2, Field::P2pProof, control.proof);
    number(plan, Field::P2pControl, control.kind);
    number(plan, Field::P2pSequence, control.sequence);
    let time = u64::from(control.time.value) * SECOND;
    plan.number(2, Field::P2pTime, control.time.span, time);
    number(plan, Field::Face, control.face);
    number(plan, Field::TransferKind, control.transfer);
    let Some(ends) = control.ends else {
        return;
    };
    address(plan, Field::ClientAddress, ends.outer, plaintext);
    number(plan, Field::ClientPort, ends.outer_port);
    plan.bytes(2, Field::Unexplained, ends.second_port.span);
    address(plan, Field::LocalAddress, ends.inner, plaintext);
    number(plan, Field::LocalPort, ends.inner_port);
}

fn number(plan: &mut Plan<'_>, field: Field, number: Spanned<impl Into<u64>>) {
    plan.number(2, field, number.span, number.value);
}

fn address(plan: &mut Plan<'_>, field: Field, span: Span, plaintext: &[u8]) {
    let bytes = span.of(plaintext);
    let address = bytes
        .iter()
        .fold(0, |n: u32, byte| n << 8 | u32::from(*byte));
    plan.number(2, field, span, address);
}
