//! What must hold of every decoder and every Plan, whatever the bytes.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::panic::{catch_unwind, resume_unwind, AssertUnwindSafe};

use ahash::AHasher;
use imshark::error::{Decoded, Fault, Missing};
use imshark::field::FieldId;
use imshark::packet::{Detail, Packet};
use imshark::plan::{Item, Plan, TextId, Value, Verdict};
use imshark::protocols::PROTOCOLS;
use imshark::span::Span;

use test_support::samples::checks;

/// Memory that any input may take, in bytes: tables that are made once, and buffers that a
/// Plan leaves to the next.
const MEMORY: u64 = 1 << 20;
/// Memory that a byte of the input may take besides, in bytes.
const MEMORY_PER_BYTE: u64 = 1 << 10;
/// Allocations that any input may make, and that a byte of it may make besides.
const ALLOCATIONS: u64 = 4_000;
const ALLOCATIONS_PER_BYTE: u64 = 64;
/// Items of a Plan that any packet may make, and that a byte of it may make besides.
const ITEMS: usize = 200;
const ITEMS_PER_BYTE: usize = 16;

/// What holds only of some inputs: at least one of the seeds of each of these targets must be
/// such an input.
pub const GUARDED: &[(&str, &[&str])] = &[
    (
        "a beginning is incomplete",
        &["gateway", "lines", "msnftp", "p2p", "passport"],
    ),
    ("a secret in clear of MSNP is not in Info", &["secrets"]),
    ("a secret in clear of Passport is not in Info", &["secrets"]),
    ("a secret in clear of MSNFTP is not in Info", &["secrets"]),
    ("a secret in clear of QQ is not in Info", &["secrets"]),
    (
        "a secret in a stream of Direct is not in Info",
        &["secrets"],
    ),
    (
        "a secret in a stream of Msnftp is not in Info",
        &["secrets"],
    ),
    ("a secret that was decrypted is nowhere", &["secrets"]),
    ("what was encrypted is decrypted", &["sealed"]),
    (
        "what was encrypted is decrypted after cleartext",
        &["sealed"],
    ),
    (
        "what was encrypted is decrypted after a block of type 3",
        &["sealed"],
    ),
    (
        "a stream of Msn is the same in other segments",
        &["segments"],
    ),
    (
        "a stream of Oicq is the same in other segments",
        &["segments"],
    ),
    (
        "a stream of Direct is the same in other segments",
        &["segments"],
    ),
    (
        "a stream of Msnftp is the same in other segments",
        &["segments"],
    ),
    (
        "a block of a file is the same in other segments",
        &["segments"],
    ),
    (
        "a block of a file that is cut is shown so far",
        &["endings"],
    ),
    ("a stream of Msn waits for the rest of a PDU", &["endings"]),
    ("a stream of Oicq waits for the rest of a PDU", &["endings"]),
    (
        "a stream of Direct waits for the rest of a PDU",
        &["endings"],
    ),
    (
        "a stream of Msnftp waits for the rest of a PDU",
        &["endings"],
    ),
    ("a frame of Msn recognised is decoded", &["recognition"]),
    (
        "a frame of Oicq recognised is decoded",
        &["recognition", "tunnels"],
    ),
    ("a frame of Direct recognised is decoded", &["recognition"]),
    ("a frame of Msnftp recognised is decoded", &["recognition"]),
    ("a frame recognised in a capture is decoded", &["whole"]),
    ("a stream of a capture is completed", &["whole"]),
    ("a stream of a capture is reassembled", &["whole"]),
    ("later passes are the same in another order", &["whole"]),
    ("state does not depend on detail", &["whole"]),
    ("reports are printed", &["whole"]),
    ("the response that is expected is right", &["challenges"]),
    ("a part that is admitted is admitted again", &["hand_offs"]),
    ("a key of 0x0018 leads back to what is in clear", &["tea"]),
    ("a text of a session is read again", &["p2p"]),
];

