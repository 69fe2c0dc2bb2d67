//! Rows whose events are made from several columns: patterns, dates in parts, and several dates that each make an event.

use std::ops::Range;

use super::column_role::ColumnRole;
use super::date_parts::date_of_parts;
use super::epoch_number::{self, EpochNumber};
use super::mapping::{ColumnPattern, DateColumns, FieldRecipe, MadeField, TableMapping, is};
use super::row_builder::RowBuilder;
use super::row_fields::{FieldValue, LogColumn, NO_CELL};
use super::timestamp;
use crate::text::trimmed;

/// The name under which the meaning of a stamp is kept, as Timesketch calls it.
const MEANING: &str = "timestamp_desc";

/// A value that was made from others.
struct MadeValue {
    role: ColumnRole,
    text: String,
    /// The first value that it was made from.
    from: usize,
}

/// The values of a row, by the columns from which others are made.
struct RowCells<'r, 'v> {
    values: &'r [FieldValue<'v>],
    names: &'r [&'r str],
    /// Which values are used up, so that they are not kept under their own names.
    used: Vec<bool>,
    /// The meaning of the stamp that makes the event.
    means: &'r str,
}

impl<'r, 'v: 'r> RowCells<'r, 'v> {
    /// The number of a column's first value that is not empty.
    fn number(&self, name: &str) -> Option<usize> {
        let cell = self.names.iter().position(|it| is(it, name))?;
        let mut values = self.values.iter();
        values.position(|it| usize::from(it.column.cell) == cell && is_filled(it.text))
    }

    /// The value of a column, or the meaning of the stamp.
    fn text(&self, name: &str) -> &'r str {
        match self.number(name) {
            Some(number) => trimmed(self.values[number].text),
            None if is(name, MEANING) => self.means,
            None => "",
        }
    }

    fn use_up(&mut self, name: &str) {
        if let Some(number) = self.number(name) {
            self.used[number] = true;
        }
    }

    fn made(&mut self, field: &MadeField) -> Option<MadeValue> {
        let from = field.columns().find_map(|name| self.number(name))?;
        let text = match &field.recipe {
            FieldRecipe::First(patterns) => {
                // The meaning of the stamp is there in any case.
                let begins = |pattern: &&ColumnPattern| {
                    let mut first = pattern.first_columns();
                    first.any(|name| is(name, MEANING) || self.number(name).is_some())
                        && pattern.columns().any(|name| self.number(name).is_some())
                };
                let is_filled = |pattern: &&ColumnPattern| {
                    let mut columns = pattern.columns();
                    columns.any(|name| self.number(name).is_some())
                };
                let first = patterns.iter().find(begins);
                let pattern = first.or_else(|| patterns.iter().find(is_filled))?;
                let text = pattern.filled(|name| self.text(name));
                if let Some(name) = pattern.only_column() {
                    self.use_up(name);
                }
                text
            }
            FieldRecipe::Date(date) => self.date(date)?,
        };
        // A date that cannot be read is kept as a whole.
        if is_of_date(field.role) {
            for name in field.columns() {
                self.use_up(name);
            }
        }
        let role = field.role;
        Some(MadeValue { role, text, from })
    }

    fn date(&self, date: &DateColumns) -> Option<String> {
        let texts = |names: &[Option<String>; 4]| {
            let text = |name: &Option<String>| name.as_deref().map_or("", |name| self.text(name));
            names.each_ref().map(text)
        };
        let start = date_of_parts(texts(&date.parts))?;
        Some(match date_of_parts(texts(&date.end)) {
            Some(end) if end != start => format!("{start}/{end}"),
            _ => start,
        })
    }

    /// Whether the row is not an event.
    fn is_skipped(&self, mapping: &TableMapping) -> bool {
        let mut skipped = mapping.skip.iter();
        skipped.any(|(column, texts)| {
            let text = self.text(column);
            !text.is_empty() && texts.iter().any(|it| is(text, it))
        })
    }

    /// The dates of the row that make events, each with its meaning. Equal dates are one event.
    fn stamps(&mut self, mapping: &TableMapping) -> Vec<(usize, String)> {
        let mut stamps: Vec<(usize, String)> = Vec::new();
        for stamp in &mapping.stamps {
            let Some(number) = self.number(&stamp.column) else {
                continue;
            };
            let text = trimmed(self.values[number].text);
            // A clock at its zero is not an event. The stamp is kept, since a program may have set it on purpose.
            if timestamp::is_edge_stamp(text) {
                continue;
            }
            self.used[number] = true;
            let is_placeholder =
                epoch_number::number(text).is_some_and(EpochNumber::is_placeholder);
            if is_placeholder || timestamp::is_unset(text) {
                continue;
            }
            let known =
                (stamps.iter_mut()).find(|(known, _)| trimmed(self.values[*known].text) == text);
            match known {
                Some((_, means)) if means.split(", ").any(|it| it == stamp.means) => {}
                Some((_, means)) => {
                    means.push_str(", ");
                    means.push_str(&stamp.means);
                }
                None => stamps.push((number, stamp.means.clone())),
            }
        }
        stamps
    }
}

