//! The hash FNV-1a with 64 bits. Unlike the hashes of the standard library, it is the same in every build of dateline.

#[derive(Clone, Copy)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    pub fn with(self, bytes: impl IntoIterator<Item = u8>) -> Self {
        const PRIME: u64 = 0x0100_0000_01b3;
        let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        Self(bytes.into_iter().fold(self.0, add))
    }

    pub const fn finish(self) -> u64 {
        self.0
    }
}
