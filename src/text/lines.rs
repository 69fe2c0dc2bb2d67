//! Text in lines: how many cells it takes, and where it may be broken.
//!
//! A grapheme cluster (Unicode Standard Annex 29), which a reader takes for one character, is never broken, and is
//! measured as a whole: an emoji joined of four is not as wide as its four parts. Terminals put one cluster into a cell
//! too.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::plain::plain_clusters;
use super::unprintable::{JOINER, NON_JOINER};
use super::visible::visible;

/// The width in cells of a text that was made visible.
pub fn width(text: &str) -> usize {
    let (mut width, mut at) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = plain_clusters(rest);
        width += plain;
        at += plain;
        for grapheme in rest.get(plain..).unwrap_or_default().graphemes(true) {
            width += grapheme_width(grapheme);
            at += grapheme.len();
            if begins_plain(text, at) {
                break;
            }
        }
    }
    width
}

/// Whether the byte at a place of a text is a character of its own.
fn begins_plain(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii)
}

/// The width in cells of a grapheme cluster.
pub fn grapheme_width(grapheme: &str) -> usize {
    // Most are one byte, for which the tables need not be read.
    if grapheme.len() == 1 {
        1
    } else {
        grapheme.width()
    }
}

/// Makes a text visible and wraps it into lines of at most `room` cells: see [`lines`].
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let shown = visible(text);
    let ranges = lines(&[&shown], room).into_iter();
    ranges
        .map(|range| shown.get(range).unwrap_or_default().to_owned())
        .collect()
}

/// The byte ranges of the lines of a text, each at most `room` cells wide, without the spaces between; at least one.
///
/// The text was made visible, and comes in parts that are painted one by one: characters do not cross parts, but words
/// do. Lines break at spaces; a word wider than the room is broken inside. Only a single character may be wider than
/// the room.
pub fn lines<T: AsRef<str>>(parts: &[T], room: usize) -> Vec<Range<usize>> {
    first_lines(parts, room, usize::MAX)
}

/// The first lines of a text, at most `most`: the rest is not read, however long it is.
pub fn first_lines<T: AsRef<str>>(parts: &[T], room: usize, most: usize) -> Vec<Range<usize>> {
    // Each word and its gap take at least one cell, so this many words fill the requested lines.
    let enough = most.saturating_mul(room.saturating_add(2));
    let mut lines = Vec::new();
    let mut line = 0..0;
    let mut used = 0;
    for word in words(parts, room, enough) {
        if lines.len() == most {
            return lines;
        }
        let gap = word.range.start - line.end;
        let is_first = line.is_empty() && gap == 0;
        if !is_first && used + gap + word.width > room {
            lines.push(line);
            line = word.range;
            used = word.width;
        } else {
            line.end = word.range.end;
            used += gap + word.width;
        }
    }
    if lines.len() < most {
        lines.push(line);
    }
    lines
}

/// A word, or as much of it as fits into a line.
struct LineWord {
    range: Range<usize>,
    width: usize,
}

/// At least `enough` words, or all of them; the last one may be incomplete.
fn words<T: AsRef<str>>(parts: &[T], room: usize, enough: usize) -> Vec<LineWord> {
    let room = room.max(1);
    let mut words: Vec<LineWord> = Vec::new();
    let mut offset = 0;
    for part in parts {
        let part = part.as_ref();
        if words.len() > enough {
            break;
        }
        let mut at = 0;
        while let Some(rest) = part.get(at..).filter(|rest| !rest.is_empty()) {
            let plain = plain_clusters(rest);
            let (first, rest) = rest.split_at(plain);
            add_plain(&mut words, offset + at, first, (room, enough));
            at += plain;
            let begin = at;
            for piece in pieces(rest) {
                if words.len() > enough {
                    return words;
                }
                let text = rest.get(piece.clone()).unwrap_or_default();
                at = begin + piece.end;
                if text != " " {
                    add(
                        &mut words,
                        offset + begin + piece.start..offset + at,
                        width(text),
                        room,
                    );
                }
                if begins_plain(part, at) {
                    break;
                }
            }
        }
        offset += part.len();
    }
    words
}

