//! Memory that frames of QQ leave behind, measured by an allocator that counts.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use imshark::oicq::dissect::dissect;
use imshark::oicq::state::session::{OicqSession, OicqShared};
use imshark::packet::{Address, Packet, Transport};
use test_support::samples::oicq_frames::Client;

/// The system's allocator, and the bytes that are allocated.
struct Counting;

static ALLOCATED: AtomicUsize = AtomicUsize::new(0);

// SAFETY: all calls are passed on to the system's allocator with the caller's arguments.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATED.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        ALLOCATED.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const FRAMES: usize = 100_000;

/// A frame of a conversation, in its order: keep-alives, messages, pushes and what answers
/// them.
fn frame(client: &Client, number: usize) -> (Vec<u8>, bool) {
    let (turn, is_reply) = (number / 2, number % 2 == 1);
    let sequence = turn as u16 & 0x7fff;
    match turn % 4 {
        0 | 1 if !is_reply => (client.long(2, 0x0058, sequence, &[], 24), true),
        0 | 1 => (client.reply(0x0058, sequence, 40), false),
        2 if !is_reply => (client.long(2, 0x00cd, sequence, &[], 96), true),
        2 => (client.reply(0x00cd, sequence, 16), false),
        _ if !is_reply => (client.reply(0x0017, sequence | 0x8000, 96), false),
        _ => (client.long(2, 0x0017, sequence | 0x8000, &[], 32), true),
    }
}

fn packet(bytes: &[u8], number: usize, is_up: bool) -> Packet<'_> {
    let (source_port, destination_port) = if is_up { (4000, 8000) } else { (8000, 4000) };
    Packet {
        bytes,
        reported: bytes.len(),
        frame: number as u32 + 1,
        first_pass: true,
        transport: Transport::Udp,
        time: number as i64 * 20_000_000,
        source: Address::V4([192, 0, 2, 1 + u8::from(is_up)]),
        destination: Address::V4([192, 0, 2, 2 - u8::from(is_up)]),
        source_port,
        destination_port,
        from_lower: !is_up,
        ..Packet::default()
    }
}

/// Bytes kept of each frame, where a conversation has `length` frames.
fn kept_per_frame(length: usize) -> usize {
    let mut shared = OicqShared::default();
    let before = ALLOCATED.load(Ordering::Relaxed);
    let mut sessions = Vec::with_capacity(FRAMES / length);
    for conversation in 0..FRAMES / length {
        let client = Client::new(0x3420, 0x66a7).uin(20_000_000 + conversation as u32);
        let mut session = OicqSession::default();
        for number in 0..length {
            let (bytes, is_up) = frame(&client, number);
            let packet = packet(&bytes, conversation * length + number, is_up);
            let plan = dissect(&packet, &mut session, &mut shared);
            assert_eq!(plan.pdus, 1, "frame {number}");
        }
        sessions.push(session);
    }
    (ALLOCATED.load(Ordering::Relaxed) - before) / FRAMES
}

/// One test, as others would allocate at the same time.
#[test]
fn frames_leave_little_behind() {
    let [one, some, pairs] = [FRAMES, 500, 2].map(kept_per_frame);
    println!("bytes a frame: {one}, {some}, in pairs {pairs}");
    assert!(one <= 56, "{one} bytes");
    assert!(some <= 64, "{some} bytes");
    assert!(pairs <= 176, "{pairs} bytes");
}
