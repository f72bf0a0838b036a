//! `<CurrentMedia>`: what a contact listens to or plays.
//!
//! Fields separated by the two characters `\0`: application, type (`Music`, `Games`,
//! `Office`), 1 if enabled, a format such as `{0} - {1}`, then its arguments.
//! Source: docs/protocol/msnp.md §5.5.

use memchr::memmem;

use crate::span::Span;

/// Separator of the fields.
const SEPARATOR: &[u8] = b"\\0";
/// Maximum fields split off; the rest stays one field. Seven or eight are usual.
const MAX_FIELDS: usize = 32;

/// The fields of `span`, including empty ones. A separator at the end starts no field.
pub fn fields(data: &[u8], span: Span) -> Vec<Span> {
    let bytes = span.of(data);
    let mut fields = Vec::new();
    let mut start = 0;
    for at in memmem::find_iter(bytes, SEPARATOR).take(MAX_FIELDS) {
        fields.push(Span::between(span.start + start, span.start + at));
        start = at + SEPARATOR.len();
    }
    if start < bytes.len() {
        fields.push(Span::between(span.start + start, span.start + bytes.len()));
    }
    fields
}

/// The format with its arguments inserted, as users saw it. Placeholders without an
/// argument are kept.
pub fn fill_placeholders(format: &str, arguments: &[&str]) -> String {
    let mut text = String::with_capacity(format.len());
    let mut rest = format;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        text.push_str(before);
        let place = from.find('}').and_then(|close| {
            let number: usize = from.get(1..close)?.parse().ok()?;
            Some((arguments.get(number)?, close + 1))
        });
        match place {
            Some((argument, len)) => {
                text.push_str(argument);
                rest = from.get(len..).unwrap_or_default();
            }
            None => {
                text.push('{');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(data: &[u8]) -> Vec<&[u8]> {
        let fields = fields(data, Span::new(0, data.len()));
        fields.into_iter().map(|field| field.of(data)).collect()
    }

    #[test]
    fn fields_are_separated_by_two_characters() {
        assert_eq!(
            texts(b"WMP\\0Music\\01\\0{0} - {1}\\0Song\\0Artist\\0\\0"),
            [
                &b"WMP"[..],
                b"Music",
                b"1",
                b"{0} - {1}",
                b"Song",
                b"Artist",
                b""
            ]
        );
        let data = b"<CurrentMedia>\\0Music\\01</CurrentMedia>";
        let found = fields(data, Span::new(14, 10));
        let found: Vec<_> = found.iter().map(|field| field.of(data)).collect();
        assert_eq!(found, [&b""[..], b"Music", b"1"]);
        assert!(texts(b"").is_empty());
        assert_eq!(texts(b"\\0Music\\0"), [&b""[..], b"Music"]);
        assert_eq!(texts(&b"\\0".repeat(99)).len(), MAX_FIELDS + 1);
    }

    #[test]
    fn formats_are_filled() {
        assert_eq!(
            fill_placeholders("{0} - {1}", &["Song", "Artist"]),
            "Song - Artist"
        );
        assert_eq!(fill_placeholders("{2}{x}{", &["a"]), "{2}{x}{");
        assert_eq!(fill_placeholders("{0}", &["{0}"]), "{0}");
    }
}
