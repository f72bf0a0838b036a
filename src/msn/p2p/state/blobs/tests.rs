use super::*;
use crate::packet::Address;

const NAME: BlobName = BlobName {
    session: 9,
    number: 7,
    v2: false,
};

fn flow(port: u16) -> Flow {
    Flow {
        from: (Address::V4([192, 0, 2, 1]), port),
        to: (Address::V4([198, 51, 100, 1]), 1863),
    }
}

fn add(blobs: &mut Blobs, place: ChunkPosition, data: &[u8], frame: u32) -> ChunkOutcome {
    blobs.add(flow(1), NAME, place, data, frame).0
}

#[test]
fn chunks_by_offset() {
    let mut blobs = Blobs::default();
    assert_eq!(
        add(&mut blobs, ChunkPosition::At(0, 6), b"abc", 1),
        ChunkOutcome::Part
    );
    assert_eq!(
        add(&mut blobs, ChunkPosition::At(0, 6), b"abc", 2),
        ChunkOutcome::Repeated
    );
    let (step, id) = blobs.add(flow(1), NAME, ChunkPosition::At(3, 6), b"def", 3);
    assert_eq!(step, ChunkOutcome::Completes);
    let blob = blobs.get(id.unwrap()).unwrap();
    assert_eq!(blob.bytes().as_slice(), b"abcdef");
    assert_eq!((blob.first, blob.last, blob.packets), (1, 3, 2));
    assert_eq!(
        add(&mut blobs, ChunkPosition::At(3, 6), b"def", 4),
        ChunkOutcome::Repeated
    );
    assert_eq!(
        add(&mut blobs, ChunkPosition::At(0, 6), b"xyz", 5),
        ChunkOutcome::Part
    );
}

#[test]
fn chunks_by_remaining_bytes() {
    let mut blobs = Blobs::default();
    assert_eq!(
        add(&mut blobs, ChunkPosition::Before(3), b"abc", 1),
        ChunkOutcome::Orphan
    );
    assert_eq!(
        add(&mut blobs, ChunkPosition::First(5), b"abc", 2),
        ChunkOutcome::Part
    );
    assert_eq!(
        add(&mut blobs, ChunkPosition::Before(2), b"def", 3),
        ChunkOutcome::Part
    );
    assert_eq!(
        add(&mut blobs, ChunkPosition::Before(0), b"gh", 4),
        ChunkOutcome::Completes
    );
    assert_eq!(blobs.blobs[0].bytes().as_slice(), b"abcdefgh");
    assert_eq!(
        add(&mut blobs, ChunkPosition::First(0), b"alone", 5),
        ChunkOutcome::Alone
    );
}

#[test]
fn early_chunks_and_gaps() {
    let mut blobs = Blobs::default();
    assert_eq!(
        add(&mut blobs, ChunkPosition::At(4, 8), b"ef", 1),
        ChunkOutcome::Orphan
    );
    assert_eq!(
        add(&mut blobs, ChunkPosition::At(0, 8), b"ab", 2),
        ChunkOutcome::Part
    );
    assert_eq!(
        add(&mut blobs, ChunkPosition::At(6, 8), b"gh", 3),
        ChunkOutcome::Part
    );
    assert_eq!(
        add(&mut blobs, ChunkPosition::At(4, 8), b"ef", 4),
        ChunkOutcome::Part
    );
    assert_eq!(
        add(&mut blobs, ChunkPosition::At(2, 8), b"cd", 5),
        ChunkOutcome::Completes
    );
    assert_eq!(blobs.blobs[0].bytes().as_slice(), b"abcdefgh");
}

#[test]
fn a_blob_may_change_its_connection() {
    let mut blobs = Blobs::default();
    let at = |offset| ChunkPosition::At(offset, 6);
    assert_eq!(
        blobs.add(flow(1), NAME, at(0), b"abc", 1).0,
        ChunkOutcome::Part
    );
    assert_eq!(
        blobs.add(flow(2), NAME, at(5), b"f", 2).0,
        ChunkOutcome::Orphan
    );
    assert_eq!(
        blobs.add(flow(2), NAME, at(3), b"de", 3).0,
        ChunkOutcome::Part
    );
    assert_eq!(
        blobs.add(flow(2), NAME, at(5), b"f", 4).0,
        ChunkOutcome::Completes
    );
}

#[test]
fn two_legs_of_the_same_transfer_are_two_blobs() {
    let mut blobs = Blobs::default();
    for (offset, data) in [(0, b"abc"), (3, b"def")] {
        for leg in [1, 2] {
            let place = ChunkPosition::At(offset, 6);
            let (step, id) = blobs.add(flow(leg), NAME, place, data, u32::from(leg));
            let whole = if offset == 0 {
                ChunkOutcome::Part
            } else {
                ChunkOutcome::Completes
            };
            assert_eq!((step, id), (whole, Some(BlobId(usize::from(leg) - 1))));
        }
    }
}

#[test]
fn sizes_in_headers_take_no_memory() {
    let mut blobs = Blobs::default();
    let place = ChunkPosition::At(0, MAX_BLOB + 1);
    assert_eq!(add(&mut blobs, place, b"abc", 1), ChunkOutcome::TooLong);
    assert_eq!(
        add(&mut blobs, ChunkPosition::First(u64::MAX), b"abc", 2),
        ChunkOutcome::TooLong
    );
    assert_eq!(
        add(&mut blobs, ChunkPosition::At(u64::MAX, 5), b"abc", 3),
        ChunkOutcome::Orphan
    );
    assert_eq!(blobs.kept, 0);
}
