//! Bounds of what reports keep, whatever a capture holds.

/// Maximum bytes of a text.
const MAX_TEXT: usize = 4096;
/// Maximum bytes of a list in a cell on the screen: see [`Extent`].
const MAX_CELL: usize = 1024;

/// Between values that can have commas.
pub(crate) const BAR: &str = " | ";

/// How much of its lists a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The beginning of each list, for a table on the screen.
    Screen,
    /// All that is kept.
    Whole,
}

/// The text, or its first [`MAX_TEXT`] bytes and an ellipsis.
pub(crate) fn text(text: &str) -> String {
    if text.len() <= MAX_TEXT {
        return text.to_owned();
    }
    let end = (0..=MAX_TEXT).rev().find(|end| text.is_char_boundary(*end));
    format!("{}\u{2026}", &text[..end.unwrap_or(0)])
}

/// The items with a separator between them. `is_cut` if there were more than are kept.
pub(crate) fn list(
    items: impl ExactSizeIterator<Item = String>,
    separator: &str,
    extent: Extent,
    is_cut: bool,
) -> String {
    let mut text = String::new();
    let mut left = items.len();
    for item in items {
        let is_full = text.len() + item.len() > MAX_CELL && !text.is_empty();
        if extent == Extent::Screen && is_full {
            break;
        }
        if !text.is_empty() {
            text.push_str(separator);
        }
        text.push_str(&item);
        left -= 1;
    }
    match (left, is_cut) {
        (0, false) => {}
        (0, true) => text.push_str(&format!("{separator}\u{2026}")),
        _ => text.push_str(&format!("{separator}\u{2026} ({left} more)")),
    }
    text
}

/// Adds a text to a list of distinct ones that has a maximum length. Returns whether it was
/// added.
pub(crate) fn add(list: &mut Vec<String>, max: usize, text: &str) -> bool {
    let text = self::text(text);
    let is_new = !text.is_empty() && list.len() < max && !list.contains(&text);
    if is_new {
        list.push(text);
    }
    is_new
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(text("short"), "short");
        let long = "\u{597d}".repeat(MAX_TEXT);
        let cut = text(&long);
        assert_eq!(cut.len(), MAX_TEXT / 3 * 3 + 3);
        assert!(cut.ends_with("\u{597d}\u{2026}"));
    }

    #[test]
    fn the_screen_has_the_beginning_of_a_list() {
        let items = || (0..300).map(|n| format!("item {n}"));
        let short = list(
            items().collect::<Vec<_>>().into_iter(),
            ", ",
            Extent::Screen,
            true,
        );
        assert!(short.len() < MAX_CELL + 100, "{short}");
        assert!(short.starts_with("item 0, item 1, "), "{short}");
        assert!(short.ends_with(" more)"), "{short}");
        let whole = list(
            items().collect::<Vec<_>>().into_iter(),
            ", ",
            Extent::Whole,
            true,
        );
        assert!(whole.ends_with("item 299, \u{2026}"), "{whole}");
    }
}