thread_local! {
    static HELD: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Says that one of [`GUARDED`] held of this input. Only tests keep it.
pub fn held(name: impl FnOnce() -> String) {
    if cfg!(test) {
        HELD.with_borrow_mut(|held| held.insert(name()));
    }
}

/// What held since the last call.
pub fn taken() -> BTreeSet<String> {
    HELD.take()
}

/// Work and memory are at most a constant times the input.
pub fn bounded(data: &[u8], run: impl FnOnce(&[u8])) {
    // The counter does not survive a panic, of which proptest makes many for a fault.
    let mut outcome = Ok(());
    let used = allocation_counter::measure(|| {
        outcome = catch_unwind(AssertUnwindSafe(|| run(data)));
    });
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
    let len = data.len() as u64;
    let most = MEMORY + MEMORY_PER_BYTE * len;
    assert!(used.bytes_max <= most, "{} bytes of {len}", used.bytes_max);
    let most = ALLOCATIONS + ALLOCATIONS_PER_BYTE * len;
    let count = used.count_total;
    assert!(count <= most, "{count} allocations of {len} bytes");
}

/// A value is inside its parent. One without bytes has no place.
pub fn inside(part: Span, whole: Span) {
    let is_inside = whole.start <= part.start && part.end() <= whole.end();
    assert!(
        is_inside || part == Span::default(),
        "{part:?} of {whole:?}"
    );
}

/// A value is inside the data.
pub fn within(part: Span, data: &[u8]) {
    inside(part, Span::new(0, data.len()));
}

/// Parts in the order of their bytes, that do not overlap.
pub fn in_order(parts: impl IntoIterator<Item = Span>) {
    let mut end = 0;
    for part in parts {
        assert!(end <= part.start, "{part:?} begins before {end}");
        end = part.end();
    }
}

/// What a fault says is true: the fault is inside the data, and some bytes are missing.
pub fn decoded<T>(result: Decoded<T>, data: &[u8]) -> Option<T> {
    decoded_of(result, Span::new(0, data.len()))
}

/// As [`decoded`], of a part that was not captured in full.
pub fn decoded_of<T>(result: Decoded<T>, sent: Span) -> Option<T> {
    match result {
        Ok(value) => return Some(value),
        Err(Fault::Malformed { at, .. }) => inside(at, sent),
        Err(Fault::Incomplete(missing)) => assert_ne!(missing, Missing::Bytes(0)),
    }
    None
}

/// A decoder of streams says of every part of a value that it is incomplete, and of none that
/// it is malformed: TCP cuts where it likes. `cut` chooses the part.
pub fn parts_are_incomplete<T>(data: &[u8], cut: usize, decode: impl Fn(&[u8]) -> Decoded<T>) {
    let part = &data[..cut % data.len().max(1)];
    let Err(Fault::Incomplete(missing)) = decode(part) else {
        panic!("{} bytes of {} are not incomplete", part.len(), data.len());
    };
    if let Missing::Bytes(missing) = missing {
        assert!(missing <= data.len() - part.len(), "{missing} are missing");
    }
    held(|| "a beginning is incomplete".into());
}

/// The Plan can be laid on a tree, and is no longer than the packet explains.
pub fn plan(plan: &Plan<'_>, packet: &Packet<'_>) {
    checks::check(plan, packet);
    let derived: usize = plan.sources().iter().map(|source| source.bytes.len()).sum();
    let bytes = packet.bytes.len() + packet.heading.len() + derived;
    let items = plan.items().len();
    let most = ITEMS + ITEMS_PER_BYTE * bytes;
    assert!(items <= most, "{items} items of {bytes} bytes");
}

/// All that a Plan shows, as a number.
pub fn fingerprint(plan: &Plan<'_>) -> u64 {
    Shown::of(plan).tree
}

/// What a Plan shows, as numbers: to columns and taps, to filters, and in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    columns: u64,
    fields: u64,
    tree: u64,
}

impl Shown {
    /// What this Plan shows.
    pub fn of(plan: &Plan<'_>) -> Self {
        let mut hash = AHasher::default();
        outside_the_tree(plan).hash(&mut hash);
        let columns = hash.finish();
        for item in plan.items() {
            (item.field.protocol, item.field.row, item.depth).hash(&mut hash);
            (item.span.start, item.span.len, item.source.0).hash(&mut hash);
            (item.generated, item.hidden).hash(&mut hash);
            match item.value {
                Value::Number(number) => number.hash(&mut hash),
                Value::Text(text) => plan.text_of(text).hash(&mut hash),
                Value::HandOff(to) => (to as u8).hash(&mut hash),
                _ => core::mem::discriminant(&item.value).hash(&mut hash),
            }
        }
        for note in plan.notes() {
            (note.expert.protocol, note.expert.row, note.item.0).hash(&mut hash);
        }
        let fields = hash.finish();
        for item in plan.items() {
            plan.text_of(item.label).hash(&mut hash);
        }
        for note in plan.notes() {
            plan.text_of(note.text).hash(&mut hash);
        }
        for source in plan.sources() {
            source.bytes.hash(&mut hash);
        }
        Self {
            columns,
            fields,
            tree: hash.finish(),
        }
    }
}

/// What columns and taps show of a Plan.
pub fn outside_the_tree<'a>(plan: &'a Plan<'_>) -> (Option<usize>, Option<usize>, u32, &'a str) {
    let verdict = match plan.verdict {
        Verdict::Reject => None,
        Verdict::Accept => Some(usize::MAX),
        Verdict::Reassemble(at, _) => Some(at),
    };
    let uncaptured = plan.uncaptured.map(|span| span.start);
    (verdict, uncaptured, plan.pdus, plan.info_text())
}

/// A Plan of less detail is a part of that for the tree.
pub fn less_is_a_part(less: &Plan<'_>, tree: Shown, detail: Detail) {
    let shown = Shown::of(less);
    assert_eq!(shown.columns, tree.columns, "{detail:?}\n{less}");
    let is_call = |item: &Item| matches!(item.value, Value::HandOff(_));
    match detail {
        Detail::Tree => assert_eq!(shown, tree, "\n{less}"),
        Detail::Fields => {
            assert!(less.items().iter().all(|item| item.label == TextId::NONE));
            assert_eq!(shown.fields, tree.fields, "\n{less}");
        }
        Detail::LeadingFields => {
            let leads = |item: &Item| {
                let protocol = PROTOCOLS.get(usize::from(item.field.protocol));
                item.field.row == FieldId::PROTOCOL_ITEM
                    || protocol.is_some_and(|p| usize::from(item.field.row) < p.leading_fields)
                    || is_call(item)
            };
            assert!(less.items().iter().all(leads));
        }
        Detail::Columns => assert!(less.items().iter().all(is_call)),
    }
}
