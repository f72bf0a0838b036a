//! Parses tshark's PDML, for our protocols only.

use imshark::protocols::PROTOCOLS;
use roxmltree::{Document, Node};

/// A field of ours, or one of our protocols.
#[derive(Debug)]
pub struct Shown {
    pub name: String,
    /// Depth below the packet; our protocol itself has depth 0, unless it is in another one.
    pub depth: usize,
    pub position: usize,
    pub size: usize,
    pub line: String,
    pub show: String,
    pub bytes: Vec<u8>,
    pub hidden: bool,
    /// Expert infos directly below: filter name and text.
    pub notes: Vec<(String, String)>,
    /// Number of items of other dissectors below, not counting those below another item
    /// of ours.
    pub others: usize,
}

/// One packet.
#[derive(Debug)]
pub struct Frame {
    pub number: u32,
    /// In tree order.
    pub items: Vec<Shown>,
    /// Expert infos outside of our items.
    pub notes: Vec<(String, String)>,
}

/// Whether a name is that of one of our protocols or begins with it.
fn is_ours(name: &str) -> bool {
    PROTOCOLS.iter().any(|protocol| {
        let filter = protocol.filter.to_str().expect("a filter name");
        let rest = name.strip_prefix(filter);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_default()
}

fn number(node: Node<'_, '_>, name: &str) -> usize {
    attribute(node, name).parse().unwrap_or_default()
}

fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks(2);
    let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.filter_map(byte).collect()
}

/// The packets of `text`.
pub fn frames(text: &str) -> Vec<Frame> {
    // Old versions write control characters, which XML does not allow.
    let text = text.replace(|c| c < ' ' && !matches!(c, '\t' | '\n' | '\r'), "");
    let document = Document::parse(&text).expect("PDML");
    let packets = document.root_element().children();
    let packets = packets.filter(|node| node.has_tag_name("packet"));
    packets.map(frame).collect()
}

fn frame(packet: Node<'_, '_>) -> Frame {
    let is_number = |node: &Node<'_, '_>| attribute(*node, "name") == "num";
    let known = packet.descendants().find(is_number).expect("a number");
    let mut frame = Frame {
        number: number(known, "show") as u32,
        items: Vec::new(),
        notes: Vec::new(),
    };
    for node in packet.children() {
        read(node, 0, None, &mut frame);
    }
    frame
}

fn read(node: Node<'_, '_>, depth: usize, above: Option<usize>, frame: &mut Frame) {
    let name = attribute(node, "name");
    let mut below = above;
    if name == "_ws.expert" {
        let notes = match above {
            Some(index) => &mut frame.items[index].notes,
            None => &mut frame.notes,
        };
        notes.extend(note(node));
        return;
    }
    if is_ours(name) {
        below = Some(frame.items.len());
        frame.items.push(Shown {
            name: name.to_owned(),
            depth,
            position: number(node, "pos"),
            size: number(node, "size"),
            line: attribute(node, "showname").to_owned(),
            show: attribute(node, "show").to_owned(),
            bytes: unhex(attribute(node, "value")),
            hidden: node.attribute("hide").is_some(),
            notes: Vec::new(),
            others: 0,
        });
    } else if let (Some(index), "field" | "proto") = (above, node.tag_name().name()) {
        frame.items[index].others += 1;
    }
    for child in node.children() {
        read(child, depth + 1, below, frame);
    }
}

/// An expert info of ours.
fn note(node: Node<'_, '_>) -> Option<(String, String)> {
    let names = node.children().map(|child| attribute(child, "name"));
    let ours = names.into_iter().find(|name| is_ours(name))?;
    let is_text = |child: &Node<'_, '_>| attribute(*child, "name") == "_ws.expert.message";
    let text = node.children().find(is_text)?;
    Some((ours.to_owned(), attribute(text, "show").to_owned()))
}