fn is_filled(text: &str) -> bool {
    !matches!(trimmed(text), "" | "-")
}

fn is_of_date(role: ColumnRole) -> bool {
    matches!(
        role,
        ColumnRole::When | ColumnRole::Until | ColumnRole::Imprecise | ColumnRole::Epoch
    )
}

impl RowBuilder<'_> {
    /// Adds the events of a row whose mapping is not plain.
    pub(super) fn add_made(&mut self, row: &Range<usize>, values: &[FieldValue<'_>]) {
        let mapping = self.mapping;
        let names = std::mem::take(&mut self.cells);
        let mut cells = RowCells {
            values,
            names: &names,
            used: vec![false; values.len()],
            means: "",
        };
        if cells.is_skipped(mapping) {
            self.cells = names;
            return;
        }
        let stamps = cells.stamps(mapping);
        let mut events: Vec<Option<&(usize, String)>> = stamps.iter().map(Some).collect();
        if events.is_empty() {
            events.push(None);
        }
        for stamp in events {
            cells.means = stamp.map_or("", |(_, means)| means);
            let made = mapping.made.iter().filter_map(|field| cells.made(field));
            let made: Vec<MadeValue> = made.collect();
            self.add_event(row, &cells, &made, stamp);
            self.is_further_event = true;
        }
        self.is_further_event = false;
        self.cells = names;
    }

    fn add_event<'v>(
        &mut self,
        row: &Range<usize>,
        cells: &RowCells<'_, 'v>,
        made: &'v [MadeValue],
        stamp: Option<&(usize, String)>,
    ) {
        let values = cells.values;
        let title;
        let mut fields = self.begin_event();
        let mut may_hide = self.may_hide(row);
        for (value, &is_used) in values.iter().zip(&cells.used) {
            may_hide = may_hide && !self.report_hidden(row, *value);
            if !is_used || value.column.role != ColumnRole::Attribute {
                self.take(row, *value, &mut fields);
            }
        }
        for MadeValue { role, text, from } in made {
            let from = values[*from];
            let column = LogColumn {
                role: *role,
                is_exact: true,
                name: from.column.name,
                cell: NO_CELL,
            };
            let value = FieldValue {
                column,
                text,
                number: from.number,
            };
            self.take(row, value, &mut fields);
        }
        if let Some((number, means)) = stamp {
            fields.when = Some(values[*number]);
            let name = self.rows.words.intern(MEANING);
            self.keep_text(name, means);
            // The events of a row would all have the same title.
            let has_meaning = (self.mapping.made.iter())
                .filter(|field| field.role == ColumnRole::Title)
                .any(|field| field.columns().any(|name| is(name, MEANING)));
            let known = fields.title.as_mut().filter(|it| is_filled(it.text));
            if let Some(known) = known.filter(|_| !has_meaning) {
                title = format!("{}: {means}", trimmed(known.text));
                known.text = &title;
            }
        }
        self.end_event(row, fields);
    }
}
