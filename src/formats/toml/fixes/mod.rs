//! Writes fixes and new tables in the notation of TOML: what a check wants changed becomes edits of the text.
//!
//! An edit touches nothing but its place: comments, order and alignment stay. A fix that cannot be written so is left
//! out.

mod addition;
mod insertion;
mod notation;
mod removal;
mod statement_map;
mod tokens;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, FileId, FixChange, SourceText, TextEdit, TextPlace};
pub(in crate::formats) use insertion::{NewTables, with_tables};
use notation::quoted;
use statement_map::StatementMap;
use tokens::{Token, TokenKind};

/// Writes the fixes in one text in TOML, which must be whole, as edits.
pub fn write_fixes(findings: &mut [Diagnostic], file: FileId, text: &SourceText) {
    let mut writer = None;
    for finding in findings.iter_mut().filter(|it| !it.fixes.is_empty()) {
        finding.fixes.retain_mut(|fix| {
            if fix.change.place().is_none_or(|place| place.file != file) {
                return true;
            }
            if let FixChange::Edits(_) = fix.change {
                return true;
            }
            let writer = writer.get_or_insert_with(|| FixWriter::new(text.text()));
            let edits = writer.edits(&fix.change);
            let is_written = edits.is_some();
            fix.change = FixChange::Edits(edits.unwrap_or_default());
            is_written
        });
    }
}

/// Writes fixes of one text.
struct FixWriter<'t> {
    map: StatementMap<'t>,
    /// The statement whose tokens are kept: findings come in the order of the text.
    number: usize,
    tokens: Vec<Token>,
}

impl<'t> FixWriter<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            map: StatementMap::new(text),
            number: usize::MAX,
            tokens: Vec::new(),
        }
    }

    fn edits(&mut self, change: &FixChange) -> Option<Vec<TextEdit>> {
        let deleted = |place: TextPlace, range: Range<usize>| {
            vec![TextEdit::new(TextPlace::new(place.file, range), "")]
        };
        match change {
            FixChange::Edits(edits) => Some(edits.clone()),
            FixChange::Values(values) => {
                let edits = values.iter().map(|it| self.value(it.place, &it.text));
                edits.collect()
            }
            FixChange::Rename(place, name) => self.rename(*place, name),
            FixChange::Key(place, key, text) => self.key(*place, key, text),
            FixChange::FurtherKey(place, key, text) => {
                let at = self.token(*place)?;
                let is_alone = self.tokens.get(at)?.within.is_none();
                let edit = addition::further_key(&self.map, self.number, key, text);
                edit.filter(|_| is_alone)
                    .map(|(at, text)| vec![inserted(*place, at, text)])
            }
            FixChange::Without(place) => {
                let at = self.token(*place)?;
                let range = removal::without(&self.map, self.number, &self.tokens, at)?;
                Some(deleted(*place, range))
            }
            FixChange::WithoutTable(place) => {
                let at = self.token(*place)?;
                let range = removal::without_table(&self.map, self.number, &self.tokens, at)?;
                Some(deleted(*place, range))
            }
            FixChange::Below(place, heading) => {
                let at = self.token(*place)?;
                if self.tokens.get(at)?.within.is_some() {
                    return None;
                }
                let edits = addition::moved(&self.map, self.number, heading)?.into_iter();
                let file = place.file;
                let edit = |(range, text)| TextEdit::new(TextPlace::new(file, range), text);
                Some(edits.map(edit).collect())
            }
            FixChange::Declaration(place, table, id) => {
                let (at, text) = addition::declaration(&self.map, *table, id);
                Some(vec![inserted(*place, at, text)])
            }
        }
    }

    /// The number of the token that has a place, in the tokens of its statement.
    fn token(&mut self, place: TextPlace) -> Option<usize> {
        let number = self.map.at(place.start());
        if self.number != number {
            self.tokens = self.map.tokens(number);
            self.number = number;
        }
        let next = (self.tokens).partition_point(|token| token.range.start <= place.start());
        let at = next.checked_sub(1)?;
        let token = self.tokens.get(at)?;
        let has_place = place.end() <= token.range.end || token.kind == TokenKind::Open;
        (place.start() <= token.range.end && has_place).then_some(at)
    }

    /// Another text for a value, or for a part of one.
    fn value(&mut self, place: TextPlace, text: &str) -> Option<TextEdit> {
        let at = self.token(place)?;
        let token = self.tokens.get(at)?;
        let written = self.map.text.get(token.range.clone())?;
        let whole = TextPlace::new(place.file, token.range.clone());
        if self.map.is_heading(self.number) || self.is_in_list(at, text) {
            return None;
        }
        match token.kind {
            TokenKind::Bare if at == 0 => None,
            TokenKind::Bare => {
                let before = self.map.text.get(token.range.start..place.start())?;
                let behind = self.map.text.get(place.end()..token.range.end)?;
                Some(TextEdit::new(
                    whole,
                    quoted(&format!("{before}{text}{behind}")),
                ))
            }
            TokenKind::Quoted if written.starts_with('"') => {
                let text = quoted(text);
                Some(TextEdit::new(place, text.get(1..text.len() - 1)?))
            }
            TokenKind::Quoted => {
                let is_plain = !text.contains(|it: char| it == '\'' || it.is_control());
                is_plain.then(|| TextEdit::new(place, text))
            }
            _ => None,
        }
    }

    /// Whether the list of an item has another item with a text: twice in a list is a mistake.
    fn is_in_list(&self, at: usize, text: &str) -> bool {
        let list = self.tokens.get(at).and_then(|token| token.within);
        let others = self
            .tokens
            .iter()
            .filter(|it| list.is_some() && it.within == list);
        let mut quoted = others.filter(|it| it.kind == TokenKind::Quoted);
        quoted.any(|it| {
            let written = self
                .map
                .text
                .get(it.range.start + 1..it.range.end.saturating_sub(1));
            written == Some(text)
        })
    }

    /// Another name for a key.
    fn rename(&mut self, place: TextPlace, name: &str) -> Option<Vec<TextEdit>> {
        let at = self.token(place)?;
        let is_statement = at == 0 && !self.map.is_heading(self.number);
        let edit = match addition::aligned(&self.tokens, name).filter(|_| is_statement) {
            Some((range, text)) => TextEdit::new(TextPlace::new(place.file, range), text),
            None => TextEdit::new(place, name),
        };
        Some(vec![edit])
    }

    /// Another key, and another text as its value.
    fn key(&mut self, place: TextPlace, key: &str, text: &str) -> Option<Vec<TextEdit>> {
        let at = self.token(place)?;
        let value = self.value(place, text)?;
        let is_alone = self.tokens.get(at)?.within.is_none();
        let written = addition::aligned(&self.tokens, key)?;
        let is_free = !self.map.has_key(self.number, key);
        let place = TextPlace::new(place.file, written.0);
        (is_alone && is_free).then(|| vec![TextEdit::new(place, written.1), value])
    }
}

fn inserted(place: TextPlace, at: usize, text: String) -> TextEdit {
    TextEdit::new(TextPlace::new(place.file, at..at), text)
}
