//! Tree items of transferred data: avatars, files and other objects.

use sha1::{Digest, Sha1};

use crate::digest::sha256;
use crate::handoff::image_format;
use crate::msn::msnp::fields::Field as MsnpField;
use crate::msn::msnp::tree::payload::quote::quoted;
use crate::msn::p2p::fields::{Field, Note};
use crate::msn::p2p::state::session::P2pSession;
use crate::msn::p2p::tree::session_text;
use crate::msn::p2p::tree::session_text::session_text;
use crate::msn::p2p::wire::codes::APPLICATIONS;
use crate::msn::p2p::wire::packet::Carrier;
use crate::msn::slp::fields::Field as SlpField;
use crate::msn::slp::wire::codes::application;
use crate::msn::slp::wire::message::SlpMessage;
use crate::plan::{ItemId, Plan};
use crate::span::Span;

/// Shows the session of a packet. On a direct connection nothing else says who is at its ends.
pub(crate) fn session(plan: &mut Plan<'_>, depth: u8, session: &P2pSession, carrier: Carrier) {
    plan.generated(depth, Field::Invite, session.frame);
    about(plan, depth, session);
    if carrier == Carrier::Direct {
        text(plan, depth, Field::Inviter, session.from.as_deref());
        text(plan, depth, Field::Invitee, session.to.as_deref());
        if let Some(chat) = session.chat {
            plan.generated(depth, MsnpField::Chat, chat);
        }
    }
    if let Some(frame) = session.completed {
        plan.generated(depth, Field::Completed, frame);
    }
}

/// Shows the session that an MSNSLP message is about, except what the message says itself.
pub(crate) fn session_of_message(
    plan: &mut Plan<'_>,
    depth: u8,
    session: &P2pSession,
    carrier: Carrier,
    (message, data): (&SlpMessage, &[u8]),
) {
    if message.pair(data, "SessionID").is_none() {
        plan.generated(depth, SlpField::Session, session.number);
    }
    if message.pair(data, "EUF-GUID").is_none() {
        about(plan, depth, session);
    }
    if let (Carrier::Direct, Some(chat)) = (carrier, session.chat) {
        plan.generated(depth, MsnpField::Chat, chat);
    }
    if let Some(frame) = session.completed {
        plan.generated(depth, Field::Completed, frame);
    }
}

/// Shows what is transferred, from the invitation.
fn about(plan: &mut Plan<'_>, depth: u8, session: &P2pSession) {
    text(plan, depth, Field::Purpose, purpose(session));
    text(plan, depth, Field::FileName, session.file_name.as_deref());
    text(
        plan,
        depth,
        Field::ObjectName,
        session.object_name.as_deref(),
    );
    if let Some(size) = session.file_size {
        plan.generated(depth, Field::FileSize, size);
    }
}

fn text(plan: &mut Plan<'_>, depth: u8, field: Field, value: Option<&str>) {
    if let Some(value) = value {
        let item = plan.derived(depth, field, Span::default(), value);
        plan.mark_generated(item);
    }
}

/// Name of the session's application: the type of its object, else its AppID if that is
/// specific, else its EUF-GUID.
fn purpose(session: &P2pSession) -> Option<&'static str> {
    if session.object.is_some() {
        return session.object;
    }
    let by_guid = session.application.and_then(application);
    let number = session.app_id.filter(|number| *number > 3);
    number
        .and_then(|number| APPLICATIONS.name(number))
        .or(by_guid)
}

/// Name of the transferred data for the Info column. Returns `None` if the invitation is
/// known and for neither a file nor an object.
pub(crate) fn transfer_name(session: Option<&P2pSession>) -> Option<String> {
    let Some(session) = session else {
        return Some("data".to_owned());
    };
    if let Some(name) = &session.file_name {
        return Some(format!("file {}", quoted(name)));
    }
    let what = purpose(session).unwrap_or("data");
    session.is_transfer().then(|| what.to_lowercase())
}

/// Shows the complete data of a transfer, which begin at the current view.
pub(crate) fn show(
    plan: &mut Plan<'_>,
    depth: u8,
    root: ItemId,
    session: Option<&P2pSession>,
    data: &[u8],
) {
    if let Some(text) = session_text(data) {
        session_text::show(plan, depth, &text);
        return;
    }
    let all = Span::new(0, data.len());
    let item = plan.bytes(depth, Field::Object, all);
    let format = image_format(data);
    if plan.shows_tree() {
        let what = session.and_then(purpose).unwrap_or("Transferred object");
        let media = format.map_or(String::new(), |format| format!(", {}", format.media));
        plan.label_args(item, format_args!("{what}: {} bytes{media}", data.len()));
    }
    if let Some(format) = format.filter(|_| plan.wants_items()) {
        plan.hand_off(depth + 1, format.hand_off, all);
    }
    if plan.wants_items() {
        hashes(plan, depth, item, session, data);
    }
    check_size(plan, root, session, data.len() as u64);
}

/// Shows the SHA-256 of an object, and whether its SHA-1 is that in its invitation.
fn hashes(
    plan: &mut Plan<'_>,
    depth: u8,
    object: ItemId,
    session: Option<&P2pSession>,
    data: &[u8],
) {
    if let Some(expected) = session.and_then(|session| session.object_hash) {
        let found: [u8; 20] = Sha1::digest(data).into();
        plan.generated(depth, Field::HashGood, found == expected);
        if found != expected {
            plan.note(Note::HashDiffers, object);
        }
    }
    text(plan, depth, Field::Sha256, Some(&sha256(data)));
}

/// Notes an object whose size differs from that in its invitation.
pub(crate) fn check_size(
    plan: &mut Plan<'_>,
    root: ItemId,
    session: Option<&P2pSession>,
    size: u64,
) {
    let announced = session.and_then(|session| session.file_size);
    if announced.is_some_and(|announced| announced != size) {
        plan.note(Note::SizeDiffers, root);
    }
}
