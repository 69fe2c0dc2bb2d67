//! The project speaks plain English: no source file, test or page uses a word that has a plainer one.
//!
//! The test reads names, comments, strings and Markdown alike: a name in `snake_case` or `CamelCase` is read as its
//! words. Data files are not read: a timeline quotes other people.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use dateline::text;

use crate::documents::pages;
use crate::documents::written::by_hand;
use crate::support::program;

/// A word or phrase to avoid, and what to write instead.
const HUNTED: &[(&str, &str)] = &[
    ("tell", "say, report or show"),
    ("tells", "says, reports or shows"),
    ("telling", "saying, reporting or showing"),
    ("told", "said, reported or shown; a notice, a status"),
    ("untold", "not reported"),
    ("mend", "fix"),
    ("mends", "fixes"),
    ("mended", "fixed"),
    ("mending", "fixing"),
    ("wish", "want; an option"),
    ("wishes", "wants; options"),
    ("wished", "requested"),
    ("stand", "be, appear"),
    ("stands", "is, appears"),
    ("nobody", "no speaker, no reader; or say who"),
    ("somebody", "the user, a speaker; or say who"),
    ("whoever", "the user, the reader; or say who"),
    ("leave dateline", "quit"),
    ("leaves dateline", "quits"),
    ("besides", "also, as well as"),
    ("beside it", "next to it"),
    ("or no longer", "toggle"),
    ("is no", "is not a"),
    ("are no", "are not"),
    ("all there is", "everything"),
    ("what is wrong", "problems, errors"),
    ("no letter", "no character"),
    ("so that it can be", "to"),
    ("so that they can be", "to"),
    ("by itself", "automatically, alone"),
    ("by themselves", "automatically, alone"),
    ("of which", "whose; or two sentences"),
    ("one that", "name the thing"),
    (
        "so many",
        "this many, a number of; or the name of the parameter",
    ),
    ("so much", "this much; or the name of the parameter"),
];

/// A phrase that holds a hunted word and is the right one.
const RIGHT: &[&str] = &[
    "stands for",
    "stand for",
    "stand alone",
    "is no longer",
    "are no longer",
    "is no more",
    "are no more",
    "there is no",
    "there are no",
];

/// A file, the hunted word it may use, and why.
const ALLOWED: &[(&str, &str, &str)] = &[
    (
        "src/guide/claims.md",
        "so many",
        "a heading that ends with the first word, and a sentence that begins with the second",
    ),
    (
        "tests/cases.rs",
        "told",
        "the id of an event in the shipped case",
    ),
    (
        "tests/exports.rs",
        "nobody",
        "a note in the exported timeline",
    ),
];

/// A word in lower case and its line; a full stop where a sentence or a phrase ends.
struct Word<'t> {
    text: Cow<'t, str>,
    line: usize,
}

/// The words of a text, names divided into theirs.
fn words<'t>(text: &'t str) -> Vec<Word<'t>> {
    let mut words = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut add = |text: Option<Cow<'t, str>>| {
            words.extend(text.map(|text| Word {
                text,
                line: index + 1,
            }));
        };
        let (mut start, mut at, mut last) = (0, 0, ' ');
        let bytes = line.as_bytes();
        while at < bytes.len() {
            // Most bytes are small letters, which need not be decoded.
            if bytes[at].is_ascii_lowercase() {
                last = 'a';
                at += 1;
                continue;
            }
            let character = line.get(at..).and_then(|rest| rest.chars().next());
            let character = character.expect("it is the beginning of a character");
            if character.is_uppercase() && last.is_lowercase() {
                add(word(line, start..at));
                start = at;
            }
            let (is_letter, here) = (is_of_word(character, last), at);
            at += character.len_utf8();
            last = character;
            if is_letter {
                continue;
            }
            add(word(line, start..here));
            if ends_a_phrase(character) {
                add(Some(Cow::Borrowed(".")));
            }
            start = at;
        }
        add(word(line, start..at));
    }
    words
}

/// A part of a line in lower case, unless it is empty.
fn word(line: &str, range: Range<usize>) -> Option<Cow<'_, str>> {
    let word = line.get(range).filter(|word| !word.is_empty())?;
    let is_small = word.bytes().all(|byte| byte.is_ascii_lowercase());
    Some(if is_small {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    })
}

/// Whether a character belongs to the word of the character before it.
fn is_of_word(character: char, last: char) -> bool {
    character.is_alphabetic() || (character == '\'' && last.is_alphabetic())
}

/// Whether no phrase goes on behind a character.
fn ends_a_phrase(character: char) -> bool {
    matches!(
        character,
        '.' | ';' | ':' | '!' | '?' | '(' | ')' | '{' | '}' | '"' | ','
    )
}

