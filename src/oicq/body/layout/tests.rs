//! The versions that sources name, and bodies that no layout reads.

use crate::oicq::body::layout::*;
use crate::oicq::body::text::Charset;

#[test]
fn sources_name_versions() {
    assert!(names_one_of("LJ PU MY, 0x1a35", UNSEEN));
    assert!(names_one_of("MY LQ 0x1e0d 0x2227", UNSEEN));
    for source in ["", "MY LQ", "LJ, 0x3037", "MI, 0x1956", "0x2f00"] {
        assert!(!names_one_of(source, UNSEEN), "{source}");
    }
}

/// A body is cut only if no layout with evidence reads all of it.
#[test]
fn whether_a_body_is_cut() {
    const FOUR: Layout = to_server(ALL, FaultRule::Whole, "MY", |r| r.u32(Name::Age).map(drop));
    const TWO: Layout = to_server(ALL, FaultRule::Whole, "MY", |r| r.u16(Name::Age).map(drop));
    const LAYOUTS: &[Layout] = &[FOUR, TWO];
    for (bytes, number_of_bytes, is_cut) in [
        (&[0, 0, 0, 1][..], Some(4), false),
        (&[0, 1], Some(2), false),
        (&[1], None, true),
    ] {
        let reader = Reader::new(bytes, Charset::Utf8);
        let mut reader = reader.with_context(0x3037, Direction::ToServer, None);
        read(LAYOUTS, &mut reader);
        let (entries, short) = reader.finish();
        let number = entries.iter().find(|entry| entry.name == Name::Age);
        assert_eq!(number.map(|number| number.span.len), number_of_bytes);
        assert_eq!(short, is_cut, "{bytes:?}");
    }
}
