//! What of a word of a filter any engine can look for: its ASCII characters, in any letter case.
//!
//! dateline compares whole characters of Unicode, however they are encoded and in any letter case. Engines differ in that,
//! so they are asked only about runs of ASCII characters. A text that dateline finds has all of these runs, or a character
//! that is the same as one of them but for its case.

/// The characters that dateline takes for an ASCII letter, as its other case or as its canonical form.
const LOOKALIKES: [(char, char); 3] = [('k', '\u{212a}'), ('s', '\u{17f}'), ('i', '\u{130}')];

/// Longer runs are cut: engines have limits.
const LONGEST: usize = 200;

/// Where a text is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NeedleForm {
    /// In the text of a column.
    Whole,
    /// In texts that are parts of it, or in another notation: only letters and digits are the same.
    Parts,
}

/// The runs of ASCII characters that a text surely has, in any letter case, if a word or phrase is in it.
pub(super) fn runs(words: &str, form: NeedleForm) -> Vec<String> {
    let is_kept = |character: char| match form {
        // Quotation marks and backslashes have several notations. Two signs are the canonical form of others.
        NeedleForm::Whole => character.is_ascii_graphic() && !r#"'"\;`"#.contains(character),
        NeedleForm::Parts => character.is_ascii_alphanumeric(),
    };
    let mut runs = Vec::new();
    let mut run = String::new();
    for character in words.chars() {
        if is_kept(character) {
            run.push(character.to_ascii_lowercase());
            continue;
        }
        // A mark that follows changes the character before it.
        if !character.is_ascii() {
            run.pop();
        }
        runs.push(std::mem::take(&mut run));
    }
    runs.push(run);
    for run in &mut runs {
        run.truncate(LONGEST);
    }
    runs.retain(|run| !run.is_empty());
    let all = runs.clone();
    let is_needed = |at: usize, run: &str| {
        let others = all.iter().enumerate().filter(|(other, _)| *other != at);
        let has = |(other, it): (usize, &String)| it.contains(run) && (it != run || other < at);
        !others.into_iter().any(has)
    };
    let mut numbered = runs.into_iter().enumerate();
    let needed = numbered.by_ref().filter(|(at, run)| is_needed(*at, run));
    needed.map(|(_, run)| run).collect()
}

/// The characters beyond ASCII that may be in a text in place of some of a run.
pub(super) fn lookalikes(run: &str) -> impl Iterator<Item = char> {
    let known = LOOKALIKES
        .iter()
        .filter(move |(letter, _)| run.contains(*letter));
    known.map(|(_, other)| *other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::search::SearchPhrase;

    #[track_caller]
    fn check(words: &str, whole: &[&str], parts: &[&str]) {
        assert_eq!(runs(words, NeedleForm::Whole), whole, "{words}");
        assert_eq!(runs(words, NeedleForm::Parts), parts, "{words}");
    }

    #[test]
    fn a_word_is_looked_for_by_its_ascii_characters() {
        check("Mail01", &["mail01"], &["mail01"]);
        check(
            "mail-01.example",
            &["mail-01.example"],
            &["mail", "01", "example"],
        );
        check("a b a", &["a", "b"], &["a", "b"]);
        check("new newer", &["newer"], &["newer"]);
        check("cafe\u{301}s", &["caf", "s"], &["caf", "s"]);
        check("caf\u{e9}", &["ca"], &["ca"]);
        check(r#"it's "so\" `;"#, &["it", "so"], &["it", "so"]);
        check("\u{41f}", &[], &[]);
    }

    #[test]
    fn a_text_that_dateline_finds_has_the_runs() {
        let texts = [
            "Mail01 of the caf\u{e9}",
            "CAFE\u{301}S",
            "\u{212a}elvin's \u{17f}ky",
            "VI\u{1ec6}T",
            "\u{130}stanbul; `now`",
        ];
        let needles = [
            "mail01",
            "OF",
            "caf\u{e9}",
            "cafe\u{301}s",
            "kelvin's",
            "sky",
            "vi\u{1ec7}t",
            "now",
            "the caf\u{e9}",
            "; `",
            "stanbul",
        ];
        for (text, needle) in texts.iter().flat_map(|text| needles.map(|it| (text, it))) {
            let phrase = SearchPhrase::new(needle).expect("words");
            if !phrase.is_in(text) {
                continue;
            }
            for run in runs(needle, NeedleForm::Whole) {
                let lower = text.to_ascii_lowercase();
                let has = lower.contains(&run) || lookalikes(&run).any(|it| text.contains(it));
                assert!(has, "{needle} in {text}: {run}");
            }
        }
    }
}
