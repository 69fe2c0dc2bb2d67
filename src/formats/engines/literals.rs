//! No text of a filter and no name of a column becomes a command of an engine.
//!
//! A small tokenizer for each language takes literals and names out of a query. What is left are words of the language that
//! dateline writes, and nothing else.

use proptest::prelude::*;

use super::index_literals::check_index;
use super::{DIALECTS, QueryOptions};
use crate::formats::{GivenMapping, TableColumns, TableOptions};
use crate::query::quoted;

/// The words and signs that queries have outside of literals and names.
const OWN: &[&str] = &[
    "SELECT",
    "FROM",
    "events",
    "WHERE",
    "ORDER",
    "BY",
    "LIMIT",
    "AND",
    "OR",
    "NOT",
    "LIKE",
    "ESCAPE",
    "IS",
    "NULL",
    "AS",
    "CAST",
    "VARCHAR",
    "TIMESTAMP",
    "true",
    "false",
    "ifNull",
    "toString",
    "toDate",
    "tuple",
    "lower",
    "match",
    "positionCaseInsensitive",
    "multiSearchAnyCaseInsensitive",
    "coalesce",
    "contains",
    "regexp_full_match",
    "regexp_matches",
    "event_row",
    "where",
    "project",
    "sort",
    "asc",
    "take",
    "tostring",
    "pack_all",
    "contains_cs",
    "tolower",
    "matches",
    "regex",
    "todatetime",
    "substring",
    "datetime",
    "and",
    "or",
    "not",
    "by",
];

/// How a language writes texts and names: the sign around them, and whether a backslash escapes.
fn quotes(language: &str) -> &'static [(char, bool)] {
    match language {
        "clickhouse" => &[('\'', true), ('`', true)],
        "duckdb" => &[('\'', false), ('"', false)],
        "kusto" => &[('\'', true)],
        other => panic!("the quotation marks of {other} are not known"),
    }
}

/// A query without its literals and names. `None` if one is not closed.
fn bare(query: &str, quotes: &[(char, bool)]) -> Option<String> {
    let mut bare = String::new();
    let mut characters = query.chars().peekable();
    while let Some(character) = characters.next() {
        let Some((mark, escapes)) = quotes.iter().find(|(mark, _)| *mark == character) else {
            bare.push(character);
            continue;
        };
        bare.push(' ');
        loop {
            let next = characters.next()?;
            if next == '\\' && *escapes {
                characters.next()?;
            } else if next == *mark {
                // A doubled mark is the mark itself.
                if *escapes || characters.next_if_eq(mark).is_none() {
                    break;
                }
            }
        }
    }
    Some(bare)
}

/// Texts that could end a literal or a name.
const HOSTILE: [&str; 23] = [
    "' OR 1=1 --",
    "'; DROP TABLE events; --",
    "\\",
    "\\'",
    "a\\' OR '1'='1",
    "`",
    "a` b",
    "\"",
    "\"; x",
    "']['x",
    "*/ x /*",
    "{{x}}",
    "%_\\%",
    "\u{0}x",
    "x\ny",
    "| project x",
    "@'x",
    "$$x$$",
    "\u{2019}",
    "x)",
    "x OR _exists_:x",
    "a\u{3000}OR\u{3000}b",
    "/x/ && *:*",
];

#[track_caller]
fn check(columns: &[String], filter: &str) {
    let mapping = GivenMapping::parse("when=datetime,title=message").expect("a mapping");
    let tables = TableOptions::default().with_mapping(Some(mapping));
    let usual = ["datetime", "message"].map(str::to_owned);
    let names: Vec<String> = usual.into_iter().chain(columns.iter().cloned()).collect();
    let Ok(listed) = TableColumns::listed(&names, &tables) else {
        return;
    };
    let is_sql = |name: &&str| matches!(*name, "clickhouse" | "duckdb" | "kusto");
    for dialect in DIALECTS.iter().filter(|it| is_sql(&it.name)) {
        for columns in [&listed, &TableColumns::unlisted(&tables)] {
            let options = QueryOptions {
                table: "events",
                columns,
                limit: Some(7),
                is_typed: filter.len().is_multiple_of(2),
                is_zoned: false,
            };
            let Ok(query) = dialect.query(filter, &options) else {
                continue;
            };
            let text = query.text;
            let bare = bare(&text, quotes(dialect.name));
            let bare = bare.unwrap_or_else(|| panic!("a literal is not closed in {text}"));
            let is_of_word = |it: char| it.is_ascii_alphanumeric() || it == '_';
            for word in bare.split(|it| !is_of_word(it)).filter(|it| !it.is_empty()) {
                let is_number = word.bytes().all(|it| it.is_ascii_digit());
                assert!(
                    is_number || OWN.contains(&word),
                    "`{word}` is not a literal in {text}"
                );
            }
            let is_sign =
                |it: char| is_of_word(it) || it.is_ascii_whitespace() || "(),<>=*[]|-".contains(it);
            assert!(
                bare.chars().all(is_sign),
                "{bare} has other signs, in {text}"
            );
            assert!(!bare.contains("--"), "a comment begins in {text}");
        }
    }
    for columns in [&listed, &TableColumns::unlisted(&tables)] {
        check_index(&names, columns, filter);
    }
}

#[test]
fn hostile_texts_are_literals() {
    for text in HOSTILE {
        let text_or_word = quoted(text);
        for filter in [
            format!("\"a\" {text_or_word}"),
            format!(
                "tag:{text_or_word} -attribute:{}",
                quoted(&format!("{text}=x"))
            ),
            format!("attribute:{} when:2021", quoted(&format!("{text}={text}"))),
            format!("-attribute:{text_or_word}"),
        ] {
            check(&[text.to_owned()], &filter);
        }
    }
}

#[test]
fn a_name_that_is_a_word_of_a_language_is_a_name() {
    for name in [
        "AND", "OR", "NOT", "TO", "_exists_", "select", "from", "and", "not",
    ] {
        check(
            &[name.to_owned()],
            &format!("-attribute:\"{name}=proxy\" or attribute:\"{name}=*work*\" \"proxy\""),
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_a_literal(name in "\\PC{1,8}", word in "\\PC{1,12}", value in ".{1,8}") {
        let named = quoted(&format!("{name}={value}"));
        check(&[name], &format!("{} -(attribute:{named} or when:2021-08)", quoted(&word)));
    }
}
