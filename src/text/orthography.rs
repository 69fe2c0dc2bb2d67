//! Characters that are not drawn but belong to the spelling of a language.
//!
//! Joiners choose the shapes of neighbouring letters, and selectors that of the character before them. They are text
//! only where a script needs them; elsewhere they would be hidden. Each place is decided by its neighbouring characters
//! alone.

use unicode_joining_type::{JoiningType, get_joining_type};
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_width::UnicodeWidthChar;

use super::unprintable::{JOINER, MARKS, NON_JOINER, unprintable};

/// The combining class of a virama, which takes the vowel from a letter.
const VIRAMA: u8 = 9;
/// The black flag: tags turn it into the flag of a region.
const FLAG: char = '\u{1f3f4}';
/// The regions that Unicode recommends (UTS 51, `RGI_Emoji_Tag_Sequence`): others are drawn as the black flag alone.
const PARTS: [&str; 3] = ["gbeng", "gbsct", "gbwls"];
/// Tags are ASCII characters at this offset, and end with the last of them.
const TAGS: u32 = 0xe0000;

/// Whether a joiner or non-joiner between two texts is orthography (UAX 31, section 2.3, rules A1, A2 and B), or joins
/// emoji (UTS 51).
pub(super) fn is_joining(character: char, before: &str, after: &str) -> bool {
    let next = after.chars().next();
    match character {
        NON_JOINER => next.is_some_and(|next| separates(before, next)),
        JOINER => joins_emoji(before, next) || shapes(before, next),
        _ => false,
    }
}

/// A1: a non-joiner keeps two letters of a cursive script apart. A2: it keeps a virama visible.
fn separates(before: &str, next: char) -> bool {
    let mut letters = before.chars().rev().take(MARKS);
    let is_transparent =
        |it: &char| get_joining_type(*it) == JoiningType::Transparent && unprintable(*it).is_none();
    let last = letters.find(|it| !is_transparent(it));
    let joins_next = last.is_some_and(|last| {
        matches!(
            get_joining_type(last),
            JoiningType::DualJoining | JoiningType::LeftJoining
        )
    });
    let joins_last = matches!(
        get_joining_type(next),
        JoiningType::DualJoining | JoiningType::RightJoining
    );
    joins_next && joins_last
        || is_letter(next) && killed(before).is_some_and(|letter| is_of_one_script(letter, next))
}

/// B: a joiner behind a virama asks for the shape of a letter in a conjunct; it has no effect before a vowel sign. A
/// joiner before a virama chooses between two conjuncts in Bengali, Kannada and Sinhala (Unicode 16, chapters 12 and
/// 13).
fn shapes(before: &str, next: Option<char>) -> bool {
    let is_vowel_sign = |it: char| is_combining_mark(it) && canonical_combining_class(it) == 0;
    if killed(before).is_some() {
        return !next.is_some_and(is_vowel_sign);
    }
    let last = before.chars().next_back().filter(|it| is_letter(*it));
    let (Some(letter), Some(next)) = (last, next) else {
        return false;
    };
    canonical_combining_class(next) == VIRAMA && is_of_one_script(letter, next)
}

/// The letter that loses its vowel to a virama at the end of a text.
fn killed(text: &str) -> Option<char> {
    let mut virama = None;
    for character in text.chars().rev().take(MARKS) {
        match canonical_combining_class(character) {
            0 => {
                let takes =
                    |virama: char| is_letter(character) && is_of_one_script(character, virama);
                return virama.is_some_and(takes).then_some(character);
            }
            VIRAMA => virama = Some(character),
            _ => {}
        }
    }
    None
}

fn is_letter(character: char) -> bool {
    character.is_alphabetic() && !is_combining_mark(character)
}

/// Whether two characters belong to the same script of India or its neighbours: each has a block of 128 code points.
fn is_of_one_script(one: char, other: char) -> bool {
    u32::from(one) >> 7 == u32::from(other) >> 7
}

/// Whether a joiner is between two emoji.
fn joins_emoji(before: &str, next: Option<char>) -> bool {
    let mut last = before.chars().rev();
    let is_picture = match last.next() {
        Some('\u{fe0f}') => last.next().is_some_and(|it| !it.is_alphabetic()),
        Some(last) => is_emoji(last),
        None => false,
    };
    is_picture && next.is_some_and(is_emoji)
}

/// The blocks whose characters are joined into pictures.
const fn is_emoji(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{21ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Variation selectors: they choose the shape of the character before them.
pub(super) const fn is_selector(character: char) -> bool {
    matches!(character, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a selector chooses the shape of the character before it, as standardized variation sequences and ideographic
/// ones (UTS 37) do. Behind a letter it has no effect, and can hide whole messages.
pub(super) fn is_selected(before: char, selector: char, after: &str) -> bool {
    // Selectors of Mongolian letters work only there (Unicode 16, 13.5), and others do not.
    let is_mongolian = is_mongolian(before);
    if is_mongolian || selector < '\u{fe00}' {
        return is_mongolian && selector < '\u{fe00}';
    }
    match (before, selector) {
        ('\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}', _) => {
            !matches!(selector, '\u{fe03}'..='\u{fe0f}')
        }
        ('0'..='9' | '#' | '*', '\u{fe0e}' | '\u{fe0f}') => after.starts_with('\u{20e3}'),
        // Letters of Myanmar, Phags-pa and Manichaean have two shapes.
        (
            '\u{1000}'..='\u{109f}'
            | '\u{a840}'..='\u{a87f}'
            | '\u{aa60}'..='\u{aa7f}'
            | '\u{10ac0}'..='\u{10aff}',
            '\u{fe00}',
        ) => before.is_alphabetic(),
        ('\0'..='\u{7f}', _) => false,
        (_, '\u{fe00}' | '\u{fe01}' | '\u{fe0e}' | '\u{fe0f}') => {
            !before.is_alphabetic() && !is_selector(before) && before.width() != Some(0)
        }
        _ => false,
    }
}

const fn is_mongolian(character: char) -> bool {
    matches!(character, '\u{1820}'..='\u{18aa}')
}

/// Whether a vowel separator is before a final vowel of Mongolian, whose shape it chooses (Unicode 16, 13.5).
pub(super) fn is_separating_vowel(before: Option<char>, after: &str) -> bool {
    before.is_some_and(is_mongolian) && after.starts_with(['\u{1820}', '\u{1821}'])
}

/// The length in bytes of the tags that turn a flag into that of a region.
pub(super) fn tags(flag: char, after: &str) -> Option<usize> {
    if flag != FLAG {
        return None;
    }
    let tag = |character: char| {
        u32::from(character)
            .checked_sub(TAGS)
            .and_then(char::from_u32)
    };
    let mut read = after.chars().map_while(tag);
    let part: String = read
        .by_ref()
        .take_while(|it| *it != '\u{7f}')
        .take(6)
        .collect();
    let count = part.chars().count() + 1;
    let bytes: usize = after.chars().take(count).map(char::len_utf8).sum();
    let ends = after.chars().nth(count - 1).and_then(tag) == Some('\u{7f}');
    (ends && PARTS.contains(&part.as_str())).then_some(bytes)
}
