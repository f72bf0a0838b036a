use super::*;
use test_support::random::{rounds, SplitMix64};

fn pieces(all: &[(u64, &[u8])]) -> Pieces {
    let mut pieces = Pieces::default();
    let budget = Budget::default();
    for (offset, data) in all {
        pieces.add(*offset, data, &budget);
    }
    pieces
}

fn state(all: &[(u64, &[u8])], size: u64) -> (Vec<u8>, Completeness) {
    let pieces = pieces(all);
    (pieces.bytes().to_vec(), pieces.completeness(Some(size)))
}

#[test]
fn pieces_in_any_order_are_put_together() {
    let found = pieces(&[(4, b"ef"), (0, b"ab"), (1, b"bcd")]);
    assert_eq!(found.bytes().as_slice(), b"abcdef");
    assert_eq!(found.completeness(Some(6)), Completeness::Whole);
    assert_eq!(found.completeness(Some(7)), Completeness::Incomplete);
    assert_eq!(found.completeness(None), Completeness::Incomplete);
    assert!(found.has(2, b"cd") && !found.has(2, b"cX") && !found.has(5, b"fg"));
}

#[test]
fn overlapping_pieces_in_any_order_are_put_together() {
    let mut random = SplitMix64::new(1);
    for _ in 0..rounds(300) {
        let object = random.bytes(200);
        let mut found = Pieces::default();
        let budget = Budget::default();
        while found.completeness(Some(200)) != Completeness::Whole {
            let start = random.below(200);
            let end = (start + 1 + random.below(30)).min(200);
            found.add(start as u64, &object[start..end], &budget);
            assert!(object.starts_with(found.bytes()));
        }
        assert_eq!(found.bytes().as_slice(), object);
    }
}

#[test]
fn of_early_pieces_at_one_place_the_longer_one_counts() {
    let whole = (b"abcd".to_vec(), Completeness::Whole);
    assert_eq!(state(&[(2, b"c"), (2, b"cd"), (0, b"ab")], 4), whole);
    assert_eq!(state(&[(2, b"cd"), (2, b"c"), (0, b"ab")], 4), whole);
    assert_eq!(state(&[(3, b"d"), (1, b"bcd"), (0, b"a")], 4), whole);
}

#[test]
fn other_bytes_at_the_same_place_are_a_contradiction() {
    let contradictory = |bytes: &[u8]| (bytes.to_vec(), Completeness::Contradictory);
    assert_eq!(state(&[(0, b"ab"), (1, b"Xcd")], 4), contradictory(b"abcd"));
    assert_eq!(
        state(&[(2, b"cd"), (1, b"bX"), (0, b"a")], 4),
        contradictory(b"abcd")
    );
}

#[test]
fn offsets_beyond_the_limit_take_no_memory() {
    for offset in [MAX_OBJECT, u64::MAX - 1, u64::MAX] {
        let found = pieces(&[(0, b"ab"), (offset, b"x")]);
        assert!(found.early.is_empty());
        assert_eq!(found.completeness(Some(2)), Completeness::OverLimit);
    }
    let found = pieces(&[(MAX_OBJECT - 1, b"xy")]);
    assert_eq!(found.early[&(MAX_OBJECT as usize - 1)], b"x");
}

#[test]
fn an_object_may_have_just_the_size_of_the_limit() {
    let found = pieces(&[(MAX_OBJECT - 2, b"xy")]);
    for (size, expected) in [
        (MAX_OBJECT, Completeness::Incomplete),
        (MAX_OBJECT + 1, Completeness::OverLimit),
    ] {
        assert_eq!(found.completeness(Some(size)), expected);
    }
    let found = pieces(&[(MAX_OBJECT - 2, b"xyz")]);
    assert_eq!(found.completeness(None), Completeness::OverLimit);
}

#[test]
fn what_is_received_may_lie_in_several_ranges() {
    let found = pieces(&[(0, b"a"), (4, b"de"), (2, b"bc")]);
    assert_eq!(found.early.len(), 2);
    assert!(found.has(2, b"bcde") && found.has(3, b"cd") && found.has(0, b"a"));
    assert!(!found.has(2, b"bcdX") && !found.has(0, b"a-bc") && !found.has(2, b"bcdef"));
}

