//! SHA-1 (FIPS 180-4, 6.1), for names only: nothing here is a secret, and nothing is protected by it.

/// The 20 bytes of a hash.
pub(super) type Sha1Hash = [u8; 20];

const BLOCK: usize = 64;

/// The first state (5.3.1).
const START: [u32; 5] = [
    0x6745_2301,
    0xefcd_ab89,
    0x98ba_dcfe,
    0x1032_5476,
    0xc3d2_e1f0,
];

pub(super) fn sha1(message: &[u8]) -> Sha1Hash {
    let mut state = START;
    for block in padded(message).chunks_exact(BLOCK) {
        mix(&mut state, block);
    }
    let mut hash = Sha1Hash::default();
    for (bytes, word) in hash.chunks_exact_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_be_bytes());
    }
    hash
}

/// The message with a 1, zeros and its length in bits, as whole blocks (5.1.1).
fn padded(message: &[u8]) -> Vec<u8> {
    let bits = (message.len() as u64).wrapping_mul(8);
    let mut padded = message.to_vec();
    padded.push(0x80);
    while padded.len() % BLOCK != BLOCK - size_of::<u64>() {
        padded.push(0);
    }
    padded.extend(bits.to_be_bytes());
    padded
}

/// Changes the state by one block (6.1.2).
fn mix(state: &mut [u32; 5], block: &[u8]) {
    let mut words = [0_u32; 80];
    let (block, _) = block.as_chunks();
    for (word, &bytes) in words.iter_mut().zip(block) {
        *word = u32::from_be_bytes(bytes);
    }
    // Without optimisation, an iterator makes several calls a round.
    let mut at = 16;
    while at < words.len() {
        let mixed = words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16];
        words[at] = mixed.rotate_left(1);
        at += 1;
    }
    let (mut now, mut round) = (*state, 0);
    while round < words.len() {
        let [first, second, third, fourth, fifth] = now;
        let (choice, constant) = match round {
            0..20 => ((second & third) | (!second & fourth), 0x5a82_7999),
            20..40 => (second ^ third ^ fourth, 0x6ed9_eba1),
            40..60 => {
                let majority = (second & third) | (second & fourth) | (third & fourth);
                (majority, 0x8f1b_bcdc)
            }
            _ => (second ^ third ^ fourth, 0xca62_c1d6_u32),
        };
        let turned = first.rotate_left(5).wrapping_add(choice);
        let next = turned
            .wrapping_add(fifth)
            .wrapping_add(constant)
            .wrapping_add(words[round]);
        now = [next, first, second.rotate_left(30), third, fourth];
        round += 1;
    }
    for (word, change) in state.iter_mut().zip(now) {
        *word = word.wrapping_add(change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(message: &[u8], expected: &str) {
        let hash: Vec<String> = sha1(message).iter().map(|it| format!("{it:02x}")).collect();
        assert_eq!(hash.concat(), expected);
    }

    /// The examples of FIPS 180-2, appendix A, and the empty message.
    #[test]
    fn the_examples_of_the_standard() {
        check(b"", "da39a3ee5e6b4b0d3255bfef95601890afd80709");
        check(b"abc", "a9993e364706816aba3e25717850c26c9cd0d89d");
        check(
            b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
        );
        check(
            "a".repeat(1_000_000).as_bytes(),
            "34aa973cd4c4daa4f61eeb2bdbad27316534016f",
        );
    }

    #[test]
    fn a_message_that_nearly_fills_a_block_has_its_length_in_the_next() {
        for (length, expected) in [
            (55, "c1c8bbdc22796e28c0e15163d20899b65621d65a"),
            (56, "c2db330f6083854c99d4b5bfb6e8f29f201be699"),
            (63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5"),
            (64, "0098ba824b5c16427bd7a1122a5a442a25ec644d"),
        ] {
            check("a".repeat(length).as_bytes(), expected);
        }
    }
}
