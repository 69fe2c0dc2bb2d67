//! Words and phrases to search for, in any letter case and with any white space between words.

use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

use regex::bytes::{Regex as BytesRegex, RegexBuilder as BytesRegexBuilder};
use regex::{Match, Regex, RegexBuilder, escape};
use unicode_segmentation::UnicodeSegmentation;

use super::value_pattern::ValuePattern;
use crate::text::{is_cut, spellings};
use crate::timeline::log::UNTITLED;

/// Any of several phrases. Whole characters match, as a reader sees them: `cafe` is not in `café`, however its accent
/// is encoded.
#[derive(Clone, Debug)]
pub struct Phrases {
    regex: Regex,
    /// `None` if they are not known.
    runs: Option<Arc<PhraseRuns>>,
}

/// Runs of plain characters: any text with one of some phrases has one of them.
#[derive(Debug)]
struct PhraseRuns {
    pattern: String,
    /// Compiled for the first bytes: a timeline whose texts are in memory has none. `None` if it is too long.
    regex: OnceLock<Option<BytesRegex>>,
}

impl Phrases {
    /// Compiles patterns, joined as alternatives; `None` if they are too long.
    pub(super) fn of(mut patterns: Vec<String>) -> Option<Self> {
        // The regex takes the first alternative that matches, and a letter is a prefix of the same letter with an
        // accent.
        patterns.sort_by_key(|pattern| Reverse(pattern.len()));
        let mut builder = RegexBuilder::new(&patterns.join("|"));
        let regex = builder.case_insensitive(true).build().ok()?;
        let runs: Option<Vec<String>> = patterns.iter().map(|it| plain_run(it)).collect();
        let runs = runs.map(|runs| {
            let runs: Vec<String> = runs.iter().map(|it| escape(it)).collect();
            Arc::new(PhraseRuns {
                pattern: runs.join("|"),
                regex: OnceLock::new(),
            })
        });
        Some(Self { regex, runs })
    }

    /// Whether [`Self::may_be_in`] says more than that anything may be.
    pub fn is_tested_raw(&self) -> bool {
        self.runs.is_some()
    }

    /// Whether a text may contain one of them, by its bytes in a file whose [plain characters](is_plain) are written as
    /// they are.
    pub fn may_be_in(&self, bytes: &[u8]) -> bool {
        let Some(runs) = &self.runs else { return true };
        let regex = runs.regex.get_or_init(|| {
            let mut builder = BytesRegexBuilder::new(&runs.pattern);
            builder.case_insensitive(true).build().ok()
        });
        regex.as_ref().is_none_or(|regex| regex.is_match(bytes))
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
        self.regex.find_at(text, at)
    }
}

/// Runs of plain characters: any value that one of some patterns matches has one of them, in a file whose plain characters
/// are written as they are.
pub(super) struct PlainRuns(BytesRegex);

impl PlainRuns {
    /// `None` if a pattern has no run.
    pub fn of<'p>(patterns: impl Iterator<Item = &'p ValuePattern>) -> Option<Self> {
        let longest = |pattern: &ValuePattern| {
            let parts = pattern.parts().iter();
            let runs = parts.flat_map(|part| part.split(|it| !is_plain(it)));
            let longest = runs.map(|run| run.trim_end_matches(':'));
            let longest = longest.max_by_key(|run| run.len())?;
            // `\u{130}` is the only other letter whose lower case has a letter of ASCII that no regex takes for it.
            let pattern = escape(longest).replace('i', "(?:i|\u{130})");
            (!longest.is_empty()).then_some(pattern)
        };
        let runs: Option<Vec<String>> = patterns.map(longest).collect();
        let runs = runs.filter(|runs| !runs.is_empty())?;
        let mut builder = BytesRegexBuilder::new(&runs.join("|"));
        builder.case_insensitive(true).build().ok().map(Self)
    }

    pub fn may_be_in(&self, bytes: &[u8]) -> bool {
        self.0.is_match(bytes)
    }
}

/// Whether a character of a value is written as it is, in a table and in JSON: not a delimiter or a quotation mark, and
/// without an escape of its own. JSON may escape `/`.
const fn is_plain(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(
            character,
            '-' | '.' | '_' | ':' | '@' | '#' | '$' | '%' | '+' | '='
        )
}

/// The longest run of plain characters that each match of a pattern has. `None` if there is none, or if it may be in the
/// title of an untitled event.
fn plain_run(pattern: &str) -> Option<String> {
    let (mut depth, mut is_escaped) = (0, false);
    let (mut run, mut longest) = (String::new(), String::new());
    for sign in pattern.chars().chain([' ']) {
        // An escaped letter is a class, such as `\s`, and a sign without an escape may be an operator.
        let is_itself = if is_escaped {
            sign.is_ascii_punctuation()
        } else {
            !matches!(sign, '+' | '.' | '$')
        };
        if depth == 0 && is_itself && is_plain(sign) {
            run.push(sign);
        } else if is_escaped || sign != '\\' {
            // The reader adds a colon behind names in some texts.
            let whole = run.trim_end_matches(':');
            if whole.len() > longest.len() {
                whole.clone_into(&mut longest);
            }
            run.clear();
        }
        if !is_escaped {
            depth += i32::from(sign == '(') - i32::from(sign == ')');
        }
        is_escaped = !is_escaped && sign == '\\';
    }
    let is_of_untitled = UNTITLED.contains(&longest.to_ascii_lowercase());
    (!is_of_untitled).then_some(longest)
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

    #[test]
    fn the_plain_characters_that_any_match_has_are_known() {
        for (pattern, expected) in [
            ("needle", Some("needle")),
            (r"a\s+needle\.x", Some("needle.x")),
            (r"\s+", None),
            (r"10\.0\.12", Some("10.0.12")),
            (r"rare\-beacon", Some("rare-beacon")),
            (r"CVE\-2021\-1:\s+x", Some("CVE-2021-1")),
            (r"http://example\.org/\?q", Some("example.org")),
            (r"C:\\Users\\bob", Some("Users")),
            (r#"a"bc,def;gh"#, Some("def")),
            (r"vi(?:abcdef|x)tn", Some("vi")),
            (r"vi(?:\.\-|abc\.def)tn\.", Some("tn.")),
            (r"Untitle", None),
            ("(?s:.)", None),
            (r"\.", Some(".")),
            ("\u{e9}\\s+\\+", Some("+")),
            ("\u{e9}\\s+\u{e8}", None),
            ("::", None),
            ("\u{e9}", None),
        ] {
            assert_eq!(plain_run(pattern).as_deref(), expected, "{pattern}");
        }
        let phrases = Phrases::of(vec!["Kelvin".into()]).expect("it is short");
        for text in ["of KELVIN", "of \u{212a}elvin"] {
            assert!(phrases.are_in(text) && phrases.may_be_in(text.as_bytes()));
        }
        assert!(!phrases.may_be_in(b"of Celsius"));
    }

    /// Unicode has no single code point for this letter and mark, so the letter is one of its own.
    #[test]
    fn a_letter_is_found_before_a_mark_that_is_one_of_its_own() {
        check(&["\u{915}"], "\u{915}\u{93e}", true);
        check(&["\u{633}"], "\u{633}\u{64e}", true);
        check(&["x"], "x\u{302}", true);
    }
}
