//! Characters that a reader cannot see, or that a terminal would obey.

/// Zero width joiner: joins emoji, and asks for the joined shape of a letter.
pub(super) const JOINER: char = '\u{200d}';
/// Zero width non-joiner: prevents the joined shape of two letters.
pub(super) const NON_JOINER: char = '\u{200c}';
/// Precedes a final vowel of Mongolian.
pub(super) const VOWEL_SEPARATOR: char = '\u{180e}';
/// How many marks a letter may carry: no language needs more (UAX 15, Stream-Safe Text Format).
pub(super) const MARKS: usize = 30;

/// Why a character is unprintable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnprintableKind {
    /// A control character: C0, DEL or C1. A terminal may obey it.
    Control,
    /// It changes the order or the look of the characters around it, hides between them, or is not a character at all.
    Invisible,
    /// A mark without a letter before it: it would combine with the text before it on the screen.
    LoneMark,
    /// One mark too many on a letter: it would cover the lines around it.
    SurplusMark,
}

/// Why a character is unprintable on its own, if it is.
///
/// Line feeds and tabs count as controls: callers with lines or columns lay them out first.
pub fn unprintable(character: char) -> Option<UnprintableKind> {
    match character {
        _ if character.is_control() => Some(UnprintableKind::Control),
        '\u{00ad}' // soft hyphen
        | '\u{034f}' // combining grapheme joiner
        | '\u{061c}' // Arabic letter mark
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // Hangul fillers
        | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' // zero width and directional marks
        | '\u{2028}' | '\u{2029}' // line and paragraph separators
        | '\u{202a}'..='\u{202e}' // bidirectional embeddings and overrides
        | '\u{2060}'..='\u{206f}' // word joiner, invisible operators, isolates
        | '\u{fdd0}'..='\u{fdef}' // no characters
        | '\u{2800}' // braille without a dot
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{13430}'..='\u{1343f}' // hieroglyph format controls
        | '\u{1bca0}'..='\u{1bca3}' // shorthand format controls
        | '\u{1d173}'..='\u{1d17a}' // musical format characters
        | '\u{e0000}'..='\u{e0fff}' // tags and further variation selectors
        => Some(UnprintableKind::Invisible),
        // The last two code points of every plane are not characters.
        _ if u32::from(character) & 0xfffe == 0xfffe => Some(UnprintableKind::Invisible),
        _ => None,
    }
}
