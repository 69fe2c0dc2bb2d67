//! Reproducible pseudo-random numbers, and the choices and mutations made from them.

/// A pseudo-random number generator: `SplitMix64` (Steele, Lea, Flood 2014).
pub struct Random(u64);

/// Strings that are likely to break a text.
const SPOILERS: &[&str] = &[
    "",
    "\"",
    "'",
    "\\",
    "\n",
    "[",
    "]",
    "{",
    "}",
    "=",
    ":",
    ",",
    "/",
    "..",
    "-",
    "(",
    ")",
    "#",
    "\0",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{301}",
    "日",
    "👩\u{200d}👧",
    "\u{feff}",
    "0",
    "9999999999999999999",
    "-1",
    "\r",
    "\t",
    "%",
    "~",
    "?",
    "\"\"\"",
    "'''",
    "\\u",
    "<b>",
    "&",
    "|",
    "`",
    "é",
];

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another; 0 below 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("a length fits").max(1);
        usize::try_from(self.next() % end).expect("the number is below a length")
    }

    pub fn byte(&mut self) -> u8 {
        let [byte, ..] = self.next().to_le_bytes();
        byte
    }

    pub fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        *of.get(self.below(of.len())).expect("the list is not empty")
    }

    /// A few parts, with a separator between them.
    pub fn words(&mut self, of: &[&str], most: usize, between: &str) -> String {
        let count = 1 + self.below(most);
        let words: Vec<&str> = (0..count).map(|_| self.pick(of)).collect();
        words.join(between)
    }

    /// A place between two characters.
    fn place(&mut self, text: &str) -> usize {
        text.floor_char_boundary(self.below(text.len() + 1))
    }

    /// The text with a few parts removed, inserted, repeated or moved.
    pub fn spoiled(&mut self, text: &str, times: usize) -> String {
        let mut text = text.to_owned();
        for _ in 0..self.below(times + 1) {
            let (one, other) = (self.place(&text), self.place(&text));
            let range = one.min(other)..one.max(other).min(one.min(other) + 60);
            let range = range.start..text.floor_char_boundary(range.end);
            let part = text.get(range.clone()).unwrap_or_default().to_owned();
            match self.below(4) {
                0 => text.replace_range(range, ""),
                1 => text.insert_str(range.end, &part),
                2 => text.insert_str(range.start, self.pick(SPOILERS)),
                _ => {
                    let at = self.place(&text);
                    text.insert_str(at, &part);
                }
            }
        }
        text
    }
}
