//! No text of a filter and no name of a column becomes a clause of a search engine.

use serde_json::Value;

use super::{QueryOptions, opensearch, timesketch};
use crate::formats::TableColumns;

/// A part of a query of Lucene.
#[derive(Debug, PartialEq)]
enum LuceneToken {
    /// A name or a word, with what was behind its backslashes.
    Name(String),
    /// The same, without a backslash: it may be a word of the language.
    Plain(String),
    Pattern(String),
    Sign(char),
}

/// The tokens of the classic parser, as far as dateline writes them. `None` if one is not closed.
fn tokens(query: &str) -> Option<Vec<LuceneToken>> {
    let mut tokens = Vec::new();
    let mut characters = query.chars().peekable();
    while let Some(first) = characters.next() {
        match first {
            ' ' => {}
            '/' => {
                let mut pattern = String::new();
                loop {
                    match characters.next()? {
                        '/' => break,
                        other => pattern.push(other),
                    }
                }
                tokens.push(LuceneToken::Pattern(pattern));
            }
            '\\' | '_' | '.' => tokens.push(word(first, &mut characters)?),
            first if first.is_alphanumeric() => tokens.push(word(first, &mut characters)?),
            sign => tokens.push(LuceneToken::Sign(sign)),
        }
    }
    Some(tokens)
}

/// The rest of a word: the characters that need no backslash, and any with one. A day has hyphens.
fn word(
    first: char,
    characters: &mut std::iter::Peekable<std::str::Chars<'_>>,
) -> Option<LuceneToken> {
    let mut word = String::new();
    let mut is_plain = first != '\\';
    word.push(if is_plain { first } else { characters.next()? });
    while let Some(next) = characters.next_if(|&it| it.is_alphanumeric() || "\\_.-".contains(it)) {
        is_plain &= next != '\\';
        word.push(if next == '\\' {
            characters.next()?
        } else {
            next
        });
    }
    Some(if is_plain {
        LuceneToken::Plain(word)
    } else {
        LuceneToken::Name(word)
    })
}

/// Checks both languages of search engines. `names` are those of the columns.
#[track_caller]
pub(super) fn check_index(names: &[String], columns: &TableColumns, filter: &str) {
    let options = QueryOptions {
        table: "",
        columns,
        limit: Some(7),
        is_typed: false,
        is_zoned: false,
    };
    let is_name = |name: &str| names.iter().any(|it| it.trim() == name);
    if let Ok(query) = timesketch::DIALECT.query(filter, &options) {
        check_lucene(&query.text, is_name);
    }
    if let Ok(query) = opensearch::DIALECT.query(filter, &options) {
        let body: Value = serde_json::from_str(&query.text).expect("JSON");
        let parts: Vec<&String> = body.as_object().expect("an object").keys().collect();
        let known = ["_source", "query", "size", "sort"];
        assert!(
            parts.iter().all(|it| known.contains(&it.as_str())),
            "{parts:?}"
        );
        check_clause(&body["query"], is_name);
    }
}

#[track_caller]
fn check_lucene(query: &str, is_name: impl Fn(&str) -> bool) {
    use LuceneToken::{Name, Pattern, Plain, Sign};
    let tokens = tokens(query).unwrap_or_else(|| panic!("a token is not closed in {query}"));
    let is_field = |name: &str| is_name(name) || name == "_ignored";
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let is_before_colon = tokens.get(at + 1) == Some(&Sign(':'));
        let is_behind_colon = before == Some(&Sign(':'));
        let is_right = match token {
            Name(name) | Plain(name) if is_before_colon => is_field(name) || name == "_exists_",
            Name(name) | Plain(name) if is_behind_colon => is_field(name),
            Name(_) => false,
            Plain(word) => {
                let is_day = word.bytes().all(|it| it.is_ascii_digit() || it == b'-');
                is_day || matches!(word.as_str(), "AND" | "OR" | "NOT" | "TO")
            }
            Pattern(pattern) => is_pattern(pattern),
            Sign(sign) => "()[]}:*".contains(*sign),
        };
        assert!(is_right, "{token:?} is not a name or a literal in {query}");
    }
}

/// A word with some letters and digits in it.
fn is_pattern(pattern: &str) -> bool {
    let inside = pattern
        .strip_prefix(".*")
        .and_then(|it| it.strip_suffix(".*"));
    let is_kept = |it: char| it.is_alphanumeric() || "[]".contains(it);
    inside.is_some_and(|it| it.chars().all(is_kept)) && pattern.chars().count() <= 1000
}

#[track_caller]
fn check_clause(clause: &Value, is_name: impl Fn(&str) -> bool + Copy) {
    let object = clause.as_object().expect("a clause");
    let (kind, body) = object.iter().next().expect("a clause");
    assert_eq!(object.len(), 1, "{clause}");
    match kind.as_str() {
        "match_all" | "match_none" => assert_eq!(*body, serde_json::json!({})),
        "bool" => {
            for (group, parts) in body.as_object().expect("groups") {
                if group != "minimum_should_match" {
                    let parts = parts.as_array().expect("a list");
                    for part in parts {
                        check_clause(part, is_name);
                    }
                }
            }
        }
        "exists" => {
            let field = body["field"].as_str().expect("a name");
            assert!(is_name(field) || field == "_ignored", "{clause}");
        }
        "query_string" => {
            let pattern = body["query"].as_str().expect("a text");
            let inside = pattern
                .strip_prefix('/')
                .and_then(|it| it.strip_suffix('/'));
            assert!(inside.is_some_and(is_pattern), "{clause}");
        }
        "wildcard" | "range" => {
            let mut fields = body.as_object().expect("a field").keys();
            assert!(fields.all(|it| is_name(it)), "{clause}");
        }
        other => panic!("`{other}` is not a clause that queries have"),
    }
}

#[test]
fn a_long_word_is_cut_to_what_an_engine_takes() {
    let names = ["datetime", "message"].map(str::to_owned);
    let columns = TableColumns::listed(&names, &crate::formats::TableOptions::default());
    let columns = columns.expect("known columns");
    check_index(&names, &columns, &"kis".repeat(300));
}
