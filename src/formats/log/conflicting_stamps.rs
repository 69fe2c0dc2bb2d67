//! Two columns of a row that give different times.

use std::ops::Range;

use super::epoch_number::{self, EpochNumber};
use super::row_builder::RowBuilder;
use super::row_fields::FieldValue;
use super::timestamp::{self, LogTimestamp};
use crate::date::{EventDate, Span};
use crate::diagnostic::{Diagnostic, STAMPS_DISAGREE};
use crate::text::trimmed;

/// A value and the date that was read from it.
type DatedField<'d, 'v> = (FieldValue<'v>, &'d EventDate);

impl RowBuilder<'_> {
    /// Keeps the value next to a stamp if it gives another time, beyond [`Span::tolerance`].
    pub(super) fn compare_stamp(
        &mut self,
        row: &Range<usize>,
        (when, date): DatedField<'_, '_>,
        other: FieldValue<'_>,
    ) {
        let Some(number) = epoch_number::number(trimmed(other.text)) else {
            self.keep(other);
            return;
        };
        let Some(number) = epoch_number::span(number, self.mapping.unit) else {
            self.keep_number(number, other);
            return;
        };
        if date.is_clock_time() {
            // If there is a zone in which the two agree, it is the zone of the date.
            if date.zone_at(number).is_none() {
                self.disagree(row, when, other);
            }
            return;
        }
        let whole = date.whole();
        let is_bounded = whole.earliest.is_bounded() && whole.latest.is_bounded();
        let apart = whole.earliest.micros().abs_diff(number.earliest.micros());
        if is_bounded && apart > whole.tolerance(number) {
            self.disagree(row, when, other);
        }
    }

    /// Keeps the value next to an imprecise date if its time is outside the bounds of the date.
    pub(super) fn compare_within(
        &mut self,
        row: &Range<usize>,
        (imprecise, date): DatedField<'_, '_>,
        other: FieldValue<'_>,
    ) {
        let number = epoch_number::number(trimmed(other.text));
        let span = match number {
            Some(number) => epoch_number::span(number, self.mapping.unit),
            None => match timestamp::of_text(other.text, self.mapping.order) {
                LogTimestamp::At(date) => Some(date.whole()),
                _ => None,
            },
        };
        let whole = date.whole();
        let is_within = |it: Span| it.latest >= whole.earliest && it.earliest <= whole.latest;
        match (span, number) {
            (Some(span), _) if !is_within(span) => self.disagree(row, imprecise, other),
            (Some(_), _) => {}
            (None, Some(number)) => self.keep_number(number, other),
            (None, None) => self.keep(other),
        }
    }

    /// Keeps a number that is not a time, unless it is a placeholder for a missing one.
    fn keep_number(&mut self, number: EpochNumber, value: FieldValue<'_>) {
        if !number.is_placeholder() {
            self.keep(value);
        }
    }

    fn disagree(&mut self, row: &Range<usize>, taken: FieldValue<'_>, other: FieldValue<'_>) {
        self.keep(other);
        if self.findings.count_again(&STAMPS_DISAGREE) {
            return;
        }
        let place = self.part(row, other);
        let name = |value: FieldValue<'_>| self.rows.words.word(value.column.name);
        let (first, second) = (name(taken), name(other));
        let says = match timestamp::of_count(other.text, self.mapping.unit) {
            LogTimestamp::At(date) => date.written().to_owned(),
            _ => other.text.trim().to_owned(),
        };
        let message = format!(
            "`{first}` says {}, and `{second}` says {says}",
            taken.text.trim()
        );
        let finding = Diagnostic::new(&STAMPS_DISAGREE, place, message)
            .label(format!("`{first}` is taken; this is kept as `{second}`"))
            .help("ask the program that wrote the log which of the two it means");
        self.report(finding);
    }
}
