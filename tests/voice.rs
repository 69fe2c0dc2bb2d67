//! The project speaks plain English: no source file, test or page uses a word that has a plainer one.
//!
//! The test reads names, comments, strings and Markdown alike: a name in `snake_case` or `CamelCase` is read as its
//! words. Data files are not read: a timeline quotes other people.

use std::collections::HashSet;

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

/// A word in lower case and its line; an empty word where a sentence or a phrase ends.
struct Word {
    text: String,
    line: usize,
}

/// The words of a text, names divided into theirs.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut word = String::new();
        let mut last = ' ';
        let mut end = |word: &mut String| {
            if !word.is_empty() {
                let text = std::mem::take(word);
                words.push(Word {
                    text,
                    line: index + 1,
                });
            }
        };
        for character in line.chars() {
            if character.is_uppercase() && last.is_lowercase() {
                end(&mut word);
            }
            if character.is_alphabetic() || (character == '\'' && last.is_alphabetic()) {
                word.extend(character.to_lowercase());
            } else {
                end(&mut word);
                if ends_a_phrase(character) {
                    word.push('.');
                    end(&mut word);
                }
            }
            last = character;
        }
        end(&mut word);
    }
    words
}

/// Whether no phrase goes on behind a character.
fn ends_a_phrase(character: char) -> bool {
    matches!(
        character,
        '.' | ';' | ':' | '!' | '?' | '(' | ')' | '{' | '}' | '"' | ','
    )
}

/// Whether a phrase begins at a place among words.
fn begins(words: &[Word], phrase: &str) -> bool {
    let mut rest = words.iter();
    phrase
        .split(' ')
        .all(|expected| rest.next().is_some_and(|word| word.text == expected))
}

/// Each hunted word of a file that has no right to be there, as a line to print.
fn hunted(path: &str, text: &str) -> Vec<String> {
    let words = words(text);
    let phrases = HUNTED.iter().map(|(phrase, _)| phrase).chain(RIGHT);
    let first_words: HashSet<&str> = phrases.filter_map(|it| it.split(' ').next()).collect();
    let mut found = Vec::new();
    // The words before this one belong to a right phrase.
    let mut right_until = 0;
    for (index, word) in words.iter().enumerate() {
        // To compare each word with each phrase would take three times as long.
        if !first_words.contains(word.text.as_str()) {
            continue;
        }
        let rest = &words[index..];
        let right = RIGHT.iter().filter(|phrase| begins(rest, phrase));
        let lengths = right.map(|phrase| phrase.split(' ').count());
        right_until = right_until.max(index + lengths.max().unwrap_or(0));
        if index < right_until {
            continue;
        }
        for (phrase, plainer) in HUNTED {
            if !begins(rest, phrase) {
                continue;
            }
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
