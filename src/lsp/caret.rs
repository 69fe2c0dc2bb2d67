//! Where the caret is: in a heading, at a key, in a value, or between them.

use std::ops::Range;

use crate::formats::toml::keys::FileTable;
use crate::formats::toml::outline::{OutlineKey, OutlineTable, OutlineText, TimelineOutline};

/// The caret in the outline.
#[derive(Debug)]
pub(super) struct Caret<'o> {
    pub byte: usize,
    /// The table whose heading is above the caret.
    pub table: &'o OutlineTable,
    /// The number of that table.
    pub number: usize,
    /// The innermost table, which may be an inline one.
    pub kind: Option<&'static dyn FileTable>,
    /// The keys of the innermost table.
    pub siblings: &'o [OutlineKey],
    pub is_inline: bool,
    pub place: CaretPlace<'o>,
}

#[derive(Debug)]
pub(super) enum CaretPlace<'o> {
    /// On the line of the heading.
    Heading,
    /// Where a key may begin.
    Between,
    Name(&'o OutlineKey),
    /// In the value, and in a text of it, if it has one there.
    Value(&'o OutlineKey, Option<&'o OutlineText>),
}

impl<'o> Caret<'o> {
    /// The caret at a byte of a text.
    pub fn at(outline: &'o TimelineOutline, text: &str, byte: usize) -> Option<Self> {
        let number = outline.table_at(byte);
        let table = outline.tables.get(number)?;
        let mut caret = Self {
            byte,
            table,
            number,
            kind: table.kind,
            siblings: &table.keys,
            is_inline: false,
            place: CaretPlace::Between,
        };
        let behind = text.get(table.heading.end..byte);
        if !table.heading.is_empty() && behind.is_none_or(|behind| !behind.contains('\n')) {
            caret.place = CaretPlace::Heading;
        } else {
            caret.descend();
        }
        Some(caret)
    }

    fn descend(&mut self) {
        let has = |range: &Range<usize>| range.start <= self.byte && self.byte <= range.end;
        let Some(key) = self.siblings.iter().rfind(|key| has(&key.range)) else {
            return;
        };
        let is_behind = key.equals.is_some_and(|equals| self.byte >= equals);
        if !is_behind {
            self.place = CaretPlace::Name(key);
            return;
        }
        if let Some(inner) = key.tables.iter().find(|table| has(&table.inside)) {
            self.kind = inner.kind;
            self.siblings = &inner.keys;
            self.is_inline = true;
            return self.descend();
        }
        let text = key.texts.iter().find(|text| text.has(self.byte));
        self.place = CaretPlace::Value(key, text);
    }

    /// The text of a key next to the caret.
    pub fn sibling(&self, name: &str) -> Option<&'o OutlineText> {
        let key = self.siblings.iter().find(|key| key.name.value == name)?;
        key.texts.first()
    }
}