/// Adds the words of ASCII text at an offset: each byte is one cell wide, and there may be millions.
fn add_plain(words: &mut Vec<LineWord>, offset: usize, text: &str, (room, enough): (usize, usize)) {
    let mut start = offset;
    for run in text.split(' ') {
        let end = start + run.len();
        while start < end && words.len() <= enough {
            let begun = words.last().filter(|word| word.range.end == start);
            let left = begun.map_or(room, |word| room.saturating_sub(word.width));
            let next = end.min(start + if left == 0 { room } else { left });
            add(words, start..next, next - start, room);
            start = next;
        }
        if words.len() > enough {
            return;
        }
        start = end + 1;
    }
}

/// Adds a range: to the word that ends there, if there is room.
fn add(words: &mut Vec<LineWord>, range: Range<usize>, width: usize, room: usize) {
    match words.last_mut() {
        Some(word) if word.range.end == range.start && word.width + width <= room => {
            word.range.end = range.end;
            word.width += width;
        }
        _ => words.push(LineWord { range, width }),
    }
}

/// The unbreakable pieces of a text: a character, the picture of an unprintable one, or a mark with its base.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut graphemes = text.grapheme_indices(true).peekable();
    std::iter::from_fn(move || {
        let (start, first) = graphemes.next()?;
        let mut end = start + first.len();
        let picture = (first == "⟨").then(|| text.get(start..).and_then(picture));
        if let Some(picture) = picture.flatten() {
            while let Some((at, next)) = graphemes.next_if(|&(at, _)| at < start + picture) {
                end = at + next.len();
            }
        }
        // More than the clusters of the annex belongs together: some letters without width are clusters of their own.
        let joins = |before: Option<&str>| {
            before.is_some_and(|it| it.len() > 1 && it.ends_with([JOINER, NON_JOINER]))
        };
        // ASCII always has a width.
        let is_joined = |next: &str| {
            next.len() > 1 && next.chars().next().is_some_and(|it| it.width() == Some(0))
        };
        while let Some((at, next)) =
            graphemes.next_if(|&(at, next)| is_joined(next) || joins(text.get(start..at)))
        {
            end = at + next.len();
        }
        Some(start..end)
    })
}