/// Whether a phrase begins at a place among words.
fn begins(words: &[Word<'_>], phrase: &str) -> bool {
    let is_first = words
        .first()
        .is_some_and(|word| phrase.starts_with(&*word.text));
    let mut rest = words.iter();
    is_first
        && phrase
            .split(' ')
            .all(|expected| rest.next().is_some_and(|word| word.text == expected))
}

/// The phrases, by the first byte and the length of their first words: to compare each word with each phrase would take
/// three times as long.
struct PhraseTable(Vec<Vec<PhraseRow>>);

/// A phrase, and what to write instead; `None` for a right one.
type PhraseRow = (&'static str, Option<&'static str>);

impl PhraseTable {
    /// Longer words are in the place of the longest.
    const LONGEST: usize = 15;

    fn new() -> Self {
        let hunted = HUNTED
            .iter()
            .map(|&(phrase, plainer)| (phrase, Some(plainer)));
        let right = RIGHT.iter().map(|&phrase| (phrase, None));
        let mut rows = vec![Vec::new(); 256 * (Self::LONGEST + 1)];
        for row in hunted.chain(right) {
            let first = row.0.split(' ').next().unwrap_or_default();
            rows[Self::place(first)].push(row);
        }
        Self(rows)
    }

    fn place(word: &str) -> usize {
        let first = word.as_bytes().first().copied().unwrap_or_default();
        usize::from(first) * (Self::LONGEST + 1) + word.len().min(Self::LONGEST)
    }

    /// The phrases that may begin with a word.
    fn beginning_like(&self, word: &str) -> &[PhraseRow] {
        &self.0[Self::place(word)]
    }
}

/// Each hunted word of a file that has no right to be there, as a line to print.
fn hunted(path: &str, text: &str) -> Vec<String> {
    static PHRASES: LazyLock<PhraseTable> = LazyLock::new(PhraseTable::new);
    let words = words(text);
    let mut found = Vec::new();
    // The words before this one belong to a right phrase.
    let mut right_until = 0;
    for (index, word) in words.iter().enumerate() {
        let phrases = PHRASES.beginning_like(&word.text);
        if phrases.is_empty() {
            continue;
        }
        let rest = &words[index..];
        let here = phrases.iter().filter(|(phrase, _)| begins(rest, phrase));
        let here: Vec<&PhraseRow> = here.collect();
        let right = here.iter().filter(|(_, plainer)| plainer.is_none());
        let lengths = right.map(|(phrase, _)| phrase.split(' ').count());
        right_until = right_until.max(index + lengths.max().unwrap_or(0));
        if index < right_until {
            continue;
        }
        for (phrase, plainer) in here {
            let Some(plainer) = plainer else { continue };
            let is_allowed = ALLOWED
                .iter()
                .any(|(file, allowed, _)| *file == path && allowed == phrase);
            if !is_allowed {
                let shown = text.lines().nth(word.line - 1).unwrap_or_default().trim();
                found.push(format!(
                    "{path}:{}: `{phrase}`: write {plainer}: {}",
                    word.line,
                    text::wrap(shown, 100).first().map_or("", String::as_str),
                ));
            }
        }
    }
    found
}

/// The sources, the tests and the pages: all that a person reads and that is not data.
fn files() -> Vec<String> {
    let mut files = program::files("src", ".rs");
    files.extend(program::files("tests", ".rs"));
    files.extend(pages());
    files
}

#[test]
fn every_name_comment_string_and_page_is_plain_english() {
    let mut found = Vec::new();
    let pages = pages();
    for path in files() {
        // This file names the words, and says which are right.
        if path == "tests/voice.rs" {
            continue;
        }
        found.extend(hunted(&path, &path));
        let text = program::read(&path);
        // What the program writes on a page is judged in its tables.
        let text = if pages.contains(&path) {
            by_hand(&text)
        } else {
            text
        };
        found.extend(hunted(&path, &text));
    }
    assert!(
        found.is_empty(),
        "{} places:\n{}\n",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn a_phrase_is_found_across_lines_and_in_names() {
    let found = |text: &str| hunted("a.rs", text).len();
    assert_eq!(found("// It stands\n"), 1);
    assert_eq!(found("/// all there\n/// is\n"), 1);
    assert_eq!(found("fn is_told() {}\nstruct ToldOnce;\n"), 2);
    assert_eq!(
        found("// TLP stands for Traffic Light Protocol, and standing is another word.\n"),
        0
    );
    assert_eq!(found("// That is it. No other is.\n"), 0);
    assert_eq!(found("// There is no month 13, and it is no month.\n"), 1);
}

#[test]
fn what_is_allowed_is_still_there() {
    for (path, phrase, _) in ALLOWED {
        let text = program::read(path);
        let all = words(&text);
        assert!(
            (0..all.len()).any(|index| begins(&all[index..], phrase)),
            "remove the row of `{phrase}` in {path}: the file no longer has it"
        );
    }
}
