use super::*;
use crate::report::made::{event, object};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

fn list(index: usize) -> ExportList {
    ExportList::new(&EXPORTS[index])
}

fn add(list: &mut ExportList, number: usize, name: &str, len: usize) -> Option<(usize, String)> {
    let export = list.add(&event(
        "bob@example.net",
        &[],
        object(number, name, &PNG[..len]),
    ))?;
    assert_eq!(*export.bytes, PNG[..len]);
    Some((export.row, export.name))
}

#[test]
fn a_row_grows_until_the_object_is_whole() {
    let mut list = list(0);
    let mut add = |number, name, len| add(&mut list, number, name, len);
    assert_eq!(add(1, "a.png", 4), Some((0, "a (incomplete).png".into())));
    assert_eq!(add(2, "a.png", 8), Some((1, "a (2).png".into())));
    assert_eq!(add(1, "a.png", 4), None);
    assert_eq!(add(1, "a.png", 8), Some((0, "a.png".into())));
    assert_eq!(add(1, "a.png", 8), None);
    assert_eq!(
        add(3, "", 8),
        Some((2, "file of bob@example.net.png".into()))
    );
}

#[test]
fn a_name_that_comes_later_counts() {
    let mut list = list(0);
    assert_eq!(
        add(&mut list, 1, "", 8),
        Some((0, "file of bob@example.net.png".into()))
    );
    assert_eq!(add(&mut list, 1, "a.png", 8), Some((0, "a.png".into())));
    assert_eq!(add(&mut list, 1, "b.png", 8), None);
}

#[test]
fn a_list_of_one_protocol_has_its_objects_only() {
    let object = event("", &[], object(1, "a", b""));
    let names: Vec<_> = EXPORTS
        .iter()
        .filter(|spec| ExportList::new(spec).add(&object).is_some())
        .map(|spec| spec.protocol.filter)
        .collect();
    assert_eq!(names, [c"msnms", c"msnp2p", c"oicq"]);
}

#[test]
fn what_is_wrong_is_said() {
    let EventKind::Object(whole) = object(1, "a.png", PNG) else {
        unreachable!();
    };
    let bad = Object {
        is_hash_good: Some(false),
        is_encrypted: true,
        ..whole
    };
    let export = list(0).add(&event("", &[], EventKind::Object(bad)));
    let content = export.map(|export| export.content);
    assert_eq!(
        content.as_deref(),
        Some("image/png; hash differs; encrypted")
    );
}
