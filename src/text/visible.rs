//! Making characters visible that a reader cannot see or a terminal would obey.

use std::borrow::Cow;
use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

use super::orthography::{is_joining, is_selected, is_selector, is_separating_vowel, tags};
use super::plain::plain_length;
use super::unprintable::{
    JOINER, MARKS, NON_JOINER, UnprintableKind, VOWEL_SEPARATOR, unprintable,
};

/// The base for a mark without a letter: the circle that code charts draw.
const BASE: char = '◌';

/// The unprintable characters of a text, each with its first byte.
///
/// Joiners, selectors and tags are excluded where they belong to the spelling of a word or an emoji, and included
/// elsewhere. Marks are included if they have no base, or if the base has too many.
pub fn unprintable_in(text: &str) -> impl Iterator<Item = (usize, char, UnprintableKind)> {
    UnprintableCharacters {
        text,
        at: 0,
        skips_breaks: false,
        before: None,
        marks: 0,
    }
}

/// [`unprintable_in`] without line feeds and tabs.
pub fn unprintable_in_lines(text: &str) -> impl Iterator<Item = (usize, char, UnprintableKind)> {
    UnprintableCharacters {
        text,
        at: 0,
        skips_breaks: true,
        before: None,
        marks: 0,
    }
}

/// An iterator over unprintable characters.
struct UnprintableCharacters<'t> {
    text: &'t str,
    at: usize,
    /// Whether line feeds and tabs are passed over like printable ASCII.
    skips_breaks: bool,
    /// The base that a mark would combine with.
    before: Option<char>,
    /// The number of marks on it.
    marks: usize,
}

impl UnprintableCharacters<'_> {
    /// Skips printable ASCII: nearly every text consists of it.
    fn skip_plain(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let plain = if self.skips_breaks {
            plain_length::<true>(rest)
        } else {
            plain_length::<false>(rest)
        };
        if let Some(&last) = plain.checked_sub(1).and_then(|last| rest.get(last)) {
            self.at += plain;
            self.marks = 0;
            self.before = Some(char::from(last)).filter(|it| can_carry(*it));
        }
    }

    /// Judges the character that begins at a byte and was just passed.
    fn judge(&mut self, at: usize, character: char) -> Option<UnprintableKind> {
        let before = || self.text.get(..at).unwrap_or_default();
        let after = || self.text.get(self.at..).unwrap_or_default();
        if is_selector(character) {
            let is_seen = self
                .before
                .is_some_and(|it| is_selected(it, character, after()));
            return (!is_seen).then_some(UnprintableKind::Invisible);
        }
        if let Some(kind) = unprintable(character) {
            let is_seen = match character {
                // Hidden or missing characters are not letters that a joiner could shape.
                JOINER | NON_JOINER => {
                    self.before.is_some() && is_joining(character, before(), after())
                }
                VOWEL_SEPARATOR => is_separating_vowel(self.before, after()),
                _ => false,
            };
            self.marks = 0;
            return (!is_seen).then_some(kind);
        }
        if character.width() != Some(0) {
            self.marks = 0;
            return None;
        }
        self.marks += 1;
        match self.before {
            _ if self.marks > MARKS => Some(UnprintableKind::SurplusMark),
            None => Some(UnprintableKind::LoneMark),
            Some(_) => None,
        }
    }
}

impl Iterator for UnprintableCharacters<'_> {
    type Item = (usize, char, UnprintableKind);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.skip_plain();
            let at = self.at;
            let character = self.text.get(at..)?.chars().next()?;
            self.at += character.len_utf8();
            let found = self.judge(at, character);
            if let Some(tags) = tags(character, self.text.get(self.at..).unwrap_or_default()) {
                self.at += tags;
            }
            // Nothing combines with a hidden or missing character.
            self.before = Some(character).filter(|it| {
                matches!(found, None | Some(UnprintableKind::LoneMark)) && can_carry(*it)
            });
            if let Some(kind) = found {
                return Some((at, character, kind));
            }
        }
    }
}

/// Whether a character can carry a mark: spaces cannot, nor can the quotation sign of reports.
fn can_carry(character: char) -> bool {
    !character.is_whitespace() && character != '`'
}

