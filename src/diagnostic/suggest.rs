//! Suggests the word that the author probably meant.

/// The known word that is nearest to a written one, if any is near enough to be worth asking about.
/// Letter case does not matter; of two that are equally near, the earlier one is taken.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let length = written.chars().count();
    let (distance, word) = known
        .into_iter()
        // Words whose lengths differ by more are never near, and comparing them costs the product of their lengths.
        .filter(|word| word.chars().count().abs_diff(length) <= MOST)
        .map(|word| {
            let distance = strsim::damerau_levenshtein(&written, &word.to_lowercase());
            (distance, word)
        })
        .min_by_key(|&(distance, _)| distance)?;
    (distance <= allowed(length.max(word.chars().count()))).then_some(word)
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

    #[test]
    fn another_word_is_not_a_slip() {
        assert_eq!(nearest("colour", ["title", "when"]), None);
        assert_eq!(nearest("by", ["at", "to"]), None);
        assert_eq!(nearest("x", []), None);
        assert_eq!(nearest(&"title".repeat(1 << 20), ["title"; 100]), None);
    }
}
