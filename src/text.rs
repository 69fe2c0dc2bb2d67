//! Making characters visible that a reader cannot see or a terminal would obey.
//!
//! Text from a file reaches a screen or a report only through [`visible`].

mod lines;

use std::borrow::Cow;
use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

pub use lines::{lines, set, width};

/// Zero width joiner: it holds the parts of one emoji together.
const JOINER: char = '\u{200d}';
/// How many marks a letter may carry: no language needs more (UAX 15, Stream-Safe Text Format).
const MARKS: usize = 30;
/// What a mark that has no letter stands on: the circle that code charts draw.
const STAND: char = '◌';

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

/// The characters of a text that nobody can see, each with its first byte.
///
/// A zero width joiner between two emoji is part of a picture that everybody sees, and is not among
/// them, nor is a variation selector on a picture; the same anywhere else are. A mark is among them where it
/// has nothing to stand on, or too much company.
pub fn unseen_in(text: &str) -> impl Iterator<Item = (usize, char, Unseen)> {
    UnseenIn {
        text,
        at: 0,
        before: None,
        marks: 0,
    }
}

/// A walk over the characters that nobody can see.
struct UnseenIn<'t> {
    text: &'t str,
    at: usize,
    /// The character on which a mark would stand.
    before: Option<char>,
    /// How many marks stand on it.
    marks: usize,
}

impl UnseenIn<'_> {
    /// Goes past characters of ASCII that can be seen: nearly every text is made of them, and there is much of it.
    fn skip_plain(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let plain = rest.iter().position(|byte| !matches!(byte, b' '..=b'~'));
        let plain = plain.unwrap_or(rest.len());
        if let Some(&last) = plain.checked_sub(1).and_then(|last| rest.get(last)) {
            self.at += plain;
            self.marks = 0;
            self.before = Some(char::from(last)).filter(|it| can_carry(*it));
        }
    }
}

impl Iterator for UnseenIn<'_> {
    type Item = (usize, char, Unseen);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.skip_plain();
            let at = self.at;
            let character = self.text.get(at..)?.chars().next()?;
            self.at += character.len_utf8();
            let found = judge((self.text, at), character, self.before, &mut self.marks);
            // Nothing can stand on what is hidden or is not there.
            self.before = Some(character)
                .filter(|it| matches!(found, None | Some(Unseen::Lone)) && can_carry(*it));
            if let Some(unseen) = found {
                return Some((at, character, unseen));
            }
        }
    }
}

/// Whether a mark can stand on a character: on no space, and on no sign in which a report sets what it quotes.
fn can_carry(character: char) -> bool {
    !character.is_whitespace() && character != '`'
}

/// What is the matter with a character where it stands; `marks` counts those on one letter.
fn judge(
    (text, at): (&str, usize),
    character: char,
    before: Option<char>,
    marks: &mut usize,
) -> Option<Unseen> {
    if let Some(unseen) = unseen(character) {
        *marks = 0;
        let is_seen = character == JOINER && joins_emoji(before, text, at);
        return (!is_seen).then_some(unseen);
    }
    if is_selector(character) {
        let is_seen = before.is_some_and(|it| is_selected(it, character, text, at));
        return (!is_seen).then_some(Unseen::Invisible);
    }
    if character.width() != Some(0) {
        *marks = 0;
        return None;
    }
    *marks += 1;
    match before {
        _ if *marks > MARKS => Some(Unseen::Surplus),
        None => Some(Unseen::Lone),
        Some(_) => None,
    }
}

/// The text with every such character made visible: `␛` for escape and so on for C0 and DEL,
/// `⟨U+202E⟩` for the rest, and a circle under a mark that stands on nothing. Text without any is returned as
/// it is.
pub fn visible(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut done = 0;
    for (at, character, unseen) in unseen_in(text) {
        shown.push_str(text.get(done..at).unwrap_or_default());
        push_picture(&mut shown, character, unseen);
        done = at + character.len_utf8();
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(shown)
}

/// Adds what stands for a character that cannot be seen.
pub fn push_picture(shown: &mut String, character: char, unseen: Unseen) {
    match character {
        '\u{00}'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(character))),
        '\u{7f}' => shown.push('␡'),
        _ if unseen == Unseen::Lone => shown.extend([STAND, character]),
        _ => {
            let code = u32::from(character);
            write!(shown, "⟨U+{code:04X}⟩").expect("a string takes everything");
        }
    }
}

