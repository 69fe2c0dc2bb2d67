//! Characters that a reader cannot see, or that a terminal would obey.

/// Zero width joiner: it joins emoji to one, and asks for the joined shape of a letter.
pub(super) const JOINER: char = '\u{200d}';
/// Zero width non-joiner: it keeps letters apart that would be joined.
pub(super) const NON_JOINER: char = '\u{200c}';
/// It comes before a last vowel of Mongolian.
pub(super) const VOWEL_SEPARATOR: char = '\u{180e}';
/// How many marks a letter may carry: no language needs more (UAX 15, Stream-Safe Text Format).
pub(super) const MARKS: usize = 30;

/// What is the matter with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// A control character: C0, DEL or C1. A terminal may obey it.
    Control,
    /// It changes the order or the look of what stands around it, or hides in it, or is no character at all.
    Invisible,
    /// A mark that has no letter before it: it would stand on whatever is drawn there.
    Lone,
    /// One mark too many on a letter: it grows over the lines around it.
    Surplus,
}

/// What is the matter with a character by itself, if anything.
///
/// Line feed and tab are controls here too: whoever has lines or columns lays them out first.
pub fn unseen(character: char) -> Option<Unseen> {
    match character {
        _ if character.is_control() => Some(Unseen::Control),
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
        => Some(Unseen::Invisible),
        // The last two of every plane are no characters.
        _ if u32::from(character) & 0xfffe == 0xfffe => Some(Unseen::Invisible),
        _ => None,
    }
}
