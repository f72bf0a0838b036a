//! Rate at which keys are tried, in trials per second: wrong keys, the right one, and wrong keys
//! in batches.
//!
//! `cargo bench --no-default-features --bench qq_trial`

use std::hint::black_box;
use std::time::{Duration, Instant};

use imshark::oicq::crypto::key_batch::{KeyBatch, LANES};
use imshark::oicq::crypto::keys::Key;
use imshark::oicq::crypto::tea;

#[path = "../tests/support/qq_tea.rs"]
mod qq_tea;

/// Ciphertext lengths of a keep-alive, a message, a login and the longest frame seen.
const LENGTHS: [usize; 4] = [16, 120, 544, 1296];
const WINDOW: Duration = Duration::from_millis(500);

fn main() {
    let block = black_box(qq_tea::encrypt_block(&[0; 4], 0));
    assert_eq!(block, 0xa889_f798_182d_8083);
    println!(
        "{:>10} {:>16} {:>16} {:>16}",
        "ciphertext", "wrong key", "right key", "in batches"
    );
    for length in LENGTHS {
        let right = Key::new(*b"0123456789abcdef");
        let ciphertext = qq_tea::encrypt(right.bytes(), &vec![0x55; length - 10]);
        assert_eq!(ciphertext.len(), length);
        let [wrong, right] = [Key::new([7; 16]), right].map(|key| rate(&key, &ciphertext));
        let batched = rate_in_batches(&ciphertext);
        println!("{length:>8} B {wrong:>12.0} /s {right:>12.0} /s {batched:>12.0} /s");
    }
}

/// Trials per second, one key after the other.
fn rate(key: &Key, ciphertext: &[u8]) -> f64 {
    let mut plaintext = Vec::new();
    per_second(1, || {
        let is_right = tea::decrypt(black_box(key), black_box(ciphertext), &mut plaintext);
        usize::from(is_right)
    })
}

/// Trials per second, many keys at a time.
fn rate_in_batches(ciphertext: &[u8]) -> f64 {
    let keys: [Key; LANES] = core::array::from_fn(|lane| Key::new([lane as u8; 16]));
    per_second(LANES as u32, || {
        let batch = KeyBatch::new(black_box(keys));
        batch.passing(black_box(ciphertext)).count()
    })
}

/// Calls `body`, which makes so many trials, again and again.
fn per_second(trials_of_body: u32, mut body: impl FnMut() -> usize) -> f64 {
    let start = Instant::now();
    let mut trials = 0_u32;
    while start.elapsed() < WINDOW {
        for _ in 0..100 {
            black_box(body());
        }
        trials += 100 * trials_of_body;
    }
    f64::from(trials) / start.elapsed().as_secs_f64()
}
