//! Messages in fragments.
//!
//! Up to QQ2008, fragments of text: a character can be cut, and only the last fragment has the
//! font, whose character set is that of the text. Since QQ2009 each fragment has mark, font and
//! whole blocks. Source: docs/protocol/oicq.md §4.5, §4.6, §4.8.

use crate::oicq::body::font::classic_text;
use crate::oicq::body::message_blocks::blocks;
use crate::oicq::body::name::Name;
use crate::oicq::body::reader::Reader;
use crate::oicq::body::text::Charset;
use crate::oicq::body::value::{BodyEntry, BodyValue};
use crate::oicq::body::DecodedBody;
use crate::oicq::wire::direction::Direction;
use crate::span::Span;

/// What tells the messages of one direction of a conversation apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MessageName {
    /// The command.
    pub(crate) command: u16,
    /// Sender, recipient and group, as far as there are.
    pub(crate) parties: [Option<u32>; 3],
    /// Message ID.
    pub(crate) id: u32,
    /// Number of its fragments.
    pub(crate) count: u8,
}

/// The content of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Text; its character set, if a font names it.
    Text(Option<Charset>),
    /// Blocks.
    Blocks,
}

/// One fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fragment {
    /// Of which message.
    pub(crate) name: MessageName,
    /// Its number, from 0.
    pub(crate) number: u8,
    /// Its part of the content, in the body.
    pub(crate) span: Span,
    /// What that is.
    pub(crate) content: Content,
}

/// Which of several fragments of a message a body has: its number, from 0, and their count.
pub(crate) fn place(body: &DecodedBody) -> Option<(u8, u8)> {
    let value = |name| body.number(name).and_then(|value| u8::try_from(value).ok());
    let count = value(Name::MessageFragments)?;
    let number = value(Name::MessageFragment)?;
    (count > 1 && number < count).then_some((number, count))
}

/// The fragment of a message of several that a body of `command` has. `own` is the account of
/// the client.
pub(crate) fn fragment(
    body: &DecodedBody,
    command: u16,
    direction: Direction,
    own: Option<u32>,
) -> Option<Fragment> {
    let (number, count) = place(body)?;
    let group = body.number(Name::GroupNumber);
    let from = match direction {
        Direction::Unknown => return None,
        Direction::ToServer => own,
        Direction::ToClient if group.is_some() => body.number(Name::MemberUin),
        Direction::ToClient => body.number(Name::From),
    };
    let to = body.number(Name::To).or(match direction {
        Direction::ToClient => own,
        _ => None,
    });
    let (span, content) = content(&body.entries)?;
    Some(Fragment {
        name: MessageName {
            command,
            parties: [from, to, group.or_else(|| body.number(Name::GroupId))],
            id: body.number(Name::MessageId)?,
            count,
        },
        number,
        span,
        content,
    })
}

fn content(entries: &[BodyEntry]) -> Option<(Span, Content)> {
    let of = |name: Name| entries.iter().filter(move |entry| entry.name == name);
    if let Some(first) = of(Name::MessageBlock).next() {
        let last = of(Name::MessageBlock).next_back()?;
        let span = Span::between(first.span.start, last.span.end());
        return Some((span, Content::Blocks));
    }
    let charset = of(Name::FontCharset).find_map(|entry| match entry.value {
        BodyValue::Number(number) => Charset::of_font(u16::try_from(number).ok()?),
        _ => None,
    });
    let text = of(Name::MessageText).next()?;
    Some((text.span, Content::Text(charset)))
}

/// Decodes the content of a whole message.
pub(crate) fn decode_whole(bytes: &[u8], content: Content) -> DecodedBody {
    let (mut reader, is_text) = match content {
        Content::Text(charset) => (Reader::new(bytes, charset.unwrap_or(Charset::Gbk)), true),
        Content::Blocks => (Reader::new(bytes, Charset::Utf8), false),
    };
    let _ = match is_text {
        true => classic_text(&mut reader, bytes.len()),
        false => blocks(&mut reader),
    };
    let (entries, short) = reader.finish();
    DecodedBody { entries, short }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: Name, value: BodyValue) -> BodyEntry {
        BodyEntry {
            name,
            depth: 0,
            span: Span::new(0, 4),
            value,
            meaning: None,
        }
    }

    #[test]
    fn a_fragment_is_one_of_several() {
        for (count, number, expected) in [
            (1, 0, None),
            (2, 0, Some((0, 2))),
            (2, 1, Some((1, 2))),
            (2, 2, None),
            (256, 1, None),
        ] {
            let body = DecodedBody {
                entries: vec![
                    entry(Name::MessageFragments, BodyValue::Number(count)),
                    entry(Name::MessageFragment, BodyValue::Number(number)),
                ],
                short: false,
            };
            assert_eq!(place(&body), expected, "{count} {number}");
        }
    }

    #[test]
    fn the_content_is_all_blocks_or_the_text() {
        let at = |start, entry: BodyEntry| BodyEntry {
            span: Span::new(start, 4),
            ..entry
        };
        let block = || entry(Name::MessageBlock, BodyValue::Heading);
        let text = entry(Name::MessageText, BodyValue::Text("text".to_owned()));
        let font = entry(Name::FontCharset, BodyValue::Number(0x8603));
        let head = entry(Name::MessageId, BodyValue::Number(7));
        let blocks = [
            head.clone(),
            at(4, block()),
            at(8, text.clone()),
            at(12, block()),
        ];
        let expected = (Span::new(4, 12), Content::Blocks);
        assert_eq!(content(&blocks), Some(expected));
        let texts = [head.clone(), at(4, text.clone()), at(8, font)];
        let expected = (Span::new(4, 4), Content::Text(Some(Charset::Big5)));
        assert_eq!(content(&texts), Some(expected));
        let expected = (Span::new(0, 4), Content::Text(None));
        assert_eq!(content(&[text]), Some(expected));
        assert_eq!(content(&[head]), None);
    }

    /// The server names the sender of a message of a group as a member of it.
    #[test]
    fn sender_and_recipient() {
        let own = Some(12_345_678);
        let from = (Name::From, 10_001);
        let member = (Name::MemberUin, 10_002);
        let group = (Name::GroupNumber, 54_321);
        for (numbers, direction, parties) in [
            (&[from][..], Direction::ToClient, [Some(10_001), own, None]),
            (
                &[from, member, group],
                Direction::ToClient,
                [Some(10_002), own, Some(54_321)],
            ),
            (
                &[(Name::To, 10_003)],
                Direction::ToServer,
                [own, Some(10_003), None],
            ),
            (
                &[(Name::GroupId, 54_321)],
                Direction::ToServer,
                [own, None, Some(54_321)],
            ),
        ] {
            let of_fragment = [
                (Name::MessageFragments, 2),
                (Name::MessageFragment, 1),
                (Name::MessageId, 7),
            ];
            let numbers = numbers.iter().copied().chain(of_fragment);
            let text = entry(Name::MessageText, BodyValue::Text("text".to_owned()));
            let body = DecodedBody {
                entries: numbers
                    .map(|(name, number)| entry(name, BodyValue::Number(number)))
                    .chain([text])
                    .collect(),
                short: false,
            };
            let found = fragment(&body, 0x0017, direction, own).unwrap();
            assert_eq!(found.name.parties, parties);
            assert_eq!((found.number, found.name.count), (1, 2));
            assert_eq!(fragment(&body, 0x0017, Direction::Unknown, own), None);
        }
    }
}
