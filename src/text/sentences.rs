//! Sentences of running text.

/// Words after which a full stop does not end a sentence. Single letters are another case.
const ABBREVIATIONS: &[&str] = &[
    "al", "approx", "cf", "dr", "e.g", "etc", "gen", "hon", "i.e", "lt", "maj", "mr", "mrs", "ms",
    "prof", "rev", "sgt", "st", "vs",
];

/// The same, if a number follows.
const NUMBERED: &[&str] = &["art", "ch", "fig", "no", "nos", "para", "pp", "sec", "vol"];

/// The first sentences of a text, at most `most`, with the white space of the text as it is.
///
/// A sentence ends with a full stop, a question mark or an exclamation mark, maybe in quotation marks, if white space
/// and something other than a small letter follow. An initial or an abbreviation does not end a sentence.
pub fn first_sentences(text: &str, most: usize) -> &str {
    let text = text.trim();
    let ends = text.char_indices().filter_map(|(at, character)| {
        let end = at + character.len_utf8();
        (is_stop(character) && ends_here(text.get(..at)?, text.get(end..)?, character))
            .then(|| end + closing(text.get(end..).unwrap_or_default()))
    });
    let end = match most {
        0 => Some(0),
        _ => ends.take(most).nth(most - 1),
    };
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

const fn is_stop(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '。' | '！' | '？')
}

/// Whether a sentence ends with a stop between two parts of a text.
fn ends_here(before: &str, after: &str, stop: char) -> bool {
    if matches!(stop, '。' | '！' | '？') {
        return true;
    }
    let rest = after.get(closing(after)..).unwrap_or_default();
    let next = rest.trim_start().chars().next();
    let is_followed =
        rest.starts_with(char::is_whitespace) && next.is_none_or(|next| !next.is_lowercase());
    is_followed && !(stop == '.' && is_abbreviated(before, next))
}

/// The length of the marks that close a quotation or a bracket.
fn closing(text: &str) -> usize {
    let rest = text.trim_start_matches(['"', '\'', '”', '’', '»', ')', ']']);
    text.len() - rest.len()
}

/// Whether a text ends with an initial or an abbreviation, given the character after it.
fn is_abbreviated(text: &str, next: Option<char>) -> bool {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_start_matches(['(', '[', '"', '“', '‘', '\'']);
    let is_letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    let word = word.to_lowercase();
    let is_number = next.is_some_and(|next| next.is_ascii_digit());
    is_letter
        || ABBREVIATIONS.contains(&word.as_str())
        || is_number && NUMBERED.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, most: usize, expected: &str) {
        assert_eq!(first_sentences(text, most), expected, "{text}");
    }

    #[test]
    fn a_text_is_cut_behind_a_sentence() {
        check("One. Two! Three? Four.", 3, "One. Two! Three?");
        check("One.\n\nTwo. Three.", 2, "One.\n\nTwo.");
        check(
            "He said “No.” Then he left. 2021 began.",
            2,
            "He said “No.” Then he left.",
        );
        check("一。二。三。", 2, "一。二。");
    }

    #[test]
    fn a_text_of_few_sentences_is_whole() {
        check(" One. Two ", 3, "One. Two");
        check("", 3, "");
        check("One.", 0, "");
    }

    #[test]
    fn numbers_initials_and_abbreviations_end_no_sentence() {
        check(
            "It cost 2.5 m. He paid. Then.",
            1,
            "It cost 2.5 m. He paid.",
        );
        check(
            "J. Smith of No. 10 spoke. Then.",
            1,
            "J. Smith of No. 10 spoke.",
        );
        check(
            "Cf. Mr. Lee (e.g. Paris) here. Then.",
            1,
            "Cf. Mr. Lee (e.g. Paris) here.",
        );
        check("See example.org today. Then.", 1, "See example.org today.");
        check("In the U.S. it rained. Then.", 1, "In the U.S. it rained.");
    }
}
