//! Images: GIF, JPEG and PNG.
//!
//! Each is walked block by block like in Wireshark's dissector, to bound the number of
//! items of its tree.

use memchr::memmem;

use crate::handoff::row::HandOff;
use crate::handoff::wire::admitted::Admitted;

/// An image format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageFormat {
    /// Its media type.
    pub media: &'static str,
    /// Its row.
    pub hand_off: HandOff,
}

/// Signatures of the image formats.
const PICTURES: &[(&[u8], ImageFormat)] = &[
    (PNG, kind("image/png", HandOff::Png)),
    (b"GIF87a", kind("image/gif", HandOff::Gif)),
    (b"GIF89a", kind("image/gif", HandOff::Gif)),
    (b"\xff\xd8\xff", kind("image/jpeg", HandOff::Jpeg)),
];

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// Minimum length, in bytes: the dissectors ignore shorter images.
const MIN_BYTES: usize = 20;
/// Items of a block of any type, besides those of its contents.
const ITEMS_OF_BLOCK: usize = 32;
/// Items per byte of a block with fields.
const ITEMS_OF_BYTE: usize = 2;
/// Maximum length of a block with fields, in bytes, except the color table.
const MAX_FIELD_BYTES: usize = 1024;

const fn kind(media: &'static str, hand_off: HandOff) -> ImageFormat {
    ImageFormat { media, hand_off }
}

/// The image format with this signature. Returns `None` if there is none.
pub fn image_format(data: &[u8]) -> Option<ImageFormat> {
    let found = PICTURES.iter().find(|(start, _)| data.starts_with(start));
    found.map(|(_, format)| *format)
}

/// The guard of PNG: chunks of length, type, data and checksum.
pub(super) fn png(part: &[u8]) -> Option<Admitted> {
    /// Length, type and checksum of a chunk, in bytes.
    const AROUND: usize = 12;
    if part.len() < MIN_BYTES || !part.starts_with(PNG) {
        return None;
    }
    let mut at = PNG.len();
    let mut items = ITEMS_OF_BLOCK;
    while let Some(&[a, b, c, d, ref kind @ ..]) = part.get(at..) {
        let len = u32::from_be_bytes([a, b, c, d]) as usize;
        let dissected = match kind.first_chunk() {
            Some(b"IDAT") => 0,
            Some(b"PLTE") => len.min(part.len() - at),
            _ => len.min(MAX_FIELD_BYTES),
        };
        items += ITEMS_OF_BLOCK + dissected * ITEMS_OF_BYTE;
        at = at.saturating_add(len).saturating_add(AROUND);
    }
    Some(Admitted {
        len: part.len(),
        items,
    })
}

/// The guard of JPEG: markers, most of them with a length. Refuses images with Exif,
/// which consists of offsets that can form a loop.
pub(super) fn jpeg(part: &[u8]) -> Option<Admitted> {
    const POINTERS: [&[u8]; 2] = [b"Exif", b"http://ns.adobe.com/"];
    let is_jfif = part.starts_with(b"\xff\xd8\xff") && part.get(6..10) == Some(b"JFIF");
    let has = |text: &&[u8]| memmem::find(part, text).is_some();
    if part.len() < MIN_BYTES || !is_jfif || POINTERS.iter().any(has) {
        return None;
    }
    let mut items = ITEMS_OF_BLOCK;
    let mut at = 0;
    while let Some(found) = memchr::memchr(0xff, part.get(at..).unwrap_or_default()) {
        let marker = at + found;
        at = marker + 1;
        match part.get(at..) {
            // A byte of image data, fill bytes, and markers without a length.
            Some([0x00, ..]) => {}
            Some([0x01 | 0xd0..=0xd9 | 0xff, ..]) => items += 4,
            Some(&[kind, high, low, ..]) => {
                let len = usize::from(u16::from_be_bytes([high, low]));
                // Frames and scans list their components; some segments have no fields.
                let dissected = match kind {
                    0xc0..=0xcf | 0xda => len.min(part.len() - marker),
                    _ => len.min(MAX_FIELD_BYTES / 16),
                };
                items += ITEMS_OF_BLOCK + dissected * ITEMS_OF_BYTE;
            }
            _ => {}
        }
    }
    Some(Admitted {
        len: part.len(),
        items,
    })
}

