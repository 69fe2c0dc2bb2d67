//! A timeline whose texts are all hostile, and an independent list of the characters that no output may have.

use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::Regex;
use unicode_width::UnicodeWidthChar;

/// An example of each kind of control, invisible, bidirectional and unassigned character, with its replacement on the
/// screen.
pub const HOSTILE: &[(&str, &str)] = &[
    ("a\0b", "a␀b"),
    ("a\u{7}b", "a␇b"),
    ("a\u{8}b", "a␈b"),
    ("a\u{1b}[31mb", "a␛[31mb"),
    ("a\u{1b}]0;owned\u{7}b", "a␛]0;owned␇b"),
    ("a\u{1b}]8;;http://x\u{1b}\\b", "a␛]8;;http://x␛\\b"),
    ("a\u{1b}Pq\u{1b}\\b", "a␛Pq␛\\b"),
    ("a\u{1b}cb", "a␛cb"),
    ("a\u{7f}b", "a␡b"),
    ("a\u{80}b", "a⟨U+0080⟩b"),
    ("a\u{90}b", "a⟨U+0090⟩b"),
    ("a\u{9b}2Jb", "a⟨U+009B⟩2Jb"),
    ("a\u{9d}0;x\u{9c}b", "a⟨U+009D⟩0;x⟨U+009C⟩b"),
    ("a\u{ad}b", "a⟨U+00AD⟩b"),
    ("a\u{34f}b", "a⟨U+034F⟩b"),
    ("a\u{61c}b", "a⟨U+061C⟩b"),
    ("a\u{3164}b", "a⟨U+3164⟩b"),
    ("a\u{180b}b", "a⟨U+180B⟩b"),
    ("a\u{180e}b", "a⟨U+180E⟩b"),
    ("a\u{200b}b", "a⟨U+200B⟩b"),
    ("a\u{200c}b", "a⟨U+200C⟩b"),
    ("a\u{200d}b", "a⟨U+200D⟩b"),
    ("a\u{200e}b", "a⟨U+200E⟩b"),
    ("a\u{200f}b", "a⟨U+200F⟩b"),
    ("a\u{202a}b", "a⟨U+202A⟩b"),
    ("a\u{202e}b\u{202c}", "a⟨U+202E⟩b⟨U+202C⟩"),
    ("a\u{2060}b", "a⟨U+2060⟩b"),
    ("a\u{2800}b", "a⟨U+2800⟩b"),
    ("a\u{13430}b", "a⟨U+13430⟩b"),
    ("a\u{2066}b\u{2069}", "a⟨U+2066⟩b⟨U+2069⟩"),
    ("a\u{2067}b", "a⟨U+2067⟩b"),
    ("a\u{2068}b", "a⟨U+2068⟩b"),
    ("a\u{206f}b", "a⟨U+206F⟩b"),
    ("a\u{fdd0}b", "a⟨U+FDD0⟩b"),
    ("a\u{fe0f}b", "a⟨U+FE0F⟩b"),
    ("a\u{feff}b", "a⟨U+FEFF⟩b"),
    ("a\u{fff9}b\u{fffb}", "a⟨U+FFF9⟩b⟨U+FFFB⟩"),
    ("a\u{ffff}b", "a⟨U+FFFF⟩b"),
    ("a\u{1d173}b", "a⟨U+1D173⟩b"),
    ("a\u{e0001}b", "a⟨U+E0001⟩b"),
    ("a\u{e0041}\u{e007f}b", "a⟨U+E0041⟩⟨U+E007F⟩b"),
    ("a\u{e0100}b", "a⟨U+E0100⟩b"),
    ("a\u{10ffff}b", "a⟨U+10FFFF⟩b"),
    ("\u{301}b", "◌\u{301}b"),
    ("a \u{20dd}b", "a ◌\u{20dd}b"),
];

/// Separators of words, which each writer may replace by a space or a picture.
pub const BREAKS: &[char] = &[
    '\t', '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
];

/// The TOML string of a text.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        write!(out, "\\U{:08X}", u32::from(character)).expect("a string takes everything");
    }
    out.push('"');
    out
}

/// A timeline in which every text and id is one of `texts`.
pub fn timeline(texts: &[String]) -> String {
    const SHAPE: &str = "[timeline]\ntitle = @\nsummary = @\nbanner = @\ntlp = @\nyardstick = @\n\
        [entities.$]\nname = @\nkind = \"group\"\naliases = [@, @]\nattack = @\n\
        [entities.two]\nname = @\nkind = @\n\
        [sources.$]\ntitle = @\npublisher = @\npublished = \"2024-03-25\"\nurl = @\nderives-from = [@]\nreliability = @\n\
        [[events]]\nid = $\nwhen = \"2021\"\ntitle = @\nphase = @\nlane = [@, @]\nactors = [$, @]\ntargets = [\"two\"]\n\
        tags = [@, @]\ntechniques = [@]\nsummary = @\ndiscovered = @\ndisclosed = \"2023\"\nlinks = [{ to = @, as = @ }]\n\
        [[events.claims]]\nby = $\nsource = $\nat = @\nabout = \"date\"\nvalue = \"2022\"\ntext = @\nwords = @\nlikelihood = @\nyardstick = @\n\
        [[events.claims]]\nby = \"two\"\nsource = $\nabout = \"effect\"\nvalue = @\nstance = @\ntext = @\nconfidence = @\n\
        [[events]]\nwhen = @\ntitle = @\nactors = [@]\n\
        [views.$]\ntitle = @\nfilter = @\ngroup = @\n\
        [views.all]\ntitle = @\nfilter = \"\"\n\
        [[scenes]]\ntitle = @\nview = $\nselect = $\nsay = @\nnotes = @\nminutes = 2\naudience = [@, @]\nreveal = [\"claims\", \"sources\", @]\n\
        [[scenes]]\ntitle = @\nview = \"all\"\nsay = @\nnotes = @\nreveal = [\"claims\", \"sources\"]\n\
        [[questions]]\ntext = @\nstatus = \"open\"\nevents = [$]\nsettles = @\n\
        [@]\n@ = @\n";
    let mut next = texts.iter().cycle();
    let id = quoted(texts.first().map_or("x", String::as_str));
    let mut out = String::new();
    for character in SHAPE.chars() {
        match character {
            '@' => out.push_str(&quoted(next.next().expect("a cycle never ends"))),
            '$' => out.push_str(&id),
            _ => out.push(character),
        }
    }
    out
}

