//! Titles of cards and shared links, which are XML.

use crate::xml::source;

/// The title of a card: what the client shows of it in its list of conversations, or else the
/// heading.
pub(crate) fn title(xml: &[u8]) -> Option<String> {
    let source = source(xml).ok()?;
    let document = source.parse().ok()?;
    let items = document.items();
    let attribute = |name: &str| {
        let item = items.iter().find(|item| item.attribute == Some(name))?;
        item.value.as_deref().filter(|value| !value.is_empty())
    };
    let element = || {
        let mut titles = items
            .iter()
            .filter(|item| item.attribute.is_none() && item.element == "title");
        titles.find_map(|item| item.value.as_deref())
    };
    let title = attribute("brief").or_else(|| attribute("title"));
    title.or_else(element).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_cards() {
        let title = |xml: &str| title(xml.as_bytes());
        assert_eq!(title("<msg title='A page'/>").as_deref(), Some("A page"));
        assert_eq!(
            title("<msg brief='[share] A' title='B'><title>C</title></msg>").as_deref(),
            Some("[share] A")
        );
        assert_eq!(
            title("<msg brief=''><item><title>C &amp; D</title></item></msg>").as_deref(),
            Some("C & D")
        );
        assert_eq!(title("<msg/>"), None);
        assert_eq!(title("no XML"), None);
    }
}