/// The text with unprintable characters replaced: `␛` for escape and so on for C0 and DEL, `⟨U+202E⟩` for others, and a
/// circle under a mark without a base. Other text is returned unchanged.
pub fn visible(text: &str) -> Cow<'_, str> {
    if plain_length::<false>(text.as_bytes()) == text.len() {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    let mut done = 0;
    for (at, character, kind) in unprintable_in(text) {
        shown.push_str(text.get(done..at).unwrap_or_default());
        push_picture(&mut shown, character, kind);
        done = at + character.len_utf8();
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(shown)
}

/// [`visible`], for output that keeps tabs.
pub fn visible_with_tabs(text: &str) -> Cow<'_, str> {
    if !text.contains('\t') {
        return visible(text);
    }
    let parts: Vec<_> = text.split('\t').map(visible).collect();
    Cow::Owned(parts.join("\t"))
}

/// Adds the picture of an unprintable character.
pub fn push_picture(shown: &mut String, character: char, kind: UnprintableKind) {
    match character {
        '\u{00}'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(character))),
        '\u{7f}' => shown.push('␡'),
        _ if kind == UnprintableKind::LoneMark => shown.extend([BASE, character]),
        _ => {
            let code = u32::from(character);
            write!(shown, "⟨U+{code:04X}⟩").expect("a string takes everything");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_feeds_and_tabs_may_be_passed_over() {
        for text in [
            "a\n\u{301}b\t\u{200d}\r\n\u{1b}",
            "\n\u{301}",
            "e\u{301}\n\t\u{fe0f}x\u{202e}\n",
            "नी\n\u{200d}त\u{200d}\nत",
        ] {
            let is_break = |character| matches!(character, '\n' | '\t');
            let others = unprintable_in(text).filter(|&(_, character, _)| !is_break(character));
            let in_lines: Vec<_> = unprintable_in_lines(text).collect();
            assert_eq!(in_lines, others.collect::<Vec<_>>(), "{text:?}");
        }
    }
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
    fn a_mark_never_combines_with_what_is_not_its_letter() {
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

    /// Words of languages, and emoji: each is shown unchanged.
    const WRITTEN: &[&str] = &[
        "می\u{200c}خواهم",
        "خانه\u{200c}ای",
        // Sinhala, Hindi, Bengali, Malayalam, Kannada, Marathi.
        "ශ්\u{200d}රී ලංකාව",
        "क्\u{200d}ष क्\u{200c}ष",
        "র\u{200d}্যাব",
        "অ\u{9cd}\u{200d}য",
        "അവന്\u{200d}",
        "ಅರ\u{200d}್ಥ",
        "दर्\u{200d}या",
        "葛\u{e0100}城 邉\u{e0109}",
        "〈\u{fe00}",
        "\u{1000}\u{fe00}",
        "ᠬᠠᠨ\u{180e}ᠠ",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}!",
        "🏴\u{200d}☠\u{fe0f}",
    ];

    #[test]
    fn what_a_language_is_written_with_is_shown_as_it_is() {
        for text in WRITTEN {
            assert_eq!(visible(text), *text, "{text:?}");
        }
    }

    #[test]
    fn the_same_is_spelled_out_where_no_language_needs_it() {
        for (text, shown) in [
            ("pass\u{200c}word", "pass⟨U+200C⟩word"),
            ("م\u{200c} ", "م⟨U+200C⟩ "),
            ("م\u{200c}\u{200c}م", "م⟨U+200C⟩⟨U+200C⟩م"),
            ("م\u{200c}a", "م⟨U+200C⟩a"),
            // Dal does not join the letter after it.
            ("د\u{200c}م", "د⟨U+200C⟩م"),
            ("م\u{202e}\u{200c}م", "م⟨U+202E⟩⟨U+200C⟩م"),
            ("क\u{200c}ष", "क⟨U+200C⟩ष"),
            ("क\u{94d}\u{200c}a", "क\u{94d}⟨U+200C⟩a"),
            ("क\u{200d}ष", "क⟨U+200D⟩ष"),
            ("क\u{94d}\u{200d}\u{93e}", "क\u{94d}⟨U+200D⟩\u{93e}"),
            ("a\u{94d}\u{200d}", "a\u{94d}⟨U+200D⟩"),
            ("葛\u{e0100}\u{e0101}", "葛\u{e0100}⟨U+E0101⟩"),
            ("か\u{e0100}", "か⟨U+E0100⟩"),
            ("😀\u{fe05}", "😀⟨U+FE05⟩"),
            ("a\u{180e}ᠠ", "a⟨U+180E⟩ᠠ"),
            ("🏴\u{e0067}\u{e007f}", "🏴⟨U+E0067⟩⟨U+E007F⟩"),
            ("😀\u{e0067}\u{e0062}", "😀⟨U+E0067⟩⟨U+E0062⟩"),
        ] {
            assert_eq!(visible(text), shown, "{text:?}");
        }
    }

    /// The characters with a Unicode property.
    fn with(property: &str) -> impl Iterator<Item = char> {
        let hir = regex_syntax::parse(&format!(r"\p{{{property}}}")).expect("it is a property");
        let regex_syntax::hir::HirKind::Class(regex_syntax::hir::Class::Unicode(class)) =
            hir.into_kind()
        else {
            panic!("{property} is not a class");
        };
        let ranges: Vec<_> = class.iter().map(|it| it.start()..=it.end()).collect();
        ranges.into_iter().flatten()
    }

    #[test]
    fn the_table_has_every_character_that_unicode_says_is_not_drawn() {
        // These are drawn around the digits that follow.
        let drawn: Vec<char> = with("Prepended_Concatenation_Mark").collect();
        let formats = with("Cf").filter(|it| !drawn.contains(it));
        for character in formats.chain(with("Default_Ignorable_Code_Point")) {
            assert!(
                unprintable(character).is_some() || is_selector(character),
                "U+{:04X}",
                u32::from(character)
            );
        }
    }

    #[test]
    fn what_is_not_a_character_is_spelled_out() {
        assert_eq!(
            visible("\u{fdd0}\u{ffff}\u{10fffe}"),
            "⟨U+FDD0⟩⟨U+FFFF⟩⟨U+10FFFE⟩"
        );
    }

    /// Joiners and selectors, next to characters that need them and characters that do not.
    fn joined() -> impl Strategy<Value = String> {
        const PARTS: &[&str] = &[
            "\u{200c}",
            "\u{200d}",
            "\u{fe00}",
            "\u{fe0f}",
            "\u{e0100}",
            "\u{e0067}",
            "\u{e007f}",
            "\u{180b}",
            "\u{180e}",
            "م",
            "د",
            "\u{64e}",
            "क",
            "\u{94d}",
            "\u{93e}",
            "র",
            "\u{9cd}",
            "葛",
            "ᠠ",
            "🏴",
            "😀",
            "☠",
            "a",
            "1",
            " ",
            "\u{202e}",
            "\u{301}",
        ];
        prop::collection::vec(prop::sample::select(PARTS), 0..12).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn nothing_is_smuggled_between_what_is_seen(text in joined()) {
            let shown = visible(&text).into_owned();
            prop_assert_eq!(visible(&shown), shown.as_str());
            // Invisible characters never follow one another, except the tags of a flag, and none is at the beginning or
            // next to an ASCII letter.
            let plain = ["gbeng", "gbsct", "gbwls"].iter().fold(shown, |shown, part| {
                let tags = part.chars().chain(['\u{7f}']);
                let tags = tags.filter_map(|it| char::from_u32(0xe0000 + u32::from(it)));
                shown.replace(&format!("🏴{}", tags.collect::<String>()), "🏴")
            });
            let mut before = ' ';
            for character in plain.chars() {
                let is_hidden = |it: char| unprintable(it).is_some() || is_selector(it);
                if is_hidden(character) {
                    prop_assert!(!before.is_ascii() || character == '\u{fe0f}', "{:?}", plain);
                    let joins_picture = (before, character) == ('\u{fe0f}', JOINER);
                    prop_assert!(!is_hidden(before) || joins_picture, "{:?}", plain);
                }
                before = character;
            }
        }

        #[test]
        fn nothing_unprintable_is_left(text in any::<String>()) {
            let shown = visible(&text).into_owned();
            prop_assert_eq!(unprintable_in(&shown).count(), 0);
            prop_assert_eq!(visible(&shown).into_owned(), shown.clone());
            prop_assert!(!shown.chars().any(char::is_control));
        }
    }
}
