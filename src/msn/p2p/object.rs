//! What a session transfers: pictures, files and other objects.

use super::codes::APPLICATIONS;
use super::fields::{Field, Note};
use super::state::Session;
use crate::msn::slp::codes::application;
use crate::plan::{HandOff, ItemId, Plan};
use crate::span::Span;

/// How pictures begin, and their media type.
const PICTURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\xff\xd8\xff", "image/jpeg"),
];

/// The media type of a picture, from its first bytes.
pub fn picture(data: &[u8]) -> Option<&'static str> {
    let found = PICTURES.iter().find(|(start, _)| data.starts_with(start));
    found.map(|(_, media)| *media)
}

/// Shows what is known of the session of a packet.
pub(super) fn session(plan: &mut Plan<'_>, depth: u8, session: &Session) {
    plan.generated(depth, Field::Invite, session.frame);
    if let Some(purpose) = purpose(session) {
        let item = plan.derived(depth, Field::Purpose, Span::default(), purpose);
        plan.mark_generated(item);
    }
    if let Some(name) = &session.file_name {
        let item = plan.derived(depth, Field::FileName, Span::default(), name);
        plan.mark_generated(item);
    }
    if let Some(size) = session.file_size {
        plan.generated(depth, Field::FileSize, size);
    }
}

/// What a session is for. The object says more than the number of the application, and that
/// more than its GUID.
fn purpose(session: &Session) -> Option<&'static str> {
    if session.object.is_some() {
        return session.object;
    }
    let by_guid = session.application.and_then(application);
    let number = session.app_id.filter(|number| *number > 3);
    number
        .and_then(|number| APPLICATIONS.name(number))
        .or(by_guid)
}

/// Shows a whole object, whose bytes begin at the present view.
pub(super) fn show(
    plan: &mut Plan<'_>,
    depth: u8,
    root: ItemId,
    session: Option<&Session>,
    data: &[u8],
) {
    let all = Span::new(0, data.len());
    let item = plan.bytes(depth, Field::Object, all);
    let media = picture(data);
    if plan.shows_tree() {
        let what = session.and_then(purpose).unwrap_or("Object");
        let media = media.map_or(String::new(), |media| format!(", {media}"));
        plan.label(item, &format!("{what}: {} bytes{media}", data.len()));
    }
    if let Some(media) = media.filter(|_| plan.wants_items()) {
        plan.hand_off(depth + 1, HandOff::Media, media, all);
    }
    check_size(plan, root, session, data.len() as u64);
}

/// Notes when an object is not as long as its invitation said.
pub(super) fn check_size(plan: &mut Plan<'_>, root: ItemId, session: Option<&Session>, size: u64) {
    let announced = session.and_then(|session| session.file_size);
    if announced.is_some_and(|announced| announced != size) {
        plan.note(Note::SizeDiffers, root);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_by_their_first_bytes() {
        assert_eq!(picture(b"\x89PNG\r\n\x1a\n\0"), Some("image/png"));
        assert_eq!(picture(b"GIF89a"), Some("image/gif"));
        assert_eq!(picture(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(picture(b"hello"), None);
        assert_eq!(picture(b""), None);
    }
}