#[test]
fn an_object_extends_to_its_last_piece() {
    assert_eq!(pieces(&[(0, b"abc")]).extent(), 3);
    assert_eq!(pieces(&[(0, b"abc"), (7, b"hi")]).extent(), 9);
    let mut numbered = pieces(&[(0, b"abc")]);
    numbered.add_numbered(5, b"wxyz", &Budget::default());
    assert_eq!(numbered.extent(), 7);
}

#[test]
fn pieces_counted_from_the_end_take_memory_while_they_wait() {
    let budget = Budget::of(PIECE_OVERHEAD + 3);
    let mut found = Pieces::default();
    found.add_from_end(0, b"ab", &budget);
    assert_eq!(found.completeness(None), Completeness::Incomplete);
    found.add_from_end(2, b"xy", &budget);
    assert_eq!(found.completeness(None), Completeness::OverLimit);
    found.set_size(2, &budget);
    assert_eq!(found.bytes().as_slice(), b"ab");
    // In its place it needs memory for its bytes alone.
    assert!(budget.take(PIECE_OVERHEAD + 1) && !budget.take(1));
}

#[test]
fn pieces_counted_from_the_end_wait_for_the_size() {
    let mut found = Pieces::default();
    let budget = Budget::default();
    found.add_from_end(0, b"ef", &budget);
    found.add_from_end(2, b"cd", &budget);
    found.set_size(6, &budget);
    assert_eq!(found.completeness(Some(6)), Completeness::Incomplete);
    found.add(0, b"ab", &budget);
    assert_eq!(found.bytes().as_slice(), b"abcdef");
    assert_eq!(found.completeness(Some(6)), Completeness::Whole);
    found.add_from_end(9, b"x", &budget);
    found.set_size(6, &budget);
    assert_eq!(found.completeness(Some(6)), Completeness::Contradictory);
}

#[test]
fn all_objects_share_one_limit() {
    let budget = Budget::of(PIECE_OVERHEAD + 10);
    let mut objects = [Pieces::default(), Pieces::default(), Pieces::default()];
    objects[0].add(5, b"abcde", &budget.clone());
    objects[1].add(0, b"abcde", &budget);
    objects[2].add(0, b"a", &budget);
    let states = objects.map(|it| (it.received(), it.completeness(Some(5))));
    assert_eq!(
        states,
        [
            (0, Completeness::Incomplete),
            (5, Completeness::Whole),
            (0, Completeness::OverLimit)
        ]
    );
}

#[test]
fn ranges_grow_while_pieces_come_in_order() {
    let mut found = Pieces::default();
    let budget = Budget::default();
    for offset in 1..3000 {
        found.add(offset, b"x", &budget);
    }
    assert_eq!(found.early.len(), 1);
    found.add(0, b"x", &budget);
    assert_eq!(found.completeness(Some(3000)), Completeness::Whole);
}

#[test]
fn numbered_pieces_in_any_order_are_put_together() {
    let mut pieces = Pieces::default();
    let budget = Budget::default();
    let mut add = |number, data: &[u8]| {
        pieces.add_numbered(number, data, &budget);
        (pieces.count(), pieces.bytes().to_vec())
    };
    assert_eq!(add(2, b"ef"), (0, b"".to_vec()));
    assert_eq!(add(0, b"abc"), (1, b"abc".to_vec()));
    assert_eq!(add(1, b""), (3, b"abcef".to_vec()));
    assert_eq!(add(0, b"abc"), (3, b"abcef".to_vec()));
    let found = [0, 1, 2, 3].map(|number| pieces.numbered(number));
    assert_eq!(found, [Some(&b"abc"[..]), Some(b""), Some(b"ef"), None]);
    assert_eq!(pieces.completeness(Some(5)), Completeness::Whole);
    pieces.add_numbered(2, b"eX", &budget);
    assert_eq!(pieces.bytes().as_slice(), b"abcef");
    assert_eq!(pieces.completeness(Some(5)), Completeness::Contradictory);
}

#[test]
fn numbered_pieces_end_at_the_limit() {
    let mut pieces = Pieces::default();
    let budget = Budget::of(PIECE_OVERHEAD + 5);
    pieces.add_numbered(1, b"cd", &budget);
    pieces.add_numbered(0, b"ab", &budget);
    pieces.add_numbered(3, b"g", &budget);
    pieces.add_numbered(2, &[b'x'; 200], &budget);
    assert_eq!(pieces.bytes().as_slice(), b"abcd");
    assert_eq!(pieces.completeness(Some(204)), Completeness::OverLimit);
}
