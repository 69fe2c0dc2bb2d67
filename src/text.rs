//! Making characters visible that a reader cannot see or a terminal would obey.
//!
//! Text from a file reaches a screen or a report only through [`visible`].

use std::borrow::Cow;
use std::fmt::Write;

/// Zero width joiner: it holds the parts of one emoji together.
const JOINER: char = '\u{200d}';

/// What is the matter with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// A control character: C0, DEL or C1. A terminal may obey it.
    Control,
    /// It changes the order or the look of what stands around it, or hides in it.
    Invisible,
}

/// What is the matter with a character, if anything.
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
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' // musical format characters
        | '\u{e0000}'..='\u{e0fff}' // tags and further variation selectors
        => Some(Unseen::Invisible),
        _ => None,
    }
}

/// The characters of a text that nobody can see, each with its first byte.
///
/// A zero width joiner between two emoji is part of a picture that everybody sees, and is not among
/// them; the same joiner anywhere else is.
pub fn unseen_in(text: &str) -> impl Iterator<Item = (usize, char, Unseen)> {
    // Nearly every text is plain, and there is much of it.
    let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let text = if plain { "" } else { text };
    text.char_indices().filter_map(|(at, character)| {
        let unseen = unseen(character)?;
        let seen = character == JOINER && joins_emoji(text, at);
        (!seen).then_some((at, character, unseen))
    })
}

/// The text with every such character made visible: `␛` for escape and so on for C0 and DEL,
/// `⟨U+202E⟩` for the rest. Text without any is returned as it is.
pub fn visible(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut done = 0;
    for (at, character, _) in unseen_in(text) {
        shown.push_str(text.get(done..at).unwrap_or_default());
        push_picture(&mut shown, character);
        done = at + character.len_utf8();
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(shown)
}

/// Adds what stands for a character that cannot be seen.
pub fn push_picture(shown: &mut String, character: char) {
    match character {
        '\u{00}'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(character))),
        '\u{7f}' => shown.push('␡'),
        _ => {
            let code = u32::from(character);
            write!(shown, "⟨U+{code:04X}⟩").expect("a string takes everything");
        }
    }
}

fn joins_emoji(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|head| head.chars().next_back());
    let after = text.get(at..).and_then(|tail| tail.chars().nth(1));
    before.is_some_and(|it| is_emoji(it) || it == '\u{fe0f}') && after.is_some_and(is_emoji)
}

/// The blocks whose characters are joined into pictures.
const fn is_emoji(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{21ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_terminal_would_obey_becomes_a_picture() {
        assert_eq!(visible("a\u{1b}[31m"), "a␛[31m");
        assert_eq!(visible("\u{7f}\0"), "␡␀");
        assert_eq!(visible("\u{9b}x\u{202e}"), "⟨U+009B⟩x⟨U+202E⟩");
        assert!(matches!(visible("späte 日本 👍🏽"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_joiner_is_left_alone_only_inside_an_emoji() {
        let family = "👩\u{200d}👩\u{200d}👧 ❤\u{fe0f}\u{200d}🔥";
        assert_eq!(visible(family), family);
        assert_eq!(visible("a\u{200d}b"), "a⟨U+200D⟩b");
    }

    proptest! {
        #[test]
        fn nothing_unseen_is_left(text in any::<String>()) {
            let shown = visible(&text).into_owned();
            prop_assert_eq!(unseen_in(&shown).count(), 0);
            prop_assert_eq!(visible(&shown).into_owned(), shown.clone());
            prop_assert!(!shown.chars().any(char::is_control));
        }
    }
}
