//! Files, pictures and avatars that the families other than the basic one transfer in
//! pieces: which pieces belong together, and their bytes.

use std::collections::HashMap;

use crate::first_pass::PduFacts;
use crate::oicq::wire::other_frames::file_part::{
    FileDescription, FilePart, FileSource, PiecePlace,
};
use crate::packet::{Packet, PduKey};
use crate::pieces::Pieces;

/// Maximum size of a file that is put together, in bytes.
const MAX_FILE: u64 = 64 << 20;

/// Maximum time between two parts of a captcha, in nanoseconds.
const WITHIN: i64 = 60_000_000_000;

/// Index of a file in [`FileTransfers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileIndex(usize);

/// A file.
#[derive(Debug)]
pub(crate) struct TransferredFile {
    /// The PDU that begins it.
    pub(crate) begin: PduKey,
    /// The PDU that completes it.
    pub(crate) completed: Option<PduKey>,
    /// Frame of its last piece so far.
    pub(crate) last: u32,
    /// What is said of it; `None` if that is not in the capture.
    pub(crate) description: Option<FileDescription>,
    /// Its bytes.
    pub(crate) pieces: Pieces,
    /// Number of pieces, where the last one is marked.
    count: Option<u64>,
    /// When its last piece came.
    last_at: i64,
    /// Whether its pieces were encrypted.
    pub(crate) is_decrypted: bool,
}

impl TransferredFile {
    fn new(begin: PduKey, source: FileSource) -> Self {
        Self {
            begin,
            completed: None,
            last: begin.frame,
            description: None,
            pieces: Pieces::default(),
            count: None,
            last_at: i64::MIN,
            is_decrypted: source == FileSource::Captcha,
        }
    }

    /// Whether a description is that of another file, or of this one once more. It comes
    /// before all pieces.
    fn is_over(&self, new: &FileDescription) -> bool {
        let is_same = self.description.as_ref() == Some(new);
        !is_same || (self.completed.is_some() && new.name.is_some())
    }

    /// Whether a piece can be one of this file, new or repeated.
    fn takes(&self, place: PiecePlace, data: &[u8], time: i64) -> bool {
        let PiecePlace::Part { number, .. } = place else {
            return true;
        };
        if self.last_at != i64::MIN && time.abs_diff(self.last_at) > WITHIN.unsigned_abs() {
            return false;
        }
        let known = self.pieces.numbered(number);
        known.map_or(self.completed.is_none(), |known| known == data)
    }

    fn add(&mut self, pdu: PduKey, place: PiecePlace, data: &[u8]) {
        let offset = match place {
            PiecePlace::Offset(offset) => offset,
            PiecePlace::Number(_) | PiecePlace::Part { .. } => self.pieces.received(),
        };
        let end = offset.saturating_add(data.len() as u64);
        let size = self.description.as_ref().map(|it| it.size);
        if end > size.unwrap_or(MAX_FILE).min(MAX_FILE) || self.completed.is_some() {
            return;
        }
        match place {
            PiecePlace::Offset(offset) => self.pieces.add(offset, data),
            PiecePlace::Number(0) => return,
            PiecePlace::Number(number) => self.pieces.add_numbered(number - 1, data),
            PiecePlace::Part { number, is_last } => {
                if is_last {
                    self.count = Some(number.saturating_add(1));
                }
                self.pieces.add_numbered(number, data)
            }
        };
        self.last = pdu.frame;
        let has_size = size == Some(self.pieces.received());
        if has_size || self.count == Some(self.pieces.count()) {
            self.completed = Some(pdu);
        }
    }
}

/// The files of one conversation.
#[derive(Debug, Default)]
pub(crate) struct FileTransfers {
    files: Vec<TransferredFile>,
    /// First pass only: the current files of each direction.
    current: HashMap<(usize, FileSource), usize>,
    by_pdu: PduFacts<Option<FileIndex>>,
}

impl FileTransfers {
    /// The file with this index.
    pub(crate) fn get(&self, index: FileIndex) -> Option<&TransferredFile> {
        self.files.get(index.0)
    }

    /// The file that a frame is about, which says `part` of it; spans are of `data`. A repeated
    /// frame adds nothing.
    pub(crate) fn learn(
        &mut self,
        packet: &Packet<'_>,
        pdu: PduKey,
        (part, data): (Option<FilePart>, &[u8]),
        is_repeated: bool,
    ) -> Option<FileIndex> {
        let index = match part {
            Some(part) if packet.first_pass => self.add(packet, pdu, (part, data), is_repeated),
            _ => None,
        };
        self.by_pdu.record_or_get(packet, pdu, || index)
    }

    fn add(
        &mut self,
        packet: &Packet<'_>,
        pdu: PduKey,
        (part, data): (FilePart, &[u8]),
        is_repeated: bool,
    ) -> Option<FileIndex> {
        let piece = part.piece.map(|(place, span)| (place, span.of(data)));
        let name = (packet.side(), part.source);
        let known = self.current.get(&name).copied();
        if is_repeated {
            return known.map(FileIndex);
        }
        let is_over = |index: usize| {
            let file = self.files.get(index);
            let new = part.description.as_ref();
            file.is_none_or(|file| {
                let takes =
                    piece.is_none_or(|(place, piece)| file.takes(place, piece, packet.time));
                !takes || new.is_some_and(|new| file.is_over(new))
            })
        };
        let known = known.filter(|index| !is_over(*index));
        let index = known.unwrap_or_else(|| {
            self.files.push(TransferredFile::new(pdu, part.source));
            self.current.insert(name, self.files.len() - 1);
            self.files.len() - 1
        });
        let file = self.files.get_mut(index)?;
        if part.description.is_some() {
            file.description = part.description;
        }
        if let Some((place, piece)) = piece {
            file.last_at = packet.time;
            file.add(pdu, place, piece);
        }
        Some(FileIndex(index))
    }
}

#[cfg(test)]
mod tests;
