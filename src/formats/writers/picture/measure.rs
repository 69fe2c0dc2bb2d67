//! How much room writing takes, whatever font shows it.
//!
//! Which font a reader has is unknown: the widths are those of the widest usual ones, Arial and `DejaVu Sans`, so that
//! others leave a little more room. Some scripts have no widths here; such a text is fitted to its room when it is shown.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::text;

/// The widths of the printable characters of ASCII, in hundredths of the size of the font.
const ASCII: [i32; 95] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 56, 102, 69, 69, 73, 78, 67, 62, 78, 76, 30, 50, 67, 56, 87, 75,
    79, 67, 79, 73, 67, 62, 74, 69, 99, 69, 67, 69, 40, 34, 40, 84, 56, 50, 62, 64, 55, 64, 62, 36,
    64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
];
/// A character of a script without widths here, for each cell that a terminal gives it.
const OTHER: i32 = 60;
/// The width of bold text, in hundredths of the width of regular text.
const BOLD: i32 = 118;

/// The room of a text in a font of some size, in units.
pub(super) fn width(text: &str, font: i32) -> i32 {
    (hundredths(text) * font + 99) / 100
}

/// The room of a text, in hundredths of the size of its font.
fn hundredths(text: &str) -> i32 {
    // Nearly every text: each byte is a letter. Without optimisation, an iterator makes several calls a byte.
    let (bytes, mut known, mut at) = (text.as_bytes(), 0, 0);
    while at < bytes.len() && matches!(bytes[at], b' '..=b'~') {
        known += ASCII[usize::from(bytes[at] - b' ')];
        at += 1;
    }
    if at == bytes.len() {
        return known;
    }
    let letters = text.graphemes(true);
    letters
        .map(|it| letter(it).unwrap_or_else(|| other(it)))
        .sum()
}

/// The same in bold.
pub(super) fn bold_width(text: &str, font: i32) -> i32 {
    (width(text, font) * BOLD + 99) / 100
}

/// Whether the room of a text is known, not only guessed.
pub(super) fn is_known(text: &str) -> bool {
    text.is_ascii() || text.graphemes(true).all(|it| letter(it).is_some())
}

/// The width of a printable character of ASCII, in hundredths.
fn ascii(letter: u8) -> Option<i32> {
    let at = usize::from(letter.checked_sub(b' ')?);
    ASCII.get(at).copied()
}

/// The width of a character that fonts agree about, in hundredths: Latin, Greek and Cyrillic letters with any accents, marks
/// of punctuation, ideographs, and emoji.
fn letter(cluster: &str) -> Option<i32> {
    let first = cluster.nfd().next()?;
    let known = match first {
        ' '..='~' => return ascii(u8::try_from(first).ok()?),
        '–' | '·' => 50,
        '‘' | '’' => 32,
        '“' | '”' => 52,
        '—' | '…' => 100,
        '£' | '€' | 'ß' | 'ø' => 64,
        '≈' | '≠' | 'м' | 'ы' | 'ω' => 84,
        'Ж' | 'М' | 'Ф' | 'Ш' | 'Щ' | 'Ы' | 'Ю' | 'ж' | 'ф' | 'ш' | 'щ' | 'ю' | 'Μ' => {
            110
        }
        '\u{370}'..='\u{4ff}' if first.is_uppercase() => 80,
        '\u{370}'..='\u{4ff}' => 68,
        _ if text::width(cluster) != 2 => return None,
        '\u{1f000}'.. | '\u{2300}'..='\u{2bff}' => 140,
        _ => 100,
    };
    Some(known)
}

fn other(cluster: &str) -> i32 {
    OTHER * i32::try_from(text::width(cluster)).unwrap_or(1)
}

/// A line of a text that was broken into lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct WrappedLine {
    pub text: String,
    /// Whether it is the rest of a word that does not fit in the line before.
    pub is_rest: bool,
}

/// A text in lines; the first has less room by `indent`. Lines break at spaces; a word wider than a line is
/// broken inside. There is at least one line.
pub(super) fn wrapped(text: &str, font: i32, room: i32, indent: i32) -> Vec<WrappedLine> {
    let mut lines: Vec<WrappedLine> = Vec::new();
    let mut line = WrappedLine::default();
    // Rounding each word up would break lines that have room.
    let (room, indent) = (room * 100 / font, indent * 100 / font);
    let mut free = room - indent;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let gap = if line.text.is_empty() { "" } else { " " };
        let needed = hundredths(gap) + hundredths(word);
        if needed <= free {
            line.text.push_str(gap);
            line.text.push_str(word);
            free -= needed;
            continue;
        }
        if !line.text.is_empty() || indent > 0 && lines.is_empty() {
            lines.push(std::mem::take(&mut line));
            free = room;
        }
        for cluster in word.graphemes(true) {
            let needed = hundredths(cluster);
            if needed > free && !line.text.is_empty() {
                lines.push(std::mem::take(&mut line));
                line.is_rest = true;
                free = room;
            }
            line.text.push_str(cluster);
            free -= needed;
        }
    }
    if !line.text.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_whole_in_its_lines_and_each_fits() {
        let text = "Zirconium targets US election figures, Microsoft says";
        let texts = |text: &str, font, room, indent| {
            let lines = wrapped(text, font, room, indent).into_iter();
            lines.map(|line| line.text).collect::<Vec<String>>()
        };
        let lines = texts(text, 11, 120, 40);
        assert_eq!(lines.join(" "), text);
        assert!(lines.iter().all(|line| width(line, 11) <= 120), "{lines:?}");
        assert!(width(&lines[0], 11) <= 80);
        let long = "x".repeat(50);
        let lines = texts(&long, 10, 100, 0);
        assert_eq!(lines.concat(), long);
        assert!(lines.iter().all(|line| width(line, 10) <= 100));
        let is_rest = |line: &WrappedLine| line.is_rest;
        assert_eq!(
            wrapped(&long, 10, 100, 0)
                .iter()
                .filter(|it| is_rest(it))
                .count(),
            lines.len() - 1
        );
        assert_eq!(texts("", 10, 100, 0), [""]);
    }

    #[test]
    fn accents_take_no_room_and_some_scripts_are_only_guessed() {
        assert_eq!(width("Chargé", 10), width("Charge", 10));
        for known in ["Chargé d’Affaires – “so”…", "Москва", "Αθήνα", "日本", "👩‍🎓"]
        {
            assert!(is_known(known), "{known}");
        }
        for guessed in ["مرحبا", "שלום", "สวัสดี"] {
            assert!(!is_known(guessed), "{guessed}");
        }
        assert_eq!(width("日本", 10), 20);
        assert_eq!(width("👩‍🎓", 100), 140, "a joined emoji is one character");
    }
}
