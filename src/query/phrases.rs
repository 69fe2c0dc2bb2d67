//! Words and phrases to search for, in any letter case and with any white space between words.

use std::cmp::Reverse;

use regex::{Match, Regex, RegexBuilder, escape};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{is_cut, spellings};

/// Any of several phrases. Whole characters match, as a reader sees them: `cafe` is not in `café`, however its accent
/// is encoded.
#[derive(Clone, Debug)]
pub struct Phrases(Regex);

impl Phrases {
    /// Compiles patterns, joined as alternatives; `None` if they are too long.
    pub(super) fn of(mut patterns: Vec<String>) -> Option<Self> {
        // The regex takes the first alternative that matches, and a letter is a prefix of the same letter with an
        // accent.
        patterns.sort_by_key(|pattern| Reverse(pattern.len()));
        let mut builder = RegexBuilder::new(&patterns.join("|"));
        builder.case_insensitive(true).build().ok().map(Self)
    }

    /// Whether a text contains one of them.
    pub fn are_in(&self, text: &str) -> bool {
        let mut at = 0;
        while let Some(hit) = self.next_at(text, at) {
            if !is_cut(text, hit.range()) {
                return true;
            }
            at = text.ceil_char_boundary(hit.start() + 1);
        }
        false
    }

    /// The next match from an offset on. The mark behind it may belong to its last letter.
    pub(super) fn next_at<'t>(&self, text: &'t str, at: usize) -> Option<Match<'t>> {
        self.0.find_at(text, at)
    }
}

/// The pattern of a phrase with any white space.
pub(super) fn phrase(words: &str) -> String {
    let words: Vec<String> = words.split_whitespace().map(spelled).collect();
    words.join(r"\s+")
}

/// The pattern of a word, however its letters and marks are encoded. ASCII words keep the fast path of a million rows.
fn spelled(word: &str) -> String {
    if word.is_ascii() {
        return escape(word);
    }
    let of_character = |character: &str| {
        let spellings: Vec<String> = spellings(character).iter().map(|it| escape(it)).collect();
        match spellings.as_slice() {
            [only] => only.clone(),
            several => format!("(?:{})", several.join("|")),
        }
    };
    word.graphemes(true).map(of_character).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &[&str], text: &str, expected: bool) {
        let patterns = words.iter().map(|it| phrase(it)).collect();
        let phrases = Phrases::of(patterns).expect("they are short");
        assert_eq!(phrases.are_in(text), expected, "{words:?} in {text:?}");
    }

    #[test]
    fn a_letter_is_not_found_in_the_same_letter_with_an_accent() {
        for cafe in ["caf\u{e9}", "cafe\u{301}"] {
            check(&["cafe"], cafe, false);
            check(&["caf"], cafe, true);
            check(&["caf\u{e9}"], cafe, true);
            check(&["cafe"], &format!("{cafe} Cafe"), true);
            check(&["cafe", "caf\u{e9}"], cafe, true);
            check(&["cafe", "cafe\u{301}"], cafe, true);
        }
        for viet in ["Vi\u{1ec7}", "Vie\u{323}\u{302}"] {
            for words in ["vie", "vi\u{ea}", "vi\u{1eb9}"] {
                check(&[words], viet, false);
            }
            check(&["vi\u{1ec7}"], viet, true);
        }
        for han in ["\u{ac01}", "\u{1100}\u{1161}\u{11a8}"] {
            check(&["\u{ac00}"], han, false);
            check(&["\u{ac01}"], han, true);
        }
    }

    /// Unicode has no single code point for this letter and mark, so the letter is one of its own.
    #[test]
    fn a_letter_is_found_before_a_mark_that_is_one_of_its_own() {
        check(&["\u{915}"], "\u{915}\u{93e}", true);
        check(&["\u{633}"], "\u{633}\u{64e}", true);
        check(&["x"], "x\u{302}", true);
    }
}
