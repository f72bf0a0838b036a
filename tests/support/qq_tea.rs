//! QQ-TEA encryption, for samples and tests. The plugin only decrypts.

/// Encrypts as described in `imshark::oicq::crypto::tea`, with the padding of published
/// test vectors: 0xa8 and 0xad.
pub fn encrypt(key: &[u8; 16], plaintext: &[u8]) -> Vec<u8> {
    let random = (8 - (plaintext.len() + 10) % 8) % 8;
    let mut padded = vec![0xa8 | random as u8];
    padded.resize(random + 3, 0xad);
    padded.extend(plaintext);
    padded.extend([0; 7]);
    let word = |at: usize| u32::from_be_bytes([key[at], key[at + 1], key[at + 2], key[at + 3]]);
    let key = [word(0), word(4), word(8), word(12)];
    let (mut mixed, mut previous) = (0, 0);
    let mut ciphertext = Vec::with_capacity(padded.len());
    for block in padded.chunks_exact(8) {
        let block = u64::from_be_bytes(block.try_into().expect("eight bytes")) ^ previous;
        previous = encrypt_block(&key, block) ^ mixed;
        mixed = block;
        ciphertext.extend(previous.to_be_bytes());
    }
    ciphertext
}

/// TEA with 16 rounds.
pub fn encrypt_block(key: &[u32; 4], block: u64) -> u64 {
    let mix = |word: u32, left: u32, right: u32, sum: u32| {
        (word << 4).wrapping_add(left) ^ word.wrapping_add(sum) ^ (word >> 5).wrapping_add(right)
    };
    let (mut y, mut z) = ((block >> 32) as u32, block as u32);
    let mut sum = 0_u32;
    for _ in 0..16 {
        sum = sum.wrapping_add(0x9e37_79b9);
        y = y.wrapping_add(mix(z, key[0], key[1], sum));
        z = z.wrapping_add(mix(y, key[2], key[3], sum));
    }
    u64::from(y) << 32 | u64::from(z)
}
