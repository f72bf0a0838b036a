//! MIME headers, bodies of `Name: value` lines, and what their values are made of.

use imshark::msn::common::mime::{
    assignment, body_lines, content_type, headers, split, trimmed, Headers, MAX_LINES,
};
use imshark::msn::common::{charset, encoded_word};
use imshark::msn::msnp::wire::{blocks, im_format, invitation};
use imshark::span::Span;

use crate::invariants::{bounded, in_order, inside, within};

/// A byte of where to begin, then headers.
pub fn run(data: &[u8]) {
    bounded(data, |data| {
        let [start, data @ ..] = data else {
            return;
        };
        let start = usize::from(*start) % (data.len() + 1);
        let found = headers(data, start);
        check(&found, data, start);
        let all = body_lines(data, start);
        check(&all, data, start);
        assert!(all.lines.starts_with(&found.lines));
        for header in &found.lines {
            value(data, header.value);
        }
    });
}

fn check(found: &Headers, data: &[u8], start: usize) {
    assert_eq!(found.span.start, start);
    within(found.span, data);
    assert!(found.lines.len() <= MAX_LINES + 1);
    in_order(found.lines.iter().map(|header| header.line));
    for header in &found.lines {
        inside(header.line, found.span);
        inside(header.name, header.line);
        inside(header.value, header.line);
        in_order([header.name, header.value]);
        let name = std::str::from_utf8(header.name.of(data)).expect("names are ASCII");
        let first = found.find(data, name).expect("a header of this name");
        assert!(first.line.start <= header.line.start);
        assert!(header.has_name(data, &name.to_ascii_uppercase()));
        assert_eq!(found.value(data, name), Some(first.value.of(data)));
    }
    if let Some(fault) = found.fault {
        within(fault, data);
    }
}

fn value(data: &[u8], value: Span) {
    inside(trimmed(data, value), value);
    let kind = content_type(data, value);
    inside(kind.media, value);
    let parts: Vec<Span> = split(data, value, b';').collect();
    in_order(parts.iter().copied());
    for part in parts {
        inside(part, value);
        if let Some((name, text)) = assignment(data, part) {
            inside(name, part);
            inside(text, part);
            in_order([name, text]);
        }
    }
    for part in im_format::parts(data, value) {
        inside(part.span, value);
        let bytes = part.span.of(data);
        im_format::colour(bytes);
        im_format::effects(bytes);
        im_format::hexadecimal(bytes);
    }
    if let Some(user) = blocks::user_in_uri(data, value) {
        inside(user, value);
    }
    let bytes = value.of(data);
    invitation::address(bytes);
    invitation::port(bytes);
    let text = charset::decode(charset::named(bytes), bytes);
    encoded_word::decode(&text);
    charset::guess(|| charset::of_font(&text), bytes);
}
