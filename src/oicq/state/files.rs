//! Files, pictures and avatars that the families other than the basic one transfer in
//! pieces: which pieces belong together, and their bytes.

#[cfg(test)]
mod tests;

use crate::hash_map::HashMap;

use crate::first_pass::PduFacts;
use crate::oicq::wire::other_frames::file_part::{
    FileDescription, FilePart, FileSource, PiecePlace,
};
use crate::packet::{Packet, PduKey};
use crate::pieces::{Budget, Completeness, Pieces};

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
    /// What is said of it, and the PDU that says it; `None` if that is not in the capture.
    description: Option<(PduKey, FileDescription)>,
    /// Its bytes.
    pub(crate) pieces: Pieces,
    /// Number of pieces, where the last one is marked.
    count: Option<u64>,
    /// When its last piece came.
    last_at: i64,
    /// Whether its pieces were encrypted.
    pub(crate) is_decrypted: bool,
    /// If pieces came before the description, which may be of another file: the bytes since.
    since: Option<Pieces>,
    /// All bytes are there, but their MD5 is not the announced one.
    is_disproved: bool,
    /// It was described once more when it was complete: the next beginning is of a new file.
    is_again: bool,
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
            since: None,
            is_disproved: false,
            is_again: false,
        }
    }

    /// What is said of it up to the PDU.
    pub(crate) fn description_at(&self, pdu: PduKey) -> Option<&FileDescription> {
        let known = self.description.as_ref();
        let known = known.filter(|(since, _)| *since <= pdu);
        known.map(|(_, description)| description)
    }

    /// How much of it is received.
    pub(crate) fn state(&self) -> Completeness {
        match self.pieces.completeness(self.size()) {
            _ if self.completed.is_some() => Completeness::Whole,
            // Nothing proves that all pieces are of this file.
            Completeness::Whole => Completeness::Incomplete,
            state => state,
        }
    }

    fn size(&self) -> Option<u64> {
        self.description.as_ref().map(|(_, it)| it.size)
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

    /// Whether what a PDU says is about another file.
    fn ends_with(&self, part: &FilePart, data: &[u8], time: i64) -> bool {
        let piece = part.piece;
        if piece.is_some_and(|(place, span)| !self.takes(place, span.of(data), time)) {
            return true;
        }
        let is_beginning = matches!(
            part.piece,
            Some((PiecePlace::Offset(0) | PiecePlace::Number(1), _))
        );
        match (&self.description, &part.description) {
            (None, Some(new)) => self.pieces.extent() > new.size,
            (Some((_, known)), Some(new)) if known != new => true,
            _ => self.is_again && is_beginning,
        }
    }

    fn describe(&mut self, pdu: PduKey, new: FileDescription) {
        self.is_again |= self.completed.is_some() && new.name.is_some();
        if self.description.is_none() {
            let has_pieces = self.pieces.extent() > 0;
            self.since = has_pieces.then(Pieces::default);
            self.description = Some((pdu, new));
        }
    }

    fn add(&mut self, pdu: PduKey, place: PiecePlace, data: &[u8], budget: &Budget) {
        if self.completed.is_some() {
            return;
        }
        if let (PiecePlace::Offset(offset), Some(size)) = (place, self.size()) {
            // Data beyond the size are no part of it.
            if offset.saturating_add(data.len() as u64) > size {
                return;
            }
        }
        if let PiecePlace::Part {
            number,
            is_last: true,
        } = place
        {
            self.count = Some(number.saturating_add(1));
        }
        self.last = pdu.frame;
        for pieces in [Some(&mut self.pieces), self.since.as_mut()] {
            match (pieces, place) {
                (Some(pieces), PiecePlace::Offset(offset)) => pieces.add(offset, data, budget),
                (Some(pieces), PiecePlace::Number(number)) if number > 0 => {
                    pieces.add_numbered(number - 1, data, budget);
                }
                (Some(pieces), PiecePlace::Part { number, .. }) => {
                    pieces.add_numbered(number, data, budget);
                }
                _ => {}
            }
        }
    }

    /// Checks whether the PDU completes it. Returns a new file if the pieces since the
    /// description are all of one, and those before it were not.
    fn complete(&mut self, pdu: PduKey, source: FileSource) -> Option<Self> {
        if self.count == Some(self.pieces.count()) {
            self.completed.get_or_insert(pdu);
        }
        let (described, description) = self.description.as_ref()?;
        let is_whole = |pieces: &Pieces| pieces.completeness(Some(description.size)).is_whole();
        if self.completed.is_some() {
            return None;
        }
        if is_whole(&self.pieces) && !self.is_disproved {
            let is_good = || description.has_md5_of(self.pieces.bytes()) == Some(true);
            if self.since.is_none() || is_good() {
                self.completed = Some(pdu);
                self.since = None;
                return None;
            }
            self.is_disproved = true;
        }
        let pieces = self.since.take_if(|since| is_whole(since))?;
        Some(Self {
            completed: Some(pdu),
            last: self.last,
            description: self.description.clone(),
            pieces,
            ..Self::new(*described, source)
        })
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
        (packet, pdu): (&Packet<'_>, PduKey),
        (part, data): (Option<FilePart>, &[u8]),
        is_repeated: bool,
        budget: &Budget,
    ) -> Option<FileIndex> {
        let index = match part {
            Some(part) if packet.first_pass => {
                let name = (packet.side(), part.source);
                let known = self.current.get(&name).copied();
                let index = match is_repeated {
                    true => known,
                    false => self.add((packet, pdu), known, (part, data), budget),
                };
                index.inspect(|index| {
                    self.current.insert(name, *index);
                })
            }
            _ => None,
        };
        self.by_pdu
            .record_or_get(packet, pdu, || index.map(FileIndex))
    }

    fn add(
        &mut self,
        (packet, pdu): (&Packet<'_>, PduKey),
        known: Option<usize>,
        (part, data): (FilePart, &[u8]),
        budget: &Budget,
    ) -> Option<usize> {
        let last = known.and_then(|index| self.files.get(index));
        let is_over = last.is_none_or(|last| last.ends_with(&part, data, packet.time));
        let mut index = known.unwrap_or_default();
        if is_over {
            let last = last.filter(|last| last.is_again);
            let mut file = TransferredFile::new(pdu, part.source);
            file.description = last
                .and_then(|last| last.description.clone())
                .map(|(_, it)| (pdu, it));
            self.files.push(file);
            index = self.files.len() - 1;
        }
        let file = self.files.get_mut(index)?;
        if let Some(description) = part.description {
            file.describe(pdu, description);
        }
        if let Some((place, span)) = part.piece {
            file.last_at = packet.time;
            file.add(pdu, place, span.of(data), budget);
        }
        if let Some(other) = file.complete(pdu, part.source) {
            self.files.push(other);
            index = self.files.len() - 1;
        }
        Some(index)
    }
}
