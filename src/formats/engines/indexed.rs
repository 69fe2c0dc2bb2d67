//! What an index of words answers, such as that of `OpenSearch`: whether a word of a field has a run of letters and digits in
//! it. A field of numbers, dates or addresses has no words, so a run needs a letter that none of these is written with.

use super::condition::RowTest;
use super::needles::lookalikes;

/// Letters that are in no number, date, truth value or address, in any notation.
const OF_WORDS: &str = "ghjkmopqvwx";

/// Longer parts are cut: a regular expression of `OpenSearch` has at most 1,000 characters (`index.max_regex_length`).
const LONGEST: usize = 120;

/// The parts of a run that are inside one word, and that only words have.
pub(super) fn parts_of_words(run: &str) -> impl Iterator<Item = &str> {
    let parts = run.split(|it: char| !it.is_ascii_alphanumeric());
    let parts = parts.map(|part| part.get(..LONGEST).unwrap_or(part));
    parts.filter(|part| part.contains(|it| OF_WORDS.contains(it)))
}

/// Whether an index of words answers a test.
pub(super) fn can_say(test: &RowTest) -> bool {
    match test {
        RowTest::Has(_, run) => parts_of_words(run).next().is_some(),
        // An ignored value is not in the index, and its row is asked for in any case.
        RowTest::Empty(_) | RowTest::Time(..) => true,
        RowTest::Is(..) | RowTest::Stamp(..) => false,
    }
}

/// A regular expression of Lucene for a word with these letters and digits in it, in any letter case.
pub(super) fn pattern(part: &str) -> String {
    let mut pattern = String::from(".*");
    for letter in part.chars() {
        if letter.is_ascii_digit() {
            pattern.push(letter);
            continue;
        }
        pattern.push('[');
        pattern.extend([letter, letter.to_ascii_uppercase()]);
        pattern.extend(lookalikes(&letter.to_string()));
        pattern.push(']');
    }
    pattern + ".*"
}

/// What an index of words cannot say.
pub(super) const CANNOT: &[&str] = &[
    "words without one of the letters g h j k m o p q v w x, which may be numbers or dates",
    "what is excluded (`-tag:…`), except for dates",
    "texts that the index does not keep as they are: stemmed, or cut after 255 characters",
];
