//! Tree items of a file that is transferred in pieces, and of the whole file.

use encoding_rs::GBK;
use md5::{Digest, Md5};

use crate::digest::sha256;
use crate::handoff::image_format;
use crate::oicq::fields::{Field, Note, OICQ};
use crate::oicq::state::files::{FileIndex, FileTransfers, TransferredFile};
use crate::packet::{Packet, PduKey};
use crate::plan::{ItemId, ObjectId, ObjectPart, Plan};
use crate::span::Span;

/// Number of bytes from the beginning of a file that its MD5 is of. Source:
/// docs/protocol/oicq.md §2.7.
const MD5_LENGTH: usize = 10_002_432;

/// Shows the file that the PDU with the item `root` is about. In the PDU that completes it,
/// shows the file.
pub(crate) fn show(
    plan: &mut Plan<'_>,
    packet: &Packet<'_>,
    pdu: PduKey,
    root: ItemId,
    (files, index): (&FileTransfers, FileIndex),
) {
    let Some(file) = files.get(index) else {
        return;
    };
    if packet.wants_events() {
        plan.add_object(object(file, root));
    }
    let description = file.description.as_ref();
    let name = description.and_then(|it| it.name.as_deref());
    let name = name.map(|name| GBK.decode_without_bom_handling(name).0);
    if let Some(name) = name.as_deref().filter(|_| pdu != file.begin) {
        let item = plan.derived(1, Field::FileName, Span::default(), name);
        plan.mark_generated(item);
    }
    plan.generated(1, Field::FileFirst, file.begin.frame);
    if let Some(completed) = file.completed {
        plan.generated(1, Field::FileLast, completed.frame);
    }
    if file.completed != Some(pdu) {
        return;
    }
    let size = file.pieces.received();
    plan.append_info(&format!(", file complete ({size} bytes)"));
    if plan.wants_items() {
        show_whole(plan, file);
    }
}

/// Shows a complete file, in a source of its own.
fn show_whole(plan: &mut Plan<'_>, file: &TransferredFile) {
    let bytes = file.pieces.bytes();
    let name = c"Reassembled QQ file";
    let source = match file.is_decrypted {
        true => plan.add_decrypted(name, bytes.to_vec()),
        false => plan.add_source(name, bytes.to_vec()),
    };
    let Some(source) = source else {
        return;
    };
    let back = plan.enter(source, 0);
    let all = Span::new(0, bytes.len());
    let item = plan.bytes(1, Field::File, all);
    let format = image_format(bytes);
    let media = format.map_or(String::new(), |format| format!(", {}", format.media));
    plan.label(
        item,
        &format!("Reassembled file: {} bytes{media}", bytes.len()),
    );
    if let Some(format) = format {
        plan.hand_off(2, format.hand_off, all);
    }
    plan.leave(back);
    if let Some(announced) = file.description.as_ref().and_then(|it| it.md5) {
        let beginning = &bytes[..bytes.len().min(MD5_LENGTH)];
        let found: [u8; 16] = Md5::digest(beginning).into();
        plan.generated(1, Field::FileMd5Good, found == announced);
        if found != announced {
            plan.note(Note::FileMd5Differs, item);
        }
    }
    let digest = plan.derived(1, Field::FileSha256, Span::default(), &sha256(bytes));
    plan.mark_generated(digest);
}

fn object(file: &TransferredFile, root: ItemId) -> ObjectPart {
    ObjectPart {
        id: ObjectId::Begun(OICQ.index, file.begin, 0),
        item: root,
        bytes: file.pieces.bytes().clone(),
        size: file.description.as_ref().map(|it| it.size),
        is_whole: file.completed.is_some(),
        last: file.last,
    }
}
