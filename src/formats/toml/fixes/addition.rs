//! Adds a key below another, or a declaration where the others of its kind are.

use std::ops::Range;

use super::notation::{key as written_key, quoted};
use super::statement_map::StatementMap;
use super::tokens::{Token, TokenKind};
use crate::diagnostic::IdTable;

/// Another key in place of that of a statement, up to its `=`, which stays in its column if there is room.
pub(super) fn aligned(tokens: &[Token], key: &str) -> Option<(Range<usize>, String)> {
    let (first, equals) = (tokens.first()?, tokens.get(1)?);
    if equals.kind != TokenKind::Equals {
        return None;
    }
    let range = first.range.start..equals.range.start;
    let width = range.len().max(key.len() + 1);
    Some((range, format!("{key:width$}")))
}

/// A key with a text below a statement, with its indentation. None if its table has the key.
pub(super) fn further_key(
    map: &StatementMap<'_>,
    number: usize,
    key: &str,
    text: &str,
) -> Option<(usize, String)> {
    let tokens = map.tokens(number);
    let (range, key_and_space) = aligned(&tokens, key)?;
    if map.has_key(number, key) {
        return None;
    }
    let indent = map.text.get(map.range(number).start..range.start)?;
    let line = format!("{indent}{key_and_space}= {}", quoted(text));
    Some(below(map, number, &line))
}

/// A line below a statement.
pub(super) fn below(map: &StatementMap<'_>, number: usize, line: &str) -> (usize, String) {
    let at = map.range(number).end;
    let line_break = map.line_break(number);
    let is_whole = map.written(number).ends_with('\n');
    let before = if is_whole { "" } else { line_break };
    let text = format!("{before}{line}{line_break}");
    (at, text)
}

/// A heading with an id: behind the last of its kind, or before the events.
pub(super) fn declaration(map: &StatementMap<'_>, table: IdTable, id: &str) -> (usize, String) {
    let name = match table {
        IdTable::Source => "sources",
        IdTable::Entity => "entities",
    };
    let heading = format!("[{name}.{}]", written_key(id));
    let mut of_kind = map.headings().rev();
    let last = of_kind.find(|(_, keys)| keys.len() == 2 && keys[0] == name);
    let line_break = map.line_break(0);
    if let Some((number, _)) = last {
        let end = map.section(number).end.saturating_sub(1);
        return below(map, end, &format!("{line_break}{heading}"));
    }
    match map.headings().find(|(_, keys)| keys[..] == ["events"]) {
        Some((number, _)) => (
            above_comments(map, number),
            format!("{heading}{line_break}{line_break}"),
        ),
        None if map.len() == 0 => (0, format!("{heading}{line_break}")),
        None => below(map, map.len() - 1, &format!("{line_break}{heading}")),
    }
}

/// Where the comments directly above a heading begin. Those at the head of a file are about the file.
pub(super) fn above_comments(map: &StatementMap<'_>, heading: usize) -> usize {
    let is_comment = |number: &usize| map.is_aside(*number) && !map.is_blank(*number);
    let above = (0..heading).rev().take_while(is_comment).count();
    let first = if above == heading {
        heading
    } else {
        heading - above
    };
    map.range(first).start
}

/// A key with its value below a heading: below the last key there, or below the heading itself, newly written.
pub(super) fn moved(
    map: &StatementMap<'_>,
    number: usize,
    heading: &str,
) -> Option<Vec<(Range<usize>, String)>> {
    let range = map.range(number);
    let written = map.written(number);
    let line_break = map.line_break(number);
    let is_it = |keys: &[&str]| keys.len() == 1 && heading.trim_matches(['[', ']']) == keys[0];
    let there = map.headings().find(|(_, keys)| is_it(keys));
    if let Some((heading, _)) = there {
        let tokens = map.tokens(number);
        let key = map.text.get(tokens.first()?.range.clone())?;
        if map.has_key(heading, key) {
            return None;
        }
        let last = map.section(heading).end.saturating_sub(1);
        let (at, text) = below(map, last, written.trim_end_matches(['\r', '\n']));
        let mut edits = vec![(range, String::new()), (at..at, text)];
        edits.sort_by_key(|(range, _)| range.start);
        return Some(edits);
    }
    let next = map.headings().next().map_or(map.len(), |(next, _)| next);
    let is_last = (number + 1..next).all(|it| map.is_aside(it));
    is_last.then(|| vec![(range.start..range.start, format!("{heading}{line_break}"))])
}
