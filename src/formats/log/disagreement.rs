//! Two columns of a row that both say when, and differ.

use std::ops::Range;

use super::epoch::{self, Number};
use super::rows::Filler;
use super::said::Value;
use super::stamp::{self, Stamp};
use crate::date::{EventDate, Span};
use crate::diagnostic::{Diagnostic, STAMPS_DISAGREE};
use crate::text::trimmed;

/// A value, and the date that was read of it.
type Dated<'d, 'v> = (Value<'v>, &'d EventDate);

impl Filler<'_> {
    /// Keeps what is next to a stamp if it gives another time, beyond [`Span::tolerance`].
    pub(super) fn compare_stamp(
        &mut self,
        row: &Range<usize>,
        (when, date): Dated<'_, '_>,
        other: Value<'_>,
    ) {
        let Some(number) = epoch::number(trimmed(other.text)) else {
            self.keep(other);
            return;
        };
        let Some(number) = epoch::span(number, self.dialect.unit) else {
            self.keep_number(number, other);
            return;
        };
        if date.is_clock_time() {
            // Its zone is what makes the two agree, if there is one.
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

    /// Keeps what is next to a date in the words of a timeline if it gives a time that these words exclude.
    pub(super) fn compare_within(
        &mut self,
        row: &Range<usize>,
        (imprecise, date): Dated<'_, '_>,
        other: Value<'_>,
    ) {
        let number = epoch::number(trimmed(other.text));
        let span = match number {
            Some(number) => epoch::span(number, self.dialect.unit),
            None => match stamp::of_text(other.text, self.dialect.order_of(other.text)) {
                Stamp::At(date) => Some(date.whole()),
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
    fn keep_number(&mut self, number: Number, value: Value<'_>) {
        if !number.is_no_time() {
            self.keep(value);
        }
    }

    fn disagree(&mut self, row: &Range<usize>, taken: Value<'_>, other: Value<'_>) {
        self.keep(other);
        if self.told.count_again(&STAMPS_DISAGREE) {
            return;
        }
        let place = self.part(row, other);
        let name = |value: Value<'_>| self.rows.words.word(value.column.name);
        let (first, second) = (name(taken), name(other));
        let says = match stamp::of_count(other.text, self.dialect.unit) {
            Stamp::At(date) => date.written().to_owned(),
            _ => other.text.trim().to_owned(),
        };
        let message = format!(
            "`{first}` says {}, and `{second}` says {says}",
            taken.text.trim()
        );
        let finding = Diagnostic::new(&STAMPS_DISAGREE, place, message)
            .label(format!("`{first}` is taken; this is kept as `{second}`"))
            .help("ask the program that wrote the log which of the two it means");
        self.tell(finding);
    }
}