/// Whether a joiner at a place stands between two emoji; a selector that is hidden is none.
fn joins_emoji(before: Option<char>, text: &str, at: usize) -> bool {
    let after = text.get(at..).and_then(|tail| tail.chars().nth(1));
    before.is_some_and(|it| is_emoji(it) || it == '\u{fe0f}') && after.is_some_and(is_emoji)
}

/// The blocks whose characters are joined into pictures.
const fn is_emoji(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{21ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Variation selectors: they choose among the looks of the character before them.
const fn is_selector(character: char) -> bool {
    matches!(character, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}')
}

/// Whether a selector at a place chooses the look of what stands before it. On a letter it chooses nothing, and
/// whole messages are hidden that way.
fn is_selected(before: char, selector: char, text: &str, at: usize) -> bool {
    let is_key = || {
        let after = text.get(at..).and_then(|tail| tail.chars().nth(1));
        after == Some('\u{20e3}')
    };
    // Those of Mongolian letters are no use to others (Unicode 16, 13.5), nor others to them.
    let is_mongolian = matches!(before, '\u{1820}'..='\u{18aa}');
    if is_mongolian || selector < '\u{fe00}' {
        return is_mongolian && selector < '\u{fe00}';
    }
    match before {
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => true,
        '0'..='9' | '#' | '*' => is_key(),
        '\0'..='\u{7f}' => false,
        _ => !before.is_alphabetic() && !is_selector(before) && before.width() != Some(0),
    }
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
        let hidden = "a\u{fe0f}\u{200d}👧";
        assert_eq!(visible(hidden), "a⟨U+FE0F⟩⟨U+200D⟩👧");
    }

    #[test]
    fn a_mark_never_stands_on_what_is_not_its_letter() {
        assert_eq!(visible("\u{301}a"), "◌\u{301}a");
        assert_eq!(visible("a \u{301}\u{300}"), "a ◌\u{301}\u{300}");
        assert_eq!(visible("\u{1b}\u{301}"), "␛◌\u{301}");
        assert_eq!(visible("e\u{301}"), "e\u{301}");
        assert_eq!(visible("`\u{301}` is"), "`◌\u{301}` is");
    }

    #[test]
    fn what_a_letter_carries_beyond_thirty_marks_is_spelled_out() {
        let thirty = format!("a{}", "\u{301}".repeat(30));
        assert_eq!(visible(&thirty), thirty);
        let more = format!("{thirty}\u{301}b");
        assert_eq!(visible(&more), format!("{thirty}⟨U+0301⟩b"));
    }

    #[test]
    fn a_variation_selector_is_seen_on_a_picture_only() {
        for seen in ["❤\u{fe0f}", "1\u{fe0f}\u{20e3}", "葛\u{fe00}"] {
            assert_eq!(visible(seen), seen);
        }
        assert_eq!(visible("a\u{fe0f}b1\u{fe0f}"), "a⟨U+FE0F⟩b1⟨U+FE0F⟩");
        assert_eq!(visible("❤\u{fe0f}\u{fe01}"), "❤\u{fe0f}⟨U+FE01⟩");
        assert_eq!(visible("x\u{fe0f}\u{20e3}"), "x⟨U+FE0F⟩◌\u{20e3}");
        assert_eq!(
            visible("ᠠ\u{180b}日\u{180b}ᠠ\u{fe00}"),
            "ᠠ\u{180b}日⟨U+180B⟩ᠠ⟨U+FE00⟩"
        );
    }

    #[test]
    fn what_is_no_character_is_spelled_out() {
        assert_eq!(
            visible("\u{fdd0}\u{ffff}\u{10fffe}"),
            "⟨U+FDD0⟩⟨U+FFFF⟩⟨U+10FFFE⟩"
        );
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
