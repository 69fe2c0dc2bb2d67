//! The places of the values of the current row.

use std::ops::Range;

use super::row_builder::RowBuilder;
use super::row_fields::FieldValue;
use super::value_locator::ValuePlace;
use crate::diagnostic::TextPlace;

impl RowBuilder<'_> {
    /// The bytes of a value as it is written, and of its name. Those of the row if they cannot be found.
    fn entry(&mut self, row: &Range<usize>, number: usize) -> ValuePlace {
        let entries = self.entries.of(row, self.part.text, self.notation);
        let behind = |it: &Range<usize>| row.start + it.start..row.start + it.end;
        match entries.get(number) {
            Some(ValuePlace { name, value }) => ValuePlace {
                name: name.as_ref().map(behind),
                value: behind(value),
            },
            None => ValuePlace {
                name: None,
                value: row.clone(),
            },
        }
    }

    /// The bytes of a value with its quotation marks.
    pub(super) fn bytes_of(&mut self, row: &Range<usize>, value: FieldValue<'_>) -> Range<usize> {
        self.entry(row, value.number).value
    }

    /// The bytes of the name of a value with its quotation marks. Those of the row if the name is in a header.
    pub(super) fn bytes_of_name(
        &mut self,
        row: &Range<usize>,
        value: FieldValue<'_>,
    ) -> Range<usize> {
        let entry = self.entry(row, value.number);
        entry.name.unwrap_or_else(|| row.clone())
    }

    /// The place of a value without its quotation marks and the white space around it.
    pub(super) fn part(&mut self, row: &Range<usize>, value: FieldValue<'_>) -> TextPlace {
        let bytes = self.bytes_of(row, value);
        let (raw, place) = self.written(&bytes);
        let text = value.text.trim();
        match raw.find(text).filter(|_| !text.is_empty()) {
            Some(at) => place.part(at..at + text.len()),
            None => place,
        }
    }
}
