//! Suggests the word that the author probably meant.

/// The known word that is nearest to a written one, if any is near enough to be worth asking about.
/// Letter case does not matter; of two that are equally near, the earlier one is taken.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let (length, counts) = (written.chars().count(), CharacterCounts::of(&written));
    let (distance, word) = known
        .into_iter()
        // Words whose lengths differ by more are never near, and comparing them costs the product of their lengths.
        .filter(|word| word.chars().count().abs_diff(length) <= MOST && !counts.is_far_from(word))
        .map(|word| {
            let distance = strsim::damerau_levenshtein(&written, &word.to_lowercase());
            (distance, word)
        })
        .min_by_key(|&(distance, _)| distance)?;
    (distance <= allowed(length.max(word.chars().count()))).then_some(word)
}

/// How often each character is in a word, in any order. Characters share their counts with a few others.
struct CharacterCounts {
    counts: [u8; 32],
    /// Whether the word is short ASCII, whose counts are exact.
    is_exact: bool,
    length: usize,
}

impl CharacterCounts {
    fn of(word: &str) -> Self {
        let mut counts = [0_u8; 32];
        for byte in word.as_bytes() {
            let count = &mut counts[usize::from(byte % 32)];
            *count = count.saturating_add(1);
        }
        Self {
            counts,
            is_exact: word.is_ascii() && u8::try_from(word.len()).is_ok(),
            length: word.len(),
        }
    }

    /// Whether another word surely has more than [`MOST`] wrong characters. A wrong character takes at most one from one
    /// count and adds one to another. Most pairs of words are that far apart, and counting is faster than comparing.
    fn is_far_from(&self, word: &str) -> bool {
        let (mut left, mut common) = (self.counts, 0);
        for byte in word.as_bytes() {
            let count = &mut left[usize::from(byte % 32)];
            common += usize::from(*count > 0);
            *count = count.saturating_sub(1);
        }
        let longer = self.length.max(word.len());
        self.is_exact && word.is_ascii() && longer - common > MOST
    }
}

/// The most wrong characters in a word of a length.
const fn allowed(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        _ => MOST,
    }
}

/// The most wrong characters in a long word.
const MOST: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_is_understood() {
        let known = ["title", "when", "techniques"];
        assert_eq!(nearest("titel", known), Some("title"));
        assert_eq!(nearest("WHEN", known), Some("when"));
        assert_eq!(nearest("technique", known), Some("techniques"));
    }

    /// Counting characters must not exclude what comparing finds near.
    #[test]
    fn words_that_are_near_have_nearly_the_same_characters() {
        let words = [
            "likely",
            "LIKELY",
            "lkiely",
            "kilelyx",
            "unlikely",
            "é-likely",
            "li",
            "",
            "aaaa",
            "yleki",
        ];
        for one in words {
            for other in words {
                let (lower, counts) =
                    (one.to_lowercase(), CharacterCounts::of(&one.to_lowercase()));
                let distance = strsim::damerau_levenshtein(&lower, &other.to_lowercase());
                assert!(
                    distance > MOST || !counts.is_far_from(other),
                    "{one} {other}"
                );
            }
        }
        assert!(CharacterCounts::of("phase").is_far_from("title"));
    }

    #[test]
    fn another_word_is_not_a_slip() {
        assert_eq!(nearest("colour", ["title", "when"]), None);
        assert_eq!(nearest("by", ["at", "to"]), None);
        assert_eq!(nearest("x", []), None);
        assert_eq!(nearest(&"title".repeat(1 << 20), ["title"; 100]), None);
    }
}
