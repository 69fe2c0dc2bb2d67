//! Leaves out an item of a list, a key, or a whole table, without a trace of it and with every comment kept.

use std::ops::Range;

use super::statement_map::StatementMap;
use super::tokens::{Token, TokenKind};

/// The range to delete for the item of a list that has a token, or for the key whose value it is.
pub(super) fn without(
    map: &StatementMap<'_>,
    number: usize,
    tokens: &[Token],
    at: usize,
) -> Option<Range<usize>> {
    match tokens.get(at)?.within {
        _ if map.is_heading(number) => None,
        None => without_key(map, number, tokens),
        Some(list) if is_list(map, tokens, list) => without_item(map, number, tokens, list, at),
        Some(_) => None,
    }
}

/// The range to delete for the table that has a token: in braces, or below a heading.
pub(super) fn without_table(
    map: &StatementMap<'_>,
    number: usize,
    tokens: &[Token],
    at: usize,
) -> Option<Range<usize>> {
    if map.is_heading(number) {
        return without_section(map, number);
    }
    let Some(table) = tokens.get(at)?.within else {
        return without_section(map, number);
    };
    let list = tokens.get(table)?.within?;
    if is_list(map, tokens, table) || !is_list(map, tokens, list) {
        return None;
    }
    without_item(map, number, tokens, list, table)
}

fn is_list(map: &StatementMap<'_>, tokens: &[Token], bracket: usize) -> bool {
    let range = tokens.get(bracket).map(|token| token.range.clone());
    range.and_then(|range| map.text.get(range)) == Some("[")
}

/// A key with its value. A comment behind it stays.
fn without_key(map: &StatementMap<'_>, number: usize, tokens: &[Token]) -> Option<Range<usize>> {
    let is_comment = |token: &Token| token.kind == TokenKind::Comment;
    match tokens.iter().position(is_comment) {
        None => Some(map.range(number)),
        Some(comment) if comment + 1 == tokens.len() => {
            Some(tokens.first()?.range.start..tokens.get(comment)?.range.start)
        }
        Some(_) => None,
    }
}

/// A heading with everything below it. None if that has a comment.
fn without_section(map: &StatementMap<'_>, number: usize) -> Option<Range<usize>> {
    let section = map.section(number);
    if !map.is_heading(section.start) || map.has_comment(section.clone()) {
        return None;
    }
    let blank = |number: &usize| map.is_blank(*number);
    let behind = (section.end..map.len()).take_while(blank).count();
    if section.end + behind < map.len() {
        let end = map.range(section.end + behind).start;
        return Some(map.range(section.start).start..end);
    }
    let before = (0..section.start).rev().take_while(blank).count();
    Some(map.range(section.start - before).start..map.text.len())
}

/// An item of a list with its comma. Of a list with one item, the key.
fn without_item(
    map: &StatementMap<'_>,
    number: usize,
    tokens: &[Token],
    list: usize,
    at: usize,
) -> Option<Range<usize>> {
    let is_end = |token: &&Token| {
        token.within == Some(list) && matches!(token.kind, TokenKind::Comma | TokenKind::Close)
    };
    let before = tokens.get(list + 1..at)?.iter().rev().find(is_end);
    let behind = tokens.iter().skip(at).position(|it| is_end(&it))? + at;
    let next = tokens.get(behind)?;
    let from = before.map_or(tokens.get(list)?.range.end, |comma| comma.range.end);
    let own = tokens.get(..behind)?.iter();
    let mut own = own.filter(|it| it.range.start >= from && it.kind != TokenKind::Comment);
    let item = own.clone().next()?.range.start..own.next_back()?.range.end;
    // A comment behind the last item stays where it is.
    let is_comma = next.kind == TokenKind::Comma;
    let end = if is_comma { next.range.start } else { item.end };
    let is_inside = |token: &Token| (item.start..end).contains(&token.range.start);
    if tokens
        .iter()
        .any(|it| it.kind == TokenKind::Comment && is_inside(it))
    {
        return None;
    }
    let is_last = next.kind == TokenKind::Close
        || tokens
            .get(behind + 1)
            .is_some_and(|it| it.kind == TokenKind::Close);
    match before {
        None if is_last => {
            let is_whole = tokens.get(list)?.within.is_none();
            is_whole.then(|| without_key(map, number, tokens)).flatten()
        }
        Some(comma) if next.kind == TokenKind::Close => {
            let gap = map.text.get(comma.range.end..item.start)?;
            Some(if gap.contains('\n') {
                without_line(map.text, item)
            } else {
                comma.range.start..item.end
            })
        }
        _ => Some(without_line(map.text, item.start..next.range.end)),
    }
}

/// A range with the spaces behind it; the whole line if nothing else is on it.
fn without_line(text: &str, range: Range<usize>) -> Range<usize> {
    let is_space = |it: &char| matches!(it, ' ' | '\t');
    let count = |spaces: &mut dyn Iterator<Item = char>| spaces.take_while(is_space).count();
    let before = text.get(..range.start).unwrap_or_default();
    let behind = text.get(range.end..).unwrap_or_default();
    let start = range.start - count(&mut before.chars().rev());
    let end = range.end + count(&mut behind.chars());
    let is_first = before.is_empty() || text.get(..start).is_some_and(|it| it.ends_with('\n'));
    let rest = text.get(end..).unwrap_or_default();
    let line_break = ["\r\n", "\n"].into_iter().find(|it| rest.starts_with(it));
    match line_break {
        Some(line_break) if is_first => start..end + line_break.len(),
        Some(_) => start..end,
        None => range.start..end,
    }
}
