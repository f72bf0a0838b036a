//! Media types of objects, by their bytes.

/// Number of bytes that are looked at for a signature.
const BEGINNING: usize = 8192;

/// A media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Media {
    /// Its name, such as `image/png`.
    pub(crate) name: &'static str,
    /// The extension of file names, without a dot; empty if unknown.
    pub(crate) extension: &'static str,
}

/// Bytes of unknown meaning.
const UNKNOWN: Media = Media {
    name: "application/octet-stream",
    extension: "",
};

/// The media type of an object that begins with these bytes, or is them if `is_whole`.
pub(crate) fn media_of(bytes: &[u8], is_whole: bool) -> Media {
    let beginning = &bytes[..bytes.len().min(BEGINNING)];
    if let Some(found) = infer::get(beginning) {
        return Media {
            name: found.mime_type(),
            extension: found.extension(),
        };
    }
    if !is_whole {
        return UNKNOWN;
    }
    let is_text = |text: &str| !text.chars().any(|c| c.is_control() && !c.is_whitespace());
    match core::str::from_utf8(bytes) {
        Ok(text) if !text.is_empty() && is_text(text) => Media {
            name: "text/plain",
            extension: "txt",
        },
        _ => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_and_texts() {
        let name = |bytes, is_whole| media_of(bytes, is_whole).name;
        assert_eq!(name(b"\x89PNG\r\n\x1a\n", false), "image/png");
        assert_eq!(name(b"GIF89a\x01\0\x01\0", true), "image/gif");
        assert_eq!(media_of(b"MSCF\0\0\0\0", true).extension, "cab");
        assert_eq!(name("caf\u{e9}\r\n".as_bytes(), true), "text/plain");
        assert_eq!(name(b"text so far", false), UNKNOWN.name);
        assert_eq!(name(b"\0\x01", true), UNKNOWN.name);
        assert_eq!(name(b"", true), UNKNOWN.name);
    }
}