/// A rough test for characters that may be next to a joiner or before a selector.
fn is_pictorial(character: char) -> bool {
    !character.is_alphabetic() && !character.is_control() && !character.is_whitespace()
}

/// A rough test for characters of cursive and Indic scripts, whose shapes joiners choose.
fn is_shaped(character: char) -> bool {
    matches!(character, '\u{600}'..='\u{109f}' | '\u{1700}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{10a00}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}')
}

/// Whether no output may have a character: control, invisible, bidirectional or unassigned.
fn is_forbidden(before: Option<char>, character: char, after: Option<char>) -> bool {
    match character {
        // Between the parts of an emoji, and behind a character whose shape it chooses, the joiner is visible.
        '\u{200d}' => {
            let joins = before.is_some_and(is_pictorial) && after.is_some_and(is_pictorial);
            !(joins || before.is_some_and(is_shaped))
        }
        '\u{200c}' => !(before.is_some_and(is_shaped) && after.is_some_and(is_shaped)),
        '\u{e0100}'..='\u{e01ef}' => {
            !before.is_some_and(|it| ('\u{3400}'..'\u{40000}').contains(&it))
        }
        // The tags of a flag.
        '\u{e0061}'..='\u{e007f}' => {
            !before.is_some_and(|it| it == '🏴' || ('\u{e0061}'..'\u{e007b}').contains(&it))
        }
        '\u{180e}' => !before.is_some_and(|it| ('\u{1800}'..'\u{18b0}').contains(&it)),
        '\u{fe00}'..='\u{fe0f}' => {
            !before.is_some_and(|it| is_pictorial(it) || ('\u{1100}'..'\u{40000}').contains(&it))
        }
        '\u{180b}'..='\u{180d}' | '\u{180f}' => {
            !before.is_some_and(|it| ('\u{1800}'..'\u{18b0}').contains(&it))
        }
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{fffe}'
        | '\u{ffff}'
        | '\u{13430}'..='\u{1343f}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}'
        | '\u{10ffff}' => true,
        // A combining character needs a base, or it would combine with a character of the frame.
        _ if character.width() == Some(0) => before.is_none_or(char::is_whitespace),
        _ => character.is_control(),
    }
}

/// The first forbidden character in the lines of a text.
pub fn forbidden(text: &str) -> Option<String> {
    // Printable ASCII and the lines of frames are never forbidden, whatever is next to them.
    static UNUSUAL: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("[^ -~─-╿\n]").expect("it is a class"));
    let found = UNUSUAL.find_iter(text).find_map(|found| {
        let (before, after) = (text.get(..found.start())?, text.get(found.end()..)?);
        let in_line = |it: &char| *it != '\n';
        let before = before.chars().next_back().filter(in_line);
        let after = after.chars().next().filter(in_line);
        let character = found.as_str().chars().next()?;
        is_forbidden(before, character, after).then_some((found.start(), character))
    });
    let (at, character) = found?;
    let before = text.get(..at).unwrap_or_default().matches('\n').count();
    let line = text.split('\n').nth(before).unwrap_or_default();
    Some(format!("U+{:04X} in {line:?}", u32::from(character)))
}

/// A text without the sequences for colours and attributes, which are the only ones that dateline writes.
pub fn without_sgr(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split("\u{1b}[").enumerate() {
        let is_parameter = |it: char| it.is_ascii_digit() || it == ';';
        let parameters = part
            .split_once('m')
            .filter(|(parameters, _)| parameters.chars().all(is_parameter));
        match parameters {
            _ if index == 0 => out.push_str(part),
            Some((_, rest)) => out.push_str(rest),
            None => {
                out.push('\u{1b}');
                out.push_str(part);
            }
        }
    }
    out
}

#[test]
fn every_kind_of_forbidden_character_is_recognised() {
    for (text, shown) in HOSTILE {
        assert!(forbidden(text).is_some(), "{text:?}");
        assert_eq!(forbidden(shown), None, "{shown:?}");
    }
    for harmless in ["plain text", "┌─╿ a\nb", "é 日本 ⟨U+0007⟩"] {
        assert_eq!(forbidden(harmless), None, "{harmless:?}");
    }
    let second = forbidden("one\ntwo\u{7}\nthree");
    assert_eq!(second.as_deref(), Some("U+0007 in \"two\\u{7}\""));
    assert!(
        forbidden("e\n\u{301}x").is_some(),
        "a mark has its base on its own line"
    );
    for character in BREAKS.iter().filter(|it| **it != '\n') {
        assert!(
            forbidden(&format!("a{character}b")).is_some(),
            "{character:?}"
        );
    }
}

#[test]
fn only_colour_and_attribute_sequences_are_removed() {
    assert_eq!(without_sgr("\u{1b}[1;31mred\u{1b}[0m"), "red");
    for foreign in ["\u{1b}[2J", "\u{1b}[1;3", "\u{1b}]0;x\u{7}", "\u{1b}[?25hm"] {
        assert!(forbidden(&without_sgr(foreign)).is_some(), "{foreign:?}");
    }
}