/// The guard of GIF: extensions and images, both in blocks of up to 255 bytes. Bytes
/// after the last block are left out, which must not leave too few.
pub(super) fn gif(part: &[u8]) -> Option<Admitted> {
    const SCREEN: usize = 13;
    let is_gif = image_format(part).is_some_and(|format| format.hand_off == HandOff::Gif);
    if part.len() < MIN_BYTES || !is_gif {
        return None;
    }
    let mut at = SCREEN + colours(*part.get(10)?);
    let mut items = ITEMS_OF_BLOCK;
    loop {
        let blocks = match part.get(at..) {
            Some([b'!', ..]) => at + 2,
            Some(&[b',', _, _, _, _, _, _, _, _, flags, ..]) => at + 11 + colours(flags),
            Some([b';', ..]) => {
                at += 1;
                break;
            }
            // Not a block, or the end of a truncated image.
            _ => break,
        };
        items += ITEMS_OF_BLOCK;
        let (next, count) = blocks_from(part, blocks);
        items += count * ITEMS_OF_BYTE;
        at = next;
    }
    let len = at.min(part.len());
    (len >= MIN_BYTES).then_some(Admitted { len, items })
}

/// Length in bytes of the color table that these flags announce.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        return 0;
    }
    3 << (1 + (flags & 7))
}

/// The end offset of the blocks from `at`, and their number.
fn blocks_from(part: &[u8], mut at: usize) -> (usize, usize) {
    let mut count = 1;
    while let Some(len) = part.get(at).filter(|len| **len > 0) {
        at += 1 + usize::from(*len);
        count += 1;
    }
    (at + 1, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_recognised() {
        let media = |data: &[u8]| image_format(data).map(|format| format.media);
        assert_eq!(media(b"\x89PNG\r\n\x1a\n\0"), Some("image/png"));
        assert_eq!(media(b"GIF89a"), Some("image/gif"));
        assert_eq!(media(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        assert_eq!(media(b"hello"), None);
        assert_eq!(media(b""), None);
    }

    #[test]
    fn a_gif_ends_with_its_last_block() {
        let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
        let image = b"!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0";
        let whole = [&head[..], image, b";"].concat();
        let len = |data: &[u8]| gif(data).map(|admitted| admitted.len);
        assert_eq!(len(&whole), Some(whole.len()));
        assert_eq!(len(&[&whole[..], b"more"].concat()), Some(whole.len()));
        let broken = [&head[..], image, &b"\0".repeat(300_000)].concat();
        assert_eq!(len(&broken), Some(head.len() + image.len()));
        assert_eq!(len(&whole[..19]), None);
        let no_block = [&b"GIF89a\x01\0\x01\0\0\0\0"[..], &[b'?'; 40]].concat();
        assert_eq!(len(&no_block), None);
        assert_eq!(gif(&whole[..25]).map(|a| a.len), Some(25));
    }

    #[test]
    fn many_blocks_are_many_items() {
        let chunk = b"\0\0\0\0tIME\0\0\0\0".repeat(9_000);
        let items = png(&[PNG, &chunk].concat()).unwrap().items;
        assert!(items >= 9_000 * 16);
        let data = [PNG, b"\0\x04\0\0IDAT", &[7; 262_148]].concat();
        assert!(png(&data).unwrap().items < 200);
        let colours = [PNG, b"\0\0\xff\xff", b"PLTE", &[7; 65_539]].concat();
        assert!(png(&colours).unwrap().items > 65_000);
        let start = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0";
        let restarts = [&start[..], &b"\xff\xd0".repeat(9_000)].concat();
        assert!(jpeg(&restarts).unwrap().items >= 2 * 9_000);
        let data = [&start[..], &b"\xff\0a".repeat(9_000)].concat();
        assert!(jpeg(&data).unwrap().items < 300);
        let blocks = [
            &b"GIF89a\0\0\0\0\0\0\0!\xf9"[..],
            &b"\x01a".repeat(9_000),
            b"\0;",
        ]
        .concat();
        assert!(gif(&blocks).unwrap().items >= 2 * 9_000);
    }

    #[test]
    fn exif_is_refused() {
        let exif = b"\xff\xd8\xff\xe1\0\x20Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0";
        assert_eq!(jpeg(exif), None);
        let both = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xe1\0\x20Exif\0\0";
        assert_eq!(jpeg(both), None);
    }
}
