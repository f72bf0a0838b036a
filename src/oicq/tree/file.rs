//! Tree items of a file that is transferred in pieces, and of the whole file.

use encoding_rs::GBK;

use crate::digest::sha256;
use crate::handoff::image_format;
use crate::oicq::fields::{Field, Note, OICQ};
use crate::oicq::state::files::{FileIndex, FileTransfers, TransferredFile};
use crate::packet::{Packet, PduKey};
use crate::plan::{ItemId, ObjectId, ObjectPart, Plan};
use crate::span::Span;

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
        plan.add_object(object(file, pdu, root));
    }
    let description = file.description_at(pdu);
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
        show_whole(plan, pdu, file);
    }
}

/// Shows a complete file, in a source of its own.
fn show_whole(plan: &mut Plan<'_>, pdu: PduKey, file: &TransferredFile) {
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
    plan.label_args(
        item,
        format_args!("Reassembled file: {} bytes{media}", bytes.len()),
    );
    if let Some(format) = format {
        plan.hand_off(2, format.hand_off, all);
    }
    plan.leave(back);
    let description = file.description_at(pdu);
    if let Some(is_good) = description.and_then(|it| it.has_md5_of(bytes)) {
        plan.generated(1, Field::FileMd5Good, is_good);
        if !is_good {
            plan.note(Note::FileMd5Differs, item);
        }
    }
    let digest = plan.derived(1, Field::FileSha256, Span::default(), &sha256(bytes));
    plan.mark_generated(digest);
}

fn object(file: &TransferredFile, pdu: PduKey, root: ItemId) -> ObjectPart {
    ObjectPart {
        id: ObjectId::Begun(OICQ.index, file.begin, 0),
        item: root,
        bytes: file.pieces.bytes().clone(),
        size: file.description_at(pdu).map(|it| it.size),
        other_size: None,
        state: file.state(),
        last: file.last,
    }
}
