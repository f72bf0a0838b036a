//! tshark shows every item, expert info and source of every sample's plans.

use std::collections::BTreeMap;

use imshark::plan::{Item, Plan, Value, Verdict};

use super::item::Compared;
use super::{pdml, text};
use test_support::samples::host::Host;
use test_support::samples::owners::is_of_others;
use test_support::samples::sample;

/// tshark's output for one frame, and how much of it has been compared.
struct Frame {
    tree: pdml::Frame,
    text: text::Frame,
    items: usize,
    lines: usize,
    sources: usize,
}

#[test]
#[ignore = "needs Wireshark with the plugin"]
fn plans_are_what_wireshark_shows() {
    let mut compared = 0;
    for (stem, trees) in text::of_samples(&["-T", "pdml"]) {
        compared += compare(&stem, &trees);
    }
    assert!(compared > 50_000, "{compared} items");
}

/// Compares one sample; returns the number of its items.
fn compare(stem: &str, trees: &str) -> usize {
    let capture = sample(stem);
    let host = Host::open(&capture, true);
    let (trees, texts) = (pdml::frames(trees), text::frames_of_sample(stem));
    assert_eq!(trees.len(), texts.len(), "{stem}: frames in two views");
    let mut frames: BTreeMap<u32, Frame> = BTreeMap::new();
    for (tree, text) in trees.into_iter().zip(texts.iter()) {
        assert_eq!(tree.number, text.number, "{stem}");
        assert_eq!(tree.notes, [], "{stem}, frame {}: stray notes", tree.number);
        let frame = Frame {
            tree,
            text: text.clone(),
            items: 0,
            lines: 0,
            sources: 0,
        };
        frames.insert(frame.tree.number, frame);
    }
    let mut items = 0;
    for (call, plan) in host.calls.iter().zip(&host.plans) {
        let place = format!("{stem}, frame {}", call.frame);
        let shown = plan.items().iter().filter(|item| is_field(item)).count();
        if plan.verdict == Verdict::Reject || shown == 0 {
            continue;
        }
        if is_of_others(stem, call.frame) {
            assert!(!frames.contains_key(&call.frame), "{place}");
            continue;
        }
        items += shown;
        let frame = frames.get_mut(&call.frame);
        let frame = frame.unwrap_or_else(|| panic!("{place}: nothing shown of\n{plan}"));
        compare_call(&place, plan, frame);
    }
    for (number, frame) in frames {
        let more = frame.tree.items.get(frame.items);
        assert!(
            more.is_none(),
            "{stem}, frame {number}: {more:?} is in no plan"
        );
    }
    items
}

/// Whether the item is ours: that of a hand-off is another dissector's.
fn is_field(item: &Item) -> bool {
    !matches!(item.value, Value::HandOff(_))
}

fn compare_call(place: &str, plan: &Plan<'_>, frame: &mut Frame) {
    let first = frame.tree.items.get(frame.items);
    let first = first.unwrap_or_else(|| panic!("{place}: nothing more shown of\n{plan}"));
    let mut compared = Compared::new(place, plan, first.depth);
    // The items above the current one, and the number of hand-offs below each.
    let mut above: Vec<(usize, usize)> = Vec::new();
    for (index, item) in plan.items().iter().enumerate() {
        above.truncate(usize::from(item.depth));
        if let (false, Some((parent, asked))) = (is_field(item), above.last_mut()) {
            *asked += 1;
            let others = frame.tree.items[*parent].others;
            assert!(others >= *asked, "{place}: {item:?} is not shown");
        }
        if !is_field(item) {
            continue;
        }
        above.push((frame.items, 0));
        let Some(shown) = frame.tree.items.get(frame.items) else {
            panic!("{place}: not shown: {item:?} of\n{plan}");
        };
        frame.items += 1;
        compared.item(item, shown);
        compared.notes(index, shown);
        if !item.hidden {
            compared.line(item, shown, &mut frame.text, &mut frame.lines);
        }
    }
    for source in plan.sources() {
        let name = source.name.to_str().expect("a name");
        let tab = match source.bytes.len() {
            1 => format!("{name} (1 byte)"),
            len => format!("{name} ({len} bytes)"),
        };
        let rest = &frame.text.sources[frame.sources.min(frame.text.sources.len())..];
        let found = rest.iter().position(|shown| *shown == tab);
        let found = found.unwrap_or_else(|| panic!("{place}: no {tab} in {rest:?}"));
        frame.sources += found + 1;
    }
}