/// The length in bytes of the picture at the beginning of a text: `⟨U+202E⟩`.
fn picture(text: &str) -> Option<usize> {
    let code = text.strip_prefix("⟨U+")?;
    let digits = code.bytes().take_while(u8::is_ascii_hexdigit).count();
    let is_picture = (4..=6).contains(&digits) && code.get(digits..)?.starts_with('⟩');
    is_picture.then(|| "⟨U+⟩".len() + digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part(text: &str, range: Range<usize>) -> &str {
        text.get(range).expect("no character is cut")
    }

    #[test]
    fn a_byte_is_one_cell_wide() {
        for byte in 0..0x80_u8 {
            let text = char::from(byte).to_string();
            assert_eq!(grapheme_width(&text), text.width(), "{byte}");
        }
    }

    #[test]
    fn lines_are_broken_at_spaces_and_words_only_where_they_must_be() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("one  two", 3), ["one", "two"]);
        assert_eq!(wrap("a  b ", 9), ["a  b"]);
        assert_eq!(wrap("to seventeen", 5), ["to", "seven", "teen"]);
        assert_eq!(wrap("2021-04-03", 12), ["2021-04-03"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("日本語", 1), ["日", "本", "語"]);
    }

    #[test]
    fn what_is_one_character_to_a_reader_is_on_one_line() {
        let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦";
        assert_eq!(
            wrap(&family.repeat(3), 4),
            [family.repeat(2), family.to_owned()]
        );
        assert_eq!(wrap("🇬🇧🇫🇷🇩🇪", 4), ["🇬🇧🇫🇷", "🇩🇪"]);
        assert_eq!(wrap("x👍🏽👍🏽", 3), ["x👍🏽", "👍🏽"]);
        assert_eq!(wrap("e\u{301}e\u{301}", 1), ["e\u{301}", "e\u{301}"]);
        assert_eq!(wrap("ab⟨U+202E⟩c", 9), ["ab", "⟨U+202E⟩c"]);
        assert_eq!(wrap("می\u{200c}خوا", 2), ["م", "ی\u{200c}خ", "وا"]);
    }

    #[test]
    fn words_go_on_in_the_next_part_and_characters_do_not() {
        let parts = ["see ", "two", ", 👍", "🏽"];
        let all = parts.concat();
        let lines = lines(&parts, 5).into_iter();
        let lines: Vec<&str> = lines.map(|range| part(&all, range)).collect();
        assert_eq!(lines, ["see", "two,", "👍🏽"]);
        assert_eq!(width("👍🏽") + 2, 4, "painted one by one they take four");
    }

    /// Characters that join, are joined, or are wide.
    fn any_text() -> impl Strategy<Value = String> {
        const PARTS: &[&str] = &[
            "👨",
            "👩",
            "\u{200d}",
            "🏽",
            "🇬",
            "🇧",
            "\u{301}",
            "e",
            " ",
            "-",
            "日",
            "ᄀ",
            "ᅡ",
            "क",
            "्",
            "ष",
            "←",
            "\u{fe0f}",
            "❤",
            "1",
            "\u{20e3}",
            "\u{202e}",
            "\u{1b}",
            "\t",
            "ﷺ",
            "\u{e33}",
            "ก",
            "\u{200c}",
            "م",
            "\u{64e}",
            "葛",
            "\u{e0100}",
            "🏴",
            "\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        ];
        let part = prop_oneof![4 => prop::sample::select(PARTS).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
        prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
    }

    /// Checks that lines keep characters whole, lose no words and fit into the room.
    fn check_lines(text: &str, room: usize) {
        let text = visible(text).into_owned();
        let ranges = lines(&[&text], room);
        for most in 0..=ranges.len() + 1 {
            let expected = ranges.get(..most).unwrap_or(&ranges);
            assert_eq!(
                first_lines(&[&text], room, most),
                expected,
                "{text:?} {room}"
            );
        }
        let mut at = 0;
        let starts: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        for (number, range) in ranges.iter().enumerate() {
            let (between, line) = (part(&text, at..range.start), part(&text, range.clone()));
            assert!(between.bytes().all(|it| it == b' '), "{between:?} is lost");
            assert!(
                number == 0 || starts.contains(&range.start),
                "torn before {line:?}"
            );
            assert!(
                !line.ends_with([JOINER, NON_JOINER]) || range.end == text.len(),
                "torn after {line:?}"
            );
            let is_one = pieces(line).count() == 1;
            assert!(
                width(line) <= room || is_one,
                "{line:?} is wider than {room}"
            );
            // Painted on its own, a line looks as it does in the text.
            assert_eq!(visible(line), line);
            at = range.end;
        }
        assert!(part(&text, at..text.len()).bytes().all(|it| it == b' '));
    }

    #[test]
    fn what_joins_is_kept_together_in_the_narrowest_line() {
        check_lines("👨👨👨👨\u{200d}👨👨🏽ᅡ🏽🏽", 1);
        check_lines("\u{fe0f}\u{200d}👨", 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn lines_fit_and_joined_are_the_text_and_none_is_torn(text in any_text(), room in 1..40_usize) {
            check_lines(&text, room);
        }

        /// Plain characters are passed over together.
        #[test]
        fn plain_characters_are_measured_and_broken_as_any_others(text in any_text(), room in 1..40_usize) {
            let text = visible(&text).into_owned();
            prop_assert_eq!(width(&text), text.graphemes(true).map(UnicodeWidthStr::width).sum::<usize>());
            let mut expected = Vec::new();
            for piece in pieces(&text).filter(|piece| part(&text, piece.clone()) != " ") {
                let cells = width(part(&text, piece.clone()));
                add(&mut expected, piece, cells, room);
            }
            let found = words(&[&text], room, usize::MAX);
            let all = |words: Vec<LineWord>| words.into_iter().map(|it| (it.range, it.width)).collect::<Vec<_>>();
            prop_assert_eq!(all(found), all(expected), "{:?}", text);
        }
    }
}
