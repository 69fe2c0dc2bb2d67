//! Replacements for signs on a terminal that shows only ASCII.
//!
//! Every replacement is as wide as its sign, so that nothing moves. Other characters of a file become `?`, one for each
//! cell: their code points would push the rest of the line off the screen, and a transliteration would be a guess at
//! another's words. Nothing is lost: the file and every export have them.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The blocks that fill quarters of a cell. The index has a bit for each: upper left, upper right, lower left, lower
/// right.
pub const QUADRANTS: [char; 16] = [
    ' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜', '▄', '▙', '▟', '█',
];

/// Our signs and their replacements, which are distinct wherever two of them can be in the same place.
pub const REPLACEMENTS: &[(char, char)] = &[
    // Bands and events of the overview: the more certain, the heavier.
    ('█', '#'),
    ('▒', '='),
    ('░', '-'),
    ('╌', '~'),
    ('┈', '_'),
    ('◆', '*'),
    ('●', '@'),
    ('■', '%'),
    ('▲', '^'),
    ('○', 'o'),
    ('◇', 'd'),
    ('◈', 'a'),
    ('·', '.'),
    // What changed.
    ('Δ', '!'),
    // The axis of the overview.
    ('─', '-'),
    ('━', '='),
    ('┬', '+'),
    ('▼', 'V'),
    ('≈', '~'),
    ('╎', '|'),
    ('◂', '<'),
    // The expected number of events.
    ('▁', '1'),
    ('▂', '2'),
    ('▃', '3'),
    ('▄', '4'),
    ('▅', '5'),
    ('▆', '6'),
    ('▇', '7'),
    // Marks.
    ('▸', '>'),
    ('▾', 'v'),
    ('┊', ':'),
    ('⚑', '!'),
    ('★', '*'),
    ('•', '+'),
    ('⚠', '!'),
    ('≠', '/'),
    ('✓', '+'),
    ('−', '-'),
    // The range of a likelihood on a yardstick.
    ('▕', '|'),
    ('▏', '|'),
    ('▐', '['),
    ('▌', ']'),
    // Boxes and keys.
    ('│', '|'),
    // The scrollbar.
    ('┃', '#'),
    ('┤', '-'),
    ('┫', '+'),
    ('╢', ':'),
    ('┨', '&'),
    ('╡', '='),
    ('┼', '*'),
    ('╋', '*'),
    ('╣', '%'),
    ('╭', '+'),
    ('╮', '+'),
    ('╰', '+'),
    ('╯', '+'),
    ('←', '<'),
    ('↑', '^'),
    ('→', '>'),
    ('↓', 'v'),
    // Punctuation.
    ('≤', '<'),
    ('≥', '>'),
    ('…', '~'),
    ('–', '-'),
    ('—', '-'),
    ('‘', '\''),
    ('’', '\''),
    ('“', '"'),
    ('”', '"'),
    ('„', '"'),
    ('‹', '<'),
    ('›', '>'),
    ('\u{a0}', ' '),
    ('\u{202f}', ' '),
    ('\u{3000}', ' '),
    // The signs for characters that cannot be seen.
    ('⟨', '<'),
    ('⟩', '>'),
    ('◌', 'o'),
    ('�', '?'),
];

/// A clean text in ASCII, of the same width.
pub(crate) fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        match replacement(grapheme) {
            Some(sign) => out.extend(std::iter::repeat_n(sign, grapheme.width().max(1))),
            None => out.push_str(grapheme),
        }
    }
    Cow::Owned(out)
}

/// The replacement in each cell of a grapheme; `None` if it is ASCII.
fn replacement(grapheme: &str) -> Option<char> {
    if grapheme.is_ascii() {
        return None;
    }
    let mut characters = grapheme.chars();
    let first = characters.next()?;
    match (first, characters.next()) {
        // The pictures of control characters.
        ('\u{2400}'..='\u{2421}', _) => Some('^'),
        (_, None) => {
            let known = REPLACEMENTS.iter().find(|(sign, _)| *sign == first);
            Some(known.map_or('?', |&(_, sign)| sign))
        }
        _ => Some('?'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_replacement_is_ascii_and_as_wide_and_no_sign_has_two() {
        for (index, (sign, replacement)) in REPLACEMENTS.iter().enumerate() {
            assert!(matches!(replacement, ' '..='~'), "{sign}");
            let width = sign.to_string().width();
            assert_eq!(ascii(&sign.to_string()).width(), width, "{sign}");
            let later = REPLACEMENTS.get(index + 1..).unwrap_or_default();
            assert!(later.iter().all(|(other, _)| other != sign), "{sign} twice");
        }
    }

    #[test]
    fn signs_of_one_place_stay_distinct() {
        let places = [
            "█▒░╌┈◆●■▲○23456789+◇◈·╎ ",
            "▁▂▃▄▅▆▇█┈ ",
            "─━┬▼◂▸≈",
            "▸┊? ",
            "▸▾ ",
            "│┃┤┫╢┨╡╣ ",
            "⚑≠ ",
            "✓− ",
            "█▌▐▕· ",
            "←↑→↓",
        ];
        for place in places {
            let mut signs: Vec<char> = ascii(place).chars().collect();
            signs.sort_unstable();
            signs.dedup();
            assert_eq!(signs.len(), place.chars().count(), "{place}");
        }
    }

    #[test]
    fn what_is_not_ours_keeps_its_cells() {
        for (text, shown) in [
            ("“é” – 3…", "\"?\" - 3~"),
            ("日本 ok", "???? ok"),
            ("👩\u{200d}👧!", "??!"),
            ("e\u{301}", "?"),
            ("␛[31m⟨U+202E⟩", "^[31m<U+202E>"),
        ] {
            assert_eq!(ascii(text), shown);
            assert_eq!(shown.width(), text.width(), "{text}");
        }
    }
}
